"""Names of people in a note, by what they are called and by what stands around them.

Most names are names wherever they stand. A name that is also a word ("Björn", "Stig", "Per", "My")
counts where the words around it treat it as a person: introduced, greeted, somebody's partner,
doing something, or beside another name.
"""

import re
from collections.abc import Iterator, Sequence

from flows.names import Names
from flows.redaction_line import Line
from flows.redaction_strangers import is_stranger
from flows.redaction_words import Word

MOST_LETTERS = 40
"""No name is longer."""

_INNER = re.compile(r" |\xa0|-|\s?[\"”“]")
_OURS = frozenset({"min", "mitt", "vår", "vårt"})
_ABOUT_ONE = frozenset({"jag", "han", "hon"})


def names_in(text: str, words: Sequence[Word], names: Names) -> Iterator[tuple[int, int]]:
    """Give start and end of every name; a first and a last name are one."""
    known = _known(words, names)
    start = end = -1
    for at, word in enumerate(words):
        if at in known:
            continue
        line = Line(text, words, at, names)
        if start >= 0 and _INNER.fullmatch(text[end : word.start]) and _continues(line):
            end = word.end
        elif _is_name(line):
            if start >= 0:
                yield start, end
            start, end = word.start, word.end
    if start >= 0:
        yield start, end


def _known(words: Sequence[Word], names: Names) -> frozenset[int]:
    """Say which words belong to a phrase that names a public place or service."""
    keys = [word.key for word in words]
    places: set[int] = set()
    for phrase in names.known:
        for at in (at for at, key in enumerate(keys) if key == phrase[0]):
            if tuple(keys[at : at + len(phrase)]) == phrase:
                places.update(range(at, at + len(phrase)))
    return frozenset(places)


def _is_name(line: Line) -> bool:
    sort = line.names.sort(line.key)
    if sort == "sure":
        return True
    if sort is None:
        return len(line.key) <= MOST_LETTERS and (_is_compound(line) or is_stranger(line))
    return _is_treated_as_a_person(line, sort)


def _continues(line: Line) -> bool:
    """A last name or one more first name after a name."""
    if line.key in line.names.family or line.names.sort(line.key) == "sure":
        return True
    return line.word.titled and not line.is_among(line.word, "plain")


def _is_compound(line: Line) -> bool:
    parts = line.key.split("-")
    sorts = [line.names.sort(part) for part in parts]
    if len(parts) == 1 or not any(sorts):
        return False
    return "sure" in sorts or None not in sorts or _is_written_double(line)


def _is_written_double(line: Line) -> bool:
    """As in "Maj-Lis": a capital letter on both parts."""
    written = line.text[line.word.start : line.word.end]
    return all(part.istitle() for part in written.split("-"))


def _is_treated_as_a_person(line: Line, sort: str) -> bool:
    if line.is_among(line.word, "kin") and not line.word.titled:
        return False
    if _is_introduced(line) or line.has_family(sort) or _says_whose(line):
        return True
    if line.is_among(line.before, "bound") or line.is_a_measure():
        return False
    if line.word.titled and line.before.key not in {"i", "på"}:
        return True
    return line.is_loved() or _TREATED[sort](line)


def _says_whose(line: Line) -> bool:
    """As in "klaras mamma": a genitive of a name before one of the family."""
    return line.key not in line.names.sorts and line.is_among(line.after, "relatives")


def _is_introduced(line: Line) -> bool:
    introduced = line.is_among(line.before, "naming", "greetings")
    return introduced and not line.is_among(line.after, "kin")


def _word_is_person(line: Line) -> bool:
    return (
        line.acts()
        or line.is_or_has()
        or line.is_kin()
        or line.is_acted_on()
        or line.is_cued()
        or line.is_joined()
        or line.has_age()
        or line.key not in line.names.sorts  # A genitive.
        or _says_who(line)
        or _is_asked_about(line)
        or line.is_pointed_out()
        or ("," in line.after.gap and line.after.key in {"min", "mitt", "vår", "hennes"})
    )


def _frequent_is_person(line: Line) -> bool:
    objects = line.is_among(line.after, "objects") or line.ends()
    return (
        line.acts()
        or (line.is_or_has() and (line.starts() or line.is_kin()))
        or (line.is_kin() and line.ends())
        or (line.is_acted_on() and objects)
        or (line.is_cued() and line.ends())
        or line.is_joined()
        or line.is_pointed_out()
        or line.has_age()
    )


def _rarest_is_person(line: Line) -> bool:
    inverted = line.is_among(line.before, "acts") and line.after.key in {"mig", "dig", "oss", "att"}
    kin = line.is_kin() and (line.ends() or line.is_among(line.after, "being"))
    acts = line.acts() and not line.is_among(line.before, "joints")
    return acts or inverted or kin or _is_ours(line) or (line.starts() and line.has_age())


_TREATED = {
    "word": _word_is_person,
    "frequent": _frequent_is_person,
    "rarest": _rarest_is_person,
}


def _is_ours(line: Line) -> bool:
    """As in "X är min son"."""
    return line.starts() and line.after.key in {"är", "e"} and line.beyond(2).key in _OURS


def _is_asked_about(line: Line) -> bool:
    """As in "har X slagit", "har X gått"."""
    return line.is_among(line.before, "being") and line.after.key.endswith(("it", "at", "tt"))


def _says_who(line: Line) -> bool:
    """As in "jag är X"; "det är X" only of one who does something or comes back."""
    if line.earlier.key == "det":
        return line.is_said_to_be() and line.after.key in {"som", "igen", "här"}
    return line.is_said_to_be() and line.earlier.key in _ABOUT_ONE
