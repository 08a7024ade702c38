import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import get_args

import pytest
from starlette.types import ASGIApp

from bot.channels import web
from bot.channels.web_memory import MOST, Memory
from bot.channels.web_view import Place
from bot.deliveries import Seen
from bot.jobs import Happened, TookNext
from bot.words import BURST, LONGEST
from flows.events import Attached, Claimed, Ended, Event, HandedBack, Said
from flows.states import Closing, Talking, Waiting
from tests.bot.houses import Clock, FullDisk, House, open_house, texts
from tests.bot.visitors import AWAY, URL, Visitor, fresh, listening, only, site_of, visiting
from tests.cast import ANNA, BO, MONDAY_EVENING, MONDAY_MORNING

NOTICE = '<p class="notice">Allt är raderat.'
PAYLOAD = "<script>alert(1)</script>\" onload='x' {{ 7*7 }} javascript:alert(1)"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;"
ROLES = ("uses_violence", "risks_violence", "exposed", "relative", "professional")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        house.present(ANNA)
        yield house


@pytest.fixture
def site(house: House) -> ASGIApp:
    return site_of(house)


@pytest.fixture
async def visitor(site: ASGIApp) -> AsyncIterator[Visitor]:
    async with visiting(site) as visitor:
        yield visitor


@pytest.fixture
async def script(site: ASGIApp) -> AsyncIterator[Visitor]:
    async with visiting(site, script=True) as visitor:
        yield visitor


async def join_queue(visitor: Visitor) -> None:
    await visitor.choose("talk")
    await visitor.choose("yes")


async def start_talk(house: House, visitor: Visitor) -> None:
    await join_queue(visitor)
    house.clock.move(minutes=2)
    await house.board.ask(TookNext(ANNA))


async def happen(house: House, *events: Event) -> None:
    for event in events:
        await house.board.ask(Happened(only(house).id, event))


def said(house: House) -> list[str]:
    people = {"visitor", "choice", "counsellor"}
    return [m.text for m in only(house).messages if m.author in people]


# Before anything is said


async def test_looking_creates_nothing(house: House, visitor: Visitor) -> None:
    response = await visitor.client.get("/")
    assert response.status_code == 200
    assert "set-cookie" not in response.headers
    assert house.board.book.conversations == {}
    assert house.vault.ids == frozenset()


async def test_no_browser_keeps_a_page_with_words_to_show_it_again_after_the_exit(
    visitor: Visitor,
) -> None:
    await visitor.say("hemligt")
    response = await visitor.client.get("/")
    assert "hemligt" in response.text
    assert response.status_code == web.NOT_KEPT_BY_BROWSERS
    await visitor.client.post("/exit")
    assert (await visitor.client.get("/")).status_code == 200


async def test_whoever_looks_is_greeted_with_the_hours_the_number_and_the_menu(
    visitor: Visitor,
) -> None:
    page = await visitor.look()
    assert "Det är bra att du hör av dig" in page
    assert "Chatten är öppen nu, till kl. 16.00." in page
    assert '<a href="tel:112">112</a>' in page
    assert await visitor.choices() == ["talk", "places", "hours", "violence", "privacy", "erase"]


async def test_when_it_is_closed_the_page_says_so_and_offers_no_talk(tmp_path: Path) -> None:
    async with (
        open_house(tmp_path, clock=Clock(MONDAY_EVENING)) as house,
        visiting(site_of(house)) as visitor,
    ):
        assert "Den öppnar i morgon kl. 08.30." in await visitor.look()
        assert "talk" not in await visitor.choices()


async def test_the_page_is_neutral_to_somebody_who_looks_over_the_shoulder(
    visitor: Visitor,
) -> None:
    page = await visitor.look()
    assert "<title>Chatt</title>" in page
    assert 'lang="sv"' in page


@pytest.mark.parametrize("path", ["/", "/messages"])
async def test_no_script_or_style_stands_in_the_page_and_nothing_is_asked_of_others(
    visitor: Visitor, path: str
) -> None:
    await visitor.say("hej")
    page = (await visitor.client.get(path)).text
    assert not re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page)
    asked = re.findall(r'<(?:link|script|img|iframe)[^>]*?(?:href|src)="([^"]+)"', page)
    assert asked
    assert all(address.startswith(("/static/", "/messages")) for address in asked)


