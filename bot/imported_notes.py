"""How many notes of an import may hold a name or a place, without repeating any of them."""

from collections.abc import Callable, Iterable, Iterator

from bot.cli_words import counted
from flows.records import ContactRecord
from flows.redaction_notes import Reviewer

MOST_READ = 10_000
"""Notes; more would keep an import waiting, and the first ones tell how the others were written."""


class NoteReader:
    """Reads the notes of records on their way; what can identify somebody was refused before."""

    def __init__(self, read_reviewer: Callable[[], Reviewer], *, most: int = MOST_READ) -> None:
        self._read_reviewer = read_reviewer
        self._most = most
        self._reviewer: Reviewer | None = None
        self._notes = 0
        self._doubtful = 0

    def passing(self, records: Iterable[ContactRecord]) -> Iterator[ContactRecord]:
        """Give the records on, and count the notes among them."""
        for record in records:
            if note := record.get("note", ""):
                self._read(note)
            yield record

    def summary(self, *, is_kept: bool) -> Iterator[str]:
        """Say how many should be looked at, and where; nothing when there are none."""
        if self._doubtful:
            among = f" of the first {self._most}" if self._notes > self._most else ""
            where = "at the desk under Granskning" if is_kept else "in the file, before they are in"
            notes = counted(self._doubtful, "note")
            yield f"{notes}{among} may hold names or places: look at them {where}."

    def _read(self, note: str) -> None:
        self._notes += 1
        if self._notes <= self._most:
            self._reviewer = self._reviewer or self._read_reviewer()
            self._doubtful += bool(self._reviewer.review(note))
