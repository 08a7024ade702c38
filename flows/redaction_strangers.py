"""Words that are on no list of names, and stand where only a name can stand."""

from flows.names import without_genitive
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
_KNOWN = ("kin", "proper")
_ENDINGS = ("", "s", "n", "en", "ns", "ens", "t", "et")
"""With these a name of a thing is still known: "volvon", "idols"."""
_ABOUT_PLACES = frozenset({"i", "på", "via", "vid", "genom", "per"})
_LIKE_A_VERB = ("de", "te", "r", "s")
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
    if line.key.endswith(_LIKE_MANY):
        return True
    if line.earlier.key == "som":
        return line.is_among(line.beyond(-3), "things")
    return line.is_among(line.earlier, "asking")


def _is_family(line: Line) -> bool:
    """As in "familjen Berg" and "sa till Ek": a family name that is also a word."""
    if line.key not in line.names.family:
        return False
    if line.is_among(line.before, "titles"):
        return True
    return line.word.titled and line.before.key not in _ABOUT_PLACES


def _is_known(line: Line) -> bool:
    """A word of every day, a name of a thing, or two words in one."""
    if "-" in line.key or (not line.word.titled and line.names.is_made_of_words(line.key)):
        return True
    lists = (line.names.ordinary, *(line.names.context[name] for name in _KNOWN))
    stems = {line.key.removesuffix(ending) for ending in _ENDINGS}
    return any(not words.isdisjoint(stems) for words in lists)


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
    does = line.acts() or line.is_or_has()
    if does and line.is_ones_own_kin():
        return True
    if _is_a_noun(line) or len(line.key) < FEWEST_LETTERS:
        return False
    greeted = line.is_among(line.before, "greetings", "thanks") or is_endeared(line)
    if does and (line.starts() or line.is_kin() or greeted):
        return True
    if line.key.endswith(_LIKE_A_VERB):
        return is_presented(line) or _is_somebodys_owner(line)
    called = line.is_kin() and "," in line.word.gap and line.is_among(line.after, "acts")
    if called or line.is_among(line.before, "hurting") or line.is_loved():
        return True
    with_others = is_one_of_us(line) or is_one_of_two(line)
    return (line.is_cued() and line.ends()) or with_others or stands_as_somebody(line)


def _is_somebodys_owner(line: Line) -> bool:
    """As in "Xs mamma": what is no verb in the passive, as in "då kallades mamma"."""
    bare = without_genitive(line.key)
    owns = bare != line.key and line.is_among(line.after, "relatives", "belongings")
    return owns and (line.word.capital or not bare.endswith(_LIKE_A_PASSIVE))


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
