"""Names of people in a note, by what they are called and by what stands around them.

Most names are names wherever they stand. A name that is also a word ("Björn", "Stig", "Per", "My")
counts where the words around it treat it as a person: introduced, greeted, somebody's partner,
doing something, or beside another name.
"""

import re
from collections.abc import Iterator, Sequence

from flows.names import Names
from flows.redaction_line import Line
from flows.redaction_standing import (
    acts_as_somebody,
    is_endeared,
    is_presented,
    stands_as_somebody,
)
from flows.redaction_strangers import is_stranger, may_be_a_family
from flows.redaction_words import Word

MOST_LETTERS = 40
"""No name is longer."""

_INNER = re.compile(r" |\xa0|-|\s?[\"”“]")
_OURS = frozenset({"min", "mitt", "vår", "vårt"})
_OF_A_PERSON = frozenset({"min", "din", "vår", "er", "hennes", "deras"})
_HOLDS_A_DIGIT = re.compile(r"\d")
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
    keys = tuple(word.key for word in words)
    places: set[int] = set()
    for at, key in enumerate(keys):
        for phrase in names.known.get(key, ()):
            if keys[at : at + len(phrase)] == phrase:
                places.update(range(at, at + len(phrase)))
    return frozenset(places)


def _is_name(line: Line) -> bool:
    if _is_of_a_place(line):
        return False
    sort = line.names.sort(line.key)
    if sort == "sure":
        return True
    if sort is None:
        return len(line.key) <= MOST_LETTERS and (_is_compound(line) or is_stranger(line))
    return _is_treated_as_a_person(line, sort)


def _is_of_a_place(line: Line) -> bool:
    """As in "S:t Göran", "Maria kyrka" and "(SARA)", which is a form to fill in."""
    if line.is_among(line.word, "saints") or line.is_a_saint():
        return True
    written = line.text[line.word.start - 1 : line.word.end + 1]
    if written.isupper() and written[0] + written[-1] == "()":
        return True
    named = line.is_among(line.before, "named_things") and not line.word.gap.strip()
    of_two = line.after.titled and line.is_among(line.beyond(2), "landmarks")
    return named or of_two or line.is_among(line.after, "landmarks")


def _continues(line: Line) -> bool:
    """A last name or one more first name after a name."""
    if line.key in line.names.family or line.names.sort(line.key) == "sure":
        return True
    if line.word.titled:
        return not line.is_among(line.word, "plain")
    return may_be_a_family(line)


def _is_compound(line: Line) -> bool:
    parts = line.key.split("-")
    sorts = [line.names.sort(part) for part in parts]
    if len(parts) == 1 or not any(sorts) or line.key in line.names.not_names:
        return False
    if not sorts[-1] and line.names.is_a_noun(parts[-1]):
        return False
    return "sure" in sorts or None not in sorts or _is_written_double(line)


def _is_written_double(line: Line) -> bool:
    """As in "Maj-Lis": a capital letter on both parts."""
    written = line.text[line.word.start : line.word.end]
    return all(part.istitle() for part in written.split("-"))


def _is_treated_as_a_person(line: Line, sort: str) -> bool:
    if line.is_among(line.word, "kin") and not line.word.titled:
        return False
    if _is_told(line, sort):
        return True
    if line.is_a_measure() or (line.is_among(line.before, "bound") and not _is_one_of_them(line)):
        return False
    if _is_given_a_capital(line) or is_presented(line):
        return True
    if line.is_loved():
        return sort == "word" or line.ends()
    return _TREATED[sort](line)


def _is_told(line: Line, sort: str) -> bool:
    """Somebody, whatever stands before the word."""
    if _is_introduced(line) or _is_said_of_people(line):
        return True
    return _has_family(line, sort) or _says_whose(line, sort)


def _has_family(line: Line, sort: str) -> bool:
    """As in "stig larsson" and "björn zakrewe", which is on no list."""
    if line.has_family(sort):
        return True
    if sort == "rarest" or line.after.gap != " ":
        return False
    return may_be_a_family(Line(line.text, line.words, line.at + 1, line.names))


def _is_said_of_people(line: Line) -> bool:
    """As in "X är döpt" and "som X har sagt"."""
    opens = line.starts() or line.before.key == "som"
    return opens and line.is_or_has() and line.is_among(line.beyond(2), "human")


def _is_one_of_them(line: Line) -> bool:
    """As in "vår Sol" and "en Gun som svarade": a capital letter tells that it is somebody."""
    if not line.word.titled:
        return False
    return line.before.key in _OF_A_PERSON or (line.before.key == "en" and line.after.key == "som")


def _is_given_a_capital(line: Line) -> bool:
    """Inside a sentence, and not by habit as a month is."""
    if not line.word.titled or line.before.key in {"i", "på"}:
        return False
    if not line.is_among(line.word, "months"):
        return True
    return not (line.is_among(line.before, "seasons") or _HOLDS_A_DIGIT.search(line.word.gap))


def _says_whose(line: Line, sort: str) -> bool:
    """As in "klaras mamma": a genitive of a name before one of the family, or "klaras fel"."""
    owned = ("relatives",) if sort == "rarest" else ("relatives", "belongings")
    return line.key not in line.names.sorts and line.is_among(line.after, *owned)


def _is_introduced(line: Line) -> bool:
    if line.is_among(line.before, "endearing"):
        return line.word.titled or (is_endeared(line) and (line.acts() or line.is_or_has()))
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
        or stands_as_somebody(line)
    )


def _frequent_is_person(line: Line) -> bool:
    objects = line.is_among(line.after, "objects") or line.ends()
    return (
        line.acts()
        or (line.is_or_has() and (line.starts() or line.is_kin()))
        or (line.is_kin() and line.ends() and line.before.key != "man")
        or (line.is_acted_on() and objects)
        or (line.is_cued() and line.ends())
        or line.before.key == "hos"
        or line.is_joined()
        or acts_as_somebody(line)
        or line.has_age()
    )


def _rarest_is_person(line: Line) -> bool:
    inverted = (
        line.key in line.names.sorts
        and line.is_acted_on()
        and (line.after.key == "att" or line.is_among(line.after, "homewards"))
    )
    kin = line.is_ones_own_kin() and (line.ends() or line.is_among(line.after, "being"))
    does = line.acts() and line.is_among(line.after, "acts", "saying")
    acts = does and not line.is_among(line.before, "joints") and not _passes(line)
    counted = line.is_among(line.word, "counted") and line.before.key == "" and line.is_or_has()
    tells = acts or inverted or kin or counted or _is_ours(line) or _owns_nothing(line)
    return tells or line.is_cued_as_somebody() or (line.starts() and line.has_age())


def _owns_nothing(line: Line) -> bool:
    """As in "hans kommer" and "jag älskar hans": no noun follows that would be his."""
    if line.key != "hans":
        return False
    if line.ends():
        return line.is_acted_on() or line.is_cued() or line.is_joined()
    has = line.is_or_has() and not line.is_among(line.after, "beings")
    return has or line.is_among(line.after, "acts")


def _passes(line: Line) -> bool:
    """As in "juli kom", and not "Juli kom hem": what a time of the year does too."""
    passing = line.is_among(line.after, "passing")
    return passing and not line.is_among(line.beyond(2), "homewards")


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
    return line.is_among(line.before, "being") and line.has_done()


def _says_who(line: Line) -> bool:
    """As in "jag är X"; "det är X" only of one who does something or comes back."""
    if line.earlier.key == "det":
        return line.is_said_to_be() and line.after.key in {"som", "igen", "här"}
    return line.is_said_to_be() and line.earlier.key in _ABOUT_ONE
