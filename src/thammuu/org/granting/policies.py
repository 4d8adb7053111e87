"""Who may read what another post may do."""

from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Refusal, Verdict
from thammuu.org import directory
from thammuu.org.rules import Permission

OVERSEERS = (Permission.GRANT, Permission.ACCOUNT_ADMIN, Permission.JOURNAL_READ)


def may_oversee(actor: Actor, unit: UUID) -> bool:
    """Say whether the actor may read the rights of the unit's posts."""
    return any(actor.permits[held].knows(unit) for held in OVERSEERS if held in actor.permits)


def may_oversee_somewhere(actor: Actor) -> Verdict:
    """Say whether the actor may read the rights of any post but its own."""
    if any(actor.may_somewhere(held) for held in OVERSEERS):
        return True
    return Refusal(_("Your post reads only its own rights."))


def may_read_rights(actor: Actor, post: UUID) -> bool:
    """Say whether the actor may read the rights of the post: its own, or one of a unit that it oversees."""
    row = directory.current().posts.get(post)
    return row is not None and (post == actor.post or may_oversee(actor, row.unit))
