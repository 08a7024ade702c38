"""Entries that visitors would take for one another (pure)."""

from collections.abc import Iterable, Iterator

from directory.models import Directory, Service

TOLD_APART_BY = ("name", "operator", "municipality_codes", "district_codes", "county_codes")
"""The fields in which two entries must differ somewhere."""


def likeness(service: Service) -> tuple[object, ...]:
    """What visitors tell entries apart by: the same for two that they would take for one."""
    return tuple(_folded(getattr(service, name)) for name in TOLD_APART_BY)


def twin(service: Service, directory: Directory) -> Service | None:
    """Find another living entry of the same name and operator for the same places."""
    alike = likeness(service)
    return next(
        (
            each
            for each in directory.living_services()
            if each.id != service.id and likeness(each) == alike
        ),
        None,
    )


def twins(directory: Directory, services: Iterable[Service]) -> Iterator[tuple[Service, Service]]:
    """Those of some services that would have a twin once they all stand in the directory."""
    new = tuple(services)
    ids = {each.id for each in new}
    first: dict[tuple[object, ...], Service] = {}
    for each in directory.living_services():
        if each.id not in ids:
            first.setdefault(likeness(each), each)
    for each in new:
        other = each if each.status == "retired" else first.setdefault(likeness(each), each)
        if other.id != each.id:
            yield each, other


def _folded(value: str | tuple[str, ...]) -> object:
    return " ".join(value.casefold().split()) if isinstance(value, str) else frozenset(value)
