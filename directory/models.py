"""The values of the directory: places, services and the lines that are always there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

CountyCode = Annotated[str, StringConstraints(pattern=r"^\d{2}$")]
"""Statistics Sweden's two digits."""

MunicipalityCode = Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
"""Statistics Sweden's four digits; the first two are the county's."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
"""A name of our own that never changes once given."""

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Description = Annotated[str, StringConstraints(min_length=1, max_length=300)]


def _with_host(address: str) -> str:
    """Refuse what looks like an address and leads nowhere: "https://[x"."""
    if not urlsplit(address).hostname:
        raise ValueError("The address names no host.")
    return address


WebAddress = Annotated[
    str,
    StringConstraints(pattern=r"^https?://[^\s<>\"']+$", max_length=500),
    AfterValidator(_with_host),
]
EMail = Annotated[str, StringConstraints(pattern=r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$", max_length=100)]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 –-]{1,18}[0-9]$")]
"""As it is dialled and read: digits in groups, after the area code a hyphen."""
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
"""ISO 639: two letters, or three where there are not two."""

WhoFor = Literal["uses_violence", "exposed", "children", "relatives", "professionals", "everyone"]
Form = Literal["individual", "group", "family", "phone", "chat", "online", "housing"]
Status = Literal["verified", "unverified", "retired"]
CheckedHow = Literal["phone", "mail", "web", "visit"]
ProvisionKind = Literal["own", "shared", "regional", "individual_talks", "unknown"]


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
    """Another word that people use for a municipality, a county or a district."""

    alias: Words
    kind: Literal["municipality", "county", "district"]
    code: str
    note: str


class Address(_Value):
    """Where a service receives people. It stands on a public page of the service."""

    street: Annotated[str, StringConstraints(pattern=r"^[^|]+$", strip_whitespace=True)]
    postal_code: Annotated[str, StringConstraints(pattern=r"^(\d{3} \d{2})?$")] = ""
    city: Annotated[str, StringConstraints(pattern=r"^[^|,]+$", strip_whitespace=True)]


class Service(_Value):
    """Somewhere to turn. It serves districts, municipalities, counties, or everybody (`national`).

    What is None, empty or "" is not known: a source said nothing of it.
    """

    id: Slug
    name: Words
    operator: Words
    municipality_codes: tuple[MunicipalityCode, ...] = ()
    district_codes: tuple[Slug, ...] = ()
    """Where it serves only some districts of its municipality."""
    county_codes: tuple[CountyCode, ...] = ()
    partial: bool = False
    """It serves only a part of its counties, and the source does not say which part."""
    national: bool = False
    offered: bool = True
    """It is shown to whoever looks up a place; else a counsellor finds it by searching."""
    social_services: bool = False
    """It is the social services of its municipality."""
    phones: tuple[Phone, ...] = ()
    hours: str = Field(default="", max_length=300)
    """When the telephone or the chat is answered, as OpenStreetMap's `opening_hours`."""
    email: EMail | None = None
    url: WebAddress | None = None
    addresses: tuple[Address, ...] = ()
    who_for: tuple[WhoFor, ...]
    gender: Literal["women", "men"] | None = None
    """Set where the source says that only one gender is served."""
    min_age: int | None = Field(default=None, ge=0, le=99)
    max_age: int | None = Field(default=None, ge=0, le=99)
    forms: tuple[Form, ...] = ()
    """How help is given."""
    languages: tuple[Language, ...] = ()
    interpreter: bool | None = None
    is_free: bool | None = None
    needs_decision: bool | None = None
    """Whether social services must decide first (bistånd)."""
    anonymous: bool | None = None
    """Whether the first contact can be anonymous."""
    accessibility: str = Field(default="", max_length=300)
    description: Description
    source: str = Field(default="", max_length=500)
    """The address of the page that says so; empty for entries that follow from the law."""
    checked: date | None = None
    """The day of the source, or when somebody last confirmed it."""
    checked_how: CheckedHow | None = None
    """How somebody confirmed it; None where nobody has."""
    checked_with: str = Field(default="", max_length=60)
    """Whom they asked, by function and never by name, such as "receptionen"."""
    as_of: str = Field(default="", max_length=40)
    """How old the facts are, in the source's own precision, such as "cirka 2015"."""
    status: Status = "unverified"

    @property
    def can_be_asked(self) -> bool:
        """Whether it has a number, a web address or an e-mail address."""
        return bool(self.phones or self.url or self.email)

    @property
    def phone(self) -> str | None:
        """The number to call first."""
        return self.phones[0] if self.phones else None


class Provision(_Value):
    """What a municipality is known to have for those who use violence, where a source says so."""

    municipality_code: MunicipalityCode
    kind: ProvisionKind
    source: str = Field(default="", max_length=500)
    checked: date | None = None
    as_of: str = Field(default="", max_length=40)


class Contact(_Value):
    """How to reach a municipality: its switchboard and its web address, where known."""

    municipality_code: MunicipalityCode
    phone: Phone | None = None
    url: WebAddress | None = None
    source: str = Field(default="", max_length=500)
    checked: date | None = None
    as_of: str = Field(default="", max_length=40)


class DatedFact(_Value):
    """What a count of a county once showed. The units may be city districts and have no names."""

    county_code: CountyCode
    as_of: Words
    units: int
    specialised: int
    via_regional: int
    individual_talks: int
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Directory:
    """Everything, by code or id. Compared by identity, so that an index of it can be kept."""

    counties: Mapping[str, County]
    municipalities: Mapping[str, Municipality]
    districts: Mapping[str, District]
    services: Mapping[str, Service]
    """Services and national lines, also those that are retired."""
    localities: tuple[Locality, ...]
    aliases: tuple[Alias, ...]
    ordinary_words: frozenset[str]
    """Words of everyday Swedish and English, which are not taken for a misspelt place."""
    first_names: frozenset[str] = frozenset()
    """A name of a place that follows one of these is rather somebody's."""
    provisions: Mapping[str, Provision] = field(default_factory=dict)
    """What is recorded, by municipality; what the services themselves tell is not repeated."""
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    """By municipality."""
    dated_facts: tuple[DatedFact, ...] = ()

    def county_of(self, municipality: Municipality) -> County:
        return self.counties[municipality.county_code]

    def municipalities_of(self, county_code: str) -> tuple[Municipality, ...]:
        return tuple(
            place for place in self.municipalities.values() if place.county_code == county_code
        )

    def living_services(self) -> tuple[Service, ...]:
        """All that are not retired."""
        return tuple(each for each in self.services.values() if each.status != "retired")
