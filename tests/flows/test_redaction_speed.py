"""What is looked for first, to be quick, never hides what the pattern itself would find."""

import re

import pytest

from flows.normal_form import normal_form
from flows.redaction_addresses import (
    HANDLE,
    LINK,
    MAY_BE_HANDLE,
    MAY_BE_LINK,
    MAY_BE_SITE,
    SITE,
)
from flows.redaction_codes import ACCOUNT, IBAN, MAY_BE_CODE, PLATE, SPELLED_PLATE
from flows.redaction_profiles import PROFILE
from tests.flows.redaction_harmless import harmless
from tests.flows.redaction_sentences import NOTES, lines
from tests.flows.redaction_ways import WAYS, Chance, written

PER_WAY = 400
HARMLESS = 1_000
PLATFORMS = ("ig", "insta", "snapchat", "tiktok", "telegram", "kik", "fb", "steam", "roblox", "psn")
ODD = (
    *(
        "t . me / anna",
        "t(punkt)me slash anna",
        "t. me/anna",
        "bio [.] se",
        "bio(.)se",
        "bio dot se",
    ),
    *(
        "bio . se",
        "bio.xy/anna",
        "sidan är anna.nu",
        "länken anna.de",
        "http : / / anna",
        "hxxps:/ /a",
    ),
    *(
        "www . anna",
        "www punkt anna",
        "@anna",
        "hej @ anna_1",
        "anna # 1234",
        "u/anna",
        "user/anna",
    ),
    *("anna_b", "_anna", "jag heter svanen på ig", "den är svanen på steam"),
    *(f"min {name} är svanen" for name in PLATFORMS),
    *(f"{name}: svanen" for name in PLATFORMS),
    *(f"{name} anna.b" for name in PLATFORMS),
    *(f"min {name} kalleanka" for name in PLATFORMS),
    *("bg 1 2 3", "konto 1-2-3-4-5-6", "abc.12c", "adam bertil cesar 12d", "se12 1234 5678 9"),
)
"""Each way that a pattern has, by hand."""


def cut(chance: Chance, text: str) -> str:
    """Take away the ends and a letter: what is left is no way that anybody thought of."""
    start, end = sorted(chance.choices(range(len(text) + 1), k=2))
    gone = chance.randint(start, end)
    return text[start:gone] + text[gone + 1 : end]


def texts() -> list[str]:
    chance = Chance("what is looked for first")
    found = [written(chance, write) for write, _ in WAYS.values() for _ in range(PER_WAY)]
    found += [harmless(chance) for _ in range(HARMLESS)]
    found += [*ODD, *(line for name in NOTES for line in lines(name))]
    every = [*found, *(cut(chance, text) for text in found)]
    return [normal_form(text).text for text in every]


@pytest.mark.parametrize(
    ("first", "patterns"),
    [
        (MAY_BE_LINK, [LINK]),
        (MAY_BE_SITE, [SITE]),
        (MAY_BE_HANDLE, [HANDLE, PROFILE]),
        (MAY_BE_CODE, [IBAN, ACCOUNT, PLATE, SPELLED_PLATE]),
    ],
)
def test_what_a_pattern_finds_holds_what_is_looked_for_first(
    first: re.Pattern[str], patterns: list[re.Pattern[str]]
) -> None:
    matched = [text for text in texts() if any(each.search(text) for each in patterns)]
    assert len(matched) > PER_WAY / 2
    assert not [text for text in matched if not first.search(text)]
