"""What is warned of in a note: names and places, and little else."""

from itertools import pairwise

import pytest

from bot.resources import read_reviewer
from flows.redaction import find, mask
from tests.effort import least_effort
from tests.flows.redaction_harmless import harmless
from tests.flows.redaction_sentences import NAMES, NOTES, lines, sentences
from tests.flows.redaction_ways import WAYS, Chance, written

PER_KIND = 300
HARMLESS = 600
REVIEWER = read_reviewer()


def found(text: str) -> list[tuple[str, str, str]]:
    return [(text[each.start : each.end], each.kind, each.level) for each in REVIEWER.review(text)]


def warned(text: str) -> list[str]:
    return [words for words, _, level in found(text) if level == "warn"]


@pytest.mark.parametrize("name", WAYS)
def test_every_way_to_write_an_identifier_blocks(name: str) -> None:
    write, kinds = WAYS[name]
    chance = Chance(name)
    texts = [written(chance, write) for _ in range(PER_KIND)]
    missed = [text for text in texts if not kinds & {each.kind for each in find(text)}]
    assert missed == []


def test_hardly_anything_that_only_looks_like_an_identifier_blocks() -> None:
    chance = Chance("harmless")
    texts = [harmless(chance) for _ in range(HARMLESS)]
    wrong = [text for text in texts if find(text)]
    assert len(wrong) <= 0.02 * HARMLESS, wrong


@pytest.mark.parametrize(
    "text",
    [
        *("20010322-20010704", "2002-07-19T13:15:00", "20010322 13:15", "12/5-14/6 2019"),
        *("07-16, 08-17", "100-200 000 kr", "1,234,567 kr", "punkt 51.127.51", "$1,200,000"),
    ],
)
def test_spans_of_days_hours_and_money_are_no_numbers_to_call(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("snap hela tiden", "insta storyn", "min insta spärrad", "hon har snapchat, ibland"),
        *("barnen är sju åtta tio tolv och femton år", "jobbar 0700 1630", "skift 1215 2030"),
        *("sju sex fem fyra tre två ett noll", "jag bor i 14 7 dagar", "lo oil 0", "typ 0,5 l"),
    ],
)
def test_talk_of_services_ages_and_hours_is_no_identifier(text: str) -> None:
    assert find(text) == ()


def test_no_everyday_word_beside_a_service_is_masked() -> None:
    wrong = [line for line in lines("harmless_chat.txt") if find(line)]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        *(("min snap: kalleanka", "kalleanka"), ("snap kalleanka", "kalleanka")),
        *(("insta heter kalle.anka92", "kalle.anka92"), ("insta heter svartkatt", "svartkatt")),
        *(("adda min insta lisaberga", "lisaberga"), ("jag heter fluffkatt på ig", "fluffkatt")),
        *(("min kik är erikholm.", "erikholm"), ("jag är majalund på snap", "majalund")),
    ],
)
def test_a_profile_name_with_a_sign_of_one_blocks(text: str, profile: str) -> None:
    assert [each for each in found(text) if each[2] == "block"] == [(profile, "handle", "block")]


@pytest.mark.parametrize(
    "text", ["min snap är fluffkatz", "snap fluffkatz", "min insta fluffkatz", "kik: fluffkatz"]
)
def test_what_may_be_a_profile_name_is_warned_of_and_not_masked(text: str) -> None:
    assert found(text) == [("fluffkatz", "handle", "warn")]
    assert mask(text) == (text, ())


@pytest.mark.parametrize("plate", ["sep 32x", "jan 121", "jul 10u"])
def test_a_plate_that_begins_as_a_month_does_blocks(plate: str) -> None:
    assert found(f"bilen har {plate}") == [(plate, "plate", "block")]


@pytest.mark.parametrize("date", ["sep 12", "sep 12e", "ons 16h", "jan 2019", "tis 12-14"])
def test_a_day_beside_a_car_is_no_plate(date: str) -> None:
    assert found(f"bilen är klar {date}") == []


