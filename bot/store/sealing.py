"""Sealing: nothing of an open conversation reaches the disk but ciphertext of a few fixed sizes."""

import json
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
LENGTH_BYTES = 4
SIZES = (512, 2_048, 8_192, 32_768, 131_072)
"""Bytes of padded plaintext: a thief of the disk learns one of five lengths, no more."""


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Unreadable(Exception):  # noqa: N818 - it says what the row is
    """A row that this key did not seal, for this place: damaged, moved or not ours."""


def seal(key: bytes, value: object, *, bound: str) -> bytes:
    """Seal a JSON value with AES-256-GCM; `bound` names its place and must be the same to open it.

    A row that is copied to another conversation, sequence number or field does not open there.
    """
    text = _JSON.encode(value).encode()
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, _padded(text), bound.encode())


def unseal(key: bytes, sealed: bytes, *, bound: str) -> object:
    """Give back the sealed value; Unreadable when key or place is another."""
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        padded = AESGCM(key).decrypt(nonce, rest, bound.encode())
    except (InvalidTag, ValueError):
        raise Unreadable from None
    length = int.from_bytes(padded[:LENGTH_BYTES])
    value: object = json.loads(padded[LENGTH_BYTES : LENGTH_BYTES + length])
    return value


def _padded(text: bytes) -> bytes:
    whole = len(text).to_bytes(LENGTH_BYTES) + text
    return whole.ljust(next((size for size in SIZES if size >= len(whole)), len(whole)), b"\0")
