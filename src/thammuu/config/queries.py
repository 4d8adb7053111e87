"""What the journal tells of the installation itself."""

from collections.abc import Sequence
from datetime import datetime

from thammuu.config.facts import INSTALLATION, DrillHeld
from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry


def history() -> Sequence[FeedEntry]:
    """Return the drills and restores, the newest first."""
    return feed.of_subjects([INSTALLATION])[::-1]


def last_drill() -> datetime | None:
    """Return when the last drill was held that found everything sound."""
    drills = (one for one in history() if one.kind == DrillHeld.fact_kind and one.body)
    return next((one.recorded_at for one in drills if one.body and one.body["context"]["sound"]), None)
