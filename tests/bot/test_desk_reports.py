"""The coordinator's reports at the desk: what can be chosen, and what is shown of it."""

import random
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from html import unescape
from pathlib import Path

import pytest

from tests.bot.desks import AtDesk, DeskHouse, open_desk
from tests.cast import ANNA, KARIN

SUMMER = "from=2026-07&to=2026-09"
PUBLIC = "level=public&period=2026-07_2026-09"


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


def contacts(n: int, month: str, role: str, **answers: str) -> list[dict[str, str]]:
    whole = {"period": month, "channel": "web", "outcome": "completed", "role": role, **answers}
    return [whole] * n


def a_summer() -> list[dict[str, str]]:
    return [
        *contacts(20, "2026-07", "uses_violence", gender="man"),
        *contacts(15, "2026-08", "uses_violence", gender="woman"),
        *contacts(12, "2026-09", "exposed", gender="woman"),
    ]


async def lock(person: AtDesk, period: str) -> str:
    """Lock a public report, and give the page that comes then."""
    answer = await person.post("/desk/reports/lock", period=period)
    assert answer.status_code == 303
    return await person.page(answer.headers["location"])


async def shown(person: AtDesk, query: str) -> dict[str, str]:
    """Every row of every table on the page: the first number of each label."""
    page = unescape((await person.get(f"/desk/reports?{query}")).text)
    rows = re.findall(r'<th scope="row">(.*?)<svg.*?<td class="count">(.*?)</td>', page)
    found: dict[str, str] = {}
    for label, cell in rows:
        found.setdefault(label, re.sub(r"<.*?>", "", cell))
    return found


