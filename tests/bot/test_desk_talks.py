import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation import for_visitor
from bot.words import LONGEST
from directory.edits import Edit
from flows.channels import TELEGRAM
from flows.events import Departed, EndedTalk, ToldPlace, ToldRole, Wrote
from flows.states import Closing, Talking, Waiting
from tests.bot.desks import DeskHouse, hidden, open_desk
from tests.cast import ANNA, BO, KARIN

BORAS = "1490"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


def said(desk: DeskHouse, visitor: str, author: str) -> list[str]:
    conversation = desk.house.board.book.conversations[visitor]
    return [message.text for message in conversation.messages if message.author == author]


async def test_the_queue_shows_what_the_visitor_chose_to_tell(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Jag orkar inte mer, jag vill ta livet av mig")
    await desk.happens(visitor, ToldRole("uses_violence"))
    await desk.happens(visitor, ToldPlace(BORAS))
    desk.clock.move(minutes=7)
    page = await anna.page()
    for words in ("väntat 7 min", "Har använt våld", "Webbchatt", "Akut:", "Risk för självmord"):
        assert words in page
    assert "Västra Götalands län" in page
    assert "(1) Skrivbord" in page
    assert "ta livet av mig" not in page


async def test_the_municipality_stays_out_of_the_queue(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await desk.happens(visitor, ToldPlace(BORAS))
    assert "Borås" not in await anna.page()


async def test_a_page_says_how_fresh_its_list_is(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    desk.clock.move(minutes=2, seconds=15)
    assert 'Uppdaterad kl. <span id="fresh">10.02.15' in await anna.page()


async def test_take_next_takes_who_has_waited_longest(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    first = await desk.visitor("Först")
    desk.clock.move(minutes=1)
    await desk.visitor("Sedan")
    await anna.post("/desk/next")
    assert [talk.id for talk in desk.house.board.book.talks_of(ANNA)] == [first]


async def test_the_loser_of_a_race_is_told_who_has_the_visitor(desk: DeskHouse) -> None:
    anna, bo = await desk.person(ANNA), await desk.person(BO)
    visitor = await desk.visitor("Hej")
    await anna.post(f"/desk/talk/{visitor}/take")
    lost = await bo.post(f"/desk/talk/{visitor}/take")
    assert lost.status_code == 409
    assert f"{ANNA} har redan det här samtalet" in lost.text
    by_script = await bo.script(f"/desk/talk/{visitor}/take")
    assert ANNA in by_script.json()["sentence"]


async def test_a_third_visitor_must_wait_until_there_are_hands(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    for _ in range(3):
        await desk.visitor("Hej")
    statuses = [(await anna.post("/desk/next")).status_code for _ in range(3)]
    assert statuses == [303, 303, 409]


async def test_nobody_to_take_is_said(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    assert "Ingen väntar" in (await anna.post("/desk/next")).text


async def test_words_travel_both_ways_and_say_how_far_they_have_come(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej, är någon där?")
    await anna.post("/desk/next")
    await anna.post(f"/desk/talk/{visitor}/say", words="Ja, jag är här.")
    assert said(desk, visitor, "counsellor") == ["Ja, jag är här."]
    page = await anna.page()
    assert "Hej, är någon där?" in page
    assert "skickas" in page
    assert "framme" not in page


async def test_the_same_words_sent_twice_arrive_once(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    client_id = hidden((await anna.get("/desk")).text, "client_id")
    for send in (anna.script, anna.script, anna.post):
        answer = await send(f"/desk/talk/{visitor}/say", words="En gång", client_id=client_id)
        assert answer.status_code in {200, 303}
    assert said(desk, visitor, "counsellor") == ["En gång"]


async def test_unread_words_are_counted_until_they_are_seen(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Ett", "Två")
    await anna.post("/desk/next")
    assert "2 nya" in await anna.page()
    seq = hidden((await anna.get("/desk")).text, "seq")
    await anna.script(f"/desk/talk/{visitor}/seen", seq=seq)
    assert "nya</span>" not in await anna.page()
    await desk.happens(visitor, Wrote("Tre"))
    assert "1 ny</span>" in await anna.page()


@pytest.mark.parametrize("words", ["", "  \n ", "\x00\x07"])
async def test_nothing_is_not_sent(desk: DeskHouse, words: str) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    assert (await anna.post(f"/desk/talk/{visitor}/say", words=words)).status_code == 422
    assert said(desk, visitor, "counsellor") == []


async def test_words_that_are_too_long_stay_in_their_box(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    words = "a" * (LONGEST + 1)
    answer = await anna.post(f"/desk/talk/{visitor}/say", words=words, panel=desk.draft(ANNA))
    assert answer.status_code == 422
    assert "för långt" in answer.text
    assert f">{words}</textarea>" in answer.text


async def test_markup_is_shown_as_it_was_written(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("<script>alert(1)</script>")
    await anna.post("/desk/next")
    await anna.post(f"/desk/talk/{visitor}/say", words="</textarea><b>x</b>")
    page = (await anna.get("/desk")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>x</b>" not in page


async def test_a_service_is_found_and_sent(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    found = await anna.post("/desk/search", find="preventell", panel=desk.draft(ANNA))
    assert "PrevenTell" in found.text
    await anna.post(f"/desk/talk/{visitor}/attach", service="preventell")
    conversation = desk.house.board.book.conversations[visitor]
    assert any("PrevenTell" in message.text for message in for_visitor(conversation))
    assert "Hänvisat till: PrevenTell" in await anna.page()
    draft = desk.house.board.book.drafts[desk.draft(ANNA)]
    assert draft.answers["referred_service"] == "preventell"
    assert draft.answers["referred_to"] == "preventell"


async def test_an_entry_whose_answer_was_lost_is_sent_once_though_it_is_pressed_again(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    found = await anna.post("/desk/search", find="göteborg", panel=desk.draft(ANNA))
    names = re.findall(
        r'name="client_id" value="([^"]+)">\s*<button[^>]+name="service"', found.text
    )
    assert len(names) == len(set(names)) > 1
    for name in (names[0], names[0], names[1]):
        await anna.post(f"/desk/talk/{visitor}/attach", service="preventell", client_id=name)
    conversation = desk.house.board.book.conversations[visitor]
    assert [message.client_id for message in for_visitor(conversation) if message.by] == names[:2]


async def test_what_was_sent_stands_in_the_log_under_who_sent_it_also_after_the_talk(
    desk: DeskHouse,
) -> None:
    anna, bo = await desk.person(ANNA), await desk.person(BO)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    await anna.post(f"/desk/talk/{visitor}/attach", service="preventell")
    await anna.post(f"/desk/talk/{visitor}/hand-back")
    await bo.post("/desk/next")
    await bo.post(f"/desk/talk/{visitor}/attach", service="valj-att-sluta")
    await bo.post(f"/desk/talk/{visitor}/end")
    page = await bo.page()
    log = page[page.index('role="log"') : page.index('class="paper"')]
    assert re.findall(r'class="author">([^<]*)<', log)[1:3] == [f"{ANNA} hänvisade", "Du hänvisade"]
    assert log.index("020-66 77 88") < log.index("020-555 666")
    assert "Hänvisat till: PrevenTell, Välj att sluta" in page


async def test_on_telegram_an_entry_is_one_message_that_begins_with_neutral_words(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej", channel=TELEGRAM)
    await anna.post("/desk/next")
    await anna.post(f"/desk/talk/{visitor}/attach", service="preventell")
    sent = desk.house.board.book.conversations[visitor].messages[-1]
    assert (sent.author, sent.by) == ("bot", ANNA)
    assert sent.text.startswith(f"{ANNA} skickar en kontakt.")
    assert "020-66 77 88" in sent.text


async def test_where_the_visitor_lives_stands_in_the_search_already(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await desk.happens(visitor, ToldRole("uses_violence"))
    await desk.happens(visitor, ToldPlace(BORAS))
    await anna.post("/desk/next")
    assert 'name="find" value="Borås"' in await anna.page()
    searched = await anna.post("/desk/search", find="preventell", panel=desk.draft(ANNA))
    assert 'name="find" value="preventell"' in searched.text


async def test_a_talk_where_nothing_was_written_says_so(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor()
    await anna.post("/desk/next")
    assert "Besökaren har inte skrivit något än." in await anna.page()
    await anna.post(f"/desk/talk/{visitor}/end")
    assert "Besökaren skrev ingenting." in await anna.page()


async def test_how_many_wait_and_for_whom_it_may_be_acute_is_said_in_short(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej")
    assert ">1 väntar</a>" in await anna.page()
    await desk.visitor("Jag vill ta livet av mig")
    assert ">2 väntar, 1 akut</a>" in await anna.page()


async def test_an_entry_that_is_sent_takes_the_answer_nowhere_back(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    id = desk.draft(ANNA)
    revision = str(desk.house.board.book.drafts[id].revision)
    await anna.post(f"/desk/form/{id}/save", referred_to="none", revision=revision)
    assert desk.house.board.book.drafts[id].answers["referred_to"] == "none"
    await anna.post(f"/desk/talk/{visitor}/attach", service="sos-alarm")
    await anna.post(f"/desk/talk/{visitor}/attach", service="atv-arvika")
    answers = desk.house.board.book.drafts[id].answers
    assert answers["referred_to"] == "emergency|municipal_violence_service"
    assert answers["referred_service"] == "sos-alarm|atv-arvika"


async def test_a_hit_says_where_it_serves_whether_it_is_open_and_how_old_it_is(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej")
    await anna.post("/desk/next")
    searched = {"panel": desk.draft(ANNA)}
    shared = await anna.post("/desk/search", find="kriscentrum mellersta", **searched)
    assert "och 4 till" in shared.text
    assert "från 2018–2020" in shared.text
    line = await anna.post("/desk/search", find="kvinnofridslinjen", **searched)
    assert "hela landet" in line.text
    assert "öppet nu (dygnet runt) · uppgift från 2026-06-04" in line.text


async def test_hits_beyond_those_that_a_digit_sends_are_folded_and_can_be_sent_too(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej")
    await anna.post("/desk/next")
    many = (await anna.post("/desk/search", find="stockholm", panel=desk.draft(ANNA))).text
    shown, folded = many.split("<summary>Visa 4 till</summary>")
    assert (shown.count('name="service"'), folded.count('name="service"')) == (9, 4)
    assert len(set(re.findall(r'name="client_id" value="([^"]+-[0-9]+)"', many))) == 13
    few = (await anna.post("/desk/search", find="kiruna", panel=desk.draft(ANNA))).text
    assert few.count('name="service"') == 6
    assert "Välj att sluta" in few
    assert "Visa " not in few[few.index('class="services"') :]


async def test_a_search_without_a_hit_says_what_to_try(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej")
    await anna.post("/desk/next")
    answer = await anna.script("/desk/search", find="qqqzzz", panel=desk.draft(ANNA))
    assert "Inget hittades på ”qqqzzz”" in answer.json()["hits"]


async def test_a_service_that_was_retired_is_not_sent(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    entry = desk.catalogue.directory.services["atv-arvika"]
    retired = Edit(entry, entry.model_copy(update={"status": "retired"}))
    await desk.catalogue.change([retired], who=KARIN, why="retired", at=desk.clock())
    answer = await anna.post(f"/desk/talk/{visitor}/attach", service="atv-arvika")
    assert answer.status_code == 409


async def test_a_service_that_is_gone_is_not_sent(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    answer = await anna.post(f"/desk/talk/{visitor}/attach", service="finns-inte")
    assert answer.status_code == 409
    assert "finns inte längre i katalogen" in answer.text


async def test_handing_back_gives_the_visitor_and_the_form_to_the_next(desk: DeskHouse) -> None:
    anna, bo = await desk.person(ANNA), await desk.person(BO)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    draft = desk.draft(ANNA)
    await anna.post(f"/desk/talk/{visitor}/hand-back")
    assert isinstance(desk.house.board.book.conversations[visitor].state, Waiting)
    assert "återlämnad" in await bo.page()
    assert draft not in await anna.page()
    await bo.post("/desk/next")
    assert desk.draft(BO) == draft


async def test_the_counsellor_ends_and_the_words_stay_until_they_are_erased(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Ett ord att minnas")
    await anna.post("/desk/next")
    await anna.post(f"/desk/talk/{visitor}/end")
    assert isinstance(desk.house.board.book.conversations[visitor].state, Closing)
    page = await anna.page()
    assert "Ett ord att minnas" in page
    assert "Orden raderas senast kl. 10.10" in page
    assert 'name="words"' not in page


async def test_when_the_conversation_is_erased_the_words_vanish_and_the_form_stays(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Ett ord att minnas")
    await anna.post("/desk/next")
    draft = desk.draft(ANNA)
    await desk.erase(visitor)
    page = await anna.page()
    assert "Ett ord att minnas" not in page
    assert "orden är raderade" in page
    assert f"/desk/form/{draft}/save" in page
    assert "raderas 17/11 kl. 10.00" in page


async def test_words_after_the_visitor_has_gone_are_given_back(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    order, draft = f"/desk/talk/{visitor}/say", desk.draft(ANNA)
    for goes in (EndedTalk(), Departed()):
        await desk.happens(visitor, goes)
        late = await anna.post(order, words="Är du kvar?", panel=draft)
        assert late.status_code == 409
        assert "besökaren gått" in late.text
        assert "Är du kvar?" in late.text


async def test_what_the_bot_and_the_visitor_said_between_them_stays_there(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    page = await anna.page()
    bot = [text for text in said(desk, visitor, "bot") if len(text) > 20]
    assert bot
    assert not [text for text in bot if text in page]


@pytest.mark.parametrize(
    ("status", "there"), [("present", True), ("paused", False), ("away", False)]
)
async def test_a_status_is_set_and_shown(desk: DeskHouse, status: str, *, there: bool) -> None:
    anna = await desk.person(ANNA, is_present=False)
    await anna.post("/desk/presence", status=status)
    assert (ANNA in desk.house.board.shop.presence.present(desk.clock())) is there
    assert f'value="{status}" aria-pressed="true"' in await anna.page()


async def test_an_unknown_status_is_refused(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    assert (await anna.post("/desk/presence", status="asleep")).status_code == 422


async def test_nothing_is_lost_when_the_disk_fails(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    await desk.house.live.close()
    answer = await anna.script(f"/desk/talk/{visitor}/say", words="Hej")
    assert answer.status_code == 503
    assert "Försök igen" in answer.json()["sentence"]
    state = desk.house.board.book.conversations[visitor].state
    assert isinstance(state, Talking)
    assert said(desk, visitor, "counsellor") == []


@pytest.mark.parametrize("charset", ["punycode", "undefined", "unicode_escape", "utf-7"])
async def test_a_form_of_another_kind_is_refused_and_breaks_nothing(
    desk: DeskHouse, charset: str
) -> None:
    anna = await desk.person(ANNA)
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    body = b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n\xff\\ud800\r\n--x--\r\n'
    async with desk.client() as stranger:
        for who in (anna.client, stranger):
            answer = await who.post("/desk/login", content=body, headers={"content-type": kind})
            assert answer.status_code == 403
    answer = await anna.client.post("/desk/next", content=body, headers={"content-type": kind})
    assert answer.status_code == 403


async def test_a_number_that_no_database_holds_is_no_number(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    huge = "9" * 5_000
    assert (await anna.script(f"/desk/talk/{visitor}/seen", seq=huge)).status_code == 200
    saved = await anna.script(f"/desk/form/{desk.draft(ANNA)}/save", revision=huge)
    assert saved.status_code == 409


async def test_nobody_logs_out_of_a_talk(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    refused = await anna.post("/desk/logout")
    assert refused.status_code == 409
    assert "Avsluta eller lämna tillbaka" in refused.text
    await anna.post(f"/desk/talk/{visitor}/hand-back")
    assert (await anna.post("/desk/logout")).status_code == 303
