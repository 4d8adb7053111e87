"""Deadlines as iCalendar (RFC 5545, name and refresh interval of RFC 7986). Pure: no framework, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import icalendar

MEDIA_TYPE = "text/calendar; charset=utf-8"
MADE_BY = "-//Thammuu//Deadlines//EN"
REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline. `sequence` counts its changes, `changed_at` is the last of them; instants are aware.

    `uid` never changes, so a calendar program replaces what it has; `is_cancelled` if nobody waits for it any more.
    """

    uid: str
    at: datetime
    summary: str
    description: str
    url: str
    sequence: int
    changed_at: datetime
    is_cancelled: bool = False


def write(name: str, deadlines: Iterable[Deadline]) -> bytes:
    """Return the calendar of this name. Equal deadlines give equal bytes."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    # The older name, which most programs still read.
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for deadline in deadlines:
        calendar.add_component(_event(deadline))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline) -> icalendar.Event:
    """Return an event without length that takes up no time: a deadline is an instant."""
    event = icalendar.Event()
    event.add("uid", deadline.uid)
    event.add("dtstamp", deadline.changed_at.astimezone(UTC))
    event.add("last-modified", deadline.changed_at.astimezone(UTC))
    event.add("sequence", deadline.sequence)
    event.add("dtstart", deadline.at.astimezone(UTC))
    event.add("summary", deadline.summary)
    event.add("description", deadline.description)
    event.add("url", deadline.url)
    event.add("status", "CANCELLED" if deadline.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
