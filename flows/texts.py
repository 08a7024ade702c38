"""Every word we say, per language, as Fluent messages (https://projectfluent.org)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from babel import localedata
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Pattern
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

FALLBACK = "sv"
"""The language that always has every text."""

Entry = ast.Message | ast.Term


class TextError(LookupError):
    """A text that was asked for cannot be said; never holds what a visitor wrote."""


class Texts:
    """The texts of all languages, read from Fluent sources.

    `sources` holds, per language code, the contents of its .ftl files. ValueError with one sentence
    where a source is not Fluent, an id stands twice, or a message refers to one that is not there.
    """

    def __init__(self, sources: Mapping[str, Sequence[str]]) -> None:
        if FALLBACK not in sources:
            raise ValueError(f"There are no texts for {FALLBACK!r}, the language to fall back on.")
        self._languages = {code: _read(code, files) for code, files in sources.items()}

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(self._languages)

    def ids(self, language: str) -> frozenset[str]:
        """List the ids that this very language has, without those it falls back for."""
        return frozenset(self._languages[language].texts)

    def variables(self, language: str, id: str) -> frozenset[str]:
        """Name the arguments this text needs, with those of the texts it refers to."""
        return self._find(language, id).texts[id].variables

    def say(self, language: str, id: str, /, **args: str | int) -> str:
        """Give the text in this language, or in Swedish where the language lacks it.

        TextError for an unknown id, a missing argument or a text that cannot be formatted.
        """
        return self._find(language, id).say(id, args)

    def _find(self, language: str, id: str) -> "_Language":
        for code in (language, FALLBACK):
            found = self._languages.get(code)
            if found and id in found.texts:
                return found
        raise TextError(f"There is no text {id!r}, neither in {language!r} nor in {FALLBACK!r}.")


@dataclass(frozen=True, slots=True)
class _Text:
    pattern: Pattern
    variables: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Language:
    code: str
    bundle: FluentBundle
    texts: Mapping[str, _Text]

    def say(self, id: str, args: Mapping[str, str | int]) -> str:
        text = self.texts[id]
        if missing := text.variables - args.keys():
            raise TextError(f"The text {id!r} needs {', '.join(sorted(missing))}.")
        said, errors = self.bundle.format_pattern(text.pattern, dict(args))
        if errors:
            kinds = ", ".join(sorted({type(error).__name__ for error in errors}))
            raise TextError(f"The text {id!r} in {self.code!r} cannot be formatted ({kinds}).")
        return str(said)


def _read(code: str, files: Sequence[str]) -> _Language:
    if not localedata.exists(code.replace("-", "_")):
        raise ValueError(f"{code!r} is not the code of a language.")
    bundle = FluentBundle([code], use_isolating=False)
    entries: dict[str, Entry] = {}
    for source in files:
        resource = FluentResource(source)
        for entry in resource.body:
            _take(code, entry, entries)
        bundle.add_resource(resource)
    messages = [name for name in entries if not name.startswith("-")]
    return _Language(code, bundle, {name: _text(name, bundle, entries) for name in messages})


def _text(name: str, bundle: FluentBundle, entries: Mapping[str, Entry]) -> _Text:
    pattern = bundle.get_message(name).value
    if pattern is None:
        raise ValueError(f"The text {name!r} has no words of its own.")
    return _Text(pattern, _variables(name, entries, ()))


def _take(code: str, entry: ast.EntryType, entries: dict[str, Entry]) -> None:
    """Note a message or term; comments carry nothing."""
    if not isinstance(entry, Entry):
        _refuse_junk(code, entry)
        return
    name = ("-" if isinstance(entry, ast.Term) else "") + entry.id.name
    if name in entries:
        raise ValueError(f"The text {name!r} stands twice in {code!r}.")
    entries[name] = entry


def _refuse_junk(code: str, entry: ast.EntryType) -> None:
    if isinstance(entry, ast.Junk):
        start = str(entry.content).partition("\n")[0]
        raise ValueError(f"The texts in {code!r} are not valid Fluent at: {start}")  # noqa: TRY004  a value


def _variables(name: str, entries: Mapping[str, Entry], path: tuple[str, ...]) -> frozenset[str]:
    """Name the arguments a text needs, through everything it refers to."""
    if name in path:
        raise ValueError(f"The text {name!r} refers to itself.")
    if name not in entries:
        raise ValueError(f"The text {path[-1]!r} refers to {name!r}, which does not exist.")
    seen = _Names()
    seen.visit(entries[name])
    deeper = [_variables(each, entries, (*path, name)) for each in seen.references]
    if name.startswith("-"):
        return frozenset()  # a term is given its values where it stands
    return frozenset(seen.variables).union(*deeper)


@dataclass
class _Names(Visitor):
    """Collects the variables and the other texts that a message names."""

    variables: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802  by name
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802  the same
        self.references.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802  the same
        self.references.add(f"-{node.id.name}")
