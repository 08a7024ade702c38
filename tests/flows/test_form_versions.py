import hashlib

import pytest

from flows.contact_form import FormError, problems
from flows.form_versions import SUMS, faults, parse_published
from flows.questions import Form
from tests.flows.form_texts import COUNTIES, FORMS, MUNICIPALITIES, VERSION_1, changed, parsed

ONE = parsed(VERSION_1)

WOMAN = '{ code = "woman", sv = "Kvinna", en = "Woman" }'
MAN = '{ code = "man", sv = "Man", en = "Man" }'
AFTER_GENDERS = '\n]\n\n[[question]]\nname = "county"'
GENDER_QUESTION = 'label = { sv = "Kön", en = "Gender" }'
NEW_QUESTION = """
[[question]]
name = "weather"
type = "one"
section = "ending"
label = { sv = "Väder", en = "Weather" }
hint = { sv = "Ute.", en = "Outside." }
codes = [{ code = "rain", sv = "Regn", en = "Rain" }]
"""


def found(*replacements: tuple[str, str]) -> tuple[str, ...]:
    """What is wrong with version 2 when it changes this of version 1."""
    return faults(parsed(changed(*replacements)), [ONE])


def kept(*texts: str, **others: str) -> dict[str, str]:
    """Published versions as files, with the sums that they had."""
    files = {f"{number}.toml": text for number, text in enumerate(texts, start=1)}
    sums = (
        f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in files.items()
    )
    return {**files, SUMS: "".join(sums), **others}


def published(files: dict[str, str]) -> tuple[Form, ...]:
    return parse_published(files, municipalities=MUNICIPALITIES, counties=COUNTIES)


def test_the_form_in_use_breaks_with_no_published_version() -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in FORMS.iterdir()}
    present = parsed((FORMS.parent / "contact_form.toml").read_text(encoding="utf-8"))
    assert faults(present, published(files)) == ()


def test_the_same_version_and_the_next_one_are_fine_without_changes() -> None:
    assert faults(parsed(VERSION_1), [ONE]) == ()
    assert found() == ()


def test_a_comment_is_no_change() -> None:
    assert faults(parsed(f"# Nothing.\n{VERSION_1}"), [ONE]) == ()


@pytest.mark.parametrize("version", [0, 3])
def test_a_version_that_does_not_follow_is_a_fault(version: int) -> None:
    text = VERSION_1.replace("version = 1", f"version = {version}")
    assert faults(parsed(text), [ONE]) == (f"The form is version {version}: the next one is 2.",)


def test_a_change_without_a_new_version_is_a_fault() -> None:
    text = VERSION_1.replace("Utgå från det", "Gå efter det")
    assert faults(parsed(text), [ONE]) == ("The form is not what was published as 1: make it 2.",)


def test_what_a_table_is_called_in_reports_is_no_part_of_a_version() -> None:
    named = f'{GENDER_QUESTION}\nreport = {{ sv = "Könsfördelning", en = "Gender" }}'
    assert faults(parsed(VERSION_1.replace(GENDER_QUESTION, named)), [ONE]) == ()
    empty = VERSION_1.replace(GENDER_QUESTION, named.replace("Könsfördelning", " "))
    assert faults(parsed(empty), [ONE]) == ("gender, report: the Swedish words are empty.",)


def test_a_new_code_a_new_question_and_another_hint_are_fine() -> None:
    assert found((MAN, f'{MAN},\n  {{ code = "both", sv = "Båda", en = "Both" }}')) == ()
    assert faults(parsed(changed() + NEW_QUESTION), [ONE]) == ()
    assert found(("Utgå från det", "Gå efter det")) == ()


def test_a_condition_may_ask_more_people() -> None:
    assert found(('in = ["professional"]', 'in = ["professional", "public"]')) == ()


def test_a_reworded_label_must_name_the_old_words() -> None:
    reworded = '{ code = "woman", sv = "Kvinna eller flicka", en = "Woman" }'
    assert found((WOMAN, reworded)) == (
        (
            'gender, woman: "Kvinna" has become "Kvinna eller flicka"; if it means the same, '
            'write "Kvinna" under was, otherwise take a new code.'
        ),
    )
    assert found((WOMAN, reworded.replace(" }", ', was = ["Kvinna"] }'))) == ()


def test_a_reworded_question_must_name_the_old_words_in_each_language() -> None:
    reworded = 'label = { sv = "Könsidentitet", en = "Gender identity", was = ["Kön"] }'
    assert found((GENDER_QUESTION, reworded)) == (
        (
            'gender: "Gender" has become "Gender identity"; if it means the same, '
            'write "Gender" under was, otherwise take a new name.'
        ),
    )
    assert found((GENDER_QUESTION, reworded.replace('"Kön"]', '"Kön", "Gender"]'))) == ()


def test_old_words_must_be_named_as_long_as_there_are_versions_that_have_them() -> None:
    second = changed((WOMAN, '{ code = "woman", sv = "Kvinnor", en = "Woman", was = ["Kvinna"] }'))
    forgets = changed(
        ('"Kvinnor", en = "Woman", was = ["Kvinna"]', '"Tjej", en = "Woman", was = ["Kvinnor"]'),
        text=second,
        version=3,
    )
    said = faults(parsed(forgets), [ONE, parsed(second)])
    assert len(said) == 1
    assert said[0].startswith('gender, woman: "Kvinna" has become "Tjej"')


def test_words_that_stood_for_one_code_never_stand_for_another() -> None:
    said = found(
        (WOMAN, '{ code = "woman", sv = "Man", en = "Man", was = ["Kvinna", "Woman"] }'),
        (MAN, '{ code = "man", sv = "Kvinna", en = "Woman", was = ["Man"] }'),
    )
    assert 'gender: "Man" stood for man, not for woman.' in said
    assert 'gender: "Kvinna" stood for woman, not for man.' in said


