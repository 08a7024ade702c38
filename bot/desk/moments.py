"""How the desk writes a moment: the time of day in Sweden, with the day where it may be another."""

from datetime import datetime

from flows.stockholm import STOCKHOLM


def clock_text(moment: datetime) -> str:
    return moment.astimezone(STOCKHOLM).strftime("%H.%M")


def day_and_clock(moment: datetime) -> str:
    local = moment.astimezone(STOCKHOLM)
    return f"{local.day}/{local.month} kl. {clock_text(local)}"
