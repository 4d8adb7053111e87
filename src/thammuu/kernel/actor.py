"""Who acts, in which post, and how far that post reaches. Passed explicitly to every action."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from thammuu.kernel.errors import OnBehalf, Verdict, require

REAL = "real"
# Internal levels, from 0 (for everybody whose unit is concerned) to this one; none of them is a state secret.
HIGHEST = 3

Units = frozenset[UUID] | None
"""Some units; None stands for every unit."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Rows of these units up to a level; with an event, only what belongs to it."""

    units: Units
    event: UUID | None = None
    classification: int = 0

    def covers(self, units: Collection[UUID], classification: int = 0, event: UUID | None = None) -> bool:
        """Say whether something of the units, the level and the event lies within."""
        if classification > self.classification or (self.event is not None and self.event != event):
            return False
        return self.units is None or not self.units.isdisjoint(units)


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a right goes: units and level whatever the event, `further` reaches beside them, one world.

    `further` goes higher for some of the units, or belongs to an event; it is empty for most posts. `opened` are
    subjects that are seen whatever their units and level: those of an emergency opening.
    """

    units: Units
    world: str = REAL
    classification: int = 0
    further: tuple[Reach, ...] = ()
    opened: frozenset[UUID] = frozenset()

    def covers(
        self,
        units: Collection[UUID],
        world: str = REAL,
        classification: int = 0,
        event: UUID | None = None,
        subject: UUID | None = None,
    ) -> bool:
        """Say whether something that belongs to `units` of `world` lies within."""
        if world != self.world:
            return False
        if classification <= self.classification and (self.units is None or not self.units.isdisjoint(units)):
            return True
        if any(reach.covers(units, classification, event) for reach in self.further):
            return True
        return subject is not None and subject in self.opened

    def allows(self, unit: UUID | None, event: UUID | None = None, classification: int = 0) -> bool:
        """Say whether it holds at the unit (None: at every unit) for that event and level."""
        if unit is None:
            return self.units is None and classification <= self.classification
        return self.covers((unit,), self.world, classification, event)

    def everywhere(self) -> Units:
        """Return every unit that it reaches at all, whatever the level and the event."""
        return self.units if not self.further else _union(*(reach.units for reach in self.reaches()))

    def reaches(self) -> list[Reach]:
        """Return what it is made of, but for what was opened."""
        return [Reach(self.units, None, self.classification), *self.further]

    def knows(self, unit: UUID) -> bool:
        """Say whether it reaches the unit at all, whatever the level and the event."""
        known = self.everywhere()
        return known is None or unit in known

    def ceiling(self, unit: UUID | None, event: UUID | None = None) -> int:
        """Return the highest level reached at the unit (None: at any unit) for the event; -1 if there is none."""
        return max(
            (
                reach.classification
                for reach in self.reaches()
                if (reach.event is None or reach.event == event)
                and (reach.units is None or (bool(reach.units) if unit is None else unit in reach.units))
            ),
            default=-1,
        )


def joined(reaches: Iterable[Reach], opened: Iterable[UUID] = (), world: str = REAL) -> Scope:
    """Return the scope that covers what any of the reaches covers, in its shortest form."""
    found = list(dict.fromkeys(reaches))
    general = _steps([reach for reach in found if reach.event is None])
    main = general[0] if general else Reach(frozenset())
    further = general[1:]
    for event in dict.fromkeys(reach.event for reach in found if reach.event is not None):
        steps = _steps([reach for reach in found if reach.event == event])
        further.extend(step for step in steps if not any(_within(step, other) for other in general))
    return Scope(main.units, world, main.classification, tuple(further), frozenset(opened))


def _steps(reaches: list[Reach]) -> list[Reach]:
    """Return reaches of one event as steps: each higher in level than the one before, and smaller."""
    steps: list[Reach] = []
    units: Units = frozenset()
    for level in sorted({reach.classification for reach in reaches}, reverse=True):
        before, units = units, _union(units, *(reach.units for reach in reaches if reach.classification == level))
        if units != before:
            steps.insert(0, Reach(units, reaches[0].event, level))
    return steps


def _within(small: Reach, large: Reach) -> bool:
    inside = large.units is None or (small.units is not None and small.units <= large.units)
    return inside and small.classification <= large.classification


def _union(*groups: Units) -> Units:
    found: set[UUID] = set()
    for group in groups:
        if group is None:
            return None
        found |= group
    return frozenset(found)


NOTHING = Scope(units=frozenset())
EVERYTHING = Scope(units=None, classification=9)


@dataclass(frozen=True, slots=True)
class Lent:
    """What an actor may do on behalf of another post: by its delegation, or as its substitute."""

    post: UUID
    permits: Mapping[str, Scope]


@dataclass(frozen=True, slots=True)
class Actor:
    """An account in its post, or the system itself (`account` None).

    `scope` is what it sees, with what it opened in an emergency; the permission to see, in `permits`, goes without it.

    `permits` maps a permission's name to how far it holds, what is `lent` included; then `own` is what it holds by
    itself. `behalf` is the post on whose behalf it does what it does now (see `acting`). `label` is the post's title as
    shown beside an entry, never a person's name. `device_at` is what the clock of its device said when this request was
    sent, None unless it is apart from the server's (`clock.SKEW`).
    """

    account: UUID | None
    post: UUID | None
    unit: UUID | None
    label: str = ""
    language: str = "vi"
    scope: Scope = NOTHING
    permits: Mapping[str, Scope] = field(default_factory=dict)
    own: Mapping[str, Scope] = field(default_factory=dict)
    lent: tuple[Lent, ...] = ()
    behalf: UUID | None = None
    device_at: datetime | None = None

    def may(self, permission: str, unit: UUID | None, *, event: UUID | None = None, classification: int = 0) -> bool:
        """Say whether the permission holds at the unit (None: at every unit) for that event and level."""
        held = self.permits.get(permission)
        return held is not None and held.allows(unit, event, classification)

    def by(self, permission: str, holds: Callable[[Scope], bool]) -> Literal[True] | OnBehalf:
        """Say by whose right the permission, which it has, holds in that way: True if by its own.

        Where no right suffices alone, it is the first that is lent.
        """
        own = self.own.get(permission)
        if not self.lent or (own is not None and holds(own)):
            return True
        lenders = [lent for lent in self.lent if permission in lent.permits]
        found = next((lent for lent in lenders if holds(lent.permits[permission])), lenders[0] if lenders else None)
        return True if found is None else OnBehalf(found.post)

    def may_somewhere(self, permission: str) -> bool:
        """Say whether the permission holds at any unit at all."""
        return permission in self.permits

    def units_of(self, permission: str) -> Units:
        """Return the units at which the permission holds at all, for whatever event and level."""
        held = self.permits.get(permission)
        return held.everywhere() if held is not None else frozenset()


def acting(actor: Actor, verdict: Verdict) -> Actor:
    """Return the actor as it acts by the verdict: what it records says on whose behalf. Raises `Refused`.

    What needs several verdicts is done on behalf of the first post whose right it needs.
    """
    require(verdict)
    if isinstance(verdict, OnBehalf) and actor.behalf is None:
        return replace(actor, behalf=verdict.post)
    return actor
