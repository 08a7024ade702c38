"""Every address of the desk, and who may ask there."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.catalogue import Catalogue
from bot.desk import (
    directory_changes,
    directory_entry,
    directory_import,
    directory_list,
    directory_map,
    directory_place,
    directory_work,
    evaluation,
    evaluation_page,
    filed,
    forms,
    live,
    login,
    note,
    phone,
    reports,
    review,
    staffing,
    talks,
)
from bot.desk.desk import Desk
from bot.desk.door import Handler, guarded, half_open
from bot.health import Health
from bot.store.counts import CountsStore
from bot.store.records import RecordsStore
from bot.store.releases import ReleasesStore
from bot.store.staff import Role, StaffStore
from bot.switchboard import Switchboard
from flows.questions import Form
from flows.redaction_notes import Reviewer

STATIC = Path(__file__).parent / "static"

ORDERS: tuple[tuple[str, Handler], ...] = (
    ("/desk/presence", talks.set_status),
    ("/desk/awake", talks.stay_awake),
    ("/desk/next", talks.take_next),
    ("/desk/search", talks.search_directory),
    ("/desk/talk/{conversation}/take", talks.take),
    ("/desk/talk/{conversation}/say", talks.say),
    ("/desk/talk/{conversation}/again", talks.say_again),
    ("/desk/talk/{conversation}/attach", talks.attach),
    ("/desk/talk/{conversation}/hand-back", talks.hand_back),
    ("/desk/talk/{conversation}/end", talks.end),
    ("/desk/form/{draft}/save", forms.save_form),
    ("/desk/form/{draft}/settle", forms.settle_form),
    ("/desk/form/{draft}/file", forms.file_form),
    ("/desk/form/{draft}/rest", forms.fill_rest),
    ("/desk/form/{draft}/note", note.judge_note),
    ("/desk/form/{draft}/discard", phone.discard_form),
    ("/desk/phone", phone.start_call),
    ("/desk/filed/{form}/correct", filed.correct_filed),
)
"""What counsellors and coordinators do; each looks itself whether the talk or form is theirs."""

DIRECTORY: tuple[tuple[str, Handler], ...] = (
    ("/desk/directory", directory_list.show_directory),
    ("/desk/directory/new", directory_entry.show_new),
    ("/desk/directory/service/{id}", directory_entry.show_service),
    ("/desk/directory/place/{code}", directory_place.show_place),
    ("/desk/directory/work", directory_work.show_work),
    ("/desk/directory/map", directory_map.show_map),
    ("/desk/directory/import", directory_import.show_import),
    ("/desk/directory/changes", directory_changes.show_changes),
)
"""The pages of the directory, for coordinators."""

DIRECTORY_ORDERS: tuple[tuple[str, Handler], ...] = (
    ("/desk/directory/new", directory_entry.add_service),
    ("/desk/directory/service/{id}", directory_entry.save_service),
    ("/desk/directory/service/{id}/verify", directory_entry.verify_service),
    ("/desk/directory/service/{id}/retire", directory_entry.retire_service),
    ("/desk/directory/service/{id}/restore", directory_entry.restore_service),
    ("/desk/directory/place/{code}/provision", directory_place.save_provision),
    ("/desk/directory/place/{code}/contact", directory_place.save_contact),
    ("/desk/directory/import/apply", directory_import.carry_out),
    ("/desk/directory/import/cancel", directory_import.cancel_import),
    ("/desk/directory/changes/{batch}/undo", directory_changes.undo),
)
"""What coordinators do with the directory."""

EVALUATION_ORDERS: tuple[tuple[str, Handler], ...] = (
    (evaluation_page.PATH, evaluation.ask),
    (f"{evaluation_page.PATH}/{{number}}/approve", evaluation.approve),
    (f"{evaluation_page.PATH}/{{number}}/decline", evaluation.decline),
    (f"{evaluation_page.PATH}/{{number}}/withdraw", evaluation.withdraw),
    (f"{evaluation_page.PATH}/{{number}}/fetch", evaluation.fetch),
)
"""What two coordinators do before an evaluation set leaves the house."""

UPLOADS = {directory_import.PATH: directory_import.UPLOAD}
"""Where a file may be sent."""


def desk_routes(  # noqa: PLR0913 - the composition root hands over every part by name
    board: Switchboard,
    staff: StaffStore,
    records: RecordsStore,
    form: Form,
    *,
    catalogue: Catalogue,
    releases: ReleasesStore,
    counts: CountsStore,
    reviewer: Reviewer,
    public_url: str,
    clock: Callable[[], datetime],
    health: Health,
    demo: bool,
) -> list[BaseRoute]:
    """The desk, to be wrapped in `bot.pages.Guard` with the rest of the site."""
    desk = Desk(
        board=board,
        staff=staff,
        records=records,
        catalogue=catalogue,
        releases=releases,
        counts=counts,
        form=form,
        reviewer=reviewer,
        public_url=public_url,
        clock=clock,
        health=health,
        demo=demo,
    )
    return [
        Mount("/desk/static", StaticFiles(directory=STATIC, packages=[("bot.reports", "static")])),
        *_doors(desk),
        *_pages(desk),
        *(_post(path, desk, handler) for path, handler in ORDERS),
        _post("/desk/talk/{conversation}/seen", desk, talks.mark_seen, is_quiet=True),
        _post("/desk/talk/{conversation}/writes", desk, talks.writes),
        *_of_directory(desk),
        *_of_review(desk),
    ]


def _doors(desk: Desk) -> list[Route]:
    """The way in and out."""
    return [
        Route("/desk/login", login.login_page(desk)),
        Route("/desk/login", login.log_in(desk), methods=["POST"]),
        Route("/desk/password", half_open(desk, login.password_page)),
        Route("/desk/password", half_open(desk, login.choose_password), methods=["POST"]),
        Route("/desk/code", half_open(desk, login.code_page)),
        Route("/desk/code", half_open(desk, login.confirm_code), methods=["POST"]),
        Route("/desk/logout", half_open(desk, login.log_out), methods=["POST"]),
    ]


def _pages(desk: Desk) -> list[Route]:
    """What is only looked at."""
    return [
        Route("/desk", guarded(desk, talks.show_desk)),
        Route("/desk/filed", guarded(desk, filed.show_filed)),
        Route("/desk/panel/{draft}", guarded(desk, talks.show_panel, is_quiet=True)),
        Route("/desk/events", guarded(desk, live.events, is_quiet=True)),
        Route("/desk/pulse", guarded(desk, live.pulse, is_quiet=True)),
        Route("/desk/reports", guarded(desk, reports.show_reports, roles=("coordinator",))),
        Route("/desk/reports/text", guarded(desk, reports.show_text, roles=("coordinator",))),
        Route("/desk/reports/file", guarded(desk, reports.send_file, roles=("coordinator",))),
        Route("/desk/staffing", guarded(desk, staffing.show_staffing, roles=("coordinator",))),
    ]


def _of_directory(desk: Desk) -> list[Route]:
    """Looking after the directory."""
    only: tuple[Role, ...] = ("coordinator",)
    read = guarded(desk, directory_import.read_import, roles=only, is_upload=True)
    return [
        *(Route(path, guarded(desk, page, roles=only)) for path, page in DIRECTORY),
        *(
            Route(path, guarded(desk, order, roles=only), methods=["POST"])
            for path, order in DIRECTORY_ORDERS
        ),
        Route(directory_import.PATH, read, methods=["POST"]),
    ]


def _of_review(desk: Desk) -> list[Route]:
    """Looking at the work, letting its numbers out, and handing out what it is evaluated by."""
    only: tuple[Role, ...] = ("coordinator",)
    pages = (
        (review.PATH, review.show_rows),
        (evaluation_page.PATH, evaluation_page.show_evaluation),
    )
    return [
        *(Route(path, guarded(desk, page, roles=only)) for path, page in pages),
        *(
            Route(path, guarded(desk, order, roles=only), methods=["POST"])
            for path, order in (("/desk/reports/lock", reports.lock_report), *EVALUATION_ORDERS)
        ),
    ]


def _post(path: str, desk: Desk, handler: Handler, *, is_quiet: bool = False) -> Route:
    return Route(path, guarded(desk, handler, is_quiet=is_quiet), methods=["POST"])
