import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from bot.releases import NotReleasedError, public_report
from bot.resources import read_form
from bot.store.records import RecordsStore
from bot.store.releases import ReleasesStore
from flows.columns import unpacked
from flows.records import ContactRecord
from flows.report import Report, as_json, from_json
from tests.cast import MONDAY_MORNING, STOCKHOLM

form = cache(read_form)

QUARTERS = (("01", "03"), ("04", "06"), ("07", "09"), ("10", "12"))
NEXT_YEAR = datetime(2027, 2, 1, 10, 0, tzinfo=STOCKHOLM)


@dataclass(slots=True)
class Archive:
    """Records, and the reports that were made of them."""

    records: RecordsStore
    releases: ReleasesStore
    chance: random.Random

    async def bring(self, n: int, month: str, role: str = "uses_violence") -> None:
        """Import some records of a month, all alike."""
        record: ContactRecord = {
            "period": month,
            "channel": "web",
            "outcome": "completed",
            "role": role,
            "gender": "man",
        }
        await self.records.import_records(
            [record] * n, ids=lambda: self.chance.randbytes(16), digest=self.chance.randbytes(32)
        )

    async def report(self, first: str, last: str, *, now: datetime = NEXT_YEAR) -> Report:
        return await public_report(
            self.records, self.releases, form(), first=first, last=last, now=now
        )


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    records = await RecordsStore.open(tmp_path / "records.db")
    releases = await ReleasesStore.open(tmp_path / "releases.db")
    yield Archive(records, releases, random.Random(1))
    await records.close()
    await releases.close()


async def test_a_quarter_is_given_again_as_it_was_whatever_is_imported_later(
    archive: Archive,
) -> None:
    await archive.bring(60, "2026-02")
    before = await archive.report("2026-01", "2026-03")
    await archive.bring(40, "2026-03")
    assert await archive.report("2026-01", "2026-03") == before
    assert before.contacts == 60


async def test_a_year_is_the_sum_of_its_quarters_also_after_a_late_import(
    archive: Archive,
) -> None:
    for first, _ in QUARTERS:
        await archive.bring(60, f"2026-{first}")
    await archive.report("2026-01", "2026-03")
    await archive.bring(40, "2026-03")
    year = await archive.report("2026-01", "2026-12")
    quarters = [await archive.report(f"2026-{first}", f"2026-{last}") for first, last in QUARTERS]
    assert year.contacts == sum(quarter.contacts or 0 for quarter in quarters) == 240


async def test_a_year_freezes_its_quarters(archive: Archive) -> None:
    for first, _ in QUARTERS:
        await archive.bring(60, f"2026-{first}")
    await archive.report("2026-01", "2026-12")
    await archive.bring(40, "2026-11")
    assert await archive.releases.released("2026-10", "2026-12")
    assert unpacked(await archive.releases.freeze("2026-10", "2026-12", b"late")).n == 60


async def test_few_are_not_frozen_so_that_the_rest_can_still_come(archive: Archive) -> None:
    await archive.bring(9, "2026-02")
    with pytest.raises(NotReleasedError, match="too few for a public report"):
        await archive.report("2026-01", "2026-03")
    await archive.bring(60, "2026-02")
    assert (await archive.report("2026-01", "2026-03")).contacts == 70


async def test_twenty_are_enough_and_nineteen_are_not(archive: Archive) -> None:
    await archive.bring(19, "2026-02")
    with pytest.raises(NotReleasedError, match="fewer than 20"):
        await archive.report("2026-01", "2026-03")
    await archive.bring(20, "2026-04")
    assert (await archive.report("2026-04", "2026-06")).contacts == 20


async def test_a_year_with_a_quarter_of_few_freezes_nothing_until_the_rest_has_come(
    archive: Archive,
) -> None:
    for first, n in (("01", 60), ("04", 60), ("07", 10), ("10", 60)):
        await archive.bring(n, f"2026-{first}")
    with pytest.raises(NotReleasedError, match="fewer than 20 contacts from 2026-07 to 2026-09"):
        await archive.report("2026-01", "2026-12")
    assert await archive.releases.released("2026-01", "2026-03") is None
    await archive.bring(50, "2026-08")
    assert (await archive.report("2026-01", "2026-12")).contacts == 240


@pytest.mark.parametrize(
    ("first", "last"), [("2026-01", "2026-02"), ("2026-02", "2026-04"), ("2025-01", "2026-12")]
)
async def test_only_a_quarter_or_a_year_is_public(archive: Archive, first: str, last: str) -> None:
    await archive.bring(60, "2026-02")
    with pytest.raises(NotReleasedError, match="one calendar quarter or year"):
        await archive.report(first, last)


async def test_no_open_month_is_frozen(archive: Archive) -> None:
    await archive.bring(60, "2026-10")
    with pytest.raises(NotReleasedError, match="2026-12 is not closed yet"):
        await archive.report("2026-10", "2026-12", now=MONDAY_MORNING)
    assert await archive.releases.freeze("2026-10", "2026-12", b"first") == b"first"


async def test_nothing_is_frozen_while_forms_wait(archive: Archive) -> None:
    await archive.bring(60, "2026-02")
    await archive.records.file(b"0123456789abcdef", {"period": "2026-03", "channel": "web"})
    with pytest.raises(NotReleasedError, match="Not all forms from 2026-01 to 2026-03 are publ"):
        await archive.report("2026-01", "2026-03")
    assert await archive.releases.freeze("2026-01", "2026-03", b"first") == b"first"


async def test_a_report_read_back_is_the_report_that_was_written(archive: Archive) -> None:
    await archive.bring(60, "2026-02")
    report = await archive.report("2026-01", "2026-03")
    assert from_json(as_json(report)) == report
    assert list(from_json(as_json(report)).groups) == list(report.groups)
