"""Who an audience is: the unit that is urged, its heads, and the post that answers."""

from collections.abc import Set
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from thammuu.directives.urging.rules import Audience
from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import day_of
from thammuu.org import authority
from thammuu.org.directory import Directory
from thammuu.org.models import Grant
from thammuu.org.rules import Role


def unit_of(audience: Audience, lead: UUID, issuer: UUID, known: Directory) -> UUID:
    """Return the unit of an audience today: for a closed unit the first that succeeds it."""
    if audience in (Audience.LEAD, Audience.LEAD_POST, Audience.LEAD_HEAD):
        return known.present(lead)[0]
    present = known.present(issuer)[0]
    if audience is Audience.ABOVE and present in known.units:
        return known.units[present].parent or present
    return present


def post_of(audience: Audience, answers: UUID | None, unit: UUID, held: Set[UUID], known: Directory) -> UUID | None:
    """Return the post that alone is urged; None for the unit: also where the post that answers is not among `held`."""
    if audience is not Audience.LEAD_POST or answers is None or answers not in held:
        return None
    post = known.posts.get(answers)
    return answers if post is not None and post.unit in known.stands_for(unit) else None


def heads_of(unit: UUID, now: datetime) -> frozenset[UUID]:
    """Return the posts that have the role of chief at the unit itself."""
    lasting = Q(ends_at=None) | Q(ends_at__gt=now)
    found = Grant.objects.filter(lasting, role=Role.CHIEF, unit=unit, starts_at__lte=now, event_id=None)
    return frozenset(found.values_list("post_id", flat=True))


def is_head(actor: Actor, now: datetime) -> bool:
    """Say whether the actor's post is the head of its unit; where a unit has none, each of its posts is."""
    if actor.unit is None:
        return False
    heads = heads_of(actor.unit, now)
    return not heads or actor.post in heads


def posts_of(actor: Actor, now: datetime) -> list[UUID]:
    """Return the posts that the actor holds: urgings for each of them are for whoever holds several."""
    return authority.posts_held(actor.account, day_of(now)) if actor.account else []
