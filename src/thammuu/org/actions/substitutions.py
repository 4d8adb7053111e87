"""The only writers of who acts in a post while its holder is away."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.recording import Recorded, Submission, record
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing
from thammuu.kernel.ids import new_id
from thammuu.org import authority, directory, lending_facts, policies
from thammuu.org.actions.grants import beginning, check_interval
from thammuu.org.facts import values_of
from thammuu.org.models import Post, Substitution
from thammuu.org.rules import MOST_SUBSTITUTES


def name_substitutes(*, actor: Actor, now: datetime, post: UUID, substitutes: Sequence[UUID]) -> None:
    """Say which posts may act in this one, in their order; its holder or its administrator says so.

    Raises `BadInput` for too many, the same twice, the post itself or one that does not exist.
    """
    with transaction.atomic():
        row = _locked(post)
        actor = acting(actor, policies.may_set_substitutes(actor, _held(actor, now), row))
        _check(post, substitutes)
        if row.substitutes == list(substitutes):
            return
        row.substitutes = list(substitutes)
        row.save(update_fields=["substitutes"])
        known = directory.current()
        told = lending_facts.SubstitutesNamed(
            subject_id=post,
            substitutes=tuple(substitutes),
            title=known.post_label(post),
            names="; ".join(known.post_label(one) for one in substitutes) or "–",
        )
        record(told, actor=actor, at=now, now=now, units=[row.unit_id])


def announce_substitution(
    *,
    actor: Actor,
    now: datetime,
    post: UUID,
    substitute: UUID,
    ends_at: datetime,
    starts_at: datetime | None = None,
    submission: Submission | None = None,
) -> Recorded:
    """Let one of the named substitutes act in a post from `starts_at` (None: now) until before the end.

    Raises `BadInput` for a post that is not named, a time that has passed or one at which another substitute acts.
    """
    with transaction.atomic():
        row = _locked(post)
        actor = acting(actor, policies.may_set_substitutes(actor, _held(actor, now), row))
        if substitute not in row.substitutes:
            raise BadInput("substitute", _("This post is not named as a substitute."))
        begins = beginning(actor, starts_at, now)
        check_interval(begins, ends_at, now)
        if Substitution.objects.filter(post=post, starts_at__lt=ends_at, ends_at__gt=begins).exists():
            raise BadInput("starts_at", _("A substitute acts in this post at that time already."))
        made = Substitution(
            id=new_id(), post=row, substitute_id=substitute, starts_at=begins, ends_at=ends_at,
            announced_by_id=actor.post,
        )  # fmt: skip
        told = lending_facts.SubstitutionAnnounced(
            subject_id=made.id, **{**values_of(lending_facts.SubstitutionAnnounced, made), **_names(made)}
        )
        done = record(
            told, actor=actor, at=now, now=now, units=_concerned(made), rows=[made], submission=submission
        )  # fmt: skip
    authority.forget()
    return done


def end_substitution(*, actor: Actor, now: datetime, substitution: UUID) -> None:
    """Let a substitute act no longer. Ended already, it stays so."""
    with transaction.atomic():
        row = Substitution.objects.select_for_update(of=("self",)).filter(id=substitution).first()
        if row is None:
            raise Missing(_("This does not exist, or not for you."))
        held = _held(actor, now)
        if row.substitute_id not in held:
            actor = acting(actor, policies.may_set_substitutes(actor, held, row.post))
        if row.ends_at <= now:
            return
        row.ends_at = max(now, row.starts_at)
        row.save(update_fields=["ends_at"])
        told = lending_facts.SubstitutionEnded(subject_id=row.id, ends_at=row.ends_at, **_names(row))
        record(told, actor=actor, at=now, now=now, units=_concerned(row))
    authority.forget()


def _locked(post: UUID) -> Post:
    row = Post.objects.select_for_update().filter(id=post).first()
    if row is None:
        raise Missing(_("This post does not exist."))
    return row


def _held(actor: Actor, now: datetime) -> list[UUID]:
    return authority.posts_held(actor.account, clock.day_of(now)) if actor.account else []


def _check(post: UUID, substitutes: Sequence[UUID]) -> None:
    if len(substitutes) > MOST_SUBSTITUTES:
        raise BadInput("substitutes", _("At most {most} substitutes.").format(most=MOST_SUBSTITUTES))
    if post in substitutes or len(set(substitutes)) != len(substitutes):
        raise BadInput("substitutes", _("A substitute is another post, and each is named once."))
    if Post.objects.filter(id__in=substitutes).count() != len(substitutes):
        raise BadInput("substitutes", _("This post does not exist."))


def _names(row: Substitution) -> dict[str, str]:
    known = directory.current()
    return {"title": known.post_label(row.post_id), "substitute": known.post_label(row.substitute_id)}


def _concerned(row: Substitution) -> list[UUID]:
    return sorted({row.post.unit_id, row.substitute.unit_id})
