"""A report as HTML: as part of a page, and as one file that can be sent and printed on A4.

Both come from the same templates. The file holds its own styles and needs nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from bot.pages import environment
from bot.reports import charts, comparing
from bot.reports.comparing import Earlier
from bot.reports.tables import (
    ALL,
    CHOSEN,
    GroupView,
    Table,
    group_names,
    group_view,
    of_months,
    table,
)
from bot.reports.words import (
    ABOUT_WEEKS,
    BY_HOUR,
    IN_BLOCKS,
    LEVELS,
    NO_WEEKS,
    OF_ROLES,
    PART_OF_WEEKS,
    READING,
    WEEKS,
)
from flows.channel_report import Channel
from flows.comparison import Reference, per_opening_day
from flows.prose import prose
from flows.questions import Form
from flows.ranking import Few
from flows.report import Report
from flows.swedish import number, period_in_words
from flows.told import Reader
from flows.week import Week

HERE = Path(__file__).parent
STATIC = HERE / "static"
STYLES = ("page.css", "report.css")
"""What the file holds, in this order."""

_NUMBERS = 4096
"""So many that were written are kept: the same ones stand in a report again and again."""

WHO = ("role", "profession")
COURSE = ("heard_via", "channel", "outcome", "wait_minutes", "talk_minutes", "helped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is shown beside the report itself; what is empty is left out."""

    form: Form
    line: str
    """What the helpline is called."""
    reference: Reference | None = None
    """What is known of other lines."""
    opening_days: int = 0
    earlier: Sequence[Earlier] = ()
    channels: Mapping[str, Channel] = field(default_factory=dict)
    group: str = CHOSEN
    """Whose answers are shown."""
    weeks: Mapping[str, Week] = field(default_factory=dict)
    """The week by the hour, by what was counted."""
    weeks_of: tuple[str, str] | None = None
    """The first and last month of those weeks: of the whole quarters in the report."""
    look_ups: Table | None = None
    few: Few = ()
    """What is known to be few among those who used violence."""
    invented: bool = False


def html(report: Report, context: Context) -> str:
    """Make the file."""
    return (
        _templates()
        .get_template("page.html")
        .render(
            report=report,
            title=f"Rapport {period_in_words(report.first, report.last)}",
            line=context.line,
            level=LEVELS[report.level],
            invented=context.invented,
            style=_styles(),
            body=body(report, context),
            groups=list(_other_groups(report, context)),
        )
    )


def body(report: Report, context: Context) -> Markup:
    """Make the report as part of a page; its headings begin with h2."""
    values = _values(report, context)
    return Markup(_templates().get_template("body.html").render(values))  # noqa: S704 - escaped


def text(report: Report, context: Context) -> str:
    """Write the standing report in prose, with an empty line between paragraphs."""
    compared = comparing.beside(report, context.earlier, context.opening_days, few=context.few)
    return prose(report, context.form, compared)


@cache
def _templates() -> Environment:
    found = environment(HERE / "templates")
    found.filters["number"] = lru_cache(_NUMBERS)(number)
    return found


@cache
def _styles() -> Markup:
    sheets = [(STATIC / name).read_text(encoding="utf-8") for name in STYLES]
    return Markup("\n").join(map(Markup, sheets))


def _values(report: Report, context: Context) -> dict[str, Any]:
    months = of_months(report.per_month, report.contacts)
    group = group_view(report, context.form, context.group)
    counties = of_all(report, context, ("county",))
    return {
        "report": report,
        "used": report.groups[CHOSEN],
        "paragraphs": text(report, context).split("\n\n"),
        "periods": comparing.periods(report, context.earlier),
        "opening_days": context.opening_days,
        "a_day": per_opening_day(report.contacts, days=context.opening_days),
        "lines": comparing.lines(report, context.reference) if context.reference else [],
        "reference": context.reference,
        "channels": comparing.channels(context.form, context.channels),
        "roughly": "" if report.level == "internal" else "ca ",
        "a_month": comparing.a_month(report),
        "months": months,
        "months_chart": charts.months(months),
        "who": of_all(report, context, WHO),
        "of_roles": _of_roles(report),
        "group": group,
        "ages_chart": _ages(group),
        "counties": counties[0] if counties else None,
        "map": charts.county_map(counties[0]) if counties else None,
        "course": of_all(report, context, COURSE),
        "weeks": [_week(kind, each) for kind, each in context.weeks.items()],
        "weeks_of": weeks_of(report, context),
        "look_ups": context.look_ups,
        "reading": READING[report.level],
    }


def of_all(report: Report, context: Context, names: tuple[str, ...]) -> list[Table]:
    """Lay out those of these questions, among all contacts, that the report has."""
    reader = Reader.of(report, context.form)
    return [table(reader, ALL, name) for name in names if name in report.groups[ALL].questions]


def _of_roles(report: Report) -> str:
    """Say why the share of those who used violence is another in the table than above it."""
    table, used = report.groups[ALL].questions.get("role"), report.groups[CHOSEN]
    if table is None or table.base in {None, report.contacts} or used.share is None:
        return ""
    return OF_ROLES.format(
        base=number(table.base or 0), contacts=number(report.contacts or 0), percent=used.share
    )


def _ages(group: GroupView) -> charts.Columns | None:
    found = [each for each in (*group.leading, *group.others) if each.name == "age"]
    return charts.ages(found[0]) if found else None


def weeks_of(report: Report, context: Context) -> str:
    """Say which quarters the weeks are of, where they are not all of the report."""
    if report.level == "public" or context.weeks_of == (report.first, report.last):
        return ""
    if context.weeks_of is None:
        return "" if context.weeks else NO_WEEKS
    return PART_OF_WEEKS.format(period_in_words(*context.weeks_of)) if context.weeks else ""


def _week(kind: str, found: Week) -> dict[str, Any]:
    return {
        "kind": kind,
        "title": WEEKS[kind],
        "about": ABOUT_WEEKS[kind],
        "caption": IN_BLOCKS if found.width > 1 else BY_HOUR,
        "week": found,
        "hours": charts.span_of_day(found),
        "days": charts.open_days(found),
        "chart": charts.hours_of_the_week(found),
    }


def _other_groups(
    report: Report, context: Context
) -> Iterator[tuple[GroupView, charts.Columns | None]]:
    for code in group_names(report, context.form):
        group = group_view(report, context.form, code)
        if code != context.group and not group.is_hidden:
            yield group, _ages(group)
