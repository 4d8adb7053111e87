"""Who may see what, and who may change units, accounts and authority."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from thammuu.kernel.actor import Actor, Scope
from thammuu.kernel.errors import Refusal, Verdict
from thammuu.org.rules import Permission


class Owned(Protocol):
    """A row of any state table."""

    world: str
    units: Collection[UUID]


def visible_in(scope: Scope) -> Q:
    """Return the filter for rows with `world` and `units` that the scope covers; the same as `Scope.covers`."""
    if scope.units is None:
        return Q(world=scope.world)
    return Q(world=scope.world, units__overlap=list(scope.units))


def visible_to(actor: Actor) -> Q:
    """Return the one filter that lists, search, counts, exports and attachments share."""
    return visible_in(actor.scope)


def can_view(actor: Actor, row: Owned) -> bool:
    """Say of one row what `visible_to` says of many."""
    return actor.scope.covers(row.units, row.world)


def may(actor: Actor, permission: Permission, unit: UUID | None, reason: str) -> Verdict:
    """Return True if the permission holds at the unit, else the reason."""
    return True if actor.may(permission, unit) else Refusal(reason)


def may_administer_units(actor: Actor, unit: UUID | None) -> Verdict:
    """Say whether the actor may create, name or move this unit (None: a unit without a superior)."""
    return may(actor, Permission.UNIT_ADMIN, unit, _("Your post does not administer this unit."))


def may_plan_units(actor: Actor) -> Verdict:
    """Say whether the actor may rehearse changes of units; which units, is judged change by change."""
    if actor.may_somewhere(Permission.UNIT_ADMIN):
        return True
    return Refusal(_("Your post administers no units."))


def may_bound_units(barred: Collection[str]) -> Verdict:
    """Say whether boundaries may be brought that include those of `barred`, units one does not administer (codes)."""
    if not barred:
        return True
    told = _("The files bring boundaries of units that your post does not administer: {codes}.")
    return Refusal(told.format(codes=", ".join(sorted(barred)[:10])))


def may_administer_accounts(actor: Actor, unit: UUID | None) -> Verdict:
    """Say whether the actor may open accounts and fill posts of this unit."""
    return may(actor, Permission.ACCOUNT_ADMIN, unit, _("Your post does not administer accounts of this unit."))


def may_grant(actor: Actor, unit: UUID | None) -> Verdict:
    """Say whether the actor may grant roles at this unit."""
    return may(actor, Permission.GRANT, unit, _("Your post may not grant roles at this unit."))
