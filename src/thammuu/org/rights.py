"""Rights: each way by which a post comes to permissions, with all that it depends on. Pure.

Everything else follows from them: what an actor may do, what the filter lets through, and why.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from thammuu.kernel.actor import NOTHING, Reach, Scope, Units, joined
from thammuu.org.rules import NEVER_LENT, PERMITS, Permission, Role, Source


@dataclass(frozen=True, slots=True)
class Right:
    """One way to permissions: `post` holds it at `unit` and below, for `event` (None: any), up to a level.

    An emergency opening of single things names them in `opened` and reaches nothing else; it has no role. What is
    delegated, or done as a substitute, stands on a right of the post `behalf` and goes no further than that.
    `id` names the row that gives it and `reason` why it was given, by the post `given_by` (None: by the system).
    """

    source: Source
    id: UUID
    post: UUID
    role: Role | None
    permissions: frozenset[Permission]
    unit: UUID
    event: UUID | None
    classification: int
    starts_at: datetime
    ends_at: datetime | None
    reason: str
    given_by: UUID | None = None
    opened: frozenset[UUID] = frozenset()
    stands_on: "Right | None" = None

    @property
    def behalf(self) -> UUID | None:
        """Return the post on whose behalf it is used; None for a right of one's own."""
        return self.stands_on.post if self.stands_on is not None else None

    def holds_at(self, at: datetime) -> bool:
        """Say whether it is in effect at the instant."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


def of_role(role: str) -> frozenset[Permission]:
    """Return what a role permits."""
    return PERMITS[Role(role)]


def lent(
    right: Right,
    source: Source,
    *,
    id: UUID,
    post: UUID,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    given_by: UUID | None,
    unit: UUID | None = None,
    event: UUID | None = None,
    classification: int | None = None,
) -> Right:
    """Return the right as another post has it from then until then: at most for as long and as far as it stands.

    `unit`, `event` and `classification` narrow it. What nobody does on behalf of another is left out.
    """
    level = right.classification if classification is None else min(classification, right.classification)
    return replace(
        right,
        source=source,
        id=id,
        post=post,
        permissions=right.permissions - NEVER_LENT,
        unit=unit or right.unit,
        event=right.event or event,
        classification=level,
        starts_at=max(starts_at, right.starts_at),
        ends_at=ends_at if right.ends_at is None else min(ends_at, right.ends_at),
        reason=reason,
        given_by=given_by,
        stands_on=right,
    )


def reached(right: Right, reach: Callable[[UUID], Units]) -> Units:
    """Return the units that the right reaches: what is lent only where the right that it stands on reaches too."""
    units = reach(right.unit)
    if right.stands_on is None:
        return units
    base = reached(right.stands_on, reach)
    return base if units is None else units if base is None else units & base


def permits_of(rights: Iterable[Right], reach: Callable[[UUID], Units]) -> dict[str, Scope]:
    """Return how far each permission goes by these rights; `reach` says where a right counts that stands at a unit."""
    found: dict[str, list[Reach]] = {}
    opened: dict[str, set[UUID]] = {}
    for right in rights:
        if right.opened:
            for permission in right.permissions:
                opened.setdefault(str(permission), set()).update(right.opened)
            continue
        extent = Reach(reached(right, reach), right.event, right.classification)
        for permission in right.permissions:
            found.setdefault(str(permission), []).append(extent)
    made: Mapping[tuple[Reach, ...], Scope] = {tuple(extents): joined(extents) for extents in found.values()}
    scopes = {name: made[tuple(extents)] for name, extents in found.items()}
    for name, subjects in opened.items():
        scopes[name] = replace(scopes.get(name, NOTHING), opened=frozenset(subjects))
    return scopes


def next_change(rights: Iterable[Right], at: datetime) -> datetime | None:
    """Return the first instant after `at` at which one of the rights begins or ends; None if none will."""
    instants = (instant for right in rights for instant in (right.starts_at, right.ends_at))
    return min((instant for instant in instants if instant is not None and instant > at), default=None)
