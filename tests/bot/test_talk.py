from collections.abc import Iterable

from bot.talk import GONE, HELP, talk
from tests.fakes import world


def held(lines: Iterable[str]) -> list[str]:
    """Give everything that the terminal shows when these lines are written."""
    waiting = iter(lines)
    shown: list[str] = []
    talk(world, read=lambda: next(waiting, None), write=shown.append)
    return shown


def test_the_first_line_explains_and_the_greeting_follows_with_numbered_choices() -> None:
    shown = held([])
    assert shown[0] == HELP
    assert shown[1].startswith("Hej. Det är bra att du hör av dig.")
    assert shown[2] == "  1. Skriv med en rådgivare"


def test_a_number_presses_a_button_and_words_do_too() -> None:
    assert "Innan du skriver med en rådgivare" in held(["1"])[-3]
    assert held(["1"]) == held(["rådgivare"])


def test_the_end_of_input_ends_it_calmly() -> None:
    assert held(["1", "1"])[-1] == "  8. Hoppa över"


def test_a_counsellor_is_played_on_lines_of_their_own() -> None:
    shown = held(["1", "1", "R: Hej, hur har du det?", "jag är rädd", "r: end"])
    assert "Nu är Anna här. Du kan börja var du vill." in shown
    assert "Samtalet är slut. Tack för att du skrev." in shown
    assert "  (Anna: Samtalet är slut.)" in shown


def test_a_counsellor_may_hand_back_and_take_again() -> None:
    shown = held(["1", "1", "r:", "r: back", "r: nu är jag här igen"])
    assert shown.count("Nu är Anna här. Du kan börja var du vill.") == 2


def test_a_counsellor_who_speaks_too_early_is_answered() -> None:
    assert held(["r: hej"])[-1].startswith("  (Anna: Du har inte det här samtalet.")


def test_erasing_ends_it_and_nothing_more_is_read() -> None:
    assert held(["radera", "1", "hej"])[-1] == GONE
    assert held(["1", "1", "r: hej", "radera allt nu", "r: hej"])[-1] == GONE


def test_empty_lines_and_control_characters_say_nothing() -> None:
    assert held(["", "\0", "  "]) == held([])
