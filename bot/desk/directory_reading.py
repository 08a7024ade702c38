"""Between a service and the form on the page: what is shown, what was posted, what is wrong."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from starlette.datastructures import FormData

from bot.desk.directory_fields import ASKS, Ask
from bot.desk.directory_words import NOTHING, WHETHER, Difference, place_names
from bot.words import cleaned
from directory import table
from directory.languages import LANGUAGES
from directory.models import Directory, Service
from directory.rules import PLACES, misplaced, unsound
from directory.table import JOINER
from directory.twins import twin

Cells = Mapping[str, str]
"""What stands in each field of the form, as somebody writes it. Codes are joined with `|`."""

MOST_QUOTED = 40
"""Characters of a name that a sentence repeats."""

_NO_SUCH = {
    "municipality_codes": "Det finns ingen kommun som heter ”{}”. Skriv hela namnet eller koden.",
    "county_codes": "Det finns inget län som heter ”{}”. Skriv hela namnet eller koden.",
    "district_codes": "Det finns ingen stadsdel som heter ”{}”. Skriv hela namnet.",
    "languages": "Det finns inget språk som heter ”{}”. Skriv namnet på svenska, eller koden.",
}
TOO_LONG = "Skriv högst {} tecken."
ODD = "Välj bland det som står där."

_WHOLE: Mapping[str, str] = {
    "municipality_codes": "Skriv minst en kommun eller ett län, eller välj hela landet.",
    "district_codes": "Skriv också stadsdelens kommun bland kommunerna.",
    "max_age": "Den högsta åldern är lägre än den lägsta.",
    "checked": "Skriv dagen när någon kontrollerade uppgifterna. Den kan inte vara efter i dag.",
    "checked_how": "Välj hur någon kontrollerade uppgifterna.",
    "checked_with": ASKS["checked_with"].wrong,
    "source": ASKS["source"].wrong,
    "status": "Varje kommun har socialtjänst; rätta posten i stället.",
    "url": ASKS["url"].wrong,
    "as_of": ASKS["as_of"].wrong,
    "social_services": "Det här är kommunens socialtjänst: den ska vara ikryssad, och bara gälla "
    "den kommunen.",
}
"""What is said of a field that does not go with the others, where the form has words of its own."""

UNDATED = (
    "Skriv dagen när någon kontrollerade uppgifterna. "
    f"Vet ni inte den, fyll i ”{ASKS['as_of'].label}”."
)
HAS_TWIN = "Det finns redan en post som heter så, med samma huvudman och för samma platser:"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field; `other` is the entry that it is about, if any."""

    name: str
    sentence: str
    other: Service | None = None


