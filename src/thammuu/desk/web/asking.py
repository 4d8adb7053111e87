"""What the desk's views read out of addresses; a value that is none narrows nothing."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.dateparse import parse_date, parse_datetime

from thammuu.kernel.clock import ORGANISATION_ZONE


def uuid_in(text: str) -> UUID | None:
    """Return the id in a text, None if it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def day_start(text: str, *, later: int = 0) -> datetime | None:
    """Return when the day begins in the organisation's zone, or one `later` by so many days; None if it is no day."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    if day is None:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=ORGANISATION_ZONE) + timedelta(days=later)


def minute_in(text: str) -> datetime | None:
    """Return the instant of "2026-11-20T21:05", meant in the organisation's zone; None if it is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    if found is None:
        return None
    return found.replace(tzinfo=ORGANISATION_ZONE) if found.tzinfo is None else found
