"""What comes back from a call: an answer, a refusal in Telegram's words, or nothing at all."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

JSON = "application/json"
HTML = "text/html"

How = Literal["time_out", "lost_answer", "refused"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire."""

    status: int
    body: bytes
    content_type: str = JSON


class Refused(Exception):  # noqa: N818 - an answer, not a fault of ours
    """Telegram says no; the words are the ones that it uses itself."""

    def __init__(self, status: int, description: str, *, retry_after: int = 0) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.retry_after = retry_after


class Lost(Exception):  # noqa: N818 - the name of what happened
    """The connection is gone: time_out hangs, lost_answer did its work, refused did nothing."""

    def __init__(self, how: How) -> None:
        super().__init__(how)
        self.how = how


def bad_request(description: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, f"Bad Request: {description}")


def answer_with(result: Any) -> Answer:
    return Answer(HTTPStatus.OK, json.dumps({"ok": True, "result": result}).encode())


def answer_with_updates(updates: Sequence[bytes]) -> Answer:
    """Give updates as they are kept, whether they are updates or not."""
    return Answer(HTTPStatus.OK, b'{"ok":true,"result":[' + b",".join(updates) + b"]}")


def answer_no(refused: Refused) -> Answer:
    said: dict[str, Any] = {
        "ok": False,
        "error_code": refused.status,
        "description": refused.description,
    }
    if refused.retry_after:
        said["parameters"] = {"retry_after": refused.retry_after}
    return Answer(refused.status, json.dumps(said).encode())


def answer_from_a_proxy(status: int) -> Answer:
    """Give the page of a server that stands before Telegram's: no JSON in it."""
    title = f"{status} {HTTPStatus(status).phrase}"
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return Answer(status, page.encode(), HTML)
