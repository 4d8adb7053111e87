"""Reactions to what officers do with the draft incidents of alerts."""

from collections.abc import Sequence

from thammuu.interop.actions import follow_incident
from thammuu.journal.feed import FeedEntry
from thammuu.journal.followers import follower
from thammuu.org.authority import SYSTEM


@follower("interop.follow_incident", kinds={"watch.status_changed", "watch.incident_closed"})
def go_with_incident(entries: Sequence[FeedEntry]) -> None:
    """Accept or dismiss an alert whose draft was taken up or closed on the watch floor."""
    for entry in entries:
        if entry.body is not None:
            follow_incident(
                actor=SYSTEM,
                now=entry.recorded_at,
                incident=entry.subject_id,
                taken_up=entry.kind == "watch.status_changed",
                reason=entry.body["sets"].get("outcome", ""),
            )
