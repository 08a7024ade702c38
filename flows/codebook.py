"""What the contact form says about itself: columns, labels, and a codebook to print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.codebook_words import CODEBOOK_WORDS, CodebookWords
from flows.questions import Code, Condition, Form, Label, Language, Question

_COUNTY_DIGITS = 2
"""A municipality's code begins with that of its county."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the columns of an export and the codes in them are called, in one language."""

    questions: Mapping[str, str]
    """By the name of the column."""
    answers: Mapping[str, Mapping[str, str]]
    """By the name of the column and then the code; retired codes and those for no answer too."""


def columns(form: Form) -> tuple[str, ...]:
    """Name the columns of an export in their order."""
    return tuple(question.name for question in form.questions)


def labels(form: Form, language: Language) -> Labels:
    return Labels(
        {question.name: question.label.said(language) for question in form.questions},
        {
            question.name: {code.code: code.said(language) for code in question.codes}
            for question in form.questions
        },
    )


def codebook(form: Form, language: Language) -> str:
    """Write the codebook in Markdown: how to read the cells, an overview, then each question."""
    return "\n".join(_Codebook(form, language, CODEBOOK_WORDS[language]).lines()) + "\n"


@dataclass(frozen=True, slots=True)
class _Codebook:
    form: Form
    language: Language
    words: CodebookWords

    def lines(self) -> Iterator[str]:
        yield f"# {self.words.title.format(version=self.form.version)}"
        for paragraph in self.words.introduction:
            yield from ("", paragraph)
        yield from ("", self.words.missing, "")
        yield from _table(self.words.code_columns, map(self._code, self.form.missing))
        yield from ("", f"## {self.words.overview}", "")
        rows = (self._row(*each) for each in enumerate(self.form.questions, start=1))
        yield from _table(self.words.overview_columns, rows)
        yield from ("", f"## {self.words.questions}")
        for number, question in enumerate(self.form.questions, start=1):
            yield from self._question(number, question)
        yield from ("", f"## {self.words.places}", "")
        yield from _table(self.words.place_columns, self._places())

    def _row(self, number: int, question: Question) -> tuple[str, ...]:
        return (
            f"{number}",
            f"`{question.name}`",
            question.label.said(self.language),
            self.words.types[question.type],
            self._yes_no(question.sensitive),
            self._yes_no(question.statistics),
        )

    def _question(self, number: int, question: Question) -> Iterator[str]:
        words, label = self.words, question.label
        yield from ("", f"### {number}. `{question.name}` – {label.said(self.language)}", "")
        yield from (" ".join([question.hint.said(self.language), *self._asides(question)]), "")
        yield f"- {words.type}: {words.types[question.type]}"
        yield f"- {words.relevant}: {self._relevance(question)}"
        yield f"- {words.sensitive}: {self._yes_no(question.sensitive)}"
        yield f"- {words.statistics}: {self._yes_no(question.statistics)}"
        yield f"- {words.empty}: {self._empty_cell(question)}"
        codes = tuple(code for code in question.codes if not _is_place(question, code))
        if codes:
            yield ""
            yield from _table(words.code_columns, (self._code(each, question) for each in codes))

    def _asides(self, question: Question) -> Iterator[str]:
        """What else a reader must know before the answers."""
        if question.filled_by == "system":
            yield self.words.system
        if question.type == "language":
            yield self.words.suggestions
        if question.codes_from:
            yield self.words.see_places
        if question.label.was:
            yield f"({self._formerly(question.label)})"

    def _relevance(self, question: Question) -> str:
        if not question.relevant:
            return self.words.always
        conditions = (self._condition(each) for each in question.relevant)
        return f"{self.words.when} {f' {self.words.both} '.join(conditions)}"

    def _condition(self, condition: Condition) -> str:
        asked = self.form.by_name[condition.question]
        demands = [
            f"{verb} {self._alternatives(asked, codes)}"
            for verb, codes in (
                (self.words.is_one_of, condition.among or ()),
                (self.words.is_none_of, condition.not_in),
            )
            if codes
        ]
        title = self._quoted(asked.label.said(self.language))
        return f"{title} (`{asked.name}`) {f' {self.words.both} '.join(demands)}"

    def _alternatives(self, asked: Question, codes: Iterable[str]) -> str:
        named = [code.said(self.language) for code in asked.codes if code.code in set(codes)]
        *first, last = map(self._quoted, named)
        return f"{', '.join(first)} {self.words.either} {last}" if first else last

    def _empty_cell(self, question: Question) -> str:
        match bool(question.relevant), question.can_be_empty:
            case True, True:
                return self.words.empty_either
            case True, False:
                return self.words.empty_not_relevant
            case False, True:
                return self.words.empty_left
            case _:
                return self.words.empty_never

    def _code(self, code: Code, question: Question | None = None) -> tuple[str, ...]:
        remarks = [code.said(self.language)]
        if code.alone and question and question.has_several:
            remarks.append(self.words.alone)
        if code.retired:
            remarks.append(self.words.retired)
        if code.was:
            remarks.append(self._formerly(code))
        return f"`{code.code}`", "; ".join(remarks)

    def _places(self) -> Iterator[tuple[str, str]]:
        counties, municipalities = (
            [
                code
                for question in self.form.questions
                for code in question.codes
                if question.codes_from == kind and _is_place(question, code)
            ]
            for kind in ("counties", "municipalities")
        )
        for county in counties:
            inside = [m for m in municipalities if m.code[:_COUNTY_DIGITS] == county.code]
            yield self._place(county), ", ".join(map(self._place, inside))

    def _place(self, code: Code) -> str:
        return f"{code.code} {code.said(self.language)}"

    def _formerly(self, label: Label) -> str:
        return f"{self.words.formerly} {', '.join(map(self._quoted, label.was))}"

    def _quoted(self, text: str) -> str:
        return f"{self.words.opening_quote}{text}”"

    def _yes_no(self, is_so: bool) -> str:  # noqa: FBT001 - it is what the answer is about
        yes, no = self.words.yes_no
        return yes if is_so else no


def _is_place(question: Question, code: Code) -> bool:
    return question.codes_from is not None and code.code.isdecimal()


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
