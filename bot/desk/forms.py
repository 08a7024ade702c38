"""Contact forms: saved as they are filled in, filed when the talk is over."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import JSONResponse, Response

from bot.desk.answers import posted
from bot.desk.desk import Desk, Visit, see
from bot.desk.entries import entries
from bot.desk.panels import Panel, panel_of
from bot.desk.show import NO_SUCH_FORM, Extra, desk_page, differences, form_html, refused
from bot.forms import FiledDraft, SavedDraft
from bot.words import whole_number
from directory.finder import service
from directory.search import search
from flows.contact_form import Problem, cleaned, note_problem, problems
from flows.redaction import find

STILL_TALKING = "Formuläret kan lämnas in när samtalet är slut."
STILL_ASKED = (
    "Besökaren kan fortfarande svara på om det hjälpte, senast till kl. {}. "
    "Lämna in formuläret efter det; dina svar är sparade."
)
FAULTY = "Formuläret kan inte lämnas in än."
STALE = "Formuläret ändrades i en annan flik. Välj vilka svar som ska gälla."
PREFIX = "draft-"
SETTLE = "settle."
"""Begins the name of a choice between two tabs' answers."""


async def save_form(desk: Desk, visit: Visit) -> Response:
    """Keep the answers so far, and search the directory where that was asked for."""
    panel = await _save(desk, visit, _posted(desk, visit))
    if isinstance(panel, Response):
        return panel
    if visit.wants_json:
        return JSONResponse({"revision": panel.draft.revision})
    if words := visit.field("find").strip():
        found = search(desk.board.shop.directory, words)
        shown = entries(desk, found)
        extra = Extra(panel=panel.id, searched=words, found=found, entries=shown)
        return await desk_page(desk, visit.person, extra=extra)
    return see(f"/desk#{panel.id}")


async def settle_form(desk: Desk, visit: Visit) -> Response:
    """Settle what two tabs answered differently, by the choice made for each question."""
    own = _own(desk, visit)
    chosen = {
        question.name: visit.field(f"{SETTLE}{question.name}")
        for question in desk.form.questions
        if question.filled_by != "system" and f"{SETTLE}{question.name}" in visit.fields
    }
    answers = {**(own.draft.answers if own else {}), **chosen}
    panel = await _save(desk, visit, {name: cell for name, cell in answers.items() if cell})
    if isinstance(panel, Response):
        return panel
    if visit.wants_json:
        return JSONResponse({"html": form_html(desk, visit.person, panel)})
    return see(f"/desk#{panel.id}")


async def file_form(desk: Desk, visit: Visit) -> Response:
    """Save, check everything, give the answers to the records, and forget the draft.

    Filing again after a crash in between replaces the record: it goes by the draft's own id.
    """
    panel = await _save(desk, visit, _posted(desk, visit))
    if isinstance(panel, Response):
        return panel
    if panel.phase == "talking":
        return await refused(desk, visit, STILL_TALKING)
    if panel.may_be_answered:
        return await refused(desk, visit, STILL_ASKED.format(panel.words_until))
    answers = cleaned(desk.form, panel.draft.answers)
    if found := faults(desk, answers):
        return await _with_faults(desk, visit, panel, found)
    await desk.records.file(bytes.fromhex(panel.id.removeprefix(PREFIX)), answers)
    await desk.board.ask(FiledDraft(panel.id))
    return JSONResponse({"filed": panel.id}) if visit.wants_json else see("/desk")


def faults(desk: Desk, answers: Mapping[str, str]) -> tuple[Problem, ...]:
    """Everything that keeps the answers from being filed, the note's gate included."""
    found = problems(desk.form, answers, known_services=_Known(desk))
    in_note = note_problem(find(answers.get("note", "")))
    return (*found, in_note) if in_note else found


@dataclass(frozen=True, slots=True)
class _Known:
    """The services that an answer may name."""

    desk: Desk

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and service(self.desk.board.shop.directory, id) is not None


def _own(desk: Desk, visit: Visit) -> Panel | None:
    return panel_of(desk, visit.person.name, visit.request.path_params["draft"])


def _posted(desk: Desk, visit: Visit) -> dict[str, str]:
    panel = _own(desk, visit)
    return posted(desk.form, visit.fields, panel.draft.answers if panel else {})


async def _save(desk: Desk, visit: Visit, answers: dict[str, str]) -> Panel | Response:
    """Save and give the panel as it is now, or the answer to who could not save."""
    id, revision = visit.request.path_params["draft"], whole_number(visit.field("revision"))
    if _own(desk, visit) is None:
        return await refused(desk, visit, NO_SUCH_FORM, 404)
    job = SavedDraft(id, visit.person.name, -1 if revision is None else revision, answers)
    reply = await desk.board.ask(job)
    panel = _own(desk, visit)
    if panel is None or reply.answers:
        return await refused(desk, visit, NO_SUCH_FORM, 404)
    return await _stale(desk, visit, panel, answers) if reply.is_stale else panel


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
    extra = Extra(panel=panel.id, problems=found)
    if visit.wants_json:
        html = form_html(desk, visit.person, panel, extra)
        return JSONResponse({"sentence": FAULTY, "html": html}, 422)
    return await desk_page(desk, visit.person, notice=FAULTY, status=422, extra=extra)
