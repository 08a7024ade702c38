import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot import alarms
from bot.book import Overlay
from bot.conversation import Address, Conversation, for_counsellor, for_visitor
from bot.deliveries import Acknowledged, Seen
from bot.forms import FiledDraft, SavedDraft, ThrownAway
from bot.jobs import Began, Happened, Took, TookNext
from bot.shop import Reply
from bot.store.changes import Change, EraseConversation, Loaded
from bot.store.connection import StoreError
from bot.store.sealing import seal
from bot.switchboard import NotKeptError
from bot.turns import Came
from flows.events import (
    AskedPlaces,
    AskedTalk,
    Attached,
    ConfirmedErasure,
    Consented,
    Departed,
    Ended,
    Event,
    HandedBack,
    LeftQueue,
    Opened,
    Said,
    ToldHelped,
    ToldPlace,
    ToldRole,
    Wrote,
)
from flows.states import Closing, Menu, Talking, Waiting
from tests.bot.houses import House, open_house
from tests.cast import ANNA, BO

SOMEBODY = Address("web", "token-one")
SOMEBODY_ELSE = Address("web", "token-two")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as house:
        house.present(ANNA, BO)
        yield house


async def begin(house: House, address: Address = SOMEBODY) -> str:
    reply = await house.board.ask(Began(address, "sv", Opened()))
    return reply.conversation


async def meet(house: House, id: str, *events: Event) -> Reply:
    reply = Reply()
    for event in events:
        reply = await house.board.ask(Happened(id, event))
    return reply


async def join_queue(house: House, address: Address = SOMEBODY) -> str:
    id = await begin(house, address)
    await meet(house, id, AskedTalk(), Consented(with_words=False))
    return id


async def start_talk(house: House, address: Address = SOMEBODY) -> str:
    id = await join_queue(house, address)
    await house.board.ask(Took(id, ANNA))
    return id


def found(house: House, id: str) -> Conversation:
    return house.board.book.conversations[id]


def said(conversation: Conversation) -> list[str]:
    people = {"visitor", "counsellor"}
    return [m.text for m in conversation.messages if m.author in people]


async def test_words_go_both_ways_in_order(house: House) -> None:
    id = await start_talk(house)
    await meet(house, id, Wrote("ett"), Said(ANNA, "två"), Wrote("tre"))
    assert said(found(house, id)) == ["ett", "två", "tre"]


async def test_the_same_words_sent_twice_arrive_once(house: House) -> None:
    id = await start_talk(house)
    for _ in range(3):
        await house.board.ask(Happened(id, Wrote("hej"), Came("a")))
    await house.board.ask(Happened(id, Wrote("hej"), Came("b")))
    assert said(found(house, id)) == ["hej", "hej"]


async def test_the_same_words_sent_twice_at_once_arrive_once(house: House) -> None:
    id = await start_talk(house)
    same = Happened(id, Wrote("hej"), Came("a"))
    await asyncio.gather(*(house.board.ask(same) for _ in range(20)))
    assert said(found(house, id)) == ["hej"]


async def test_two_first_words_at_once_begin_one_conversation(house: House) -> None:
    first = Began(SOMEBODY, "sv", Wrote("hej"), Came("a"))
    second = Began(SOMEBODY, "sv", Wrote("är du där"), Came("b"))
    await asyncio.gather(house.board.ask(first), house.board.ask(second))
    [conversation] = house.board.book.conversations.values()
    assert said(conversation) == ["hej", "är du där"]


async def test_two_claims_at_once_have_one_winner(house: House) -> None:
    id = await join_queue(house)
    won, lost = await asyncio.gather(house.board.ask(Took(id, ANNA)), house.board.ask(Took(id, BO)))
    assert won.answers == ()
    assert lost.answers == ("Anna har redan det här samtalet.",)
    assert found(house, id).counsellor == ANNA


async def test_taking_the_next_takes_whoever_has_waited_longest(house: House) -> None:
    first = await join_queue(house)
    house.clock.move(minutes=1)
    second = await join_queue(house, SOMEBODY_ELSE)
    await house.board.ask(TookNext(ANNA))
    await house.board.ask(TookNext(BO))
    assert found(house, first).counsellor == ANNA
    assert found(house, second).counsellor == BO