@pytest.mark.parametrize("half", NOTES)
def test_at_most_one_note_in_twenty_is_warned_for_nothing(half: str) -> None:
    notes = lines(half)
    wrong = [note for note in notes if REVIEWER.review(note)]
    assert len(wrong) <= len(notes) / 20, wrong


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        *(("bor på storgatan 12 nu", "storgatan 12", "address"),),
        *(("bor på Norra Ringvägen 3 b", "Norra Ringvägen 3 b", "address"),),
        *(("postnummer 123 45", "postnummer 123 45", "address"),),
        *(("dottern går på vasaskolan", "vasaskolan", "school"),),
        *(("går på förskolan Blåklockan", "Blåklockan", "school"),),
        *(
            ("jobbar på volvo", "volvo", "employer"),
            ("anställd hos Nordbygg", "Nordbygg", "employer"),
        ),
        *(("bor i hässleholm", "hässleholm", "place"), ("Ringer från Borås", "Borås", "place")),
    ],
)
def test_where_somebody_is_found_is_warned_of(text: str, place: str, kind: str) -> None:
    assert found(text) == [(place, kind, "warn")]


@pytest.mark.parametrize(
    "text",
    [
        *("Hänvisad till kriscentrum i Göteborg", "jobbar på lager", "går i skolan", "på väg hem"),
        *("kommer från Syrien", "förskolan ringde", "hela vägen hem", "jobbar på sin ilska"),
    ],
)
def test_where_everybody_is_found_is_not(text: str) -> None:
    assert found(text) == []


def test_a_chat_is_never_masked_for_a_name_or_a_place() -> None:
    for text, _ in sentences(NAMES[0]):
        assert mask(text) == (text, ())
    assert mask("bor på Storgatan 12 i Borås") == ("bor på Storgatan 12 i Borås", ())


def test_what_blocks_is_not_also_warned_of() -> None:
    text = "anna andersson, anna.andersson@example.com, 070-123 45 67, Storgatan 1"
    findings = REVIEWER.review(text)
    assert all(one.end <= other.start for one, other in pairwise(findings))
    assert [each.level for each in findings] == ["warn", "block", "block", "warn"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(("SE35 5000 0000 0549 1000 0003", "iban"), ("bankgiro 5050-1055", "account")),
        *(("bilen är ABC 123", "plate"), ("850412-T123", "personnummer")),
        *(("jag heter sara_92 på insta", "handle"),),
    ],
)
def test_each_identifier_goes_by_its_own_kind(text: str, kind: str) -> None:
    assert [(each.kind, each.level) for each in REVIEWER.review(text)] == [(kind, "block")]


@pytest.mark.parametrize(
    "piece",
    [
        *("a", "stig ", "stig och ", "min man per ", "Anna ", "a-", "a'", "storgatan ", "bor i "),
        *(
            "A B C ",
            "x@y.",
            "x(at)",
            "l1",
            "o ",
            "a_",
            "insta a1b ",
            "snap kalleanka ",
            "o1 ",
            "7 0 ",
            "se35 ",
            "bg 1",
            "noll ",
            "ett",
        ),
        *(
            "1 april ",
            "sista fyra ",
            "20010101-",
            "+",
            "0 ",
            "07,",
            "punkt ",
            "a\u0301",
            "u/",
            "1.1.",
        ),
    ],
)
def test_ten_thousand_nasty_characters_take_no_long_time(piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    effort = least_effort(lambda: REVIEWER.review(text), rounds=1)
    assert effort < 4, "bounded, with room for a slow machine"


def test_a_note_is_read_in_a_few_milliseconds() -> None:
    text = " ".join(lines(NOTES[0]))[:500]
    assert least_effort(lambda: REVIEWER.review(text)) < 0.05, "with room for a slow machine"
