"""Who sets and switches policies of urging, who says that an urging was seen, and in whose browsers they come."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.policies import may_decide
from thammuu.directives.urging.models import Urging, UrgingBrowser
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Refusal, Verdict
from thammuu.org.policies import may
from thammuu.org.rules import Permission


def may_set_policy(actor: Actor, unit: UUID) -> Verdict:
    """Say whether the actor draws up, changes and switches the policy of the unit: who decides for it."""
    return may_decide(actor, unit)


def may_set_address(actor: Actor, unit: UUID) -> Verdict:
    """Say whether the actor says where the unit receives urgings: who administers it."""
    return may(actor, Permission.UNIT_ADMIN, unit, _("Your post does not administer this unit."))


def may_see_urging(actor: Actor, urging: Urging, heads: bool, posts: Collection[UUID]) -> Verdict:
    """Say whether the actor answers for whom was urged.

    `heads`: whether its post is the unit's head; `posts`: those that it holds.
    """
    if actor.unit != urging.unit_id or actor.post is None:
        return Refusal(_("Only a post of the unit that was urged says that it has seen it."))
    if urging.heads and not heads:
        return Refusal(_("This urging went to the head of the unit."))
    if urging.told_post_id is not None and urging.told_post_id not in posts:
        return Refusal(_("This urging went to the post that answers for the assignment."))
    return True


def may_receive(actor: Actor) -> Verdict:
    """Say whether the actor lets a browser receive the urgings of its unit: who holds a post there."""
    if actor.account is None or actor.post is None or actor.unit is None:
        return Refusal(_("Your account holds no post today, so nobody urges it."))
    return True


def may_take_off(actor: Actor, browser: UrgingBrowser) -> Verdict:
    """Say whether the actor takes the browser off: its officer, or the system once the browser is no more."""
    if actor.account is None or actor.account == browser.account_id:
        return True
    return Refusal(_("This browser is another officer's."))
