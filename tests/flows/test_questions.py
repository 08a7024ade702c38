import pytest

from flows.contact_form import FormError
from tests.flows.form_texts import VERSION_1, changed, parsed

FORM = parsed(VERSION_1)

COLUMNS = (
    "period channel outcome role profession reason violence severe exposed_person children "
    "other_problem sought_help earlier_contact referred_to referred_service child_concern age "
    "gender county municipality born_in_sweden heard_via language interpreter wait_minutes "
    "talk_minutes helped note"
)

CODES = {
    "channel": "phone telegram web email voicemail",
    "outcome": "completed interrupted left_queue silent_or_misuse",
    "role": "uses_violence risks_violence exposed relative professional public other",
    "profession": "social_services health_care police prison_probation shelter school other",
    "reason": (
        "new_or_worse_act partner_leaving wants_to_change worry_children_or_authorities "
        "where_to_get_help police_or_court is_this_violence professional_advice "
        "concern_for_someone other"
    ),
    "violence": (
        "psychological physical sexual material economic neglect latent digital "
        "honour_related post_separation"
    ),
    "severe": "yes no",
    "exposed_person": "partner former_partner child parent sibling other_relative other",
    "children": "living_with not_living_with expecting none",
    "other_problem": (
        "alcohol drugs gambling mental_ill_health suicidal_thoughts finances unemployment "
        "housing separation_or_custody none other"
    ),
    "sought_help": "yes no",
    "earlier_contact": (
        "social_services psychiatry addiction_care primary_care family_counselling "
        "violence_treatment prison_probation police child_psychiatry none"
    ),
    "referred_to": (
        "municipal_violence_service shared_or_regional_service social_services "
        "crisis_centre_men psychiatry preventell womens_line_or_shelter victim_support "
        "emergency other none"
    ),
    "child_concern": "not_relevant discussed report_made",
    "gender": "woman man other",
    "county": "01 12",
    "municipality": "0180 1280",
    "born_in_sweden": "yes no",
    "heard_via": (
        "internet public_transport other_advertising_or_media professional "
        "friend_or_relative poster_or_leaflet other"
    ),
    "interpreter": "yes no",
    "helped": "better same worse no_answer",
    "age": "",
    "referred_service": "",
}
"""Beside `unknown` and `not_asked`."""


def test_the_columns_stand_in_the_order_of_the_codebook() -> None:
    assert " ".join(question.name for question in FORM.questions) == COLUMNS


@pytest.mark.parametrize(("name", "codes"), CODES.items())
def test_the_codes_are_those_of_the_codebook_and_both_missing_ones(name: str, codes: str) -> None:
    assert list(FORM.by_name[name].known) == [*codes.split(), "unknown", "not_asked"]


def test_only_the_service_and_the_note_may_be_empty() -> None:
    optional = {question.name for question in FORM.questions if question.may_be_empty}
    assert optional == {"referred_service", "note"}


def test_the_system_fills_in_what_the_counsellor_need_not_write() -> None:
    system = {question.name for question in FORM.questions if question.filled_by == "system"}
    assert system == {"period", "channel", "wait_minutes", "talk_minutes"}
    assert system == {question.name for question in FORM.in_section("system")}


def test_the_sections_hold_every_question_once_and_begin_with_the_contact() -> None:
    shown = [q.name for section in FORM.sections for q in FORM.in_section(section.name)]
    assert sorted(shown) == sorted(FORM.by_name)
    assert shown[:4] == ["outcome", "role", "profession", "reason"]
    assert shown.index("violence") < shown.index("children") < shown.index("referred_to")
    assert shown.index("referred_to") < shown.index("age") < shown.index("note")


def test_every_label_and_hint_is_written_in_both_languages() -> None:
    for question in FORM.questions:
        for words in (question.label, question.hint, *question.codes):
            assert words.sv.strip()
            assert words.en.strip()


def test_municipality_and_note_never_get_a_table() -> None:
    assert not FORM.by_name["municipality"].statistics
    assert not FORM.by_name["note"].statistics


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("version = 1", "version = ", "not TOML"),
        ("version = 1", "", "version"),
        ("missing = [", "absent = [", "missing"),
        ('name = "gender"', 'name = "age"', "age stands twice"),
        ('section = "ending"', 'section = "endings"', "unknown section"),
        ('{ code = "man",', '{ code = "woman",', "gender has a code twice"),
        ('question = "role", in = ["professional"]', 'question = "note", in = ["x"]', "before"),
        ('code = "man"', 'code = "man|woman"', "gender.codes.man.woman.code: String should match"),
        ('name = "gender"', 'name = "Gender"', "Gender.name: String should match"),
        ('name = "note"', 'name = "note"\nstatistics = true', "note is too fine for a table"),
        ('codes_from = "mun', 'statistics = true\ncodes_from = "mun', "municipality is too fine"),
        ('in = ["professional"]', 'in = ["professionals"]', "answers that role does not have"),
        ('question = "role", in = ["professional"]', 'question = "role"', "answers that role"),
    ],
)
def test_a_wrong_data_file_is_refused_with_one_sentence(old: str, new: str, says: str) -> None:
    assert old in VERSION_1
    with pytest.raises(FormError, match=says) as refusal:
        parsed(VERSION_1.replace(old, new, 1))
    assert "\n" not in str(refusal.value)


def test_every_wrong_place_is_named_by_its_question_and_code() -> None:
    wrong = changed(('sv = "Kvinna", ', ""), ('section = "ending"\n', ""))
    with pytest.raises(FormError) as refusal:
        parsed(wrong)
    assert refusal.value.sentences == (
        "The contact form is wrong at question.gender.codes.woman.sv: Field required.",
        "The contact form is wrong at question.helped.section: Field required.",
    )
    assert str(refusal.value) == refusal.value.sentences[0]
