"""What the standing report says of ties, of noughts, of counties and of what nobody was asked."""

import itertools
from collections.abc import Mapping, Sequence

import pytest

from flows.internal_report import internal
from flows.prose import prose
from flows.ranking import MOST_NAMED, MOST_TIED, Limits, ranked
from flows.report import Cell
from flows.told import told
from tests.flows.contacts import COUNTIES, FORM, MONTH, Record, columns, contacts, parts

UNSAID = "de uppgifter som får visas räcker inte till"


def said(*some: Sequence[Record]) -> str:
    made = internal(FORM, columns(*some), first=MONTH, last=MONTH)
    return prose(told(made, FORM), FORM).replace("\N{NO-BREAK SPACE}", " ")


def from_counties(*some: str) -> str:
    return said(contacts(10 * len(some), county=list(some)))


def named(counts: Mapping[str, int]) -> list[str]:
    cells = {code: Cell(n, None) for code, n in counts.items()}
    return list(ranked(cells, Limits(sum(counts.values()), 0, {})).cells)


def test_all_four_of_a_tie_are_named() -> None:
    words = from_counties("22", "23", "24", "25")
    assert (
        "Flest kontakter kom från Västernorrlands län (25 procent av 40), Jämtlands län "
        "(25 procent), Västerbottens län (25 procent) och Norrbottens län (25 procent)."
    ) in words


def test_a_tie_of_many_is_told_by_how_many_they_are() -> None:
    words = from_counties(*COUNTIES[:10])
    assert "Flest kontakter kom från 10 län, lika många från vart och ett (10 procent av" in words


@pytest.mark.parametrize(
    ("counts", "names"),
    [
        ((9, 8, 7, 6), "abc"),
        ((9, 8, 7, 7), "abcd"),
        ((9, 7, 7, 7, 6), "abcd"),
        ((9, *[7] * 5), "abcdef"),
        ((9, *[7] * 6), "a"),
        ((9, 8, *[7] * 5), "ab"),
        ([7] * 8, "abcdefgh"),
        ((9, 8), "ab"),
        ((9, 8, 0, 0), "ab"),
        ((0, 0), ""),
    ],
)
def test_of_those_that_are_as_many_all_are_named_or_none(counts: Sequence[int], names: str) -> None:
    assert named(dict(zip("abcdefgh", counts, strict=False))) == list(names)


def test_no_one_who_is_left_out_is_as_many_as_one_who_is_named() -> None:
    for counts in itertools.product(range(4), repeat=7):
        given = dict(zip("abcdefg", counts, strict=True))
        names = named(given)
        left_out = [n for code, n in given.items() if code not in names]
        assert all(given[code] > n for code in names for n in left_out)
        is_one_tie = len({given[code] for code in names}) == 1
        assert len(names) <= max(MOST_NAMED, MOST_TIED) or is_one_tie


@pytest.mark.parametrize(
    ("counties", "words"),
    [
        (COUNTIES, "Kontakter kom från alla län. Flest"),
        (COUNTIES[:-1], "De vars län är känt kom från alla län utom ett, Norrbottens län. Flest"),
        (COUNTIES[2:], "alla län utom två, Stockholms län och Uppsala län. Flest"),
        (COUNTIES[:12], "De vars län är känt kom från 12 av 21 län. Flest"),
        (COUNTIES[:1], " på internet (100 procent av 10). Flest kontakter kom från Stockholms"),
    ],
)
def test_it_is_told_from_how_many_counties_contacts_came(
    counties: Sequence[str], words: str
) -> None:
    assert words in from_counties(*counties)


def test_where_a_county_is_hidden_it_is_not_told_from_how_many_contacts_came() -> None:
    for few in (1, 4):
        many = [county for at, county in enumerate(COUNTIES[2:]) for _ in range(8 + at)]
        words = said(contacts(len(many), county=many), contacts(few, county=COUNTIES[0]))
        assert "Flest kontakter kom från" in words or "kom flest kontakter från" in words
        assert "kom från alla län" not in words
        assert "av 21 län" not in words


def test_of_what_nobody_was_asked_it_is_not_said_that_somebody_could_be_given_away() -> None:
    unasked = ("age", "children", "violence", "sought_help", "heard_via")
    words = said(contacts(858, **dict.fromkeys(unasked, "not_asked")))
    assert (
        "Det finns inga svar om medelåldern, barn, slag av våld, tidigare hjälp och hur de hittade "
        "hit."
    ) in words
    few = said(contacts(60, children=parts(none=57, expecting=3)))
    assert "Om barn, " in few
    assert f"sägs inget här: {UNSAID}." in few
    assert "inga svar" not in few


def test_that_nobody_gave_an_answer_is_said_in_words() -> None:
    words = said(contacts(60, sought_help="yes", wait_minutes="20", helped="same"))
    assert "Alla (60 av 60) hade sökt hjälp för sitt våld tidigare." in words
    assert "väntade ingen (0 av 60) mindre än fem minuter" in words
    assert "sade ingen (0 av 60) att det kändes bättre efter samtalet." in words
    assert "var 100 procent män, räknat på 60 kontakter." in words
    nobody = said(contacts(60, role="exposed"))
    assert "Inga kontakter (0 av 60) kom från personer som själva säger" in nobody
    assert "Av dem som har använt våld" not in nobody


def test_where_all_were_silent_in_the_end_no_answer_is_made_of_that() -> None:
    words = said(contacts(60, helped="no_answer"))
    assert "kändes bättre" not in words
    assert "Det finns inga svar om hur det kändes efter samtalet." in words
