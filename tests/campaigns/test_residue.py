"""After erasure nothing is left, anywhere; while it is open nothing can be read off the disk."""

import io
import logging
import shutil
import zlib
from pathlib import Path

import pytest

from bot import logs
from bot.conversation import Address
from bot.forms import SavedDraft, ThrownAway
from bot.jobs import Began, Happened, Took
from bot.turns import Came
from flows.events import (
    AskedPlaces,
    AskedTalk,
    ConfirmedErasure,
    Consented,
    Ended,
    Said,
    ToldHelped,
    Wrote,
)
from tests.bot.houses import House, open_house
from tests.campaigns.residue import ENCODINGS, hits
from tests.cast import ANNA

CANARIES = {
    "a visitor's words": "Kanariefågeln Åsa såg mig i går kväll",
    "a counsellor's words": "Rödhaken Örjan svarar så gott den kan",
    "an address": "token-Näktergal-4711-åäö-8128",
    "a place": "Håbo-Tibble kyrkby vid ån",
    "a sender's id": "klient-Domherre-åtta-0001",
    "a draft's note": "Talgoxen Ängla kom aldrig tillbaka",
}


async def hold_conversation(house: House, *, erase: bool) -> None:
    """From the first word to the erasure, with a canary in every place that takes words."""
    ask, words = house.board.ask, CANARIES
    house.present(ANNA)
    address = Address("web", words["an address"])
    began = await ask(Began(address, "sv", Wrote(words["a visitor's words"]), Came("first")))
    id = began.conversation
    for event in (AskedPlaces(), Wrote(words["a place"]), AskedTalk()):
        await ask(Happened(id, event))
    await ask(Happened(id, Consented(with_words=True)))
    await ask(Happened(id, Wrote(words["a visitor's words"]), Came(words["a sender's id"])))
    await ask(Took(id, ANNA))
    for _ in range(20):
        await ask(Happened(id, Said(ANNA, words["a counsellor's words"])))
        await ask(Happened(id, Wrote(words["a visitor's words"] * 40)))
    [draft] = house.board.book.drafts_of(ANNA)
    note = {**draft.answers, "note": words["a draft's note"]}
    await ask(SavedDraft(draft.id, ANNA, draft.revision, note))
    if erase:
        for last in (Ended(ANNA), ToldHelped("better"), ConfirmedErasure()):
            await ask(Happened(id, last))
        await ask(ThrownAway(draft.id))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", CANARIES)
def test_the_scan_finds_what_is_planted(tmp_path: Path, name: str, encoding: str) -> None:
    planted = b"before" + ENCODINGS[encoding](CANARIES[name]) + b"after"
    (tmp_path / "file").write_bytes(planted)
    assert any(f"{name} as {encoding}" in hit for hit in hits(tmp_path, CANARIES))


def test_the_scan_finds_what_is_planted_compressed(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"head" + zlib.compress(CANARIES["a place"].encode()))
    assert list(hits(tmp_path, CANARIES))


async def test_nothing_is_left_after_erasure_while_the_program_runs(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await hold_conversation(house, erase=True)
        assert list(hits(tmp_path, CANARIES)) == []
        assert list((tmp_path / "keys").iterdir()) == []
        assert (tmp_path / "live.db-wal").stat().st_size == 0


async def test_nothing_is_left_after_erasure_when_the_program_has_stopped(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        await hold_conversation(house, erase=True)
    assert list(hits(tmp_path, CANARIES)) == []


async def test_a_thief_of_the_disk_reads_nothing_of_an_open_conversation(tmp_path: Path) -> None:
    folder, stolen = tmp_path / "house", tmp_path / "stolen"
    folder.mkdir()
    async with open_house(folder) as house:
        await hold_conversation(house, erase=False)
        shutil.copytree(folder, stolen, ignore=shutil.ignore_patterns("keys"))
    assert list(hits(stolen, CANARIES)) == []
    async with open_house(stolen) as robbed:
        assert robbed.board.book.conversations == {}


async def test_nothing_of_it_reaches_the_log_at_its_most_talkative(tmp_path: Path) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        logs.set_up("debug")
        written = io.StringIO()
        for handler in root.handlers:
            assert isinstance(handler, logging.StreamHandler)
            handler.setStream(written)
        async with open_house(tmp_path / "house") as house:
            await hold_conversation(house, erase=True)
        (tmp_path / "log").write_text(written.getvalue())
        assert list(hits(tmp_path, CANARIES)) == []
    finally:
        root.handlers[:] = before
        root.setLevel(level)
