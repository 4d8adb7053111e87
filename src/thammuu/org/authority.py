"""From an account to the actor: which post it holds today, what that post may do and where."""

import time
from datetime import date
from uuid import UUID

from django.db.models import Q

from thammuu.kernel import clock
from thammuu.kernel.actor import EVERYTHING, Actor, Scope
from thammuu.org import directory
from thammuu.org.models import Account, Grant, Holding
from thammuu.org.rules import PERMITS, Permission, Role

KEEP_SECONDS = 5.0
SYSTEM = Actor(
    account=None,
    post=None,
    unit=None,
    label="Thammuu",
    scope=EVERYTHING,
    permits={str(permission): None for permission in Permission},
)

_actors: dict[UUID, tuple[float, Actor]] = {}


def actor_of(account: UUID) -> Actor | None:
    """Return the actor for an active account, None for a closed one; at most `KEEP_SECONDS` old."""
    actor = held_actor(account)
    if actor is not None:
        return actor
    actors = _actors
    actor = _read(account)
    if actor is not None:
        # Into the mapping from before the reading: if authority changed meanwhile, that one is no longer looked at.
        actors[account] = (time.monotonic(), actor)
    return actor


def held_actor(account: UUID) -> Actor | None:
    """Return the actor if it was read within `KEEP_SECONDS`; reads nothing."""
    held = _actors.get(account)
    return held[1] if held is not None and time.monotonic() - held[0] < KEEP_SECONDS else None


def forget() -> None:
    """Drop every held actor and the directory: authority, units or posts have changed."""
    global _actors
    _actors = {}
    directory.forget()


def _read(account: UUID) -> Actor | None:
    row = Account.objects.filter(id=account, is_active=True).first()
    if row is None:
        return None
    today = clock.day_of(clock.now())
    posts = [holding.post_id for holding in Holding.objects.filter(_on(today), account=account).order_by("starts_on")]
    permits = _permits(posts, today)
    view = permits.get(str(Permission.VIEW), frozenset())
    post = posts[-1] if posts else None
    known = directory.current()
    return Actor(
        account=account,
        post=post,
        unit=known.posts[post].unit if post in known.posts else None,
        label=known.post_label(post),
        language=row.language,
        scope=Scope(units=view),
        permits=permits,
    )


def _on(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))


def _permits(posts: list[UUID], today: date) -> dict[str, frozenset[UUID] | None]:
    known = directory.current()
    found: dict[str, set[UUID]] = {}
    for grant in Grant.objects.filter(_on(today), post__in=posts):
        below = known.reach(grant.unit_id)
        for permission in PERMITS[Role(grant.role)]:
            found.setdefault(str(permission), set()).update(below)
    return {name: None if known.is_everything(units) else frozenset(units) for name, units in found.items()}
