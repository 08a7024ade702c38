"""A button does what it says where it belongs; anywhere else it does nothing but say so."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.jobs import Happened
from bot.words import BURST
from flows.events import Rang
from flows.states import Deciding, Menu, Talking, Waiting
from tests.bot.houses import FullDisk, texts
from tests.bot.telegrams import Channel, open_channel
from tests.cast import ANNA
from tests.emulator.phones import Visitor

OLD = texts().say("sv", "button-old")
ERASING = texts().say("sv", "erasing-toast")


@pytest.fixture
async def channel(tmp_path: Path) -> AsyncIterator[Channel]:
    async with open_channel(tmp_path) as channel:
        yield channel


@pytest.fixture
def kim(channel: Channel) -> Visitor:
    return channel.telegram.visitor()


async def answered(channel: Channel, visitor: Visitor) -> None:
    await channel.quiet()
    await channel.until(lambda: not visitor.unanswered)


async def test_buttons_lead_to_a_counsellor(channel: Channel, kim: Visitor) -> None:
    kim.start()
    await channel.quiet()
    kim.press("Skriv med en rådgivare")
    await answered(channel, kim)
    assert isinstance(channel.of(kim).state, Deciding)
    kim.press("Ja, jag vill skriva med en rådgivare")
    await answered(channel, kim)
    assert isinstance(channel.of(kim).state, Waiting)
    await channel.take_next()
    assert channel.of(kim).counsellor == ANNA
    assert kim.toasts == ["", ""]


@pytest.mark.parametrize(
    "choice",
    ["yes", "yes-with-words", "skip", "leave-queue", "end", "role:exposed", "helped:worse"],
)
async def test_a_button_of_a_place_one_has_left_does_nothing_but_say_so(
    channel: Channel, kim: Visitor, choice: str
) -> None:
    kim.start()
    await channel.quiet()
    state, said = channel.of(kim).state, len(channel.of(kim).messages)
    kim.press_data(choice)
    await answered(channel, kim)
    assert channel.of(kim).state == state
    assert len(channel.of(kim).messages) == said
    assert len(kim.texts) == 1
    assert kim.toasts == [OLD]


async def test_the_counties_stand_side_by_side_and_lead_to_help(
    channel: Channel, kim: Visitor
) -> None:
    kim.start()
    await channel.choose(kim, "places")
    kim.write("där jag bor")
    await channel.quiet()
    asked = kim.messages[max(kim.messages)].fields["reply_markup"]["inline_keyboard"]
    assert [len(row) for row in asked] == [3, 3, 3, 3, 3, 3, 3, 1]
    kim.press("Gotland")
    await answered(channel, kim)
    assert any("Hjälp i och nära Gotlands län" in text for text in kim.texts)


async def test_a_button_of_another_conversation_does_nothing_to_that_one(
    channel: Channel, kim: Visitor
) -> None:
    robin = channel.telegram.visitor(7)
    id = await channel.start_talk(kim)
    robin.start()
    await channel.quiet()
    said = len(robin.texts)
    robin.press_data("end", message_id=max(kim.messages))
    await answered(channel, robin)
    assert robin.toasts == [OLD]
    assert len(robin.texts) == said
    assert isinstance(channel.of(robin).state, Menu)
    assert isinstance(channel.house.board.book.conversations[id].state, Talking)


@pytest.mark.parametrize(
    "data",
    ["", "x", "x" * 64, "x" * 65, "å" * 33, "talk\x00", "TALK", "place:", "place:01234", "role:",
     "place:٠١٨٠", "place:0180:", "remind:", "../talk", "{}"],
)  # fmt: skip
async def test_data_of_no_button_of_ours_does_nothing_but_say_so(
    channel: Channel, kim: Visitor, data: str
) -> None:
    kim.start()
    await channel.quiet()
    before = channel.of(kim)
    kim.press_data(data)
    await answered(channel, kim)
    assert channel.of(kim) == before
    assert kim.toasts == [OLD]


async def test_data_of_no_button_of_ours_begins_nothing(channel: Channel, kim: Visitor) -> None:
    kim.start()
    await channel.choose(kim, "erase-now")
    kim.press_data("x" * 65)
    await answered(channel, kim)
    assert channel.conversations == []
    assert kim.toasts == [ERASING, OLD]
    assert channel.house.vault.ids == frozenset()


async def test_a_press_without_data_as_of_a_game_does_nothing_but_say_so(
    channel: Channel, kim: Visitor
) -> None:
    kim.start()
    await channel.quiet()
    press = {"id": "77", "from": kim.person, "message": kim.messages[2].fields, "chat_instance": ""}
    channel.telegram.put({"callback_query": {**press, "game_short_name": "spel"}})
    await answered(channel, kim)
    assert kim.toasts == [OLD]
    assert len(kim.texts) == 1


async def test_a_button_under_a_message_that_telegram_no_longer_shows_still_works(
    channel: Channel, kim: Visitor
) -> None:
    kim.start()
    await channel.quiet()
    kim.press_data("talk", message_id=999_999)
    await answered(channel, kim)
    assert isinstance(channel.of(kim).state, Deciding)


async def test_a_menu_of_an_erased_conversation_leads_to_a_new_one(
    channel: Channel, kim: Visitor
) -> None:
    kim.start()
    await channel.choose(kim, "erase-now")
    kim.press_data("talk")
    await answered(channel, kim)
    assert isinstance(channel.of(kim).state, Deciding)


async def test_erasing_what_is_already_forgotten_does_not_say_that_it_is_erased(
    channel: Channel, kim: Visitor
) -> None:
    kim.start()
    await channel.choose(kim, "erase-now")
    kim.press_data("erase-now")
    await answered(channel, kim)
    assert kim.toasts == [ERASING, OLD]
    assert channel.conversations == []


async def test_a_button_of_an_earlier_conversation_does_nothing_to_the_new_one(
    channel: Channel, kim: Visitor
) -> None:
    kim.write("gammalt")
    await channel.quiet()
    earlier = max(kim.messages)
    await channel.house.board.ask(Happened(channel.of(kim).id, Rang()))
    kim.write("nytt")
    await channel.quiet()
    kim.press_data("erase-now", message_id=earlier)
    await answered(channel, kim)
    assert channel.words(kim) == ["nytt"]
    assert kim.toasts == [OLD]


async def test_every_press_of_a_flood_is_answered(channel: Channel, kim: Visitor) -> None:
    kim.start()
    for _ in range(int(BURST) + 20):
        kim.press_data("hours")
    await answered(channel, kim)
    assert len(kim.toasts) == BURST + 20


async def test_a_press_that_could_not_be_kept_is_answered_when_it_is(
    channel: Channel, kim: Visitor
) -> None:
    kim.start()
    await channel.quiet()
    channel.house.board.store = FullDisk()
    kim.write("hej")
    kim.press_data("talk")
    await channel.until(lambda: len(channel.calls("getUpdates")) > 3)
    assert kim.unanswered == 1
    channel.house.board.store = channel.house.live
    await answered(channel, kim)
    assert isinstance(channel.of(kim).state, Deciding)


async def test_a_press_that_telegram_will_not_have_answered_breaks_nothing(
    channel: Channel, kim: Visitor
) -> None:
    kim.start()
    await channel.quiet()
    press = {"id": "88", "from": kim.person, "message": kim.messages[2].fields, "data": "hours"}
    channel.telegram.put({"callback_query": press})
    channel.telegram.office.presses.clear()
    kim.write("hej")
    await channel.quiet()
    assert channel.words(kim) == ["hej"]
