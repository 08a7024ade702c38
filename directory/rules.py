"""What an entry must fulfil, in words for whoever keeps the directory (pure).

Every rule names the column and says what to write there.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TypeAlias, get_args

from directory.freshness import Dated, tells_age
from directory.languages import LANGUAGES
from directory.models import (
    CheckedHow,
    Contact,
    Directory,
    Form,
    Provision,
    Service,
    Status,
    WhoFor,
)
from directory.opening import fault as fault_of_hours
from directory.reserved import is_lasting, misuse
from directory.sheet import FORMULA
from directory.table import JOINER, LISTS, to_row
from directory.ways_in import is_plausible, leads_somewhere

Fault: TypeAlias = tuple[str, str]
"""A column, and what is wrong or what must stand there."""

LONGEST_NAME = 200
"""Characters of a name or an operator."""

SHOWN = 40
"""Characters of a wrong value that are repeated in a sentence."""

INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Unicode's categories of characters that nobody sees: control, direction, separators."""

BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Others that nobody sees, which Unicode counts among letters, marks and symbols."""

BROKEN = "\ufffd"
"""Stands where a program could not read a letter."""

AT = frozenset("@＠﹫")
"""What stands in an e-mail address, in all its widths."""

EARLIEST = date(2000, 1, 1)
"""Before this nobody checked anything of what is in the directory."""

PLACES = frozenset({"municipality_codes", "district_codes", "county_codes", "national"})
"""Columns that can be judged together only when each of them can be read."""

MOST_NAMED = 3
"""Entries that a sentence names; the others are counted."""

_NO_SOURCE = re.compile(r"(?!https?://)([a-z][a-z0-9+.-]*:\S|[/\\~]|\.\.)", re.IGNORECASE)
"""A path, or an address that a browser would not fetch from the web."""


def _one_of(values: tuple[str, ...]) -> str:
    return f"{', '.join(values[:-1])} eller {values[-1]}"


def _some_of(type_: object) -> str:
    return f"ska vara ett eller flera av {', '.join(get_args(type_))}, med {JOINER} emellan."


_YES_OR_NO = "ska vara 1 (ja) eller 0 (nej)."
_YES_NO_UNKNOWN = "ska vara 1 (ja), 0 (nej) eller tomt (okänt)."
_AGE = "ska vara ett helt tal mellan 0 och 99, eller tomt."

MEANING: Mapping[str, str] = MappingProxyType(
    {
        "id": "ska bestå av små bokstäver a–z, siffror och bindestreck, som kriscentrum-malmo.",
        "name": f"ska ha mellan 1 och {LONGEST_NAME} tecken.",
        "operator": f"ska ha mellan 1 och {LONGEST_NAME} tecken.",
        "municipality_codes": "ska vara kommunkoder med fyra siffror, som 0180|0184 "
        "(kalkylprogram brukar ta bort nollan i början).",
        "district_codes": "ska vara stadsdelars koder, som 0180-farsta|0180-bromma.",
        "county_codes": "ska vara länskoder med två siffror, som 01|12 "
        "(kalkylprogram brukar ta bort nollan i början).",
        "partial": _YES_OR_NO,
        "national": _YES_OR_NO,
        "offered": _YES_OR_NO,
        "social_services": _YES_OR_NO,
        "phones": f"ska vara telefonnummer som 08-123 45 67, flera med {JOINER} emellan.",
        "hours": "ska vara öppettider som Mo-Fr 08:30-16:00, högst 300 tecken.",
        "email": "ska vara en e-postadress eller tomt.",
        "url": "ska vara en webbadress som https://www.exempel.se/, eller tomt.",
        "addresses": f"ska se ut som Storgatan 1, 123 45 Orten, flera med {JOINER} emellan.",
        "who_for": _some_of(WhoFor),
        "gender": "ska vara women eller men, eller tomt när det gäller alla.",
        "min_age": _AGE,
        "max_age": _AGE,
        "forms": _some_of(Form),
        "languages": f"ska vara språkkoder som sv|en|ar, med {JOINER} emellan.",
        "interpreter": _YES_NO_UNKNOWN,
        "is_free": _YES_NO_UNKNOWN,
        "needs_decision": _YES_NO_UNKNOWN,
        "anonymous": _YES_NO_UNKNOWN,
        "accessibility": "ska ha högst 300 tecken.",
        "description": "ska ha mellan 1 och 300 tecken.",
        "source": "ska vara adressen till sidan där uppgiften står, eller i ord hur ni vet det; "
        "högst 500 tecken.",
        "checked": "ska vara ett datum som 2026-06-05, eller tomt.",
        "checked_how": f"ska vara {_one_of(get_args(CheckedHow))}, eller tomt.",
        "checked_with": "ska vara en funktion, som receptionen, med högst 60 tecken; "
        "aldrig ett namn, ett nummer eller en e-postadress.",
        "as_of": "ska säga hur gammal uppgiften är, med årtal som cirka 2020 eller med orden okänt "
        "år, och med högst 40 tecken (kalkylprogram kan göra om 2020-08 till aug-20).",
        "status": f"ska vara {_one_of(get_args(Status))}.",
    }
)
"""What must stand in each column."""


def unreadable(row: Mapping[str, str]) -> Iterator[Fault]:
    """What no cell may hold: characters that nobody sees, broken letters, HTML."""
    for column, text in row.items():
        if hidden := _hidden(text):
            yield column, f"innehåller ett tecken som inte syns (U+{ord(hidden):04X}); ta bort det."
        elif BROKEN in text:
            yield column, "innehåller en bokstav som har gått sönder; skriv om texten."
        elif "<" in text or ">" in text:
            yield column, "innehåller < eller >; skriv utan HTML."


def calculated(row: Mapping[str, str]) -> Iterator[Fault]:
    """What a spreadsheet could take for a formula."""
    for column, text in row.items():
        if text.startswith(FORMULA) and not (column == "phones" and text.startswith("+")):
            yield column, f"börjar med {text[0]} som en formel; sätt ' före, så läses det som text."


def unsound(service: Service, today: date) -> Iterator[Fault]:
    """What is wrong in an entry by itself."""
    yield from unreadable(to_row(service))
    yield from _wrong_names(service)
    yield from _wrong_contacts(service)
    yield from _wrong_audience(service)
    yield from _wrong_dates(service, today)
    if wrong := misuse(service):
        yield "social_services", wrong
    if not follows_from_law(service):
        dated = service.checked or service.as_of or service.status == "verified"
        yield from unfounded(service.source, dated=bool(dated))


def unsupported(provision: Provision) -> Iterator[Fault]:
    """What is wrong in a record of what a municipality has: only "unknown" needs no source."""
    if provision.kind != "unknown":
        dated = bool(provision.checked or provision.as_of)
        yield from unfounded(provision.source, dated=dated)
    yield from _wrong_age(provision)


def unreached(contact: Contact) -> Iterator[Fault]:
    """What is wrong in how a municipality is reached: a number says whence and how old it is."""
    if contact.phone and not is_plausible(contact.phone):
        yield "phone", MEANING["phones"]
    if contact.url and not leads_somewhere(contact.url):
        yield "url", MEANING["url"]
    if contact.phone:
        yield from unfounded(contact.source, dated=bool(contact.checked or contact.as_of))
    yield from _wrong_age(contact)


def unfounded(source: str, *, dated: bool) -> Iterator[Fault]:
    """Whether an entry says where it comes from, and how old it is by `checked` or `as_of`."""
    if not source:
        yield "source", f"är tom; den {MEANING['source']}"
    if not dated:
        yield "checked", "är tom; skriv ett datum, eller i as_of hur gammal uppgiften är."


def follows_from_law(service: Service) -> bool:
    """Every municipality has social services: until a page says more, no source is needed."""
    return service.social_services and not service.source


def tells_of_a_person(asked: str) -> bool:
    """Whether it holds a number or an e-mail address; whom somebody asked is a function."""
    return any(each.isnumeric() or each in AT for each in asked)


def misplaced(service: Service, directory: Directory) -> Iterator[Fault]:
    """Whether it serves anybody, and which of its places are none or not where it works."""
    if not (service.municipality_codes or service.county_codes or service.national):
        yield "municipality_codes", "är tom; ange kommuner eller län, eller 1 i kolumnen national."
    for column, places in (
        ("municipality_codes", directory.municipalities),
        ("county_codes", directory.counties),
        ("district_codes", directory.districts),
    ):
        unknown = [code for code in getattr(service, column) if code not in places]
        if unknown:
            yield column, f"{shown(', '.join(unknown))} finns inte; det {MEANING[column]}"
    for code in service.district_codes:
        district = directory.districts.get(code)
        if district and district.municipality_code not in service.municipality_codes:
            yield (
                "district_codes",
                f"{code} ligger inte i någon av kommunerna i municipality_codes.",
            )


def shown(text: str) -> str:
    """Repeat a wrong value, cut and without what could upset a terminal."""
    safe = "".join(each if each.isprintable() else "?" for each in text)
    return safe if len(safe) <= SHOWN else f"{safe[:SHOWN]}…"


def named(names: Sequence[str]) -> str:
    """Name the first of some services and count them: "5 tjänster (A, B, C …)"."""
    first = ", ".join(map(shown, names[:MOST_NAMED]))
    if len(names) == 1:
        return f"Tjänsten {first}"
    return f"{len(names)} tjänster ({first}{' …' if len(names) > MOST_NAMED else ''})"


def _hidden(text: str) -> str:
    """Find the first character that nobody sees."""
    if text.isprintable() and BLANK.isdisjoint(text):
        return ""
    hidden = (each for each in text if unicodedata.category(each) in INVISIBLE or each in BLANK)
    return next(hidden, "")


def _wrong_names(service: Service) -> Iterator[Fault]:
    for column in ("name", "operator"):
        if len(getattr(service, column)) > LONGEST_NAME:
            yield column, MEANING[column]


def _wrong_contacts(service: Service) -> Iterator[Fault]:
    for phone in service.phones:
        if not is_plausible(phone):
            yield (
                "phones",
                f"{phone} går inte att ringa; skriv det med riktnummer, som 08-123 45 67.",
            )
    if service.hours and (fault := fault_of_hours(service.hours)):
        yield "hours", fault
    if service.url and not leads_somewhere(service.url):
        yield "url", MEANING["url"]
    if _NO_SOURCE.match(service.source):
        yield "source", MEANING["source"]


def _wrong_audience(service: Service) -> Iterator[Fault]:
    if not service.who_for:
        yield "who_for", MEANING["who_for"]
    if service.min_age and service.max_age and service.min_age > service.max_age:
        yield "max_age", "är lägre än min_age."
    for column in sorted(LISTS):
        for value, times in Counter(getattr(service, column)).items():
            if times > 1:
                yield column, f"{shown(str(value))} står mer än en gång."
    if unknown := [code for code in service.languages if code not in LANGUAGES]:
        yield "languages", f"{shown(', '.join(unknown))} finns inte; det {MEANING['languages']}"


def _wrong_age(entry: Dated) -> Iterator[Fault]:
    if entry.as_of and not tells_age(entry):
        yield "as_of", MEANING["as_of"]


def _wrong_dates(service: Service, today: date) -> Iterator[Fault]:
    yield from _wrong_age(service)
    if service.checked and service.checked > today:
        yield "checked", f"{service.checked} ligger i framtiden."
    if service.checked and service.checked < EARLIEST:
        yield "checked", f"{service.checked} är för länge sedan; {MEANING['checked']}"
    if tells_of_a_person(service.checked_with):
        yield "checked_with", MEANING["checked_with"]
    if service.status == "retired" and is_lasting(service):
        yield (
            "status",
            "kan inte vara retired: varje kommun har socialtjänst; rätta posten i stället.",
        )
    if service.status == "verified":
        if not service.checked:
            yield "checked", "är tom; skriv dagen då någon frågade, eller unverified som status."
        if not service.checked_how:
            yield (
                "checked_how",
                f"är tom; skriv hur någon frågade: {_one_of(get_args(CheckedHow))}.",
            )
