"""From an account to the actor: which post it holds today, what that post may do and where.

An actor is held for a few seconds, and never beyond the instant at which one of its rights begins or ends.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from thammuu.kernel import clock
from thammuu.kernel.actor import EVERYTHING, NOTHING, Actor, Scope, Units
from thammuu.org import directory, emergencies, rights
from thammuu.org.lending import granted, lent_to, lents, next_lending
from thammuu.org.models import Account, EmergencyOpening, Grant, Holding
from thammuu.org.rights import Right
from thammuu.org.rules import OPENED, Permission, Source

KEEP_SECONDS = 5.0
SYSTEM = Actor(
    account=None,
    post=None,
    unit=None,
    label="Thammuu",
    scope=EVERYTHING,
    permits={str(permission): EVERYTHING for permission in Permission},
)


@dataclass(frozen=True, slots=True)
class _Held:
    """An actor, when it was read (monotonic seconds), and when its rights change next."""

    actor: Actor
    read_at: float
    until: datetime | None

    def is_fresh(self) -> bool:
        return time.monotonic() - self.read_at < KEEP_SECONDS and (self.until is None or clock.now() < self.until)


_actors: dict[UUID, _Held] = {}


def actor_of(account: UUID) -> Actor | None:
    """Return the actor for an active account, None for a closed one; at most `KEEP_SECONDS` old."""
    actor = held_actor(account)
    if actor is not None:
        return actor
    actors = _actors
    read_at = time.monotonic()
    found = _read(account)
    if found is None:
        return None
    # Into the mapping from before the reading: if authority changed meanwhile, that one is no longer looked at.
    actors[account] = _Held(found[0], read_at, found[1])
    return found[0]


def held_actor(account: UUID) -> Actor | None:
    """Return the actor if it was read within `KEEP_SECONDS` and has the same rights still; reads nothing."""
    held = _actors.get(account)
    return held.actor if held is not None and held.is_fresh() else None


def alone(actor: Actor) -> Actor:
    """Return the actor without what other posts lend to it."""
    if not actor.lent:
        return actor
    return replace(actor, permits=actor.own, scope=actor.own.get(str(Permission.VIEW), NOTHING), own={}, lent=())


def forget() -> None:
    """Drop every held actor and the directory: authority, units or posts have changed."""
    global _actors
    _actors = {}
    directory.forget()


def forget_opened() -> None:
    """Drop the held actors that opened something in an emergency: what they opened may have grown."""
    global _actors
    _actors = {id: held for id, held in list(_actors.items()) if not held.actor.scope.opened}


def next_change(now: datetime) -> datetime | None:
    """Return the first instant after `now` at which any right of anybody begins or ends; None if none will."""
    starts = Grant.objects.filter(starts_at__gt=now).order_by("starts_at").values_list("starts_at", flat=True).first()
    ends = Grant.objects.filter(ends_at__gt=now).order_by("ends_at").values_list("ends_at", flat=True).first()
    closing = EmergencyOpening.objects.filter(ends_at__gt=now).order_by("ends_at").values_list("ends_at", flat=True)
    instants = (starts, ends, closing.first(), next_lending(now))
    return min((instant for instant in instants if instant is not None), default=None)


def posts_held(account: UUID, day: date) -> list[UUID]:
    """Return the posts that an account holds on a day, the one taken last at the end."""
    found = Holding.objects.filter(_on(day), account=account).order_by("starts_on", "id")
    return [holding.post_id for holding in found]


def held_among(posts: Collection[UUID], day: date) -> frozenset[UUID]:
    """Return those of the posts that somebody holds on a day."""
    return frozenset(Holding.objects.filter(_on(day), post__in=posts).values_list("post_id", flat=True))


def rights_of(posts: Collection[UUID] | None, at: datetime, account: UUID | None = None) -> list[Right]:
    """Return every right of the posts (None: of all) that has not ended by the instant, also if it begins later.

    Of emergency openings those of the account alone, if it is given.
    """
    waiting = Q(ends_at=None) | Q(ends_at__gt=at)
    theirs = Q() if posts is None else Q(post__in=posts)
    found = [granted(row) for row in Grant.objects.filter(waiting, theirs).order_by("starts_at", "id")]
    own = theirs if account is None else Q(account=account)
    openings = EmergencyOpening.objects.filter(own, ends_at__gt=at).order_by("starts_at", "id")
    return [*found, *lent_to(posts, at), *(opened(row) for row in openings)]


def opened(row: EmergencyOpening) -> Right:
    """Return the right that an emergency opening gives: to read, and nothing else."""
    return Right(
        source=Source.OPENING,
        id=row.id,
        post=row.post_id,
        role=None,
        permissions=OPENED,
        unit=row.unit_id,
        event=None,
        classification=row.classification,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        reason=row.reason,
        given_by=row.post_id,
        opened=emergencies.rows_of(row.kind, row.opened_id),
    )


def reach_of(unit: UUID) -> Units:
    """Return where a right counts that stands at the unit; None for every unit there is."""
    known = directory.current()
    below = known.reach(unit)
    return None if known.is_everything(below) else below


def _read(account: UUID) -> tuple[Actor, datetime | None] | None:
    row = Account.objects.filter(id=account, is_active=True).first()
    if row is None:
        return None
    now = clock.now()
    posts = posts_held(account, clock.day_of(now))
    known_rights = rights_of(posts, now, account)
    holding = [right for right in known_rights if right.holds_at(now)]
    scope, permits = _permits(holding)
    lent = lents(holding, reach_of)
    post = posts[-1] if posts else None
    known = directory.current()
    actor = Actor(
        account=account,
        post=post,
        unit=known.posts[post].unit if post in known.posts else None,
        label=known.post_label(post),
        language=row.language,
        scope=scope,
        permits=permits,
        own=_permits([right for right in holding if right.behalf is None])[1] if lent else {},
        lent=lent,
    )
    return actor, rights.next_change(known_rights, now)


def _permits(holding: list[Right]) -> tuple[Scope, dict[str, Scope]]:
    """Return what is seen by the rights, and how far each permission goes."""
    permits = rights.permits_of(holding, reach_of)
    scope = permits.get(str(Permission.VIEW), NOTHING)
    if any(right.source is Source.OPENING for right in holding):
        # What was opened in an emergency is only read: what may be done goes by what is seen without it.
        standing = rights.permits_of((right for right in holding if right.source is not Source.OPENING), reach_of)
        permits[str(Permission.VIEW)] = standing.get(str(Permission.VIEW), NOTHING)
    return scope, permits


def _on(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))
