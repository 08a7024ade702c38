import pytest

from directory.edits import Change, Edit, Entry, Key, applied, current, stale, undoing
from directory.models import Directory
from tests.cast import KARIN, MONDAY_MORNING
from tests.directory.entries import MALMO, a_contact, a_provision, a_service, with_services

BEFORE = a_service()
AFTER = a_service(phones=("040-11 11 11",))
KEY: Key = ("service", BEFORE.id)


def directory_with(*entries: Entry) -> Directory:
    return applied(with_services([]), [Edit(None, entry) for entry in entries])


def changed(number: int, edit: Edit) -> Change:
    return Change(number, 1, MONDAY_MORNING, KARIN, "edited", edit)


def test_an_edit_changes_its_entry_and_leaves_the_others_alone() -> None:
    other = a_service("annan")
    directory = applied(directory_with(BEFORE, other), [Edit(BEFORE, AFTER)])
    assert directory.services == {BEFORE.id: AFTER, "annan": other}


def test_an_entry_is_added_and_removed() -> None:
    added = applied(with_services([]), [Edit(None, BEFORE)])
    assert added.services == {BEFORE.id: BEFORE}
    assert applied(added, [Edit(BEFORE, None)]).services == {}


def test_of_two_edits_of_one_entry_the_later_counts() -> None:
    edits = [Edit(BEFORE, AFTER), Edit(AFTER, BEFORE)]
    assert applied(directory_with(BEFORE), edits).services[BEFORE.id] == BEFORE


def test_an_edit_wins_over_what_a_new_version_ships() -> None:
    shipped_later = a_service(name="Ett nytt namn")
    assert applied(directory_with(shipped_later), [Edit(BEFORE, AFTER)]).services == {
        BEFORE.id: AFTER
    }


def test_provision_and_contact_of_one_municipality_are_two_entries() -> None:
    directory = directory_with(a_provision(), a_contact())
    assert directory.provisions == {MALMO: a_provision()}
    assert directory.contacts == {MALMO: a_contact()}
    without = applied(directory, [Edit(a_contact(), None)])
    assert (without.provisions, without.contacts) == ({MALMO: a_provision()}, {})


def test_places_stay_the_same_objects() -> None:
    base = with_services([])
    assert applied(base, [Edit(None, BEFORE)]).municipalities is base.municipalities


def test_the_directory_that_edits_are_laid_over_is_unchanged() -> None:
    base = directory_with(BEFORE)
    applied(base, [Edit(BEFORE, AFTER)])
    assert base.services == {BEFORE.id: BEFORE}


def test_an_edit_of_what_has_changed_meanwhile_is_stale() -> None:
    directory = directory_with(AFTER)
    old, new = Edit(BEFORE, a_service(name="Ett")), Edit(AFTER, a_service(name="Två"))
    assert stale(directory, [old, new]) == (old,)


def test_adding_what_is_there_and_changing_what_is_gone_is_stale() -> None:
    added, changed_ = Edit(None, AFTER), Edit(BEFORE, AFTER)
    assert stale(directory_with(BEFORE), [added]) == (added,)
    assert stale(with_services([]), [changed_]) == (changed_,)


def test_an_edit_that_changes_the_id_is_stale() -> None:
    renamed = Edit(BEFORE, a_service("ett-annat"))
    assert stale(directory_with(BEFORE), [renamed]) == (renamed,)


def test_undoing_takes_the_last_change_back_first() -> None:
    first, second = Edit(None, BEFORE), Edit(BEFORE, AFTER)
    changes = [changed(1, first), changed(2, second)]
    assert undoing(changes) == (Edit(AFTER, BEFORE), Edit(BEFORE, None))
    assert applied(directory_with(AFTER), undoing(changes)).services == {}


def test_undoing_an_undoing_makes_the_edit_again() -> None:
    edit = Edit(BEFORE, AFTER)
    (back,) = undoing([changed(1, edit)])
    assert undoing([changed(2, back)]) == (edit,)


def test_the_entry_as_it_is_now() -> None:
    directory = directory_with(BEFORE)
    assert current(directory, KEY) == BEFORE
    assert current(directory, ("contact", MALMO)) is None


def test_an_edit_from_nothing_to_nothing_has_no_key() -> None:
    with pytest.raises(ValueError, match="nothing"):
        _ = Edit(None, None).key


def test_a_place_that_a_newer_directory_lacks_is_left_out_of_an_edit() -> None:
    base = with_services([])
    gone = a_service(municipality_codes=(MALMO, "9999"), district_codes=("0180-gone",))
    entry = applied(base, [Edit(None, gone)]).services[gone.id]
    assert (entry.municipality_codes, entry.district_codes) == ((MALMO,), ())
