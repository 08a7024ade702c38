import random
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from html import unescape
from pathlib import Path

import pytest

from bot.desk.reports import before, span, span_back
from tests.bot.desks import AtDesk, DeskHouse, open_desk
from tests.cast import ANNA, KARIN


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


async def publish(desk: DeskHouse, records: Iterable[Mapping[str, str]]) -> None:
    source = random.Random(1)
    for record in records:
        await desk.house.records.file(source.randbytes(16), record)
    await desk.house.records.publish(
        this_month="2026-11", ids=lambda: source.randbytes(16), shuffle=source.shuffle
    )


def contacts(n: int, month: str, role: str) -> list[dict[str, str]]:
    return [{"period": month, "channel": "web", "outcome": "completed", "role": role}] * n


async def shown(person: AtDesk, first: str, last: str) -> dict[str, tuple[str, str]]:
    """Every row of the page: its count, and what it is out of."""
    page = unescape((await person.get(f"/desk/reports?first={first}&last={last}")).text)
    rows = re.findall(
        r'<th scope="row">(.*?)</th>\s*<td class="count">(.*?)</td>\s*<td class="of">(.*?)</td>',
        page,
    )
    return {label: (count, of) for label, count, of in rows}


async def test_contacts_are_counted_by_month_and_by_role_with_what_they_are_out_of(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    months = [*contacts(6, "2026-09", "uses_violence"), *contacts(7, "2026-10", "exposed")]
    await publish(desk, months)
    rows = await shown(karin, "2026-09", "2026-10")
    assert rows["september 2026"] == ("6", "13")
    assert rows["oktober 2026"] == ("7", "13")


async def test_few_are_hidden_together_with_what_would_tell_them(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(
        desk,
        [
            *contacts(20, "2026-08", "uses_violence"),
            *contacts(6, "2026-09", "uses_violence"),
            *contacts(2, "2026-10", "uses_violence"),
        ],
    )
    rows = await shown(karin, "2026-08", "2026-10")
    assert rows["augusti 2026"] == ("20", "28")
    assert rows["september 2026"][0] == rows["oktober 2026"][0] == "dolt"


async def test_this_month_and_later_ones_cannot_be_seen(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    for first, last in (("2026-10", "2026-11"), ("2026-11", "2026-12")):
        answer = await karin.get(f"/desk/reports?first={first}&last={last}")
        assert answer.status_code == 422
        assert "november 2026" not in answer.text


@pytest.mark.parametrize(
    ("first", "last"),
    [("x", "2026-10"), ("2026-10", "2026-09"), ("2020-01", "2026-10"), ("2026-13", "2026-14")],
)
async def test_a_span_that_makes_no_sense_is_said(desk: DeskHouse, first: str, last: str) -> None:
    karin = await desk.person(KARIN)
    answer = await karin.get(f"/desk/reports?first={first}&last={last}")
    assert answer.status_code == 422
    assert "Välj hela månader som är avslutade" in answer.text


async def test_forms_that_wait_for_their_month_are_counted(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await desk.house.records.file(b"0123456789abcdef", {"period": "2026-11", "channel": "web"})
    assert "1 inlämnade formulär väntar" in await karin.page("/desk/reports")


async def test_invented_records_are_called_that_on_every_page(desk: DeskHouse) -> None:
    karin, anna = await desk.person(KARIN), await desk.person(ANNA)
    pages = [(karin, "/desk"), (karin, "/desk/reports"), (anna, "/desk")]
    assert not [path for who, path in pages if "Påhittade uppgifter" in await who.page(path)]
    source = random.Random(1)
    await desk.house.records.import_invented(
        contacts(3, "2025-01", "exposed"), ids=lambda: source.randbytes(16)
    )
    for who, path in pages:
        assert "Påhittade uppgifter" in await who.page(path)
    async with desk.client() as stranger:
        assert "Påhittade uppgifter" in unescape((await stranger.get("/desk/login")).text)


async def test_an_empty_house_shows_nothing_but_hidden_numbers(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    rows = await shown(karin, "2026-01", "2026-10")
    assert set(rows.values()) == {("dolt", "dolt")}


def test_months_are_counted_over_the_turn_of_a_year() -> None:
    assert before("2026-01") == "2025-12"
    assert span("2025-11", "2026-02") == ("2025-11", "2025-12", "2026-01", "2026-02")
    assert span_back("2026-02", 3) == ("2025-12", "2026-01", "2026-02")
