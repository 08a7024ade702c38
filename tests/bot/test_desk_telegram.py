"""What Telegram brings to the desk: doubt about delivery, changed words, trouble, a way out."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation import Address, Fate
from bot.deliveries import Attempted, Delivered, GivenUp
from bot.desk.lines import Line, lines_of
from bot.health import Trouble
from bot.jobs import Began
from flows.channels import TELEGRAM
from flows.events import (
    AskedTalk,
    ConfirmedErasure,
    Consented,
    Departed,
    EndedTalk,
    Opened,
    Wrote,
)
from flows.states import Erasing
from tests.bot.desks import AtDesk, DeskHouse, open_desk
from tests.cast import ANNA, BO

WORDS = "Ring 112 om du är rädd för vad du gör."


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskHouse]:
    async with open_desk(tmp_path) as opened:
        yield opened


async def talking(desk: DeskHouse, *words: str) -> tuple[AtDesk, str]:
    """Anna with a visitor on Telegram."""
    anna = await desk.person(ANNA)
    visitor = await desk.visitor(*words, channel=TELEGRAM)
    await anna.post("/desk/next")
    return anna, visitor


async def given_up(desk: DeskHouse, fate: Fate) -> tuple[AtDesk, str, int]:
    """Anna, the visitor, and the place of her words that met this fate."""
    anna, visitor = await talking(desk, "Hej")
    await anna.post(f"/desk/talk/{visitor}/say", words=WORDS)
    seq = desk.seq_of(visitor, WORDS)
    await desk.ask(GivenUp(visitor, seq, fate))
    return anna, visitor, seq


def lines(desk: DeskHouse, visitor: str, reader: str = ANNA) -> dict[str, Line]:
    talk = desk.house.board.book.conversations[visitor]
    return {line.text: line for line in lines_of(talk, reader)}


def times_said(desk: DeskHouse, visitor: str) -> int:
    messages = desk.house.board.book.conversations[visitor].messages
    return sum(message.text == WORDS for message in messages)


# how far our words have come


async def test_words_that_telegram_has_taken_are_not_said_to_be_on_the_visitors_phone(
    desk: DeskHouse,
) -> None:
    anna, visitor = await talking(desk, "Hej")
    await anna.post(f"/desk/talk/{visitor}/say", words=WORDS)
    assert "skickas</span>" in await anna.page()
    await desk.ask(Delivered(visitor, desk.seq_of(visitor, WORDS), 77))
    assert "framme hos Telegram</span>" in await anna.page()


async def test_words_on_the_web_have_come_when_the_visitors_page_has_them(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    visitor = await desk.visitor("Hej")
    await anna.post("/desk/next")
    await anna.post(f"/desk/talk/{visitor}/say", words=WORDS)
    await desk.acknowledge(visitor)
    assert "framme</span>" in await anna.page()


async def test_words_that_were_sent_twice_say_so_and_need_no_button(desk: DeskHouse) -> None:
    anna, visitor = await talking(desk, "Hej")
    await anna.post(f"/desk/talk/{visitor}/say", words=WORDS)
    seq = desk.seq_of(visitor, WORDS)
    await desk.ask(Attempted(visitor, seq, "repeated"))
    assert lines(desk, visitor)[WORDS].delivery == "sending"
    await desk.ask(Delivered(visitor, seq, 77))
    page = await anna.page()
    assert "skickat igen, kan ha kommit dubbelt" in page
    assert "Skicka igen" not in page


@pytest.mark.parametrize(
    ("fate", "sentence"),
    [("unknown", "oklart om det kom fram"), ("refused", "kunde inte skickas")],
)
async def test_words_that_may_not_have_come_can_be_said_again(
    desk: DeskHouse, fate: Fate, sentence: str
) -> None:
    anna, visitor, seq = await given_up(desk, fate)
    page = await anna.page()
    assert sentence in page
    assert "Skicka igen" in page
    again = await anna.post(f"/desk/talk/{visitor}/again", seq=str(seq))
    assert again.status_code == 303
    assert times_said(desk, visitor) == 2
    page = await anna.page()
    assert sentence in page
    assert "skickat igen nedan" in page
    assert "Skicka igen" not in page


async def test_pressing_send_again_twice_says_it_once(desk: DeskHouse) -> None:
    anna, visitor, seq = await given_up(desk, "unknown")
    for send in (anna.script, anna.script, anna.post):
        answer = await send(f"/desk/talk/{visitor}/again", seq=str(seq))
        assert answer.status_code in {200, 303}
    assert times_said(desk, visitor) == 2


async def test_words_that_fail_again_can_be_said_a_third_time(desk: DeskHouse) -> None:
    anna, visitor, seq = await given_up(desk, "unknown")
    await anna.script(f"/desk/talk/{visitor}/again", seq=str(seq))
    second = desk.seq_of(visitor, WORDS)
    await desk.ask(GivenUp(visitor, second, "unknown"))
    assert (await anna.page()).count(">Skicka igen<") == 1
    await anna.script(f"/desk/talk/{visitor}/again", seq=str(second))
    assert times_said(desk, visitor) == 3


async def test_only_words_in_doubt_are_said_again(desk: DeskHouse) -> None:
    anna, visitor = await talking(desk, "Hej")
    await anna.post(f"/desk/talk/{visitor}/say", words=WORDS)
    await desk.ask(Delivered(visitor, desk.seq_of(visitor, WORDS), 77))
    places = [desk.seq_of(visitor, words) for words in ("Hej", WORDS)]
    for seq in (*map(str, places), "", "0", "999", "-1", "x"):
        answer = await anna.script(f"/desk/talk/{visitor}/again", seq=seq)
        assert answer.status_code == 409
        assert answer.json()["sentence"] == "Det finns inget att skicka igen."
    assert times_said(desk, visitor) == 1


async def test_nobody_says_anothers_words_again(desk: DeskHouse) -> None:
    _, visitor, seq = await given_up(desk, "refused")
    bo = await desk.person(BO)
    answer = await bo.post(f"/desk/talk/{visitor}/again", seq=str(seq))
    assert answer.status_code == 403
    assert WORDS not in answer.text
    assert times_said(desk, visitor) == 1


async def test_nothing_is_said_again_when_the_talk_is_over(desk: DeskHouse) -> None:
    anna, visitor, seq = await given_up(desk, "unknown")
    await desk.happens(visitor, EndedTalk())
    page = await anna.page()
    assert "oklart om det kom fram" in page
    assert "Skicka igen" not in page
    assert (await anna.post(f"/desk/talk/{visitor}/again", seq=str(seq))).status_code == 409
    assert times_said(desk, visitor) == 1


async def test_words_of_an_earlier_counsellor_carry_their_name(desk: DeskHouse) -> None:
    anna, visitor, _ = await given_up(desk, "unknown")
    await anna.post(f"/desk/talk/{visitor}/hand-back")
    bo = await desk.person(BO)
    await bo.post("/desk/next")
    await bo.post(f"/desk/talk/{visitor}/say", words="Nu är det jag som är här.")
    names = {text: line.name for text, line in lines(desk, visitor, BO).items()}
    assert names[WORDS] == ANNA
    assert names["Nu är det jag som är här."] == "Du"


# words that the visitor changes


async def test_changed_words_stand_beside_what_they_were(desk: DeskHouse) -> None:
    anna, visitor = await talking(desk, "Jag slog henne igår")
    await desk.rewrites(visitor, "Jag slog henne igår", "Jag slog henne inte")
    page = await anna.page()
    assert "Besökaren, ändrat" in page
    assert 'Tidigare: <span class="text">Jag slog henne igår</span>' in page
    assert '<p class="text">Jag slog henne inte</p>' in page
    assert '<p class="text">Jag slog henne igår</p>' in page
    assert lines(desk, visitor)["Jag slog henne igår"].is_changed


async def test_words_changed_twice_stand_beside_the_version_before(desk: DeskHouse) -> None:
    _, visitor = await talking(desk, "Ett", "Något annat")
    await desk.rewrites(visitor, "Ett", "Två")
    await desk.rewrites(visitor, "Ett", "Tre")
    found = lines(desk, visitor)
    former = {text: line.former for text, line in found.items()}
    assert former == {"Ett": "", "Något annat": "", "Två": "Ett", "Tre": "Två"}
    assert {text for text, line in found.items() if line.is_changed} == {"Ett", "Två"}


async def test_changed_words_count_as_unread(desk: DeskHouse) -> None:
    anna, visitor = await talking(desk, "Ett")
    await anna.script(f"/desk/talk/{visitor}/seen", seq="999")
    await desk.rewrites(visitor, "Ett", "Två")
    assert "1 ny</span>" in await anna.page()


async def test_what_the_visitor_kept_to_themselves_is_not_shown_by_changing_it(
    desk: DeskHouse,
) -> None:
    anna = await desk.person(ANNA)
    began = await desk.ask(Began(Address(TELEGRAM, "5123456789"), "sv", Opened()))
    visitor = began.conversation
    for event in (Wrote("Mest för mig själv"), AskedTalk(), Consented(with_words=False)):
        await desk.happens(visitor, event)
    await anna.post("/desk/next")
    await desk.rewrites(visitor, "Mest för mig själv", "Det jag vill säga")
    changed = lines(desk, visitor)["Det jag vill säga"]
    assert changed.is_change
    assert changed.former == ""
    assert "Mest för mig själv" not in await anna.page()


async def test_markup_in_changed_words_is_text(desk: DeskHouse) -> None:
    anna, visitor = await talking(desk, "<b>ett</b>")
    await desk.rewrites(visitor, "<b>ett</b>", "<i>två</i>")
    page = (await anna.get("/desk")).text
    assert "&lt;b&gt;ett" in page
    assert "<b>ett" not in page
    assert "<i>två" not in page


# which channel


async def test_the_desk_says_which_visitors_write_on_telegram(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej", channel=TELEGRAM)
    assert '<p class="about">Telegram' in await anna.page()
    await anna.post("/desk/next")
    page = await anna.page()
    assert "Telegram: chatten blir kvar i besökarens telefon." in page
    assert "Du ser inte när besökaren skriver." in page
    assert "Besökaren skriver …" not in page


async def test_the_web_chat_needs_no_such_words(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    await desk.visitor("Hej")
    await anna.post("/desk/next")
    page = await anna.page()
    assert "Telegram" not in page.partition('<section class="talk"')[2].partition("</section>")[0]
    assert "Besökaren skriver …" in page


# trouble


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        ("away", "Telegram svarar inte sedan kl. 10.03."),
        ("taken", "Ett annat program använder vår bot på Telegram sedan kl. 10.03."),
        ("token", "Telegram godtar inte vår inloggning sedan kl. 10.03."),
    ],
)
async def test_trouble_with_telegram_is_said_while_it_lasts(
    desk: DeskHouse, trouble: Trouble, words: str
) -> None:
    anna = await desk.person(ANNA)
    desk.clock.move(minutes=3)
    desk.health.note(trouble)
    desk.clock.move(minutes=5)
    for path in ("/desk", "/desk/pulse"):
        assert words in await anna.page(path)
    desk.health.note("")
    for path in ("/desk", "/desk/pulse"):
        assert "sedan kl." not in await anna.page(path)


async def test_trouble_since_yesterday_says_the_day(desk: DeskHouse) -> None:
    anna = await desk.person(ANNA)
    desk.health.note("away")
    desk.clock.move(hours=15)
    anna = await desk.person(ANNA)
    assert "Telegram svarar inte sedan 16/11 kl. 10.00." in await anna.page()


# the visitor goes


async def test_a_visitor_who_blocks_us_is_gone_from_the_desk_at_once(desk: DeskHouse) -> None:
    anna, visitor = await talking(desk, "Ett ord att minnas")
    await desk.happens(visitor, Departed())
    page = await anna.page()
    assert "Ett ord att minnas" not in page
    assert "besökaren är inte kvar" in page
    assert 'data-phase="over"' in page


@pytest.mark.parametrize("ends_first", [False, True])
async def test_words_vanish_from_the_desk_while_telegram_still_deletes_its_copies(
    desk: DeskHouse,
    ends_first: bool,  # noqa: FBT001 - pytest gives it by name
) -> None:
    anna, visitor = await talking(desk, "Ett ord att minnas")
    if ends_first:
        await desk.happens(visitor, EndedTalk())
    await desk.happens(visitor, ConfirmedErasure())
    assert isinstance(desk.house.board.book.conversations[visitor].state, Erasing)
    page = await anna.page()
    assert "Ett ord att minnas" not in page
    assert "besökaren är inte kvar" in page
    assert 'name="words"' not in page
    assert "Lämna in formuläret" in page
    late = await anna.post(f"/desk/talk/{visitor}/say", words="Är du kvar?")
    assert late.status_code == 409
    await desk.happens(visitor, Wrote("Hallå"))
    assert "Hallå" not in await anna.page()
