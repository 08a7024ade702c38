"""The form of one service: what is asked, and how it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.desk.directory_words import (
    GENDERS,
    HOWS,
    SERVICE,
    STATUSES,
    WHETHER,
)
from directory.hsds_words import FORMS, WHO_FOR
from directory.rules import LONGEST_NAME

Kind = Literal["line", "text", "many", "one", "date", "tick"]
"""A line, several lines, several codes, one code or none, a day, yes or no."""

LONGEST_TEXT = 4000
"""Characters of a list: it holds all municipalities by name."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One field. `wrong` is said of what cannot be read; `most` counts characters."""

    name: str
    kind: Kind
    hint: str = ""
    wrong: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    most: int = LONGEST_NAME
    is_list: bool = False
    """Each line is a value of its own."""
    are_names: bool = False
    """Each line or comma parts names that stand for codes."""
    nothing: str = "okänt"
    """What it is called when no code is chosen."""
    input: Literal["text", "age", "email"] = "text"
    is_required: bool = False

    @property
    def label(self) -> str:
        return SERVICE[self.name]


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    asks: tuple[Ask, ...]


_YEARS = "Skriv åldern i hela år, från 0 till 99."
_WEB = "En hel adress som börjar med https:// eller http://."

SECTIONS: tuple[Section, ...] = (
    Section(
        "Vad det är",
        (
            Ask("name", "line", wrong="Skriv vad verksamheten heter.", is_required=True),
            Ask(
                "operator",
                "line",
                hint="Den som driver verksamheten: en kommun, en region, en förening.",
                wrong="Skriv vem som driver verksamheten.",
                is_required=True,
            ),
            Ask(
                "description",
                "text",
                hint="En eller två meningar som besökaren läser. Högst 300 tecken.",
                wrong="Skriv en beskrivning med högst 300 tecken.",
                most=300,
                is_required=True,
            ),
            Ask("who_for", "many", wrong="Välj minst en.", codes=WHO_FOR, is_required=True),
            Ask("min_age", "line", wrong=_YEARS, input="age"),
            Ask("max_age", "line", wrong=_YEARS, input="age"),
            Ask(
                "gender", "one", hint="Bara om källan säger så.", codes=GENDERS, nothing="för alla"
            ),
            Ask("forms", "many", codes=FORMS),
            Ask(
                "languages",
                "text",
                hint="Med komma eller radbrytning emellan, till exempel: svenska, arabiska.",
                are_names=True,
            ),
            Ask("interpreter", "one", codes=WHETHER),
            Ask("is_free", "one", codes=WHETHER),
            Ask("needs_decision", "one", codes=WHETHER),
            Ask("anonymous", "one", codes=WHETHER),
            Ask(
                "accessibility",
                "text",
                hint="Till exempel hiss, hörslinga eller trappa. Högst 300 tecken.",
                wrong="Skriv högst 300 tecken.",
                most=300,
            ),
        ),
    ),
    Section(
        "Hur man når den",
        (
            Ask(
                "phones",
                "text",
                hint="Ett nummer per rad, det man helst ringer först. Till exempel: 08-123 45 67.",
                wrong="Skriv numret med siffror, till exempel 08-123 45 67, ett per rad.",
                is_list=True,
            ),
            Ask(
                "hours",
                "line",
                hint="Skriv som i exemplet: Mo-Th 08:30-16:00; Fr 08:30-12:00; PH off. "
                "Mo är måndag, Tu tisdag, We onsdag, Th torsdag, Fr fredag, Sa lördag, Su söndag "
                "och PH helgdagar.",
                wrong="Tiderna går inte att läsa. Skriv som i exemplet.",
                most=300,
            ),
            Ask("email", "line", wrong="Skriv en hel e-postadress.", most=100, input="email"),
            Ask("url", "line", hint=_WEB, wrong=f"Adressen går inte. {_WEB}", most=500),
            Ask(
                "addresses",
                "text",
                hint="En adress per rad: Storgatan 1, 123 45 Orten.",
                wrong="Skriv gata, postnummer och ort så: Storgatan 1, 123 45 Orten.",
                most=1000,
                is_list=True,
            ),
        ),
    ),
    Section(
        "Vilka den finns för",
        (
            Ask("national", "tick", hint="Alla i Sverige kan vända sig hit."),
            Ask(
                "municipality_codes",
                "text",
                hint="Namn eller koder, med komma eller radbrytning emellan.",
                most=LONGEST_TEXT,
                are_names=True,
            ),
            Ask(
                "district_codes",
                "text",
                hint="Bara om den finns för några av kommunens stadsdelar.",
                are_names=True,
            ),
            Ask(
                "county_codes",
                "text",
                hint="För en verksamhet som finns för hela länet, till exempel: Skåne.",
                are_names=True,
            ),
            Ask("partial", "tick", hint="Källan säger inte vilken del."),
            Ask("offered", "tick", hint="Annars hittar bara rådgivare den, när de söker."),
            Ask("social_services", "tick"),
        ),
    ),
    Section(
        "Källa och kontroll",
        (
            Ask("status", "one", wrong="Välj en status.", codes=STATUSES, is_required=True),
            Ask(
                "source",
                "line",
                hint="Adressen till sidan där uppgifterna står, eller i ord hur ni vet det.",
                wrong="Skriv sidans adress, eller i ord hur ni vet det. Högst 500 tecken.",
                most=500,
            ),
            Ask(
                "checked",
                "date",
                hint="Dagen då någon läste källan eller frågade.",
                wrong="Skriv dagen så: 2026-06-04.",
            ),
            Ask("checked_how", "one", codes=HOWS, nothing="ingen har frågat"),
            Ask(
                "checked_with",
                "line",
                hint="Funktionen, aldrig personens namn. Till exempel: receptionen.",
                wrong="Skriv en funktion, till exempel receptionen, med högst 60 tecken: "
                "aldrig ett namn, ett nummer eller en e-postadress.",
                most=60,
            ),
            Ask(
                "as_of",
                "line",
                hint="Om det inte finns någon dag, till exempel: cirka 2015.",
                wrong="Skriv med ett årtal, till exempel cirka 2015, eller orden okänt år. "
                "Högst 40 tecken.",
                most=40,
            ),
        ),
    ),
)

ASKS: Mapping[str, Ask] = {ask.name: ask for section in SECTIONS for ask in section.asks}
