"""What a partner reads over somebody's shoulder, or in a notification, is how a text begins."""

import re
from itertools import product

import pytest
from fluent.syntax import FluentParser, ast

from bot.conversation import Address, Conversation, Message
from bot.settings import FLOWS
from bot.turns import ONE_MESSAGE, take
from bot.words import units
from flows.channels import TELEGRAM
from flows.events import AskedMore, ToldPlace
from flows.states import Menu, Seeking
from tests.fakes import on_telegram, stay, world
from tests.walks import CHANNELS, walks

SPOKEN = ("entry", "farewell", "handoff", "referral", "reminder", "safety", "talk", "telegram")
"""The files with what is said in a conversation. Buttons are read only with the page open; of the
page's words only two are said on another channel too."""

SHOWN = 60
"""Characters: about what a locked phone shows of a message."""

TELLING = re.compile(
    r"våld|slag|slå|slog|hot(?!ell)|misshand|polis|utsatt|skad|kränk|övergrepp|\bsluta\b|\bsex|döda"
    r"|förövar|kvinnofrid|mansjour|kvinnojour|aggress|ilska|socialtjänst|självmord"
    r"|kris|brott|behandling",
    re.IGNORECASE,
)
NEVER_FIRST = {
    "referral-entry": "stands after words of ours, on a channel that shows on a locked phone",
    "referral-short": "the same",
    "audience-uses_violence": "part of an entry of the directory, far from its beginning",
    "audience-exposed": "the same",
    "terms-decision": "the same",
}
"""Texts that may begin so, and why."""

SHORT: dict[str, str | int] = {
    "name": "Välj att sluta mot våld",
    "hours": "Chatten är stängd. Den öppnar på fredag kl. 08.30.",
    "phone_hours": "Telefonen är stängd.",
    "phone": "020-555 666",
    "counsellor": "Bo",
    "place": "Ale",
    "part": "Alby",
    "municipality": "Ale",
    "district": "none",
    "on": 0,
    "commands": "/meny",
    "page": "https://chatt.example",
    "when": "på fredag kl. 08.30",
    "minutes": 5,
    "ahead": 1,
    "days": 7,
    "description": "Enskilda samtal.",
    "who": "dig som använder våld",
    "url": "https://example.se",
    "checked": "4 juni 2026",
    "terms": "Kostar inget.",
    "away": "next",
    "places": "Ale",
    "mil": 2,
    "open": "yes",
    "age": "recent",
}
"""What is filled in, as short as it comes: so much of the text stands first."""

LONG: dict[str, str | int] = {
    **dict.fromkeys(SHORT, "Ordet och överläggningen " * 12),
    "ahead": 1_999,
    "minutes": 4_000,
    "days": 7,
    "on": 0,
}
"""The same, longer than it ever comes."""


def texts() -> dict[str, str]:
    """Every Swedish text that is said, on every channel, by its name and the channel."""
    say = world().texts.say
    return {
        f"{name}/{channel}": say("sv", name, channel=channel, **SHORT)
        for name, channel in product(_names(), CHANNELS)
    }


def _names() -> list[str]:
    sources = ((FLOWS / "texts" / "sv" / f"{file}.ftl").read_text("utf-8") for file in SPOKEN)
    entries = (entry for source in sources for entry in FluentParser().parse(source).body)
    names = [entry.id.name for entry in entries if isinstance(entry, ast.Message)]
    return [*names, "page-error-often", "page-error-full"]


def _begins_tellingly(text: str) -> bool:
    return bool(TELLING.search(" ".join(text.split())[:SHOWN]))


TEXTS = texts()


@pytest.mark.parametrize("text", sorted(TEXTS))
def test_the_first_words_tell_nothing_to_who_looks_at_the_screen(text: str) -> None:
    if text.partition("/")[0] not in NEVER_FIRST:
        assert not _begins_tellingly(TEXTS[text])


@pytest.mark.parametrize("name", sorted(NEVER_FIRST))
def test_every_exception_is_one(name: str) -> None:
    assert _begins_tellingly(TEXTS[f"{name}/{TELEGRAM}"])


def test_no_message_that_a_locked_phone_may_show_begins_tellingly() -> None:
    begun = {each.text[: 2 * SHOWN] for each in _sent_on_telegram()}
    assert len(begun) > 50
    assert {text for text in begun if _begins_tellingly(text)} == set()


