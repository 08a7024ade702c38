"""Invented contact records for the demo; they resemble the published figures and nobody."""

import random
from collections.abc import Mapping, Sequence

from flows.contact_form import JOINER, OLDEST, Form, cleaned
from flows.filling import PHONE

A_MONTH = 70
"""Contacts in an ordinary month, after 858 in the year 2023."""

_LEFT_QUEUE = 0.05

Weights = Mapping[str, float]

_ONE: Mapping[str, Weights] = {
    "channel": {"phone": 58, "web": 29, "telegram": 13},
    "role": {
        "uses_violence": 56,
        "risks_violence": 7,
        "exposed": 12,
        "relative": 11,
        "professional": 8,
        "public": 3,
        "other": 2,
        "unknown": 1,
    },
    "profession": {
        "social_services": 50,
        "health_care": 20,
        "police": 6,
        "prison_probation": 6,
        "shelter": 8,
        "school": 6,
        "other": 4,
    },
    "severe": {"yes": 22, "no": 48, "unknown": 20, "not_asked": 10},
    "children": {
        "living_with": 38,
        "not_living_with": 11,
        "expecting": 3,
        "none": 33,
        "unknown": 10,
        "not_asked": 5,
    },
    "sought_help": {"yes": 30, "no": 50, "unknown": 12, "not_asked": 8},
    "child_concern": {"not_relevant": 55, "discussed": 40, "report_made": 2, "unknown": 3},
    "born_in_sweden": {"yes": 48, "no": 16, "unknown": 16, "not_asked": 20},
    "heard_via": {
        "internet": 42,
        "public_transport": 9,
        "other_advertising_or_media": 10,
        "professional": 14,
        "friend_or_relative": 8,
        "poster_or_leaflet": 3,
        "other": 2,
        "unknown": 4,
        "not_asked": 8,
    },
    "language": {"sv": 88, "en": 7, "ar": 2, "fa": 1, "so": 1, "uk": 1},
    "helped": {"better": 52, "same": 14, "worse": 2, "no_answer": 32},
}
"""How often each answer is drawn, for questions with one answer."""

_MANY: Mapping[str, Weights] = {
    "reason": {
        "new_or_worse_act": 0.35,
        "partner_leaving": 0.25,
        "wants_to_change": 0.4,
        "worry_children_or_authorities": 0.12,
        "where_to_get_help": 0.3,
        "police_or_court": 0.06,
        "is_this_violence": 0.15,
        "concern_for_someone": 0.12,
    },
    "violence": {
        "psychological": 0.79,
        "physical": 0.45,
        "sexual": 0.06,
        "material": 0.15,
        "economic": 0.08,
        "latent": 0.1,
        "digital": 0.07,
        "post_separation": 0.05,
    },
    "exposed_person": {"partner": 0.75, "former_partner": 0.15, "child": 0.22, "parent": 0.04},
    "other_problem": {
        "alcohol": 0.2,
        "drugs": 0.07,
        "gambling": 0.03,
        "mental_ill_health": 0.3,
        "suicidal_thoughts": 0.06,
        "finances": 0.12,
        "unemployment": 0.08,
        "separation_or_custody": 0.18,
    },
    "earlier_contact": {
        "social_services": 0.2,
        "psychiatry": 0.18,
        "primary_care": 0.2,
        "family_counselling": 0.16,
        "violence_treatment": 0.06,
        "police": 0.08,
    },
    "referred_to": {
        "municipal_violence_service": 0.5,
        "shared_or_regional_service": 0.2,
        "social_services": 0.15,
        "crisis_centre_men": 0.15,
        "psychiatry": 0.06,
        "womens_line_or_shelter": 0.07,
        "victim_support": 0.03,
    },
}
"""How likely each answer is by itself, for questions with several."""

_WOMEN: Weights = {"uses_violence": 0.2, "risks_violence": 0.25, "exposed": 0.8, "relative": 0.75}
_WOMEN_OTHERWISE = 0.65

_COUNTIES: Weights = {"01": 26, "14": 17, "12": 14}
_OTHER_COUNTY = 2.0
_UNKNOWN_COUNTY = 9.0
_MUNICIPALITY_KNOWN = 0.6


def invent(
    form: Form, *, months: Sequence[str], chance: random.Random, services: Sequence[str]
) -> list[dict[str, str]]:
    """Invent about seventy cleaned forms for each month; `services` are ids of the directory.

    The same months and the same state of `chance` give the same records.
    """
    return [
        cleaned(form, _contact(form, month, chance, services))
        for month in months
        for _ in range(round(chance.gauss(A_MONTH, A_MONTH / 10)))
    ]


def _contact(
    form: Form, month: str, chance: random.Random, services: Sequence[str]
) -> dict[str, str]:
    answers = {name: _one(chance, weights) for name, weights in _ONE.items()}
    answers |= {name: _some(chance, likely) for name, likely in _MANY.items()}
    return {
        **answers,
        **_person(chance, answers["role"]),
        **_home(form, chance),
        "period": month,
        "outcome": _outcome(chance),
        "referred_service": _service(chance, answers["referred_to"], services),
        "interpreter": "no" if answers["language"] in {"sv", "en"} else "yes",
        "wait_minutes": _wait(chance, answers["channel"]),
        "talk_minutes": f"{_between(chance.gauss(32, 12), 2, 90)}",
    }


def _wait(chance: random.Random, channel: str) -> str:
    """Give the minutes in the queue; on the telephone nobody measures them."""
    minutes = f"{int(chance.expovariate(1 / 4))}"
    return "" if channel == PHONE else minutes


def _outcome(chance: random.Random) -> str:
    if chance.random() < _LEFT_QUEUE:
        return "left_queue"
    return _one(chance, {"completed": 88, "interrupted": 9, "silent_or_misuse": 3})


def _person(chance: random.Random, role: str) -> dict[str, str]:
    is_woman = chance.random() < _WOMEN.get(role, _WOMEN_OTHERWISE)
    known = f"{_between(chance.gauss(37, 10), 17, OLDEST)}"
    return {
        "gender": "woman" if is_woman else "man",
        "age": _one(chance, {known: 85, "unknown": 9, "not_asked": 6}),
    }


def _home(form: Form, chance: random.Random) -> dict[str, str]:
    counties = [code for code in form.by_name["county"].known if code.isdecimal()]
    weights = {code: _COUNTIES.get(code, _OTHER_COUNTY) for code in counties}
    county = _one(chance, weights | {"unknown": _UNKNOWN_COUNTY})
    there = [code for code in form.by_name["municipality"].known if code.startswith(county)]
    is_known = county != "unknown" and chance.random() < _MUNICIPALITY_KNOWN
    return {"county": county, "municipality": chance.choice(there) if is_known else "unknown"}


def _service(chance: random.Random, referred_to: str, services: Sequence[str]) -> str:
    is_named = referred_to not in {"none", "unknown"} and chance.random() < 1 / 2
    return chance.choice(services) if is_named else ""


def _one(chance: random.Random, weights: Weights) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _some(chance: random.Random, likely: Weights) -> str:
    chosen = [code for code, likelihood in likely.items() if chance.random() < likelihood]
    return JOINER.join(chosen) or "unknown"


def _between(number: float, least: int, most: int) -> int:
    return min(max(round(number), least), most)
