"""Contact forms: saved as they are filled in, filed when the talk is over."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import JSONResponse, Response

from bot.desk.answers import is_given, posted
from bot.desk.desk import Desk, Visit, see
from bot.desk.entries import entries
from bot.desk.panels import Panel, panel_of
from bot.desk.show import (
    NO_SUCH_FORM,
    NOTHING,
    Extra,
    desk_page,
    differences,
    form_html,
    gate_html,
    refused,
)
from bot.forms import FiledDraft, HandedIn, SavedDraft
from bot.words import cleaned as safe
from bot.words import whole_number
from directory.finder import service
from directory.search import search
from flows.contact_form import Problem, cleaned, problems
from flows.filling import left_to_answer, with_rest_not_asked, without_answer
from flows.helped import HELPED
from flows.note_gate import Note, Span, gate_problem, marks
from flows.queueing import whole_minutes

STILL_TALKING = "Formuläret kan lämnas in när samtalet är slut."
FILED = "Formuläret är inlämnat."
CORRECTED = "Rättelsen är sparad."
FAULTY = "Formuläret kan inte lämnas in än."
FAULTY_CORRECTION = "Rättelsen kan inte sparas än."
STALE = "Formuläret ändrades i en annan flik. Välj vilka svar som ska gälla."
ALREADY_COUNTED = (
    "Formuläret har blivit statistik och går inte längre att ändra. "
    "Det du skrev nu är inte sparat där. Stäng rättelsen när du är klar."
)
PREFIX = "draft-"
SETTLE = "settle."
"""Begins the name of a choice between two tabs' answers."""

NONE_KEPT: frozenset[Span] = frozenset()


async def save_form(desk: Desk, visit: Visit) -> Response:
    """Keep the answers so far, and search the directory where that was asked for."""
    panel = await save(desk, visit, posted_answers(desk, visit))
    if isinstance(panel, Response):
        return panel
    if visit.wants_json:
        gate = gate_html(desk, panel)
        return JSONResponse({"revision": panel.draft.revision, "gate": gate})
    if words := visit.field("find").strip():
        found = search(desk.board.shop.directory, words)
        shown = entries(desk, found, words)
        extra = Extra(panel=panel.id, searched=words, found=found, entries=shown)
        return await desk_page(desk, visit.person, extra=extra)
    return see(f"/desk#{panel.id}")


async def settle_form(desk: Desk, visit: Visit) -> Response:
    """Settle what two tabs answered differently, by the choice made for each question."""
    own = own_panel(desk, visit)
    before = own.draft.answers if own else {}
    chosen = {
        question.name: safe(visit.field(f"{SETTLE}{question.name}"))
        for question in desk.form.questions
        if not is_given(question, before) and f"{SETTLE}{question.name}" in visit.fields
    }
    answers = {name: cell for name, cell in {**before, **chosen}.items() if cell}
    return await drawn_again(desk, visit, await save(desk, visit, answers))


async def fill_rest(desk: Desk, visit: Visit) -> Response:
    """Answer "not asked" to what is empty, and say which questions that cannot be true of."""
    answers = with_rest_not_asked(desk.form, posted_answers(desk, visit))
    panel = await save(desk, visit, answers)
    if isinstance(panel, Response):
        return panel
    left = left_to_answer(desk.form, _complete(desk, panel))
    return await drawn_again(desk, visit, panel, Extra(panel=panel.id, left=left))


async def file_form(desk: Desk, visit: Visit) -> Response:
    """Save and check everything; then file it, or take it in until the visitor has answered."""
    panel = await save(desk, visit, posted_answers(desk, visit))
    if isinstance(panel, Response):
        return panel
    if panel.phase == "talking":
        return await refused(desk, visit, STILL_TALKING)
    return await _checked_and_filed(desk, visit, panel)


def own_panel(desk: Desk, visit: Visit) -> Panel | None:
    return panel_of(desk, visit.person.name, visit.request.path_params["draft"])


def posted_answers(desk: Desk, visit: Visit) -> dict[str, str]:
    panel = own_panel(desk, visit)
    return posted(desk.form, visit.fields, panel.draft.answers if panel else {})


async def save(
    desk: Desk,
    visit: Visit,
    answers: dict[str, str],
    *,
    after: Panel | None = None,
    kept: frozenset[Span] = NONE_KEPT,
) -> Panel | Response:
    """Save and give the panel as it is now, or the answer to who could not save.

    `after`: the panel on which the answers stand, where it is not the page's. `kept`: what was kept
    of the note on purpose.
    """
    id, revision = visit.request.path_params["draft"], whole_number(visit.field("revision"))
    if own_panel(desk, visit) is None:
        return await refused(desk, visit, NO_SUCH_FORM, 404)
    stands_on = after.draft.revision if after else revision
    job = SavedDraft(id, visit.person.name, -1 if stands_on is None else stands_on, answers, kept)
    reply = await desk.board.ask(job)
    panel = own_panel(desk, visit)
    if panel is None or reply.answers:
        return await refused(desk, visit, NO_SUCH_FORM, 404)
    return await _stale(desk, visit, panel, answers) if reply.is_stale else panel


