"""Who works at the desk: pseudonym, role, password hash, second factor, and who is logged in."""

import hashlib
import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias, get_args

from bot.complaint import ComplaintError
from bot.presence import Status
from bot.store.database import Database
from bot.store.passwords import Hashing

Role: TypeAlias = Literal["counsellor", "coordinator"]
ROLES: tuple[Role, ...] = get_args(Role)

SHORTEST_PASSWORD = 12
"""Characters."""

LONGEST_PASSWORD = 200
"""Characters; more only keeps the hashing busy."""

CODE_LIVES = timedelta(hours=72)
"""How long a set-up code can be used."""

_NAME = re.compile(r"[^\W\d_](?:[ -]?[^\W_]){0,39}")
STEPS = (
    """
CREATE TABLE staff (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    password_hash TEXT NOT NULL DEFAULT '',
    totp_secret TEXT NOT NULL DEFAULT '',
    last_totp_step INTEGER NOT NULL DEFAULT 0,
    setup_hash TEXT NOT NULL DEFAULT '',
    setup_expires REAL NOT NULL DEFAULT 0,
    disabled INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL DEFAULT 'away'
) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY,
    name TEXT NOT NULL REFERENCES staff (name),
    csrf TEXT NOT NULL,
    began REAL NOT NULL,
    touched REAL NOT NULL,
    confirmed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE VIEW members AS
SELECT name, role, disabled, status, password_hash <> '' AS has_password,
       last_totp_step > 0 AS is_enrolled
FROM staff;
""",
)
"""The schema, step by step: a step that was once taken somewhere is never changed."""


class StaffError(ComplaintError, ValueError):
    """Something cannot be done with a member of staff; one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member of staff. `is_enrolled`: the second factor has been confirmed once."""

    name: str
    role: Role
    disabled: bool
    status: Status
    has_password: bool
    is_enrolled: bool


@dataclass(frozen=True, slots=True)
class Session:
    """A login. It is `confirmed` when the second factor was right, or is not asked."""

    member: Member
    csrf: str
    began: datetime
    touched: datetime
    confirmed: bool


