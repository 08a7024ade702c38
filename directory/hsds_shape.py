"""The parts of an HSDS document that we read, as they must be shaped; all else is passed over.

Nothing that a document points to is followed. Sizes are bounded.
"""

from typing import Annotated, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

LONGEST_TEXT = 2000
"""Characters of a text in a document."""

MOST_PARTS = 400
"""Parts of one kind in a service: there are 290 municipalities."""

Part = TypeVar("Part")

Text = Annotated[str, Field(max_length=LONGEST_TEXT)]


def _none_as_empty(value: object) -> object:
    return [] if value is None else value


Parts = Annotated[
    list[Part], BeforeValidator(_none_as_empty), Field(default_factory=list, max_length=MOST_PARTS)
]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class Term(_Part):
    code: Text | None = None
    taxonomy: Text | None = None


class Attribute(_Part):
    value: Text | None = None
    taxonomy_term: Term | None = None


class Phone(_Part):
    number: Text


class Schedule(_Part):
    valid_from: Text | None = None
    valid_to: Text | None = None
    dtstart: Text | None = None
    until: Text | None = None
    timezone: float | None = None
    freq: Text | None = None
    interval: float | None = None
    count: float | None = None
    byday: Text | None = None
    bymonthday: Text | None = None
    byweekno: Text | None = None
    byyearday: Text | None = None
    opens_at: Text | None = None
    closes_at: Text | None = None
    description: Text | None = None
    notes: Text | None = None


class Area(_Part):
    name: Text | None = None
    extent: Text | None = None


class Address(_Part):
    address_1: Text
    city: Text
    postal_code: Text | None = None


class Accessibility(_Part):
    description: Text | None = None


class Location(_Part):
    addresses: Parts[Address]
    accessibility: Parts[Accessibility]


class ServiceAtLocation(_Part):
    location: Location | None = None


class Language(_Part):
    code: Text | None = None


class CostOption(_Part):
    amount: float | None = None


class Organization(_Part):
    name: Text


class HsdsService(_Part):
    id: Annotated[UUID, Field(strict=False)]
    name: Text
    status: Literal["active", "inactive", "defunct", "temporarily closed"]
    description: Text | None = None
    url: Text | None = None
    email: Text | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    assured_date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d", max_length=40)] | None = None
    phones: Parts[Phone]
    schedules: Parts[Schedule]
    service_areas: Parts[Area]
    service_at_locations: Parts[ServiceAtLocation]
    languages: Parts[Language]
    organization: Organization | None = None
    cost_options: Parts[CostOption]
    attributes: Parts[Attribute]
