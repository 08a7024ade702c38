import json
import random
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest

from bot.resources import read_form
from flows.anonymity import KNOWN, Anonymity, anonymities, anonymity, as_json, as_text
from flows.codebook import codebook
from flows.evaluation import EvaluationSet, coarsened, evaluation_set
from flows.evaluation_request import (
    ANSWERED,
    ANSWERED_WITHIN,
    ASKER_GONE,
    CHANGED,
    FETCHED_ENOUGH,
    FETCHED_WITHIN,
    LAPSED,
    MOST_FETCHES,
    NO_WORDS,
    NOT_APPROVED,
    NOT_KNOWN,
    NOT_YOUR_REQUEST,
    NOT_YOURS,
    OVER,
    TOO_LATE,
    TOO_MANY_WORDS,
    WITHDRAWN,
    YOUR_OWN,
    Request,
    Step,
    no_answer_from,
    no_approval_from,
    no_fetch_by,
    no_fetch_of,
    no_withdrawal_by,
    unfit_words,
)
from flows.records import ContactRecord
from tests.cast import BO, KARIN, MONDAY_EVENING, MONDAY_MORNING

form = cache(read_form)

RECORD: ContactRecord = {
    "period": "2026-09",
    "channel": "phone",
    "outcome": "completed",
    "role": "uses_violence",
    "violence": "psychological|physical",
    "age": "34",
    "gender": "man",
    "county": "01",
    "municipality": "0180",
    "language": "sv",
    "wait_minutes": "7",
    "referred_service": "preventell",
    "note": "En anteckning",
}


def in_order(_: list[tuple[str, ...]]) -> None:
    """A shuffle that leaves the rows as they are."""


def made(*records: ContactRecord) -> EvaluationSet:
    return evaluation_set(form(), records, shuffle=in_order)


def cells(**changed: str) -> dict[str, str]:
    found = made({**RECORD, **changed})
    return dict(zip(found.names, found.rows[0], strict=True))


def test_all_coded_answers_are_there_and_nothing_else() -> None:
    left_out = {"note", "municipality", "referred_service"}
    everything = {question.name for question in form().questions}
    assert set(made(RECORD).names) == everything - left_out
    assert cells()["violence"] == "psychological|physical"


@pytest.mark.parametrize(
    ("name", "cell", "coarse"),
    [
        ("age", "17", "15-17"),
        ("age", "18", "18-34"),
        ("age", "55", "55+"),
        ("age", "unknown", "unknown"),
        ("age", "not_asked", "not_asked"),
        ("wait_minutes", "7", "5-14"),
        ("wait_minutes", "", ""),
        ("language", "sv", "sv"),
        ("language", "kab", "other"),
        ("gender", "woman", "woman"),
    ],
)
def test_ages_minutes_and_languages_stand_in_bands(name: str, cell: str, coarse: str) -> None:
    assert cells(**{name: cell})[name] == coarse


@pytest.mark.parametrize(
    ("county", "municipality", "told"),
    [("01", "0180", "01"), ("unknown", "1280", "12"), ("", "1280", "12"),
     ("unknown", "unknown", "unknown"), ("not_asked", "unknown", "not_asked")],
)  # fmt: skip
def test_a_municipality_becomes_its_county(county: str, municipality: str, told: str) -> None:
    assert cells(county=county, municipality=municipality)["county"] == told


def test_the_order_is_the_one_that_chance_gives() -> None:
    records = [{**RECORD, "age": f"{age}"} for age in (16, 20, 40, 60)]
    rows = made(*records).rows
    shuffled = evaluation_set(form(), records, shuffle=random.Random(3).shuffle).rows
    assert shuffled != rows
    assert sorted(shuffled) == sorted(rows)


