"""The way of an inspection: announced, moved, begun, reported, closed; or cancelled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import given_reason
from thammuu.directives.documents.actions.holding import fields_of
from thammuu.directives.inspection import policies, rules
from thammuu.directives.inspection.actions.holding import Held, hold, placed, stands_at
from thammuu.directives.inspection.actions.planning import judged_days
from thammuu.directives.inspection.facts import (
    InspectionAnnounced,
    InspectionBegun,
    InspectionCancelled,
    InspectionChangeNoted,
    InspectionClosed,
    InspectionMoved,
)
from thammuu.directives.inspection.models import Finding, Inspection, InspectionChange
from thammuu.directives.inspection.rules import FindingState, InspectionState, Step
from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Submission, Told, record_each
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Conflict, Verdict
from thammuu.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Taken:
    """What a step tells: facts of the inspection (the first one's subject is the answer), and what is told beside."""

    facts: Sequence[Fact]
    rows: Sequence[models.Model] = ()
    beside: Sequence[Told] = ()


def announce_inspection(*, actor: Actor, now: datetime, inspection: UUID, submission: Submission | None = None) -> UUID:
    """Let the inspected units know of a planned visit; from now on they see it."""

    def tell(held: Held) -> Taken:
        row = held.row
        row.units = concerned(row)
        told = InspectionAnnounced(subject_id=row.id, state=row.state, units=tuple(row.units), title=row.title)
        return Taken([told])

    return take_step(actor, now, inspection, Step.ANNOUNCE, policies.may_inspect, tell, submission)


def move_inspection(
    *,
    actor: Actor,
    now: datetime,
    inspection: UUID,
    starts_on: date,
    ends_on: date,
    reason: str,
    submission: Submission | None = None,
) -> UUID:
    """Put a visit that has not begun on other days, with a reason. Raises `BadInput` for days that cannot be."""
    why = given_reason(reason)

    def tell(held: Held) -> Taken:
        row = held.row
        row.starts_on, row.ends_on = judged_days(starts_on, ends_on, now)
        told = InspectionMoved(subject_id=row.id, starts_on=row.starts_on, ends_on=row.ends_on, reason=why)
        return Taken([told])

    return take_step(actor, now, inspection, Step.MOVE, policies.may_inspect, tell, submission, why)


def begin_inspection(*, actor: Actor, now: datetime, inspection: UUID, submission: Submission | None = None) -> UUID:
    """Begin a visit, announced or not; from now on the inspected units see it, but nothing of what is found."""

    def tell(held: Held) -> Taken:
        row = held.row
        row.units = concerned(row)
        told = InspectionBegun(subject_id=row.id, state=row.state, units=tuple(row.units), title=row.title)
        return Taken([told])

    return take_step(actor, now, inspection, Step.BEGIN, policies.may_inspect, tell, submission)


def cancel_inspection(
    *, actor: Actor, now: datetime, inspection: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Cancel a visit, or break it off before anything was reported, with a reason; it stays on record."""
    why = given_reason(reason)

    def tell(held: Held) -> Taken:
        return Taken([InspectionCancelled(subject_id=held.row.id, state=held.row.state, reason=why)])

    return take_step(actor, now, inspection, Step.CANCEL, policies.may_inspect, tell, submission, why)


def close_inspection(*, actor: Actor, now: datetime, inspection: UUID, submission: Submission | None = None) -> UUID:
    """Close a concluded inspection. Raises `Conflict` while a finding is open."""

    def tell(held: Held) -> Taken:
        left = Finding.objects.filter(inspection=held.row, state=str(FindingState.OPEN)).count()
        if left:
            raise Conflict(_("Findings that are still open: {count}. Close each of them first.").format(count=left))
        return Taken([InspectionClosed(subject_id=held.row.id, state=held.row.state)])

    return take_step(actor, now, inspection, Step.CLOSE, policies.may_inspect, tell, submission)


def take_step(
    actor: Actor,
    now: datetime,
    inspection: UUID,
    step: Step,
    allowed: Callable[[Actor, Inspection], Verdict],
    tell: Callable[[Held], Taken],
    submission: Submission | None,
    reason: str = "",
) -> UUID:
    """Carry one step out and return its answer; `tell` is called with the locked row, its `state` already the new one.

    Raises `Missing`, `Refused`, or `Conflict` where the inspection does not stand so that the step can be taken.
    """
    with transaction.atomic():
        held = hold(actor, inspection, allowed, submission)
        if held.again is not None:
            return held.again
        row, before = held.row, InspectionState(held.row.state)
        following = rules.after(before, step)
        if following is None:
            raise Conflict(stands_at(row))
        row.state = str(following)
        taken = tell(held)
        row.save()
        change = _change(held, now, step, before, reason)
        facts = [*taken.facts, _noted(change)]
        own = Told(facts, row.units, [*taken.rows, change], row.event_id, row.classification)
        done = record_each([own, *taken.beside], actor=held.actor, at=now, now=now, submission=submission)
    return done.answer


def concerned(row: Inspection) -> list[UUID]:
    """Return the units that see an inspection once it is known: the inspecting one and those it inspects."""
    return list(dict.fromkeys([row.unit_id, *row.inspected_units]))


def _change(held: Held, now: datetime, step: Step, before: InspectionState, reason: str) -> InspectionChange:
    row = held.row
    return InspectionChange(
        id=new_id(), inspection=row, step=str(step), state_before=str(before), state_after=row.state, reason=reason,
        post_id=held.post, behalf_id=held.actor.behalf, changed_at=now, **{**placed(row), "units": row.units},
    )  # fmt: skip


def _noted(change: InspectionChange) -> InspectionChangeNoted:
    link = Link(Relation.CONCERNS, Subject.INSPECTION, change.inspection_id)
    return InspectionChangeNoted(subject_id=change.id, links=(link,), **fields_of(InspectionChangeNoted, change))
