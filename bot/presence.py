"""Who is at their desk. Presence belongs to the person, by a lease that their open desk renews."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

Status: TypeAlias = Literal["present", "paused", "away"]
STATUSES: tuple[Status, ...] = get_args(Status)

LEASE = timedelta(seconds=75)
"""How long a desk that says nothing still counts as open: two missed signs of life and some."""

PATIENCE = timedelta(minutes=5)
"""How long a counsellor may be out of reach before their visitors go back to the queue."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A counsellor's place: what they said of themselves, and when their desk was last heard."""

    status: Status
    heard: datetime


@dataclass(slots=True)
class Presence:
    """The seats of all counsellors, in memory; after a restart the desks renew them at once."""

    _seats: dict[str, Seat] = field(default_factory=dict)

    def set(self, name: str, status: Status, now: datetime) -> None:
        self._seats[name] = Seat(status, now)

    def renew(self, name: str, now: datetime) -> None:
        if name in self._seats:
            self._seats[name] = replace(self._seats[name], heard=now)

    def status(self, name: str) -> Status:
        return self._seats[name].status if name in self._seats else "away"

    def present(self, now: datetime) -> frozenset[str]:
        """Who takes visitors just now."""
        return frozenset(
            name
            for name, seat in self._seats.items()
            if seat.status == "present" and now - seat.heard <= LEASE
        )

    def is_lost(self, name: str, now: datetime) -> bool:
        """Whether somebody with a visitor has been out of reach for too long."""
        return name in self._seats and now - self._seats[name].heard > PATIENCE

    def expect(self, name: str, now: datetime) -> None:
        """After a restart: this counsellor has visitors, and gets their time to come back."""
        self._seats.setdefault(name, Seat("away", now))