def test_the_codebook_of_the_set_knows_every_cell_in_it() -> None:
    coarse = coarsened(form())
    cell_of = cells()
    for name in ("age", "wait_minutes", "language", "county", "gender"):
        assert cell_of[name] in coarse.by_name[name].known
    printed = codebook(coarse, "sv")
    assert "18–34 år" in printed
    assert "municipality" not in printed


def test_who_is_alike_in_what_is_known_is_one_group() -> None:
    crowd = [RECORD] * 11
    four = [{**RECORD, "county": "12", "municipality": "unknown"}] * 4
    one = {**RECORD, "gender": "woman"}
    found = anonymity(made(*crowd, *four, one), ("county", "gender"))
    assert (found.records, found.groups, found.smallest) == (16, 3, 1)
    assert (found.alone, found.under_5, found.under_11) == (1, 5, 5)


def test_ten_alike_are_no_crowd_and_five_are_not_few() -> None:
    found = anonymity(made(*[RECORD] * 10), ("county",))
    assert (found.under_5, found.under_11) == (0, 10)


def test_no_records_are_no_group() -> None:
    found = anonymity(made(), KNOWN[-1])
    assert (found.records, found.groups, found.smallest, found.alone) == (0, 0, 0, 0)


def test_knowing_more_never_hides_anybody() -> None:
    source = random.Random(5)
    records = [
        {
            **RECORD,
            "county": source.choice(["01", "12", "14"]),
            "gender": source.choice(["man", "woman"]),
            "age": f"{source.randint(15, 80)}",
        }
        for _ in range(200)
    ]
    found = made(*records)
    by_one, by_three = (anonymity(found, fields) for fields in (KNOWN[0], KNOWN[2]))
    assert by_one.under_11 <= by_three.under_11
    assert by_one.smallest >= by_three.smallest


def test_the_report_says_the_same_in_words_and_as_json() -> None:
    measured = anonymities(made(*[RECORD] * 6, {**RECORD, "county": "12", "municipality": "1280"}))
    text = as_text(measured, heading="Uppgifter för utvärdering")
    assert text.startswith("Uppgifter för utvärdering\n")
    assert "Län\n  Grupper: 2. Minsta gruppen: 1.\n  Ensamma i sin grupp: 1 av 7 (14 %)." in text
    assert "Län, kön och ålder i band" in text
    assert "inte anonyma" in text
    first = json.loads(json.dumps(as_json(measured)))[0]
    assert first["fields"] == ["county"]
    assert (first["smallest"], first["alone"], first["under_5"], first["under_11"]) == (1, 1, 1, 7)


@pytest.mark.parametrize(
    ("n", "of", "told"),
    [(0, 200, "0 %"), (1, 300, "under 1 %"), (1, 200, "1 %"), (1, 40, "3 %"), (198, 200, "99 %"),
     (199, 200, "över 99 %"), (200, 200, "100 %")],
)  # fmt: skip
def test_shares_are_rounded_half_up_and_none_and_all_are_said_of_nobody_and_everybody_only(
    n: int, of: int, told: str
) -> None:
    found = Anonymity(("county",), of, groups=3, smallest=1, alone=n, under_5=n, under_11=n)
    assert f"Ensamma i sin grupp: {n} av {of} ({told})." in as_text([found], heading="")


# asking for it

ASKED = Step("asked", KARIN, MONDAY_MORNING)
APPROVED = Step("approved", BO, MONDAY_EVENING)
DECLINED = Step("declined", BO, MONDAY_EVENING)
FETCHED = Step("fetched", KARIN, MONDAY_EVENING)
WITHDRAWAL = Step("withdrawn", KARIN, MONDAY_EVENING)


def request(*steps: Step) -> Request:
    return Request(1, "2026-01", "2026-03", "Tillsyn", "Tillsynen", (ASKED, *steps))