def test_what_is_found_near_any_place_fits_in_the_message_that_begins_with_our_words() -> None:
    asked = on_telegram(Seeking(stay()))
    for municipality in world().directory.municipalities:
        before = Conversation("c", Address(TELEGRAM, "1"), asked)
        after = take(before, ToldPlace(municipality), world()).conversation
        assert after
        assert [each.author for each in after.messages] == ["bot"]


@pytest.mark.parametrize("code", sorted(world().directory.counties))
def test_more_of_what_is_found_fits_in_the_message_that_begins_with_our_words(code: str) -> None:
    before = Conversation("c", Address(TELEGRAM, "1"), on_telegram(Menu(stay())))
    after = take(before, AskedMore(code, 0), world()).conversation
    assert after
    (message,) = after.messages
    assert message.text.startswith("Här är några till.")


@pytest.mark.parametrize("name", sorted(world().texts.ids("sv")))
def test_every_text_fits_in_one_message(name: str) -> None:
    ours = world().texts
    filled = {each: LONG.get(each, 60) for each in ours.variables("sv", name)}
    for channel in CHANNELS:
        assert 0 < units(ours.say("sv", name, **(filled | {"channel": channel}))) < ONE_MESSAGE


def test_what_is_seen_before_anybody_has_written_is_neutral_true_and_as_long_as_may_be() -> None:
    name, about, seen = (
        world().texts.say("sv", f"telegram-{each}") for each in ("name", "about", "description")
    )
    assert (len(name) <= 30, len(about) <= 120, len(seen) <= 512) == (True, True, True)
    assert not any(map(TELLING.search, (name, about, seen)))
    assert "112" in about
    assert "112" in seen
    assert "Telegram vet vilket konto du har" in seen
    assert "så länge samtalet är öppet" in seen
    assert "högst en halvtimme" in seen


def test_what_is_shown_over_the_chat_is_as_long_as_telegram_shows() -> None:
    shown = {"erasing-toast", "button-old", "page-error-often", "page-error-full"}
    assert all(len(TEXTS[f"{name}/{TELEGRAM}"]) <= 200 for name in shown)


def test_on_telegram_nobody_is_promised_to_erase_at_any_time_or_more_than_is_open() -> None:
    said = {n: text for n, text in TEXTS.items() if n.endswith(TELEGRAM) and "/radera" in text}
    assert said
    assert [name for name, text in said.items() if "när som helst" in text] == []
    labels = ("button-erase", "command-radera")
    ours = [world().texts.say("sv", name, channel=TELEGRAM) for name in labels]
    assert ours == ["Radera det här samtalet"] * 2


def test_no_text_on_telegram_speaks_of_a_page_or_a_browser() -> None:
    said = {name: text for name, text in TEXTS.items() if name.endswith(TELEGRAM)}
    assert [n for n, text in said.items() if re.search(r"sidan|webbläsar|fönst", text)] == []


def test_no_text_on_the_web_speaks_of_telegram() -> None:
    only_there = {"disclosure-copies/web", "telegram-description/web"}
    said = {name: text for name, text in TEXTS.items() if name.endswith("/web")}
    assert {name for name, text in said.items() if "Telegram" in text} == only_there


def test_every_number_we_say_is_one_of_the_service_file() -> None:
    line = world().line
    known = {line.phone, *(other.number for other in line.lines.values())}
    words = (text.replace(str(SHORT["when"]), "").replace("08.30", "") for text in TEXTS.values())
    said = {n for text in words for n in re.findall(r"\d[\d –-]+\d", text)}
    assert said - {"2026"} <= known


@pytest.mark.parametrize("text", sorted(TEXTS))
def test_texts_are_calm_and_promise_no_more_than_is_true(text: str) -> None:
    said = TEXTS[text].casefold()
    assert "!" not in said
    assert "anonym" not in said


def _sent_on_telegram() -> list[Message]:
    """Our messages in many walks on Telegram, as they are sent: joined where they are."""
    found = list[Message]()
    for walk in walks()[:200]:
        stay = walk[0].before.stay
        conversation = Conversation("c", Address(stay.channel, "1"), walk[0].before)
        for each in walk if stay.channel == TELEGRAM else ():
            after = take(conversation, each.event, each.world).conversation
            if after is None:
                break
            conversation = after
        found += [m for m in conversation.messages if m.author == "bot"]
    return found
