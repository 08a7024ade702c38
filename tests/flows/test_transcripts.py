from difflib import unified_diff
from pathlib import Path

import pytest

from tests.transcript import FOLDER, played, words

TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_it_is_written(path: Path) -> None:
    written = path.read_text("utf-8")
    now = played(written)
    difference = unified_diff(
        written.splitlines(), now.splitlines(), path.name, "as it goes now", lineterm=""
    )
    assert words(written) == words(now), "\n".join(
        ("If this is meant: .venv/bin/python -m tests.transcript", *difference)
    )


def test_there_are_conversations_enough_to_know_us_by() -> None:
    on_telegram = [path for path in TRANSCRIPTS if "Kanal: telegram" in path.read_text("utf-8")]
    assert len(TRANSCRIPTS) >= 26
    assert len(on_telegram) >= 5


HEAD = "# Ett samtal\nTid: 2026-11-16 kl. 10.00\nPå plats: Anna\nÖppet: ja\n\n"


def test_line_breaks_do_not_count() -> None:
    assert words("Svar: ett\n    två\n\nAnna: hej") == words("Svar: ett två\nAnna: hej")


def test_what_comes_of_it_is_written_anew_not_believed() -> None:
    said = played(f"{HEAD}Besökaren: meny\nSvar: Något annat.\n")
    assert "Något annat" not in said
    assert "Svar: Vad vill du göra?" in said


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Besökaren dansar", "Nobody can do this"),
        ("Besökaren trycker: Lämna kön", "No button says 'Lämna kön'"),
        ("Anna: hej", "There is no conversation"),
        ("Besökaren ändrar till: hej", "There are no words to change"),
    ],
)
def test_a_transcript_that_cannot_be_played_says_why(line: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        played(f"{HEAD}{line}\n")


def test_a_transcript_may_not_be_wrong_about_the_hours() -> None:
    with pytest.raises(ValueError, match="it is not so that Öppet: nej"):
        played(HEAD.replace("ja", "nej") + "Besökaren öppnar sidan\n")
