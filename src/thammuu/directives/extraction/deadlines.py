"""A deadline as directives know it: a day, a term counted from something, or a period that comes again.

Terms count as `kernel.calendar` does (Civil Code 2015, articles 147 and 148).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from thammuu.directives.extraction.words import Words
from thammuu.kernel.calendar import add_working_days


class Unit(StrEnum):
    """In what a term is counted."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    MONTH = "month"


class Period(StrEnum):
    """How often something is due."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}
_PLACES = {"tháng đầu": 1, "tháng thứ hai": 2}
"""Which month of a quarter is meant, if it is not the last."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One of three: the last `day` (and `hour`, local), a term of `count` `unit`s, or `every` period.

    A period may name its `month_day` (and for a year the `month`) or its `weekday` (0 is Monday).
    `words` is where the text says so. A term counts from the day of issue, or from what `since` says.
    """

    words: Words
    day: date | None = None
    hour: time | None = None
    count: int = 0
    unit: Unit | None = None
    since: str = ""
    every: Period | None = None
    month_day: int = 0
    month: int = 0
    weekday: int | None = None

    def value(self) -> str:
        """Return the deadline as one comparable text: 2026-06-30, 5 working_day, month:20."""
        if self.every:
            ends = str(self.month_day) if self.month_day else f"w{self.weekday}" if self.weekday is not None else ""
            ends = f"{self.month:02}-{self.month_day:02}" if self.month else ends
            return f"{self.every}:{ends}" if ends else str(self.every)
        if self.unit:
            return f"{self.count} {self.unit}"
        hour = f"T{self.hour:%H:%M}" if self.hour else ""
        return f"{self.day}{hour}"

    def last_day(self, issued_on: date) -> date | None:
        """Return the last day, counted from the day of issue; None for a period or what counts from something else."""
        if self.day:
            return self.day
        if self.unit is None or (self.since and not self.counts_from_issue()):
            return None
        if self.unit is Unit.WORKING_DAY:
            return add_working_days(issued_on, self.count)
        if self.unit is Unit.MONTH:
            return _in_month(issued_on, self.count, issued_on.day)
        days = {Unit.DAY: 1, Unit.HOUR: 24, Unit.MINUTE: 24 * 60}[self.unit]
        return issued_on + timedelta(days=-(-self.count // days))

    def next_day(self, after: date) -> date | None:
        """Return the next day of what comes again, later than `after`; None for what does not.

        A period without a day ends on its last one; a day that a month lacks is its last.
        """
        if self.every is None:
            return None
        if self.every is Period.DAY:
            return after + timedelta(days=1)
        if self.every is Period.WEEK:
            weekday = 6 if self.weekday is None else self.weekday
            return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)
        step = _MONTHS[self.every]
        within = next((place for words, place in _PLACES.items() if words in self.words.text.lower()), step)
        return next(
            day
            for ahead in range(step + 1)
            if (after.month + ahead - (self.month or within)) % step == 0
            and (day := _in_month(after, ahead, self.month_day)) > after
        )

    def counts_from_issue(self) -> bool:
        """Say whether the term begins with the directive's own signing or issue."""
        return re.search(r"\b(?:ký|ban hành|phát hành)\b", self.since.lower()) is not None


def _in_month(start: date, ahead: int, month_day: int) -> date:
    """Return the day of the month so many months ahead; its last one for 0 and for a day that it lacks."""
    years, month = divmod(start.month - 1 + ahead, 12)
    last = monthrange(start.year + years, month + 1)[1]
    return date(start.year + years, month + 1, min(month_day or last, last))
