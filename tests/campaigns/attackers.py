"""Somebody who reads every public release and works out what is hidden, with linear programs.

The attacker knows the form, the rules and every printed figure, and even which hidden counts are
hidden because they are few. Nothing of the rules' own code is used here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import highspy

from flows.counting import Counted
from flows.questions import Form
from flows.report import Group, QuestionTable, Report

FEW, CROWD, OFF = 5, 10, 2
"""The limits of one-way and crossed tables, and how far rounding to five moves a count."""

BEFORE_TALKING = frozenset({"left_queue", "silent_or_misuse"})
ABOUT_VIOLENCE = ("uses_violence", "risks_violence", "exposed", "relative", "professional")
MISSING = ("unknown", "not_asked")
AGES = {"15-17": (15, 17), "18-34": (18, 34), "35-54": (35, 54), "55+": (55, 110)}
"""The youngest and the oldest that each band can hold."""

TREATMENT = (
    "municipal_violence_service",
    "shared_or_regional_service",
    "social_services",
    "crisis_centre_men",
    "psychiatry",
    "preventell",
)

Key = tuple[str, str, str]
"""Part of the records, question, line."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What really was counted in one part: a quarter, or one row of the crossed table."""

    part: str
    n: int
    tables: Mapping[str, Counted]
    months: Mapping[str, int] = field(default_factory=dict)
    years: Mapping[str, int] = field(default_factory=dict)
    """The known ages in each band added together."""


@dataclass(frozen=True, slots=True)
class Found:
    """A count that the attacker narrowed down too much, to so many values."""

    key: Key
    n: int
    least: float
    most: float


@dataclass(slots=True)
class Puzzle:
    """Unknown counts, what each can be by itself, and what adds up."""

    counts: dict[Key, int] = field(default_factory=dict)
    """The truth, by which the puzzle is checked and never solved."""
    spans: dict[Key, tuple[float, float]] = field(default_factory=dict)
    rows: list[tuple[float, float, dict[Key, float]]] = field(default_factory=list)
    secrets: dict[Key, int] = field(default_factory=dict)
    """How many values each must leave open."""

    def know(self, key: Key, least: float, most: float = highspy.kHighsInf) -> None:
        before = self.spans.get(key, (0, highspy.kHighsInf))
        self.spans[key] = max(least, before[0]), min(most, before[1])

    def add(self, total: Key, parts: Iterable[Key]) -> None:
        parts = list(parts)
        if self.counts[total] == sum(self.counts[each] for each in parts):
            self.rows.append((0, 0, {total: -1.0, **dict.fromkeys(parts, 1.0)}))

    def contain(self, whole: Key, *parts: Key) -> None:
        self.rows.append((0, highspy.kHighsInf, {whole: 1.0, **dict.fromkeys(parts, -1.0)}))

    def cover(self, whole: Key, parts: Sequence[Key]) -> None:
        """Each part lies within the whole, and together they make it up."""
        for each in parts:
            self.contain(whole, each)
        self.rows.append((0, highspy.kHighsInf, {whole: -1.0, **dict.fromkeys(parts, 1.0)}))


def describe(puzzle: Puzzle, form: Form, truth: Truth) -> None:
    """Write down what the form says about one part of the records."""
    part = truth.part
    puzzle.counts[part, "contacts", ""] = truth.n
    for name, table in truth.tables.items():
        lines = {"known": table.base, "unknown": table.unknown, "not_asked": table.not_asked}
        lines |= {f"={code}": n for code, n in table.answers.items()}
        lines |= table.shares
        puzzle.counts |= {(part, name, line): n for line, n in lines.items()}
    puzzle.counts |= {(part, "month", month): n for month, n in truth.months.items()}
    _describe_waits(puzzle, truth)
    _describe_roles(puzzle, truth)
    _describe_ages(puzzle, truth)
    for name, table in truth.tables.items():
        asked = _asked(form, name)
        parts = [(part, name, line) for line in ("known", *MISSING)]
        puzzle.counts.setdefault((part, asked, ""), table.relevant)
        puzzle.add((part, asked, ""), parts)
        _describe_answers(puzzle, form, part, name, table)
    if truth.months:
        puzzle.add((part, "contacts", ""), [(part, "month", month) for month in truth.months])


def _asked(form: Form, name: str) -> str:
    conditions = form.by_name[name].relevant
    if not conditions:
        return "contacts"
    among = conditions[0].among
    if among is None:
        return "talks"
    return "about violence" if len(among) > 1 else "professionals"


