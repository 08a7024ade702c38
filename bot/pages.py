"""What every page of ours has in common: its headers, its cookies, its stream of events."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORM = "application/x-www-form-urlencoded"
UPLOAD = "multipart/form-data"
LARGEST_BODY = 256 * 1024
"""Bytes of a request: the longest words take 96,000 when each character is four times %XX."""

HEADERS: Mapping[str, str] = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'self'; "
        "base-uri 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    # not no-referrer: that makes browsers send "Origin: null" with our own forms
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
HSTS = "max-age=63072000; includeSubDomains"


@dataclass(frozen=True, slots=True)
class Upload:
    """What may be sent to one path: how many bytes, and the page that refuses more."""

    most: int
    refusal: str


@dataclass(frozen=True, slots=True)
class Guard:
    """Gives every answer its headers, and refuses what another site or a broken client sends.

    `uploads` says by path where a request may be longer.
    """

    app: ASGIApp
    public_url: str
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, self._with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if scope["method"] in {"GET", "HEAD"}:
            return None
        if not self._is_ours(headers):
            return PlainTextResponse("The request came from another site.", 403)
        length = headers.get("content-length", "" if "transfer-encoding" in headers else "0")
        upload = self.uploads.get(scope["path"])
        if length.isdigit() and int(length) <= (upload.most if upload else LARGEST_BODY):
            return None
        if upload:
            return HTMLResponse(upload.refusal, 413)
        return PlainTextResponse("The request is too long, or does not say how long.", 413)

    def _is_ours(self, headers: Headers) -> bool:
        """Browsers name the page's origin with every POST; a client that is no browser does not."""
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site", "none") in {"same-origin", "none"}
        return origin == self.public_url or origin == _loopback(headers.get("host", ""))

    def _with_headers(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if is_secure(self.public_url):
                    headers["strict-transport-security"] = HSTS
            await send(message)

        return send_with_headers


async def form_of(request: Request, *, most_fields: int) -> FormData:
    """The fields of a plain form; none when what was sent is anything else."""
    return await _fields(request, {FORM}, most_files=0, most_fields=most_fields)


async def upload_of(request: Request, *, most_fields: int) -> FormData:
    """The fields of a form that may bring one file; none when what was sent is anything else."""
    return await _fields(request, {FORM, UPLOAD}, most_files=1, most_fields=most_fields)


async def _fields(
    request: Request, kinds: set[str], *, most_files: int, most_fields: int
) -> FormData:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in kinds:
        return FormData()
    try:
        return await request.form(max_files=most_files, max_fields=most_fields)
    except HTTPException:
        return FormData()


def is_secure(public_url: str) -> bool:
    return urlsplit(public_url).scheme == "https"


def cookie_name(name: str, public_url: str) -> str:
    """On https a name that only this host, over https, can set; on loopback http a plain one."""
    return f"__Host-{name}" if is_secure(public_url) else name


def set_cookie(response: Response, name: str, value: str, public_url: str) -> None:
    """A cookie that lives as long as the window, that scripts and other sites never see."""
    response.set_cookie(
        cookie_name(name, public_url),
        value,
        path="/",
        secure=is_secure(public_url),
        httponly=True,
        samesite="strict",
    )


def drop_cookie(response: Response, name: str, public_url: str) -> None:
    """Expire the cookie by name; anything broader would log out a desk on the same address."""
    response.delete_cookie(
        cookie_name(name, public_url),
        path="/",
        secure=is_secure(public_url),
        httponly=True,
        samesite="strict",
    )


_LINE_END = re.compile(r"\r\n|\r|\n")
"""What ends a line in a stream, for a browser; left in words, it could forge an event."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One server-sent event. `data` may hold line breaks; `id` is where to resume."""

    event: str
    data: str = ""
    id: str = ""

    def __str__(self) -> str:
        lines = "".join(f"data: {line}\n" for line in _LINE_END.split(self.data))
        id = f"id: {self.id}\n" if self.id else ""
        return f"event: {self.event}\n{id}{lines}\n"


BREATH = ": \n\n"
"""A comment that keeps an idle stream open through proxies."""


def stream(events: AsyncIterator[Sent | None]) -> StreamingResponse:
    """Send events as they come; None is a sign of life."""

    async def lines() -> AsyncIterator[str]:
        async for event in events:
            yield BREATH if event is None else str(event)

    headers = {"x-accel-buffering": "no"}
    return StreamingResponse(lines(), media_type="text/event-stream", headers=headers)


def environment(folder: Path) -> Environment:
    """Templates that escape everything and fail on a name that is not there."""
    found = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["linked"] = linked
    return found


_LINKS = re.compile(
    r"(?P<url>https://[^\s<>\"']+[^\s<>\"'.,;:)])"
    r"|(?P<phone>(?<![\w-])(?:112|1177|114 14|116 \d{3}|90\s?[13]\s?\d\d|90390"
    r"|0\d{1,3}[-–][\d ]{5,11}\d)(?![\w-]))"
)


def linked(text: str) -> Markup:
    """Our own text, escaped, with web addresses and phone numbers that can be tapped."""
    parts, end = [], 0
    for found in _LINKS.finditer(text):
        parts += [escape(text[end : found.start()]), _link(found)]
        end = found.end()
    return Markup().join([*parts, escape(text[end:])])


def _link(found: re.Match[str]) -> Markup:
    words = found.group()
    if found["url"]:
        return Markup('<a href="{}" rel="noreferrer noopener" target="_blank">{}</a>').format(
            words, words.removeprefix("https://").rstrip("/")
        )
    return Markup('<a href="tel:{}">{}</a>').format(re.sub(r"\D", "", words), words)


def _loopback(host: str) -> str:
    """The origin of a page on this machine; any other host name gives none."""
    name = host.rsplit(":", 1)[0]
    return f"http://{host}" if name in {"127.0.0.1", "localhost"} else ""
