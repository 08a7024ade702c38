import random
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from html import unescape
from pathlib import Path

import pytest

from bot.desk.review import PATH
from tests.bot.desks import DeskHouse, open_desk
from tests.cast import KARIN

Record = Mapping[str, str]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


async def publish(desk: DeskHouse, records: Sequence[Record]) -> None:
    chance = random.Random(1)
    await desk.house.records.import_records(
        records, ids=lambda: chance.randbytes(16), digest=chance.randbytes(32)
    )


def contacts(
    n: int, month: str, role: str, *, note: str = "", channel: str = "web"
) -> list[Record]:
    plain = {"period": month, "channel": channel, "outcome": "completed", "role": role}
    return [{**plain, "note": f"{note} {number}"} if note else plain for number in range(n)]


async def shown(desk: DeskHouse, query: str) -> str:
    karin = await desk.person(KARIN)
    answer = await karin.get(f"{PATH}?{query}")
    assert answer.status_code == 200
    return unescape(answer.text)


def rows(page: str) -> list[tuple[str, ...]]:
    cell = "<t[hd][^>]*>([^<]*)</t[hd]>"
    return re.findall(rf"<tr>{cell * 4}</tr>", page.split("<tbody>", 1)[1])


def captions(page: str) -> list[str]:
    return re.findall(r"<caption[^>]*>([^<]*)</caption>", page)


def notes(page: str) -> list[str]:
    return re.findall(r"<li>(.*?)</li>", page.split('id="notes"')[1])


async def test_rows_of_five_alike_are_shown_and_the_others_share_one(
    desk: DeskHouse,
) -> None:
    used = contacts(20, "2026-09", "uses_violence")
    exposed = contacts(9, "2026-09", "exposed")
    few = [*contacts(3, "2026-09", "relative"), *contacts(3, "2026-09", "other")]
    await publish(desk, [*used, *exposed, *few])
    page = await shown(desk, "from=2026-09&to=2026-09")
    completed = "Genomfört samtal"
    assert rows(page) == [
        ("Har använt våld", "Webbchatt", "20", f"{completed} 20"),
        ("Är utsatt för våld", "Webbchatt", "9", f"{completed} 9"),
        ("Övriga roller", "Övriga kontaktvägar", "6", f"{completed} 6"),
    ]
    assert captions(page) == ["Kontakter som är lika, september 2026"]
    assert "Anhörig" not in page
    assert "står inte på någon rad" not in page


async def test_notes_stand_alone_and_in_another_order_every_time(desk: DeskHouse) -> None:
    await publish(desk, contacts(30, "2026-08", "uses_violence", note="Något om våldet"))
    lists = [notes(await shown(desk, "from=2026-07&to=2026-09")) for _ in range(3)]
    assert len(lists[0]) == 30
    assert len({tuple(each) for each in lists}) == 3
    assert len({tuple(sorted(each)) for each in lists}) == 1


async def test_few_notes_of_a_quarter_are_not_shown(desk: DeskHouse) -> None:
    few = contacts(9, "2026-08", "uses_violence", note="Få")
    many = contacts(12, "2026-05", "uses_violence", note="Många")
    await publish(desk, [*few, *many])
    assert notes(await shown(desk, "from=2026-07&to=2026-09")) == []
    both = notes(await shown(desk, "from=2026-04&to=2026-09"))
    assert len(both) == 12
    assert not [note for note in both if note.startswith("Få")]


async def test_no_span_tells_less_than_its_quarters(desk: DeskHouse) -> None:
    """Or a month could be found by subtracting one span from another."""
    months = ("2026-07", "2026-08", "2026-09")
    noted = [each for month in months for each in contacts(12, month, "exposed", note=month)]
    await publish(desk, [*noted, *contacts(10, "2026-06", "exposed")])
    whole = await shown(desk, "from=2026-07&to=2026-09")
    assert len(notes(whole)) == 36
    for first, last in (("07", "08"), ("08", "08"), ("09", "09")):
        page = await shown(desk, f"from=2026-{first}&to=2026-{last}")
        assert (rows(page), sorted(notes(page))) == (rows(whole), sorted(notes(whole)))


async def test_a_small_month_is_told_with_its_quarter(desk: DeskHouse) -> None:
    await publish(desk, [*contacts(20, "2026-07", "exposed"), *contacts(3, "2026-08", "exposed")])
    page = await shown(desk, "from=2026-07&to=2026-07")
    assert captions(page) == ["Kontakter som är lika, juli–september 2026"]


async def test_a_note_is_text_and_nothing_else(desk: DeskHouse) -> None:
    await publish(desk, contacts(10, "2026-08", "exposed", note="<b>x</b>"))
    karin = await desk.person(KARIN)
    page = (await karin.get(f"{PATH}?from=2026-07&to=2026-09")).text
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "<b>x" not in page


async def test_months_that_make_no_sense_are_refused_in_one_sentence(desk: DeskHouse) -> None:
    await publish(desk, contacts(10, "2025-08", "exposed"))
    karin = await desk.person(KARIN)
    for query, sentence in (
        ("from=x&to=2026-09", "Välj en första och en sista månad ur listorna."),
        ("from=2026-08&to=2026-11", "Välj en första och en sista månad ur listorna."),
        ("from=2026-09&to=2026-08", "Den första månaden ska inte komma efter den sista."),
        ("from=2025-08&to=2026-08", "Välj högst 12 månader åt gången."),
    ):
        answer = await karin.get(f"{PATH}?{query}")
        assert answer.status_code == 422
        assert sentence in answer.text


async def test_a_quarter_is_shown_when_none_of_its_forms_waits_any_more(desk: DeskHouse) -> None:
    await publish(desk, contacts(10, "2026-08", "exposed"))
    late = {"period": "2026-09", "channel": "web", "outcome": "completed", "role": "exposed"}
    await desk.house.records.file(b"0123456789abcdef", late)
    karin = await desk.person(KARIN)
    assert (await karin.get(f"{PATH}?from=2026-07&to=2026-09")).status_code == 422
    page = await shown(desk, "from=2026-08&to=2026-08")
    assert "Juli–september 2026 visas när hela kvartalet är klart." in page
    assert "<table>" not in page


async def test_quarters_without_records_have_no_rows(desk: DeskHouse) -> None:
    await publish(desk, [*contacts(10, "2026-01", "exposed"), *contacts(10, "2026-07", "exposed")])
    page = await shown(desk, "from=2026-04&to=2026-06")
    assert "Färre än 5 kontakter." in page
    assert "Inga kontakter är så lika att en rad kan visas." in page