def _describe_waits(puzzle: Puzzle, truth: Truth) -> None:
    """Chats have a wait, and nothing else has."""
    lines = [(truth.part, "channel", f"={code}") for code in ("telegram", "web")]
    puzzle.add((truth.part, "wait_minutes", "known"), lines)


def _describe_roles(puzzle: Puzzle, truth: Truth) -> None:
    part = truth.part
    role, outcome = truth.tables["role"], truth.tables["outcome"]
    asked = {"primary": ABOUT_VIOLENCE[:2], "about violence": ABOUT_VIOLENCE}
    for name, some in (asked | {"professionals": ("professional",)}).items():
        puzzle.counts[part, name, ""] = sum(role.answers[each] for each in some)
    puzzle.counts[part, "talks", ""] = role.relevant
    ended = sorted(outcome.answers.keys() - BEFORE_TALKING)
    talking = [(part, "outcome", f"={code}") for code in ended]
    talking += [(part, "outcome", code) for code in MISSING]
    puzzle.add((part, "talks", ""), talking)
    roles = {code: (part, "role", f"={code}") for code in role.answers}
    puzzle.add((part, "primary", ""), [roles[each] for each in ABOUT_VIOLENCE[:2]])
    puzzle.add((part, "about violence", ""), [roles[each] for each in ABOUT_VIOLENCE])
    puzzle.add((part, "professionals", ""), [roles["professional"]])


def _describe_ages(puzzle: Puzzle, truth: Truth) -> None:
    """All in a band together are no younger than its youngest could be, and no older."""
    for code, (youngest, oldest) in AGES.items():
        n, years = (truth.part, "age", f"={code}"), _years(truth.part, code)
        puzzle.counts[years] = truth.years.get(code, 0)
        puzzle.rows.append((0, highspy.kHighsInf, {years: 1.0, n: -float(youngest)}))
        puzzle.rows.append((0, highspy.kHighsInf, {years: -1.0, n: float(oldest)}))


def _years(part: str, code: str) -> Key:
    return part, "years", code


def _describe_answers(puzzle: Puzzle, form: Form, part: str, name: str, table: Counted) -> None:
    known = (part, name, "known")
    answers = {code: (part, name, f"={code}") for code in table.answers}
    if not form.by_name[name].has_several:
        puzzle.add(known, answers.values())
        if "has_children" in table.shares:
            have = [answers[code] for code in ("living_with", "not_living_with", "expecting")]
            puzzle.add((part, name, "has_children"), have)
        if "never_sought_help" in table.shares:
            puzzle.add((part, name, "never_sought_help"), [answers["no"]])
        return
    puzzle.cover(known, list(answers.values()))
    for code, line in answers.items():
        rest = (part, name, f"not {code}")
        puzzle.counts[rest] = table.base - table.answers[code]
        puzzle.add(known, [line, rest])
        if puzzle.counts[rest] < (FEW if part.startswith("q") else CROWD):
            puzzle.secrets[rest] = FEW if part.startswith("q") else CROWD
        if "none" in answers and code != "none":
            puzzle.contain(known, line, answers["none"])
    if "referred_anywhere" in table.shares:
        anywhere = (part, name, "referred_anywhere")
        puzzle.add(known, [anywhere, answers["none"]])
        puzzle.cover((part, name, "referred_to_treatment"), [answers[code] for code in TREATMENT])
        puzzle.contain(anywhere, (part, name, "referred_to_treatment"))


def read_quarter(puzzle: Puzzle, form: Form, part: str, report: Report) -> None:
    """Note what the report of a quarter prints and hides."""
    _note(puzzle, (part, "contacts", ""), report.contacts, FEW)
    for month in report.per_month:
        _note(puzzle, (part, "month", month.month), month.n, FEW)
    for name, group in report.groups.items():
        key = (part, "role", f"={name}") if name not in MISSING else (part, "role", name)
        if name == "primary_group":
            key = (part, "primary", "")
        if key in puzzle.counts:
            _note(puzzle, key, group.n, FEW)
    _read_group(puzzle, form, part, report.groups["all"], FEW)