async def test_the_demo_says_that_it_is_one(house: House) -> None:
    async with visiting(site_of(house, demo=True)) as visitor:
        assert '<span class="demo">Demo</span>' in await visitor.look()
    async with visiting(site_of(house)) as visitor:
        assert 'class="demo"' not in await visitor.look()


async def test_only_what_is_ours_to_give_is_given(visitor: Visitor) -> None:
    assert (await visitor.client.get("/static/page.css")).status_code == 200
    for path in ("/static/none.js", "/static/../web.py", "/static/%2e%2e/web.py", "/nowhere"):
        assert (await visitor.client.get(path)).status_code == 404


def test_every_word_of_the_page_is_used() -> None:
    folder = Path(web.__file__).parent
    files = [*folder.glob("*.py"), *folder.glob("templates/*.html")]
    sources = "".join(path.read_text(encoding="utf-8") for path in files)
    named = set(re.findall(r'"(page-[a-z-]+)"', sources))
    places = {f"page-place-{place}" for place in get_args(Place)}
    ours = {id for id in texts().ids("sv") if id.startswith("page-")}
    assert ours == named - {"page-place-"} | places


# The first words


@pytest.mark.parametrize(
    ("path", "fields"), [("/say", {"text": "hej"}), ("/choose", {"choice": "hours"})]
)
async def test_the_first_act_begins_a_conversation_and_leads_back_to_the_one_address(
    house: House, visitor: Visitor, path: str, fields: dict[str, str]
) -> None:
    response = await visitor.post(path, client_id=fresh(), **fields)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert only(house).address.channel == "web"
    assert only(house).messages[0].text.startswith("Hej. Det är bra att du hör av dig.")


async def test_the_cookie_is_hidden_from_scripts_and_sites_and_dies_with_the_window(
    visitor: Visitor,
) -> None:
    cookie = (await visitor.say("hej")).headers["set-cookie"].lower()
    assert cookie.startswith("visit=")
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/" in cookie
    assert "expires" not in cookie
    assert "max-age" not in cookie
    assert "domain" not in cookie


async def test_on_https_only_this_host_can_set_the_cookie(house: House) -> None:
    url = "https://chatt.example"
    async with visiting(site_of(house, url=url), url=url) as visitor:
        cookie = (await visitor.say("hej")).headers["set-cookie"]
        assert cookie.startswith("__Host-visit=")
        assert "; secure" in cookie.lower()
        assert "hej" in await visitor.look()


async def test_the_token_stands_nowhere_but_in_the_cookie(house: House, script: Visitor) -> None:
    answer = await script.say("hej")
    token = only(house).address.token
    everything = answer.text + await script.look() + await script.frame()
    assert token in script.cookie
    assert token not in everything
    assert token not in str(answer.url)


async def test_whoever_comes_back_finds_everything_as_it_was(visitor: Visitor) -> None:
    await visitor.say("Jag är rädd för vad jag kan göra.")
    first = await visitor.look()
    assert "Jag är rädd för vad jag kan göra." in first
    assert re.findall("<article.*?</article>", first, re.DOTALL) == re.findall(
        "<article.*?</article>", await visitor.look(), re.DOTALL
    )


async def test_two_windows_are_one_visitor_and_two_browsers_are_two(
    house: House, visitor: Visitor
) -> None:
    await visitor.say("ett")
    async with visiting(visitor.site) as window, visiting(visitor.site) as somebody_else:
        window.client.cookies = visitor.client.cookies
        await window.say("två")
        assert [text for text in said(house) if text in {"ett", "två"}] == ["ett", "två"]
        assert "ett" in await window.look()
        await somebody_else.say("tre")
        page = await somebody_else.look()
        assert "tre" in page
        assert ">ett<" not in page
    assert len(house.board.book.conversations) == 2


