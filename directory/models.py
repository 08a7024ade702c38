"""The values of the directory: places, services and the lines that are always there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

CountyCode = Annotated[str, StringConstraints(pattern=r"^\d{2}$")]
"""Statistics Sweden's two digits."""

MunicipalityCode = Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
"""Statistics Sweden's four digits; the first two are the county's."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A name of our own that never changes once given."""

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Description = Annotated[str, StringConstraints(min_length=1, max_length=199)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
WhoFor = Literal["uses_violence", "exposed", "children", "relatives", "professionals", "everyone"]
Status = Literal["verified", "unverified"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class County(_Value):
    code: CountyCode
    name: Words
    short_name: Words


class Municipality(_Value):
    """A municipality; `lat` and `lon` are the middle of its area in degrees (WGS 84)."""

    code: MunicipalityCode
    name: Words
    full_name: Words
    county_code: CountyCode
    lat: float = Field(ge=55, le=70)
    lon: float = Field(ge=10, le=25)
    neighbours: tuple[MunicipalityCode, ...]
    """By land first, then by bridge or ferry."""


class Locality(_Value):
    """A town, village or suburb; `other_names` are its names in other scripts."""

    name: Words
    municipality_code: MunicipalityCode
    population: int | None
    other_names: tuple[Words, ...]


class District(_Value):
    """A district of a city; the code is our own, the city publishes none that we rely on."""

    code: Slug
    municipality_code: MunicipalityCode
    name: Words
    valid_from: date
    also_called: tuple[Words, ...]
    """Former districts and neighbourhoods that belong to it."""


class Alias(_Value):
    """Another word that people use for a municipality or a county."""

    alias: Words
    kind: Literal["municipality", "county"]
    code: str
    note: str


class Service(_Value):
    """Somewhere to turn. It serves its municipalities, its counties, or everybody (`national`)."""

    id: Slug
    name: Words
    operator: Words
    municipality_codes: tuple[MunicipalityCode, ...] = ()
    county_codes: tuple[CountyCode, ...] = ()
    partial: bool = False
    """It serves only a part of its counties, and the source does not say which part."""
    national: bool = False
    social_services: bool = False
    """It is the social services of its municipality."""
    phone: str | None = None
    url: WebAddress | None = None
    who_for: tuple[WhoFor, ...]
    gender: Literal["women", "men"] | None = None
    """Set where the source says that only one gender is served."""
    description: Description
    source: str
    """The address of the page that says so; empty for entries that follow from the law."""
    checked: date | None = None
    """The day of the source, where it names one."""
    as_of: str = ""
    """How old the facts are, in the source's own precision, such as "cirka 2015"."""
    status: Status = "unverified"


class CrisisLine(_Value):
    """A national line; `hours` is a text for people, empty where no source gives it."""

    id: Slug
    name: Words
    operator: Words
    phone: Words
    hours: str
    who_for: tuple[WhoFor, ...]
    url: WebAddress
    description: Description
    source: WebAddress
    checked: date | None


@dataclass(frozen=True, slots=True, eq=False)
class Directory:
    """Everything, by code or id. Compared by identity, so that an index of it can be kept."""

    counties: Mapping[str, County]
    municipalities: Mapping[str, Municipality]
    districts: Mapping[str, District]
    services: Mapping[str, Service]
    crisis_lines: Mapping[str, CrisisLine]
    localities: tuple[Locality, ...]
    aliases: tuple[Alias, ...]
    ordinary_words: frozenset[str]
    """Words of everyday Swedish and English, which are not taken for a misspelt place."""

    def county_of(self, municipality: Municipality) -> County:
        return self.counties[municipality.county_code]

    def municipalities_of(self, county_code: str) -> tuple[Municipality, ...]:
        return tuple(
            place for place in self.municipalities.values() if place.county_code == county_code
        )
