"""Reads services from HSDS as JSON, which anybody may have written (pure)."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from math import isfinite
from typing import Any

from directory import hsds
from directory.confirming import as_confirmed
from directory.importing_faults import MOST_ROWS, IsName, UnreadableFileError, told_of
from directory.models import Directory, Service
from directory.rules import Fault, calculated, misplaced, named, unsound
from directory.table import to_row
from directory.twins import twins

MOST_DEPTH = 20
"""Levels of a JSON document; HSDS needs half of them."""

MOST_DIGITS = 18
"""Of a whole number in a JSON document."""

_VAST = "Filen har för många nivåer för att vara HSDS."


def from_document(
    text: str, directory: Directory, today: date, is_name: IsName
) -> tuple[list[Service], list[str]]:
    """The services of a document, and all that is wrong with it by pointer or by service."""
    found, faults = hsds.read(_document(text), directory)
    if not (found or faults):
        raise UnreadableFileError("Filen har inga tjänster.")
    services = [_with_check(each, directory) for each in found]
    unfit = (
        (each.id, fault)
        for each in services
        for fault in (*_unfit(each, directory, today), *told_of(each, is_name))
    )
    return services, [*faults, *_together(unfit), *_doubled(directory, services)]


def _unfit(service: Service, directory: Directory, today: date) -> Iterator[Fault]:
    """What is wrong with a service; what the directory has already may begin as a formula."""
    known = directory.services.get(service.id)
    new = dict(to_row(service).items() - (to_row(known).items() if known else ()))
    yield from calculated(new)
    yield from misplaced(service, directory)
    yield from unsound(service, today)


def _doubled(directory: Directory, services: Iterable[Service]) -> Iterator[str]:
    for each, other in twins(directory, services):
        yield (
            f"Tjänsten {each.id}, name: har samma namn, huvudman och platser som {other.id}; "
            "bara en av dem kan stå kvar."
        )


def _with_check(service: Service, directory: Directory) -> Service:
    """Keep whom somebody asked, which what we publish leaves out, while it is the same check."""
    known = directory.services.get(service.id)
    if known and not service.checked_with and _check(known) == _check(service):
        service = service.model_copy(update={"checked_with": known.checked_with})
    return as_confirmed(known, service)


def _check(service: Service) -> tuple[object, ...]:
    return service.status, service.checked, service.checked_how


def _together(faults: Iterable[tuple[str, Fault]]) -> Iterator[str]:
    """Say what is wrong in the same way with several services once."""
    ids: dict[Fault, list[str]] = {}
    for id, fault in faults:
        ids.setdefault(fault, []).append(id)
    for (column, sentence), alike in ids.items():
        yield f"{named(alike)}, {column}: {sentence}"


def _document(text: str) -> Any:
    """Parse JSON of some depth, with finite numbers and whole characters."""
    try:
        document = json.loads(text, parse_int=_whole, parse_float=_finite, parse_constant=_finite)
        _refuse_vast(document)
        json.dumps(document, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise UnreadableFileError(
            f"Rad {error.lineno}: filen går inte att läsa som JSON."
        ) from None
    except RecursionError:
        raise UnreadableFileError(_VAST) from None
    except ValueError:
        sentence = "Filen innehåller tal eller tecken som inte hör hemma i HSDS."
        raise UnreadableFileError(sentence) from None
    return document


def _refuse_vast(document: object) -> None:
    level = [document]
    for _ in range(MOST_DEPTH):
        level = [child for each in level for child in _children(each)]
    if level:
        raise UnreadableFileError(_VAST)
    if len(_children(document)) > MOST_ROWS:
        raise UnreadableFileError(f"Filen har fler än {MOST_ROWS} tjänster; dela upp den.")


def _children(value: object) -> list[Any]:
    match value:
        case dict():
            return list(value.values())
        case list():
            return value
        case _:
            return []


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError("a number of so many digits counts nothing here")
    return int(text)


def _finite(text: str) -> float:
    if not isfinite(number := float(text)):
        raise ValueError("a number without end")
    return number
