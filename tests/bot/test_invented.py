import random
from collections import Counter
from pathlib import Path
from statistics import mean

from bot.invented import invent
from flows.contact_form import parse_form, problems

COUNTIES = {"01": "Stockholms län", "12": "Skåne län", "25": "Norrbottens län"}
MUNICIPALITIES = {"0180": "Stockholm", "1280": "Malmö", "2580": "Luleå"}
SERVICES = ["stockholm-ett", "malmo-kriscentrum"]
MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]

TOML = (Path(__file__).parents[2] / "flows" / "contact_form.toml").read_text(encoding="utf-8")
FORM = parse_form(TOML, municipalities=MUNICIPALITIES, counties=COUNTIES)


def two_years(seed: int) -> list[dict[str, str]]:
    chance = random.Random(seed)
    return invent(FORM, months=MONTHS, chance=chance, services=SERVICES)


RECORDS = two_years(seed=2)
USED_VIOLENCE = [record for record in RECORDS if record.get("role") == "uses_violence"]


def share(name: str, *codes: str) -> float:
    """Of those who used violence and whose answer is known."""
    cells = [record[name] for record in USED_VIOLENCE]
    known = [set(cell.split("|")) for cell in cells if cell not in {"unknown", "not_asked"}]
    return sum(not cell.isdisjoint(codes) for cell in known) / len(known)


def test_every_invented_record_could_have_been_filed() -> None:
    assert not [r for r in RECORDS if problems(FORM, r, known_services=SERVICES)]


def test_the_same_chance_invents_the_same_years() -> None:
    assert two_years(seed=5) == two_years(seed=5)
    assert two_years(seed=5) != two_years(seed=6)


def test_about_seventy_contacts_a_month() -> None:
    by_month = Counter(record["period"] for record in RECORDS)
    assert all(40 <= by_month[month] <= 100 for month in MONTHS)
    assert 65 <= len(RECORDS) / len(MONTHS) <= 75


def test_half_have_used_violence() -> None:
    assert 0.45 <= len(USED_VIOLENCE) / len(RECORDS) <= 0.55


def test_those_who_used_violence_resemble_the_published_figures() -> None:
    ages = [int(record["age"]) for record in USED_VIOLENCE if record["age"].isdecimal()]
    assert 36 <= mean(ages) <= 38
    assert 0.17 <= share("gender", "woman") <= 0.25
    assert 0.45 <= share("children", "living_with", "not_living_with", "expecting") <= 0.65
    assert 0.5 <= share("sought_help", "no") <= 0.78
    assert share("violence", "psychological") > share("violence", "physical") > 0.4
    assert share("referred_to", "municipal_violence_service") >= 0.5


ALWAYS_ASKED = {"period", "channel", "outcome", "wait_minutes"}
"""However the contact ended."""


def test_all_ways_in_and_some_who_left_the_queue_are_there() -> None:
    assert {record["channel"] for record in RECORDS} == {"phone", "web", "telegram"}
    left = [record for record in RECORDS if record["outcome"] == "left_queue"]
    assert len(left) > 20
    assert all(set(r) | {"wait_minutes"} == ALWAYS_ASKED for r in left)


def test_nobody_has_measured_how_long_somebody_waited_on_the_telephone() -> None:
    assert all(("wait_minutes" in r) == (r["channel"] != "phone") for r in RECORDS)


def test_the_main_roles_are_there() -> None:
    by_role = Counter(record.get("role") for record in RECORDS)
    assert min(by_role[role] for role in ("uses_violence", "exposed", "relative")) > 50
