"""When changed facts are still what somebody confirmed."""

from datetime import timedelta
from typing import Any

import pytest

from directory.confirming import as_confirmed
from tests.directory.entries import TODAY, a_service

CONFIRMED = a_service(
    status="verified", checked=TODAY, checked_how="phone", checked_with="receptionen"
)
LATER = {"checked": TODAY + timedelta(days=1)}
EARLIER = {"checked": TODAY - timedelta(days=1)}
OTHER_NUMBER = {"phones": ("040-10 10 10",)}


def status_after(*changes: dict[str, Any], was: str = "verified") -> str:
    before = CONFIRMED.model_copy(update={"status": was})
    update = {name: value for change in changes for name, value in change.items()}
    return as_confirmed(before, CONFIRMED.model_copy(update=update)).status


@pytest.mark.parametrize(
    "check",
    [
        {},
        {"checked_with": ""},
        {"checked_with": "växeln"},
        {"checked_how": "web"},
        EARLIER,
        {**EARLIER, "checked_how": "web"},
    ],
)
def test_the_same_check_in_other_words_or_an_earlier_one_does_not_confirm_new_facts(
    check: dict[str, Any],
) -> None:
    assert status_after(OTHER_NUMBER, check) == "unverified"


def test_a_later_check_or_the_first_one_confirms_new_facts() -> None:
    assert status_after(OTHER_NUMBER, LATER) == "verified"
    assert status_after(OTHER_NUMBER, was="unverified") == "verified"


def test_whom_somebody_asked_can_be_said_in_other_words() -> None:
    assert status_after({"checked_with": "växeln"}) == "verified"
    assert status_after(EARLIER) == "unverified"