def refuse_unfit(password: str) -> None:
    """Raise StaffError for a password that nobody may have."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise StaffError(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")


def utc_now() -> datetime:
    return datetime.now(UTC)


Now: TypeAlias = Callable[[], datetime]


class StaffStore:
    """Open it with `StaffStore.open`; close it when done. Methods raise StoreError, StaffError."""

    def __init__(self, database: Database, clock: Now, hashing: Hashing) -> None:
        self._database = database
        self._clock = clock
        self._hashing = hashing

    @classmethod
    async def open(
        cls, path: Path, *, clock: Now = utc_now, hashing: Hashing | None = None
    ) -> Self:
        """Open or make the database; passwords are hashed strongly unless `hashing` says how."""
        return cls(await Database.open(path, STEPS), clock, hashing or Hashing())

    async def close(self) -> None:
        await self._database.close()

    # who works here

    async def add(self, name: str, role: Role) -> str:
        """Add somebody; gives the one-time code with which they choose a password."""
        if not _NAME.fullmatch(name):
            raise StaffError("A name has 1 to 40 letters or digits, words parted by - or a blank.")
        if role not in ROLES:
            raise StaffError(f"A role is one of {', '.join(ROLES)}.")
        alike = [each.name for each in await self.list() if each.name.casefold() == name.casefold()]
        if alike:
            raise StaffError(f"There is already somebody called {alike[0]}: choose another name.")
        await self._write(("INSERT INTO staff (name, role) VALUES (?, ?)", (name, role)))
        return await self._new_code(name)

    async def list(self) -> tuple[Member, ...]:
        """Everybody, by name."""
        rows = await self._database.rows("SELECT * FROM members ORDER BY name")
        return tuple(_member(row) for row in rows)

    async def member(self, name: str) -> Member | None:
        rows = await self._database.rows("SELECT * FROM members WHERE name = ?", name)
        return _member(rows[0]) if rows else None

    async def set_password(self, name: str, password: str) -> None:
        """Give somebody a password. Their set-up code is used up and their logins end."""
        await self._known(name)
        refuse_unfit(password)
        await self._write(
            (
                "UPDATE staff SET password_hash = ?, setup_hash = '' WHERE name = ?",
                (await self._hashing.hashed(password), name),
            ),
            (_END_ALL, (name,)),
        )

    async def disable(self, name: str) -> None:
        """Close somebody's way in, at once."""
        await self._known(name)
        await self._write(
            ("UPDATE staff SET disabled = 1, status = 'away' WHERE name = ?", (name,)),
            (_END_ALL, (name,)),
        )

    async def reset(self, name: str) -> str:
        """Forget password and second factor; gives a new one-time code."""
        await self._known(name)
        await self._write((_FORGET, (name,)), (_END_ALL, (name,)))
        return await self._new_code(name)

    async def set_status(self, name: str, status: Status) -> None:
        """Keep what somebody says of themselves, so that it survives a restart."""
        await self._write(("UPDATE staff SET status = ? WHERE name = ?", (status, name)))

    # how they get in

    async def is_let_in(self, name: str, secret: str) -> bool:
        """Compare with the password, or with the set-up code where there is no password yet.

        Takes as long for a name that does not exist.
        """
        rows = await self._database.rows(
            "SELECT password_hash, setup_hash, setup_expires FROM staff "
            "WHERE name = ? AND NOT disabled",
            name,
        )
        password, code, expires = rows[0] if rows else ("", "", 0.0)
        usable = code if self._clock().timestamp() < expires else ""
        return await self._hashing.matches(password or usable, secret)

    async def totp_secret(self, name: str, new: str) -> str:
        """Give the secret of the second factor; `new` becomes it where there is none."""
        await self._write(
            (
                "UPDATE staff SET totp_secret = ? WHERE name = ? AND totp_secret = ''",
                (new, name),
            )
        )
        rows = await self._database.rows("SELECT totp_secret FROM staff WHERE name = ?", name)
        return str(rows[0][0])

    async def use_totp_step(self, name: str, step: int) -> bool:
        """Use up a step of the second factor; False when it, or a later one, was used before."""
        later = "UPDATE staff SET last_totp_step = ? WHERE name = ? AND last_totp_step < ?"
        return await self._database.change(later, [(step, name, step)]) == 1

    # who is logged in

    async def begin_session(self, name: str, *, confirmed: bool) -> str:
        """Log somebody in; gives the token, of which only a hash is kept."""
        token, now = secrets.token_urlsafe(32), self._clock().timestamp()
        row = (_hash(token), name, secrets.token_urlsafe(24), now, now, int(confirmed))
        await self._write(("INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?)", row))
        return token

    async def session(self, token: str) -> Session | None:
        """Find a login by its token, however old it is; never of somebody who is disabled."""
        rows = await self._database.rows(
            "SELECT csrf, began, touched, confirmed, members.* "
            "FROM sessions JOIN members USING (name) "
            "WHERE token_hash = ? AND NOT disabled",
            _hash(token),
        )
        return _session(rows[0]) if rows else None

    async def touch_session(self, token: str) -> None:
        row = (self._clock().timestamp(), _hash(token))
        await self._write(("UPDATE sessions SET touched = ? WHERE token_hash = ?", row))

    async def end_session(self, token: str) -> None:
        await self._write(("DELETE FROM sessions WHERE token_hash = ?", (_hash(token),)))

    async def end_sessions_before(self, moment: datetime) -> None:
        """Forget the logins that began before a moment."""
        await self._write(("DELETE FROM sessions WHERE began < ?", (moment.timestamp(),)))

    async def _known(self, name: str) -> None:
        if not await self.member(name):
            raise StaffError(f"There is nobody called {name}.")

    async def _new_code(self, name: str) -> str:
        code = secrets.token_urlsafe(15)
        expires = (self._clock() + CODE_LIVES).timestamp()
        await self._write(
            (
                "UPDATE staff SET setup_hash = ?, setup_expires = ? WHERE name = ?",
                (await self._hashing.hashed(code), expires, name),
            )
        )
        return code

    async def _write(self, *statements: tuple[str, tuple[object, ...]]) -> None:
        async with self._database.writing() as connection:
            for sql, values in statements:
                await connection.execute_fetchall(sql, values)


_END_ALL = "DELETE FROM sessions WHERE name = ?"
_FORGET = """
UPDATE staff SET password_hash = '', totp_secret = '', last_totp_step = 0, disabled = 0
WHERE name = ?
"""


def _member(row: Sequence[Any]) -> Member:
    name, role, disabled, status, has_password, is_enrolled = row
    return Member(name, role, bool(disabled), status, bool(has_password), bool(is_enrolled))


def _session(row: Sequence[Any]) -> Session:
    csrf, began, touched, confirmed, *member = row
    return Session(_member(member), csrf, _moment(began), _moment(touched), bool(confirmed))


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _hash(token: str) -> bytes:
    """Hash a token that is long and random already, so a fast hash is enough."""
    return hashlib.sha256(token.encode()).digest()