def read_year(puzzle: Puzzle, form: Form, report: Report, quarters: Mapping[str, Report]) -> None:
    """Note what a year adds to its quarters: the crossed table of those who used violence."""
    _compare(puzzle, report, quarters)
    n = report.groups["used_violence"].n
    _read_group(puzzle, form, "used", report.groups["used_violence"], CROWD, everybody=n)
    everybody: Key = ("used", "contacts", "")
    for asked in ("talks", "about violence"):
        puzzle.add(everybody, [("used", asked, "")])
    for code in report.groups["all"].questions["role"].answers:
        row = "others" if code == "uses_violence" else "used"
        puzzle.know((row, "role", f"={code}"), 0, 0)
    for code in BEFORE_TALKING:
        puzzle.know(("used", "outcome", f"={code}"), 0, 0)
        puzzle.secrets.pop(("used", "outcome", f"={code}"), None)
    for key in [key for key in puzzle.counts if key[0] == "used"]:
        _, table, line = key
        across = ("others", table, line)
        if key in puzzle.spans and puzzle.spans[key][0] >= CROWD:
            puzzle.know(across, CROWD)
        _join(puzzle, key, across, [(part, table, line) for part in quarters])


def _compare(puzzle: Puzzle, year: Report, quarters: Mapping[str, Report]) -> None:
    """A year's figure that is not its quarters' added together tells something new."""
    for name, table in year.groups["all"].questions.items():
        for code, cell in table.answers.items():
            parts = [
                each.groups["all"].questions[name].answers[code].n for each in quarters.values()
            ]
            known = [n for n in parts if n is not None]
            if cell.n is not None and (len(known) < len(parts) or sum(known) != cell.n):
                keys: list[Key] = [(part, name, f"={code}") for part in quarters]
                puzzle.rows.append((cell.n - OFF, cell.n + OFF, dict.fromkeys(keys, 1.0)))


def _join(puzzle: Puzzle, used: Key, others: Key, quarters: Sequence[Key]) -> None:
    if all(key in puzzle.counts for key in (others, *quarters)):
        puzzle.rows.append((0, 0, {used: 1.0, others: 1.0, **dict.fromkeys(quarters, -1.0)}))
        if used in puzzle.secrets and puzzle.counts[others] < CROWD:
            puzzle.secrets[others] = CROWD


def _read_group(
    puzzle: Puzzle, form: Form, part: str, group: Group, few: int, everybody: int | None = None
) -> None:
    for name, table in group.questions.items():
        if part == "used" and (name == "role" or not puzzle.counts[part, _asked(form, name), ""]):
            continue
        for code, cell in table.answers.items():
            _note(puzzle, (part, name, f"={code}"), cell.n, few)
        for code in MISSING:
            if form.by_name[name].type != "minutes":
                _note(puzzle, (part, name, code), getattr(table, code), few)
        _read_base(puzzle, part, name, table, few, everybody)
    for name, question in _SHARES.items():
        _note(puzzle, (part, question, name), getattr(group, name).n, few)
    _read_mean(puzzle, part, group.mean_age.value)


def _read_mean(puzzle: Puzzle, part: str, mean: float | None) -> None:
    """All ages together are about as many years as the mean, in whole years, times the known."""
    if mean is None:
        return
    years = {_years(part, code): 1.0 for code in AGES}
    for side, off in ((1.0, 0.5), (-1.0, -0.5)):
        row = {(part, "age", "known"): side * (mean + off)} | dict.fromkeys(years, -side)
        puzzle.rows.append((0, highspy.kHighsInf, row))


_SHARES = {
    "has_children": "children",
    "never_sought_help": "sought_help",
    "referred_anywhere": "referred_to",
    "referred_to_treatment": "referred_to",
}


def _read_base(
    puzzle: Puzzle, part: str, name: str, table: QuestionTable, few: int, everybody: int | None
) -> None:
    """A base has in it those without an answer who are too few to be shown."""
    few_missing = [(part, name, code) for code in MISSING if puzzle.counts[part, name, code] < few]
    if few == CROWD and len(few_missing) < len(MISSING):
        few_missing = []
    base, known = (part, name, "base"), (part, name, "known")
    puzzle.counts[base] = sum(puzzle.counts[each] for each in (known, *few_missing))
    puzzle.add(base, [known, *few_missing])
    is_everybody = puzzle.counts[base] == puzzle.counts[part, "contacts", ""] and part == "used"
    if table.base is not None and not (is_everybody and table.base == everybody):
        puzzle.know(base, max(few, table.base - OFF), table.base + OFF)


def _note(puzzle: Puzzle, key: Key, shown: int | None, few: int) -> None:
    if shown is not None:
        puzzle.know(key, max(few, shown - OFF), shown + OFF)
        return
    is_large_gap = few == CROWD and key[2] in MISSING and puzzle.counts[key] >= few
    if not is_large_gap:
        puzzle.secrets[key] = few
    if few == FEW:
        puzzle.know(key, 0, few - 1 if puzzle.counts[key] < few else highspy.kHighsInf)
