"""A report as a file of its own: whole, readable, and hiding what is hidden."""

import re
from dataclasses import replace
from html import unescape

import pytest

from bot.reference import read_reference
from bot.reports import charts
from bot.reports.comparing import Earlier
from bot.reports.page import Context, html
from bot.reports.tables import group_view, of_look_ups, of_months
from flows.bands import labels
from flows.channel_report import COMPARED, Channel
from flows.report import MonthCount, Report
from flows.week import week
from tests.flows.form_texts import VERSION_1, parsed
from tests.flows.made_reports import group, report, spring_to_autumn_2021, table

FORM = parsed(VERSION_1)
CONTEXT = Context(form=FORM, line="Välj att sluta")


def page(of: Report, context: Context = CONTEXT) -> str:
    return unescape(html(of, context)).replace("\N{NO-BREAK SPACE}", " ")


def row(page: str, label: str) -> list[str]:
    """The cells of the first row with a label, without their tags."""
    found = re.search(rf'<tr><th scope="row">{re.escape(label)}\b.*?</tr>', page, re.DOTALL)
    assert found, label
    cells = re.findall(r"<td.*?>(.*?)</td>", found[0], re.DOTALL)
    return [re.sub(r"<.*?>", "", cell).strip() for cell in cells]


def test_the_file_says_what_it_is_of_and_needs_nothing_else() -> None:
    made = page(spring_to_autumn_2021())
    assert "<h1>Rapport mars–oktober 2021</h1>" in made
    assert "Intern rapport för samordnare. Omfattas av sekretess." in made
    assert "Så läser du rapporten" in made
    assert not re.search(r"(src|href|style)=", made)
    assert "<script" not in made
    assert "@page" in made


def test_every_row_says_what_it_is_out_of_and_its_share() -> None:
    made = page(spring_to_autumn_2021())
    assert row(made, "Psykiskt") == ["118 av 149", "79 %"]
    assert row(made, "Man") == ["123 av 150", "82 %"]
    assert row(made, "Vet ej")[0] == "0"
    for label, figure in (
        ("Medelålder", "37 år"),
        ("Har aldrig sökt hjälp för våldet", "78 %"),
        ("Hänvisade till behandling", "85 %"),
        ("Hänvisade någonstans", "96 %"),
    ):
        assert re.search(rf'<dt>{label}</dt><dd><span class="value">{figure}', made), label


def test_what_is_hidden_is_called_hidden_in_table_and_chart() -> None:
    made = page(spring_to_autumn_2021())
    assert row(made, "mars 2021") == ["dolt"]
    assert row(made, "Försummelse") == ["dolt", "–"]
    assert "None" not in made
    months = made.partition('class="columns"')[2].partition("</svg>")[0]
    assert 'fill="url(#hidden)"' in months
    assert ">dolt</text>" in months


def test_a_chart_has_its_table_beside_it_and_is_left_out_when_read_aloud() -> None:
    made = page(spring_to_autumn_2021())
    assert not [svg for svg in re.findall(r"<svg[^>]*>", made) if "aria-hidden" not in svg]
    for title in ("Kontakter per månad", "Ålder", "Län"):
        assert f"<caption>{title}" in made


def test_the_answers_of_every_group_with_any_are_in_the_file() -> None:
    whole = spring_to_autumn_2021()
    exposed = group(76, 331, {"gender": table({"woman": 70, "man": 6})})
    made = page(replace(whole, groups={**whole.groups, "exposed": exposed}))
    others = made.partition('id="r-others"')[2]
    names = re.findall(r"<summary>(.*?)</summary>", others)
    assert [name for name in names if "Fler" not in name] == [
        "Alla kontakter",
        "Är utsatt för våld",
    ]
    assert row(others.partition("Är utsatt")[2], "Kvinna") == ["70 av 76", "92 %"]


def test_another_group_can_stand_first() -> None:
    made = page(spring_to_autumn_2021(), replace(CONTEXT, group="exposed"))
    assert '<h2 id="r-group">Är utsatt för våld</h2>' in made
    assert "De som har använt våld" in re.findall(r"<summary>(.*?)</summary>", made)


