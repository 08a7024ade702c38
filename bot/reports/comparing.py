"""What stands beside a report: other periods, other lines, and the channels one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.bands import labels
from flows.channel_report import COMPARED, Channel
from flows.comparison import Inhabitants, Reference, change, per_opening_day, rate
from flows.prose import Beside
from flows.questions import Form
from flows.report import Report, Share
from flows.swedish import listed, period_in_words, sentence


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier span of months and its contacts; None is hidden."""

    name: str
    first: str
    last: str
    contacts: int | None


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period; `change` is how many percent more this one has."""

    name: str
    n: int | None
    change: float | None


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line beside the others; `bar` is its length in percent of the longest."""

    name: str
    per_month: float
    inhabitants: int
    per_100_000: float
    bar: int


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer by channel, in the order of the channels."""

    label: str
    shares: Sequence[Share]


@dataclass(frozen=True, slots=True)
class ChannelPart:
    """One question that the channels are compared in."""

    title: str
    rows: Sequence[AnswerRow]


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels that have a number to show."""

    names: Sequence[str]
    sizes: Sequence[int | None]
    parts: Sequence[ChannelPart]
    left_out: str
    """The channels that have none, named in a list."""


def beside(report: Report, earlier: Sequence[Earlier], opening_days: int) -> Beside:
    """Hold the contacts against days and earlier periods, for the standing report."""
    return Beside(
        per_opening_day(report.contacts, days=opening_days),
        [(each.name, changed) for each, changed in _changes(report, earlier)],
    )


def periods(report: Report, earlier: Sequence[Earlier]) -> list[PeriodRow]:
    """Lay out this period and those before it."""
    this = PeriodRow(sentence(period_in_words(report.first, report.last)), report.contacts, None)
    return [
        this,
        *(
            PeriodRow(
                f"{sentence(period_in_words(each.first, each.last))}, {each.name}",
                each.contacts,
                change(report.contacts, each.contacts),
            )
            for each in earlier
        ),
    ]


def lines(report: Report, reference: Reference) -> list[LineRow]:
    """Lay out this period beside what is known of other lines; nothing when it is hidden."""
    here: Inhabitants = reference.inhabitants
    now = rate(report.contacts, months=len(report.per_month), inhabitants=here.number)
    if now is None:
        return []
    found = [
        ("Den här perioden", now, here.number),
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
    names = labels(form.by_name["channel"])
    return Channels(
        [names.get(code, code) for code in shown],
        [channel.n for channel in shown.values()],
        [_part(form, name, list(shown.values())) for name in COMPARED],
        listed([names.get(code, code) for code in found if code not in shown]),
    )


def _changes(report: Report, earlier: Sequence[Earlier]) -> list[tuple[Earlier, float]]:
    changes = [(each, change(report.contacts, each.contacts)) for each in earlier]
    return [(each, changed) for each, changed in changes if changed is not None]


def _part(form: Form, name: str, shown: Sequence[Channel]) -> ChannelPart:
    asked = form.by_name[name]
    rows = [
        AnswerRow(label, [_share(channel, name, code) for channel in shown])
        for code, label in labels(asked).items()
    ]
    if asked.type == "one":
        tables = [channel.questions[name] for channel in shown]
        rows += _missing("Vet ej", [each.unknown for each in tables])
        rows += _missing("Inte frågat", [each.not_asked for each in tables])
    return ChannelPart(asked.label.sv, rows)


def _missing(label: str, counts: Sequence[int | None]) -> list[AnswerRow]:
    """Lay out how many gave no answer; no row where all is hidden, which mostly is nought."""
    is_hidden = all(n is None for n in counts)
    return [] if is_hidden else [AnswerRow(label, [Share(n, None, None) for n in counts])]


def _share(channel: Channel, name: str, code: str) -> Share:
    table = channel.questions[name]
    return Share(table.answers[code].n, table.base, table.answers[code].percent)
