"""What the codebook says beside the words of the form itself, in each of its languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.contact_form import LONGEST_MINUTES, LONGEST_NOTE, OLDEST, YOUNGEST
from flows.questions import Language, QuestionType


@dataclass(frozen=True, slots=True)
class CodebookWords:
    title: str
    introduction: tuple[str, ...]
    missing: str
    overview: str
    overview_columns: tuple[str, ...]
    questions: str
    type: str
    types: Mapping[QuestionType, str]
    relevant: str
    always: str
    when: str
    is_one_of: str
    is_none_of: str
    either: str
    both: str
    system: str
    sensitive: str
    statistics: str
    yes_no: tuple[str, str]
    empty: str
    empty_never: str
    empty_not_relevant: str
    empty_left: str
    empty_either: str
    code_columns: tuple[str, str]
    suggestions: str
    alone: str
    retired: str
    formerly: str
    see_places: str
    places: str
    place_columns: tuple[str, str]
    opening_quote: str


_SWEDISH = CodebookWords(
    title="Kodbok för kontaktformuläret, version {version}",
    introduction=(
        (
            "Samma formulär fylls i för varje kontakt, i telefon, i chatten och i Telegram. "
            "Varje kontakt är en rad i en export och varje fråga en kolumn. Kolumnerna står i "
            "samma ordning som frågorna här."
        ),
        (
            "I filen står koder. Har en fråga flera svar skiljs koderna åt med `|`. En tom cell "
            "betyder att frågan inte var aktuell. Några få frågor får också lämnas tomma, och "
            "då står det vid frågan. En fråga är aldrig aktuell om frågan som den beror på inte "
            "är det."
        ),
        (
            "Namn, adresser, telefonnummer, personnummer och annat som kan avslöja vem någon är "
            "antecknas inte. Att en fråga är känslig betyder att ingen ska kunna få veta svaret "
            "om en person som de känner igen på andra svar. Att en fråga är med i statistiken "
            "betyder att den har en egen tabell i rapporterna."
        ),
        (
            "En kod byter aldrig betydelse och används aldrig för något nytt. När ord har bytts "
            "ut står de gamla kvar som ”tidigare”."
        ),
    ),
    missing="När svaret saknas står det varför:",
    overview="Översikt",
    overview_columns=("Nr", "Kolumn", "Fråga", "Svar", "Känslig", "I statistiken"),
    questions="Frågorna",
    type="Svar",
    types={
        "month": "år och månad, ÅÅÅÅ-MM",
        "one": "ett svar",
        "many": "ett eller flera svar",
        "age": f"hela år, {YOUNGEST}–{OLDEST}",
        "minutes": f"hela minuter, 0–{LONGEST_MINUTES}",
        "language": "ett språk, med kod enligt BCP 47",
        "services": "en eller flera verksamheter, med id ur katalogen",
        "text": f"text, högst {LONGEST_NOTE} tecken",
    },
    relevant="Aktuell",
    always="alltid",
    when="när",
    is_one_of="är",
    is_none_of="inte är",
    either="eller",
    both="och",
    system="Fylls i av systemet.",
    sensitive="Känslig",
    statistics="I statistiken",
    yes_no=("ja", "nej"),
    empty="Tom cell",
    empty_never="förekommer inte",
    empty_not_relevant="frågan var inte aktuell",
    empty_left="frågan lämnades tom",
    empty_either="frågan var inte aktuell, eller lämnades tom",
    code_columns=("Kod", "Svar"),
    suggestions="Koderna är förslag. Andra språkkoder är också svar.",
    alone="kan inte stå tillsammans med andra svar",
    retired="används inte längre",
    formerly="tidigare",
    see_places="Koderna är SCB:s. De står sist i kodboken.",
    places="Län och kommuner",
    place_columns=("Län", "Kommuner"),
    opening_quote="”",
)

_ENGLISH = CodebookWords(
    title="Codebook of the contact form, version {version}",
    introduction=(
        (
            "The same form is filled in for each contact, by phone, web chat or Telegram. Each "
            "contact is a row of an export and each question a column. The columns stand in the "
            "order of the questions here."
        ),
        (
            "The file holds codes. If a question has several answers, their codes are joined "
            "with `|`. An empty cell means that the question was not relevant. The few "
            "questions that may also be left empty say so. A question is never relevant if the "
            "one that it depends on is not."
        ),
        (
            "Names, addresses, phone numbers, personal identity numbers and anything else that "
            "could tell who somebody is are not recorded. A question is sensitive if nobody may "
            "learn its answer about a person whom they recognise by other answers. A question "
            "is in the statistics if it has a table of its own in the reports."
        ),
        (
            "A code never changes its meaning and is never used again for something else. Where "
            "words were replaced, the old ones are kept as “formerly”."
        ),
    ),
    missing="If there is no answer, the cell says why:",
    overview="Overview",
    overview_columns=("No", "Column", "Question", "Answer", "Sensitive", "In statistics"),
    questions="The questions",
    type="Answer",
    types={
        "month": "year and month, YYYY-MM",
        "one": "one answer",
        "many": "one or more answers",
        "age": f"whole years, {YOUNGEST}–{OLDEST}",
        "minutes": f"whole minutes, 0–{LONGEST_MINUTES}",
        "language": "one language, by its BCP 47 tag",
        "services": "one or more services, by their ids in the directory",
        "text": f"text, at most {LONGEST_NOTE} characters",
    },
    relevant="Relevant",
    always="always",
    when="when",
    is_one_of="is",
    is_none_of="is not",
    either="or",
    both="and",
    system="Filled in by the system.",
    sensitive="Sensitive",
    statistics="In statistics",
    yes_no=("yes", "no"),
    empty="Empty cell",
    empty_never="does not occur",
    empty_not_relevant="the question was not relevant",
    empty_left="the question was left empty",
    empty_either="the question was not relevant, or was left empty",
    code_columns=("Code", "Answer"),
    suggestions="The codes are suggestions. Other language tags are answers too.",
    alone="cannot stand together with other answers",
    retired="no longer used",
    formerly="formerly",
    see_places="The codes are those of Statistics Sweden. They stand last in the codebook.",
    places="Counties and municipalities",
    place_columns=("County", "Municipalities"),
    opening_quote="“",
)

CODEBOOK_WORDS: Mapping[Language, CodebookWords] = {"sv": _SWEDISH, "en": _ENGLISH}