def test_a_public_report_says_that_it_is_rounded() -> None:
    made = page(replace(spring_to_autumn_2021(), level="public"))
    assert "Offentlig rapport." in made
    assert "avrundade till närmaste femtal" in made
    assert "sekretess" not in made


def test_invented_records_are_called_that() -> None:
    assert "Påhittade uppgifter" not in page(spring_to_autumn_2021())
    assert "Påhittade uppgifter" in page(spring_to_autumn_2021(), replace(CONTEXT, invented=True))


def test_other_periods_days_and_lines_stand_beside_the_contacts() -> None:
    context = replace(
        CONTEXT,
        opening_days=100,
        earlier=[Earlier("samma tid året före", "2020-03", "2020-10", 300)],
        reference=read_reference(),
    )
    made = page(spring_to_autumn_2021(), context)
    assert row(made, "Mars–oktober 2020, samma tid året före") == ["300", "+10,3 %"]
    assert "10,3 procent fler än under samma tid året före" in made
    assert "3,3 per öppen dag" in made
    assert row(made, "Den här perioden") == ["41,4", "0,39"]
    assert "Socialstyrelsen" in made


def test_the_table_of_whether_it_helped_says_it_of_those_who_answered_too() -> None:
    made = re.sub(r"<.*?>", "", page(spring_to_autumn_2021()))
    assert "Av dem som svarade kändes det bättre för 150 av 190 (79 %). 60 svarade inte." in made


def test_channels_stand_side_by_side_when_two_have_a_number() -> None:
    whole = {"phone": channel(100), "web": channel(100), "unknown": channel(None)}
    made = page(spring_to_autumn_2021(), replace(CONTEXT, channels=whole))
    part = made.partition('id="r-channels"')[2]
    assert row(part, "Kontakter") == ["100", "100"]
    assert row(part, "Genomfört samtal") == ["80 % 80 av 100", "80 % 80 av 100"]
    assert row(part, "Lämnade kön") == ["dolt", "dolt"]
    assert "Utan kontakter, eller med ett antal som är dolt: Vet ej." in part
    alone = page(spring_to_autumn_2021(), replace(CONTEXT, channels={"phone": whole["phone"]}))
    assert "r-channels" not in alone


def test_channels_have_no_row_of_those_who_gave_no_answer_when_all_of_it_is_hidden() -> None:
    shown = {"phone": channel(100), "web": channel(100)}
    hidden = {name: channel(100, missing=None) for name in shown}
    for channels, count in ((shown, 2), (hidden, 0)):
        made = page(spring_to_autumn_2021(), replace(CONTEXT, channels=channels))
        part = made.partition('id="r-channels"')[2].partition("</table>")[0]
        assert part.count("Vet ej") == part.count("Inte frågat") == count


def channel(n: int | None, *, missing: int | None = 9) -> Channel:
    """A channel on which 80 of 100 talks were completed, and all other answers are hidden."""
    shown: dict[str, int | None] = {"completed": 80}
    tables = {
        name: table({code: shown.get(code) for code in labels(FORM.by_name[name])}, base=100)
        for name in COMPARED
    }
    return Channel(
        n,
        {name: replace(each, unknown=missing, not_asked=missing) for name, each in tables.items()},
    )


def test_the_week_is_drawn_and_told_by_the_hour() -> None:
    counts = {9: 40, 10: 10, 33: 20, 34: 12}
    weeks = {"arrived": week(counts), "knocked": week({18: 4, 42: 3})}
    made = page(spring_to_autumn_2021(), replace(CONTEXT, weeks=weeks))
    assert row(made, "09–10")[:2] == ["40", "20"]
    assert "måndag kl. 09–10: 40" in made
    assert "tisdag kl. 18–19: dolt" in made


def test_look_ups_are_hidden_by_the_same_rules() -> None:
    found = of_look_ups(
        {"01": ("Stockholms län", 40), "12": ("Skåne län", 2), "25": ("Gotland", 6)}
    )
    assert [each.n for each in found.rows] == [40, None, None]
    assert found.base == 48


def test_words_of_the_form_cannot_become_markup() -> None:
    groups = {
        "all": group(100, 100, {"heard_via": table({"<b>radio</b>": 40})}),
        "used_violence": group(50, 100),
    }
    made = html(report(groups, first="2026-01", last="2026-03"), CONTEXT)
    assert "<b>radio" not in made
    assert "&lt;b&gt;radio" in made


