"""A note that could tell who somebody is: its marked words are replaced, or kept on purpose."""

from starlette.responses import Response

from bot.desk.desk import Desk, Visit
from bot.desk.forms import drawn_again, posted_answers, save
from bot.words import cleaned
from flows.note_gate import Note, marks


async def judge_note(desk: Desk, visit: Visit) -> Response:
    """Do to one marked place what the button says, if the note is still the one that was read.

    A note that was changed meanwhile is saved, and shown as the gate reads it now.
    """
    answers = posted_answers(desk, visit)
    panel = await save(desk, visit, answers)
    if isinstance(panel, Response) or panel.note.text != cleaned(visit.field("read")):
        return await drawn_again(desk, visit, panel)
    note = _judged(desk, panel.note, visit.field("judge"))
    if note == panel.note:
        return await drawn_again(desk, visit, panel)
    changed = {**answers, "note": note.text}
    saved = await save(desk, visit, changed, after=panel, kept=note.kept)
    return await drawn_again(desk, visit, saved)


def _judged(desk: Desk, note: Note, order: str) -> Note:
    """Read an order: "0-5:partnern" replaces, "0-5:" keeps; an odd one changes nothing."""
    place, colon, way = order.partition(":")
    for mark in marks(note, desk.reviewer):
        if place != f"{mark.start}-{mark.end}":
            continue
        if way in mark.ways:
            return note.replacing(mark, way)
        if colon and not way and not mark.must_go:
            return note.keeping(mark)
    return note