class UnreadableError(ValueError):
    """The form does not make a service; `problems` says why, field by field."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__("The form does not make a service.")
        first = {problem.name: problem for problem in reversed(tuple(problems))}
        self.problems = tuple(first[name] for name in ASKS if name in first)


def cells_of(service: Service, directory: Directory) -> Cells:
    """Write a service as it stands in the form."""
    row = table.to_row(service)
    return {name: _shown(ask, row[name], directory) for name, ask in ASKS.items()}


def posted(fields: FormData) -> Cells:
    """Read what was sent, without control characters."""
    return {name: _posted(ask, fields) for name, ask in ASKS.items()}


def read(cells: Cells, id: str, directory: Directory, today: date) -> Service:
    """Make the service that the form describes; UnreadableError says all that is wrong with it."""
    row = {name: _cell(ask, cells[name], directory) for name, ask in ASKS.items()}
    service, wrong = table.read_calmly({**row, "id": id})
    unread = [Problem(name, ASKS[name].wrong or ODD) for name in wrong if name in ASKS]
    unknown = tuple(_unknown_names(cells, directory))
    unsure = PLACES if any(problem.name in PLACES for problem in unknown) else frozenset()
    problems = [
        *_missing(cells),
        *_too_long(cells),
        *unknown,
        *unread,
        *(each for each in _contradictions(service, directory, today) if each.name not in unsure),
    ]
    if problems:
        raise UnreadableError(problems)
    return service


def compared(theirs: Cells, yours: Cells) -> tuple[Difference, ...]:
    """Name the fields in which two forms differ, in words: what is kept, and what was typed."""
    return tuple(
        Difference(ask.label, _in_words(ask, theirs[name]), _in_words(ask, yours[name]))
        for name, ask in ASKS.items()
        if theirs[name] != yours[name]
    )


def _in_words(ask: Ask, cell: str) -> str:
    codes = WHETHER if ask.kind == "tick" else ask.codes
    parts = cell.split(JOINER) if ask.kind == "many" else [cell]
    return ", ".join(codes.get(part, part) for part in parts) or NOTHING


def _shown(ask: Ask, cell: str, directory: Directory) -> str:
    if ask.are_names:
        names = _names(ask.name, directory)
        return ", ".join(names.get(code, code) for code in cell.split(JOINER))
    return cell.replace(JOINER, "\n") if ask.is_list else cell


def _posted(ask: Ask, fields: FormData) -> str:
    given = [cleaned(each) for each in fields.getlist(ask.name) if isinstance(each, str)]
    if ask.kind == "many":
        return JOINER.join(dict.fromkeys(filter(None, given)))
    text = next(iter(given), "")
    if ask.kind == "tick":
        return "1" if text else "0"
    return text if ask.kind == "text" else " ".join(text.split())


def _cell(ask: Ask, text: str, directory: Directory) -> str:
    """Write one field as a cell of the table; names that stand for nothing are left out."""
    if ask.are_names:
        codes = _codes(ask.name, directory)
        found = (codes.get(part.casefold(), "") for part in _parts(text))
        return JOINER.join(dict.fromkeys(filter(None, found)))
    if ask.is_list:
        return JOINER.join(filter(None, map(str.strip, text.splitlines())))
    return " ".join(text.split())


def _parts(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"[,\n]", text) if part.strip()]


def _names(name: str, directory: Directory) -> Mapping[str, str]:
    return LANGUAGES if name == "languages" else place_names(name, directory)


def _codes(name: str, directory: Directory) -> Mapping[str, str]:
    """What may be written for each code: the code itself, and its names."""
    codes = {each.casefold(): code for code, each in _names(name, directory).items()}
    itself = {code: code for code in _names(name, directory)}
    if name == "municipality_codes":
        codes |= {
            each.full_name.casefold(): each.code for each in directory.municipalities.values()
        }
    if name == "county_codes":
        codes |= {each.short_name.casefold(): each.code for each in directory.counties.values()}
    return codes | itself


def _missing(cells: Cells) -> Iterator[Problem]:
    for name, ask in ASKS.items():
        if ask.is_required and not cells[name]:
            yield Problem(name, ask.wrong)


def _too_long(cells: Cells) -> Iterator[Problem]:
    for name, ask in ASKS.items():
        if len(cells[name]) > ask.most:
            yield Problem(name, TOO_LONG.format(ask.most))


def _unknown_names(cells: Cells, directory: Directory) -> Iterator[Problem]:
    for name, sentence in _NO_SUCH.items():
        codes = _codes(name, directory)
        unknown = [part for part in _parts(cells[name]) if part.casefold() not in codes]
        if unknown:
            yield Problem(name, sentence.format(_quoted(unknown[0])))


def _quoted(text: str) -> str:
    return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}…"


def _contradictions(service: Service, directory: Directory, today: date) -> Iterator[Problem]:
    """What each field allows and the service as a whole does not."""
    if service.status != "retired" and (other := twin(service, directory)):
        yield Problem("name", HAS_TWIN, other)
    for column, sentence in (*unsound(service, today), *misplaced(service, directory)):
        if column == "checked" and not service.checked and service.status != "verified":
            yield Problem(column, UNDATED)
        else:
            yield Problem(column, _WHOLE.get(column) or _as_sentence(sentence))


def _as_sentence(fault: str) -> str:
    """Write what is said of a column as what is said of the field beside it."""
    return f"Fältet {fault}" if fault[:1].islower() else fault
