"""Passwords and set-up codes as argon2id hashes. Hashing takes its time, so threads do it."""

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

AT_ONCE = 2
"""Hashes that are worked on at the same time: each takes a core and 64 MiB."""

_STRONG = PasswordHasher()


class Hashing:
    """Makes and compares hashes without holding up anybody else."""

    def __init__(self, hasher: PasswordHasher = _STRONG) -> None:
        self._hasher = hasher
        self._seats = asyncio.Semaphore(AT_ONCE)

    async def hashed(self, secret: str) -> str:
        """Hash a secret with a fresh salt."""
        async with self._seats:
            return await asyncio.to_thread(self._hasher.hash, secret)

    async def matches(self, known: str, secret: str) -> bool:
        """Compare a secret with a hash; an empty hash takes as long and never matches."""
        async with self._seats:
            return await asyncio.to_thread(_matches, self._hasher, known, secret)


def _matches(hasher: PasswordHasher, known: str, secret: str) -> bool:
    try:
        hasher.verify(known or _nobodys(hasher), secret)
    except (Argon2Error, InvalidHashError):
        return False
    return bool(known)


@cache
def _nobodys(hasher: PasswordHasher) -> str:
    """Give the hash that stands in for that of a name that does not exist."""
    return hasher.hash("nobody has this password")