def gone(visit: Visit, sentence: str) -> Response:
    """The form is no longer on the desk; the sentence says what became of it."""
    return JSONResponse({"gone": sentence}) if visit.wants_json else see("/desk")


async def drawn_again(
    desk: Desk, visit: Visit, panel: Panel | Response, extra: Extra = NOTHING
) -> Response:
    """Show the form as it is after an order that changed it."""
    if isinstance(panel, Response):
        return panel
    if visit.wants_json:
        return JSONResponse({"html": form_html(desk, visit.person, panel, extra)})
    return (
        await desk_page(desk, visit.person, extra=extra) if extra.left else see(f"/desk#{panel.id}")
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """The services that an answer may name."""

    desk: Desk

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and service(self.desk.board.shop.directory, id) is not None


async def _checked_and_filed(desk: Desk, visit: Visit, panel: Panel) -> Response:
    """File what has no fault. Where the visitor may yet answer, the system does it afterwards."""
    answers = cleaned(desk.form, _complete(desk, panel))
    if found := _faults(desk, answers, panel.note):
        return await _with_faults(desk, visit, panel, found)
    is_awaited = panel.may_be_answered and HELPED in answers
    if is_awaited or panel.is_handed_in:
        return await _taken_in(desk, visit, panel, answers)
    return await _filed(desk, visit, panel, answers)


async def _taken_in(desk: Desk, visit: Visit, panel: Panel, answers: Mapping[str, str]) -> Response:
    """Keep the answers until they can be filed; what changed meanwhile is checked as well."""
    job = HandedIn(panel.id, visit.person.name, panel.draft.revision, answers)
    reply = await desk.board.ask(job)
    now = own_panel(desk, visit)
    if now is None:
        return await refused(desk, visit, NO_SUCH_FORM, 404)
    if reply.is_stale:
        return await _checked_and_filed(desk, visit, now)
    return await drawn_again(desk, visit, now)


async def _filed(desk: Desk, visit: Visit, panel: Panel, answers: Mapping[str, str]) -> Response:
    """Give the answers to the records, and forget the draft.

    Filing again after a crash in between replaces the record: it goes by the draft's own id.
    """
    if not await _give_to_records(desk, panel, answers):
        return await refused(desk, visit, ALREADY_COUNTED)
    reply = await desk.board.ask(FiledDraft(panel.id, panel.draft.answers))
    if reply.is_stale and (now := own_panel(desk, visit)):
        return await drawn_again(desk, visit, now)
    return gone(visit, CORRECTED if panel.draft.origin == "filed" else FILED)


def _faults(desk: Desk, answers: Mapping[str, str], note: Note) -> tuple[Problem, ...]:
    """Everything that keeps the answers from being filed, the note's gate included."""
    found = problems(desk.form, answers, known_services=_Known(desk))
    in_note = gate_problem(marks(note, desk.reviewer)) if "note" in answers else None
    return (*found, in_note) if in_note else found


def _complete(desk: Desk, panel: Panel) -> Mapping[str, str]:
    """The answers, with the minutes of a call counted where they were not written.

    Whether it helped is for the visitor to say as long as they can.
    """
    draft = panel.draft
    if panel.may_be_answered:
        return without_answer(draft.answers)
    if draft.origin != "phone" or draft.answers.get("talk_minutes"):
        return draft.answers
    return {**draft.answers, "talk_minutes": str(whole_minutes(draft.made, desk.clock()))}


async def _give_to_records(desk: Desk, panel: Panel, answers: Mapping[str, str]) -> bool:
    """File or correct; False when what was to be corrected is a record already."""
    id, counsellor = panel.draft.filed_as, panel.draft.counsellor
    if panel.draft.origin == "filed":
        return await desk.records.correct(id, counsellor, answers)
    await desk.records.file(id, answers, counsellor=counsellor)
    return True


async def _stale(desk: Desk, visit: Visit, panel: Panel, yours: dict[str, str]) -> Response:
    """Show both answers side by side. When they are the same after all, nothing is lost."""
    extra = Extra(panel=panel.id, differences=differences(desk, panel, yours))
    if visit.wants_json:
        html = form_html(desk, visit.person, panel, extra)
        return JSONResponse({"sentence": STALE, "html": html}, 409)
    return await desk_page(desk, visit.person, notice=STALE, status=409, extra=extra)


async def _with_faults(
    desk: Desk, visit: Visit, panel: Panel, found: tuple[Problem, ...]
) -> Response:
    sentence = FAULTY_CORRECTION if panel.draft.origin == "filed" else FAULTY
    extra = Extra(panel=panel.id, problems=found)
    if visit.wants_json:
        html = form_html(desk, visit.person, panel, extra)
        return JSONResponse({"sentence": sentence, "html": html}, 422)
    return await desk_page(desk, visit.person, notice=sentence, status=422, extra=extra)
