"""One task for many units of a tree: who stands below whom among those chosen, and until when each has time. Pure."""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from thammuu.kernel.calendar import NO_OVERRIDES, earlier_by

MOST_REVIEW_DAYS = 250


@dataclass(frozen=True, slots=True)
class Step:
    """A unit that receives the task. `above` are the chosen units above it, the nearest first."""

    unit: UUID
    level: str
    above: tuple[UUID, ...]
    deadline: datetime


@dataclass(frozen=True, slots=True)
class LevelSum:
    """How many units of a level receive the task, with which deadline, and how many each unit above examines."""

    level: str
    depth: int
    deadline: datetime
    units: int


@dataclass(frozen=True, slots=True)
class Tree:
    """The units from which is chosen: the superior of each (None for the highest), and its level."""

    superior: Mapping[UUID, UUID | None]
    level: Mapping[UUID, str]


def chosen_above(unit: UUID, chosen: Set[UUID], superior: Mapping[UUID, UUID | None]) -> tuple[UUID, ...]:
    """Return the chosen units above the unit, the nearest first."""
    found = []
    up = superior.get(unit)
    while up is not None:
        if up in chosen:
            found.append(up)
        up = superior.get(up)
    return tuple(found)


def steps(
    chosen: Collection[UUID],
    tree: Tree,
    final: datetime,
    issuing_level: str,
    reviews: Mapping[str, int],
    overrides: Mapping[date, bool] = NO_OVERRIDES,
) -> list[Step]:
    """Return what each chosen unit receives, whoever stands above before whoever stands below.

    `final` is when all must lie examined before the issuing unit. Each level has time until the level above it, which
    examines what it hands in, has as many working days left as `reviews` gives that level (none if it is not named).
    """
    known: dict[tuple[str, ...], datetime] = {(): final}

    def deadline(examining: tuple[str, ...]) -> datetime:
        # The highest stands first: its deadline is counted back from the final one, and so on down.
        if examining not in known:
            days = reviews.get(examining[-1], 0)
            known[examining] = earlier_by(deadline(examining[:-1]), days, overrides)
        return known[examining]

    found, among = [], frozenset(chosen)
    for unit in chosen:
        above = chosen_above(unit, among, tree.superior)
        examining = (issuing_level, *(tree.level[one] for one in reversed(above)))
        found.append(Step(unit, tree.level[unit], above, deadline(examining)))
    return sorted(found, key=lambda step: len(step.above))


def by_level(found: Collection[Step]) -> list[LevelSum]:
    """Return how many units there are of each level with each deadline, the highest first."""
    sums: dict[tuple[int, str, datetime], int] = {}
    for step in found:
        key = (len(step.above), step.level, step.deadline)
        sums[key] = sums.get(key, 0) + 1
    ordered = sorted(sums.items(), key=lambda item: (item[0][0], item[0][1], item[0][2]))
    return [LevelSum(level, depth, deadline, count) for (depth, level, deadline), count in ordered]
