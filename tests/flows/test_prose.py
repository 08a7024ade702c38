"""The standing report in Swedish prose: the published figures come out as they were told."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from flows.prose import Beside, prose
from flows.report import MeanAge, Report
from flows.swedish import about, fraction, number, period_in_words
from tests.flows.form_texts import VERSION_1, parsed
from tests.flows.made_reports import (
    HIDDEN,
    group,
    report,
    share,
    spring_to_autumn_2021,
    table,
)

FORM = parsed(VERSION_1)


def told(of: Report, beside: Beside | None = None) -> str:
    return prose(of, FORM, beside).replace("\N{NO-BREAK SPACE}", " ")


def only(used: int | None, of: int, **span: str) -> Report:
    groups = {"all": group(of, of), "used_violence": group(used, of)}
    return report(groups, **{"first": "2019-02", "last": "2019-11", **span})  # type: ignore[arg-type]


def heard_via(answers: Mapping[str, int | None], *, base: int | None = None) -> Report:
    groups = {
        "all": group(40, 40, {"heard_via": table(answers, base=base)}),
        "used_violence": group(20, 40),
    }
    return report(groups, first="2026-01", last="2026-03")


@pytest.mark.parametrize(
    "words",
    [
        "Under perioden mars–oktober 2021 kom det in 331 kontakter, ungefär 40 i månaden.",
        "Knappt hälften (46 procent, 153 av 331) kom från personer som själva säger",
        "82 procent män och 18 procent kvinnor, räknat på 150 kontakter",
        "Medelåldern var 37 år, räknat på 140 kontakter.",
        "hade 78 procent (99 av 127) aldrig tidigare sökt hjälp",
        "Övriga var framför allt personer som är utsatta för våld (23 procent av alla kontakter)",
        "Mot sin partner hade nio av tio (90 procent, 135 av 150) använt våld.",
        "Mot barn hade knappt en fjärdedel (24 procent, 36 av 150) använt våld.",
        "Bland de svar som kan visas var våldet oftast psykiskt (79 procent av 149), fysiskt",
        "fysiskt (44 procent) och ekonomiskt (9 procent)",
        "kom flest kontakter från Stockholms län (30 procent av 300)",
    ],
)
def test_the_figures_of_2021_are_told_as_they_were_published(words: str) -> None:
    assert words in told(spring_to_autumn_2021())


def test_the_figures_of_2019_are_told_as_they_were_published() -> None:
    said = told(only(251, 505))
    assert said.startswith(
        "Under perioden februari–november 2019 kom det in 505 kontakter, ungefär 50 i månaden."
        "\n\nUngefär hälften (50 procent, 251 av 505) kom från personer som"
    )


def test_a_comparison_is_told_with_its_direction_and_one_decimal() -> None:
    before, year_before = "perioden närmast före", "samma tid året före"
    beside = Beside(3.4, [(before, 19.5), (year_before, -3.0)])
    said = told(only(251, 505), beside)
    assert "ungefär 50 i månaden eller 3,4 per öppen dag." in said
    assert "Det är 19,5 procent fler än under perioden närmast före och" in said
    assert "3 procent färre än under samma tid året före." in said
    same = told(only(251, 505), Beside(changes=[(year_before, 0.0)]))
    assert "Det är lika många som under samma tid året före." in same


def test_what_is_hidden_is_named_and_never_a_none_or_a_nought() -> None:
    whole = spring_to_autumn_2021()
    used = replace(
        whole.groups["used_violence"],
        mean_age=MeanAge(None, 12),
        has_children=HIDDEN,
        questions={"gender": table({"man": 120, "woman": None})},
    )
    said = told(replace(whole, groups={**whole.groups, "used_violence": used}))
    hidden = next(each for each in re.split(r"(?<=[.]) |\n\n", said) if "visas inte" in each)
    for subject in ("könsfördelningen", "medelåldern", "barn", "slag av våld"):
        assert subject in hidden
    assert "None" not in said
    assert not re.search(r"\b0 ", said)


def test_the_figures_of_those_who_used_violence_say_whose_they_are_when_gender_is_hidden() -> None:
    whole = spring_to_autumn_2021()
    used = whole.groups["used_violence"]
    hidden = replace(used, questions={**used.questions, "gender": table({"man": None})})
    said = told(replace(whole, groups={**whole.groups, "used_violence": hidden}))
    assert "\n\nDet här gäller dem som själva säger att de har använt våld. Medelåldern" in said
    assert "Det här gäller" not in told(whole)


def test_what_is_called_most_frequent_is_so_among_what_is_shown_when_some_is_hidden() -> None:
    sure, partly = "Vanligast var att", "Bland de svar som kan visas var det vanligast att"
    heard = {"internet": 30, "poster_or_leaflet": 10}
    some_hidden = {**heard, "professional": None}
    assert sure in told(heard_via(heard))
    assert sure in told(heard_via({**heard, "other": None}))
    assert sure in told(heard_via(some_hidden, base=49))
    assert partly in told(heard_via(some_hidden, base=50)), "the hidden one may be as large"
    assert partly in told(replace(heard_via(some_hidden, base=45), level="public"))


def test_of_several_answers_a_hidden_one_may_always_be_the_most_frequent() -> None:
    whole = spring_to_autumn_2021()
    used = whole.groups["used_violence"]
    kinds = {"psychological": 118, "physical": 66}
    shown = replace(used, questions={**used.questions, "violence": table(kinds, base=149)})
    assert "\n\nAv dem" in told(whole)
    assert " Våldet var oftast psykiskt" not in told(whole)
    assert " Våldet var oftast psykiskt" in told(
        replace(whole, groups={**whole.groups, "used_violence": shown})
    )


def test_the_others_are_the_largest_shown_when_a_hidden_group_may_be_larger() -> None:
    roles = {"uses_violence": 20, "exposed": 9, "relative": 8, "professional": None}
    shown = {name: group(roles[name], 60) for name in ("exposed", "relative", "professional")}
    made = {"used_violence": group(20, 60), **shown}
    for base, words in ((44, "Övriga var framför allt"), (60, "övriga grupper som kan visas var")):
        everybody = group(60, 60, {"role": table(roles, base=base)})
        said = told(report({"all": everybody, **made}, first="2026-01", last="2026-03"))
        assert f"{words} personer som är utsatta för våld (15 procent av alla kontakter)" in said


def test_whether_it_helped_is_told_of_those_who_answered() -> None:
    whole = spring_to_autumn_2021()
    assert "sade knappt fyra av fem (79 procent, 150 av 190) att det kändes bättre" in told(whole)
    assert "bättre efter samtalet; 60 svarade inte." in told(whole)
    everybody = whole.groups["all"]
    hidden = {**everybody.questions, "helped": table({"better": 150, "no_answer": None}, base=250)}
    partly = replace(everybody, questions=hidden)
    said = told(replace(whole, groups={**whole.groups, "all": partly}))
    assert "sade tre av fem (60 procent, 150 av 250) att det kändes bättre efter samtalet; " in said
    assert "de som inte svarade är medräknade." in said


def test_a_public_share_of_few_who_answered_has_no_percent() -> None:
    answers = {"better": 30, "same": 15, "no_answer": 55}
    everybody = group(100, 100, {"helped": table(answers)})
    made = report(
        {"all": everybody, "used_violence": group(50, 100)}, first="2026-01", last="2026-03"
    )
    assert "sade 30 av 45 att" in told(replace(made, level="public"))
    assert "(67 procent, 30 av 45)" in told(made)


def test_referrals_are_told_once_when_all_are_to_treatment() -> None:
    whole = spring_to_autumn_2021()
    assert "fick 96 procent (144 av 150) en hänvisning." in told(whole)
    used = replace(whole.groups["used_violence"], referred_anywhere=share(128, 150))
    said = told(replace(whole, groups={**whole.groups, "used_violence": used}))
    assert "hänvisades 85 procent (128 av 150)." in said
    assert "alla hänvisningar" not in said
    assert "visas inte" not in said.partition("hänvisades")[2].partition("\n\n")[0]


def test_too_few_contacts_and_too_few_who_used_violence_are_said_in_words() -> None:
    few = only(None, 40, first="2026-05", last="2026-05")
    assert told(few).startswith("Under maj 2026 kom det in 40 kontakter.\n\nHur många som själva")
    assert "Av dem" not in told(few)
    none = replace(few, contacts=None)
    assert told(none) == "Under maj 2026 kom det in så få kontakter att antalet inte kan visas."


def test_a_share_without_a_percent_is_told_as_a_count_alone() -> None:
    whole = only(30, 40, first="2026-01", last="2026-03")
    small = replace(whole.groups["used_violence"], share=None)
    said = told(replace(whole, level="public", groups={**whole.groups, "used_violence": small}))
    assert "Av kontakterna kom 30 av 40 från personer" in said
    assert said.endswith("Antalen är avrundade till närmaste femtal.")


def test_all_is_said_of_exact_counts_only() -> None:
    exact = only(150, 150)
    assert "\n\nAlla (150 av 150) kom från" in told(exact)
    assert "\n\nNästan alla (100 procent, 150 av 150)" in told(replace(exact, level="public"))


def test_every_share_says_what_it_is_of() -> None:
    said = told(spring_to_autumn_2021())
    for sentence in re.split(r"(?<=[.]) |\n\n", said):
        if "procent" in sentence and "Övriga" not in sentence and "summan" not in sentence:
            assert re.search(r"\d+ av \d+|procent av \d+|räknat på \d+", sentence), sentence


def test_an_answer_that_the_form_got_later_is_quoted_as_it_is_called_there() -> None:
    groups = {
        "all": group(100, 100, {"channel": table({"web": 40}), "heard_via": table({"radio": 40})}),
        "used_violence": group(50, 100),
    }
    assert "hittat hit ”radio” (100 procent av 40)" in told(
        report(groups, first="2026-01", last="2026-03")
    )


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (0, "mindre än en procent"),
        (8, "8 procent"),
        (10, "en av tio"),
        (19, "knappt en femtedel"),
        (20, "ungefär en femtedel"),
        (22, "drygt en femtedel"),
        (24, "knappt en fjärdedel"),
        (33, "ungefär en tredjedel"),
        (34, "drygt en tredjedel"),
        (46, "knappt hälften"),
        (49, "ungefär hälften"),
        (51, "ungefär hälften"),
        (53, "drygt hälften"),
        (55, "55 procent"),
        (67, "ungefär två tredjedelar"),
        (78, "78 procent"),
        (82, "82 procent"),
        (90, "nio av tio"),
        (91, "drygt nio av tio"),
        (98, "nästan alla"),
    ],
)
def test_shares_are_said_as_people_say_them(percent: int, words: str) -> None:
    assert fraction(percent) == words


@pytest.mark.parametrize(
    ("n", "words"),
    [(50.5, "ungefär 50"), (71.5, "ungefär 70"), (60, "60"), (13.4, "ungefär 13")],
)  # fmt: skip
def test_means_are_rounded_to_what_can_be_said(n: float, words: str) -> None:
    assert about(n) == words


def test_periods_and_numbers_are_written_as_in_swedish() -> None:
    assert period_in_words("2026-05", "2026-05") == "maj 2026"
    assert period_in_words("2026-01", "2026-12") == "2026"
    assert period_in_words("2019-02", "2020-09") == "februari 2019 – september 2020"
    assert number(12345.5) == "12\N{NO-BREAK SPACE}345,5"