@pytest.mark.parametrize(("n", "has_numbers"), [(12, True), (30, False)])
def test_a_column_is_as_high_as_its_number(n: int, has_numbers: bool) -> None:  # noqa: FBT001 - a case
    counts = [MonthCount(f"{2024 + at // 12}-{at % 12 + 1:02}", 10 * (at + 1)) for at in range(n)]
    drawn = charts.months(of_months(counts, 1000))
    assert drawn.has_numbers == has_numbers
    first, last = drawn.columns[0], drawn.columns[-1]
    assert last.height == pytest.approx(n * first.height, rel=0.05)
    assert all(
        each.y + each.height == pytest.approx(drawn.floor, abs=0.2) for each in drawn.columns
    )
    assert drawn.columns[0].name == ("jan" if n == 12 else "2024")


def test_the_area_of_a_circle_is_as_large_as_its_number() -> None:
    everybody = spring_to_autumn_2021()
    tables = group_view(everybody, FORM, "all").others
    drawn = charts.county_map(next(each for each in tables if each.name == "county"))
    stockholm, vastra, skane = drawn.circles
    assert stockholm.title == "Stockholms län: 90"
    assert (stockholm.radius / skane.radius) ** 2 == pytest.approx(90 / 48, rel=0.05)
    assert vastra.x < stockholm.x
    assert drawn.hidden == {"09"}


def test_the_area_of_an_hour_is_as_large_as_its_number() -> None:
    drawn = charts.hours_of_the_week(week({9: 40, 10: 20, 33: 30}, within={9, 10, 33}))
    large, small, _ = drawn.squares
    assert (large.size / small.size) ** 2 == pytest.approx(2, rel=0.05)
    assert large.x + large.size / 2 == pytest.approx(small.x + small.size / 2, abs=0.2)


def test_the_week_has_no_empty_days() -> None:
    drawn = week({9: 40, 10: 20, 33: 30}, within={9, 10, 33})
    assert [name for name, _ in charts.hours_of_the_week(drawn).days] == ["mån", "tis"]
    made = page(spring_to_autumn_2021(), replace(CONTEXT, weeks={"arrived": drawn}))
    part = made.partition('id="r-week-arrived"')[2].partition("</table>")[0]
    assert re.findall(r'<th scope="col" class="count">(.*?)</th>', part) == ["mån", "tis", "alla"]
    assert "också de som gick innan de fick svar" in part


def test_a_mean_is_the_same_in_the_tile_and_in_the_table() -> None:
    whole = spring_to_autumn_2021()
    year = replace(
        whole,
        contacts=855,
        per_month=tuple(MonthCount(f"2021-{month:02}", None) for month in range(1, 13)),
    )
    context = replace(CONTEXT, reference=read_reference())
    made = page(year, context)
    assert '<dt>I månaden</dt><dd><span class="value">71,3</span>' in made
    assert row(made, "Den här perioden")[0] == "71,3"
    public = page(replace(year, level="public"), context)
    assert '<dt>I månaden</dt><dd><span class="value">ca 71</span>' in public
    assert row(public, "Den här perioden")[0] == "71"
    assert "Alla antal är ungefärliga." in public


def test_a_share_says_whom_it_is_of_where_the_table_has_another() -> None:
    whole = spring_to_autumn_2021()
    roles = table({"uses_violence": 153, "exposed": 76}, base=300)
    everybody = replace(whole.groups["all"], questions={"role": roles})
    made = page(replace(whole, groups={**whole.groups, "all": everybody}))
    assert "Andelarna är av de 300 vars roll är känd. Av alla 331 kontakter är de" in made
    assert "vars roll är känd" not in page(whole)


def test_public_groups_without_answers_say_where_there_are_some() -> None:
    bare = {"all": group(60, 60), "used_violence": group(30, 60), "exposed": group(10, 60)}
    made = replace(report(bare, first="2026-01", last="2026-03"), level="public")
    assert "visas bara i offentliga rapporter för hela år" in page(made).partition("r-group")[2]
    exposed = page(made, replace(CONTEXT, group="exposed"))
    assert "I offentliga rapporter visas bara hur många den här gruppen är." in exposed
