"""Rights that a post has of others: what was delegated to it, and what it does as a substitute.

Both stand on a grant and go no further and no longer than it: withdrawn there, they end here on the same instant.
What was lent is not lent further, and a substitute takes on what was granted to the post, not what was delegated to it.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from thammuu.kernel.actor import Lent, Units
from thammuu.org import rights
from thammuu.org.models import Delegation, Grant, Substitution
from thammuu.org.rights import Right
from thammuu.org.rules import Role, Source


def granted(row: Grant) -> Right:
    """Return the right that a grant gives."""
    return Right(
        source=Source.GRANT,
        id=row.id,
        post=row.post_id,
        role=Role(row.role),
        permissions=rights.of_role(row.role),
        unit=row.unit_id,
        event=row.event_id,
        classification=row.classification,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        reason=row.reason,
        given_by=row.granted_by_id,
    )


def delegated(row: Delegation) -> Right:
    """Return the right that a delegation gives, at most as far as its grant reaches now."""
    base = granted(row.grant)
    return rights.lent(
        base,
        Source.DELEGATION,
        id=row.id,
        post=row.post_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        reason=row.reason,
        given_by=base.post,
        unit=row.unit_id,
        event=row.event_id,
        classification=row.classification,
    )


def lent_to(posts: Collection[UUID] | None, at: datetime) -> list[Right]:
    """Return what is lent to the posts (None: to any) and has not ended by the instant."""
    receivers = Q() if posts is None else Q(post__in=posts)
    rows = Delegation.objects.filter(receivers, ends_at__gt=at).select_related("grant").order_by("starts_at", "id")
    found = [delegated(row) for row in rows]
    actors = Q() if posts is None else Q(substitute__in=posts)
    acting = list(Substitution.objects.filter(actors, ends_at__gt=at).order_by("starts_at", "id"))
    if acting:
        found.extend(_substituted(acting))
    return [right for right in found if right.ends_at is not None and right.ends_at > max(at, right.starts_at)]


def lent_by(post: UUID, at: datetime) -> list[Right]:
    """Return what the post delegated and has not ended by the instant."""
    rows = Delegation.objects.filter(grant__post=post, ends_at__gt=at).select_related("grant")
    found = [delegated(row) for row in rows.order_by("starts_at", "id")]
    return [right for right in found if right.ends_at is not None and right.ends_at > max(at, right.starts_at)]


def _substituted(acting: list[Substitution]) -> Iterable[Right]:
    grants = list(Grant.objects.filter(post__in={row.post_id for row in acting}).order_by("starts_at", "id"))
    for row in acting:
        for grant in grants:
            if grant.post_id == row.post_id:
                yield rights.lent(
                    granted(grant),
                    Source.SUBSTITUTION,
                    id=row.id,
                    post=row.substitute_id,
                    starts_at=row.starts_at,
                    ends_at=row.ends_at,
                    reason="",
                    given_by=row.announced_by_id,
                )


def lents(holding: Iterable[Right], reach: Callable[[UUID], Units]) -> tuple[Lent, ...]:
    """Return what the rights let the actor do on behalf of each post, in the order in which they were lent."""
    by_post: dict[UUID, list[Right]] = {}
    for right in holding:
        if right.behalf is not None:
            by_post.setdefault(right.behalf, []).append(right)
    return tuple(Lent(post, rights.permits_of(found, reach)) for post, found in by_post.items())


def next_lending(now: datetime) -> datetime | None:
    """Return the first instant after `now` at which something lent begins or ends."""
    instants = (
        table.objects.filter(**{f"{name}__gt": now}).order_by(name).values_list(name, flat=True).first()
        for table in (Delegation, Substitution)
        for name in ("starts_at", "ends_at")
    )
    return min((instant for instant in instants if instant is not None), default=None)
