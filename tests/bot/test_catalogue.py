import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue import Catalogue, LastLineError, StaleEditError, TwinError
from directory.edits import Edit, Why
from directory.models import Directory, Service
from tests.cast import BO, KARIN, MONDAY_EVENING, MONDAY_MORNING
from tests.directory.entries import MALMO, a_contact, a_provision, a_service, with_services

OPENED: list[Catalogue] = []

FIRST = a_service()
OTHER = a_service("annan", name="En annan")
BASE = with_services([FIRST, OTHER])


@pytest.fixture
async def path(tmp_path: Path) -> AsyncIterator[Path]:
    """Where the store of a test lies; every catalogue it opened is closed in the end."""
    yield tmp_path / "directory.db"
    while OPENED:
        await OPENED.pop().close()


async def opened(path: Path, base: Directory = BASE) -> Catalogue:
    OPENED.append(await Catalogue.open(path, base))
    return OPENED[-1]


async def change(catalogue: Catalogue, *edits: Edit, who: str = KARIN, why: Why = "edited") -> int:
    return await catalogue.change(edits, who=who, why=why, at=MONDAY_MORNING)


def renamed(name: str, service: Service = FIRST) -> Service:
    return service.model_copy(update={"name": name})


async def test_before_any_change_the_directory_is_the_shipped_one(path: Path) -> None:
    assert (await opened(path)).directory is BASE


async def test_a_change_is_seen_at_once_and_after_a_restart(path: Path) -> None:
    catalogue = await opened(path)
    await change(catalogue, Edit(FIRST, renamed("Nytt")), Edit(None, a_provision()))
    for each in (catalogue, await opened(path)):
        assert each.directory.services[FIRST.id].name == "Nytt"
        assert each.directory.provisions == {MALMO: a_provision()}


async def test_what_was_undone_follows_the_shipped_directory_again(path: Path) -> None:
    catalogue = await opened(path)
    batch = await change(catalogue, Edit(FIRST, renamed("Nytt")))
    added = await change(catalogue, Edit(None, a_service("ny", name="Ny")))
    for each in (batch, added):
        await catalogue.undo(each, who=KARIN, at=MONDAY_MORNING)
    shipped = [renamed("I nästa version"), a_service("ny", name="Nu skickas den med")]
    later = await opened(path, with_services(shipped))
    assert later.directory.services == {each.id: each for each in shipped}


async def test_a_change_is_all_or_nothing(path: Path) -> None:
    catalogue = await opened(path)
    outdated = Edit(renamed("Så hette den aldrig"), renamed("Nytt"))
    with pytest.raises(StaleEditError):
        await change(catalogue, Edit(None, a_contact()), outdated)
    assert catalogue.directory is BASE
    assert await catalogue.store.edits() == []


async def test_of_two_coordinators_at_once_one_wins_and_the_other_is_told(path: Path) -> None:
    catalogue = await opened(path)
    results = await asyncio.gather(
        change(catalogue, Edit(FIRST, renamed("Karins"))),
        change(catalogue, Edit(FIRST, renamed("Bos")), who=BO),
        return_exceptions=True,
    )
    won, lost = sorted(results, key=lambda each: isinstance(each, Exception))
    assert won == 1
    assert str(lost) == (
        "Någon annan har ändrat under tiden: Karins. "
        "Ingenting har sparats. Läs in uppgifterna på nytt och gör om ändringen."
    )
    assert catalogue.directory.services[FIRST.id].name == "Karins"
    assert len(await catalogue.store.edits()) == 1


async def test_of_two_processes_at_once_one_wins(path: Path) -> None:
    catalogues = [await opened(path) for _ in range(4)]
    results = await asyncio.gather(
        *(
            change(each, Edit(FIRST, renamed(f"Namn {number}")))
            for number, each in enumerate(catalogues)
        ),
        return_exceptions=True,
    )
    assert results.count(1) == 1
    assert sum(isinstance(result, StaleEditError) for result in results) == 3
    assert len(await catalogues[0].store.edits()) == 1


