"""What the standing report calls answers within a sentence; others are quoted as in the form."""

from collections.abc import Mapping

WITHIN: Mapping[str, Mapping[str, str]] = {
    "role": {
        "risks_violence": "personer som är rädda för att använda våld",
        "exposed": "personer som är utsatta för våld",
        "relative": "anhöriga och närstående",
        "professional": "yrkesverksamma",
        "public": "allmänheten",
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
OTHERS = "Övriga var framför allt {}."
GENDER = "Av dem som har använt våld var {men} och {women}, räknat på {base} personer."
MEAN_AGE = "Medelåldern var {value} år, räknat på {n} personer."
CHILDREN = "Av dem hade {} barn eller väntade barn."
NEVER_SOUGHT = "Aldrig tidigare hade {} sökt hjälp för sitt våld."
VIOLENCE = "Våldet var oftast {}."
PARTNER = "Mot sin partner hade {} använt våld."
CHILD = "Mot barn hade {} använt våld."
PROBLEMS = "De vanligaste andra svårigheterna var {}."
TO_TREATMENT = "Till en verksamhet som ger behandling eller stöd hänvisades {}."
ANYWHERE = "Räknas alla hänvisningar med, också till jourer och akut hjälp, är det {}."
HEARD = "Vanligast var att ha hittat hit {}."
COUNTIES = "Flest kontakter kom från {}."
WAITED = "Mindre än fem minuter väntade {}."
LEFT_QUEUE = "Av alla kontakter slutade {} med att personen lämnade kön."
HELPED = "I slutet sade {} att det kändes bättre efter samtalet."

TOO_FEW = "{within} kom det in så få kontakter att antalet inte kan visas."
UNSAID = "Uppgifter om {} visas inte: de skulle kunna avslöja någon."
READING = (
    "Varje andel är räknad på dem vars svar är känt, och det antalet står efter ”av”. "
    "Där flera svar kan ges blir summan mer än 100 procent."
)
ROUNDED = "Antalen är avrundade till närmaste femtal."