async def test_a_made_up_cookie_leads_nowhere(house: House, visitor: Visitor) -> None:
    await visitor.say("hej")
    async with visiting(visitor.site) as other:
        other.client.cookies.set("visit", "made-up")
        response = await other.client.get("/")
        assert "visit=" in response.headers["set-cookie"]
        assert "hej" not in re.findall('class="words"[^>]*>([^<]*)', response.text)
        await other.say("jag")
    tokens = {each.address.token for each in house.board.book.conversations.values()}
    assert "made-up" not in tokens
    assert len(tokens) == 2


# Sent twice, sent late


async def test_the_same_act_sent_again_is_taken_once(house: House, visitor: Visitor) -> None:
    for _ in range(3):
        await visitor.say("hej", client_id="same")
    assert said(house) == ["hej"]


async def test_words_of_an_erased_conversation_do_not_come_back_to_life(
    house: House, visitor: Visitor, script: Visitor
) -> None:
    await visitor.say("hemligt", client_id="late")
    await visitor.choose("erase-now")
    answer = await script.say("hemligt", client_id="late")
    assert answer.status_code == 410
    assert answer.json()["error"].startswith("Samtalet är raderat")
    assert house.board.book.conversations == {}
    house.clock.move(hours=24)
    assert (await script.say("hemligt", client_id="late")).status_code == 200


async def test_new_words_after_an_erasure_begin_a_conversation_that_knows_nothing(
    house: House, visitor: Visitor
) -> None:
    await visitor.say("det förra")
    before = only(house)
    await visitor.choose("erase-now")
    await visitor.say("något nytt")
    assert only(house).id != before.id
    assert only(house).address != before.address
    assert said(house) == ["något nytt"]


async def test_a_cookie_that_died_in_the_dark_is_taken_back_without_a_word(
    house: House, visitor: Visitor
) -> None:
    async with visiting(visitor.site) as nobody:
        untouched = re.sub(r'name="client_id" value="[^"]+"', "", await nobody.look())
    await visitor.say("hej")
    await visitor.client.get("/")
    house.board.book.drop(only(house).id)
    response = await visitor.client.get("/")
    assert 'visit=""' in response.headers["set-cookie"]
    assert "max-age=0" in response.headers["set-cookie"].lower()
    assert re.sub(r'name="client_id" value="[^"]+"', "", response.text) == untouched


def test_what_is_remembered_of_acts_is_bounded_and_no_id_is_kept_in_the_clear() -> None:
    memory = Memory()
    for number in range(MOST + 10):
        memory.note(f"own-name-{number}", "gone", MONDAY_MORNING)
    assert not memory.is_of_erased("own-name-9", (), MONDAY_MORNING)
    assert memory.is_of_erased("own-name-10", (), MONDAY_MORNING)
    assert not memory.is_of_erased("own-name-10", {"gone"}, MONDAY_MORNING)
    # Long enough that no hash spells it; and megabytes are not compared letter by letter.
    is_in_the_clear = "own-name-" in repr(memory)
    assert not is_in_the_clear


async def test_words_that_cross_an_erasure_on_their_way_begin_nothing(
    house: House, visitor: Visitor, script: Visitor
) -> None:
    await visitor.say("hej")
    script.client.cookies = visitor.client.cookies
    erased, crossed = await asyncio.gather(visitor.choose("erase-now"), script.say("och"))
    assert (erased.status_code, crossed.status_code) == (303, 410)
    assert house.board.book.conversations == {}


# What cannot be taken


