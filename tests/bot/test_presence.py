from datetime import timedelta

from bot.presence import LEASE, PATIENCE, Presence
from tests.cast import ANNA, BO, MONDAY_MORNING

NOW = MONDAY_MORNING


def test_only_who_says_present_takes_visitors() -> None:
    presence = Presence()
    presence.set(ANNA, "present", NOW)
    presence.set(BO, "paused", NOW)
    assert presence.present(NOW) == {ANNA}
    assert presence.status(BO) == "paused"
    assert presence.status("Cecilia") == "away"


def test_presence_ends_with_the_lease_and_comes_back_with_a_sign_of_life() -> None:
    presence = Presence()
    presence.set(ANNA, "present", NOW)
    later = NOW + LEASE + timedelta(seconds=1)
    assert presence.present(later) == frozenset()
    presence.renew(ANNA, later)
    assert presence.present(later) == {ANNA}


def test_a_sign_of_life_of_a_stranger_makes_nobody_present() -> None:
    presence = Presence()
    presence.renew(ANNA, NOW)
    assert presence.present(NOW) == frozenset()


def test_a_bad_connection_is_not_yet_a_lost_counsellor() -> None:
    presence = Presence()
    presence.set(ANNA, "present", NOW)
    assert not presence.is_lost(ANNA, NOW + PATIENCE)
    assert presence.is_lost(ANNA, NOW + PATIENCE + timedelta(seconds=1))
    assert not presence.is_lost("Cecilia", NOW)


def test_after_a_restart_a_counsellor_gets_time_to_come_back() -> None:
    presence = Presence()
    presence.expect(ANNA, NOW)
    assert not presence.is_lost(ANNA, NOW + PATIENCE)
    presence.set(BO, "present", NOW)
    presence.expect(BO, NOW)
    assert presence.present(NOW) == {BO}
