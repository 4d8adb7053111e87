"""What the journal tells of the installation itself."""

from collections.abc import Sequence
from datetime import datetime

from thammuu.config.facts import BackupRestored, DrillHeld
from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.journal.subjects import INSTALLATION


def history() -> Sequence[FeedEntry]:
    """Return the drills and restores, the newest first."""
    told = feed.of_subjects([INSTALLATION])[::-1]
    return [one for one in told if one.kind in (DrillHeld.fact_kind, BackupRestored.fact_kind)]


def last_drill() -> datetime | None:
    """Return when the last drill was held that found everything sound."""
    drills = (one for one in history() if one.kind == DrillHeld.fact_kind and one.body)
    return next((one.recorded_at for one in drills if one.body and one.body["context"]["sound"]), None)
