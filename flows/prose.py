"""The standing report: a report told in Swedish, ready to send (pure).

What the release rules hide is never guessed at. It is named at the end, so that nobody takes
silence for nought.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from flows import prose_words as words
from flows.bands import labels
from flows.change import Change, slack
from flows.comparison import A_YEAR
from flows.counting import months
from flows.helped import BETTER, HELPED, helped, is_silent
from flows.prose_figures import cell, counties, genders, mean_age, often
from flows.questions import Form
from flows.ranking import MOST_TIED, Few, Limits, Ranked, limits, ranked
from flows.report import Cell, Group, QuestionTable, Report, Share
from flows.swedish import about, fraction, listed, number, period_in_words, sentence

_USED = "used_violence"
_USES = "uses_violence"
"""The role that is the same group."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the contacts are held against; None is not known or hidden."""

    per_opening_day: float | None = None
    changes: Sequence[tuple[str, Change]] = ()
    """Earlier periods by name, "samma tid året före", and how many more came since."""
    few: Few = ()
    """What is known to be few among those who used violence."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One subject and its sentence, which is empty when it is hidden or nobody answered."""

    subject: str
    sentence: str
    is_unanswered: bool = False


def prose(report: Report, form: Form, beside: Beside | None = None) -> str:
    """Tell a report in paragraphs with an empty line between; every share with what it is of."""
    if report.contacts is None:
        return words.TOO_FEW.format(within=_within(report))
    teller = _Teller(report, form, (beside or Beside()).few)
    used = [list(part) for part in teller.those_who_used_violence()]
    everybody = list(teller.everybody())
    paragraphs = (
        [teller.how_many(beside or Beside()), _changes(beside or Beside())],
        [teller.who(), teller.of_known(), teller.others()],
        *_with_opening(used),
        [told.sentence for told in everybody],
        [*teller.unsaid(used, everybody), words.READING, _rounded(report)],
    )
    return "\n\n".join(filter(None, (" ".join(filter(None, each)) for each in paragraphs)))


def _within(report: Report) -> str:
    span = period_in_words(report.first, report.last)
    is_plain = report.first == report.last or span.isdecimal()
    return f"Under {span}" if is_plain else f"Under perioden {span}"


