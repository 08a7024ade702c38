"""Every field that Telegram may send has been thought about; a new one wants a verdict first."""

import inspect
from collections import Counter
from itertools import chain

import pytest
from telegram import Message, Update

from bot.channels import telegram_verdicts as verdicts
from bot.channels.telegram_updates import UnreadableError, read
from bot.channels.telegram_wire import KINDS

OF_A_MESSAGE = (verdicts.READ, verdicts.BESIDE, verdicts.DECLINED, verdicts.SERVICE)
OF_AN_UPDATE = (verdicts.UPDATES_READ, verdicts.UPDATES_DROPPED)
THEIR_OWN = {"self", "api_kwargs"}


def fields(kind: type[Message | Update]) -> set[str]:
    """What the library knows of such an object."""
    return set(inspect.signature(kind.__init__).parameters) - THEIR_OWN


@pytest.mark.parametrize(
    ("kind", "lists"), [(Message, OF_A_MESSAGE), (Update, OF_AN_UPDATE)], ids=["message", "update"]
)
def test_every_field_has_exactly_one_verdict_and_every_verdict_a_field(
    kind: type[Message | Update], lists: tuple[frozenset[str], ...]
) -> None:
    judged = Counter(chain.from_iterable(lists))
    assert judged.keys() == fields(kind)
    assert set(judged.values()) == {1}


def test_the_updates_that_are_read_are_those_we_ask_for() -> None:
    assert {"update_id", *KINDS} == verdicts.UPDATES_READ


@pytest.mark.parametrize("kind", sorted(verdicts.UPDATES_DROPPED))
def test_an_update_that_we_never_asked_for_is_passed_over(kind: str) -> None:
    message = {"message_id": 1, "chat": {"id": 7, "type": "private"}, "text": "hej"}
    assert read({"update_id": 5, kind: message}).act is None


@pytest.mark.parametrize("field", sorted(verdicts.DECLINED))
def test_words_beside_anything_that_is_declined_do_not_come_out(field: str) -> None:
    chat = {"id": 7, "type": "private"}
    message = {"message_id": 1, "chat": chat, "text": "KANARIE", field: {"text": "KANARIE"}}
    assert "KANARIE" not in repr(read({"update_id": 5, "message": message}))


@pytest.mark.parametrize("field", sorted(verdicts.BESIDE))
def test_words_beside_anything_that_is_dropped_are_read_and_it_is_not(field: str) -> None:
    chat = {"id": 7, "type": "private"}
    message = {"message_id": 1, "chat": chat, "text": "hej"}
    bare = read({"update_id": 5, "message": message})
    assert bare.act is not None
    assert read({"update_id": 5, "message": {**message, field: {"id": "KANARIE"}}}) == bare


def test_what_cannot_be_read_says_nothing_of_what_it_was() -> None:
    with pytest.raises(UnreadableError) as raised:
        read({"update_id": 5, "message": {"text": ["KANARIE"]}})
    assert "KANARIE" not in repr(raised.value)
    assert raised.value.id == 5
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
