"""What was handed in is filed exactly once, wherever the program dies, and tells nothing more."""

import asyncio
import random
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from bot import app
from bot.chores import publish
from bot.filing import file_ready
from bot.forms import ExpiredDraft, HandedIn, Recorded, StartedForm
from bot.settings import Settings
from bot.store.records import BATCH
from bot.switchboard import Switchboard
from flows.events import ToldHelped
from tests.bot.desks import open_desk
from tests.bot.houses import Clock, FullDisk, House, everything_logged, line, open_house
from tests.bot.test_desk_handed_in import a_second_later, handed_in, kept
from tests.cast import ANNA

FORM = {"period": "2026-11", "helped": "no_answer", "note": "Vill ha hjälp att sluta."}
DRAFT = f"draft-{7:032x}"

BAD = "draft-without-a-number"
"""A form that the records can have under no id."""

PATIENCE = 60.0
"""Seconds; only a test that fails waits for so long."""


async def hand_in(board: Switchboard, draft: str = DRAFT, **changed: str) -> None:
    """A form whose visitor has gone already; it is ready."""
    await board.ask(StartedForm(draft, ANNA, "talk", FORM))
    revision = board.book.drafts[draft].revision
    reply = await board.ask(HandedIn(draft, ANNA, revision, {**FORM, **changed}))
    assert not reply.is_stale


async def all_filed(board: Switchboard) -> None:
    """Wait until the running service has filed what is ready."""
    async with asyncio.timeout(PATIENCE):
        while board.book.drafts:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.01)


async def filed(house: House) -> list[dict[str, str]]:
    return [each.answers for each in await house.records.waiting_of(ANNA)]


def is_gone(house: House) -> bool:
    return not house.board.book.drafts and not house.vault.ids


def settings(folder: Path) -> Settings:
    return Settings(data_dir=folder, runtime_dir=folder / "keys")


async def test_the_running_service_files_what_becomes_ready(tmp_path: Path) -> None:
    async with app.open_house(settings(tmp_path), line()) as (board, stores, _):
        await hand_in(board)
        await all_filed(board)
        assert await stores.records.waiting_count() == 1


# the program dies


