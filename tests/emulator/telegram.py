"""Telegram's side of the Bot API, as far as a private conversation needs it.

Stateful and strict: what the real one refuses is refused in its words, what nobody here should
ask for is unknown, and every call is looked at for what it may give away. No sockets: the two
entrances are `in_process` and `server`.
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from inspect import isawaitable
from typing import Any

from pydantic import ValidationError

from tests.emulator.answers import (
    Answer,
    Lost,
    Refused,
    answer_no,
    answer_with,
    answer_with_updates,
)
from tests.emulator.arrivals import phone_of, take_in
from tests.emulator.faults import Fault, Faults
from tests.emulator.methods import Parameters
from tests.emulator.office import Json, Office
from tests.emulator.phones import Group, Visitor
from tests.emulator.privacy import indiscretions_of
from tests.emulator.table import METHODS, Method, is_our_fault, no_to
from tests.emulator.updates import Updates

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw9"
FIRST_VISITOR = 5_301_234_567
"""Above 2^32, as the ids of new accounts are."""

PATH = re.compile(r"/bot([0-9]+:[A-Za-z0-9_-]+)/([A-Za-z]+)")


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Call:
    """One call that arrived; status 0 until it is answered, and for ever if it never is."""

    method: str
    params: dict[str, Any]
    at: float
    status: int = 0


class Telegram:
    """The whole of it: visitors, the staff's group, one bot, and what goes wrong."""

    def __init__(self, *, token: str = TOKEN, clock: Callable[[], datetime] = now) -> None:
        me = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Helpline",
            "username": "helpline_test_bot",
            "can_join_groups": False,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.office = Office(token=token, clock=clock, me=me, updates=Updates(clock))
        self.calls: list[Call] = []
        self.turned_away = 0
        self.indiscretions: list[str] = []
        self.faults = Faults()
        self.answer_after = 0.0

    @property
    def me(self) -> Json:
        """What getMe says; a test may change it."""
        return self.office.me

    @property
    def pending(self) -> int:
        """How many updates wait to be confirmed."""
        return self.office.updates.pending

    def visitor(self, id: int = FIRST_VISITOR, *, language: str = "sv") -> Visitor:
        """Give the visitor with this id, the same one each time."""
        phone = self.office.phones.setdefault(id, Visitor(id, self.office, language=language))
        assert isinstance(phone, Visitor)
        return phone

    def group(self, id: int) -> Group:
        """Give the group with this id, which has let the bot in."""
        phone = phone_of(self.office, id)
        assert isinstance(phone, Group)
        self.office.meet(id)
        return phone

    def put(self, update: dict[str, Any] | str | bytes, *, as_it_is: bool = False) -> int:
        """Queue a raw update; gives the id under which it is kept.

        A dict without update_id is given one, unless it is to be kept as it is.
        """
        take_in(self.office, update)
        return self.office.updates.put(update, as_it_is=as_it_is)

    async def request(self, path: str, params: Mapping[str, Any]) -> Answer:
        """Answer what comes by a path, /bot<token>/<method>."""
        fits = PATH.fullmatch(path)
        if fits is None:
            return answer_no(Refused(HTTPStatus.NOT_FOUND, "Not Found"))
        if fits[1] != self.office.token:
            return answer_no(Refused(HTTPStatus.UNAUTHORIZED, "Unauthorized"))
        return await self.call(fits[2], params)

    async def call(self, method: str, params: Mapping[str, Any]) -> Answer:
        """Do what is asked, or refuse it, or let it go wrong; Lost where no answer comes."""
        known = METHODS.get(method.lower())
        name = known.name if known else method
        fault = self.faults.take(name, params.get("chat_id"))
        if fault and fault.kind == "refused":
            self.turned_away += 1
            raise Lost("refused")
        call = Call(name, dict(params), self.office.clock().timestamp())
        self.calls.append(call)
        answer = await self._answer(call, known, fault)
        if seconds := self.answer_after + (fault.seconds if fault else 0.0):
            await asyncio.sleep(seconds)
        if fault and fault.until:
            await fault.until.wait()
        call.status = answer.status
        return answer

    async def _answer(self, call: Call, known: Method | None, fault: Fault | None) -> Answer:
        try:
            asked = self._read(call, known)
            if fault and fault.answer:
                return fault.answer
            if fault and fault.kind == "time_out":
                raise Lost("time_out")
            answer = await self._do(*asked)
        except Refused as refused:
            answer = answer_no(refused)
        if fault and fault.kind == "lost_answer":
            raise Lost("lost_answer")
        return answer

    def _read(self, call: Call, known: Method | None) -> tuple[Method, Parameters]:
        """Understand a call, and look at what it gives away."""
        if known is None:
            self.indiscretions.append("a method is called that nobody here is to use")
            raise Refused(HTTPStatus.NOT_FOUND, "Not Found: method not found")
        try:
            asked = known.takes.model_validate(call.params)
        except ValidationError as error:
            if is_our_fault(error):
                self.indiscretions.append(f"{known.name} is called with parameters that do not fit")
            raise no_to(error) from None
        call.params = asked.model_dump(exclude_unset=True)
        self.indiscretions.extend(indiscretions_of(known.name, call.params, self.office))
        return known, asked

    async def _do(self, method: Method, asked: Parameters) -> Answer:
        result = method.act(self.office, asked)
        if isawaitable(result):
            return answer_with_updates(await result)
        return answer_with(result)
