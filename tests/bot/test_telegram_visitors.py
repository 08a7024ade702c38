"""Many visitors at once, long words, other languages: each is met as they should be."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation import for_counsellor
from bot.settings import FLOWS
from bot.words import BURST, LONGEST
from flows.states import Menu
from flows.texts import Texts
from tests.bot.houses import Clock, line, texts
from tests.bot.telegrams import Channel, open_channel
from tests.emulator.phones import Visitor
from tests.emulator.telegram import Telegram

OFTEN = texts().say("sv", "too-often")
FULL = texts().say("sv", "page-error-full", phone=line().phone)


@pytest.fixture
async def channel(tmp_path: Path) -> AsyncIterator[Channel]:
    async with open_channel(tmp_path) as channel:
        yield channel


@pytest.fixture
def kim(channel: Channel) -> Visitor:
    return channel.telegram.visitor()


async def test_the_first_words_are_met_with_what_this_is_and_the_offer_of_a_human(
    channel: Channel, kim: Visitor
) -> None:
    kim.write("hej")
    await channel.quiet()
    assert "Det här är ett automatiskt svar" in kim.texts[0]
    assert "112" in kim.texts[0]
    assert channel.words(kim) == ["hej"]


async def test_a_link_of_a_campaign_fills_in_how_they_heard_of_us(
    channel: Channel, kim: Visitor
) -> None:
    board = channel.house.board
    codes = {"affisch": "poster"}
    board.shop = replace(board.shop, line=board.shop.line.model_copy(update={"campaigns": codes}))
    kim.start("affisch")
    await channel.quiet()
    assert channel.of(kim).state.stay.heard_via == "poster"


@pytest.mark.parametrize("code", ["KANARIE", "", "x" * 64, "../..", "5301234567"])
async def test_a_code_of_no_campaign_is_dropped(channel: Channel, kim: Visitor, code: str) -> None:
    kim.start(code)
    await channel.quiet()
    assert channel.of(kim).state.stay.heard_via == ""
    assert "KANARIE" not in repr(channel.of(kim))


@pytest.mark.parametrize("command", ["/meny", "/MENY", "/START", "/meny@helpline_test_bot"])
async def test_a_command_leads_to_the_menu(channel: Channel, kim: Visitor, command: str) -> None:
    kim.write(command)
    await channel.quiet()
    assert isinstance(channel.of(kim).state, Menu)
    assert kim.shown()[-1].buttons
    assert channel.words(kim) == []


@pytest.mark.parametrize(
    ("spoken", "language"), [("sv", "sv"), ("en", "en"), ("so", "sv"), ("", "sv"), ("EN", "sv")]
)
async def test_the_language_of_the_phone_is_used_if_we_have_it(
    channel: Channel, spoken: str, language: str
) -> None:
    swedish = [path.read_text("utf-8") for path in sorted((FLOWS / "texts" / "sv").glob("*.ftl"))]
    both = Texts({"sv": swedish, "en": ["greeting = Hello from { $name }."]})
    board = channel.house.board
    board.shop = replace(board.shop, texts=both)
    robin = channel.telegram.visitor(7, language=spoken)
    robin.start()
    await channel.quiet()
    assert channel.of(robin).state.stay.language == language
    assert robin.texts[0].startswith("Hello" if language == "en" else "Hej")


@pytest.mark.parametrize("word", ["/okänt", "/radera inte", "/", "/ hej", "/start a b"])
async def test_a_word_with_a_slash_that_is_no_command_is_a_word(
    channel: Channel, kim: Visitor, word: str
) -> None:
    kim.write(word)
    await channel.quiet()
    assert channel.words(kim) == [word]


@pytest.mark.parametrize("command", ["/xyz", "/hej@helpline_test_bot", "/settings"])
async def test_a_command_that_there_is_not_is_nobodys_words(
    channel: Channel, kim: Visitor, command: str
) -> None:
    kim.write(command)
    await channel.quiet()
    assert channel.words(kim) == []
    assert "De som finns är /meny, /hitta, /oppet, /avsluta, /radera." in kim.texts[-1]
    assert kim.shown()[-1].buttons


# Many


async def test_a_flood_is_told_so_once_and_disturbs_nobody(channel: Channel, kim: Visitor) -> None:
    robin = channel.telegram.visitor(7)
    for n in range(int(BURST) + 40):
        kim.write(f"ord {n}")
    robin.write("hej")
    await channel.quiet()
    await channel.until(lambda: OFTEN in kim.texts)
    assert kim.texts.count(OFTEN) == 1
    assert channel.words(kim) == [f"ord {n}" for n in range(int(BURST))]
    assert channel.words(robin) == ["hej"]
    channel.house.clock.move(seconds=2)
    kim.write("lugnare nu")
    await channel.quiet()
    assert channel.words(kim)[-1] == "lugnare nu"


async def test_twenty_short_messages_a_minute_are_all_kept(channel: Channel, kim: Visitor) -> None:
    await channel.start_talk(kim)
    sent = []
    for minute in range(5):
        for n in range(20):
            kim.write(f"ord {minute} {n}")
            sent.append(f"ord {minute} {n}")
        await channel.quiet()
        channel.house.clock.move(minutes=1)
    assert channel.read_by_counsellor(kim) == sent
    assert OFTEN not in kim.texts


async def test_what_was_written_while_we_were_away_is_no_flood(tmp_path: Path) -> None:
    clock = Clock()
    telegram = Telegram(clock=clock)
    written = [f"ord {n}" for n in range(int(BURST) + 40)]
    for word in written:
        telegram.visitor().write(word)
        clock.move(seconds=30)
    async with open_channel(tmp_path, telegram=telegram, clock=clock) as channel:
        await channel.quiet()
        assert channel.words(telegram.visitor()) == written


async def test_a_flood_of_somebody_who_blocks_us_is_still_known_to_be_gone(
    channel: Channel, kim: Visitor
) -> None:
    await channel.start_talk(kim)
    for n in range(int(BURST) + 5):
        kim.write(f"ord {n}")
    await channel.quiet()
    kim.block()
    await channel.until(lambda: not channel.telegram.pending)
    await channel.until(lambda: not channel.conversations)


async def test_a_full_house_gives_the_phone_number_and_keeps_nothing(
    channel: Channel, kim: Visitor
) -> None:
    board = channel.house.board
    capacity = board.shop.line.capacity.model_copy(update={"open_conversations": 1})
    of = board.shop.line.model_copy(update={"capacity": capacity})
    board.shop = replace(board.shop, line=of)
    kim.write("hej")
    await channel.quiet()
    keys = channel.house.vault.ids
    robin = channel.telegram.visitor(7)
    for word in ("hej", "hallå", "är ni där"):
        robin.write(word)
    kim.write("jag är kvar")
    await channel.quiet()
    await channel.until(lambda: robin.texts)
    assert robin.texts == [FULL]
    assert line().phone in FULL
    assert channel.house.vault.ids == keys
    assert channel.words(kim) == ["hej", "jag är kvar"]


# Long words


@pytest.mark.parametrize("word", ["å" * 4096, "👍" * 2048, "a\n" * 2047 + "aa"])
async def test_the_longest_words_that_telegram_takes_arrive_whole(
    channel: Channel, kim: Visitor, word: str
) -> None:
    await channel.start_talk(kim)
    kim.write(word)
    await channel.quiet()
    assert channel.read_by_counsellor(kim) == [word]


@pytest.mark.parametrize(
    "word", ["ett ord till " * 615, "👍" * LONGEST, "rad\n" * 1999 + "slut", "å" * LONGEST]
)
async def test_the_longest_words_of_a_counsellor_arrive_whole_and_in_order(
    channel: Channel, kim: Visitor, word: str
) -> None:
    id = await channel.start_talk(kim)
    already = len(kim.texts)
    await channel.say(id, word[:LONGEST].strip())
    await channel.say(id, "det var allt")
    await channel.quiet()
    *came, last = kim.texts[already:]
    assert len(came) > 1
    assert "".join("".join(came).split()) == "".join(word[:LONGEST].split())
    assert last == "det var allt"
    said = [m.text for m in for_counsellor(channel.of(kim)) if m.author == "counsellor"]
    assert said == [*came, last]
