"""Attacks on internal reports of small spans, by somebody who knows what only chats can tell."""

import pytest

from tests.campaigns.internal import all_that_is_shown, span_of_calls, told
from tests.flows.form_texts import VERSION_1, parsed

pytestmark = pytest.mark.campaign

FORM = parsed(VERSION_1)
"""With two counties only, so that the programs are small."""

LITTLE = (3, 6, 25, 64)
"""Seeds of spans in which calls are few, or noughts tell of others."""


@pytest.mark.parametrize("seed", LITTLE)
def test_no_few_follow_from_all_figures_and_bases_of_a_report(seed: int) -> None:
    records, first, last = span_of_calls(FORM, seed)
    assert told(FORM, records, all_that_is_shown(FORM, records, first, last)) == []


def test_the_attack_finds_few_calls_by_how_many_waits_are_known() -> None:
    records, first, last = span_of_calls(FORM, 3)
    seen = all_that_is_shown(FORM, records, first, last)
    waits = sum("wait_minutes" in each for each in records)
    found = told(FORM, records, {**seen, ("base", "wait_minutes", "all"): waits})
    assert ("=phone", "channel", "all") in {each.key for each in found}
