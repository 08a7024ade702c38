"""What a report says around its numbers."""

from collections.abc import Mapping

from flows.hiding import FEW
from flows.report import Level

LEVELS: Mapping[Level, str] = {
    "internal": "Intern rapport för samordnare. Omfattas av sekretess.",
    "public": "Offentlig rapport.",
}

WEEKS: Mapping[str, str] = {
    "arrived": "Veckan timme för timme: när de hörde av sig",
    "knocked": "Veckan timme för timme: när de ville ha ett samtal men det var stängt",
}
"""By what was counted."""

_HIDDEN: Mapping[Level, str] = {
    "internal": (
        f"”Dolt” betyder färre än {FEW}, eller att talet skulle avslöja ett annat som är dolt. "
        "Också noll visas så."
    ),
    "public": (
        "”Dolt” betyder att antalet är litet, eller att det skulle avslöja ett annat som är dolt. "
        "Också noll visas så."
    ),
}
_KNOWN = (
    "”60 av 128” betyder 60 av de 128 vars svar är känt. Andelen är räknad på dem, och avrundad "
    "till hela procent. Vet ej och inte frågat står sist i tabellen."
)
_SEVERAL = "När flera svar går bra blir summan mer än 100 procent."
_ASKED = (
    "En fråga räknas bara för dem som den är aktuell för. Frågorna om våld, barn och hjälp gäller "
    "den som använder våld, vem det än är som hör av sig."
)
_DASH = "Ett streck betyder att ingen andel räknas."
_ROUNDED = (
    "Antalen är avrundade till närmaste femtal, och andelarna är räknade på avrundade antal. "
    "När färre än 50 har svarat räknas ingen andel."
)

READING: Mapping[Level, tuple[str, ...]] = {
    "internal": (_HIDDEN["internal"], _KNOWN, _SEVERAL, _ASKED, _DASH),
    "public": (_HIDDEN["public"], _ROUNDED, _KNOWN, _SEVERAL, _ASKED, _DASH),
}
"""How to read the report."""
