"""Working days in Vietnam, and the deadlines counted in them.

Public holidays, Tết and the government's swaps of days come from the `holidays` package; an administrator's
overrides come before it. Counting follows the Civil Code of 2015, articles 147 and 148: the first day is not
counted, and a term that would end on a day of rest ends on the next working day.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from thammuu.kernel.clock import ORGANISATION_ZONE, in_zone

if TYPE_CHECKING:
    from holidays import HolidayBase

END_OF_WORKING_DAY = time(17, 0)
_DAY = timedelta(days=1)
_LONGEST_REST = 60
NO_OVERRIDES: Mapping[date, bool] = MappingProxyType({})


class NoWorkingDay(ValueError):
    """The overrides leave no working day within two months: the calendar is mis-set."""


@cache
def _holidays() -> "HolidayBase":
    # Imported here: the package takes a fifth of a second to load.
    from holidays import country_holidays

    return country_holidays("VN")


def is_working_day(day: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> bool:
    """Say whether the day is worked; `overrides` maps days to True (worked) or False (off)."""
    if day in overrides:
        return overrides[day]
    return bool(_holidays().is_working_day(day))


def next_working_day(day: date, overrides: Mapping[date, bool] = NO_OVERRIDES, step: int = 1) -> date:
    """Return the day itself if worked, else the nearest worked one after it (before it: `step` -1)."""
    for ahead in range(_LONGEST_REST):
        candidate = day + ahead * step * _DAY
        if is_working_day(candidate, overrides):
            return candidate
    raise NoWorkingDay(day.isoformat())


def add_working_days(day: date, count: int, overrides: Mapping[date, bool] = NO_OVERRIDES) -> date:
    """Return the working day `count` working days after the day (before it, if negative).

    The day itself is not counted. A count of 0 is the day itself, or the next working day.
    """
    if count == 0:
        return next_working_day(day, overrides)
    step = 1 if count > 0 else -1
    for _ in range(abs(count)):
        day = next_working_day(day + step * _DAY, overrides, step)
    return day


def working_days_between(start: date, end: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> int:
    """Count the working days after `start` up to and including `end`; negative if `end` is earlier."""
    if end < start:
        return -working_days_between(end, start, overrides)
    days = (start + n * _DAY for n in range(1, (end - start).days + 1))
    return sum(is_working_day(day, overrides) for day in days)


def deadline_at(
    given: datetime,
    count: int,
    overrides: Mapping[date, bool] = NO_OVERRIDES,
    *,
    closes: time = END_OF_WORKING_DAY,
    zone: ZoneInfo = ORGANISATION_ZONE,
) -> datetime:
    """Return the aware instant, in the zone, at which a term of `count` working days given at `given` ends.

    It ends with the working day, at `closes` by the zone's clock. A term of no days given after the close
    ends on the next working day. Raises `NaiveTime` without a zone, ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"a term of {count} working days")
    local = in_zone(given, zone)
    day = add_working_days(local.date(), count, overrides)
    deadline = datetime.combine(day, closes, zone)
    if deadline <= local:
        deadline = datetime.combine(add_working_days(day, 1, overrides), closes, zone)
    return deadline


def end_of_term(
    given: datetime,
    deadline: datetime,
    overrides: Mapping[date, bool] = NO_OVERRIDES,
    *,
    closes: time = END_OF_WORKING_DAY,
    zone: ZoneInfo = ORGANISATION_ZONE,
) -> datetime:
    """Return the deadline, or where it lies on a day of rest the end of the next working day (Civil Code, article 148).

    A term of less than a day is counted in hours and not in days: its end stays, for a night's order waits for no
    Monday. Raises `NaiveTime` without a zone.
    """
    local = in_zone(deadline, zone)
    if deadline - given < _DAY or is_working_day(local.date(), overrides):
        return deadline
    return datetime.combine(next_working_day(local.date(), overrides), closes, zone)


def earlier_by(
    deadline: datetime,
    count: int,
    overrides: Mapping[date, bool] = NO_OVERRIDES,
    *,
    closes: time = END_OF_WORKING_DAY,
    zone: ZoneInfo = ORGANISATION_ZONE,
) -> datetime:
    """Return the close of the working day from which `count` whole working days remain until the deadline's day.

    For a count of 0 it is the deadline itself. Raises `NaiveTime` without a zone, ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"{count} working days earlier")
    if count == 0:
        return deadline
    return datetime.combine(add_working_days(in_zone(deadline, zone).date(), -count, overrides), closes, zone)
