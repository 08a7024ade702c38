"""Numbers, shares and months as a Swedish text has them (pure)."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from flows.rounding import half_up

LOCALE = "sv"

_NEAR: tuple[tuple[int, int, str], ...] = (
    (10, 1, "en av tio"),
    (20, 2, "en femtedel"),
    (25, 2, "en fjärdedel"),
    (33, 2, "en tredjedel"),
    (40, 1, "två av fem"),
    (50, 4, "hälften"),
    (60, 1, "tre av fem"),
    (67, 2, "två tredjedelar"),
    (75, 2, "tre fjärdedelar"),
    (80, 1, "fyra av fem"),
    (90, 2, "nio av tio"),
)
"""Shares that people have words for: whole percent, how far away the word still fits, the word."""

_ALMOST_ALL = 98

_ROUNDED: tuple[tuple[int, int], ...] = ((200, 10), (20, 5), (0, 1))
"""From how many on a number is said about, and to the nearest what."""

_AFTER_Z = str.maketrans("åäö", "{|}")
"""Three signs that follow z, in their order."""


def alphabetical(name: str) -> str:
    """The key by which names are sorted: å, ä and ö are the last letters."""
    return name.casefold().translate(_AFTER_Z)


def number(n: float) -> str:
    """Write a number with a comma for decimals and a space between thousands."""
    return str(format_decimal(n, locale=LOCALE))


def about(n: int, of: int = 1, *, is_exact: bool = True) -> str:
    """Say roughly how many n in `of` parts are in each: "ungefär 50" for 101 in 2.

    What needs no rounding is only said, unless n itself was rounded.
    """
    step = next(step for least, step in _ROUNDED if n >= least * of)
    near = step * half_up(n, step * of)
    return number(near) if is_exact and near * of == n else f"ungefär {number(near)}"


def fraction(percent: int) -> str:
    """Say a share as people do, "knappt en fjärdedel", where a word lies near; else in percent."""
    if percent == 0:
        return "mindre än en procent"
    if percent >= _ALMOST_ALL:
        return "nästan alla"
    fitting = [each for each in _NEAR if abs(percent - each[0]) <= each[1]]
    if not fitting:
        return f"{percent} procent"
    mark, _, word = min(fitting, key=lambda each: abs(percent - each[0]))
    return _beside(percent - mark, word)


def _beside(distance: int, word: str) -> str:
    if distance == 0:
        return word if " av " in word else f"ungefär {word}"
    if word == "hälften" and abs(distance) == 1:
        return f"ungefär {word}"
    return f"{'drygt' if distance > 0 else 'knappt'} {word}"


def listed(parts: Sequence[str]) -> str:
    """Join words as in a sentence: "a, b och c"."""
    return str(format_list(parts, locale=LOCALE))


def sentence(text: str) -> str:
    """Begin with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def month_in_words(month: str) -> str:
    """Write 2026-05 as "maj 2026"."""
    return str(format_date(_first_day(month), "LLLL y", locale=LOCALE))


def short_month(month: str) -> str:
    """Write 2026-05 as "maj"."""
    return str(format_date(_first_day(month), "LLL", locale=LOCALE)).rstrip(".")


def period_in_words(first: str, last: str) -> str:
    """Write a span of months: "2026", "maj 2026", "februari–november 2019"."""
    if first == last:
        return month_in_words(first)
    if first[:4] != last[:4]:
        return f"{month_in_words(first)} – {month_in_words(last)}"
    if (first[5:], last[5:]) == ("01", "12"):
        return first[:4]
    name = format_date(_first_day(first), "LLLL", locale=LOCALE)
    return f"{name}–{month_in_words(last)}"


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")
