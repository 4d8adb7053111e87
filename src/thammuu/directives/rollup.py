"""What became of a task that many units carry out: done, late, open, and with whom it lies. Pure."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from thammuu.directives.rules import HOLDS, OPEN, WITH_LEAD, Hold, State, Tally, Timing, timing

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Part:
    """An assignment as it is counted. `above` are the assignments above it, the nearest first."""

    id: UUID
    above: tuple[UUID, ...]
    lead: UUID
    issuer: UUID
    level: str
    state: State
    deadline: datetime
    handed_in_at: datetime | None
    title: str = ""

    @property
    def hold(self) -> Hold | None:
        """Return how it lies with whoever has it; None if nobody does."""
        return HOLDS.get(self.state)

    @property
    def holder(self) -> UUID | None:
        """Return the unit with which it lies; None if with none any more."""
        if self.hold is None:
            return None
        return self.lead if self.hold in WITH_LEAD else self.issuer


@dataclass(frozen=True, slots=True)
class Sum:
    """Counts of assignments by their timing and by where the open ones lie; withdrawn ones apart."""

    tally: Tally = field(default_factory=Tally)
    holds: Mapping[Hold, int] = field(default_factory=dict)
    withdrawn: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        """Return the sum of both."""
        one, two = self.tally, other.tally
        tally = Tally(*(getattr(one, str(each)) + getattr(two, str(each)) for each in Timing))
        holds = {hold: self.holds.get(hold, 0) + other.holds.get(hold, 0) for hold in Hold}
        return Sum(tally, holds, self.withdrawn + other.withdrawn)


def summed(parts: Iterable[Part], now: datetime) -> Sum:
    """Count the assignments."""
    timings = dict.fromkeys(Timing, 0)
    holds = dict.fromkeys(Hold, 0)
    withdrawn = 0
    for part in parts:
        stands = timing(part.state, part.deadline, part.handed_in_at, now)
        if stands is None:
            withdrawn += 1
            continue
        timings[stands] += 1
        if part.hold is not None:
            holds[part.hold] += 1
    return Sum(Tally(**{str(name): count for name, count in timings.items()}), holds, withdrawn)


def grouped(parts: Iterable[Part], key: Callable[[Part], Key], now: datetime) -> dict[Key, Sum]:
    """Count the assignments of each key, in the order in which the keys first come."""
    groups: dict[Key, list[Part]] = {}
    for part in parts:
        groups.setdefault(key(part), []).append(part)
    return {name: summed(group, now) for name, group in groups.items()}


def branch_of(part: Part, within: UUID | None, known: Collection[UUID]) -> UUID:
    """Return the assignment under which it is counted: the one right below `within`, or else the highest known.

    It is itself where nothing stands between.
    """
    line = [part.id]
    for one in part.above:
        if one == within or one not in known:
            break
        line.append(one)
    return line[-1]


def holders(parts: Iterable[Part], now: datetime) -> list[tuple[UUID, int, int]]:
    """Return (unit, how many open assignments lie with it, how many of them are overdue), the most overdue first."""
    found: dict[UUID, list[int]] = {}
    for part in parts:
        if part.holder is None or part.state not in OPEN:
            continue
        counts = found.setdefault(part.holder, [0, 0])
        counts[0] += 1
        counts[1] += timing(part.state, part.deadline, part.handed_in_at, now) == Timing.OPEN_OVERDUE
    ordered = sorted(found.items(), key=lambda item: (-item[1][1], -item[1][0], str(item[0])))
    return [(unit, count, overdue) for unit, (count, overdue) in ordered]
