"""The staff's chat learns how many wait and how long: one ping, edited, and not a word more."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.channels.telegram_staff import StaffPings
from bot.conversation import Address
from bot.jobs import Began, Happened
from flows.events import AskedTalk, Consented, LeftQueue
from tests.bot.telegrams import Channel, open_channel
from tests.cast import ANNA
from tests.emulator.faults import Fault, blocked, lost_answer, refused, time_out, too_many
from tests.emulator.phones import Group

STAFF = -1_001_234_567_890
MOST = 20
"""What Telegram lets into a group a minute."""


@dataclass(slots=True)
class Office:
    """The staff's chat, and the pings to it, looked after by hand."""

    channel: Channel
    pings: StaffPings
    chat: Group

    async def wait(self, name: str) -> str:
        """One visitor more joins the queue; the conversation's id."""
        address = Address("web", name)
        reply = await self.channel.house.board.ask(Began(address, "sv", AskedTalk()))
        consented = Happened(reply.conversation, Consented(with_words=False))
        await self.channel.house.board.ask(consented)
        return reply.conversation

    async def leave(self, conversation: str) -> None:
        await self.channel.house.board.ask(Happened(conversation, LeftQueue()))

    async def look(self, **by: float) -> None:
        self.channel.house.clock.move(**by)
        self.channel.house.present(ANNA)
        await self.pings.look()

    def calls(self) -> int:
        return sum(call.params.get("chat_id") == STAFF for call in self.channel.telegram.calls)

    @property
    def rings(self) -> int:
        return len(self.channel.calls("sendMessage", STAFF))


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_channel(tmp_path) as channel:
        chat = channel.telegram.group(STAFF)
        yield Office(channel, StaffPings(channel.house.board, channel.wire, STAFF), chat)


async def test_somebody_who_waits_rings_once_and_the_ping_follows_the_queue(
    office: Office,
) -> None:
    await office.look()
    assert office.calls() == 0
    await office.wait("ett")
    await office.look()
    assert office.chat.texts == ["1 väntar, 0 min"]
    await office.look(minutes=4)
    assert office.chat.texts == ["1 väntar, 4 min"]
    await office.wait("två")
    await office.look(minutes=1)
    assert office.chat.texts == ["2 väntar, 5 min"]
    assert office.rings == 1
    assert not office.chat.shown()[0].silent


async def test_nothing_is_said_when_nothing_has_changed(office: Office) -> None:
    await office.wait("ett")
    for _ in range(5):
        await office.look(seconds=5)
    assert office.calls() == 1


async def test_an_empty_queue_says_so_and_the_next_visitor_rings_anew(office: Office) -> None:
    first = await office.wait("ett")
    await office.look()
    await office.leave(first)
    await office.look()
    assert office.chat.texts == ["Ingen väntar"]
    await office.look(minutes=1)
    await office.wait("två")
    await office.look()
    assert office.chat.texts == ["Ingen väntar", "1 väntar, 0 min"]
    assert office.rings == 2


async def test_one_who_comes_and_goes_rings_every_five_minutes_at_most(office: Office) -> None:
    for n in range(1, 9):
        id = await office.wait(f"{n}")
        await office.look()
        await office.leave(id)
        await office.look(minutes=1)
    assert [shown.silent for shown in office.chat.shown()] == [
        False,
        True,
        True,
        True,
        True,
        False,
        True,
        True,
    ]


async def test_a_storm_of_arrivals_stays_below_what_a_group_takes(office: Office) -> None:
    made: list[int] = []
    for n in range(90):
        await office.wait(f"{n}")
        before = office.calls()
        await office.look(seconds=1)
        made.append(office.calls() - before)
    assert max(sum(made[n : n + 60]) for n in range(len(made))) <= MOST
    await office.look(minutes=1)
    assert office.chat.texts == ["90 väntar, 2 min"]
    assert office.rings == 1


async def test_a_ping_holds_nothing_but_two_numbers(office: Office) -> None:
    visitor = office.channel.telegram.visitor()
    visitor.write("KANARIE")
    await office.channel.join_queue(visitor)
    visitor.write("KANARIE igen")
    await office.channel.quiet()
    await office.look(minutes=3)
    assert office.chat.texts == ["1 väntar, 3 min"]
    assert [call.params.keys() for call in office.channel.calls("sendMessage", STAFF)] == [
        {
            "chat_id",
            "text",
            "protect_content",
            "disable_notification",
            "link_preview_options",
        }
    ]


async def test_a_ping_that_somebody_deleted_comes_anew(office: Office) -> None:
    await office.wait("ett")
    await office.look()
    office.chat.messages.clear()
    await office.look(minutes=1)
    await office.look()
    assert office.chat.texts == ["1 väntar, 1 min"]
    assert office.rings == 2


async def test_an_edit_whose_answer_was_lost_rings_no_second_time(office: Office) -> None:
    await office.wait("ett")
    await office.look()
    office.channel.telegram.faults.next("editMessageText", lost_answer)
    await office.look(minutes=1)
    for _ in range(3):
        await office.look(seconds=15)
    assert office.chat.texts == ["1 väntar, 1 min"]
    assert office.rings == 1


@pytest.mark.parametrize(
    "fault",
    [refused, time_out, blocked, too_many(1)],
    ids=["refused", "time-out", "blocked", "429"],
)
async def test_what_could_not_be_said_is_said_with_the_next_look(
    office: Office, fault: Fault
) -> None:
    await office.wait("ett")
    office.channel.telegram.faults.next("sendMessage", fault, chat=STAFF)
    await office.look()
    assert office.chat.texts == []
    await office.look()
    assert office.chat.texts == ["1 väntar, 0 min"]


async def test_the_staffs_chat_is_never_met_as_a_visitor(office: Office) -> None:
    office.chat.write("hej")
    office.chat.write("/start")
    office.chat.let_in()
    await office.channel.quiet()
    assert office.channel.conversations == []
    assert office.calls() == 0


async def test_with_a_staff_chat_the_channel_pings_by_itself(tmp_path: Path) -> None:
    async with open_channel(tmp_path, staff_chat=STAFF) as channel:
        chat = channel.telegram.group(STAFF)
        await channel.join_queue(channel.telegram.visitor())
        await channel.until(lambda: chat.texts == ["1 väntar, 0 min"])
