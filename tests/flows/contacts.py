"""Contacts made for a test, and a slow, plain way to count them."""

from collections.abc import Iterable, Mapping, Sequence

from directory.load import load
from flows.columns import Columns, encoded
from flows.contact_form import cleaned, parse_form
from tests.flows.form_texts import VERSION_1
from tests.flows.subtraction import NOBODY, Var

FORM = parse_form(
    VERSION_1,
    municipalities={code: place.name for code, place in load().municipalities.items()},
    counties={code: county.name for code, county in load().counties.items()},
)
COUNTIES = sorted(load().counties)

MONTH = "2026-01"

Record = dict[str, str]

_ORDINARY = {
    "period": MONTH,
    "channel": "phone",
    "outcome": "completed",
    "role": "uses_violence",
    "profession": "other",
    "reason": "other",
    "violence": "psychological",
    "severe": "no",
    "exposed_person": "partner",
    "children": "none",
    "other_problem": "none",
    "sought_help": "no",
    "earlier_contact": "none",
    "referred_to": "none",
    "child_concern": "not_relevant",
    "age": "37",
    "gender": "man",
    "county": "01",
    "municipality": "unknown",
    "born_in_sweden": "yes",
    "heard_via": "internet",
    "language": "sv",
    "interpreter": "no",
    "wait_minutes": "0",
    "talk_minutes": "30",
    "helped": "better",
}

_PARENTS = {"living_with", "not_living_with", "expecting"}
_TREATING = {
    "municipal_violence_service", "shared_or_regional_service", "social_services",
    "crisis_centre_men", "psychiatry", "preventell",
}  # fmt: skip


def contacts(n: int, **answers: str | Sequence[str]) -> list[Record]:
    """Make n contacts; an answer is the same for all or one for each, and goes round if short."""
    return [
        cleaned(FORM, _ORDINARY | {k: _nth(v, at) for k, v in answers.items()}) for at in range(n)
    ]


def columns(*some: Sequence[Record]) -> Columns:
    return encoded(FORM, [record for each in some for record in each])


def parts(**counts: int) -> list[str]:
    """Repeat each answer as often as it is to be given."""
    return [answer for answer, n in counts.items() for _ in range(n)]


def counted_plainly(records: Sequence[Mapping[str, str]], seen: Iterable[Var]) -> dict[Var, int]:
    """Count what each of these names stands for, one record after the other."""
    return {var: sum(_counts(record, var) for record in records) for var in seen}


def _nth(answer: str | Sequence[str], at: int) -> str:
    return answer if isinstance(answer, str) else answer[at % len(answer)]


def _counts(record: Mapping[str, str], var: Var) -> bool:
    kind, *rest = var
    if kind == "month":
        return record["period"] == rest[0]
    if not _belongs(record, rest[-1]):
        return False
    if kind == "size":
        return True
    if kind == "roles":
        return "role" in record
    cell = record.get("age" if kind == "years" else rest[0], "")
    return bool(cell) and _is_in_row(kind, rest[0], cell)


def _belongs(record: Mapping[str, str], group: str) -> bool:
    role = record.get("role", "")
    if group in {"contacts", "all"}:
        return True
    if group.startswith("on "):
        return record["channel"] == group.removeprefix("on ")
    if group == "primary_group":
        return role in {"uses_violence", "risks_violence"}
    return role == {"used_violence": "uses_violence", NOBODY: ""}.get(group, group)


def _is_in_row(row: str, question: str, cell: str) -> bool:
    codes = set(cell.split("|"))
    if cell in {"unknown", "not_asked"} or row in {"unknown", "not_asked"}:
        return cell == row
    if row.startswith("=") and question in {"age", "wait_minutes", "talk_minutes"}:
        least, _, most = row.removeprefix("=").replace("+", "-999").partition("-")
        return int(least) <= int(cell) <= int(most)
    return {
        "base": True,
        "years": True,
        "treated": not codes.isdisjoint(_TREATING),
        "anywhere": codes != {"none"},
        "parents": not codes.isdisjoint(_PARENTS),
        "never": cell == "no",
    }.get(row, row.removeprefix("=") in codes)
