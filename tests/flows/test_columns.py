import json
import random

import pytest

from bot.invented import invent
from flows.columns import Columns, encoded, joined, packed, unpacked
from flows.counting import months
from flows.evaluation import evaluation_set
from tests.flows.contacts import FORM, Record, columns, contacts

PERIOD = months("2025-01", "2025-03")
INVENTED = invent(FORM, months=PERIOD, chance=random.Random(7), services=["one"])

TOO_FINE = ("municipality", "referred_service", "note")


def read_back(some: Columns, name: str) -> list[str]:
    return [some[name].cells[number] for number in some[name].numbers]


def records_of(some: Columns) -> list[Record]:
    cells = {name: read_back(some, name) for name in some.by_name}
    rows = ({name: cells[name][at] for name in cells if cells[name][at]} for at in range(some.n))
    return list(rows)


def coarse(records: list[Record]) -> list[Record]:
    return [{k: v for k, v in record.items() if k not in TOO_FINE} for record in records]


def test_columns_hold_every_coded_answer_as_it_was_given() -> None:
    assert records_of(encoded(FORM, INVENTED)) == coarse(INVENTED)


def test_a_report_and_an_evaluation_set_tell_the_same_county() -> None:
    told = [{"county": county} for county in ("01", "", "unknown", "not_asked")]
    homes = [{"municipality": municipality} for municipality in ("0180", "unknown", "")]
    records = [contacts(1)[0] | county | home for county in told for home in homes]
    found = evaluation_set(FORM, records, shuffle=lambda _: None)
    at = found.names.index("county")
    assert read_back(encoded(FORM, records), "county") == [row[at] for row in found.rows]
    assert [row[at] for row in found.rows].count("01") == len(homes) + len(told) - 1


def test_what_was_packed_is_read_again() -> None:
    block = packed(encoded(FORM, INVENTED))
    assert records_of(unpacked(block)) == coarse(INVENTED)
    assert packed(unpacked(block)) == block


def test_no_note_place_or_service_is_in_what_is_packed() -> None:
    some = [record | {"note": "pelargonia"} for record in INVENTED if "municipality" in record]
    block = packed(encoded(FORM, some))
    assert not any(name.encode() in block for name in TOO_FINE)
    assert b"pelargonia" not in block


def test_joined_months_are_all_the_records_one_after_the_other() -> None:
    of_months = [[r for r in INVENTED if r["period"] == month] for month in PERIOD]
    blocks = [packed(encoded(FORM, some)) for some in of_months]
    assert records_of(joined([unpacked(block) for block in blocks])) == coarse(INVENTED)


def test_a_retired_code_and_a_question_of_an_older_form_are_still_read() -> None:
    retired = [{"period": "2019-02", "role": "exposed", "seriousness": "grave"}]
    older = FORM.model_copy(
        update={"questions": (FORM.by_name["period"], FORM.by_name["role"], added("seriousness"))}
    )
    both = joined([unpacked(packed(encoded(older, retired))), columns(contacts(2))])
    assert read_back(both, "seriousness") == ["grave", "", ""]
    assert read_back(both, "gender") == ["", "man", "man"]
    assert read_back(both, "never a question") == ["", "", ""]


def added(name: str) -> object:
    return FORM.by_name["severe"].model_copy(update={"name": name})


def test_a_question_may_have_more_cells_than_a_byte_can_count() -> None:
    some = contacts(700, wait_minutes=[f"{at}" for at in range(700)])
    assert records_of(unpacked(packed(columns(some)))) == coarse(some)


def test_only_the_months_asked_for_are_kept() -> None:
    kept = encoded(FORM, INVENTED).between("2025-02", "2025-02")
    assert records_of(kept) == coarse([r for r in INVENTED if r["period"] == "2025-02"])
    assert encoded(FORM, INVENTED).between("2024-01", "2024-12").n == 0
    assert encoded(FORM, INVENTED).between("2020-01", "2030-12").n == len(INVENTED)


def test_there_may_be_no_records() -> None:
    assert joined([]).n == 0
    assert unpacked(packed(columns([]))).n == 0
    assert joined([columns([]), columns(contacts(3))]).between("2026-01", "2026-01").n == 3


def test_a_record_takes_at_most_forty_bytes() -> None:
    many = encoded(FORM, INVENTED * 20)
    assert len(packed(many)) / many.n < 40
    assert sum(column.numbers.nbytes for column in many.by_name.values()) / many.n < 40


def test_a_newer_packing_and_a_damaged_one_are_refused() -> None:
    line, _, numbers = packed(columns(contacts(5))).partition(b"\n")
    newer = json.dumps(json.loads(line) | {"format": 2}).encode()
    with pytest.raises(ValueError, match="newer program"):
        unpacked(newer + b"\n" + numbers)
    for damaged in (line, line + b"\n" + numbers[:-1], line + b"\n" + numbers + b"0"):
        with pytest.raises(ValueError, match="damaged"):
            unpacked(damaged)
