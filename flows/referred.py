"""Which answer of the contact form a service of the directory stands for.

Source of the answers: the contact form's question `referred_to`.
"""

from directory.models import Service

NAMED = {
    "preventell": "preventell",
    "sos-alarm": "emergency",
    "brottsofferjouren": "victim_support",
    "kvinnofridslinjen": "womens_line_or_shelter",
    "terrafem": "womens_line_or_shelter",
    "somaya": "womens_line_or_shelter",
    "storasyster": "womens_line_or_shelter",
    "kriscentrum-malmo-jour": "womens_line_or_shelter",  # a line for the exposed, no treatment
    "manscentrum-stockholm": "crisis_centre_men",
    "manscentrum-ostra-sodertorn": "crisis_centre_men",
}
"""Services that the form names, or whose kind it does, by id."""


def referred_to(service: Service) -> str:
    """The code for having referred somebody to this service."""
    if named := NAMED.get(service.id):
        return named
    if service.social_services:
        return "social_services"
    if service.national:
        return "other"
    if service.gender:
        return {"men": "crisis_centre_men", "women": "womens_line_or_shelter"}[service.gender]
    is_wider = bool(service.county_codes) or len(service.municipality_codes) > 1
    return "shared_or_regional_service" if is_wider else "municipal_violence_service"
