"""What the desk says when a channel that we must reach is not well."""

from collections.abc import Mapping
from datetime import datetime

from bot.desk.moments import clock_text, day_and_clock
from bot.health import Health, Trouble
from flows.stockholm import STOCKHOLM, date_of

SENTENCES: Mapping[Trouble, str] = {
    "away": "Telegram svarar inte sedan {}. Det som skrivs sparas och skickas när det går igen.",
    "taken": (
        "Ett annat program använder vår bot på Telegram sedan {}. Det som besökare skriver "
        "där kanske inte kommer hit. Säg till den som har ansvar för driften."
    ),
    "token": (
        "Telegram godtar inte vår inloggning sedan {}. Inget skickas dit eller kommer därifrån. "
        "Säg till den som har ansvar för driften."
    ),
}


def trouble_words(health: Health, now: datetime) -> str:
    """Say what is wrong and since when; nothing when all is well."""
    if not health.trouble or health.since is None:
        return ""
    since = health.since.astimezone(STOCKHOLM)
    is_today = since.date() == date_of(now)
    when = f"kl. {clock_text(since)}" if is_today else day_and_clock(since)
    return SENTENCES[health.trouble].format(when)
