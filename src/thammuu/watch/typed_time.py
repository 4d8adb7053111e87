"""Times as duty officers type them, read against the clock of the organisation.

A clock time that has not come yet is yesterday's when that is the nearer reading (a night watch crosses
midnight); otherwise it is ambiguous and said to be, never guessed.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from thammuu.kernel.clock import SKEW

NEARER = timedelta(hours=12)

_CLOCK = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})"
    r"|\s?(?:h|g|gio)(?:\s?(?P<after>\d{2})(?:\s?phut|p)?)?)(?:\s?(?P<half>am|pm))?(?!\w)"
)
_DAY = r"(?P<day>hom qua|hom nay|yesterday|today|(?:ngay\s)?\d{1,2}/\d{1,2}(?:/\d{4})?)"
_SIZES = {"phut": 1, "p": 1, "min": 1, "mins": 1, "minute": 1, "minutes": 1}
_SIZES |= {"gio": 60, "tieng": 60, "h": 60, "hour": 60, "hours": 60}
_SIZE = "|".join(sorted(_SIZES, key=len, reverse=True))
_AGO = re.compile(rf"(?P<count>\d{{1,3}})\s?(?P<unit>{_SIZE})\s(?:truoc|ago)(?!\w)")
_DAY_CLOCK = re.compile(rf"{_DAY}(?:,\s?|\s)(?:luc\s|at\s)?{_CLOCK}")
_CLOCK_DAY = re.compile(rf"(?:luc\s|at\s)?{_CLOCK}(?:,\s?|\s){_DAY}(?!\w)")
_ONLY_CLOCK = re.compile(rf"(?:luc\s|at\s)?{_CLOCK}")


class TimeFault(StrEnum):
    """Why a typed time cannot be taken."""

    NO_SUCH_TIME = "no_such_time"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class TypedTime:
    """A time at the start of a folded text: it takes `length` characters and is an instant or a fault.

    `dated` says that it names its day or counts back from now, so that it can only mean when something
    happened.
    """

    length: int
    at: datetime | None
    fault: TimeFault | None = None
    dated: bool = False


def time_at(folded: str, position: int, now: datetime) -> TypedTime | None:
    """Return the time that begins at `position` of the folded text, or None.

    `now` is aware, in the organisation's zone; so is the instant returned.
    """
    ago = _AGO.match(folded, position)
    if ago:
        minutes = int(ago["count"]) * _SIZES[ago["unit"]]
        return TypedTime(ago.end() - position, now - timedelta(minutes=minutes), dated=True)
    match = _DAY_CLOCK.match(folded, position) or _CLOCK_DAY.match(folded, position)
    day = match["day"] if match else None
    match = match or _ONLY_CLOCK.match(folded, position)
    if match is None:
        return None
    length = match.end() - position
    clock = _clock(match)
    at = _instant(clock, day, now) if clock else None
    if at is None:
        return TypedTime(length, None, TimeFault.NO_SUCH_TIME)
    # An officer's wrist watch may be a little ahead of the server.
    if at <= now + SKEW:
        return TypedTime(length, at, dated=day is not None)
    before = at - timedelta(days=1)
    if day is None and now - before <= NEARER:
        return TypedTime(length, before)
    return TypedTime(length, None, TimeFault.NOT_YET)


def _clock(match: re.Match[str]) -> time | None:
    hour, minute = int(match["hour"]), int(match["minute"] or match["after"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _instant(clock: time, day: str | None, now: datetime) -> datetime | None:
    """Return the instant, None for a day that does not exist. A day and month without a year are the last
    such."""
    date = now.date()
    if day in ("hom qua", "yesterday"):
        date -= timedelta(days=1)
    elif day and "/" in day:
        numbers = [int(number) for number in day.removeprefix("ngay").strip().split("/")]
        year = numbers[2] if len(numbers) == 3 else date.year
        try:
            date = date.replace(year, numbers[1], numbers[0])
            if len(numbers) == 2 and date > now.date():
                date = date.replace(year - 1)
        except ValueError:
            return None
    return datetime.combine(date, clock, now.tzinfo)
