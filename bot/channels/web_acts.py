"""What a visitor's page sends, read from its forms or refused with one sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.pages import FORM
from bot.words import LONGEST, cleaned, whole_number
from flows.effects import Arg
from flows.events import Event, Wrote, chosen

MOST_FIELDS = 8
END = "end"
"""The page's own button: no message shows it, so none is quoted when it is pressed."""

_CLIENT_ID = re.compile(r"[\w-]{1,64}", re.ASCII)

Fields = Mapping[str, str]


class RefusedError(Exception):
    """Nothing was taken. `text` names the sentence that says why and what to do."""

    def __init__(self, status: int, text: str, *args: Arg) -> None:
        super().__init__(text)
        self.status, self.text, self.said = status, text, dict(args)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a visitor does, under the page's own name for it."""

    event: Event = field(repr=False)
    client_id: str
    choice: str = ""


async def fields_of(request: Request) -> Fields:
    """The fields of a plain form; whatever is not one is refused."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != FORM:
        raise RefusedError(415, "page-error-form")
    try:
        form = await request.form(max_fields=MOST_FIELDS, max_files=0)
    except HTTPException:
        raise RefusedError(400, "page-error-form") from None
    return {name: value for name, value in form.items() if isinstance(value, str)}


def words(fields: Fields) -> Act:
    """Something said, in the visitor's own words."""
    text = cleaned(fields.get("text", ""))
    if not text:
        raise RefusedError(422, "page-error-empty")
    if len(text) > LONGEST:
        raise RefusedError(422, "page-error-long", ("length", len(text)), ("most", LONGEST))
    return Act(Wrote(text), _client_id(fields))


def choice(fields: Fields) -> Act:
    """A button that was pressed."""
    name = fields.get("choice", "")
    event = chosen(name)
    if event is None:
        raise RefusedError(422, "page-error-choice")
    return Act(event, _client_id(fields), "" if name == END else name)


def seq(fields: Fields) -> int:
    """The number of the last message that was shown."""
    return number(fields.get("seq", ""))


def number(text: str) -> int:
    found = whole_number(text)
    if found is None:
        raise RefusedError(422, "page-error-form")
    return found


def _client_id(fields: Fields) -> str:
    id = fields.get("client_id", "")
    if not _CLIENT_ID.fullmatch(id):
        raise RefusedError(422, "page-error-form")
    return id
