"""Words that are on no list of names, and stand where only a name can stand."""

from flows.redaction_line import AND, Line
from flows.redaction_standing import (
    is_endeared,
    is_one_of_two,
    is_one_of_us,
    is_presented,
    stands_as_somebody,
)

FEWEST_LETTERS = 4
"""Shorter words that are on no list are too often a slip of the keys."""

FEWEST_LETTERS_OF_A_CAPITAL = 3
"""A capital letter inside a sentence is no slip."""

FEWEST_LETTERS_OF_A_NOUN = 7
"""A shorter word with a capital letter is a name, though it ends as nouns do."""

_NEVER_A_NAME = ("plain", "kin", "bound", "acts", "being", "joints", "taking", "cues", "measures")
_ABOUT_PLACES = frozenset({"i", "på", "via", "vid", "genom", "per"})
_NAMES = frozenset({"namn", "namnet"})
_BY = frozenset({"vid", "med"})
_LIKE_A_VERB = ("de", "te", "r", "s")
_LIKE_A_GENITIVE = ("s", "x", "z")
_LIKE_MANY = ("arna", "erna", "orna")
_LIKE_A_PASSIVE = ("a", "de", "te", "t", "r", "n")


def is_stranger(line: Line) -> bool:
    """Say whether a word that is on no list is somebody's name."""
    is_named = line.is_among(line.before, "naming") and not _names_a_thing(line)
    if line.is_among(line.word, *_NEVER_A_NAME):
        return line.word.titled and (is_named or (line.is_ones_own_kin() and line.is_or_has()))
    if line.is_among(line.before, "naming"):
        return is_named
    if _is_family(line) or (line.is_kin() and line.word.titled):
        return True
    if _is_known(line):
        return False
    if _is_written_as_a_name(line) or _opens_as_a_name(line):
        return True
    return _stands_as_a_person(line)


def _names_a_thing(line: Line) -> bool:
    """As in "vad heter", "det heter ..." and "något som heter ...", "X heter hundarna"."""
    if line.key.endswith(_LIKE_MANY) or _is_said_in_a_name(line):
        return True
    if line.earlier.key == "som":
        return line.is_among(line.beyond(-3), "things")
    return line.is_among(line.earlier, "asking")


def _is_said_in_a_name(line: Line) -> bool:
    """As in "mitt namn nämndes" and "den heta frågan"; not "vid namn x" or "ska heta x"."""
    if line.before.key in _NAMES:
        return not (line.word.titled or ":" in line.word.gap or line.earlier.key in _BY)
    return line.before.key == "heta" and not line.is_among(line.earlier, "being", "acts")


def _is_family(line: Line) -> bool:
    """As in "familjen Berg" and "sa till Ek": a family name that is also a word."""
    if line.key not in line.names.family:
        return False
    if line.is_among(line.before, "titles"):
        return True
    return line.word.titled and line.before.key not in _ABOUT_PLACES


def may_be_a_family(line: Line) -> bool:
    """Say whether a word after a first name is no name that is known, and no other word either."""
    if line.names.sort(line.key) is not None or line.is_among(line.word, *_NEVER_A_NAME):
        return False
    if len(line.key) < FEWEST_LETTERS or line.key.endswith(_LIKE_A_VERB):
        return False
    return not (_is_known(line) or _is_a_noun(line))


def _is_known(line: Line) -> bool:
    """A word of every day, a name of a thing, or two words in one."""
    names = line.names
    is_compound = names.is_made_of_two if line.word.titled else names.is_made_of_words
    return "-" in line.key or is_compound(line.key) or names.is_ordinary(line.key)


def _is_a_noun(line: Line) -> bool:
    """By its ending; a short word in -an that belongs to no word in -a is no noun."""
    key = line.key
    if key.endswith("an") and len(key) < FEWEST_LETTERS_OF_A_NOUN:
        return key[:-1] in line.names.ordinary or key[:-2] in line.names.ordinary
    return key.endswith(line.names.nouns)


