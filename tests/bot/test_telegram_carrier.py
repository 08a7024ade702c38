"""What a phone shows of us: silent but for a counsellor's words, protected, plain, never twice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import alarms
from bot.channels.telegram_carrier import TYPING_AGAIN
from bot.conversation import Address
from bot.jobs import Began
from flows.events import Opened
from tests.bot.telegrams import Channel, open_channel
from tests.cast import ANNA
from tests.emulator.faults import Fault, away, blocked, time_out
from tests.emulator.phones import Visitor
from tests.emulator.privacy import must_be_silent


@pytest.fixture
async def channel(tmp_path: Path) -> AsyncIterator[Channel]:
    async with open_channel(tmp_path) as channel:
        yield channel


@pytest.fixture
def kim(channel: Channel) -> Visitor:
    return channel.telegram.visitor()


async def let_time_pass(channel: Channel, **by: float) -> None:
    channel.house.clock.move(**by)
    channel.house.present(ANNA)
    await alarms.ring(channel.house.board, channel.house.clock())
    await channel.quiet()


async def test_a_phone_rings_for_a_counsellors_words_only(channel: Channel, kim: Visitor) -> None:
    kim.write("hej")
    id = await channel.start_talk(kim)
    await channel.say(id, "hej du")
    kim.send("photo")
    await let_time_pass(channel, minutes=31)
    kim.press_data("end")
    await channel.quiet()
    must_be_silent(channel.telegram, except_texts=["hej du"])
    assert [shown.text for shown in kim.shown() if not (shown.silent or shown.mine)] == ["hej du"]


async def test_every_message_is_protected_plain_and_shows_no_preview(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    await channel.say(id, "*fet* <b>fet</b> https://example.org/ _så_")
    await channel.quiet()
    assert kim.texts[-1] == "*fet* <b>fet</b> https://example.org/ _så_"
    for call in channel.calls("sendMessage"):
        assert call.params["protect_content"] is True
        assert call.params["link_preview_options"] == {"is_disabled": True}
        assert call.params.keys().isdisjoint({"parse_mode", "entities"})


async def test_of_the_queues_standing_only_the_latest_is_on_the_phone(
    channel: Channel, kim: Visitor
) -> None:
    robin = channel.telegram.visitor(7)
    await channel.join_queue(robin)
    await channel.join_queue(kim)
    robin.press_data("leave-queue")
    await channel.quiet()
    for _ in range(3):
        await let_time_pass(channel, minutes=4)
    assert len(_standing(kim)) == 1
    assert "först i kön" in _standing(kim)[0]


async def test_what_is_replaced_before_it_was_sent_is_never_sent(
    channel: Channel, kim: Visitor
) -> None:
    await channel.join_queue(kim)
    channel.telegram.faults.next("sendMessage", away)
    sent = len(channel.calls("sendMessage"))
    for _ in range(3):
        channel.house.clock.move(minutes=4)
        channel.house.present(ANNA)
        await alarms.ring(channel.house.board, channel.house.clock())
    channel.telegram.faults.clear()
    await channel.quiet()
    assert len(channel.calls("sendMessage")) == sent + 1
    assert len(_standing(kim)) == 1


def _standing(visitor: Visitor) -> list[str]:
    return [shown.text for shown in visitor.shown() if "Lämna kön" in shown.buttons]


# Is writing


async def test_a_visitor_sees_that_the_counsellor_writes_every_four_seconds_at_most(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    talk = channel.house.board.book.conversations[id]
    for _ in range(5):
        channel.house.board.note_writing(talk, "counsellor")
    await channel.until(lambda: kim.typing)
    channel.house.clock.now += TYPING_AGAIN / 2
    channel.house.board.note_writing(talk, "counsellor")
    await channel.until(lambda: not channel.telegram.pending)
    assert len(kim.typing) == 1
    channel.house.clock.now += TYPING_AGAIN / 2
    channel.house.board.note_writing(talk, "counsellor")
    await channel.until(lambda: len(kim.typing) == 2)


async def test_a_visitor_who_writes_is_shown_nothing_of_it_themselves(
    channel: Channel, kim: Visitor
) -> None:
    id = await channel.start_talk(kim)
    channel.house.board.note_writing(channel.house.board.book.conversations[id], "visitor")
    await channel.say(id, "hej")
    await channel.quiet()
    assert kim.typing == []
    assert channel.calls("sendChatAction") == []


async def test_nothing_is_told_to_telegram_of_a_talk_on_the_web(channel: Channel) -> None:
    reply = await channel.house.board.ask(Began(Address("web", "token"), "sv", Opened()))
    talk = channel.house.board.book.conversations[reply.conversation]
    channel.house.board.note_writing(talk, "counsellor")
    channel.telegram.visitor().write("hej")
    await channel.quiet()
    assert channel.calls("sendChatAction") == []
    assert talk.outbox


@pytest.mark.parametrize("fault", [blocked, time_out], ids=["blocked", "time-out"])
async def test_a_sign_of_writing_that_does_not_arrive_breaks_nothing(
    channel: Channel, kim: Visitor, fault: Fault
) -> None:
    id = await channel.start_talk(kim)
    channel.telegram.faults.next("sendChatAction", fault)
    channel.house.board.note_writing(channel.house.board.book.conversations[id], "counsellor")
    await channel.until(lambda: channel.calls("sendChatAction"))
    await channel.say(id, "hej")
    await channel.quiet()
    assert kim.texts[-1] == "hej"
