"""What an answer that only some channels bring tells of how many came in on the others.

We measure how long somebody waited only where we carry the talk ourselves; of a call it is known
if the counsellor wrote it down. So those without an answer are those of a channel, or some of
them, and a reader who knows that can take the base from how many were asked. Where that channel
is hidden, so is the base.
"""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from flows.bands import MISSING
from flows.columns import Column, Columns, Mask
from flows.contact_form import Form
from flows.relations import ROLE, Key, Seen, Table, rows_of

CHANNEL = "channel"

BY_CHANNEL = ("wait_minutes", "talk_minutes", "helped")
"""The questions that the system answers where it carries the talk."""


def row_of_channel(code: str) -> Key:
    """Tell in which row of the table of channels a channel stands."""
    return (code,) if code in MISSING else ("answer", code)


def told_of_channels(
    form: Form, columns: Columns, name: str, tables: Mapping[str, Table], channels: Seen
) -> frozenset[Key]:
    """Give the counts of a question that would give hidden channels away, in every group.

    `channels` is what may be shown of the table of channels.
    """
    if name not in BY_CHANNEL:
        return frozenset()
    silent = [row_of_channel(code) for code in _silent(form, columns, name)]
    groups = {
        group
        for group, counted in tables[CHANNEL].items()
        for row in silent
        if rows_of(counted)[row] and channels.get((group, *row)) is None
    }
    asked = ("relevant",) if form.by_name[name].can_be_empty else ()
    together = ((group, row) for group in groups for row in (*asked, "base", *MISSING))
    return frozenset(together) | frozenset(_smallest(tables[name], groups))


def _smallest(table: Table, groups: Iterable[str]) -> Iterator[Key]:
    """Give the smallest answers of each group: all that are shown would nearly make up the base."""
    for group in groups:
        given = {code: n for code, n in table[group].answers.items() if n}
        least = min(given.values(), default=0)
        yield from ((group, "answer", code) for code, n in given.items() if n == least)


def answering_channels(columns: Columns, name: str, within: Mask | None = None) -> list[str]:
    """Name the channels on which somebody has an answer to a question."""
    channel, answers = columns[CHANNEL], columns[name]
    if within is not None:
        channel, answers = channel.where(within), answers.where(within)
    total, missing = channel.counts(), _missing(channel, answers)
    return [code for code, n, lack in zip(channel.cells, total, missing, strict=True) if n > lack]


def _silent(form: Form, columns: Columns, name: str) -> list[str]:
    """Find the channels on which somebody was asked and gave no answer."""
    channel, answers = columns[CHANNEL], columns[name]
    if form.by_name[name].relevant:
        has_role = np.array([bool(cell) for cell in columns[ROLE].cells])[columns[ROLE].numbers]
        channel, answers = channel.where(has_role), answers.where(has_role)
    return [code for code, n in zip(channel.cells, _missing(channel, answers), strict=True) if n]


def _missing(channel: Column, answers: Column) -> list[int]:
    is_missing = np.array([not cell or cell in MISSING for cell in answers.cells])
    found: list[int] = (channel.crossed(answers) @ is_missing).tolist()
    return found
