"""What the standing report calls answers within a sentence; others are quoted as in the form."""

from collections.abc import Mapping
from typing import NamedTuple


class Most(NamedTuple):
    """How the most frequent answers are told."""

    of_all: str
    of_shown: str
    """When something that is hidden may be more frequent."""
    tied: str
    """What stands for the names of many that are equally frequent."""


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
OF_KNOWN = "Av de {base} vars roll är känd är det {percent} procent."
USED_VIOLENCE_HIDDEN = "Hur många som själva har använt våld kan inte visas."
OTHERS = Most(
    "Övriga var framför allt {}.",
    "De största av de övriga grupper som kan visas var {}.",
    "{n} lika stora grupper ({often} var)",
)
ABOUT_THEM = "Det här gäller dem som själva säger att de har använt våld."
GENDER = "Av dem som har använt våld var {genders}, räknat på {base} kontakter."
MEN, WOMEN = "{} män", "{} kvinnor"
MEAN_AGE = "Medelåldern var {value} år, räknat på {n} kontakter."
CHILDREN = "{} hade eller väntade barn."
VIOLENCE = Most(
    "Våldet var oftast {}.",
    "Bland de svar som kan visas var våldet oftast {}.",
    "något av {n} slag, som var lika vanliga ({often} vardera)",
)
PARTNER = "{} hade använt våld mot sin partner."
CHILD = "{} hade använt våld mot barn."
PROBLEMS = Most(
    "Vanligast bland andra svårigheter var {}.",
    "Vanligast bland de andra svårigheter som kan visas var {}.",
    "{n} stycken, som var lika vanliga ({often} vardera)",
)
NEVER_SOUGHT = "{} hade aldrig tidigare sökt hjälp för sitt våld."
ALL_SOUGHT = "Alla ({n} av {n}) hade sökt hjälp för sitt våld tidigare."
TO_TREATMENT = "{} hänvisades till en verksamhet som ger behandling eller stöd."
ANYWHERE = "Räknas också jourer och akut hjälp fick {} en hänvisning."
HEARD = Most(
    "Vanligast var att ha hittat hit {}.",
    "Bland de svar som kan visas var det vanligast att ha hittat hit {}.",
    "på något av {n} sätt, som var lika vanliga ({often} vardera)",
)
COUNTIES = Most(
    "Flest kontakter kom från {}.",
    "Av de län som kan visas kom flest kontakter från {}.",
    "{n} län, lika många från vart och ett ({often})",
)
ALL_COUNTIES = "Kontakter kom från alla län."
ALL_COUNTIES_BUT = "De vars län är känt kom från alla län utom {n}, {names}."
SOME_COUNTIES = "De vars län är känt kom från {n} av {of} län."
BUT = {1: "ett", 2: "två", 3: "tre"}
"""How many counties are named that no contacts came from."""
WAITED = (
    "Av dem vars väntan är känd väntade {} mindre än fem minuter på svar. "
    "För telefonsamtal är väntan känd bara när rådgivaren har skrivit in den."
)
LEFT_QUEUE = "{} lämnade kön innan de fick svar."
HELPED = (
    "Av dem som svarade på frågan i slutet sade {} att det kändes bättre efter samtalet; "
    "{silent} svarade inte."
)
HELPED_OF_ALL = "I slutet sade {} att det kändes bättre efter samtalet."
HELPED_WITH_SILENT = (
    "I slutet sade {} att det kändes bättre efter samtalet; de som inte svarade är medräknade."
)

TOO_FEW = "{within} kom det in så få kontakter att antalet inte kan visas."
UNSAID = "Om {} sägs inget här: de uppgifter som får visas räcker inte till."
UNANSWERED = "Det finns inga svar om {}."
BY_YEAR = (
    "Vad de som har använt våld har svarat visas bara i offentliga rapporter för hela år: av ett "
    "kvartals svar skulle någon kunna kännas igen."
)
READING = (
    "Varje andel är räknad på dem vars svar är känt, om inget annat sägs, och det antalet står "
    "efter ”av”. Där flera svar kan ges blir summan mer än 100 procent."
)
ROUNDED = "Antalen är avrundade till närmaste femtal."