async def test_contacts_are_counted_by_month_and_role_with_what_they_are_out_of(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    rows = await shown(karin, SUMMER)
    assert rows["juli 2026"] == "20 av 47"
    assert rows["september 2026"] == "12 av 47"
    assert rows["Har använt våld"] == "35 av 47"
    page = await karin.page(f"/desk/reports?{SUMMER}")
    assert "Under perioden juli–september 2026 kom det in 47 kontakter" in page


async def test_few_are_hidden_together_with_what_would_tell_them(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    few = [*contacts(6, "2026-08", "exposed"), *contacts(2, "2026-09", "exposed")]
    await publish(desk, [*contacts(20, "2026-07", "uses_violence"), *few])
    rows = await shown(karin, SUMMER)
    assert rows["juli 2026"] == "20 av 28"
    assert rows["augusti 2026"] == rows["september 2026"] == "dolt"
    assert "”Dolt” betyder färre än 5" in await karin.page(f"/desk/reports?{SUMMER}")


async def test_the_group_that_is_chosen_has_its_answers_shown(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    unasked = await karin.page(f"/desk/reports?{SUMMER}")
    assert '<h2 id="r-group">De som har använt våld</h2>' in unasked
    chosen = await karin.page(f"/desk/reports?{SUMMER}&group=exposed")
    assert '<h2 id="r-group">Är utsatt för våld</h2>' in chosen
    assert '<option value="exposed" selected>' in chosen
    nonsense = await karin.page(f"/desk/reports?{SUMMER}&group=grannar")
    assert '<h2 id="r-group">De som har använt våld</h2>' in nonsense


async def test_a_span_of_more_than_a_year_is_not_compared_with_one_that_overlaps_it(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    earlier = [*contacts(10, "2024-01", "exposed"), *contacts(10, "2025-03", "exposed")]
    await publish(desk, [*a_summer(), *earlier])
    year = await karin.page("/desk/reports?from=2025-10&to=2026-09")
    assert "året före" in year
    assert "året före" not in await karin.page("/desk/reports?from=2025-08&to=2026-09")


async def test_look_ups_are_counted_by_county_under_the_same_rules(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    store = desk.catalogue.store
    await store.count_lookups({("2026-07", "01"): 30, ("2026-09", "01"): 10, ("2026-08", "12"): 9})
    await store.count_lookups({("2026-08", "25"): 4, ("2026-08", "24"): 6, ("2026-10", "14"): 99})
    page = await karin.page(f"/desk/reports?{SUMMER}")
    look_ups = page.partition('id="r-look-ups"')[2]
    rows = dict(re.findall(r'<th scope="row">(.*?)<svg.*?<td class="count">(.*?)</td>', look_ups))
    assert rows["Stockholms län"] == '40 <span class="of">av 59</span>'
    assert rows["Norrbottens län"] == rows["Gotlands län"] == '<span class="hidden">dolt</span>'
    assert "99" not in rows["Västra Götalands län"], "October was not asked for"


async def test_months_and_quarters_begin_with_the_quarter_of_the_first_records(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, [*a_summer(), *contacts(20, "2017-05", "exposed")])
    internal = await karin.page("/desk/reports")
    assert '<option value="2017-04"' in internal
    assert '<option value="2017-03"' not in internal
    public = await karin.page("/desk/reports?level=public")
    assert '<option value="2017-04_2017-06"' in public
    assert '<option value="2017-01_2017-12"' not in public
    assert '<option value="2017-01_2017-03"' not in public
    answer = await karin.get("/desk/reports?level=public&period=2017-04_2017-06")
    assert answer.status_code == 200


async def test_where_there_is_nothing_to_choose_it_is_said(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    for path, sentence in (
        ("", "Det finns inga kontakter att visa än."),
        ("?level=public", "Det finns inget kvartal att visa än."),
        ("/rows", "Det finns inget helt kvartal att granska än."),
        ("/evaluation", "Ingen månad är klar än."),
    ):
        page = await karin.page(f"/desk/reports{path}")
        assert sentence in page
        assert "<select" not in page


async def test_forms_that_wait_are_said_also_before_the_first_records(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await desk.house.records.file(b"x" * 16, {"period": "2026-08", "channel": "web"})
    waits = "augusti 2026 har några formulär som väntar på att bli minst tio."
    assert waits in await karin.page("/desk/reports")


async def test_a_month_that_goes_on_cannot_be_chosen(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    page = await karin.page("/desk/reports")
    assert '<option value="2026-10"' in page
    assert '<option value="2026-11"' not in page
    answer = await karin.get("/desk/reports?from=2026-10&to=2026-11")
    assert answer.status_code == 422


async def test_a_month_with_forms_that_wait_is_said_plainly_and_not_shown(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    for number in range(4):
        late = {"period": "2026-08", "channel": "web", "outcome": "completed", "role": "exposed"}
        await desk.house.records.file(bytes([number]) * 16, late)
    waits = "augusti 2026 har några formulär som väntar på att bli minst tio."
    page = await karin.page("/desk/reports")
    assert waits in page
    assert '<option value="2026-08"' not in page
    answer = await karin.get(f"/desk/reports?{SUMMER}")
    assert answer.status_code == 422
    assert f"{waits} Välj månader före eller efter." in unescape(answer.text)
    assert "juli 2026" not in await shown(karin, SUMMER)
    july = await karin.page("/desk/reports?from=2026-07&to=2026-07")
    assert "Rapporten gäller en enda månad, juli 2026, med 20 kontakter." in july


async def test_unasked_it_shows_the_last_year_of_records_that_hangs_together(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, [*a_summer(), *contacts(10, "2025-03", "exposed")])
    page = await karin.page("/desk/reports")
    assert '<h2 id="title">oktober 2025 – september 2026</h2>' in page
    await desk.house.records.file(b"x" * 16, {"period": "2026-07", "channel": "web"})
    assert '<h2 id="title">augusti–september 2026</h2>' in await karin.page("/desk/reports")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=x&to=2026-07", "Välj en första och en sista månad ur listorna."),
        ("from=2026-07", "Välj en första och en sista månad ur listorna."),
        ("from=1999-01&to=2026-07", "Välj en första och en sista månad ur listorna."),
        ("from=٢٠٢٦-٠٧&to=2026-07", "Välj en första och en sista månad ur listorna."),
        ("from=2026-09&to=2026-07", "Den första månaden ska inte komma efter den sista."),
        ("level=secret", "Välj en intern eller en offentlig rapport."),
        ("level=public&period=2026-07_2026-08", "Välj ett kvartal eller ett år ur listan."),
    ],
)
async def test_a_choice_that_makes_no_sense_is_said(
    desk: DeskHouse, query: str, sentence: str
) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    for path in ("/desk/reports", "/desk/reports/text", "/desk/reports/file"):
        answer = await karin.get(f"{path}?{query}")
        assert answer.status_code == 422
        assert sentence in unescape(answer.text)
        assert "Traceback" not in answer.text


async def test_nothing_that_is_only_looked_at_locks_a_public_report(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    for path in ("?level=public", f"?{PUBLIC}"):
        answer = await karin.get(f"/desk/reports{path}")
        assert answer.status_code == 200
        assert "<article" not in answer.text
    for path in ("text", "file"):
        answer = await karin.get(f"/desk/reports/{path}?{PUBLIC}")
        assert answer.status_code == 422
        assert "Ingen offentlig rapport är låst" in unescape(answer.text)
    assert await desk.releases.released("2026-07", "2026-09") is None


async def test_a_public_report_that_is_locked_never_changes(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    await lock(karin, "2026-07_2026-09")
    before = await shown(karin, PUBLIC)
    assert before["juli 2026"] == "20 av 45"
    await publish(desk, contacts(30, "2026-07", "exposed"))
    assert await shown(karin, PUBLIC) == before


async def test_what_locks_a_public_report_says_so_before(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    page = await karin.page(f"/desk/reports?{PUBLIC}")
    said = page.index("När den är låst går det inte att ångra")
    assert said < page.index('<button class="main">Lås och visa</button>')
    assert "fyra kvartal" not in page
    locked = await lock(karin, "2026-07_2026-09")
    assert ">juli–september 2026 (låst)</option>" in locked
    assert "Lås och visa" not in locked


async def test_a_year_says_that_it_locks_its_quarters(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(
        desk,
        [each for month in (1, 4, 7, 10) for each in contacts(20, f"2025-{month:02}", "exposed")],
    )
    page = await karin.page("/desk/reports?level=public&period=2025-01_2025-12")
    assert "Årets fyra kvartal låses samtidigt." in page
    locked = await lock(karin, "2025-01_2025-12")
    assert locked.count("(låst)</option>") == 5


@pytest.mark.parametrize(
    "period", ["", "2026-07_2026-08", "2026-10_2026-12", "2026-04_2026-06", "2017-04_2017-06"]
)
async def test_a_period_that_cannot_be_released_is_not_locked(desk: DeskHouse, period: str) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, [*a_summer(), *contacts(10, "2026-06", "exposed")])
    answer = await karin.post("/desk/reports/lock", period=period)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert await desk.releases.released(*(period.split("_") if period else ("", ""))) is None


async def test_no_group_can_be_chosen_where_a_quarter_hides_them_all(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    public = await lock(karin, "2026-07_2026-09")
    assert '<select id="group"' not in public
    assert '<select id="group"' in await karin.page(f"/desk/reports?{SUMMER}")


async def test_the_text_alone_looks_at_nothing_that_is_only_drawn(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    await desk.counts.close()
    for path in ("text", "file?as=txt", "file?as=json"):
        joined = "&" if "?" in path else "?"
        answer = await karin.get(f"/desk/reports/{path}{joined}{SUMMER}")
        assert answer.status_code == 200, path
    with pytest.raises(ValueError, match="Connection closed"):
        await karin.get(f"/desk/reports?{SUMMER}")


async def test_the_weeks_are_of_the_whole_quarters_in_the_span(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, [*a_summer(), *contacts(10, "2026-06", "exposed")])
    await desk.counts.count({("2026-Q3", "arrived", "web", hour): 12 for hour in (9, 10, 33, 34)})
    whole = await karin.page(f"/desk/reports?{SUMMER}")
    wider = await karin.page("/desk/reports?from=2026-06&to=2026-09")
    assert "Här är det juli–september 2026." in wider
    tables = [
        page.partition('<table class="hours"')[2].split("</table>")[0] for page in (whole, wider)
    ]
    assert tables[0] == tables[1] != ""
    narrow = await karin.page("/desk/reports?from=2026-07&to=2026-08")
    assert "i den här perioden finns inget helt" in narrow


async def test_a_public_report_of_hardly_anybody_is_refused_in_words(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, contacts(10, "2026-06", "exposed"))
    answer = await karin.get("/desk/reports?level=public&period=2026-07_2026-09")
    assert answer.status_code == 422
    assert "för få kontakter för en offentlig rapport" in unescape(answer.text)


async def test_a_quarter_of_few_is_not_offered_and_neither_is_its_year(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    some = [(20, "2025-01"), (20, "2025-04"), (20, "2025-07"), (20, "2025-10"), (19, "2026-04")]
    await publish(desk, [each for n, month in some for each in contacts(n, month, "exposed")])
    page = await karin.page("/desk/reports?level=public")
    assert re.findall(r'<option value="([-\d]+)_([-\d]+)"', page) == [
        ("2025-01", "2025-12"), ("2025-10", "2025-12"), ("2025-07", "2025-09"),
        ("2025-04", "2025-06"), ("2025-01", "2025-03"),
    ]  # fmt: skip
    assert "Ett kvartal med färre än tjugo kontakter går inte att välja" in page


@pytest.mark.parametrize(("begins", "is_compared"), [("2026-04", True), ("2026-05", False)])
async def test_nothing_is_compared_with_months_before_the_first_records(
    desk: DeskHouse, begins: str, *, is_compared: bool
) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, [*a_summer(), *contacts(10, begins, "exposed")])
    answer = await karin.get(f"/desk/reports/text?{SUMMER}")
    assert ("perioden närmast före" in answer.text) == is_compared


async def test_the_text_alone_can_be_copied(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    answer = await karin.get(f"/desk/reports/text?{SUMMER}")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith("Under perioden juli–september 2026 kom det in 47 kontakter")


async def test_the_file_can_be_saved_and_needs_nothing_else(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    answer = await karin.get(f"/desk/reports/file?{SUMMER}")
    name = "rapport-2026-07-2026-09-internal.html"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert "<h1>Rapport juli–september 2026</h1>" in answer.text
    assert not re.search(r'(src|href)="', answer.text)


@pytest.mark.parametrize("level", [SUMMER, PUBLIC])
async def test_each_kind_of_file_can_be_fetched_and_stays_nowhere(
    desk: DeskHouse, level: str
) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    await lock(karin, "2026-07_2026-09")
    page = unescape(await karin.page(f"/desk/reports?{level}"))
    links = re.findall(r'href="(/desk/reports/file[^"]*&as=(\w+))"', page)
    assert [kind for _, kind in links] == ["html", "xlsx", "csv", "json", "txt"]
    begins = {"html": b"<!doctype", "xlsx": b"PK", "csv": b"PK", "json": b"{", "txt": b"Under"}
    for path, kind in links:
        answer = await karin.get(path)
        ending = "zip" if kind == "csv" else kind
        name = rf"rapport-2026-07-2026-09-(internal|public)\.{ending}"
        disposition = answer.headers["content-disposition"]
        assert re.fullmatch(rf'attachment; filename="{name}"', disposition)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.content.startswith(begins[kind])


async def test_a_kind_of_file_that_there_is_not_is_refused_in_words(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, a_summer())
    answer = await karin.get(f"/desk/reports/file?{SUMMER}&as=exe")
    assert answer.status_code == 422
    assert "inget sådant slags fil" in unescape(answer.text)


async def test_reports_are_for_coordinators(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    paths = ("/desk/reports", "/desk/reports/text", "/desk/reports/file")
    for path in (*paths, "/desk/reports/file?as=xlsx", "/desk/reports/file?as=json"):
        assert (await anna.get(path)).status_code == 403
    order = await anna.post("/desk/reports/lock", period="2026-07_2026-09")
    assert order.status_code == 403


async def test_forms_that_wait_for_their_month_are_counted(desk: DeskHouse) -> None:
    karin = await desk.person(KARIN)
    await desk.house.records.file(b"0123456789abcdef", {"period": "2026-11", "channel": "web"})
    assert "Några inlämnade formulär är inte statistik än" in await karin.page("/desk/reports")


async def test_invented_records_are_called_that_on_every_page_and_in_the_file(
    desk: DeskHouse,
) -> None:
    karin, anna = await desk.person(KARIN), await desk.person(ANNA)
    file = "/desk/reports/file"
    pages = [(karin, "/desk"), (karin, "/desk/reports"), (karin, file), (anna, "/desk")]
    assert not [path for who, path in pages if "Påhittade uppgifter" in await who.page(path)]
    source = random.Random(1)
    await desk.house.records.import_invented(
        contacts(3, "2025-01", "exposed"), ids=lambda: source.randbytes(16)
    )
    for who, path in pages:
        assert "Påhittade uppgifter" in await who.page(path)
    async with desk.client() as stranger:
        assert "Påhittade uppgifter" in unescape((await stranger.get("/desk/login")).text)


async def test_months_without_records_say_that_there_is_too_little_to_show(
    desk: DeskHouse,
) -> None:
    karin = await desk.person(KARIN)
    await publish(desk, contacts(10, "2026-06", "exposed"))
    page = await karin.page(f"/desk/reports?{SUMMER}")
    assert "så få kontakter att antalet inte kan visas" in page
    assert set((await shown(karin, SUMMER)).values()) <= {"dolt"}