async def test_taking_the_next_says_so_when_nobody_waits(house: House) -> None:
    reply = await house.board.ask(TookNext(ANNA))
    assert reply.answers == ("Ingen väntar just nu.",)


async def test_a_counsellor_whose_hands_are_full_takes_nobody_more(house: House) -> None:
    addresses = [Address("web", f"token-{n}") for n in range(3)]
    for address in addresses:
        await join_queue(house, address)
    replies = [await house.board.ask(TookNext(ANNA)) for _ in addresses]
    assert replies[2].answers == ("Du har redan 2 samtal. Avsluta eller lämna tillbaka ett först.",)
    assert len(house.board.book.talks_of(ANNA)) == 2


async def test_a_visitor_handed_back_stands_first_and_the_form_follows(house: House) -> None:
    id = await start_talk(house)
    house.clock.move(minutes=5)
    house.present(ANNA, BO)
    await join_queue(house, SOMEBODY_ELSE)
    await meet(house, id, HandedBack(ANNA))
    assert house.board.book.queue()[0].id == id
    standing = [m.text for m in found(house, id).messages if m.slot == "queue"]
    assert "Du är först i kön." in standing[-1]
    assert house.board.book.drafts_of(ANNA) == []
    await house.board.ask(TookNext(BO))
    [draft] = house.board.book.drafts_of(BO)
    assert draft.answers["channel"] == "web"


async def test_what_was_written_to_the_bot_stays_the_visitors_own(house: House) -> None:
    id = await begin(house)
    await meet(house, id, Wrote("jag har gjort något"), AskedTalk(), Consented(with_words=False))
    await meet(house, id, Wrote("är ni där"))
    assert [m.text for m in for_counsellor(found(house, id))] == ["är ni där"]


async def test_what_was_written_to_the_bot_is_handed_over_with_a_yes(house: House) -> None:
    id = await begin(house)
    await meet(house, id, Wrote("jag har gjort något"), AskedTalk(), Consented(with_words=True))
    assert [m.text for m in for_counsellor(found(house, id))] == ["jag har gjort något"]


async def test_a_place_told_for_the_form_is_not_said_to_be_forgotten(house: House) -> None:
    id = await join_queue(house)
    await meet(house, id, ToldRole("exposed"), Wrote("Lund"))
    assert [m.text for m in for_counsellor(found(house, id))] == ["Lund"]
    assert all("sparas inte" not in m.text for m in found(house, id).messages)


async def test_a_place_looked_up_is_forgotten_and_that_is_said(house: House) -> None:
    id = await begin(house)
    await meet(house, id, AskedPlaces(), Wrote("Lund"))
    own = [m.text for m in found(house, id).messages if m.author == "choice"]
    assert own == ["(Det du skrev sparas inte.)"]


async def test_leaving_the_queue_takes_the_words_back_and_counts_once(house: House) -> None:
    id = await join_queue(house)
    await meet(house, id, Wrote("hallå"))
    house.clock.move(minutes=7)
    await meet(house, id, LeftQueue())
    assert for_counsellor(found(house, id)) == ()
    await house.has_filed(1)


async def test_the_form_is_prefilled_and_what_a_counsellor_answered_stands(house: House) -> None:
    id = await join_queue(house)
    await meet(house, id, ToldRole("exposed"), ToldPlace("1280"))
    house.clock.move(minutes=4)
    await house.board.ask(Took(id, ANNA))
    [draft] = house.board.book.drafts_of(ANNA)
    assert draft.answers == {
        "period": "2026-11",
        "channel": "web",
        "language": "sv",
        "wait_minutes": "4",
        "role": "exposed",
        "municipality": "1280",
        "county": "12",
    }
    changed = dict(draft.answers) | {"outcome": "interrupted", "helped": "worse"}
    await house.board.ask(SavedDraft(draft.id, ANNA, draft.revision, changed))
    await meet(house, id, Ended(ANNA), ToldHelped("better"))
    [draft] = house.board.book.drafts_of(ANNA)
    assert draft.answers["outcome"] == "interrupted"
    assert draft.answers["helped"] == "better"


