"""The directory as open data: JSON as Open Referral shapes it, and a sheet for Excel."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from directory import hsds, sheet
from directory.models import Directory, Service
from directory.table import COLUMNS

FEW = 25
"""Services on a page when nobody says how many."""

MOST = 100
"""Services on a page at most."""

MOST_PAGES = 10_000

MOST_KEPT = 32
"""Pages that are kept as they were sent."""

FEW_DIRECTORIES = 2
"""Directories of which anything is kept: the present one, and the last while it is replaced."""

COLUMNS_FOR_ALL = tuple(name for name in COLUMNS if name != "checked_with")
"""Whom somebody asked is ours to know: it is told by function, but nobody can be sure of that."""

OPEN = {
    "access-control-allow-origin": "*",
    "cache-control": "public, max-age=300",
    "cross-origin-resource-policy": "cross-origin",
}
"""Any program, on any site, may read this and keep it for some minutes."""

NOT_KEPT = OPEN | {"cache-control": "no-store"}
"""What is not there now may be there in a moment."""

_NUMBER = re.compile("[0-9]{1,5}")


class UnfitError(Exception):
    """What was asked for is not a number in range; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class OpenData:
    """Answers programs."""

    directory: Callable[[], Directory]

    async def services(self, request: Request) -> Response:
        try:
            page = _number(request, "page", default=1, most=MOST_PAGES)
            per_page = _number(request, "per_page", default=FEW, most=MOST)
        except UnfitError as error:
            return JSONResponse({"detail": str(error)}, 422, NOT_KEPT)
        found = _page(self.directory(), page, per_page)
        return Response(found, headers=OPEN, media_type="application/json")

    async def service(self, request: Request) -> Response:
        directory = _for_all(self.directory())
        found = hsds.named(directory, request.path_params["id"])
        if found is None:
            sentence = "No service has this id; see /directory."
            return JSONResponse({"detail": sentence}, 404, NOT_KEPT)
        return JSONResponse(hsds.as_service(directory, found), headers=OPEN)

    async def sheet(self, request: Request) -> Response:  # noqa: ARG002 - a route is given it
        text = _sheet(self.directory())
        name = {"content-disposition": 'attachment; filename="directory.csv"'}
        return Response(text, headers=OPEN | name, media_type="text/csv")


@lru_cache(maxsize=MOST_KEPT)
def _page(directory: Directory, page: int, per_page: int) -> bytes:
    found = hsds.as_page(_for_all(directory), page=page, per_page=per_page)
    return bytes(JSONResponse(found).body)


@lru_cache(maxsize=FEW_DIRECTORIES)
def _sheet(directory: Directory) -> str:
    return sheet.written(directory.living_services(), COLUMNS_FOR_ALL)


@lru_cache(maxsize=FEW_DIRECTORIES)
def _for_all(directory: Directory) -> Directory:
    services = {id: _without_whom(each) for id, each in directory.services.items()}
    return replace(directory, services=services)


def _without_whom(service: Service) -> Service:
    return service.model_copy(update={"checked_with": ""}) if service.checked_with else service


def _number(request: Request, name: str, *, default: int, most: int) -> int:
    text = request.query_params.get(name, str(default))
    if not _NUMBER.fullmatch(text) or not 1 <= int(text) <= most:
        raise UnfitError(f"{name} should be a whole number from 1 to {most}.")
    return int(text)
