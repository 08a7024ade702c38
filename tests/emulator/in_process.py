"""A library's transport straight into a Telegram object: no sockets, no waiting."""

import asyncio
from typing import Any, cast
from urllib.parse import urlsplit

from telegram.error import TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram_transport import NotSentError
from tests.emulator.answers import Lost
from tests.emulator.telegram import Telegram

READ_TIMEOUT = 60.0
"""Seconds; an answer that is held back comes sooner on any machine, and one that never comes is not
waited for."""


class EmulatorRequest(BaseRequest):
    """Gives python-telegram-bot a Telegram that stands in the same process."""

    __slots__ = ("_telegram",)

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        return READ_TIMEOUT

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing is closed."""

    async def do_request(  # noqa: PLR0913, PLR0917 - the library's own signature
        self,
        url: str,
        method: str,  # noqa: ARG002 - the same
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the same
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the same
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - the same
    ) -> tuple[int, bytes]:
        """Answer at once; a call without an answer is not waited for."""
        patience = self.read_timeout if read_timeout is self.DEFAULT_NONE else read_timeout
        await asyncio.sleep(0)  # as every network, it lets the others go on
        params = request_data.json_parameters if request_data else {}
        try:
            async with asyncio.timeout(cast("float | None", patience)):
                answer = await self._telegram.request(urlsplit(url).path, params)
        except TimeoutError:
            raise TimedOut from None
        except Lost as lost:
            raise (NotSentError("Refused") if lost.how == "refused" else TimedOut()) from None
        return answer.status, answer.body
