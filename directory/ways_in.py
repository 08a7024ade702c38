"""Whether a telephone number can be dialled, and whether a web address leads anywhere (pure)."""

import re
from urllib.parse import urlsplit

SHORT_NUMBER = range(3, 7)
"""Digits of a number such as 112, 1177 or 116 016."""

LONG_NUMBER = range(7, 16)
"""Digits of a number with an area code or a country code."""

_BEGINNING = re.compile(r"(0|\+)[1-9]|1|9")
"""An area code, a country code, or what 112 and 90 000 begin with."""

_HOST = re.compile(r"([\w-]+\.)+[^\W\d_][\w-]+")
"""A name with a dot, as every site has; no bare number."""


def is_plausible(phone: str) -> bool:
    """Whether it can be dialled from anywhere in Sweden: short, or with its area code."""
    digits = sum(each.isdigit() for each in phone)
    is_long = phone.startswith(("0", "+"))
    return bool(_BEGINNING.match(phone)) and digits in (LONG_NUMBER if is_long else SHORT_NUMBER)


def leads_somewhere(address: str) -> bool:
    """Whether it names a site, and nothing before it that could pass for another."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    return bool(_HOST.fullmatch(parts.hostname or "")) and "@" not in parts.netloc and port != 0