async def test_two_processes_that_change_different_entries_both_win(path: Path) -> None:
    one, two = await opened(path), await opened(path)
    await asyncio.gather(
        change(one, Edit(FIRST, renamed("Ett"))),
        change(two, Edit(OTHER, renamed("Två", OTHER))),
    )
    for each in (one, two):
        await each.refresh()
        assert [service.name for service in each.directory.services.values()] == ["Ett", "Två"]


async def test_refresh_takes_in_what_another_process_wrote(path: Path) -> None:
    service, command = await opened(path), await opened(path)
    await change(command, Edit(FIRST, renamed("Importerat")))
    assert service.directory is BASE
    await service.refresh()
    assert service.directory.services[FIRST.id].name == "Importerat"


async def test_refresh_keeps_the_same_directory_when_nothing_changed(path: Path) -> None:
    catalogue = await opened(path)
    await change(catalogue, Edit(FIRST, renamed("Nytt")))
    known = catalogue.directory
    await catalogue.store.count_lookups({("2026-11", "01"): 1})
    await catalogue.refresh()
    assert catalogue.directory is known
    assert known.municipalities is BASE.municipalities


async def test_a_process_that_slept_loses_to_what_was_written_meanwhile(path: Path) -> None:
    sleepy, quick = await opened(path), await opened(path)
    await change(quick, Edit(FIRST, renamed("Snabb")))
    with pytest.raises(StaleEditError):
        await change(sleepy, Edit(FIRST, renamed("Sen")))
    assert sleepy.directory.services[FIRST.id].name == "Snabb"


async def test_an_edit_that_changes_nothing_is_not_kept(path: Path) -> None:
    catalogue = await opened(path)
    assert await change(catalogue, Edit(FIRST, FIRST)) == 0
    assert await change(catalogue, Edit(FIRST, FIRST), Edit(None, a_contact())) == 1
    assert await catalogue.store.edits() == [Edit(None, a_contact())]


async def test_two_edits_of_one_entry_in_one_batch_are_refused(path: Path) -> None:
    catalogue = await opened(path)
    with pytest.raises(ValueError, match="same entry"):
        await change(catalogue, Edit(FIRST, renamed("Ett")), Edit(FIRST, renamed("Två")))
    assert catalogue.directory is BASE


async def test_undoing_takes_back_the_whole_batch_and_keeps_who_did_it(path: Path) -> None:
    catalogue = await opened(path)
    batch = await change(catalogue, Edit(FIRST, renamed("Nytt")), Edit(None, a_contact()))
    await catalogue.undo(batch, who=BO, at=MONDAY_EVENING)
    assert catalogue.directory.services == BASE.services
    assert catalogue.directory.contacts == {}
    newest = (await catalogue.store.history(limit=1))[0]
    assert (newest.who, newest.why, newest.at) == (BO, "undone", MONDAY_EVENING)


async def test_an_undoing_can_be_undone(path: Path) -> None:
    catalogue = await opened(path)
    batch = await change(catalogue, Edit(FIRST, renamed("Nytt")))
    back = await catalogue.undo(batch, who=KARIN, at=MONDAY_MORNING)
    await catalogue.undo(back, who=KARIN, at=MONDAY_MORNING)
    assert catalogue.directory.services[FIRST.id].name == "Nytt"


async def test_what_was_changed_since_cannot_be_undone(path: Path) -> None:
    catalogue = await opened(path)
    batch = await change(catalogue, Edit(FIRST, renamed("Ett")), Edit(None, a_contact()))
    await change(catalogue, Edit(renamed("Ett"), renamed("Två")))
    with pytest.raises(StaleEditError, match="Två"):
        await catalogue.undo(batch, who=KARIN, at=MONDAY_MORNING)
    assert catalogue.directory.services[FIRST.id].name == "Två"
    assert catalogue.directory.contacts == {MALMO: a_contact()}


