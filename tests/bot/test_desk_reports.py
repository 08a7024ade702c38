import random
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from html import unescape
from pathlib import Path

import pytest

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


async def shown(person: AtDesk, year: int) -> dict[str, tuple[str, str]]:
    """Every row of the page: its count, and what it is out of."""
    page = unescape((await person.get(f"/desk/reports?year={year}")).text)
    rows = re.findall(
        r'<th scope="row">(.*?)</th>\s*<td class="count">(.*?)</td>\s*<td class="of">(.*?)</td>',
        page,
    )
    return {label: (count, of) for label, count, of in rows}


async def test_contacts_are_counted_by_month_and_by_role_with_what_they_are_out_of(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    used = [*contacts(8, "2026-07", "uses_violence"), *contacts(6, "2026-08", "uses_violence")]
    await publish(desk, [*used, *contacts(7, "2026-09", "exposed")])
    rows = await shown(karin, 2026)
    assert rows["augusti 2026"] == ("6", "21")
    assert rows["september 2026"] == ("7", "21")


async def test_few_are_hidden_together_with_what_would_tell_them(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(
        desk,
        [
            *contacts(20, "2026-07", "uses_violence"),
            *contacts(6, "2026-08", "uses_violence"),
            *contacts(2, "2026-09", "uses_violence"),
        ],
    )
    rows = await shown(karin, 2026)
    assert rows["juli 2026"] == ("20", "28")
    assert rows["augusti 2026"][0] == rows["september 2026"][0] == "dolt"


async def test_look_ups_are_counted_by_county_under_the_same_rules(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    store = desk.catalogue.store
    await store.count_lookups({("2026-07", "01"): 30, ("2026-09", "01"): 10, ("2026-08", "12"): 9})
    await store.count_lookups({("2026-08", "25"): 4, ("2026-08", "24"): 6, ("2026-10", "14"): 99})
    rows = await shown(karin, 2026)
    assert rows["Stockholms län"] == ("40", "59")
    assert rows["Skåne län"] == ("9", "59")
    assert rows["Norrbottens län"] == rows["Gotlands län"] == ("dolt", "59")
    assert rows["Västra Götalands län"] == ("dolt", "59"), "October has not closed"


async def test_a_quarter_that_goes_on_cannot_be_seen(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, contacts(20, "2026-10", "exposed"))
    page = await karin.page("/desk/reports?year=2026")
    assert "Tredje kvartalet 2026" in page
    assert "Fjärde kvartalet 2026" not in page
    assert "oktober 2026" not in page


async def test_a_quarter_is_shown_once_all_its_forms_are_records_and_then_never_changes(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    months = ("2026-07", "2026-08", "2026-09")
    await publish(desk, [each for month in months for each in contacts(20, month, "exposed")])
    before = await shown(karin, 2026)
    late = {"period": "2026-09", "channel": "web", "outcome": "completed", "role": "exposed"}
    await desk.house.records.file(b"0123456789abcdef", late)
    assert "juli 2026" not in await shown(karin, 2026)
    assert "Visas när alla formulär" in await karin.page("/desk/reports?year=2026")
    assert before["juli 2026"] == ("20", "60")


async def test_months_of_different_quarters_cannot_be_put_together(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    answer = await karin.get("/desk/reports?year=2026&first=2026-06&last=2026-07")
    assert answer.text == (await karin.get("/desk/reports?year=2026")).text


@pytest.mark.parametrize("year", ["x", "1999", "2027", "2026-01", "٢٠٢٦"])
async def test_a_year_that_makes_no_sense_is_said(desk: DeskHouse, year: str) -> None:
    karin = await desk.person(KARIN)
    answer = await karin.get(f"/desk/reports?year={year}")
    assert answer.status_code == 422
    assert "Välj ett år från 2019 till i år." in answer.text


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
    assert await shown(karin, 2026) == {}
    assert "inga antal visas" in await karin.page("/desk/reports?year=2026")