@pytest.mark.parametrize(
    ("path", "fields", "status", "sentence"),
    [
        ("/say", {"text": "  \n ", "client_id": "a"}, 422, "Du har inte skrivit något än."),
        ("/say", {"text": "\0\0", "client_id": "a"}, 422, "Du har inte skrivit något än."),
        ("/say", {"client_id": "a"}, 422, "Du har inte skrivit något än."),
        ("/say", {"text": "hej"}, 422, "gick inte att läsa"),
        ("/say", {"text": "hej", "client_id": "a" * 65}, 422, "gick inte att läsa"),
        ("/say", {"text": "hej", "client_id": "å"}, 422, "gick inte att läsa"),
        ("/choose", {"choice": "no-such", "client_id": "a"}, 422, "Det valet finns inte."),
        ("/choose", {"choice": "place:x", "client_id": "a"}, 422, "Det valet finns inte."),
        ("/choose", {"client_id": "a"}, 422, "Det valet finns inte."),
    ],
)
async def test_what_cannot_be_taken_is_refused_in_one_sentence_and_changes_nothing(
    house: House, visitor: Visitor, path: str, fields: dict[str, str], status: int, sentence: str
) -> None:
    response = await visitor.post(path, **fields)
    assert response.status_code == status
    [alert] = re.findall(r'<p id="fault" role="alert">([^<]+)</p>', response.text)
    assert sentence in alert
    assert house.board.book.conversations == {}
    await visitor.say("hej")
    before = only(house)
    assert (await visitor.post(path, **fields)).status_code == status
    assert only(house) == before


@pytest.mark.parametrize("character", ["a", "å", "🜁", "ה", "\u202e"])
async def test_the_longest_words_are_taken_in_any_script_and_longer_ones_given_back(
    house: House, visitor: Visitor, character: str
) -> None:
    assert (await visitor.say(character * LONGEST)).status_code == 303
    assert character * LONGEST in said(house)
    before = only(house)
    response = await visitor.say(character * (LONGEST + 1))
    assert response.status_code == 422
    assert "är 8\N{NO-BREAK SPACE}001 tecken långt" in response.text
    assert f"\n{character * (LONGEST + 1)}</textarea>" in response.text
    assert only(house) == before


async def test_control_characters_are_left_out_and_the_words_are_kept(
    house: House, visitor: Visitor
) -> None:
    await visitor.say("he\0j\x1b\r\n\u200bdu")
    assert said(house) == ["hej\n\u200bdu"]


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b'{"text": "hej"}', 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("text/plain", b"text=hej", 415),
        ("application/x-www-form-urlencoded", b"text=hej&" + b"a=1&" * 20, 400),
        ("application/x-www-form-urlencoded", b"\xff\xfe%%%=&&&;;", 422),
        ("application/x-www-form-urlencoded", b"", 422),
    ],
)
async def test_a_malformed_form_is_refused_in_one_sentence(
    house: House, visitor: Visitor, kind: str, body: bytes, status: int
) -> None:
    for path in ("/say", "/choose", "/ack"):
        response = await visitor.client.post(path, content=body, headers={"content-type": kind})
        assert response.status_code == status
        assert '"error":' in response.text or 'role="alert">' in response.text
    assert house.board.book.conversations == {}


async def test_a_flood_is_slowed_with_the_words_given_back_and_others_are_not(
    house: House, visitor: Visitor
) -> None:
    await visitor.say("hej")
    answers = [await visitor.say(f"ord {number}") for number in range(int(BURST) + 1)]
    assert [answer.status_code for answer in answers[:-1]] == [303] * int(BURST)
    assert answers[-1].status_code == 429
    assert "Vänta några sekunder" in answers[-1].text
    assert "\nord 60</textarea>" in answers[-1].text
    async with visiting(visitor.site) as somebody_else:
        assert (await somebody_else.say("hej")).status_code == 303
    house.clock.move(seconds=2)
    assert (await visitor.say("ord 60")).status_code == 303


async def test_when_nobody_more_can_be_taken_on_there_is_the_phone(
    house: House, visitor: Visitor
) -> None:
    most = house.board.shop.line.capacity.model_copy(update={"open_conversations": 1})
    line = house.board.shop.line.model_copy(update={"capacity": most})
    object.__setattr__(house.board.shop, "line", line)
    await visitor.say("hej")
    async with visiting(visitor.site) as late:
        response = await late.say("hej")
        assert response.status_code == 503
        assert "ring 020-555 666" in response.text
    assert (await visitor.say("jag är redan här")).status_code == 303


