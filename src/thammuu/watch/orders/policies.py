"""Who gives orders to whom, who answers them, and who has a say in them afterwards."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import OnBehalf, Refusal, Verdict
from thammuu.org.policies import Placed, anywhere, may, may_on
from thammuu.org.rules import Permission
from thammuu.watch.orders import receivers


class Addressed(Placed, Protocol):
    """An addressee of an order, or the row of a list that stands for one."""

    @property
    def id(self) -> UUID: ...
    @property
    def post_id(self) -> UUID | None: ...
    @property
    def role(self) -> str: ...


class Given(Placed, Protocol):
    """An order: `unit_id` and `post_id` gave it."""

    @property
    def post_id(self) -> UUID | None: ...


def may_give_orders(actor: Actor) -> Verdict:
    """Say whether the actor gives orders to any unit at all; to which, is judged order by order."""
    if actor.may_somewhere(Permission.ORDER_GIVE):
        return actor.by(Permission.ORDER_GIVE, anywhere)
    return Refusal(_("Your post gives no orders."))


def may_give_order(actor: Actor, unit: UUID, *, event: UUID | None = None, classification: int = 0) -> Verdict:
    """Say whether the actor may give an order to the unit, its posts and its roles."""
    reason = _("Your post gives no orders to this unit.")
    return may(actor, Permission.ORDER_GIVE, unit, reason, event=event, classification=classification)


def may_control(actor: Actor, order: Given) -> Verdict:
    """Say whether the actor rules read-backs, confirms, withdraws and corrects: who gave it, or the floor it came from.

    `order` may be one of its addressees' rows with the order's unit and post.
    """
    if actor.post is not None and order.post_id == actor.post:
        return True
    reason = _("Only the watch floor that gave this order confirms, corrects and withdraws it.")
    return may_on(actor, Permission.ORDER_GIVE, order, reason)


def may_answer(actor: Actor, addressee: Addressed, own: receivers.Whom, now: datetime) -> Verdict:
    """Say whether the actor, who is `own`, answers: it is addressed itself, or for the post that lends to it.

    Whoever opened the order by its link sees this one addressee and nothing else, and answers for it.
    """
    if actor.account is None:
        opened = addressee.id in actor.scope.opened
        return True if opened else Refusal(_("This order is answered by its addressee."))
    unit, post, role = addressee.unit_id, addressee.post_id, addressee.role
    reason = _("Only the addressee answers this order.")
    event, level = addressee.event_id, addressee.classification
    if own.is_addressed(unit, post, role):
        return may(actor, Permission.ORDER_ANSWER, unit, reason, event=event, classification=level)
    lenders = [lent.post for lent in actor.lent if lent.post == post]
    if role:
        lenders = receivers.lent_posts(actor, role, unit, now)
    for lent in actor.lent:
        held = lent.permits.get(Permission.ORDER_ANSWER)
        if lent.post in lenders and held is not None and held.allows(unit, event, level):
            return OnBehalf(lent.post)
    return Refusal(reason)
