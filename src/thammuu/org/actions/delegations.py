"""The only writers of what a post lets another do on its behalf."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.recording import Recorded, Submission, record
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.clock import format_instant
from thammuu.kernel.errors import BadInput, Missing, Refused, require
from thammuu.kernel.ids import new_id
from thammuu.org import authority, directory, lending_facts, policies
from thammuu.org.actions.grants import beginning, check_interval, stated
from thammuu.org.facts import values_of
from thammuu.org.lending import delegated
from thammuu.org.models import Delegation, Event, Grant, Post


def delegate_right(
    *,
    actor: Actor,
    now: datetime,
    grant: UUID,
    post: UUID,
    unit: UUID,
    ends_at: datetime,
    reason: str,
    starts_at: datetime | None = None,
    event: UUID | None = None,
    classification: int = 0,
    submission: Submission | None = None,
) -> Recorded:
    """Let a post use a role granted to one of the actor's own, from `starts_at` (None: now) until before the end.

    Raises `Refused` for what the actor's post was not granted itself, or beyond its units, event or level; `BadInput`
    for a time that has passed or beyond the grant's own, for no reason or to oneself; `Missing` for no such post.
    """
    held = authority.posts_held(actor.account, clock.day_of(now)) if actor.account else []
    row = Grant.objects.select_related("post").filter(id=grant).first()
    if row is None:
        raise _no_grant(grant)
    require(policies.may_delegate(held, row, unit, event, classification))
    receiver = Post.objects.filter(id=post).first()
    if receiver is None:
        raise Missing(_("This post does not exist."))
    if post in held:
        raise BadInput("post", _("Nobody delegates to oneself."))
    begins = beginning(actor, starts_at, now)
    check_interval(begins, ends_at, now)
    _check_within(row, begins, ends_at, actor.language)
    if event is not None and not Event.objects.filter(id=event).exists():
        raise BadInput("event", _("There is no such event."))
    made = Delegation(
        id=new_id(), grant=row, post_id=post, unit_id=unit, event_id=event or row.event_id,
        classification=classification, starts_at=begins, ends_at=ends_at, reason=stated(reason),
    )  # fmt: skip
    known = directory.current()
    names = {"title": known.post_label(post), "by": known.post_label(row.post_id), "unit": known.unit_label(unit)}
    told = lending_facts.RightDelegated(
        subject_id=made.id, role=row.role, **{**values_of(lending_facts.RightDelegated, made), **names}
    )
    done = record(
        told, actor=actor, at=now, now=now, units=_concerned(made, receiver), event=made.event_id,
        rows=[made], submission=submission,
    )  # fmt: skip
    authority.forget()
    return done


def end_delegation(*, actor: Actor, now: datetime, delegation: UUID, reason: str) -> None:
    """Take a delegated right back at once, with a reason. Raises `BadInput` if it has ended, or without a reason."""
    with transaction.atomic():
        row = Delegation.objects.select_for_update(of=("self",)).filter(id=delegation).first()
        if row is None:
            raise Missing(_("This was never delegated."))
        held = authority.posts_held(actor.account, clock.day_of(now)) if actor.account else []
        actor = acting(actor, policies.may_end_delegated(actor, held, delegated(row)))
        if row.ends_at <= now:
            raise BadInput("reason", _("This role ends by then already."))
        row.ends_at = max(now, row.starts_at)
        row.save(update_fields=["ends_at"])
        title = directory.current().post_label(row.post_id)
        told = lending_facts.DelegationEnded(
            subject_id=row.id, ends_at=row.ends_at, reason=stated(reason), title=title, role=row.grant.role
        )
        record(told, actor=actor, at=now, now=now, units=_concerned(row, row.post), event=row.event_id)
    authority.forget()


def _no_grant(id: UUID) -> Missing | Refused:
    if Delegation.objects.filter(id=id).exists():
        return Refused(_("What was delegated to a post is not delegated further."))
    return Missing(_("This role was never granted."))


def _check_within(grant: Grant, starts_at: datetime, ends_at: datetime, language: str) -> None:
    if starts_at < grant.starts_at:
        at = format_instant(grant.starts_at, language)
        raise BadInput("starts_at", _("Your own right begins later: {at}.").format(at=at))
    if grant.ends_at is not None and ends_at > grant.ends_at:
        at = format_instant(grant.ends_at, language)
        raise BadInput("ends_at", _("Your own right ends earlier: {at}.").format(at=at))


def _concerned(row: Delegation, receiver: Post) -> list[UUID]:
    return sorted({row.unit_id, row.grant.post.unit_id, receiver.unit_id})