async def test_words_that_were_not_kept_are_said_not_to_be_and_given_back(
    house: House, visitor: Visitor, script: Visitor
) -> None:
    house.board.store = FullDisk()
    response = await visitor.say("viktigt")
    assert response.status_code == 503
    assert "kunde inte sparas, och ingen har fått det" in response.text
    assert "\nviktigt</textarea>" in response.text
    assert "set-cookie" not in response.headers
    answer = await script.say("viktigt", client_id="again")
    assert answer.status_code == 503
    house.board.store = house.live
    assert (await script.say("viktigt", client_id="again")).status_code == 200
    assert said(house) == ["viktigt"]


# What the visitor sees


@pytest.mark.parametrize("payload", [PAYLOAD, PAYLOAD + "\revent: gone\rdata: x"])
async def test_words_are_never_markup(house: House, script: Visitor, payload: str) -> None:
    await start_talk(house, script)
    await script.say(payload)
    await happen(house, Said(ANNA, payload))
    async with listening(script) as stream:
        events = await stream.until("state")
    shown = [await script.look(), await script.frame("talking"), *(each.data for each in events)]
    assert sum(ESCAPED in each for each in shown) == 4
    assert not any("<script>" in each for each in shown)
    assert "gone" not in {each.name for each in events}
    assert not (await script.say("x" * LONGEST + PAYLOAD)).text.count("<script>")


async def test_only_our_own_texts_have_links(house: House, visitor: Visitor) -> None:
    await start_talk(house, visitor)
    await visitor.say("https://example.org ring 112")
    await happen(house, Said(ANNA, "https://example.com ring 112"))
    page = await visitor.look()
    assert 'href="https://example' not in page
    service = next(iter(house.board.shop.directory.services.values()))
    await happen(house, Attached(ANNA, service.id))
    assert service.name in await visitor.look()


async def test_an_entry_stands_under_the_name_of_the_counsellor_who_sent_it(
    house: House, visitor: Visitor
) -> None:
    await start_talk(house, visitor)
    service = house.board.shop.directory.services["preventell"]
    await happen(house, Attached(ANNA, service.id))
    *_, entry = (await visitor.look()).split("<article ")
    assert f'<p class="who"><bdi>{ANNA}</bdi></p>' in entry
    assert f"<b>{service.name}</b>" in entry
    assert 'href="tel:' in entry


@pytest.mark.parametrize(
    ("choices", "offered"),
    [
        (["talk"], ["yes", "menu"]),
        (["talk", "menu"], ["talk", "places", "hours", "violence", "privacy", "erase"]),
        (["places"], ["menu"]),
        (["hours"], ["talk", "places", "menu"]),
        (["erase"], ["erase-now", "menu"]),
    ],
)
async def test_the_choices_are_those_of_what_was_last_said(
    visitor: Visitor, choices: list[str], offered: list[str]
) -> None:
    for choice in choices:
        await visitor.choose(choice)
    assert await visitor.choices() == offered


async def test_words_do_not_take_the_choices_away(visitor: Visitor) -> None:
    await visitor.choose("talk")
    await visitor.say("jag vet inte riktigt")
    assert await visitor.choices() == ["yes-with-words", "yes", "menu"]
    await visitor.choose("yes")
    queue = ["places", "leave-queue"]
    roles = [f"role:{role}" for role in ROLES]
    assert await visitor.choices() == [*roles, "skip", *queue]
    await visitor.say("jag heter inget")
    assert await visitor.choices() == [*roles, "skip", *queue]
    await visitor.choose("skip")
    assert await visitor.choices() == ["skip", *queue]
    await visitor.choose("skip")
    assert await visitor.choices() == queue
    await visitor.choose("leave-queue")
    assert "leave-queue" not in await visitor.choices()


async def test_a_question_that_is_answered_in_words_takes_its_choices_with_it(
    visitor: Visitor,
) -> None:
    await visitor.choose("talk")
    await visitor.choose("yes")
    queue = ["places", "leave-queue"]
    await visitor.say("utsatt")
    assert await visitor.choices() == ["skip", *queue]
    await visitor.say("Järna")
    assert await visitor.choices() == ["place:0181", "place:2021", "skip", *queue]
    await visitor.say("Södertälje")
    assert await visitor.choices() == queue


