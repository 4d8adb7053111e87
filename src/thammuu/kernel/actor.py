"""Who acts, in which post, and how far that post reaches. Passed explicitly to every action."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

REAL = "real"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reader may see: units (None: every unit), world and classification (0: unclassified)."""

    units: frozenset[UUID] | None
    world: str = REAL
    classification: int = 0

    def covers(self, units: Collection[UUID], world: str = REAL, classification: int = 0) -> bool:
        """Say whether something that belongs to `units` of `world` may be seen."""
        if world != self.world or classification > self.classification:
            return False
        return self.units is None or not self.units.isdisjoint(units)


NOTHING = Scope(units=frozenset())
EVERYTHING = Scope(units=None, classification=9)


@dataclass(frozen=True, slots=True)
class Actor:
    """An account in its post, or the system itself (`account` None).

    `permits` maps a permission's name to the units where it holds; None stands for every unit.
    `label` is the post's title as shown beside an entry, never a person's name.
    """

    account: UUID | None
    post: UUID | None
    unit: UUID | None
    label: str = ""
    language: str = "vi"
    scope: Scope = NOTHING
    permits: Mapping[str, frozenset[UUID] | None] = field(default_factory=dict)

    def may(self, permission: str, unit: UUID | None) -> bool:
        """Say whether the permission holds at the unit (None: at every unit)."""
        if permission not in self.permits:
            return False
        units = self.permits[permission]
        return units is None or (unit is not None and unit in units)

    def may_somewhere(self, permission: str) -> bool:
        """Say whether the permission holds at any unit at all."""
        return permission in self.permits
