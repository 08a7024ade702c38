"""How many came in each hour of the week and quarter; bare counts that are tied to nobody.

There is no id here, no month and no day: an hour of the week (0 to 167, from Monday 00 by Swedish
clocks) is added up over a whole quarter, so that nothing here can be joined with a contact record.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Self, TypeAlias

from bot.store.database import Database

HourCounts: TypeAlias = Mapping[tuple[str, str, str, int], int]
"""By quarter (as 2026-Q4), kind (arrived or knocked), channel and hour of the week."""

STEPS = (
    """
CREATE TABLE countings (n INTEGER NOT NULL) STRICT;
INSERT INTO countings VALUES (0);
CREATE TABLE hours (
    quarter TEXT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 167),
    n INTEGER NOT NULL,
    PRIMARY KEY (quarter, kind, channel, hour)
) STRICT, WITHOUT ROWID;
""",
)
"""The schema, step by step: a step that was once taken somewhere is never changed."""

_COUNT = """
INSERT INTO hours (quarter, kind, channel, hour, n) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (quarter, kind, channel, hour) DO UPDATE SET n = n + excluded.n
"""

_HOURS = "SELECT quarter, kind, channel, hour, n FROM hours WHERE quarter BETWEEN ? AND ?"


class CountsStore:
    """Open it with `CountsStore.open`; close it when done. Methods raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open or make the database."""
        return cls(await Database.open(path, STEPS))

    async def close(self) -> None:
        await self._database.close()

    async def count(self, counts: HourCounts) -> None:
        """Add to the counts.

        Something is written also when nothing was counted: the file's age tells of no visitor.
        """
        async with self._database.writing() as connection:
            await connection.execute_fetchall("UPDATE countings SET n = n + 1")
            await connection.executemany(_COUNT, _rows(counts))

    async def replace(self, counts: HourCounts) -> None:
        """Put counts in the place of all that their quarters held."""
        quarters = {(quarter,) for quarter, *_ in counts}
        async with self._database.writing() as connection:
            await connection.executemany("DELETE FROM hours WHERE quarter = ?", quarters)
            await connection.executemany(_COUNT, _rows(counts))

    async def hours(
        self, first_quarter: str, last_quarter: str
    ) -> dict[tuple[str, str, str, int], int]:
        """Fetch the counts of the quarters from the first to the last, both included."""
        rows = await self._database.rows(_HOURS, first_quarter, last_quarter)
        return {(quarter, kind, channel, hour): n for quarter, kind, channel, hour, n in rows}


def _rows(counts: HourCounts) -> list[tuple[str, str, str, int, int]]:
    return [(*key, n) for key, n in counts.items()]
