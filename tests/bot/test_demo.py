"""The demo has a past that resembles an ordinary line, and is open now."""

from datetime import datetime
from pathlib import Path

from bot.demo import clear_away, open_now
from bot.lock import only_instance
from bot.vault import Vault
from flows.hours import hours_on
from flows.opening_days import opening_days
from flows.stockholm import STOCKHOLM
from tests.bot.houses import line

NOW = datetime(2026, 11, 22, 12, tzinfo=STOCKHOLM)


def test_the_demo_is_open_this_month_day_and_night() -> None:
    opened = open_now(line(), NOW)
    for channel in ("phone", "chat"):
        (interval,) = hours_on(opened, channel, NOW.date())
        assert (interval.opens, interval.closes) == (0, 24 * 60)


def test_the_demo_was_open_before_on_the_days_of_an_ordinary_line() -> None:
    opened = open_now(line(), NOW)
    for first, last in (("2024-01", "2024-12"), ("2025-01", "2025-12"), ("2026-01", "2026-10")):
        assert opening_days(opened, first, last) == opening_days(line(), first, last) > 0
    assert opening_days(opened, "2026-11", "2026-11") == 30


def test_a_demo_that_has_ended_leaves_memory_as_it_was_but_for_open_conversations(
    tmp_path: Path,
) -> None:
    vault = Vault(tmp_path / "keys")
    vault.create("open")
    with only_instance(tmp_path / "keys"):
        """As the demo holds it while it runs."""
    clear_away(tmp_path / "keys")
    assert Vault(tmp_path / "keys").ids == {"open"}
    vault.destroy("open")
    clear_away(tmp_path / "keys")
    assert list(tmp_path.iterdir()) == []
