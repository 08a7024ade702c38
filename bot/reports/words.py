"""What a report says around its numbers."""

from collections.abc import Mapping

from flows.hiding import FEW
from flows.report import Level
from flows.week import BLOCK

LEVELS: Mapping[Level, str] = {
    "internal": "Intern rapport för samordnare. Omfattas av sekretess.",
    "public": "Offentlig rapport.",
}

INVENTED = "Påhittade uppgifter. Statistiken här beskriver inga riktiga kontakter."

WEEKS: Mapping[str, str] = {
    "arrived": "Veckan timme för timme: när de hörde av sig",
    "knocked": "Veckan timme för timme: när de ville ha ett samtal men det var stängt",
}
"""By what was counted."""

ABOUT_WEEKS: Mapping[str, str] = {
    "arrived": (
        "Här räknas alla som ställde sig i kö eller ringde, också de som gick innan de fick svar "
        "och de vars samtal aldrig blev ett formulär. De räknas för sig, utan koppling till "
        "kontakterna, så summan är en annan än antalet kontakter."
    ),
    "knocked": (
        "Här räknas de som ville ha ett samtal när det var stängt. De räknas för sig, utan "
        "koppling till kontakterna, och finns inte bland dem."
    ),
}
"""By what was counted: who they are, and why they add up to something else than the contacts."""

NO_WEEKS = (
    "Veckan timme för timme visas för hela kvartal, och i den här perioden finns inget helt. Välj "
    "till exempel januari till mars."
)
PART_OF_WEEKS = "Veckan timme för timme visas för hela kvartal. Här är det {}."

BY_HOUR = "Antal per timme"
IN_BLOCKS = f"Antal per {BLOCK} timmar, eftersom de flesta enskilda timmar annars vore dolda"

OF_ROLES = (
    "Andelarna är av de {base} vars roll är känd. Av alla {contacts} kontakter är de som har "
    "använt våld {percent} procent."
)

NOT_TALKED = "Frågan ställs inte till den som lämnade kön eller var tyst"
OTHERS = "Övriga, som frågan inte är till för"
"""Whom a question is not for, in a row of its own."""

NOBODY = "Ingen i den här gruppen hörde av sig."

NO_ANSWERS: Mapping[Level, str] = {
    "internal": "Gruppen är så liten att inga svar visas.",
    "public": "I offentliga rapporter visas bara hur många den här gruppen är.",
}
"""What is said of a group without any table that may be shown."""

BY_YEAR = "Vad de har svarat visas bara i offentliga rapporter för hela år."
"""The same of those who used violence, in a public report of a quarter."""

_HIDDEN: Mapping[Level, str] = {
    "internal": (
        f"”Dolt” betyder färre än {FEW}, eller att talet skulle avslöja ett annat som är dolt. "
        "I svaren står noll som 0 där det ändå följer av de andra talen, och annars som dolt."
    ),
    "public": (
        "”Dolt” betyder att antalet är litet, eller att det skulle avslöja ett annat som är dolt. "
        "Också noll visas så."
    ),
}
_KNOWN: Mapping[Level, str] = {
    "internal": (
        "”60 av 128” betyder 60 av de 128 vars svar är känt. Andelen är räknad på dem, och "
        "avrundad till hela procent. Vet ej och inte frågat räknas för sig. Där båda talen är "
        "dolda visas i stället deras summa, om inte också den är dold."
    ),
    "public": (
        "”60 av 130” betyder 60 av de 130 vars svar är känt. Där de utan svar är för få för att "
        "visas är också de inräknade. Andelen är räknad på samma antal, och avrundad till hela "
        "procent."
    ),
}
_SEVERAL = "När flera svar går bra blir summan mer än 100 procent."
_ASKED = (
    "En fråga räknas bara för dem som den är aktuell för. Frågorna om våld, barn och hjälp gäller "
    "den som använder våld, vem det än är som hör av sig. Om den som lämnade kön eller var tyst "
    "räknas bara kontaktvägen, hur kontakten gick och hur lång väntan var."
)
_DASH = "Ett streck betyder att ingen andel räknas."
_ROUNDED = (
    "Antalen är avrundade till närmaste femtal, och andelar och jämförelser är räknade på "
    "avrundade antal: därför är de ungefärliga. "
    "När färre än 50 har svarat räknas ingen andel."
)

READING: Mapping[Level, tuple[str, ...]] = {
    "internal": (_HIDDEN["internal"], _KNOWN["internal"], _SEVERAL, _ASKED, _DASH),
    "public": (_HIDDEN["public"], _ROUNDED, _KNOWN["public"], _SEVERAL, _ASKED, _DASH),
}
"""How to read the report."""
