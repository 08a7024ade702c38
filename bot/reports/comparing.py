"""What stands beside a report: other periods, other lines, and the channels one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.bands import NOT_ASKED, UNKNOWN, labels
from flows.change import Change, slack
from flows.channel_report import COMPARED, Channel
from flows.comparison import Inhabitants, Rate, Reference, per_opening_day, rate
from flows.prose import Beside
from flows.questions import Form, Question
from flows.ranking import Few
from flows.report import Report, Share
from flows.rounding import to_decimals
from flows.swedish import listed, period_in_words, sentence
from flows.told import Unanswered, of_concerned, told_answers

A_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier span of months and its contacts; None is hidden."""

    name: str
    first: str
    last: str
    contacts: int | None


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period, and how many more or fewer this one has; None where that cannot be told."""

    name: str
    first: str
    last: str
    n: int | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line beside the others; `bar` is its length in percent of the longest.

    Contacts a month have a decimal where they are exact.
    """

    name: str
    per_month: float
    inhabitants: int
    per_100_000: float
    bar: int

    @property
    def millions(self) -> float:
        """The inhabitants in millions, with one decimal."""
        return to_decimals(self.inhabitants, A_MILLION, 1)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer by channel, in the order of the channels."""

    code: str
    label: str
    shares: Sequence[Share]


@dataclass(frozen=True, slots=True)
class ChannelPart:
    """One question that the channels are compared in."""

    name: str
    title: str
    rows: Sequence[AnswerRow]


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels that have a number to show."""

    codes: Sequence[str]
    names: Sequence[str]
    sizes: Sequence[int | None]
    parts: Sequence[ChannelPart]
    left_out: str
    """The channels that have none, named in a list."""


def beside(
    report: Report, earlier: Sequence[Earlier], opening_days: int, *, few: Few = ()
) -> Beside:
    """Hold the contacts against days and earlier periods, for the standing report."""
    return Beside(
        per_opening_day(report.contacts, days=opening_days),
        [(each.name, changed) for each, changed in _changes(report, earlier)],
        few,
    )


def a_month(report: Report) -> float | None:
    """Give the contacts of a mean month; None for a single month or hidden.

    Rounded counts give no decimal.
    """
    months = len(report.per_month)
    if report.contacts is None or months == 1:
        return None
    return to_decimals(report.contacts, months, 1 if report.level == "internal" else 0)


def periods(report: Report, earlier: Sequence[Earlier]) -> list[PeriodRow]:
    """Lay out this period and those before it."""
    first, last = report.first, report.last
    this = PeriodRow(sentence(period_in_words(first, last)), first, last, report.contacts, None)
    return [this, *(_period(report, each) for each in earlier)]


def lines(report: Report, reference: Reference) -> list[LineRow]:
    """Lay out this period beside what is known of other lines; nothing when it is hidden."""
    here: Inhabitants = reference.inhabitants
    now = rate(report.contacts, months=len(report.per_month), inhabitants=here.number)
    if now is None:
        return []
    per_month = now.per_month if (mean := a_month(report)) is None else mean
    found = [
        ("Den här perioden", Rate(per_month, now.per_100_000), here.number),
        *((line.name, line.rate, line.inhabitants) for line in reference.lines),
    ]
    longest = max(each.per_100_000 for _, each, _ in found)
    return [
        LineRow(name, each.per_month, n, each.per_100_000, round(100 * each.per_100_000 / longest))
        for name, each, n in found
    ]


def channels(form: Form, found: Mapping[str, Channel]) -> Channels | None:
    """Lay out the channels side by side; nothing when fewer than two have a number to show."""
    shown = {code: channel for code, channel in found.items() if channel.n is not None}
    if len(shown) < 2:  # noqa: PLR2004 - two can be compared
        return None
    names = {code.code: code.sv for code in form.by_name["channel"].codes}
    return Channels(
        list(shown),
        [names.get(code, code) for code in shown],
        [channel.n for channel in shown.values()],
        [_part(form, name, list(shown.values())) for name in COMPARED],
        listed([names.get(code, code) for code in found if code not in shown]),
    )


def _changes(report: Report, earlier: Sequence[Earlier]) -> list[tuple[Earlier, Change]]:
    changes = [(each, _change(report, each)) for each in earlier]
    return [(each, changed) for each, changed in changes if changed is not None]


def _change(report: Report, earlier: Earlier) -> Change | None:
    off = slack(report.level, report.first, report.last)
    return Change.between(report.contacts, earlier.contacts, off=off)


def _period(report: Report, earlier: Earlier) -> PeriodRow:
    first, last = earlier.first, earlier.last
    name = f"{sentence(period_in_words(first, last))}, {earlier.name}"
    return PeriodRow(name, first, last, earlier.contacts, _change(report, earlier))


def _part(form: Form, name: str, shown: Sequence[Channel]) -> ChannelPart:
    asked = form.by_name[name]
    rows = [
        AnswerRow(code, label, [_share(asked, channel, code) for channel in shown])
        for code, label in labels(asked).items()
    ]
    if asked.type == "one":
        found = [_unanswered(asked, channel) for channel in shown]
        rows += _missing(UNKNOWN, "Vet ej", [each.unknown for each in found])
        rows += _missing(NOT_ASKED, "Inte frågat", [each.not_asked for each in found])
    return ChannelPart(name, asked.in_reports.sv, rows)


def _unanswered(asked: Question, channel: Channel) -> Unanswered:
    """Tell the noughts of a question that is asked of everybody on a channel."""
    table = channel.questions[asked.name]
    if asked.relevant or channel.n is None:
        return Unanswered(table.unknown, table.not_asked)
    return of_concerned(table, channel.n)


def _missing(code: str, label: str, counts: Sequence[int | None]) -> list[AnswerRow]:
    """Lay out how many gave no answer; no row where all of it is hidden or nought."""
    return (
        [] if not any(counts) else [AnswerRow(code, label, [Share(n, None, None) for n in counts])]
    )


def _share(asked: Question, channel: Channel, code: str) -> Share:
    table = channel.questions[asked.name]
    cell = told_answers(asked, table)[code]
    return Share(cell.n, table.base, cell.percent)
