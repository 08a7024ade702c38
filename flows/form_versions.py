"""The published versions of the contact form, and what a new version must keep of them.

Records live for years and are read by the newest form, so what was published stays: questions
with their types and order, codes, and what all of them mean. A program cannot see a meaning, but
it sees words, so the published words are the contract. Whoever rewords a label writes the old
words beside it, under `was`, and says with that line that both mean the same. No code is given
another meaning by accident, and words that stood for one code can never stand for another, with
or without such a line. A separate text of meaning for each code would be one more thing to keep
true, and a label could drift away from it unseen. Hints explain; they may change freely. What a
table is called in a report is no part of a version, and may change at any time.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flows.contact_form import FormError, parse_form
from flows.questions import LANGUAGES, Code, Form, Label, Question, Words

SUMS = "SHA256SUMS"
"""The file beside the versions in which `sha256sum` wrote what each was when it was published."""

ENDING = ".toml"

_LANGUAGE_NAMES = {"sv": "Swedish", "en": "English"}


def parse_published(
    files: Mapping[str, str], *, municipalities: Mapping[str, str], counties: Mapping[str, str]
) -> tuple[Form, ...]:
    """Read the published versions, oldest first; `files` maps each file's name to its text.

    Raises FormError when one is missing or is not what was published.
    """
    wrong = tuple(_edited(files))
    if wrong:
        raise FormError(*wrong)
    forms = {
        name: parse_form(files[name], municipalities=municipalities, counties=counties)
        for name in _names(files)
    }
    for name, form in forms.items():
        if name != f"{form.version}{ENDING}":
            raise FormError(f"The published form {name} says that it is version {form.version}.")
    return tuple(forms.values())


def faults(form: Form, published: Sequence[Form]) -> tuple[str, ...]:
    """Say what keeps a form from being the next version, or the last, in one sentence each.

    `published` holds at least one version, oldest first.
    """
    found = [*_number(form, published[-1]), *_unsaid(form), *_said_twice(form)]
    for before in published:
        found += _broken(before, form)
    return tuple(dict.fromkeys(found))


def _names(files: Mapping[str, str]) -> tuple[str, ...]:
    """Name the files that there must be: 1.toml and so on, to the last that is there."""
    numbers = [name.removesuffix(ENDING) for name in files if name.endswith(ENDING)]
    last = max((int(number) for number in numbers if number.isdecimal()), default=1)
    return tuple(f"{number}{ENDING}" for number in range(1, last + 1))


def _edited(files: Mapping[str, str]) -> Iterator[str]:
    sums = {line[66:]: line[:64] for line in files.get(SUMS, "").splitlines()}
    there = (name for name in files if name != SUMS)
    for name in dict.fromkeys((*_names(files), *there, *sums)):
        if name not in files:
            yield f"The published form {name} is gone: put it back."
        elif name not in sums:
            yield f"The published form {name} has no line in {SUMS}: add what sha256sum says of it."
        elif hashlib.sha256(files[name].encode()).hexdigest() != sums[name]:
            yield f"The published form {name} was edited: put back what was published."


def _number(form: Form, latest: Form) -> Iterator[str]:
    following = latest.version + 1
    if form.version not in {latest.version, following}:
        yield f"The form is version {form.version}: the next one is {following}."
    elif form.version == latest.version and _as_published(form) != _as_published(latest):
        yield f"The form is not what was published as {latest.version}: make it {following}."


def _as_published(form: Form) -> Form:
    """Leave out what may change without a new version."""
    bare = tuple(each.model_copy(update={"report": None}) for each in form.questions)
    return form.model_copy(update={"questions": bare})


def _unsaid(form: Form) -> Iterator[str]:
    for where, words in _all_words(form):
        for language in LANGUAGES:
            if not words.said(language).strip():
                yield f"{where}: the {_LANGUAGE_NAMES[language]} words are empty."


def _all_words(form: Form) -> Iterator[tuple[str, Words]]:
    yield from ((f"missing, {code.code}", code) for code in form.missing)
    yield from ((f"sections, {section.name}", section) for section in form.sections)
    for question in form.questions:
        yield f"{question.name}, label", question.label
        if question.report:
            yield f"{question.name}, report", question.report
        yield f"{question.name}, hint", question.hint
        yield from ((f"{question.name}, {code.code}", code) for code in _own(question, form))


def _said_twice(form: Form) -> Iterator[str]:
    for question in form.questions:
        for language in LANGUAGES:
            before: dict[str, str] = {}
            for code in question.codes:
                other = before.setdefault(code.said(language), code.code)
                if other != code.code:
                    yield f"{question.name}: {other} and {code.code} have the same label."


def _broken(before: Form, now: Form) -> Iterator[str]:
    yield from _columns(before, now)
    yield from _codes("missing", before.missing, now.missing)
    for question in before.questions:
        if question.name in now.by_name:
            new = now.by_name[question.name]
            yield from _question(question, new)
            if question.codes_from == new.codes_from:
                yield from _codes(question.name, _own(question, before), _own(new, now))


def _columns(before: Form, now: Form) -> Iterator[str]:
    gone = [name for name in before.by_name if name not in now.by_name]
    for name in gone:
        yield f"{name}: the question is gone; one that was published keeps its column."
    if not gone and list(now.by_name)[: len(before.by_name)] != list(before.by_name):
        yield "The columns have moved: published questions keep their order, new ones come last."


def _question(before: Question, now: Question) -> Iterator[str]:
    if before.type != now.type:
        yield (
            f"{now.name}: the type was {before.type} and is {now.type}; "
            "a question that is asked in another way takes a new name."
        )
    if before.codes_from != now.codes_from:
        yield f"{now.name}: codes_from has changed; other codes take a question with a new name."
    yield from _reworded(now.name, before.label, now.label, otherwise="take a new name")


def _codes(where: str, before: Sequence[Code], now: Sequence[Code]) -> Iterator[str]:
    known = {code.code: code for code in now}
    stay = [code.code for code in before if code.code in known]
    for code in before:
        if code.code in known:
            place, new = f"{where}, {code.code}", known[code.code]
            yield from _reworded(place, code, new, otherwise="take a new code")
        else:
            yield f"{where}: the code {code.code} is gone; keep it, with retired = true."
    if [code.code for code in now if code.code in stay] != stay:
        yield f"{where}: the codes have moved; published ones keep their order."
    yield from _taken(where, before, now)


def _reworded(where: str, before: Label, now: Label, *, otherwise: str) -> Iterator[str]:
    for language in LANGUAGES:
        old, new = before.said(language), now.said(language)
        if old != new and old not in now.was:
            yield (
                f'{where}: "{old}" has become "{new}"; if it means the same, '
                f'write "{old}" under was, otherwise {otherwise}.'
            )


def _taken(where: str, before: Iterable[Code], now: Iterable[Code]) -> Iterator[str]:
    """Find words that stood for one code and stand for another."""
    for language in LANGUAGES:
        stood_for = {code.said(language): code.code for code in before}
        for code in now:
            other = stood_for.get(code.said(language), code.code)
            if other != code.code:
                yield f'{where}: "{code.said(language)}" stood for {other}, not for {code.code}.'


def _own(question: Question, form: Form) -> tuple[Code, ...]:
    """Leave out the codes for no answer, which all questions share."""
    shared = {code.code for code in form.missing}
    return tuple(code for code in question.codes if code.code not in shared)
