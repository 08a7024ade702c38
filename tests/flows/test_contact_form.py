import pytest

from flows.contact_form import (
    cleaned,
    codes_in,
    problems,
    relevant,
)
from tests.flows.form_texts import VERSION_1, parsed

SERVICES = {"malmo-kriscentrum", "stockholm-ett"}

FORM = parsed(VERSION_1)

FILED = {
    "period": "2026-10",
    "channel": "web",
    "outcome": "completed",
    "role": "uses_violence",
    "reason": "partner_leaving|wants_to_change",
    "violence": "psychological|physical",
    "severe": "no",
    "exposed_person": "partner",
    "children": "living_with",
    "other_problem": "none",
    "sought_help": "no",
    "earlier_contact": "not_asked",
    "referred_to": "municipal_violence_service",
    "referred_service": "malmo-kriscentrum",
    "child_concern": "discussed",
    "age": "37",
    "gender": "man",
    "county": "12",
    "municipality": "1280",
    "born_in_sweden": "not_asked",
    "heard_via": "internet",
    "language": "sv",
    "interpreter": "no",
    "wait_minutes": "4",
    "talk_minutes": "38",
    "helped": "better",
    "note": "Vill ringa mottagningen i morgon.",
}

LEFT_QUEUE = {
    "period": "2026-10",
    "channel": "telegram",
    "outcome": "left_queue",
    "wait_minutes": "12",
}


def wrong(**changes: str) -> list[str]:
    """Names of the questions with a problem when these answers are changed."""
    found = problems(FORM, FILED | changes, known_services=SERVICES)
    return [problem.name for problem in found]


def test_whoever_left_the_queue_is_asked_four_things() -> None:
    for outcome in ("left_queue", "silent_or_misuse"):
        asked = relevant(FORM, FILED | {"outcome": outcome})
        assert asked == {"period", "channel", "outcome", "wait_minutes"}


def test_violence_concerns_five_roles_and_no_others() -> None:
    about_violence = {
        "violence",
        "severe",
        "exposed_person",
        "children",
        "other_problem",
        "sought_help",
        "earlier_contact",
        "child_concern",
    }
    for role in ("uses_violence", "risks_violence", "exposed", "relative", "professional"):
        assert about_violence <= relevant(FORM, {"outcome": "completed", "role": role})
    for role in ("public", "other", "unknown", "not_asked", ""):
        assert about_violence.isdisjoint(relevant(FORM, {"outcome": "completed", "role": role}))


def test_profession_is_asked_of_professionals_only() -> None:
    assert "profession" in relevant(FORM, {"role": "professional"})
    assert "profession" not in relevant(FORM, {"role": "relative"})


def test_an_answer_that_is_not_relevant_makes_nothing_else_relevant() -> None:
    asked = relevant(FORM, {"outcome": "left_queue", "role": "professional"})
    assert "profession" not in asked


def test_a_draft_without_an_outcome_already_asks_for_the_role() -> None:
    assert "role" in relevant(FORM, {})


def test_a_whole_form_and_a_left_queue_have_no_problems() -> None:
    assert problems(FORM, FILED, known_services=SERVICES) == ()
    assert problems(FORM, LEFT_QUEUE, known_services=()) == ()


MEASURED = {"wait_minutes", "talk_minutes"}
"""No code says of these that nobody knows: they stay empty then."""


def test_each_empty_relevant_question_is_a_problem() -> None:
    for name in FILED:
        expected = [] if name in {"referred_service", "note", *MEASURED} else [name]
        assert [n for n in wrong(**{name: " "}) if n == name] == expected


def test_an_empty_question_offers_the_words_for_no_answer() -> None:
    sentence = problems(FORM, FILED | {"gender": ""}, known_services=SERVICES)[0].sentence
    assert (
        sentence
        == "”Kön” saknar svar. Välj ”Vet ej” eller ”Inte frågat” om du inte har något svar."
    )
    sentence = problems(FORM, FILED | {"period": ""}, known_services=SERVICES)[0].sentence
    assert sentence == "”Månad” saknar svar."


def test_an_answer_to_a_question_that_is_not_relevant_is_a_problem() -> None:
    assert wrong(profession="police") == ["profession"]
    found = problems(FORM, LEFT_QUEUE | {"role": "exposed"}, known_services=())
    assert [problem.name for problem in found] == ["role"]


def test_a_question_that_the_form_does_not_have_is_a_problem() -> None:
    assert wrong(shoe_size="42") == ["shoe_size"]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("period", "2026-13"),
        ("period", "2026-1"),
        ("period", "2026-10-01"),
        ("channel", "fax"),
        ("gender", "man|woman"),
        ("violence", "physical|pysical"),
        ("violence", "physical|"),
        ("violence", "physical, sexual"),
        ("referred_service", "nowhere"),
        ("age", "14"),
        ("age", "111"),
        ("age", "37.5"),
        ("age", "037"),
        ("age", "٣٧"),
        ("wait_minutes", "-1"),
        ("wait_minutes", "1441"),
        ("wait_minutes", "4,5"),
        ("talk_minutes", "unknown"),
        ("language", "svenska"),
        ("language", "sv-anders-andersson"),
        ("municipality", "9999"),
        ("municipality", "0180"),
        ("note", "x" * 501),
        ("other_problem", "none|alcohol"),
        ("violence", "unknown|physical"),
        ("reason", "unknown|not_asked"),
        ("referred_service", "malmo-kriscentrum|not_asked"),
    ],
)
def test_an_answer_that_cannot_be_is_a_problem_and_is_not_repeated(name: str, cell: str) -> None:
    found = problems(FORM, FILED | {name: cell}, known_services=SERVICES)
    assert [problem.name for problem in found] == [name]
    assert cell not in found[0].sentence.replace("till exempel 2026-11", "")


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("age", "15"),
        ("age", "110"),
        ("age", "not_asked"),
        ("wait_minutes", "0"),
        ("wait_minutes", "1440"),
        ("language", "sv-FI"),
        ("language", "zh-Hant-TW"),
        ("language", "unknown"),
        ("channel", "not_asked"),
        ("municipality", "unknown"),
        ("county", "unknown"),
        ("referred_service", "malmo-kriscentrum|stockholm-ett"),
        ("referred_service", "unknown"),
        ("note", "x" * 500),
    ],
)
def test_an_answer_at_the_edge_is_fine(name: str, cell: str) -> None:
    assert wrong(**{name: cell}) == []


def test_cleaning_drops_what_is_not_relevant_and_what_is_empty() -> None:
    assert cleaned(FORM, FILED | LEFT_QUEUE) == LEFT_QUEUE
    assert "note" not in cleaned(FORM, FILED | {"note": "  "})


def test_cleaning_puts_codes_in_the_order_of_the_form_and_each_once() -> None:
    tidy = cleaned(FORM, FILED | {"violence": "sexual|physical|sexual", "note": " Lugn. "})
    assert tidy["violence"] == "physical|sexual"
    assert tidy["note"] == "Lugn."


def test_cleaning_puts_services_in_a_steady_order() -> None:
    tidy = cleaned(FORM, FILED | {"referred_service": "stockholm-ett|malmo-kriscentrum"})
    assert tidy["referred_service"] == "malmo-kriscentrum|stockholm-ett"


def test_cleaning_twice_changes_nothing_and_follows_the_columns() -> None:
    once = cleaned(FORM, FILED)
    assert cleaned(FORM, once) == once
    assert list(once) == [name for name in FORM.by_name if name in once]


def test_an_empty_cell_holds_no_codes() -> None:
    assert codes_in("") == ()
    assert codes_in("a|b") == ("a", "b")
