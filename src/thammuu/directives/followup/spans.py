"""The days that the calendar shows at once: a month, a week or a day, each with its neighbours. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FIRST, LAST = date(1901, 1, 1), date(2999, 12, 31)


class Length(StrEnum):
    """How much the calendar shows."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` up to and including `last`."""

    length: Length
    first: date
    last: date

    @property
    def before(self) -> date:
        """Return a day of the span before."""
        return self.first - timedelta(days=1)

    @property
    def after(self) -> date:
        """Return a day of the span after."""
        return self.last + timedelta(days=1)

    def weeks(self) -> list[list[date]]:
        """Return the whole weeks, from Monday on, that hold the days of the span."""
        start = self.first - timedelta(days=self.first.weekday())
        count = ((self.last - start).days // 7) + 1
        return [[start + timedelta(days=7 * week + day) for day in range(7)] for week in range(count)]


def span_of(length: Length, day: date) -> Span:
    """Return the month, the week from Monday on, or the day that holds this one, for days of `FIRST` to `LAST`."""
    day = min(max(day, FIRST), LAST)
    if length == Length.DAY:
        return Span(length, day, day)
    if length == Length.WEEK:
        first = day - timedelta(days=day.weekday())
        return Span(length, first, first + timedelta(days=6))
    first = day.replace(day=1)
    return Span(length, first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
