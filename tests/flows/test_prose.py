"""The standing report in Swedish prose: the published figures come out as they were told."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from flows.change import Change
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
        "Knappt hälften av alla kontakter (46 procent, 153 av 331) kom från personer som själva",
        "82 procent män och 18 procent kvinnor, räknat på 150 kontakter",
        "Medelåldern var 37 år, räknat på 140 kontakter.",
        "78 procent (99 av 127) hade aldrig tidigare sökt hjälp för sitt våld.",
        "Övriga var framför allt personer som är utsatta för våld (23 procent av alla kontakter)",
        "Nio av tio (90 procent, 135 av 150) hade använt våld mot sin partner.",
        "Knappt en fjärdedel (24 procent, 36 av 150) hade använt våld mot barn.",
        "Bland de svar som kan visas var våldet oftast psykiskt (79 procent av 149), fysiskt",
        "fysiskt (44 procent) och ekonomiskt (9 procent)",
        "kom flest kontakter från Stockholms län (30 procent av 300)",
        "Av dem vars väntan är känd väntade drygt tre fjärdedelar (77 procent, 240 av 310) mindre",
    ],
)
def test_the_figures_of_2021_are_told_as_they_were_published(words: str) -> None:
    assert words in told(spring_to_autumn_2021())


def test_the_figures_of_2019_are_told_as_they_were_published() -> None:
    said = told(only(251, 505))
    assert said.startswith(
        "Under perioden februari–november 2019 kom det in 505 kontakter, ungefär 50 i månaden."
        "\n\nUngefär hälften av alla kontakter (50 procent, 251 av 505) kom från personer som"
    )


def test_a_comparison_is_told_with_its_direction_and_one_decimal() -> None:
    before, year_before = "perioden närmast före", "samma tid året före"
    beside = Beside(3.4, [(before, Change(19.5, 19.5)), (year_before, Change(-3.0, -3.0))])
    said = told(only(251, 505), beside)
    assert "ungefär 50 i månaden eller 3,4 per öppen dag." in said
    assert "Det är 19,5 procent fler än under perioden närmast före och" in said
    assert "3 procent färre än under samma tid året före." in said
    same = told(only(251, 505), Beside(changes=[(year_before, Change(0.0, 0.0))]))
    assert "Det är lika många som under samma tid året före." in same


def test_what_is_hidden_is_named_and_never_a_none_or_a_nought() -> None:
    whole = spring_to_autumn_2021()
    used = replace(
        whole.groups["used_violence"],
        mean_age=MeanAge(None, 12),
        has_children=HIDDEN,
        questions={"gender": table({"man": None, "woman": None}, base=120)},
    )
    said = told(replace(whole, groups={**whole.groups, "used_violence": used}))
    hidden = next(each for each in re.split(r"(?<=[.]) |\n\n", said) if "sägs inget här" in each)
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


def test_what_is_called_most_frequent_is_surely_so_when_some_is_hidden() -> None:
    sure, partly = "Vanligast var att", "Bland de svar som kan visas var det vanligast att"
    both = "på internet (75 procent av 40) och genom en affisch eller broschyr (25 procent)."
    heard = {"internet": 30, "poster_or_leaflet": 10}
    some_hidden = {**heard, "professional": None}
    assert both in told(heard_via(heard))
    assert both in told(heard_via({**heard, "other": None}))
    assert "och genom en affisch" in told(heard_via(some_hidden, base=49))
    one = told(heard_via(some_hidden, base=50))
    assert sure in one
    assert "affisch" not in one, "the hidden one may be as large"
    assert partly in told(heard_via(some_hidden, base=70))
    public = replace(heard_via(some_hidden, base=65), level="public")
    assert sure in told(heard_via(some_hidden, base=65))
    assert partly in told(public), "rounded numbers leave room for more"


def test_of_several_answers_a_hidden_one_has_what_the_other_groups_leave_of_all() -> None:
    whole = spring_to_autumn_2021()
    used, everybody = whole.groups["used_violence"], whole.groups["all"]
    partly, sure = "Bland de svar som kan visas var våldet oftast", "\n\nVåldet var oftast psykiskt"
    assert partly in told(whole)
    third = "fysiskt (44 procent) och ekonomiskt (9 procent)."
    for neglect, words in ((13, sure), (20, third), (140, partly)):
        kinds = table({"psychological": 200, "neglect": neglect}, base=240)
        more = replace(everybody, questions={**everybody.questions, "violence": kinds})
        exposed = group(76, 331, {"violence": table({"neglect": 10}, base=70)})
        groups = {**whole.groups, "all": more, "exposed": exposed}
        assert words in told(replace(whole, groups=groups))
    shown = table({"psychological": 118, "physical": 66}, base=149)
    shown_all = replace(used, questions={**used.questions, "violence": shown})
    assert sure in told(replace(whole, groups={**whole.groups, "used_violence": shown_all}))


def test_nothing_is_reserved_for_answers_that_are_known_to_be_few() -> None:
    said = told(spring_to_autumn_2021(), Beside(few={("violence", "neglect")}))
    assert "Våldet var oftast psykiskt (79 procent av 149), fysiskt (44 procent) och" in said


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


def test_one_gender_is_told_where_the_other_is_hidden() -> None:
    whole = spring_to_autumn_2021()
    used = whole.groups["used_violence"]
    men = replace(used, questions={**used.questions, "gender": table({"man": 123}, base=150)})
    said = told(replace(whole, groups={**whole.groups, "used_violence": men}))
    assert "Av dem som har använt våld var 82 procent män, räknat på 150 kontakter." in said
    assert "könsfördelningen" not in said


def test_a_share_that_the_table_has_of_another_base_is_told_of_both() -> None:
    roles = {"all": group(823, 823, {"role": table({"uses_violence": 420}, base=752)})}
    made = report({**roles, "used_violence": group(420, 823)}, first="2025-01", last="2025-12")
    assert "alla kontakter (51 procent, 420 av 823) kom från" in told(made)
    assert "Av de 752 vars roll är känd är det 56 procent." in told(made)
    assert "vars roll är känd" not in told(spring_to_autumn_2021())


def test_a_public_quarter_says_where_the_answers_of_those_are() -> None:
    made = replace(only(30, 60, first="2026-01", last="2026-03"), level="public")
    assert "visas bara i offentliga rapporter för hela år" in told(made)
    assert "könsfördelningen" not in told(made)
    assert "könsfördelningen" in told(replace(made, level="internal"))


def test_means_of_rounded_counts_are_called_rough() -> None:
    made = only(100, 225, first="2024-10", last="2024-12")
    assert "225 kontakter, 75 i månaden eller 5,9 per öppen dag." in told(made, Beside(5.9))
    public = told(replace(made, level="public"), Beside(5.9))
    assert "225 kontakter, ungefär 75 i månaden eller 5,9 per öppen dag." in public


def test_referrals_are_told_once_when_all_are_to_treatment() -> None:
    whole = spring_to_autumn_2021()
    assert "fick 96 procent (144 av 150) en hänvisning." in told(whole)
    used = replace(whole.groups["used_violence"], referred_anywhere=share(128, 150))
    said = told(replace(whole, groups={**whole.groups, "used_violence": used}))
    assert "85 procent (128 av 150) hänvisades till en verksamhet" in said
    assert "Räknas också" not in said
    assert "hänvisning" not in said.partition("hänvisades")[2]


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
    assert "\n\nAlla kontakter (150 av 150) kom från" in told(exact)
    assert "\n\nNästan alla kontakter (100 procent, 150 av 150)" in told(
        replace(exact, level="public")
    )


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
    ("n", "of", "words"),
    [
        (505, 10, "ungefär 50"), (858, 12, "ungefär 70"), (60, 1, "60"), (67, 5, "ungefär 13"),
        (25, 2, "ungefär 13"), (145, 2, "ungefär 75"), (1, 2, "ungefär 1"),
    ],
)  # fmt: skip
def test_means_are_rounded_half_up_to_what_can_be_said(n: int, of: int, words: str) -> None:
    assert about(n, of) == words


def test_periods_and_numbers_are_written_as_in_swedish() -> None:
    assert period_in_words("2026-05", "2026-05") == "maj 2026"
    assert period_in_words("2026-01", "2026-12") == "2026"
    assert period_in_words("2019-02", "2020-09") == "februari 2019 – september 2020"
    assert number(12345.5) == "12\N{NO-BREAK SPACE}345,5"