async def test_after_a_look_up_in_the_queue_there_is_nothing_to_skip(visitor: Visitor) -> None:
    for choice in ("talk", "yes", "skip", "skip", "places"):
        await visitor.choose(choice)
    assert await visitor.choices() == ["skip", "places", "leave-queue"]
    await visitor.say("Lund")
    assert await visitor.choices() == ["places", "leave-queue"]


async def test_a_place_typed_after_a_look_up_leaves_no_trace_in_what_a_counsellor_reads(
    house: House, visitor: Visitor
) -> None:
    await visitor.choose("places")
    await visitor.say("Skåne")
    await visitor.say("Lund")
    await visitor.say("jag är rädd för mig själv")
    await visitor.choose("talk")
    await visitor.choose("yes-with-words")
    await visitor.choose("places")
    await visitor.say("Malmö")
    await visitor.say("Eslöv")
    words = [each.text for each in only(house).messages if each.author == "visitor"]
    assert words == ["jag är rädd för mig själv"]


async def test_in_the_talk_there_is_one_choice_to_end_it_with_a_question_first(
    house: House, visitor: Visitor
) -> None:
    await start_talk(house, visitor)
    assert isinstance(only(house).state, Talking)
    page = await visitor.look()
    assert "Du skriver med Anna" in page
    assert await visitor.choices() == ["end"]
    assert (
        page.index("<details") < page.index("Vill du avsluta samtalet?") < page.index("</details")
    )
    await visitor.choose("end")
    assert isinstance(only(house).state, Closing)


async def test_after_the_end_the_question_waits_until_it_is_answered(
    house: House, visitor: Visitor
) -> None:
    await start_talk(house, visitor)
    await happen(house, Ended(ANNA))
    helped = [f"helped:{answer}" for answer in ("better", "same", "worse", "no_answer")]
    assert await visitor.choices() == [*helped, "erase-now"]
    await visitor.say("tack")
    assert await visitor.choices() == [*helped, "erase-now"]
    await visitor.choose("helped:better")
    assert await visitor.choices() == ["erase-now"]
    assert re.search(r'<form id="composer"[^>]* hidden', await visitor.look())


async def test_after_a_hand_back_the_queue_is_shown_and_every_name_is_right(
    house: House, visitor: Visitor
) -> None:
    house.present(BO)
    await start_talk(house, visitor)
    await happen(house, Said(ANNA, "Hej från mig."), HandedBack(ANNA))
    assert isinstance(only(house).state, Waiting)
    assert await visitor.choices() == ["places", "leave-queue"]
    await happen(house, Claimed(BO, "unused"), Said(BO, "Nu är det jag."))
    page = await visitor.look()
    assert re.findall(r"<bdi>(\w+)</bdi>", page) == [ANNA, BO]
    assert "Du skriver med Bo" in page


async def test_an_old_button_does_nothing_and_the_page_is_shown_again(
    house: House, visitor: Visitor, script: Visitor
) -> None:
    await visitor.choose("talk")
    before = only(house)
    assert (await visitor.choose("helped:better")).status_code == 303
    assert only(house) == before
    script.client.cookies = visitor.client.cookies
    assert (await script.choose("leave-queue")).json()["seq"] == 0


async def test_words_are_marked_read_when_the_counsellor_has_seen_them(
    house: House, visitor: Visitor
) -> None:
    await start_talk(house, visitor)
    await visitor.say("ett")
    await house.board.ask(Seen(only(house).id, ANNA, only(house).next_seq - 1))
    await visitor.say("två")
    assert re.findall(r'class="mark">([^<]+)<', await visitor.look()) == ["Läst", "Skickat ✓"]


async def test_words_that_were_not_handed_over_are_never_marked_read(
    house: House, visitor: Visitor
) -> None:
    await visitor.say("bara för mig")
    await start_talk(house, visitor)
    await house.board.ask(Seen(only(house).id, ANNA, 99))
    assert re.findall(r'class="mark">([^<]+)<', await visitor.look()) == ["Skickat ✓"]


# Without JavaScript


