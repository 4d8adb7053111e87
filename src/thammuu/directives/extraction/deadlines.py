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
            year, month = divmod(issued_on.month - 1 + self.count, 12)
            last = monthrange(issued_on.year + year, month + 1)[1]
            return date(issued_on.year + year, month + 1, min(issued_on.day, last))
        days = {Unit.DAY: 1, Unit.HOUR: 24, Unit.MINUTE: 24 * 60}[self.unit]
        return issued_on + timedelta(days=-(-self.count // days))

    def counts_from_issue(self) -> bool:
        """Say whether the term begins with the directive's own signing or issue."""
        return re.search(r"\b(?:ký|ban hành|phát hành)\b", self.since.lower()) is not None
