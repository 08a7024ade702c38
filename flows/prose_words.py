"""What the standing report calls answers within a sentence; others are quoted as in the form."""

from collections.abc import Mapping
from typing import NamedTuple


class Most(NamedTuple):
    """How the most frequent answers are told."""

    of_all: str
    of_shown: str
    """When something that is hidden may be more frequent."""


WITHIN: Mapping[str, Mapping[str, str]] = {
    "role": {
        "risks_violence": "personer som är rädda för att använda våld",
        "exposed": "personer som är utsatta för våld",
        "relative": "anhöriga och närstående",
        "professional": "yrkesverksamma",
        "public": "personer ur allmänheten",
        "other": "andra",
    },
    "heard_via": {
        "internet": "på internet",
        "public_transport": "genom reklam i kollektivtrafiken",
        "other_advertising_or_media": "genom annan reklam eller medier",
        "professional": "genom en yrkesverksam",
        "friend_or_relative": "genom en vän eller anhörig",
        "poster_or_leaflet": "genom en affisch eller broschyr",
    },
    "violence": {
        "psychological": "psykiskt",
        "physical": "fysiskt",
        "sexual": "sexuellt",
        "material": "materiellt",
        "economic": "ekonomiskt",
        "neglect": "försummelse",
        "latent": "latent",
        "digital": "digitalt",
        "honour_related": "hedersrelaterat",
        "post_separation": "eftervåld",
    },
    "other_problem": {
        "alcohol": "alkohol",
        "drugs": "narkotika eller läkemedel",
        "gambling": "spel om pengar",
        "mental_ill_health": "psykisk ohälsa",
        "suicidal_thoughts": "självmordstankar",
        "finances": "ekonomi",
        "unemployment": "arbetslöshet",
        "housing": "boende",
        "separation_or_custody": "separation eller vårdnad",
    },
}
"""By question and code. A code that is not here was added to the form later."""

USED_VIOLENCE = "{} kom från personer som själva säger att de har använt våld."
OF_CONTACTS = "Av kontakterna kom {} från personer som själva säger att de har använt våld."
USED_VIOLENCE_HIDDEN = "Hur många som själva har använt våld kan inte visas."
OTHERS = Most(
    "Övriga var framför allt {}.", "De största av de övriga grupper som kan visas var {}."
)
ABOUT_THEM = "Det här gäller dem som själva säger att de har använt våld."
GENDER = "Av dem som har använt våld var {men} och {women}, räknat på {base} kontakter."
MEAN_AGE = "Medelåldern var {value} år, räknat på {n} kontakter."
CHILDREN = "Av dem hade {} barn eller väntade barn."
NEVER_SOUGHT = "För sitt våld hade {} aldrig tidigare sökt hjälp."
VIOLENCE = Most("Våldet var oftast {}.", "Bland de svar som kan visas var våldet oftast {}.")
PARTNER = "Mot sin partner hade {} använt våld."
CHILD = "Mot barn hade {} använt våld."
PROBLEMS = Most(
    "Vanligast bland andra svårigheter var {}.",
    "Vanligast bland de andra svårigheter som kan visas var {}.",
)
TO_TREATMENT = "Till en verksamhet som ger behandling eller stöd hänvisades {}."
ANYWHERE = "Räknas alla hänvisningar, också de till jourer och akut hjälp, fick {} en hänvisning."
HEARD = Most(
    "Vanligast var att ha hittat hit {}.",
    "Bland de svar som kan visas var det vanligast att ha hittat hit {}.",
)
COUNTIES = Most(
    "Flest kontakter kom från {}.", "Av de län som kan visas kom flest kontakter från {}."
)
WAITED = "På svar väntade {} mindre än fem minuter."
LEFT_QUEUE = "Av alla kontakter slutade {} med att personen lämnade kön."
HELPED = (
    "Av dem som svarade på frågan i slutet sade {} att det kändes bättre efter samtalet; "
    "{silent} svarade inte."
)
HELPED_WITH_SILENT = (
    "I slutet sade {} att det kändes bättre efter samtalet; de som inte svarade är medräknade."
)

TOO_FEW = "{within} kom det in så få kontakter att antalet inte kan visas."
UNSAID = "Uppgifter om {} visas inte: de skulle kunna avslöja någon."
READING = (
    "Varje andel är räknad på dem vars svar är känt, om inget annat sägs, och det antalet står "
    "efter ”av”. Där flera svar kan ges blir summan mer än 100 procent."
)
ROUNDED = "Antalen är avrundade till närmaste femtal."
