"""Asking for an evaluation set: one coordinator asks, another answers, the first one fetches it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Act = Literal["asked", "approved", "declined", "fetched", "withdrawn"]

State = Literal["waiting", "approved", "declined", "expired", "fetched", "withdrawn", "lapsed"]

ANSWERED_WITHIN = timedelta(days=30)
"""How long a request waits for an answer."""

FETCHED_WITHIN = timedelta(days=7)
"""How long after the approval the set can be fetched."""

MOST_FETCHES = 3
"""A download may fail on its way, but nobody needs the same set many times."""

LONGEST_WORDS = 200
"""Characters of a purpose or a receiver."""

NO_WORDS = "Skriv vad uppgifterna ska användas till och vem som ska få dem."
TOO_MANY_WORDS = f"Skriv kortare: högst {LONGEST_WORDS} tecken om ändamålet och om mottagaren."
YOUR_OWN = "Du kan inte svara på din egen begäran. Det ska en annan samordnare göra."
ANSWERED = "Begäran är redan besvarad."
ASKER_GONE = "Den som begärde uppgifterna arbetar inte längre här, så begäran kan inte godkännas."
LAPSED = (
    f"Begäran har väntat mer än {ANSWERED_WITHIN.days} dagar på svar och gäller inte längre. "
    "Gör en ny begäran."
)
WITHDRAWN = "Begäran är återtagen."
NOT_YOUR_REQUEST = "Bara den som begärde uppgifterna kan ta tillbaka begäran."
OVER = "Begäran är redan avslutad."
CHANGED = "Kontakterna under de månaderna har ändrats sedan godkännandet. Gör en ny begäran."
NOT_KNOWN = "Godkännandet är från tiden innan vi sparade vad som godkändes. Gör en ny begäran."
NOT_YOURS = "Bara den som begärde uppgifterna kan hämta dem."
NOT_APPROVED = "Begäran är inte godkänd."
TOO_LATE = f"Det har gått mer än {FETCHED_WITHIN.days} dagar sedan godkännandet. Gör en ny begäran."
FETCHED_ENOUGH = f"Uppgifterna har redan hämtats {MOST_FETCHES} gånger. Gör en ny begäran."


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did, and when.

    `digest`: of the set that was approved (`EvaluationSet.digest`).
    """

    act: Act
    who: str
    at: datetime
    digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody's wish for the records of whole months, `first` to `last`, with all its steps."""

    number: int
    first: str
    last: str
    purpose: str
    receiver: str
    steps: tuple[Step, ...]

    @property
    def asker(self) -> str:
        return self.steps[0].who

    @property
    def answer(self) -> Step | None:
        found = [step for step in self.steps if step.act in {"approved", "declined"}]
        return found[0] if found else None

    @property
    def fetches(self) -> int:
        return sum(step.act == "fetched" for step in self.steps)

    def state(self, now: datetime) -> State:
        """Tell how far it has come."""
        if any(step.act == "withdrawn" for step in self.steps):
            return "withdrawn"
        if self.answer is None:
            return "lapsed" if now - self.steps[0].at > ANSWERED_WITHIN else "waiting"
        if self.answer.act == "declined":
            return "declined"
        if self.fetches >= MOST_FETCHES:
            return "fetched"
        return "expired" if now - self.answer.at > FETCHED_WITHIN else "approved"


def unfit_words(purpose: str, receiver: str) -> str:
    """Say why nobody could judge a request in these words; nothing when they will do."""
    if not (purpose and receiver):
        return NO_WORDS
    return TOO_MANY_WORDS if max(len(purpose), len(receiver)) > LONGEST_WORDS else ""


def no_answer_from(request: Request, who: str, now: datetime) -> str:
    """Say why somebody may not answer, whether with a yes or a no; nothing when they may."""
    if request.asker == who:
        return YOUR_OWN
    sentences = {"waiting": "", "withdrawn": WITHDRAWN, "lapsed": LAPSED}
    return sentences.get(request.state(now), ANSWERED)


def no_approval_from(request: Request, who: str, now: datetime, *, asker_is_here: bool) -> str:
    """Say why somebody may not approve; nothing when they may."""
    return no_answer_from(request, who, now) or ("" if asker_is_here else ASKER_GONE)


def no_withdrawal_by(request: Request, who: str, now: datetime) -> str:
    """Say why somebody may not take a request back; nothing when they may."""
    if request.asker != who:
        return NOT_YOUR_REQUEST
    return "" if request.state(now) in {"waiting", "approved"} else OVER


def no_fetch_by(request: Request, who: str, now: datetime) -> str:
    """Say why somebody may not fetch the set now; nothing when they may."""
    if request.asker != who:
        return NOT_YOURS
    sentences = {
        "expired": TOO_LATE,
        "fetched": FETCHED_ENOUGH,
        "withdrawn": WITHDRAWN,
        "lapsed": LAPSED,
        "approved": "",
    }
    return sentences.get(request.state(now), NOT_APPROVED)


def no_fetch_of(request: Request, digest: bytes) -> str:
    """Say why a set may not be fetched that was approved as another; nothing when it is the same.

    Of an approval from before digests were kept nobody knows.
    """
    if request.answer is None or request.answer.digest is None:
        return NOT_KNOWN
    return "" if request.answer.digest == digest else CHANGED
