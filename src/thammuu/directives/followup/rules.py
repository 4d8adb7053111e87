"""How the follow-up board counts: how long something is overdue, and in which order units stand. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from thammuu.directives.rules import Tally, Timing


class Among(StrEnum):
    """Which of the four states an assignment is in; withdrawn ones are in none."""

    COUNTED = "counted"
    DONE = "done"
    OPEN = "open"
    DUE = "due"


class Age(StrEnum):
    """How many days an assignment is overdue; a day that has begun counts."""

    UP_TO_3 = "1-3"
    UP_TO_7 = "4-7"
    UP_TO_15 = "8-15"
    UP_TO_30 = "16-30"
    OVER_30 = "over-30"


TIMINGS: Mapping[Among, tuple[Timing, ...]] = MappingProxyType(
    {
        Among.COUNTED: tuple(Timing),
        Among.DONE: (Timing.DONE_ON_TIME, Timing.DONE_LATE),
        Among.OPEN: (Timing.OPEN_WITHIN_TIME, Timing.OPEN_OVERDUE),
        Among.DUE: (Timing.DONE_ON_TIME, Timing.DONE_LATE, Timing.OPEN_OVERDUE),
    }
)
# More than the first, at most the second; None: without end.
SPANS: Mapping[Age, tuple[timedelta, timedelta | None]] = MappingProxyType(
    {
        Age.UP_TO_3: (timedelta(), timedelta(days=3)),
        Age.UP_TO_7: (timedelta(days=3), timedelta(days=7)),
        Age.UP_TO_15: (timedelta(days=7), timedelta(days=15)),
        Age.UP_TO_30: (timedelta(days=15), timedelta(days=30)),
        Age.OVER_30: (timedelta(days=30), None),
    }
)


Counts = Sequence[int]
"""How many assignments there are, are open, are overdue, were done late; and, where they are counted, how many have no
evidence and how many are overdue by more than what each age of `AGES` begins after.
"""
STATES = 4
AGES: tuple[Age, ...] = tuple(Age)[1:]


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of some assignments. `unshown` have no evidence that waits or was verified."""

    tally: Tally = field(default_factory=Tally)
    ages: Mapping[Age, int] = field(default_factory=dict)
    unshown: int = 0


def age_of(overdue_by: timedelta) -> Age | None:
    """Return how long something is overdue, None if it is not."""
    for age, (more_than, at_most) in SPANS.items():
        if more_than < overdue_by and (at_most is None or overdue_by <= at_most):
            return age
    return None


def added(parts: Iterable[Counts]) -> Counts:
    """Add counts up."""
    return [sum(place) for place in zip(*parts, strict=True)] or [0] * (STATES + 1 + len(AGES))


def open_and_overdue(counts: Counts) -> tuple[int, int]:
    """Return how many are open, and how many of them overdue: by these, thousands of units are put in order."""
    return counts[1], counts[2]


def tally_of(counts: Counts) -> Tally:
    """Return the four states."""
    total, open, overdue, late = counts[:STATES]
    return Tally(
        done_on_time=total - open - late, done_late=late, open_within_time=open - overdue, open_overdue=overdue
    )


def figures(counts: Counts) -> Figures:
    """Return all that the counts say."""
    unshown, *beyond = counts[STATES:]
    tally = tally_of(counts)
    more_than, at_most = [tally.open_overdue, *beyond], [*beyond, 0]
    return Figures(tally, {age: more - less for age, more, less in zip(Age, more_than, at_most, strict=True)}, unshown)


def standing(tally: Tally) -> tuple[bool, float, int, int]:
    """Return by what units are put in order: the share done on time of those due, then how many; none due come last."""
    rate = tally.on_time_of_due
    return (rate is None, -(rate or 0.0), -tally.due, -tally.open)
