"""The second factor: a code that changes every half minute (TOTP, RFC 6238)."""

import hmac
from datetime import datetime

import pyotp
import segno

STEP_SECONDS = 30
DRIFT = 1
"""Steps by which a telephone's clock may be wrong, either way."""


def new_secret() -> str:
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Tell for which step this is the code; None when it is right for none near now."""
    given = "".join(code.split()).encode()
    current = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in range(current - DRIFT, current + DRIFT + 1):
        if hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), given):
            return step
    return None


def picture(secret: str, *, name: str, issuer: str) -> str:
    """Draw what an authenticator app reads, as a data: address."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer)
    return segno.make(uri, error="m").svg_data_uri(scale=5, light="#fff")
