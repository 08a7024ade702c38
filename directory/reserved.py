"""The ids that are kept for the social services of each municipality (pure)."""

import re

from directory.models import Service

_LASTING = re.compile(r"socialtjansten-([0-9]{4})")
"""The ids of the entries that are made for them; the municipality's code stands last."""


def is_reserved(id: str) -> bool:
    return bool(_LASTING.fullmatch(id))


def is_lasting(service: Service) -> bool:
    """Whether it is what every municipality has, which can be put right and never taken away."""
    return is_reserved(service.id)


def misuse(service: Service) -> str:
    """What is wrong where such an id is given to anything else, in Swedish; "" where nothing is."""
    found = _LASTING.fullmatch(service.id)
    if found is None or (service.social_services and _is_only_for(found[1], service)):
        return ""
    return (
        f"ska vara 1, och municipality_codes bara {found[1]}: {service.id} är id för "
        "socialtjänsten i den kommunen. Ge posten ett annat id om den är något annat."
    )


def _is_only_for(code: str, service: Service) -> bool:
    """Whether it is for nobody else; that it is for nobody at all is another fault."""
    elsewhere = service.county_codes or service.national
    return service.municipality_codes in {(), (code,)} and not elsewhere
