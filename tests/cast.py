"""The people and moments that every test speaks of."""

from datetime import datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")

ANNA = "Anna"
"""A counsellor who is usually present."""

BO = "Bo"
"""Another counsellor."""

KARIN = "Karin"
"""The coordinator."""

MONDAY_MORNING = datetime(2026, 11, 16, 10, 0, tzinfo=STOCKHOLM)
"""An ordinary Monday when the line is open (08:30-16:00)."""

MONDAY_EVENING = datetime(2026, 11, 16, 19, 0, tzinfo=STOCKHOLM)
"""The same day after closing; the line opens again on Tuesday at 08:30."""

WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=STOCKHOLM)
"""A weekday when the line is closed; it opens on Friday at 08:30."""