def _is_written_as_a_name(line: Line) -> bool:
    """A capital letter inside a sentence, on a word that is no known word, place or thing."""
    if not line.word.titled or len(line.key) < FEWEST_LETTERS_OF_A_CAPITAL:
        return False
    if len(line.key) >= FEWEST_LETTERS_OF_A_NOUN and _is_a_noun(line):
        return False
    if line.is_loved() or line.is_among(line.before, "titles"):
        return True
    if line.is_among(line.before, "consuming") or _is_one_of_a_kind(line):
        return False
    return line.before.key not in _ABOUT_PLACES or line.is_cued()


def _is_one_of_a_kind(line: Line) -> bool:
    """As in "en Xxx väska", and not "en Xxx som svarade"."""
    return line.before.key == "ett" or (line.before.key == "en" and line.after.key != "som")


def _stands_as_a_person(line: Line) -> bool:
    """Beside a verb a noun has an article or an ending; a bare word is somebody."""
    if line.is_ones_own_kin() and _does(line):
        return True
    if _is_a_noun(line) or len(line.key) < FEWEST_LETTERS:
        return False
    if _stands_by_a_verb(line) or _is_somebodys_owner(line) or _ends_as_kin(line):
        return True
    return is_presented(line) if line.key.endswith(_LIKE_A_VERB) else _is_meant(line)


def _is_meant(line: Line) -> bool:
    """Somebody to whom something is done or said, unless the word is a verb."""
    called = line.is_kin() and "," in line.word.gap and line.is_among(line.after, "acts")
    if called or line.is_among(line.before, "hurting") or line.is_loved():
        return True
    with_others = is_one_of_us(line) or is_one_of_two(line)
    return (line.is_cued() and line.ends()) or with_others or stands_as_somebody(line)


def _does(line: Line) -> bool:
    return line.acts() or line.is_or_has()


def _ends_as_kin(line: Line) -> bool:
    """As in "litar på min kompis X"."""
    return line.is_ones_own_kin() and line.ends()


def _stands_by_a_verb(line: Line) -> bool:
    """As in "sen ringde X", "X har" and "hej X jag vill"."""
    greeted = line.is_among(line.before, "greetings", "thanks") or is_endeared(line)
    does = _does(line) and (line.starts() or line.is_kin() or greeted)
    return does or _has_done_it(line) or _comes_second(line)


def _comes_second(line: Line) -> bool:
    """As in "i lördags skrek X så" and "då kom X hem"."""
    opens = line.is_among(line.earlier, "starts") and line.is_among(line.before, "acts")
    return opens and (line.ends() or line.is_among(line.after, "objects"))


def _has_done_it(line: Line) -> bool:
    """As in "när X druckit"."""
    return line.starts() and line.has_done() and line.is_among(line.after, "human")


def _is_somebodys_owner(line: Line) -> bool:
    """As in "Xs mamma": what is no verb in the passive, as in "då kallades mamma"."""
    owned = line.is_among(line.after, "relatives", "belongings")
    if not (owned and line.key.endswith(_LIKE_A_GENITIVE)):
        return False
    return line.word.capital or not line.key.removesuffix("s").endswith(_LIKE_A_PASSIVE)


def _opens_as_a_name(line: Line) -> bool:
    """A capital letter at the start, before what is said of people alone."""
    if not line.word.capital or line.word.titled or len(line.key) < FEWEST_LETTERS:
        return False
    if _is_a_noun(line):
        return False
    joined = line.after.key in AND and line.beyond(2).titled
    asked = "," in line.beyond(1).gap and line.is_among(line.beyond(1), "thanks", "owners")
    return joined or asked or line.has_age() or _is_first_of_two(line)


def _is_first_of_two(line: Line) -> bool:
    """A first name before a family name, both on no list."""
    close = line.after.titled and not line.after.gap.strip()
    return close and line.after.key not in line.names.ordinary