async def test_a_service_sent_twice_stands_in_the_form_once(house: House) -> None:
    id = await start_talk(house)
    [draft] = house.board.book.drafts_of(ANNA)
    service = min(house.board.shop.directory.services)
    await meet(house, id, Attached(ANNA, service), Attached(ANNA, service))
    [draft] = house.board.book.drafts_of(ANNA)
    assert draft.answers["referred_service"] == service


async def test_a_stale_form_is_not_saved(house: House) -> None:
    await start_talk(house)
    [draft] = house.board.book.drafts_of(ANNA)
    kept = await house.board.ask(SavedDraft(draft.id, ANNA, draft.revision, {"role": "other"}))
    late = await house.board.ask(SavedDraft(draft.id, ANNA, draft.revision, {"role": "public"}))
    assert (kept.is_stale, late.is_stale) == (False, True)
    assert house.board.book.drafts[draft.id].answers == {"role": "other"}


async def test_what_is_saved_while_a_form_is_filed_becomes_a_correction(house: House) -> None:
    await start_talk(house)
    [draft] = house.board.book.drafts_of(ANNA)
    await house.board.ask(SavedDraft(draft.id, ANNA, draft.revision, {"role": "other"}))
    assert (await house.board.ask(FiledDraft(draft.id, draft.answers))).is_stale
    left = house.board.book.drafts[draft.id]
    assert left.revision == draft.revision + 2
    assert (left.origin, left.answers, left.filed_as) == (
        "filed",
        {"role": "other"},
        draft.filed_as,
    )
    same = SavedDraft(draft.id, ANNA, left.revision, {"role": "other"})
    assert not (await house.board.ask(same)).answers
    assert not (await house.board.ask(FiledDraft(draft.id, left.answers))).is_stale
    assert house.board.book.drafts == {}


async def test_nobody_saves_another_counsellors_form(house: House) -> None:
    await start_talk(house)
    [draft] = house.board.book.drafts_of(ANNA)
    reply = await house.board.ask(SavedDraft(draft.id, BO, draft.revision, {"role": "other"}))
    assert reply.answers
    assert house.board.book.drafts[draft.id].answers == draft.answers


async def test_a_form_outlives_its_conversation_and_goes_with_its_key(house: House) -> None:
    id = await start_talk(house)
    await meet(house, id, Ended(ANNA), ConfirmedErasure())
    [draft] = house.board.book.drafts_of(ANNA)
    assert house.vault.ids == {draft.id}
    await house.board.ask(ThrownAway(draft.id))
    assert house.vault.ids == frozenset()
    assert house.board.book.drafts == {}


@pytest.mark.parametrize("last", [ConfirmedErasure(), Departed()])
async def test_erasure_leaves_no_key_and_no_row(house: House, last: Event) -> None:
    id = await begin(house)
    await meet(house, id, Wrote("hej"), last)
    assert house.vault.ids == frozenset()
    assert house.board.book.conversations == {}
    loaded = await house.live.load()
    assert (loaded.conversations, loaded.keyless) == ((), 0)


async def test_a_word_after_the_end_begins_a_conversation_that_knows_nothing(house: House) -> None:
    id = await start_talk(house)
    await meet(house, id, Wrote("hemligt"), Ended(ANNA), ConfirmedErasure())
    reply = await house.board.ask(Began(SOMEBODY, "sv", Wrote("hej igen")))
    assert reply.conversation != id
    assert said(found(house, reply.conversation)) == ["hej igen"]


async def test_the_desk_hears_that_an_erased_conversation_is_over(house: House) -> None:
    id = await start_talk(house)
    await meet(house, id, ConfirmedErasure())
    reply = await meet(house, id, Said(ANNA, "är du kvar?"))
    assert reply.answers == (house.board.shop.texts.say("sv", "answer-not-talking"),)


async def test_words_stay_in_the_outbox_until_the_page_has_shown_them(house: House) -> None:
    id = await start_talk(house)
    await house.board.ask(Acknowledged(id, found(house, id).next_seq))
    await meet(house, id, Said(ANNA, "ett"), Said(ANNA, "två"))
    first, second = found(house, id).outbox
    await house.board.ask(Acknowledged(id, first))
    assert found(house, id).outbox == (second,)


