"""Words that are on no list of names, and stand where only a name can stand."""

from flows.names import without_genitive
from flows.redaction_line import AND, Line

FEWEST_LETTERS = 4
"""Shorter words that are on no list are too often a slip of the keys."""

FEWEST_LETTERS_OF_A_CAPITAL = 3
"""A capital letter inside a sentence is no slip."""

FEWEST_LETTERS_OF_A_NOUN = 7
"""A shorter word with a capital letter is a name, though it ends as nouns do."""

_NEVER_A_NAME = ("plain", "kin", "bound", "acts", "being", "joints", "taking", "cues", "measures")
_KNOWN = ("kin", "proper", "everyday")
_ABOUT_PLACES = frozenset({"i", "på", "via", "vid", "genom", "per"})
_LIKE_A_VERB = ("de", "te", "r", "s")
_LIKE_A_PASSIVE = ("a", "de", "te", "t", "r", "n")


def is_stranger(line: Line) -> bool:
    """Say whether a word that is on no list is somebody's name."""
    if line.is_among(line.word, *_NEVER_A_NAME):
        return False
    if line.is_among(line.before, "naming"):
        return not _names_a_thing(line)
    if _is_family(line) or (line.is_kin() and line.word.titled):
        return True
    if _is_known(line):
        return False
    return _is_written_as_a_name(line) or _stands_as_a_person(line)


def _names_a_thing(line: Line) -> bool:
    """As in "vad heter", "det heter ..." and "något som heter ..."."""
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
    bare = line.key.removesuffix("s")
    lists = (line.names.ordinary, *(line.names.context[name] for name in _KNOWN))
    return "-" in line.key or any(line.key in words or bare in words for words in lists)


def _is_a_noun(line: Line) -> bool:
    return line.key.endswith(line.names.nouns)


def _is_written_as_a_name(line: Line) -> bool:
    """A capital letter inside a sentence, on a word that is no known word, place or thing."""
    if not line.word.titled or len(line.key) < FEWEST_LETTERS_OF_A_CAPITAL:
        return False
    if len(line.key) >= FEWEST_LETTERS_OF_A_NOUN and _is_a_noun(line):
        return False
    if line.is_loved() or line.is_among(line.before, "titles"):
        return True
    return line.before.key not in _ABOUT_PLACES or line.is_cued()


def _stands_as_a_person(line: Line) -> bool:
    """Beside a verb a noun has an article or an ending; a bare word is somebody."""
    does = line.acts() or line.is_or_has()
    if does and line.is_ones_own_kin():
        return True
    if _is_a_noun(line) or len(line.key) < FEWEST_LETTERS:
        return False
    if does and (line.starts() or line.is_kin()):
        return True
    called = line.is_kin() and "," in line.word.gap and line.is_among(line.after, "acts")
    if called or line.is_among(line.before, "hurting") or line.is_loved():
        return True
    return (line.is_cued() and line.ends()) or _is_spoken_of(line)


def _is_spoken_of(line: Line) -> bool:
    if line.key.endswith(_LIKE_A_VERB):
        return _is_somebodys_owner(line)
    greeted = line.is_among(line.before, "greetings") and line.ends()
    return greeted or line.is_pointed_out() or _is_one_of_us(line) or _is_turned_round(line)


def _is_one_of_us(line: Line) -> bool:
    """As in "jag och X"."""
    return line.before.key in AND and line.earlier.key == "jag"


def _is_turned_round(line: Line) -> bool:
    """As in "sen slog X mig"."""
    asked = line.is_among(line.before, "acts") and line.is_among(line.earlier, "starts")
    return asked and line.is_among(line.after, "objects")


def _is_somebodys_owner(line: Line) -> bool:
    """As in "Xs mamma": what is no verb in the passive, as in "då kallades mamma"."""
    bare = without_genitive(line.key)
    owns = bare != line.key and line.is_among(line.after, "relatives")
    return owns and (line.word.capital or not bare.endswith(_LIKE_A_PASSIVE))
