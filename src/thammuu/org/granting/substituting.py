"""Who acts in whose post, as pages show it, and which substitute is free."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import authority, directory
from thammuu.org.granting.policies import may_oversee
from thammuu.org.models import Holding, Post, Substitution
from thammuu.org.policies import may_set_substitutes

SHOWN = 200


@dataclass(frozen=True, slots=True)
class SubstitutionRow:
    """A substitution in words; `may_end` says whether the reader may end it."""

    row: Substitution
    post: str
    substitute: str
    announced_by: str
    holds: bool
    lasts: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named substitute; `busy` says why it is not free at the instant, "" if it is."""

    post: UUID
    label: str
    busy: str


def substitutions(actor: Actor, now: datetime) -> list[SubstitutionRow]:
    """Return the newest substitutions of the posts that the actor holds, acts for or oversees."""
    held = authority.posts_held(actor.account, clock.day_of(now)) if actor.account else []
    overseen = [post.id for post in directory.current().posts.values() if may_oversee(actor, post.unit)]
    wanted = Q(post__in=[*held, *overseen]) | Q(substitute__in=held)
    return _rows(wanted, actor, held, now)


def substitutions_of(post: UUID, actor: Actor, now: datetime) -> list[SubstitutionRow]:
    """Return what lasts or comes in one post."""
    held = authority.posts_held(actor.account, clock.day_of(now)) if actor.account else []
    return _rows(Q(post=post, ends_at__gt=now), actor, held, now)


def _rows(wanted: Q, actor: Actor, held: Collection[UUID], now: datetime) -> list[SubstitutionRow]:
    known = directory.current()
    rows = Substitution.objects.filter(wanted, ends_at__gt=models.F("starts_at")).select_related("post")
    return [
        SubstitutionRow(
            row=row,
            post=known.post_label(row.post_id),
            substitute=known.post_label(row.substitute_id),
            announced_by=known.post_label(row.announced_by_id) or "Thammuu",
            holds=row.starts_at <= now < row.ends_at,
            lasts=row.ends_at > now,
            may_end=row.ends_at > now and _may_end(actor, held, row),
        )
        for row in rows.order_by("-starts_at", "-id")[:SHOWN]
    ]


def _may_end(actor: Actor, held: Collection[UUID], row: Substitution) -> bool:
    return row.substitute_id in held or bool(may_set_substitutes(actor, held, row.post))


def candidates(post: Post, at: datetime) -> list[Candidate]:
    """Return the named substitutes of a post in their order, with what keeps them at the instant."""
    known, named = directory.current(), list(post.substitutes)
    day = clock.day_of(at)
    filled = set(
        Holding.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day), post__in=named, starts_on__lte=day).values_list(
            "post_id", flat=True
        )
    )
    running = list(Substitution.objects.filter(starts_at__lte=at, ends_at__gt=at))
    away = {row.post_id for row in running}
    acting = {row.substitute_id: row.post_id for row in running}

    def busy(one: UUID) -> str:
        if one not in filled:
            return _("nobody holds it")
        if one in away:
            return _("away")
        return _("acts as {post}").format(post=known.post_label(acting[one])) if one in acting else ""

    return [Candidate(one, known.post_label(one), busy(one)) for one in named]


def first_free(found: Collection[Candidate]) -> UUID | None:
    """Return the first substitute that is free."""
    return next((one.post for one in found if not one.busy), None)
