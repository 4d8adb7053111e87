"""Who may do what to whose account."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Refusal, Refused, Verdict
from thammuu.org import directory
from thammuu.org.account.scopes import holds_any
from thammuu.org.rules import Permission


class Locked(Refused):
    """Too many attempts failed, for this name or from this address; the same whether an account exists or not."""

    def __init__(self, until: datetime) -> None:
        said = _("Too many attempts have failed. Try again after {time}; whoever is signed in already stays so.")
        super().__init__(said.format(time=clock.format_time(until)))
        self.until = until


def may_make_token(actor: Actor, scopes: Collection[str], unit: UUID | None) -> Verdict:
    """Say whether the actor may let another system act for its post, so far: never further than the post itself."""
    if actor.account is None or actor.post is None:
        return Refusal(_("Your account holds no post today, so no system can act for it."))
    if unit is not None and not actor.scope.knows(unit):
        return Refusal(_("Your post does not reach this unit."))
    beyond = [scope for scope in scopes if not holds_any(actor, scope)]
    if beyond:
        return Refusal(_("Your post itself may not do this: {scopes}.").format(scopes=", ".join(beyond)))
    return True


def may_revoke_token(actor: Actor, account: UUID, unit: UUID | None) -> Verdict:
    """Say whether the actor may revoke a token: its own, or one of a unit whose accounts it administers."""
    if actor.account == account or actor.may(Permission.ACCOUNT_ADMIN, unit):
        return True
    return Refusal(_("Only its officer or an administrator of the unit's accounts revokes this token."))


def may_link(actor: Actor, account: UUID, units: Collection[UUID]) -> Verdict:
    """Say whether the actor may let an identity open the account, or take it away: its own, or one it may reset."""
    return True if actor.account == account else may_reset(actor, account, units)


def may_reset(actor: Actor, account: UUID, units: Collection[UUID]) -> Verdict:
    """Say whether the actor administers accounts at the superior of every unit in which this account has a post.

    For the unit at the top, and for an account without a post, it takes the permission at every unit.
    """
    if actor.account == account:
        return Refusal(_("Your own account is reset by your superior unit."))
    known = directory.current()
    superiors = {row.parent for unit in units if (row := known.units.get(unit))} or {None}
    if all(actor.may(Permission.ACCOUNT_ADMIN, superior) for superior in superiors):
        return True
    return Refusal(_("Only a unit above the officer's own may reset this account."))