async def test_the_frame_holds_the_messages_and_fetches_itself_again(
    house: House, visitor: Visitor
) -> None:
    await start_talk(house, visitor)
    await happen(house, Said(ANNA, "Hej."))
    frame = await visitor.frame("talking")
    assert ">Hej.<" in frame
    assert '<meta http-equiv="refresh" content="10">' in frame
    assert "<form" not in frame
    assert "<script" not in frame


async def test_the_frame_tells_when_the_page_around_it_is_behind(
    house: House, visitor: Visitor
) -> None:
    await join_queue(visitor)
    assert '<iframe src="/messages?place=waiting"' in await visitor.look()
    assert "Visa vad du kan välja nu" not in await visitor.frame("waiting")
    await house.board.ask(TookNext(ANNA))
    assert "Visa vad du kan välja nu" in await visitor.frame("waiting")


async def test_what_the_frame_shows_is_delivered(house: House, visitor: Visitor) -> None:
    await start_talk(house, visitor)
    assert only(house).outbox
    await visitor.frame("talking")
    assert only(house).outbox == ()


async def test_the_frame_of_an_erased_conversation_is_empty_and_leads_to_the_start(
    visitor: Visitor,
) -> None:
    frame = await visitor.frame("talking")
    assert "Allt är raderat" in frame
    assert '<a class="button" href="/" target="_top">' in frame
    assert "<article" not in frame


async def test_going_to_where_a_form_was_sent_leads_to_the_start(visitor: Visitor) -> None:
    for path in ("/say", "/choose", "/exit"):
        response = await visitor.client.get(path)
        assert (response.status_code, response.headers["location"]) == (303, "/")


# The stream


async def test_the_stream_tells_what_was_said_then_what_happens(
    house: House, script: Visitor
) -> None:
    await start_talk(house, script)
    async with listening(script) as stream:
        before = await stream.until("state")
        assert [each.id for each in before if each.name == "message"] == sorted(
            (each.id for each in before if each.name == "message"), key=int
        )
        assert "Du skriver med Anna" in before[-1].data
        await happen(house, Said(ANNA, "Hej."))
        event = await stream.next()
        assert (event.name, event.id) == ("message", str(only(house).next_seq - 1))
        assert ">Hej.<" in event.data


async def test_the_stream_goes_on_where_the_page_was(house: House, script: Visitor) -> None:
    await start_talk(house, script)
    last = only(house).next_seq - 1
    await happen(house, Said(ANNA, "ett"), Said(ANNA, "två"))
    async with listening(script, f"after={last}") as stream:
        texts = [each.data for each in await stream.until("state")][:-1]
        assert [">ett<" in texts[0], ">två<" in texts[1], len(texts)] == [True, True, 2]
    async with listening(script, "after=0", last_event_id=str(last + 1)) as stream:
        [event, _] = await stream.until("state")
        assert ">två<" in event.data


async def test_of_the_queues_standing_only_the_latest_is_told(
    script: Visitor,
) -> None:
    await join_queue(script)
    await script.choose("skip")
    await script.choose("skip")
    async with listening(script) as stream:
        events = await stream.until("state")
    assert sum('data-slot="queue"' in each.data for each in events) == 1


async def test_a_state_that_is_the_same_is_not_told_again(house: House, script: Visitor) -> None:
    await start_talk(house, script)
    async with listening(script) as stream:
        await stream.until("state")
        await script.say("ett")
        await script.say("två")
        assert [(await stream.next()).name for _ in range(2)] == ["message", "message"]
        await house.board.ask(Seen(only(house).id, ANNA, only(house).next_seq - 1))
        assert (await stream.next()).name == "state"


async def test_every_window_is_told_when_it_is_over(house: House, script: Visitor) -> None:
    await script.say("hej")
    async with listening(script) as one, listening(script) as two:
        await one.until("state")
        await two.until("state")
        answer = await script.choose("erase-now")
        assert answer.json() == {"gone": True}
        assert 'visit=""' in answer.headers["set-cookie"]
        assert (await one.next()).name == "gone"
        assert (await two.next()).name == "gone"
    assert house.board.feeds._bells == {}  # noqa: SLF001 - nobody is left listening