def test_a_new_code_does_not_take_the_words_of_a_retired_one() -> None:
    retired = MAN.replace(" }", ", retired = true }")
    again = '{ code = "male", sv = "Man", en = "Male" }'
    assert found((MAN, f"{retired},\n  {again}")) == (
        "gender: man and male have the same label.",
        'gender: "Man" stood for man, not for male.',
    )


def test_a_code_that_is_gone_is_a_fault_and_a_retired_one_is_not() -> None:
    assert found((f"  {MAN},\n", "")) == (
        "gender: the code man is gone; keep it, with retired = true.",
    )
    assert found((MAN, MAN.replace(" }", ", retired = true }"))) == ()


def test_a_retired_code_does_not_come_back_as_something_else() -> None:
    second = changed((MAN, MAN.replace(" }", ", retired = true }")))
    third = changed(
        ('sv = "Man", en = "Man", retired = true', 'sv = "Pojke", en = "Boy"'),
        text=second,
        version=3,
    )
    said = faults(parsed(third), [ONE, parsed(second)])
    assert [sentence[:40] for sentence in said] == [
        'gender, man: "Man" has become "Pojke"; i',
        'gender, man: "Man" has become "Boy"; if ',
    ]


def test_the_codes_for_no_answer_are_kept_too_and_told_of_once() -> None:
    said = found(('{ code = "unknown", sv = "Vet ej"', '{ code = "unknown", sv = "Vill ej"'))
    assert len(said) == 1
    assert said[0].startswith('missing, unknown: "Vet ej" has become "Vill ej"')


def test_codes_keep_their_order() -> None:
    said = found((f"{WOMAN},\n  {MAN},", f"{MAN},\n  {WOMAN},"))
    assert said == ("gender: the codes have moved; published ones keep their order.",)


def test_a_question_that_is_gone_or_has_another_name_is_a_fault() -> None:
    said = found(('name = "interpreter"', 'name = "tolk"'))
    assert said == ("interpreter: the question is gone; one that was published keeps its column.",)


def test_columns_keep_their_order_and_new_ones_come_last() -> None:
    moved = "The columns have moved: published questions keep their order, new ones come last."
    first = f'{NEW_QUESTION}\n[[question]]\nname = "period"'
    assert found(('[[question]]\nname = "period"', first)) == (moved,)


def test_a_question_keeps_its_type() -> None:
    said = found(('name = "severe"\ntype = "one"', 'name = "severe"\ntype = "many"'))
    assert said == (
        (
            "severe: the type was one and is many; "
            "a question that is asked in another way takes a new name."
        ),
    )


def test_places_are_not_exchanged_for_other_codes() -> None:
    said = found(('codes_from = "municipalities"', 'codes_from = "counties"'))
    assert said == (
        "municipality: codes_from has changed; other codes take a question with a new name.",
    )


def test_words_that_are_empty_are_named_in_all_their_places() -> None:
    assert found(
        ('en = "People and circumstances"', 'en = ""'),
        ('hint = { sv = "Utgå från det som personen själv berättar."', 'hint = { sv = " "'),
    ) == (
        "sections, people: the English words are empty.",
        "role, hint: the Swedish words are empty.",
    )
    assert found(
        ('en = "Unknown"', 'en = "", was = ["Unknown"]'),
        ('sv = "Kön"', 'sv = "", was = ["Kön"]'),
        ('sv = "Kvinna"', 'sv = "", was = ["Kvinna"]'),
    ) == (
        "missing, unknown: the English words are empty.",
        "gender, label: the Swedish words are empty.",
        "gender, woman: the Swedish words are empty.",
    )


def test_two_codes_with_the_same_label_are_a_fault() -> None:
    both = f'{MAN},\n  {{ code = "both", sv = "Båda", en = "Man" }}'
    assert "gender: man and both have the same label." in found((MAN, both))


def test_published_versions_are_read_oldest_first() -> None:
    texts = [VERSION_1]
    for version in range(2, 12):
        texts.append(changed(text=texts[-1], version=version))
    assert [form.version for form in published(kept(*texts))] == list(range(1, 12))


def refused(files: dict[str, str]) -> tuple[str, ...]:
    with pytest.raises(FormError) as refusal:
        published(files)
    return refusal.value.sentences


def test_a_published_version_that_was_edited_is_refused() -> None:
    files = kept(VERSION_1) | {"1.toml": VERSION_1.replace("Kvinna", "Dam")}
    assert refused(files) == ("The published form 1.toml was edited: put back what was published.",)


def test_a_published_version_that_is_gone_is_refused() -> None:
    gone = ("The published form 1.toml is gone: put it back.",)
    both = kept(VERSION_1, changed())
    assert refused({name: both[name] for name in ("2.toml", SUMS)}) == gone
    assert refused({}) == gone


def test_a_version_without_a_sum_or_with_another_number_is_refused() -> None:
    assert refused(kept(VERSION_1) | {"2.toml": changed()}) == (
        "The published form 2.toml has no line in SHA256SUMS: add what sha256sum says of it.",
    )
    assert refused(kept(VERSION_1, VERSION_1)) == (
        "The published form 2.toml says that it is version 1.",
    )


def test_a_retired_code_is_not_offered_and_stays_an_answer_of_older_records() -> None:
    form = parsed(changed((MAN, MAN.replace(" }", ", retired = true }"))))
    gender = form.by_name["gender"]
    assert [code.code for code in gender.offered] == ["woman", "other", "unknown", "not_asked"]
    assert not [
        p for p in problems(form, {"gender": "man"}, known_services=()) if p.name == "gender"
    ]
