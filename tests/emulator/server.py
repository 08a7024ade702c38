"""The same Telegram behind a socket on loopback, for programs in a process of their own."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.emulator.answers import Answer, Lost, answer_no, bad_request
from tests.emulator.telegram import Telegram

HOST = "127.0.0.1"
AT_THE_END = 0.1
"""How many seconds calls that hang are given when the server stops."""


@asynccontextmanager
async def serve(telegram: Telegram, port: int = 0) -> AsyncIterator[str]:
    """Serve on loopback; gives what stands before <token>/<method>."""

    async def handle(request: web.Request) -> web.StreamResponse:
        return await _handle(telegram, request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(
        app, access_log=None, handler_cancellation=True, shutdown_timeout=AT_THE_END
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        yield f"http://{HOST}:{runner.addresses[0][1]}/bot"
    finally:
        await runner.cleanup()


async def _handle(telegram: Telegram, request: web.Request) -> web.StreamResponse:
    try:
        answer = await telegram.request(request.path, await _params(request))
    except ValueError:
        answer = answer_no(bad_request("can't parse JSON object"))
    except Lost as lost:
        return await _lose(request, lost)
    return _response(answer)


async def _params(request: web.Request) -> Mapping[str, Any]:
    if request.content_type == "application/json":
        body = json.loads(await request.read() or b"{}")
        if not isinstance(body, dict):
            raise ValueError("no object")
        return {**request.query, **body}
    return {**request.query, **await request.post()}


async def _lose(request: web.Request, lost: Lost) -> web.StreamResponse:
    """Hang until the client gives up, or close the connection under its feet."""
    if lost.how == "time_out":
        await asyncio.Event().wait()
    if request.transport:
        request.transport.abort()
    return web.Response()


def _response(answer: Answer) -> web.Response:
    return web.Response(status=answer.status, body=answer.body, content_type=answer.content_type)