async def test_a_page_of_another_conversation_is_told_that_its_own_is_gone(
    script: Visitor,
) -> None:
    first = (await script.say("det förra")).json()["of"]
    await script.choose("erase-now")
    second = (await script.say("det nya")).json()["of"]
    assert first != second
    async with listening(script, f"after=2&of={first}") as stream:
        assert (await stream.next()).name == "gone"
    async with listening(script, f"after=0&of={second}") as stream:
        assert any(">det nya<" in each.data for each in await stream.until("state"))


async def test_without_a_conversation_the_stream_says_gone_and_ends(visitor: Visitor) -> None:
    response = await visitor.client.get("/events")
    assert response.text == "event: gone\ndata: \n\n"


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 30, "٣"])
async def test_a_stream_from_no_number_is_refused(script: Visitor, after: str) -> None:
    await script.say("hej")
    assert (await script.client.get("/events", params={"after": after})).status_code == 422


async def test_delivered_means_that_the_page_said_so(house: House, script: Visitor) -> None:
    await start_talk(house, script)
    await happen(house, Said(ANNA, "ett"), Said(ANNA, "två"))
    last = only(house).next_seq - 1
    await script.look()
    assert last in only(house).outbox
    assert (await script.post("/ack", seq=str(last - 1))).status_code == 204
    assert only(house).outbox == (last,)
    await script.post("/ack", seq=str(last))
    assert only(house).outbox == ()


async def test_nobody_acknowledges_for_somebody_else(house: House, script: Visitor) -> None:
    await start_talk(house, script)
    before = only(house).outbox
    async with visiting(script.site, script=True) as other:
        assert (await other.post("/ack", seq="99")).status_code == 204
    assert only(house).outbox == before


# Leaving


async def test_the_exit_ends_everything_and_leads_away(house: House, visitor: Visitor) -> None:
    await start_talk(house, visitor)
    response = await visitor.post("/exit")
    assert (response.status_code, response.headers["location"]) == (303, AWAY)
    assert 'visit=""' in response.headers["set-cookie"]
    assert "clear-site-data" not in response.headers
    assert house.board.book.conversations == {}
    assert visitor.cookie == ""
    assert NOTICE not in await visitor.look()


async def test_a_script_that_leaves_is_not_sent_anywhere(house: House, script: Visitor) -> None:
    await script.say("hej")
    response = await script.client.post("/exit", headers={"accept": "*/*"})
    assert (response.status_code, response.text) == (204, "")
    assert house.board.book.conversations == {}


async def test_the_exit_works_for_whoever_has_said_nothing(visitor: Visitor) -> None:
    assert (await visitor.post("/exit")).headers["location"] == AWAY


async def test_the_exit_works_although_nothing_can_be_written(
    house: House, visitor: Visitor
) -> None:
    await visitor.say("hej")
    house.board.store = FullDisk()
    response = await visitor.post("/exit")
    house.board.store = house.live
    assert response.headers["location"] == AWAY
    assert house.vault.ids == frozenset()


async def test_the_exit_button_may_lead_where_it_leads_and_no_other_form_elsewhere(
    visitor: Visitor,
) -> None:
    policy = (await visitor.client.get("/")).headers["content-security-policy"]
    assert "form-action 'self' https://example.org;" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


async def test_an_erasure_is_confirmed_once_and_never_again(house: House, visitor: Visitor) -> None:
    await visitor.say("hej")
    assert (await visitor.choose("erase-now")).headers["location"] == "/"
    assert house.board.book.conversations == {}
    assert NOTICE in await visitor.look()
    assert visitor.cookie == ""
    assert NOTICE not in await visitor.look()


async def test_another_site_cannot_speak_for_the_visitor(house: House, visitor: Visitor) -> None:
    await visitor.say("hej")
    before = only(house)
    for path in ("/say", "/choose", "/ack", "/exit"):
        fields = {"text": "x", "choice": "erase-now", "client_id": "x", "seq": "1"}
        for origin in ("https://evil.example", "null", URL + "0"):
            answer = await visitor.client.post(path, data=fields, headers={"origin": origin})
            assert answer.status_code == 403
    assert only(house) == before
