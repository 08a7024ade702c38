"""Where in a sentence somebody stands, rather than a thing.

In all of these a noun would have an article or an ending; they are asked of words that are on no
list, and of names that are also words.
"""

from flows.redaction_line import AND, Line

_ALREADY = frozenset({"här", "igen"})
_MYSELF = frozenset({"jag", "ja", "me", "mig"})
_ONE = frozenset({"jag", "ja", "han", "hon", "vi", "de", "dom", "du"})
_CALLED = frozenset({"kallas", "kallades", "heter", "hette"})
_US = frozenset({"mig", "dig", "oss"})
_ASKS = frozenset({"snälla", "du", "det", "här"})


def is_presented(line: Line) -> bool:
    """Somebody, whatever the word: "X (min syster)", "hon, X, skriker", "X på jobbet"."""
    stands = _is_told_who(line) or _is_set_apart(line) or _is_held(line) or _is_at_work(line)
    return stands or _is_signed(line) or _is_filled_in(line)


def acts_as_somebody(line: Line) -> bool:
    """Somebody, also where the word is a common one: "varför X inte svarar", "ok tack X"."""
    return (
        _is_pushed(line)
        or _is_turned_round(line)
        or _is_denied(line)
        or _is_pointed_out(line)
        or _is_thanked(line)
        or _is_back(line)
        or _is_quoted(line)
        or _is_called(line)
    )


def stands_as_somebody(line: Line) -> bool:
    """Somebody, unless the word is one of the commonest."""
    return (
        is_presented(line)
        or acts_as_somebody(line)
        or _is_met(line)
        or _comes_from(line)
        or line.before.key in {"hos", "enligt"}
    )


def _is_told_who(line: Line) -> bool:
    """As in "X (min syster)", "X, min man," and "X som är min man"."""
    if line.after.key == "som" and line.is_among(line.beyond(2), "beings"):
        return line.is_among(line.beyond(3), "owners")
    then = line.beyond(1)
    owned = line.is_among(then, "owners") and line.is_among(line.beyond(2), "kin")
    return owned and ("(" in then.gap or "," in then.gap)


def _is_set_apart(line: Line) -> bool:
    """As in "min farsa, X, har" and "hon (X) skriker"."""
    if not line.is_among(line.before, "kin", "partners"):
        return False
    inside = "(" in line.word.gap and line.text[line.word.end : line.word.end + 1] == ")"
    closed = "," in line.after.gap or line.after.key == "alltså"
    return inside or (closed and "," in line.word.gap)


def _is_held(line: Line) -> bool:
    """As in "drog X i håret"."""
    does = line.is_among(line.before, "acts", "taking", "hurting")
    return does and line.after.key == "i" and line.is_among(line.beyond(2), "body")


def _is_signed(line: Line) -> bool:
    """As in "ring mig /X" at the end."""
    is_last = line.beyond(1).key == "" and not line.text[line.word.end :].strip(" .\n")
    return is_last and line.word.capital and line.word.gap.rstrip(" ").endswith("/")


def _is_filled_in(line: Line) -> bool:
    """As in "Anmälare: X, rektor"."""
    named = line.word.gap.strip() == ":" and line.is_among(line.beyond(-1), "labels")
    return named and line.word.capital


def _is_at_work(line: Line) -> bool:
    """As in "X på jobbet sa"."""
    there = line.after.key in {"på", "från"} and line.is_among(line.beyond(2), "workplaces")
    return there and line.starts()


def _is_pushed(line: Line) -> bool:
    """As in "knuffade ner X"."""
    return line.is_among(line.before, "particles") and line.is_among(line.earlier, "hurting")


def _is_met(line: Line) -> bool:
    """As in "igår träffade jag X"."""
    return line.before.key in _ONE and line.is_among(line.earlier, "hurting")


def _is_turned_round(line: Line) -> bool:
    """As in "sen slog X mig", "då började X gråta" and "har X sagt"."""
    asks = line.is_among(line.before, "being")
    if not (asks or line.is_among(line.before, "acts")):
        return False
    is_verb = line.key.endswith("a") and line.names.sort(line.key) is None
    if is_verb and not _opens(line):
        return False
    if line.after.key in _US:
        return not asks and _opens(line)
    done = asks and _opens(line) and line.has_done()
    return done or line.is_among(line.after, "infinitives")


def _opens(line: Line) -> bool:
    """Say whether the verb before is the first of its sentence, or the second after "då"."""
    return line.earlier.key == "" or line.is_among(line.earlier, "starts", "going_on")


def _is_quoted(line: Line) -> bool:
    """As in "då sa X att"."""
    return line.is_among(line.before, "saying") and line.after.key == "att"


def _is_called(line: Line) -> bool:
    """As in "mitt namn är X" and "X kallas han"."""
    if line.before.key == "":
        return line.after.key in _CALLED and line.beyond(2).key in _ONE
    return line.is_among(line.before, "beings") and line.earlier.key == "namn" and line.ends()


def _is_denied(line: Line) -> bool:
    """As in "varför X inte svarar"."""
    verb = line.is_among(line.beyond(2), "acts", "being")
    return line.is_among(line.before, "starts") and line.is_among(line.after, "nots") and verb


def _is_pointed_out(line: Line) -> bool:
    """As in "de va X som slog" and "bara X som vet"."""
    if line.after.key != "som":
        return line.after.key in {"från", "igen", "här"} and _is_said_to_be(line)
    return line.is_among(line.before, "alone") or _is_said_to_be(line)


def _is_said_to_be(line: Line) -> bool:
    return line.is_among(line.before, "beings") and line.is_among(line.earlier, "those")


def _is_thanked(line: Line) -> bool:
    """As in "ok tack X" and "X snälla"."""
    if line.is_among(line.before, "thanks", "greetings") or is_endeared(line):
        return line.ends() or line.after.key in _ASKS
    if line.before.key == "":
        return "," in line.beyond(1).gap and line.is_among(line.beyond(1), "thanks")
    asked = line.is_among(line.before, "acts", "starts", "infinitives")
    return line.after.key == "snälla" and asked


def is_endeared(line: Line) -> bool:
    """As in "jävla X har", and not "en jävla x" or "så jävla x"."""
    loose = line.earlier.key != "så" and not line.is_among(line.earlier, "bound", "owners")
    return loose and line.is_among(line.before, "endearing")


def _is_back(line: Line) -> bool:
    """As in "X här igen, vi pratade"."""
    if line.after.key not in _ALREADY or line.before.key:
        return False
    then = line.beyond(2)
    return then.key in {"", "igen", "jag"} or "," in then.gap


def _comes_from(line: Line) -> bool:
    """As in "X från Borås"."""
    capital = line.word.capital and not line.before.key
    return capital and line.after.key == "från" and line.beyond(2).titled


def is_one_of_two(line: Line) -> bool:
    """As in "X och barnen sover"."""
    two = line.after.key in AND and (line.starts() or line.is_kin())
    return two and line.is_among(line.beyond(3), "acts", "being")


def is_one_of_us(line: Line) -> bool:
    """As in "jag och X" and "X och jag"."""
    if line.before.key in AND and line.earlier.key in _MYSELF:
        return True
    return line.after.key in AND and line.beyond(2).key in _MYSELF and line.starts()
