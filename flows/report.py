"""What a report says: how many, who, and what they answered; None is hidden by the release rules.

The shape is shared by every level and every way of showing it. `flows.internal_report` and
`flows.public_report` fill it in.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Level = Literal["internal", "public"]

LEVELS: tuple[Level, ...] = ("internal", "public")


@dataclass(frozen=True, slots=True)
class MonthCount:
    month: str
    n: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """How many gave one answer, and their whole percent of the base."""

    n: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """The answers to one question within one group; the base is those whose answer is known."""

    base: int | None
    unknown: int | None
    not_asked: int | None
    answers: Mapping[str, Cell]
    """By code, in the form's order; ages and minutes by the code of their band."""


@dataclass(frozen=True, slots=True)
class MeanAge:
    """In years, with one decimal, over those whose age is known."""

    value: float | None
    n: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the base, which is those whose answer is known."""

    n: int | None
    base: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Those who gave the same role, or all; the share is the whole percent of all contacts."""

    n: int | None
    share: int | None
    questions: Mapping[str, QuestionTable]
    mean_age: MeanAge
    referred_to_treatment: Share
    referred_anywhere: Share
    has_children: Share
    never_sought_help: Share


@dataclass(frozen=True, slots=True)
class Report:
    """Whole closed months from `first` to `last`, both included, each written as 2026-11."""

    first: str
    last: str
    level: Level
    contacts: int | None
    per_month: tuple[MonthCount, ...]
    groups: Mapping[str, Group]
    """"all", "used_violence", "primary_group", and then every role by its code."""


def as_json(report: Report) -> dict[str, Any]:
    """Give the document that the command prints."""
    return {
        "period": {"from": report.first, "to": report.last},
        "level": report.level,
        "contacts": report.contacts,
        "per_month": [asdict(each) for each in report.per_month],
        "groups": {name: asdict(group) for name, group in report.groups.items()},
    }


def from_json(document: Mapping[str, Any]) -> Report:
    """Read back what `as_json` gave; the report is equal to the one that it was made of."""
    return Report(
        first=document["period"]["from"],
        last=document["period"]["to"],
        level=document["level"],
        contacts=document["contacts"],
        per_month=tuple(MonthCount(**each) for each in document["per_month"]),
        groups={name: _group(group) for name, group in document["groups"].items()},
    )


def _group(document: Mapping[str, Any]) -> Group:
    return Group(
        n=document["n"],
        share=document["share"],
        questions={name: _table(table) for name, table in document["questions"].items()},
        mean_age=MeanAge(**document["mean_age"]),
        **{name: Share(**document[name]) for name in _SHARES},
    )


def _table(document: Mapping[str, Any]) -> QuestionTable:
    answers = {code: Cell(**cell) for code, cell in document["answers"].items()}
    return QuestionTable(**{**document, "answers": answers})


_SHARES = ("referred_to_treatment", "referred_anywhere", "has_children", "never_sought_help")