def test_another_may_answer_once_and_never_the_asker() -> None:
    assert no_answer_from(request(), BO, MONDAY_EVENING) == ""
    assert no_answer_from(request(), KARIN, MONDAY_EVENING) == YOUR_OWN
    assert no_answer_from(request(APPROVED), BO, MONDAY_EVENING) == ANSWERED
    assert no_answer_from(request(DECLINED), BO, MONDAY_EVENING) == ANSWERED


def test_nobody_approves_for_somebody_who_has_left() -> None:
    assert no_approval_from(request(), BO, MONDAY_EVENING, asker_is_here=True) == ""
    assert no_approval_from(request(), BO, MONDAY_EVENING, asker_is_here=False) == ASKER_GONE
    assert no_approval_from(request(), KARIN, MONDAY_EVENING, asker_is_here=True) == YOUR_OWN


def test_the_asker_fetches_within_a_week_of_the_approval_and_a_few_times() -> None:
    last = MONDAY_EVENING + FETCHED_WITHIN
    late = last.replace(second=1)
    some, enough = (request(APPROVED, *[FETCHED] * n) for n in (MOST_FETCHES - 1, MOST_FETCHES))
    assert no_fetch_by(some, KARIN, last) == ""
    assert no_fetch_by(some, KARIN, late) == TOO_LATE
    assert no_fetch_by(enough, KARIN, last) == FETCHED_ENOUGH
    assert no_fetch_by(some, BO, last) == NOT_YOURS
    assert no_fetch_by(request(), KARIN, last) == NOT_APPROVED
    assert no_fetch_by(request(DECLINED), KARIN, last) == NOT_APPROVED


def test_a_request_waits_thirty_days_for_its_answer() -> None:
    last = MONDAY_MORNING + ANSWERED_WITHIN
    late = last + timedelta(seconds=1)
    assert no_answer_from(request(), BO, last) == ""
    assert (no_answer_from(request(), BO, late), request().state(late)) == (LAPSED, "lapsed")
    assert no_fetch_by(request(), KARIN, late) == LAPSED
    assert no_withdrawal_by(request(), KARIN, late) == OVER
    assert no_answer_from(request(APPROVED), BO, late) == ANSWERED


def test_who_asked_takes_it_back_while_something_may_come_of_it() -> None:
    for going_on in (request(), request(APPROVED), request(APPROVED, FETCHED)):
        assert no_withdrawal_by(going_on, KARIN, MONDAY_EVENING) == ""
        assert no_withdrawal_by(going_on, BO, MONDAY_EVENING) == NOT_YOUR_REQUEST
    over = (request(DECLINED), request(APPROVED, *[FETCHED] * MOST_FETCHES), request(WITHDRAWAL))
    assert [no_withdrawal_by(each, KARIN, MONDAY_EVENING) for each in over] == [OVER] * 3
    for steps in ((WITHDRAWAL,), (APPROVED, WITHDRAWAL)):
        assert no_fetch_by(request(*steps), KARIN, MONDAY_EVENING) == WITHDRAWN
        assert no_answer_from(request(*steps), BO, MONDAY_EVENING) == WITHDRAWN


def test_only_the_set_that_was_approved_is_fetched() -> None:
    several = [{**RECORD, "age": f"{age}"} for age in (16, 20, 40)]
    digest = made(*several).digest
    approved = request(replace(APPROVED, digest=digest))
    assert no_fetch_of(approved, made(*reversed(several)).digest) == ""
    for other in (made(*several, RECORD), made(*several[1:]), made(*several[:2], several[1])):
        assert no_fetch_of(approved, other.digest) == CHANGED
    assert no_fetch_of(request(APPROVED), digest) == NOT_KNOWN


def test_a_request_says_in_a_few_words_what_for_and_for_whom() -> None:
    assert unfit_words("Tillsyn", "Tillsynen") == ""
    assert unfit_words("", "Tillsynen") == NO_WORDS
    assert unfit_words("Tillsyn", "") == NO_WORDS
    assert unfit_words("x" * 201, "Tillsynen") == TOO_MANY_WORDS
