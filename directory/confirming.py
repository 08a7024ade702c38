"""Whether an entry is still what somebody confirmed (pure).

What was confirmed are the facts as they stood. Whoever changes one of them without asking anew
takes the confirmation away, so that nobody is told of a check that never was.
"""

from datetime import date

from directory.models import Service

CHECK = ("checked", "checked_how", "checked_with")
"""When somebody asked, how and whom."""

NO_FACTS = frozenset({*CHECK, "id", "status", "as_of", "offered"})
"""Fields that say nothing of the service itself."""


def as_confirmed(before: Service | None, after: Service, *, tells_of_check: bool = True) -> Service:
    """The entry as it may be kept: changed facts are unverified unless they were checked anew.

    `tells_of_check` is False where whoever made the entry did not speak of a check. Then another
    day is a change too: the old way of asking does not belong to it.
    """
    if before is None or (tells_of_check and _is_checked_anew(before, after)):
        return after
    is_same_day = after.checked == before.checked
    return after if is_same_day and _facts(after) == _facts(before) else unconfirmed(after)


def unconfirmed(service: Service) -> Service:
    """The same facts, without anybody who vouches for them."""
    status = "unverified" if service.status == "verified" else service.status
    return service.model_copy(update={"status": status, "checked_how": None, "checked_with": ""})


def _is_checked_anew(before: Service, after: Service) -> bool:
    """Whether it tells of a check after the last one: on a later day, or where nobody vouched.

    Other words for the same check are no new one, nor is an earlier day. Who asks twice on one day
    confirms the entry once its facts are kept.
    """
    is_later = (after.checked or date.min) > (before.checked or date.min)
    return is_later or (before.status != "verified" and after.status == "verified")


def _facts(service: Service) -> dict[str, object]:
    return {name: value for name, value in service if name not in NO_FACTS}
