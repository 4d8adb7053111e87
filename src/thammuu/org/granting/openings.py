"""Emergency openings as pages show them: one's own, and those that one reviews."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.models import EmergencyOpening
from thammuu.org.policies import may_review_opening
from thammuu.org.rules import Permission

SHOWN = 200


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """An opening in words, and what the reader may do with it."""

    row: EmergencyOpening
    post: str
    unit: str
    reviewer: str
    is_unit: bool
    lasts: bool
    may_end: bool
    may_review: bool


def openings(actor: Actor, now: datetime) -> list[OpeningRow]:
    """Return the newest openings that are the actor's own or under its review, those that wait for it first."""
    known = directory.current()
    found = []
    for row in _of(actor)[:SHOWN]:
        reviews = bool(may_review_opening(actor, row))
        lasts = row.ends_at > now
        found.append(
            OpeningRow(
                row=row,
                post=known.post_label(row.post_id),
                unit=known.unit_label(row.unit_id),
                reviewer=known.post_label(row.reviewed_by_id),
                is_unit=row.kind == "unit",
                lasts=lasts,
                may_end=lasts and (reviews or row.account_id == actor.account),
                may_review=reviews and row.reviewed_at is None,
            )
        )
    return sorted(found, key=lambda row: not row.may_review)


def waiting_count(actor: Actor) -> int:
    """Return how many openings wait for the actor's review."""
    if not actor.may_somewhere(Permission.EMERGENCY_REVIEW):
        return 0
    return _of(actor).filter(reviewed_at=None).exclude(account=actor.account).count()


def _of(actor: Actor) -> QuerySet[EmergencyOpening]:
    units = actor.units_of(Permission.EMERGENCY_REVIEW)
    known = directory.current()
    posts = [post.id for post in known.posts.values() if units is None or post.unit in units]
    reviewed = Q() if units is None else Q(unit__in=units) | Q(post__in=posts)
    mine = Q(account=actor.account)
    wanted = reviewed | mine if reviewed else Q()
    return EmergencyOpening.objects.filter(wanted).select_related("post").order_by("-starts_at", "-id")
