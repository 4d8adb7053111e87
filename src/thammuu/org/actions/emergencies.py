"""The only writers of emergency openings."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.recording import Recorded, Submission, record
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import authority, directory, emergencies, facts, policies
from thammuu.org.actions.grants import stated
from thammuu.org.models import EmergencyOpening
from thammuu.org.rules import MOST_HOURS


def open_in_emergency(
    *, actor: Actor, now: datetime, named: str, hours: int, reason: str, submission: Submission | None = None
) -> Recorded:
    """Let the actor read a unit or a thing that it names, for some hours; its superiors are told at once.

    A unit is opened up to the highest level that the actor sees anywhere, a thing at its own level. Raises `Refused`
    without the right to open, `BadInput` without a reason, for more than `MOST_HOURS` or if nothing is so called.
    """
    actor = acting(actor, policies.may_open_in_emergency(actor))
    if actor.account is None or actor.post is None:
        raise Refused(_("Your account holds no post today."))
    if not 1 <= hours <= MOST_HOURS:
        raise BadInput("hours", _("Between 1 and {most} hours.").format(most=MOST_HOURS))
    found = emergencies.find(named)
    if found is None:
        raise BadInput("named", _("No incident has this number, and no one unit this code or name."))
    level = found.classification if found.kind != emergencies.UNIT else max(0, actor.scope.ceiling(None))
    row = EmergencyOpening(
        id=new_id(), account_id=actor.account, post_id=actor.post, kind=found.kind, opened_id=found.id,
        unit_id=found.unit, classification=level, reason=stated(reason), starts_at=now,
        ends_at=now + timedelta(hours=hours),
    )  # fmt: skip
    said = {**facts.values_of(facts.EmergencyOpened, row), "title": found.title, "post": actor.label}
    done = record(
        facts.EmergencyOpened(subject_id=row.id, **said),
        actor=actor, at=now, now=now, units=_told(actor.unit, found.unit), rows=[row], submission=submission,
    )  # fmt: skip
    authority.forget()
    return done


def end_opening(*, actor: Actor, now: datetime, opening: UUID) -> None:
    """End an emergency opening before its time: the officer itself or a superior. Ended already, it stays so."""
    with transaction.atomic():
        row = _locked(opening)
        if row.account_id != actor.account:
            actor = acting(actor, policies.may_review_opening(actor, row))
        if row.ends_at <= now:
            return
        row.ends_at = max(now, row.starts_at)
        row.save(update_fields=["ends_at"])
        told = facts.EmergencyEnded(subject_id=row.id, ends_at=row.ends_at, title=_title(row))
        record(told, actor=actor, at=now, now=now, units=_told(row.post.unit_id, row.unit_id))
    authority.forget()


def review_opening(*, actor: Actor, now: datetime, opening: UUID, review: str) -> None:
    """Say as a superior what was found. Raises `BadInput` without words or if it was reviewed already."""
    with transaction.atomic():
        row = _locked(opening)
        actor = acting(actor, policies.may_review_opening(actor, row))
        if row.reviewed_at is not None:
            raise BadInput("review", _("This opening was reviewed already."))
        row.reviewed_at, row.reviewed_by_id, row.review = now, actor.post, stated(review)
        row.save(update_fields=["reviewed_at", "reviewed_by", "review"])
        told = facts.EmergencyReviewed(subject_id=row.id, reviewed_at=now, reviewed_by_id=actor.post, review=row.review)
        record(told, actor=actor, at=now, now=now, units=_told(row.post.unit_id, row.unit_id))


def _locked(id: UUID) -> EmergencyOpening:
    row = EmergencyOpening.objects.select_for_update(of=("self",)).select_related("post").filter(id=id).first()
    if row is None:
        raise Missing(_("This does not exist, or not for you."))
    return row


def _told(*units: UUID | None) -> list[UUID]:
    return sorted({unit for unit in units if unit is not None})


def _title(row: EmergencyOpening) -> str:
    return directory.current().unit_label(row.unit_id)
