"""Jobs on contact forms that are being filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.book import Overlay
from bot.conversation import Draft, Origin
from bot.shop import Reply, Shop
from bot.turns import FormEffect
from flows.effects import FillForm, OpenForm, ReleaseForm
from flows.note_gate import Span
from flows.questions import JOINER, codes_in

MOST_CALLS = 5
"""Phone forms that one counsellor may have open at once."""

SYSTEM_KNOWS = frozenset({"wait_minutes", "talk_minutes", "helped"})
"""Answers that only the system can know; for the others a counsellor's own answer stands."""

SENT = frozenset({"referred_to", "referred_service"})
"""Answers to which every entry of the directory that is sent adds something."""

NOWHERE = "none"
"""The answer that is not true any more when an entry is sent."""


@dataclass(frozen=True, slots=True)
class StartedForm:
    """A form begins without a conversation: a phone call, or a filed form to be corrected.

    One that is open already stays as it is. Refused when too many calls are open.
    """

    draft: str
    counsellor: str
    origin: Origin
    answers: Mapping[str, str] = field(hash=False)

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        if overlay.draft(self.draft):
            return Reply()
        if self.origin == "phone" and self._calls(overlay) >= MOST_CALLS:
            return Reply(is_refused=True)
        shop.keys.create(self.draft)
        begun = Draft(self.draft, self.counsellor, now, dict(self.answers), origin=self.origin)
        overlay.drafts[self.draft] = begun
        return Reply(came=(("arrived", "phone"),) if self.origin == "phone" else ())

    def _calls(self, overlay: Overlay) -> int:
        drafts = {**overlay.book.drafts, **overlay.drafts}.values()
        mine = (each for each in drafts if each and each.counsellor == self.counsellor)
        return sum(each.origin == "phone" for each in mine)


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A counsellor's form as they left it, unless it was changed from another tab meanwhile.

    `kept`: where the note holds words that were kept on purpose just now. What was kept before
    stays so while the note is the same.
    """

    draft: str
    counsellor: str
    revision: int
    answers: Mapping[str, str] = field(hash=False)
    kept: frozenset[Span] = frozenset()

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        before = _own(overlay, self.draft, self.counsellor)
        if before is None:
            return Reply(answers=(shop.texts.say("sv", "answer-no-such-form"),))
        if before.revision != self.revision:
            return Reply(is_stale=True)
        is_same = before.answers.get("note") == self.answers.get("note")
        kept = self.kept | before.kept if is_same else self.kept
        answers, revision = dict(self.answers), before.revision + 1
        overlay.drafts[self.draft] = replace(before, answers=answers, revision=revision, kept=kept)
        return Reply()


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A counsellor's form as it is to be filed when the visitor has answered, or no longer can.

    `answers` have been checked, with "no answer" in the visitor's place until then. Stale when the
    form is not what was checked: then the visitor may just have answered, or gone.
    """

    draft: str
    counsellor: str
    revision: int
    answers: Mapping[str, str] = field(hash=False)

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        before = _own(overlay, self.draft, self.counsellor)
        if before is None or before.revision != self.revision:
            return Reply(is_stale=True)
        answers, revision = dict(self.answers), before.revision + 1
        overlay.drafts[self.draft] = replace(
            before, answers=answers, handed_in=answers, revision=revision
        )
        return Reply()


@dataclass(frozen=True, slots=True)
class Recorded:
    """The records have these answers of a form that was handed in: forget its draft.

    One that was handed in anew meanwhile is filed again. What a counsellor has changed in it, and
    not handed in, becomes a correction of what was filed.
    """

    draft: str
    answers: Mapping[str, str] = field(hash=False)

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        before = overlay.draft(self.draft)
        if before and before.handed_in == self.answers:
            correction = replace(
                before, origin="filed", handed_in=None, revision=before.revision + 1
            )
            overlay.drafts[self.draft] = correction if before.is_changed else None
        return Reply()


@dataclass(frozen=True, slots=True)
class FiledDraft:
    """The form has been filed with these answers: forget the draft.

    Stale when they were changed meanwhile, as from another tab: then the change is a correction of
    what was filed.
    """

    draft: str
    answers: Mapping[str, str] = field(hash=False)

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        before = overlay.draft(self.draft)
        if before and before.answers != self.answers:
            correction = replace(before, origin="filed", revision=before.revision + 1)
            overlay.drafts[self.draft] = correction
            return Reply(is_stale=True)
        if before:
            overlay.drafts[self.draft] = None
        return Reply()


@dataclass(frozen=True, slots=True)
class ThrownAway:
    """Nobody wants the form any more: forget the draft."""

    draft: str

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        if overlay.draft(self.draft):
            overlay.drafts[self.draft] = None
        return Reply()


@dataclass(frozen=True, slots=True)
class ExpiredDraft:
    """Nobody has handed the form in, if that is still so when its turn comes: forget the draft."""

    draft: str

    def take(self, overlay: Overlay, shop: Shop, now: datetime) -> Reply:
        before = overlay.draft(self.draft)
        if before and has_expired(before, shop, now):
            overlay.drafts[self.draft] = None
        return Reply()


def expires(draft: Draft, shop: Shop) -> datetime:
    """When a form that nobody files is forgotten."""
    return draft.made + timedelta(hours=shop.line.timers.draft_hours)


def has_expired(draft: Draft, shop: Shop, now: datetime) -> bool:
    """Whether its time is over; one that was handed in stays until the records have it."""
    return draft.handed_in is None and expires(draft, shop) <= now


def fill(form: FormEffect, overlay: Overlay, shop: Shop, now: datetime) -> None:
    """Do to a form what a turn says."""
    before = overlay.draft(form.draft)
    match form:
        case OpenForm(draft, counsellor, answers) if before is None:
            shop.keys.create(draft)
            overlay.drafts[draft] = Draft(draft, counsellor, now, dict(answers))
        case OpenForm(draft, counsellor) if before:
            overlay.drafts[draft] = replace(
                before, counsellor=counsellor, revision=before.revision + 1
            )
        case FillForm(draft, answers) if before:
            overlay.drafts[draft] = _filled(before, dict(answers))
        case ReleaseForm(draft) if before:
            overlay.drafts[draft] = replace(before, counsellor="", revision=before.revision + 1)


def _own(overlay: Overlay, id: str, counsellor: str) -> Draft | None:
    found = overlay.draft(id)
    return found if found and found.counsellor == counsellor else None


def _filled(before: Draft, ours: Mapping[str, str]) -> Draft:
    """The form with answers of ours, and with the visitor's in what was handed in of it."""
    merged, handed_in = _merged(before.answers, ours), before.handed_in
    if handed_in is not None:
        known = SYSTEM_KNOWS & handed_in.keys() & ours.keys()
        handed_in = {**handed_in, **{name: ours[name] for name in known}}
    return replace(before, answers=merged, handed_in=handed_in, revision=before.revision + 1)


def _merged(theirs: Mapping[str, str], ours: Mapping[str, str]) -> dict[str, str]:
    """A counsellor's answers stand; what was sent is added; what only we know is written."""
    merged = dict(theirs)
    for name, answer in ours.items():
        if name in SENT:
            before = (code for code in codes_in(theirs.get(name, "")) if code != NOWHERE)
            merged[name] = JOINER.join(dict.fromkeys((*before, *codes_in(answer))))
        elif name in SYSTEM_KNOWS or not theirs.get(name):
            merged[name] = answer
    return merged