@dataclass(frozen=True, slots=True)
class _Teller:
    report: Report
    form: Form
    few: Few

    def how_many(self, beside: Beside) -> str:
        n, is_exact = self.report.contacts or 0, self.report.level == "internal"
        length = len(months(self.report.first, self.report.last))
        means = [f"{about(n, length, is_exact=is_exact)} i månaden"] if length > 1 else []
        if beside.per_opening_day is not None:
            roughly = "" if is_exact or means else "ungefär "
            means.append(f"{roughly}{number(beside.per_opening_day)} per öppen dag")
        came = f"{_within(self.report)} kom det in {number(n)} kontakter"
        return f"{', '.join([came, ' eller '.join(means)])}." if means else f"{came}."

    def who(self) -> str:
        used = self.report.groups[_USED]
        if used.n is None:
            return words.USED_VIOLENCE_HIDDEN
        said = self._said(Share(used.n, self.report.contacts, used.share), of="kontakter")
        is_number = said[0].isdecimal()  # which does not look well first in a paragraph
        if not is_number:
            return sentence(words.USED_VIOLENCE.format(said))
        return words.OF_CONTACTS.format(self._said(Share(used.n, self.report.contacts, used.share)))

    def of_known(self) -> str:
        """Say the share that the table has too, where it is another one."""
        table = self.report.groups["all"].questions.get("role")
        cell = table.answers.get(_USES) if table else None
        if table is None or cell is None or not cell.percent or table.base is None:
            return ""
        if table.base == self.report.contacts:
            return ""
        return words.OF_KNOWN.format(base=number(table.base), percent=cell.percent)

    def others(self) -> str:
        cells = {
            role: Cell(group.n, group.share)
            for role, group in self.report.groups.items()
            if role in self._roles and role != _USES
        }
        table = self.report.groups["all"].questions.get("role")
        if table is None:
            return ""
        found = ranked(cells, self._limits("role", table), off=self._off, fewest=2)
        if len(found.cells) < 2:  # noqa: PLR2004 - one alone is no list
            return ""
        return self._told("role", words.OTHERS, found, of=" av alla kontakter")

    def those_who_used_violence(self) -> Iterator[Iterator[_Told]]:
        """Give a paragraph each of who they are, of the violence, and of help."""
        group = self.report.groups[_USED]
        if group.n:
            yield self._who_they_are(group)
            yield self._violence(group)
            yield self._help(group)

    def _who_they_are(self, group: Group) -> Iterator[_Told]:
        gender = group.questions.get("gender")
        is_unanswered = gender is not None and gender.base == 0
        yield _Told("könsfördelningen", genders(group), is_unanswered=is_unanswered)
        yield _Told("medelåldern", mean_age(group), is_unanswered=group.mean_age.n == 0)
        yield self._shared("barn", group.has_children, words.CHILDREN)
        yield self._listed("andra svårigheter", group, "other_problem", words.PROBLEMS)

    def _violence(self, group: Group) -> Iterator[_Told]:
        yield self._listed("slag av våld", group, "violence", words.VIOLENCE)
        partner, child = (cell(group, "exposed_person", code) for code in ("partner", "child"))
        yield self._shared("våld mot partner", partner, words.PARTNER)
        yield self._shared("våld mot barn", child, words.CHILD)

    def _help(self, group: Group) -> Iterator[_Told]:
        yield self._sought_help("tidigare hjälp", group.never_sought_help)
        treatment, anywhere = group.referred_to_treatment, group.referred_anywhere
        if treatment.n is None and anywhere.n is None:
            yield _Told("hänvisningar", "")
            return
        yield self._shared("hänvisning till behandling", treatment, words.TO_TREATMENT)
        if anywhere != treatment:  # else the same number would be said twice
            yield self._shared("hänvisning över huvud taget", anywhere, words.ANYWHERE)

    def _sought_help(self, subject: str, never: Share) -> _Told:
        if never.n == 0 and never.base:
            return _Told(subject, words.ALL_SOUGHT.format(n=number(never.base)))
        return self._shared(subject, never, words.NEVER_SOUGHT)

    def everybody(self) -> Iterator[_Told]:
        group = self.report.groups["all"]
        yield self._listed("hur de hittade hit", group, "heard_via", words.HEARD)
        yield self._counties(group)
        waited = cell(group, "wait_minutes", "0-4")
        yield self._shared("väntetid", waited, words.WAITED)
        left = cell(group, "outcome", "left_queue")
        yield self._shared("hur många som lämnade kön", left, words.LEFT_QUEUE)
        yield self._helped(group)

    def unsaid(self, used: Sequence[Sequence[_Told]], everybody: Sequence[_Told]) -> list[str]:
        """Name what is hidden; a public report of a quarter has no answers of those."""
        of_them = [each for part in used for each in part]
        is_by_year = (
            self.report.level == "public"
            and len(months(self.report.first, self.report.last)) < A_YEAR
        )
        if is_by_year and of_them and not any(each.sentence for each in of_them):
            return [words.BY_YEAR, *_unsaid(everybody)]
        return _unsaid([*of_them, *everybody])

    @property
    def _roles(self) -> Collection[str]:
        return self.form.by_name["role"].known

    @property
    def _off(self) -> int:
        return slack(self.report.level, self.report.first, self.report.last)

    def _helped(self, group: Group) -> _Told:
        """Tell it of those who answered, where how many did not is shown."""
        subject, table = "hur det kändes efter samtalet", group.questions.get(HELPED)
        if table and self.report.level == "internal" and is_silent(table):
            return _Told(subject, "", is_unanswered=True)
        answered = helped(table, self.report.level) if table else None
        if answered is None:
            return self._shared(subject, cell(group, HELPED, BETTER), words.HELPED_WITH_SILENT)
        told = words.HELPED if answered.silent else words.HELPED_OF_ALL
        said = told.format(self._said(answered.better), silent=number(answered.silent))
        return _Told(subject, said)

    def _shared(self, subject: str, share: Share, told: str) -> _Told:
        if share.n is None or not share.base:
            return _Told(subject, "", is_unanswered=share.base == 0)
        return _Told(subject, sentence(told.format(self._said(share))))

    def _listed(self, subject: str, group: Group, question: str, told: words.Most) -> _Told:
        table = group.questions.get(question)
        if table is None or not table.base:
            return _Told(subject, "", is_unanswered=table is not None and table.base == 0)
        found = ranked(table.answers, self._limits(question, table), off=self._off)
        of = f" av {number(table.base)}"
        said = self._told(question, told, found, of=of) if found.cells else ""
        return _Told(subject, said)

    def _counties(self, group: Group) -> _Told:
        told = self._listed("län", group, "county", words.COUNTIES)
        if not told.sentence:
            return told
        spread = counties(group.questions["county"], labels(self.form.by_name["county"]))
        return replace(told, sentence=" ".join(filter(None, [spread, told.sentence])))

    def _limits(self, question: str, table: QuestionTable) -> Limits:
        is_used = table is not self.report.groups["all"].questions.get(question)
        few = [code for name, code in self.few if is_used and name == question]
        return limits(self.report, self.form, question, table, few=few, off=self._off)

    def _told(self, question: str, told: words.Most, found: Ranked, *, of: str) -> str:
        """Name the most frequent answers; the first says what they are `of`."""
        named = [
            f"{self._name(question, code)} ({often(each)}{'' if place else of})"
            for place, (code, each) in enumerate(found.cells.items())
        ]
        frequent = listed(named)
        if len(named) > MOST_TIED:
            each = next(iter(found.cells.values()))
            frequent = told.tied.format(n=len(named), often=f"{often(each)}{of}")
        return (told.of_all if found.is_sure else told.of_shown).format(frequent)

    def _name(self, question: str, code: str) -> str:
        asked = self.form.by_name[question]
        label = labels(asked).get(code, code)
        quoted = label if asked.codes_from else f"”{label}”"
        return words.WITHIN.get(question, {}).get(code, quoted)

    def _said(self, share: Share, *, of: str = "") -> str:
        """Say a share in words and exactly: "knappt hälften (46 procent, 153 av 331)"."""
        exactly = f"{number(share.n or 0)} av {number(share.base or 0)}"
        if share.percent is None:
            return exactly
        percent = f"{share.percent} procent"
        is_exact = self.report.level == "internal"
        if is_exact and share.n == 0:
            return f"{f'inga {of}' if of else 'ingen'} ({exactly})"
        is_whole = is_exact and share.n == share.base
        told = "alla" if is_whole else fraction(share.percent)
        whom = of and (f" {of}" if told.endswith("alla") else f" av alla {of}")
        is_said = is_whole or told == percent
        return f"{told}{whom} ({exactly})" if is_said else f"{told}{whom} ({percent}, {exactly})"


def _with_opening(parts: Sequence[Sequence[_Told]]) -> list[list[str]]:
    """Say whom the paragraphs are about when the first sentence, which does, is hidden."""
    found = [[told.sentence for told in part] for part in parts]
    is_needed = any(map(any, found)) and not found[0][0]
    first = next((at for at, part in enumerate(found) if any(part)), 0)
    return [
        [words.ABOUT_THEM, *part] if is_needed and at == first else part
        for at, part in enumerate(found)
    ]


def _changes(beside: Beside) -> str:
    changes = [f"{change.in_words()} under {name}" for name, change in beside.changes]
    return f"Det är {listed(changes)}." if changes else ""


def _unsaid(told: Iterable[_Told]) -> list[str]:
    """Name what nobody answered, and what is hidden."""
    silent = [each for each in told if not each.sentence]
    unanswered = [each.subject for each in silent if each.is_unanswered]
    hidden = [each.subject for each in silent if not each.is_unanswered]
    found = ((words.UNANSWERED, unanswered), (words.UNSAID, hidden))
    return [said.format(listed(subjects)) for said, subjects in found if subjects]


def _rounded(report: Report) -> str:
    return words.ROUNDED if report.level == "public" else ""
