"""Pages that anybody may read: where there is help, for people and for programs.

Nothing here sets a cookie, needs JavaScript or knows who asks.
"""

from collections.abc import Callable
from datetime import datetime

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.public.open_data import OpenData
from bot.public.pages import HERE, Pages
from directory.models import Directory
from flows.line import Line
from flows.texts import Texts


def public_routes(
    *,
    directory: Callable[[], Directory],
    line: Line,
    texts: Texts,
    clock: Callable[[], datetime],
    public_url: str,
    exit_url: str,
) -> list[BaseRoute]:
    """Everything that is open to all, to be wrapped in `bot.pages.Guard` with the rest of the site.

    The exit button and the looks are the visitors' page's: `/exit` and `/static` are taken from it.
    """
    data = OpenData(directory)
    pages = Pages(directory, line, texts, clock, public_url.rstrip("/"), exit_url)
    return [
        Route("/directory", data.services),
        Route("/directory.csv", data.sheet),
        Route("/directory/{id:path}", data.service),
        Mount("/hjalp/static", StaticFiles(directory=HERE / "static")),
        Route("/hjalp", pages.places),
        Route("/hjalp/{place:path}", pages.place),
        Route("/robots.txt", pages.robots),
        Route("/sitemap.xml", pages.sitemap),
    ]