async def test_after_a_restart_the_visitor_can_still_answer(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        _, visitor, _ = await handed_in(desk)
        clock = desk.clock
    async with open_desk(tmp_path, clock=clock) as desk:
        assert "<strong>Inlämnat.</strong>" in await (await desk.person(ANNA)).page()
        await a_second_later(desk)
        assert await kept(desk) == []
        await desk.happens(visitor, ToldHelped("better"))
        await a_second_later(desk)
        [record] = await kept(desk)
    assert record["helped"] == "better"


async def test_after_a_restart_a_form_whose_answer_had_come_is_filed(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        _, visitor, _ = await handed_in(desk)
        await desk.happens(visitor, ToldHelped("worse"))
    async with open_desk(tmp_path) as desk:
        await a_second_later(desk)
        [record] = await kept(desk)
        assert record["helped"] == "worse"


async def test_days_after_a_crash_a_form_that_was_handed_in_is_filed(tmp_path: Path) -> None:
    async with open_desk(tmp_path) as desk:
        await handed_in(desk)
    clock = Clock()
    clock.move(days=3)
    async with open_desk(tmp_path, clock=clock) as desk:
        await a_second_later(desk)
        await a_second_later(desk)
        [record] = await kept(desk)
        assert record["helped"] == "no_answer"
        assert is_gone(desk.house)


async def test_a_form_is_filed_when_the_talks_key_alone_was_gone_at_the_crash(
    tmp_path: Path,
) -> None:
    async with open_desk(tmp_path) as desk:
        _, visitor, _ = await handed_in(desk)
    desk.house.vault.destroy(visitor)
    async with open_desk(tmp_path) as desk:
        await a_second_later(desk)
        [record] = await kept(desk)
        assert record["helped"] == "no_answer"
        assert is_gone(desk.house)


async def test_a_crash_before_the_draft_is_forgotten_files_the_form_over_itself(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await hand_in(house.board)
        draft = house.board.book.drafts[DRAFT]
        await house.records.file(draft.filed_as, FORM, counsellor=ANNA)
    async with open_house(tmp_path) as house:
        await file_ready(house.board, house.records)
        assert await filed(house) == [FORM]
        assert is_gone(house)


async def test_a_form_filed_before_a_crash_is_not_published_and_then_filed_again(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        for number in range(BATCH):
            await hand_in(house.board, f"draft-{number:032x}", period="2026-01")
        for draft in house.board.book.drafts.values():
            await house.records.file(draft.filed_as, draft.answers, counsellor=ANNA)
    async with app.open_house(settings(tmp_path), line()) as (board, stores, _):
        await all_filed(board)
        async with asyncio.timeout(PATIENCE):
            while await stores.records.waiting_count():  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.01)
        assert len(await stores.records.records(first="2026-01", last="2026-01")) == BATCH


async def killed_after_filing(folder: Path) -> None:
    """Leave so many forms of a closed month filed that they are published, and their drafts too."""
    async with open_house(folder) as house:
        for number in range(BATCH):
            await hand_in(house.board, f"draft-{number:032x}", period="2026-01")
        for draft in house.board.book.drafts.values():
            await house.records.file(draft.filed_as, draft.answers, counsellor=ANNA)


async def test_a_form_that_the_command_publishes_before_the_restart_is_counted_once(
    tmp_path: Path,
) -> None:
    await killed_after_filing(tmp_path)
    async with open_house(tmp_path) as house:
        assert await publish(house.records) == BATCH
        await file_ready(house.board, house.records)
        assert await house.records.waiting_count() == 0
        assert is_gone(house)


async def test_nothing_is_published_before_the_records_have_taken_what_was_ready_at_the_start(
    tmp_path: Path,
) -> None:
    await killed_after_filing(tmp_path)
    with (
        closing(
            sqlite3.connect(tmp_path / "records.db", PATIENCE, check_same_thread=False)
        ) as other,
        everything_logged() as written,
    ):
        other.execute(
            "CREATE TRIGGER full BEFORE INSERT ON waiting BEGIN SELECT RAISE(ABORT, ''); END"
        )
        async with app.open_house(settings(tmp_path), line()) as (_, stores, _):
            async with asyncio.timeout(PATIENCE):
                while written.getvalue().count("failed kind=file") <= BATCH:  # noqa: ASYNC110 - no bell
                    await asyncio.sleep(0.01)
            assert "published" not in written.getvalue()
            # elsewhere, so that what holds the file meanwhile can go on
            await asyncio.to_thread(other.execute, "DROP TRIGGER full")
            async with asyncio.timeout(PATIENCE):
                while "published" not in written.getvalue():  # noqa: ASYNC110 - no bell
                    await asyncio.sleep(0.01)
            assert len(await stores.records.records(first="2026-01", last="2026-01")) == BATCH


async def test_a_crash_after_the_drafts_key_is_gone_leaves_one_record_and_no_row(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await hand_in(house.board)
        draft = house.board.book.drafts[DRAFT]
        await house.records.file(draft.filed_as, FORM, counsellor=ANNA)
    house.vault.destroy(DRAFT)
    async with open_house(tmp_path) as house:
        await file_ready(house.board, house.records)
        assert await filed(house) == [FORM]
        assert is_gone(house)
    assert _draft_rows(tmp_path) == []


# the disk refuses


async def test_what_the_records_cannot_take_stays_and_is_filed_when_they_can(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await hand_in(house.board)
        with closing(sqlite3.connect(tmp_path / "records.db")) as broken:
            broken.execute("ALTER TABLE waiting RENAME TO elsewhere")
            await file_ready(house.board, house.records)
            assert DRAFT in house.board.book.drafts
            broken.execute("ALTER TABLE elsewhere RENAME TO waiting")
        await file_ready(house.board, house.records)
        assert await filed(house) == [FORM]
        assert is_gone(house)


async def test_a_draft_that_the_disk_does_not_forget_is_no_second_record(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await hand_in(house.board)
        house.board.store = FullDisk()
        await file_ready(house.board, house.records)
        house.board.store = house.live
        await file_ready(house.board, house.records)
        assert await filed(house) == [FORM]
    async with open_house(tmp_path) as house:
        await file_ready(house.board, house.records)
        assert await filed(house) == [FORM]
        assert is_gone(house)


async def test_a_form_that_can_never_be_filed_holds_up_neither_others_nor_publication(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await hand_in(house.board, BAD)
        await hand_in(house.board)
        with everything_logged() as written:
            assert await file_ready(house.board, house.records)
        assert await filed(house) == [FORM]
        assert list(house.board.book.drafts) == [BAD]
        assert written.getvalue().splitlines()[-1].endswith("failed kind=ValueError")


async def test_the_running_service_goes_on_filing_after_a_form_that_could_not_be(
    tmp_path: Path,
) -> None:
    async with app.open_house(settings(tmp_path), line()) as (board, stores, _):
        with everything_logged() as written:
            await hand_in(board, BAD)
            async with asyncio.timeout(PATIENCE):
                while "failed kind=ValueError" not in written.getvalue():  # noqa: ASYNC110 - no bell
                    await asyncio.sleep(0.01)
        await hand_in(board)
        async with asyncio.timeout(PATIENCE):
            while DRAFT in board.book.drafts:  # noqa: ASYNC110 - nothing tells
                await asyncio.sleep(0.01)
        assert await stores.records.waiting_count() == 1


# two things at once


async def test_what_is_handed_in_anew_while_it_is_being_filed_is_filed_over_it(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await hand_in(house.board)
        await asyncio.gather(
            file_ready(house.board, house.records), hand_in(house.board, note="Ringer igen.")
        )
        await file_ready(house.board, house.records)
        assert await filed(house) == [{**FORM, "note": "Ringer igen."}]
        assert is_gone(house)


async def test_the_draft_is_not_forgotten_for_answers_that_are_not_the_latest(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path) as house:
        await hand_in(house.board, note="Ringer igen.")
        await house.board.ask(Recorded(DRAFT, FORM))
        assert DRAFT in house.board.book.drafts


async def test_two_looks_at_once_file_a_form_once(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await hand_in(house.board)
        await asyncio.gather(*(file_ready(house.board, house.records) for _ in range(5)))
        assert await filed(house) == [FORM]
        assert is_gone(house)


async def test_a_form_handed_in_as_its_time_runs_out_is_not_forgotten(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await house.board.ask(StartedForm(DRAFT, ANNA, "talk", FORM))
        house.clock.move(hours=24)
        await asyncio.gather(
            house.board.ask(HandedIn(DRAFT, ANNA, 0, FORM)),
            house.board.ask(ExpiredDraft(DRAFT)),
        )
        await file_ready(house.board, house.records)
        assert await filed(house) == [FORM]


async def test_a_form_that_was_changed_since_it_was_checked_is_not_taken_in(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await hand_in(house.board)
        reply = await house.board.ask(HandedIn(DRAFT, ANNA, 0, {**FORM, "note": "Äldre."}))
        assert reply.is_stale
        assert house.board.book.drafts[DRAFT].handed_in == FORM


# nobody can tell whose it is


async def _file_in_turn(folder: Path, numbers: Sequence[int]) -> bytes:
    """Let talks come to their end in this order; gives the bytes of the records."""
    async with open_house(folder) as house:
        for number in numbers:
            id = random.Random(number).randbytes(16).hex()
            await hand_in(house.board, f"draft-{id}", note=f"{number} gånger")
            await file_ready(house.board, house.records)
        assert is_gone(house)
    assert _draft_rows(folder) == []
    return (folder / "records.db").read_bytes()


async def test_the_records_do_not_tell_in_which_order_the_talks_came_to_their_end(
    tmp_path: Path,
) -> None:
    numbers = list(range(12))
    before = await _file_in_turn(_folder(tmp_path, "one"), numbers)
    random.Random(3).shuffle(numbers)
    assert await _file_in_turn(_folder(tmp_path, "two"), numbers) == before


def _folder(tmp_path: Path, name: str) -> Path:
    made = tmp_path / name
    made.mkdir()
    return made


def _draft_rows(folder: Path) -> list[object]:
    with closing(sqlite3.connect(folder / "live.db")) as raw:
        return raw.execute("SELECT id FROM drafts").fetchall()