async def test_only_the_counsellor_who_has_the_visitor_marks_words_as_read(house: House) -> None:
    id = await start_talk(house)
    await meet(house, id, Wrote("hej"))
    last = found(house, id).messages[-1].seq
    await house.board.ask(Seen(id, BO, last))
    assert found(house, id).seen == 0
    await house.board.ask(Seen(id, ANNA, last + 100))
    assert found(house, id).seen == last


async def test_only_the_latest_standing_in_the_queue_is_shown(house: House) -> None:
    id = await join_queue(house)
    await meet(house, id, Opened(), Opened())
    shown = [m for m in for_visitor(found(house, id)) if m.slot == "queue"]
    assert len(shown) == 1


async def test_a_restart_in_the_middle_of_a_talk_loses_nothing(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.present(ANNA)
        id = await start_talk(house)
        await meet(house, id, Wrote("ett"), Said(ANNA, "två"))
        before = found(house, id)
        forms = house.board.book.drafts
    async with open_house(tmp_path, clock=house.clock) as house:
        assert found(house, id) == before
        assert house.board.book.drafts == forms
        assert house.board.book.at(SOMEBODY) == before
        await meet(house, id, Wrote("tre"))
        assert said(found(house, id)) == ["ett", "två", "tre"]


async def test_a_repeated_word_is_known_again_after_a_restart(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.present(ANNA)
        id = await start_talk(house)
        await house.board.ask(Happened(id, Wrote("ett"), Came("a")))
    async with open_house(tmp_path, clock=house.clock) as house:
        await house.board.ask(Happened(id, Wrote("ett"), Came("a")))
        assert said(found(house, id)) == ["ett"]


async def test_after_a_reboot_rows_without_a_key_are_purged(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.present(ANNA)
        await start_talk(house)
    house.vault.wipe()
    async with open_house(tmp_path) as house:
        assert house.board.book.conversations == {}
        assert house.board.book.drafts == {}
        assert (await house.live.load()).keyless == 0


async def test_a_key_without_rows_is_destroyed_at_start(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        house.vault.create("orphan")
    async with open_house(tmp_path) as house:
        assert house.vault.ids == frozenset()


class BrokenStore:
    """A store whose disk is full until it is mended."""

    def __init__(self, house: House) -> None:
        self._live = house.live
        self.is_full = True
        self.owes_truncation = False

    async def apply(self, changes: Sequence[Change]) -> None:
        if self.is_full:
            raise StoreError("The disk is full: make room.")
        await self._live.apply(changes)

    async def load(self) -> Loaded:
        return await self._live.load()


async def test_what_could_not_be_kept_has_not_happened(house: House) -> None:
    id = await start_talk(house)
    before = found(house, id)
    broken = BrokenStore(house)
    house.board.store = broken
    with pytest.raises(NotKeptError):
        await meet(house, id, Wrote("hej"))
    assert found(house, id) == before
    broken.is_full = False
    await meet(house, id, Wrote("hej"))
    assert said(found(house, id)) == ["hej"]


async def test_a_beginning_that_could_not_be_kept_leaves_no_key(house: House) -> None:
    house.board.store = BrokenStore(house)
    with pytest.raises(NotKeptError):
        await begin(house)
    assert house.vault.ids == frozenset()


async def test_the_key_is_destroyed_even_when_the_disk_is_full(house: House) -> None:
    id = await begin(house)
    broken = BrokenStore(house)
    house.board.store = broken
    with pytest.raises(NotKeptError):
        await meet(house, id, ConfirmedErasure())
    assert house.vault.ids == frozenset()
    assert house.board.book.conversations == {}
    broken.is_full = False
    await begin(house, SOMEBODY_ELSE)
    assert (await house.live.load()).keyless == 0


async def test_what_the_end_told_the_form_outlives_a_full_disk(house: House) -> None:
    id = await start_talk(house)
    house.clock.move(minutes=9)
    broken = BrokenStore(house)
    house.board.store = broken
    with pytest.raises(NotKeptError):
        await meet(house, id, Departed())
    broken.is_full = False
    await begin(house, SOMEBODY_ELSE)
    [draft] = (await house.live.load()).drafts
    assert draft == house.board.book.drafts_of(ANNA)[0]
    assert draft.answers["outcome"] == "interrupted"
    assert draft.answers["talk_minutes"] == "9"


async def test_a_form_whose_key_is_gone_is_gone_everywhere(house: House) -> None:
    id = await start_talk(house)
    await meet(house, id, Ended(ANNA), ConfirmedErasure())
    [draft] = house.board.book.drafts_of(ANNA)
    broken = BrokenStore(house)
    house.board.store = broken
    with pytest.raises(NotKeptError):
        await house.board.ask(ThrownAway(draft.id))
    assert house.board.book.drafts == {}
    broken.is_full = False
    await begin(house, SOMEBODY_ELSE)
    assert (await house.live.load()).drafts == ()


async def test_another_program_that_reads_the_database_silences_nobody(
    house: House, tmp_path: Path
) -> None:
    first, second = await begin(house), await begin(house, SOMEBODY_ELSE)
    log = tmp_path / "live.db-wal"
    with contextlib.closing(sqlite3.connect(tmp_path / "live.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM conversations").fetchall()
        await meet(house, first, ConfirmedErasure())
        await meet(house, second, Wrote("viktigt"))
        assert house.live.owes_truncation
        assert log.stat().st_size > 0
    assert said(found(house, second)) == ["viktigt"]
    await alarms.ring(house.board, house.clock())
    assert not house.live.owes_truncation
    assert log.stat().st_size == 0


async def test_a_row_that_this_version_cannot_read_is_lost_and_nothing_of_it_is_said(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        id = await begin(house)
        odd = seal(house.vault.key(id), {"seq": 99, "wörter": "HEMLIGT"}, bound=f"{id}/message/99")
    with contextlib.closing(sqlite3.connect(tmp_path / "live.db")) as database:
        database.execute("INSERT INTO messages VALUES (?, 99, ?)", (id, odd))
        database.commit()
    async with open_house(tmp_path) as house:
        assert house.board.book.conversations == {}


class Poison:
    """A job that breaks whoever takes it."""

    def take(self, overlay: Overlay, shop: object, now: object) -> Reply:  # noqa: ARG002 - a job's
        raise ZeroDivisionError


async def test_a_poison_job_harms_nobody_else_in_its_batch(house: House) -> None:
    id = await start_talk(house)
    ask = house.board.ask
    outcomes = await asyncio.gather(
        ask(Happened(id, Wrote("ett"))),
        ask(Poison()),
        ask(Happened(id, Wrote("två"))),
        return_exceptions=True,
    )
    assert isinstance(outcomes[1], NotKeptError)
    assert said(found(house, id)) == ["ett", "två"]


async def test_who_went_away_before_the_answer_harms_nobody(house: House) -> None:
    id = await start_talk(house)
    impatient = asyncio.create_task(house.board.ask(Happened(id, Wrote("ett"))))
    await asyncio.sleep(0)
    impatient.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await impatient
    await meet(house, id, Wrote("två"))
    assert said(found(house, id)) == ["ett", "två"]


async def test_jobs_that_came_before_the_stop_are_done(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        asked = [
            asyncio.create_task(house.board.ask(Began(Address("web", f"{n}"), "sv", Opened())))
            for n in range(300)
        ]
        await asyncio.sleep(0)
    assert all(task.done() and task.result().conversation for task in asked)


async def test_states_follow_the_talk(house: House) -> None:
    id = await begin(house)
    assert isinstance(found(house, id).state, Menu)
    await meet(house, id, AskedTalk(), Consented(with_words=False))
    assert isinstance(found(house, id).state, Waiting)
    await house.board.ask(Took(id, ANNA))
    assert isinstance(found(house, id).state, Talking)
    await meet(house, id, Ended(ANNA))
    assert isinstance(found(house, id).state, Closing)


async def test_erasing_writes_the_erasure(house: House) -> None:
    id = await begin(house)
    overlay = Overlay(house.board.book)
    Happened(id, ConfirmedErasure()).take(overlay, house.board.shop, house.clock())
    assert overlay.changes() == [EraseConversation(id)]
