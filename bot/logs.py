"""The log: an allow-list. Only named events with plain fields of ours are ever written.

Other libraries log what passes through them: aiosqlite its SQL parameters, a client its addresses.
So nothing but this module's own events reaches the log, at any level, and no exception's text.
"""

import logging
import sys

_NAME = "helpline"
_EVENTS = frozenset(
    {
        "started", "stopped", "not-kept", "record-lost", "lost-keys", "failed", "published",
        "runtime-not-memory", "web-only", "refused", "message-refused", "removal-refused",
        "update-passed-over", "telegram-trouble", "telegram-well", "staff-chat-refused",
    }
)  # fmt: skip
_FIELDS = frozenset({"kind", "listening", "n", "url", "version"})


class _OursOnly(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        return record.name == _NAME


def set_up(level: str) -> None:
    """Write our own events to stderr, and nobody else's anywhere."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_OursOnly())
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.raiseExceptions = False


def log(event: str, **fields: str | int) -> None:
    """Log one event of the list with fields of the list; anything else is a mistake of ours."""
    unknown = {event} - _EVENTS | fields.keys() - _FIELDS
    if unknown:
        raise ValueError(f"not on the log's list: {', '.join(sorted(unknown))}")
    words = " ".join(f"{name}={value}" for name, value in fields.items())
    logging.getLogger(_NAME).info("%s %s", event, words)
