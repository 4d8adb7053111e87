"""Times: kept in UTC, shown in the organisation's zone, written as Vietnamese and English readers expect."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ORGANISATION_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")

SKEW: Final = timedelta(minutes=2)
"""How far two clocks may be apart before it is said: promise 10 (docs/promises.md)."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class NaiveTime(ValueError):
    """A time without a zone was given where an instant is needed."""


def now() -> datetime:
    """Return the present instant, aware, in UTC. Called at the edge: rules and actions are given `now`."""
    return datetime.now(UTC)


def are_apart(one: datetime, other: datetime) -> bool:
    """Say whether two clocks that were read at the same moment are further apart than `SKEW`."""
    return abs(one - other) > SKEW


def is_within(began: datetime, now: datetime, span: timedelta) -> bool:
    """Say whether `span` has not run out since `began`.

    What began in the future was noted by a clock that has been put back since: how long ago that is, nobody knows, so
    it has run out. `SKEW` is allowed for, because two processes may share in it.
    """
    return -SKEW <= now - began < span


def in_zone(at: datetime, zone: ZoneInfo = ORGANISATION_ZONE) -> datetime:
    """Return the instant as the organisation's clock shows it; raises `NaiveTime`."""
    if at.tzinfo is None:
        raise NaiveTime(at.isoformat())
    return at.astimezone(zone)


def day_of(at: datetime, zone: ZoneInfo = ORGANISATION_ZONE) -> date:
    """Return the organisation's calendar day at the instant."""
    return in_zone(at, zone).date()


def start_of(day: date, zone: ZoneInfo = ORGANISATION_ZONE) -> datetime:
    """Return the instant at which the organisation's calendar day begins."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def format_time(at: datetime, zone: ZoneInfo = ORGANISATION_ZONE) -> str:
    """Return hours and minutes, "14:05", in either language."""
    return f"{in_zone(at, zone):%H:%M}"


def format_date(day: date, language: str) -> str:
    """Return a short date: "05/01/2026" in Vietnamese, "5 Jan 2026" in English."""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day:02}/{day.month:02}/{day.year}"


def format_instant(at: datetime, language: str, zone: ZoneInfo = ORGANISATION_ZONE) -> str:
    """Return date and time: "14:05 05/01/2026" in Vietnamese, "5 Jan 2026 14:05" in English."""
    time, day = format_time(at, zone), format_date(day_of(at, zone), language)
    return f"{day} {time}" if language == "en" else f"{time} {day}"
