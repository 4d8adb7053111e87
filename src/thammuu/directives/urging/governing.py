"""Which policy urges an assignment: that of its issuing unit or, where none is on there, the nearest one above it."""

from collections.abc import Iterable, Mapping, Sequence, Set
from uuid import UUID

from django.db.models import Q

from thammuu.directives.models import Assignment
from thammuu.directives.urging.models import UrgingPolicy

Placed = tuple[UUID, UUID, Sequence[UUID]]
"""An assignment, the unit that issued it, and the assignments above it, the nearest first."""


def urging_units(world: str) -> set[UUID]:
    """Return the units of which a policy is on."""
    return set(UrgingPolicy.objects.filter(world=world, is_on=True).values_list("unit_id", flat=True))


def may_urge(unit: UUID, others: Set[UUID]) -> Q:
    """Return the filter for what a unit's policy may urge: what the unit issued, and what was made of that below.

    `others` are the units with a policy of their own. It holds for some that a nearer policy urges: see `governed`.
    """
    issued = Assignment.objects.filter(unit=unit).values("decision")
    return Q(unit=unit) | Q(parent__isnull=False, decision__in=issued) & ~Q(unit__in=others)


def governed(found: Iterable[Placed], on: Set[UUID]) -> Mapping[UUID, UUID | None]:
    """Return, by assignment, the unit whose policy urges it; None where none is on all the way up."""
    placed = list(found)
    distant = {id for _id, unit, above in placed if unit not in on for id in above}
    issuers = dict(Assignment.objects.filter(id__in=distant).values_list("id", "unit_id")) if distant else {}
    return {
        id: next((one for one in (unit, *(issuers[each] for each in above if each in issuers)) if one in on), None)
        for id, unit, above in placed
    }
