"""Asking once more who sits there, before records leave the house: a login may stand open."""

from dataclasses import dataclass

from bot.desk.desk import Desk, Person, Visit
from bot.desk.second_factor import new_secret, step_of

WRONG = "Lösenordet stämmer inte. Inget är gjort."
WRONG_CODE = "Koden stämmer inte, eller har redan använts. Vänta på nästa kod. Inget är gjort."


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why it is not sure who sits there: one sentence, and the status of the answer."""

    sentence: str
    status: int = 403
    wait_seconds: int = 0


def asks_code(desk: Desk, person: Person) -> bool:
    """Tell whether the second factor is asked too: where there is one, and not in the demo."""
    return person.session.member.is_enrolled and not desk.demo


async def doubt(desk: Desk, visit: Visit) -> Doubt | None:
    """Compare the fields `password` and `code` with what the person has; None when all is right.

    Guesses are counted apart from those at the door, so that whoever found a desk open cannot
    keep its owner from logging in.
    """
    name, now = visit.person.name, desk.clock()
    if seconds := desk.guesses.begin(_again(name), now):
        return Doubt(f"För många försök. Vänta {seconds} sekunder och försök igen.", 429, seconds)
    if not await desk.staff.is_let_in(name, visit.field("password")):
        return Doubt(WRONG)
    if asks_code(desk, visit.person) and not await _is_code(desk, name, visit.field("code")):
        return Doubt(WRONG_CODE)
    desk.guesses.forget(_again(name))
    return None


async def _is_code(desk: Desk, name: str, code: str) -> bool:
    """Use a code up, so that nobody who saw it can use it again."""
    step = step_of(await desk.staff.totp_secret(name, new_secret()), code, desk.clock())
    return step is not None and await desk.staff.use_totp_step(name, step)


def _again(name: str) -> str:
    return f"{name}/again"
