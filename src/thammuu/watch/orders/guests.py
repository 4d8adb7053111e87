"""Who has an order's link: nobody of the house, who sees this one addressee and may answer for it."""

from datetime import datetime

from thammuu.kernel.actor import Actor, Scope
from thammuu.watch.orders.models import OrderLink


def is_open(link: OrderLink, now: datetime) -> bool:
    """Say whether the link still opens the order."""
    return link.ended_at is None and now < link.ends_at


def guest_of(link: OrderLink, language: str) -> Actor:
    """Return the actor behind an open link: without account, post and permissions, seeing one thing."""
    scope = Scope(units=frozenset(), world=link.world, opened=frozenset({link.addressee_id}))
    return Actor(account=None, post=None, unit=None, language=language, scope=scope)
