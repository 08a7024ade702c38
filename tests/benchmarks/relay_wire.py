"""As much of HTTP/1.1 as a Bot API on loopback needs, and as little work a request as possible."""

import asyncio
import re
from collections import deque
from collections.abc import Callable
from typing import cast

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_NO_LENGTH = b"HTTP/1.1 411 Length Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"


class Reply:
    """The place that an answer will take among the answers of its connection."""

    __slots__ = ("_connection", "payload")

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self.payload = b""

    def send(self, body: bytes) -> None:
        self.payload = _HEAD % (len(body), body)
        self._connection.flush()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody still waits for it."""
        return self._connection.is_open


Handler = Callable[[bytes, bytes, Reply], None]


class Connection(asyncio.Protocol):
    """Reads requests, pipelined or one by one, and answers in the order they came.

    `handle` is called with the method's name, the body, and where to put the answer.
    """

    def __init__(self, handle: Handler) -> None:
        self._handle = handle
        self._unread = b""
        self._replies: deque[Reply] = deque()
        self._transport: asyncio.Transport | None = None

    @property
    def is_open(self) -> bool:
        return self._transport is not None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is of another family

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        self._transport = None

    def data_received(self, data: bytes) -> None:
        data, begin = self._unread + data, 0
        while (head_ends := data.find(b"\r\n\r\n", begin)) >= 0:
            length = _LENGTH.search(data, begin, head_ends)
            if not length and _CHUNKED.search(data, begin, head_ends):
                self._refuse()
                return
            end = head_ends + 4 + (int(length[1]) if length else 0)
            if end > len(data):
                break
            line_ends = data.find(b" HTTP/", begin)
            method = data[data.rfind(b"/", begin, line_ends) + 1 : line_ends]
            reply = Reply(self)
            self._replies.append(reply)
            self._handle(method, data[head_ends + 4 : end], reply)
            begin = end
        self._unread = data[begin:]

    def flush(self) -> None:
        """Send what is ready and has nothing before it that is not."""
        while self._replies and self._replies[0].payload:
            payload = self._replies.popleft().payload
            if self._transport:
                self._transport.write(payload)

    def _refuse(self) -> None:
        if self._transport:
            self._transport.write(_NO_LENGTH)
            self._transport.close()
