"""The only writers of what posts may do."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.recording import Recorded, Submission, record
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing
from thammuu.kernel.ids import new_id
from thammuu.org import authority, directory, facts, policies
from thammuu.org.models import Event, Grant, Post
from thammuu.org.rules import Role

REASON_LIMIT = 500
# What was typed a moment ago still counts as now.
TYPING = timedelta(minutes=5)


def grant_role(
    *,
    actor: Actor,
    now: datetime,
    post: UUID,
    role: Role,
    unit: UUID,
    reason: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    event: UUID | None = None,
    classification: int = 0,
    submission: Submission | None = None,
) -> Recorded:
    """Grant a post a role at a unit and below, from `starts_at` (None: now) until before `ends_at` (None: for good).

    With an event it reaches only what belongs to that event; `classification` is the highest level it reaches. Raises
    `Refused` for a right, a unit, an event or a level beyond the actor's own, `BadInput` for a time that has passed,
    an end before the start or no reason, `Missing` for a post that does not exist.
    """
    holder = Post.objects.filter(id=post).first()
    if holder is None:
        raise Missing(_("This post does not exist."))
    known = directory.current()
    if unit not in known.units:
        raise Missing(_("This unit does not exist."))
    actor = acting(actor, policies.may_grant_role(actor, role, unit, event, classification))
    begins = beginning(actor, starts_at, now)
    check_interval(begins, ends_at, now)
    if event is not None and not Event.objects.filter(id=event).exists():
        raise BadInput("event", _("There is no such event."))
    grant = Grant(
        id=new_id(),
        post_id=post,
        role=str(role),
        unit_id=unit,
        event_id=event,
        classification=classification,
        starts_at=begins,
        ends_at=ends_at,
        reason=stated(reason),
        granted_by_id=actor.post,
    )
    names = {"title": known.post_label(post) or holder.title, "unit": known.unit_label(unit)}
    told = facts.RoleGranted(subject_id=grant.id, **{**facts.values_of(facts.RoleGranted, grant), **names})
    done = record(
        told,
        actor=actor,
        at=now,
        now=now,
        units=sorted({unit, holder.unit_id}),
        event=event,
        rows=[grant],
        submission=submission,
    )
    authority.forget()
    return done


def withdraw_role(*, actor: Actor, now: datetime, grant: UUID, reason: str, ends_at: datetime | None = None) -> None:
    """End a granted role at an instant (None: at once), with a reason. Never later than it ends already.

    Raises `BadInput` for a time that has passed, for a role that has ended, or without a reason.
    """
    with transaction.atomic():
        row = Grant.objects.select_for_update().select_related("post").filter(id=grant).first()
        if row is None:
            raise Missing(_("This role was never granted."))
        actor = acting(actor, policies.may_grant(actor, row.unit_id))
        end = max(beginning(actor, ends_at, now), row.starts_at)
        if row.ends_at is not None and row.ends_at <= max(end, now):
            raise BadInput("ends_at", _("This role ends by then already."))
        row.ends_at = end
        row.save(update_fields=["ends_at"])
        title = directory.current().post_label(row.post_id) or row.post.title
        told = facts.RoleWithdrawn(subject_id=row.id, ends_at=end, reason=stated(reason), title=title, role=row.role)
        record(told, actor=actor, at=now, now=now, units=sorted({row.unit_id, row.post.unit_id}), event=row.event_id)
    authority.forget()


def check_interval(starts_at: datetime, ends_at: datetime | None, now: datetime) -> None:
    """Raise `BadInput` unless the end lies ahead and behind the start."""
    if ends_at is not None and ends_at <= max(starts_at, now):
        raise BadInput("ends_at", _("The end must lie ahead, and after the start."))


def stated(reason: str) -> str:
    """Return the reason as kept. Raises `BadInput` if there is none."""
    reason = " ".join(reason.split())
    if not reason:
        raise BadInput("reason", _("Say why."))
    if len(reason) > REASON_LIMIT:
        raise BadInput("reason", _("A reason has at most {limit} characters.").format(limit=REASON_LIMIT))
    return reason


def beginning(actor: Actor, at: datetime | None, now: datetime) -> datetime:
    """Return from when on it counts; only the system itself says what holds since earlier."""
    if at is None:
        return now
    if at < now - TYPING and actor.account is not None:
        raise BadInput("starts_at", _("Nothing is granted or taken back in the past."))
    return at if actor.account is None else max(at, now)