async def test_a_batch_is_undone_once(path: Path) -> None:
    one, two = await opened(path), await opened(path)
    batch = await change(one, Edit(FIRST, renamed("Nytt")))
    results = await asyncio.gather(
        *(each.undo(batch, who=KARIN, at=MONDAY_MORNING) for each in (one, two)),
        return_exceptions=True,
    )
    assert sum(isinstance(result, StaleEditError) for result in results) == 1


async def test_a_batch_that_never_was_cannot_be_undone(path: Path) -> None:
    with pytest.raises(KeyError):
        await (await opened(path)).undo(7, who=KARIN, at=MONDAY_MORNING)


TWIN = a_service("tvilling")
GONE = FIRST.model_copy(update={"status": "retired"})


async def test_two_entries_that_visitors_could_not_tell_apart_never_stand_together(
    path: Path,
) -> None:
    catalogue = await opened(path)
    away = await change(catalogue, Edit(FIRST, GONE), why="retired")
    await change(catalogue, Edit(None, TWIN), why="added")
    with pytest.raises(TwinError, match=TWIN.name):
        await change(catalogue, Edit(GONE, FIRST))
    with pytest.raises(TwinError):
        await catalogue.undo(away, who=KARIN, at=MONDAY_MORNING)
    with pytest.raises(TwinError):
        await change(catalogue, Edit(OTHER, renamed(TWIN.name, OTHER)))
    assert catalogue.directory.services[FIRST.id] == GONE


async def test_the_last_national_line_stays(path: Path) -> None:
    lines = [a_service(f"linje-{n}", name=f"Linje {n}", national=True) for n in range(2)]
    catalogue = await opened(path, with_services([FIRST, *lines]))
    first, last = (Edit(each, each.model_copy(update={"status": "retired"})) for each in lines)
    await change(catalogue, first)
    with pytest.raises(LastLineError):
        await change(catalogue, last)
    assert catalogue.directory.services["linje-1"].status == "unverified"


async def test_so_does_the_last_one_for_some_of_those_who_ask(path: Path) -> None:
    theirs = a_service("linje-1", name="Linje 1", national=True)
    another = a_service("linje-2", name="Linje 2", national=True, who_for=("exposed",))
    catalogue = await opened(path, with_services([theirs, another]))
    for status_or_audience in ({"status": "retired"}, {"who_for": ("exposed",)}):
        with pytest.raises(LastLineError):
            await change(catalogue, Edit(theirs, theirs.model_copy(update=status_or_audience)))
    assert catalogue.directory.services[theirs.id] == theirs


async def test_twins_that_stand_there_already_may_be_put_right(path: Path) -> None:
    catalogue = await opened(path, with_services([FIRST, TWIN]))
    called = FIRST.model_copy(update={"phones": ("040-10 10 10",)})
    await change(catalogue, Edit(FIRST, called))
    assert catalogue.directory.services[FIRST.id] == called


async def test_what_people_changed_stays_when_a_new_version_ships_it_otherwise(path: Path) -> None:
    await change(await opened(path), Edit(FIRST, renamed("Av Karin")))
    newer = replace(BASE, services={FIRST.id: renamed("Av utgivaren"), "tredje": OTHER})
    found = (await opened(path, newer)).directory.services
    assert [service.name for service in found.values()] == ["Av Karin", "En annan"]


async def test_the_sentence_names_few_of_many_entries(path: Path) -> None:
    catalogue = await opened(path)
    services = [a_service(f"nummer-{n}", name=f"Nummer {n}") for n in range(1, 6)]
    await change(catalogue, *(Edit(None, each) for each in services))
    with pytest.raises(StaleEditError, match="Nummer 1, Nummer 2, Nummer 3 och 2 till"):
        await change(catalogue, *(Edit(None, each) for each in services))


async def test_a_stale_municipality_is_named(path: Path) -> None:
    catalogue = await opened(path)
    with pytest.raises(StaleEditError, match="Malmö"):
        await change(catalogue, Edit(a_contact(), a_contact(phone="040-34 10 00")))
