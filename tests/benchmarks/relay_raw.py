"""The least that a client can do: it shows how fast the stub alone is.

Blocking sockets, one request at a time on each, nothing parsed but what has to be said back.
"""

import re
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 32
_UPDATE = re.compile(rb'"update_id":(\d+).*?"chat":\{"id":(\d+).*?"text":("[^"]*")')
_HEAD = b"POST %b%b/%b HTTP/1.1\r\nHost: stub\r\nContent-Length: %d\r\n\r\n%b"


def run(api_url: str, token: str, folder: Path) -> None:  # noqa: ARG001 - it stores nothing
    url = urlsplit(api_url)
    sockets = [socket.create_connection((url.hostname, url.port or 80)) for _ in range(CONNECTIONS)]
    for each in sockets:
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    path, offset = url.path.encode(), 0

    def ask(connection: socket.socket, method: bytes, body: bytes) -> None:
        connection.sendall(_HEAD % (path, token.encode(), method, len(body), body))

    while True:
        ask(sockets[0], b"getUpdates", b'{"timeout":10,"offset":%d}' % offset)
        updates = _UPDATE.findall(receive(sockets[0]))
        for begin in range(0, len(updates), CONNECTIONS):
            some = updates[begin : begin + CONNECTIONS]
            for connection, (id, chat, text) in zip(sockets, some, strict=False):
                ask(connection, b"sendMessage", b'{"chat_id":%b,"text":%b}' % (chat, text))
                offset = int(id) + 1
            for connection, _ in zip(sockets, some, strict=False):
                receive(connection)


def receive(connection: socket.socket) -> bytes:
    """One whole answer."""
    answer = connection.recv(65536)
    if not answer:
        sys.exit()  # the stub has seen enough
    head, _, body = answer.partition(b"\r\n\r\n")
    length = int(head.rpartition(b" ")[2])
    while len(body) < length:
        body += connection.recv(65536)
    return body
