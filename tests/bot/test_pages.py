from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.pages import (
    HEADERS,
    LARGEST_BODY,
    Guard,
    Sent,
    Upload,
    drop_cookie,
    linked,
    set_cookie,
)

HTTPS, LOOPBACK = "https://chatt.example.se", "http://127.0.0.1:8080"


async def echo(request: Request) -> Response:
    return PlainTextResponse(await request.body())


def client(public_url: str = HTTPS) -> httpx.AsyncClient:
    routes = [Route(path, echo, methods=["GET", "POST"]) for path in ("/", "/upload")]
    uploads = {"/upload": Upload(2 * LARGEST_BODY, "<h1>Filen är för stor</h1>")}
    app = Guard(Starlette(routes=routes), public_url, uploads)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=public_url)


async def test_every_answer_has_its_headers_refusals_too() -> None:
    async with client() as web:
        fine = await web.get("/")
        refused = await web.post("/", headers={"origin": "https://evil.example"})
    for answer in (fine, refused):
        assert {**HEADERS}.items() <= dict(answer.headers).items()
        assert "strict-transport-security" in answer.headers


async def test_hsts_is_not_said_where_there_is_no_https() -> None:
    async with client(LOOPBACK) as web:
        assert "strict-transport-security" not in (await web.get("/")).headers


def test_scripts_and_styles_come_from_files_of_ours_only() -> None:
    policy = HEADERS["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": HTTPS}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://chatt.example.se"}, 403),
        ({"origin": "https://chatt.example.se.evil.example"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"host": "evil.example", "origin": "http://evil.example"}, 403),
        ({"host": "localhost:8080", "origin": "http://localhost:8080"}, 200),
    ],
)
async def test_another_sites_post_is_refused(headers: dict[str, str], status: int) -> None:
    async with client() as web:
        assert (await web.post("/", headers=headers, content="x")).status_code == status


async def test_a_body_that_is_too_long_or_does_not_say_is_refused() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"x"

    async with client() as web:
        assert (await web.post("/", content=b"x" * LARGEST_BODY)).status_code == 200
        assert (await web.post("/", content=b"x" * (LARGEST_BODY + 1))).status_code == 413
        assert (await web.post("/", content=pieces())).status_code == 413
        bare = web.build_request("POST", "/")
        del bare.headers["content-length"]
        assert (await web.send(bare)).status_code == 200


async def test_a_path_for_files_takes_more_and_refuses_with_a_page_of_its_own() -> None:
    async with client() as web:
        fine = await web.post("/upload", content=b"x" * 2 * LARGEST_BODY)
        refused = await web.post("/upload", content=b"x" * (2 * LARGEST_BODY + 1))
    assert fine.status_code == 200
    assert refused.status_code == 413
    assert refused.headers["content-type"] == "text/html; charset=utf-8"
    assert refused.text == "<h1>Filen är för stor</h1>"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (HTTPS, ("__Host-visit=", "Secure", "HttpOnly", "SameSite=strict", "Path=/")),
        (LOOPBACK, ("visit=", "HttpOnly", "SameSite=strict", "Path=/")),
    ],
)
def test_cookies_live_with_the_window_and_are_ours_alone(
    url: str, expected: tuple[str, ...]
) -> None:
    answer = Response()
    set_cookie(answer, "visit", "token", url)
    written = answer.headers["set-cookie"]
    assert all(part in written for part in expected)
    assert "Max-Age" not in written
    assert "expires" not in written
    drop_cookie(answer, "visit", url)
    assert "Max-Age=0" in answer.headers.getlist("set-cookie")[1]


def test_an_event_may_hold_line_breaks() -> None:
    assert str(Sent("message", "a\nb", "7")) == "event: message\nid: 7\ndata: a\ndata: b\n\n"


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Ring 112.", 'Ring <a href="tel:112">112</a>.'),
        ("Ring 020-555 666.", 'Ring <a href="tel:020555666">020-555 666</a>.'),
        ("på 90101 dygnet", 'på <a href="tel:90101">90101</a> dygnet'),
        ("116 016", '<a href="tel:116016">116 016</a>'),
        ("<b>112&</b>", '&lt;b&gt;<a href="tel:112">112</a>&amp;&lt;/b&gt;'),
        ("kl. 16.00, år 2019-2023, 1120", "kl. 16.00, år 2019-2023, 1120"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_numbers_can_be_tapped_and_nothing_else_becomes_markup(text: str, markup: str) -> None:
    assert str(linked(text)) == markup


def test_a_web_address_opens_elsewhere_without_telling_where_from() -> None:
    link = str(linked("Se https://example.se/a?b=c&d."))
    assert 'href="https://example.se/a?b=c&amp;d"' in link
    assert 'rel="noreferrer noopener"' in link
    assert link.endswith("</a>.")
