"""One way to change an assignment: lock it, ask who may, answer a repeated sending, ask the rules, record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from thammuu.directives import labels, rules
from thammuu.directives.actions.ending import ended
from thammuu.directives.facts import AssignmentChangeNoted
from thammuu.directives.models import Assignment, AssignmentChange
from thammuu.directives.rules import Act, State
from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Submission, answered, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.clock import format_instant
from thammuu.kernel.errors import Conflict, Missing, Verdict
from thammuu.kernel.ids import new_id
from thammuu.org import queries as org
from thammuu.org.policies import visible_to


@dataclass(frozen=True, slots=True)
class Told:
    """What a change tells: facts (the first one's subject is the answer), new rows, changed fields of the row."""

    facts: Sequence[Fact]
    rows: Sequence[models.Model] = ()
    changed: Sequence[str] = ()
    reason: str = ""


def change_assignment(
    *,
    actor: Actor,
    now: datetime,
    assignment: UUID,
    act: Act,
    allowed: Callable[[Actor, Assignment], Verdict],
    tell: Callable[[Assignment], Told],
    submission: Submission | None,
) -> UUID:
    """Carry one act out and return its answer; `tell` is called with the locked row, its `state` already the new one.

    Raises `Missing` for what the actor may not see, `Refused` for what it may not do, `Conflict` where the state does
    not allow the act any more.
    """
    with transaction.atomic():
        row = locked(actor, assignment)
        actor = acting(actor, allowed(actor, row))
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        before, deadline = State(row.state), row.deadline
        following = rules.after(before, act)
        if following is None:
            raise moved_on(row, actor.language)
        row.state = str(following)
        told = tell(row)
        row.save(update_fields=["state", *told.changed])
        change = _change(actor, now, row, act, before, deadline, told.reason)
        done = record(
            *told.facts,
            _noted(change),
            *ended([row], now).get(row.id, ()),
            actor=actor,
            at=now,
            now=now,
            units=row.units,
            event=row.event_id,
            classification=row.classification,
            rows=[*told.rows, change],
            submission=submission,
        )
    return done.answer


def attend_assignment(
    *,
    actor: Actor,
    now: datetime,
    assignment: UUID,
    allowed: Callable[[Actor, Assignment], Verdict],
    tell: Callable[[Assignment], Told],
    submission: Submission | None,
) -> UUID:
    """Record something about an assignment that leaves it where it stands, and return the answer.

    Raises `Missing`, `Refused`, and what `tell` raises.
    """
    with transaction.atomic():
        row = locked(actor, assignment)
        actor = acting(actor, allowed(actor, row))
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        told = tell(row)
        done = record(
            *told.facts,
            actor=actor,
            at=now,
            now=now,
            units=row.units,
            event=row.event_id,
            classification=row.classification,
            rows=told.rows,
            submission=submission,
        )
    return done.answer


def locked(actor: Actor, assignment: UUID) -> Assignment:
    """Return the row, locked. Raises `Missing` for what the actor may not see."""
    row = Assignment.objects.select_for_update().filter(visible_to(actor), id=assignment).first()
    if row is None:
        raise Missing(_("There is no such assignment, or your post may not see it."))
    return row


def noted(
    actor: Actor, now: datetime, row: Assignment, act: Act, before: State, reason: str
) -> tuple[AssignmentChange, AssignmentChangeNoted]:
    """Return the row of a change of state that was made, with its fact."""
    change = _change(actor, now, row, act, before, row.deadline, reason)
    return change, _noted(change)


def moved_on(row: Assignment, language: str) -> Conflict:
    """Return the conflict of an act that the state does not allow any more: since when, and by whom."""
    return Conflict(_moved_on(row, language))


def _change(
    actor: Actor, now: datetime, row: Assignment, act: Act, before: State, deadline: datetime, reason: str
) -> AssignmentChange:
    moved = row.deadline != deadline
    return AssignmentChange(
        id=new_id(),
        world=row.world,
        units=row.units,
        classification=row.classification,
        event_id=row.event_id,
        assignment_id=row.id,
        act=str(act),
        state_before=str(before),
        state_after=row.state,
        reason=reason,
        deadline_before=deadline if moved else None,
        deadline_after=row.deadline if moved else None,
        post_id=actor.post,
        changed_at=now,
    )


def _noted(change: AssignmentChange) -> AssignmentChangeNoted:
    names = [name for name in AssignmentChangeNoted.model_fields if name not in Fact.model_fields]
    link = Link(Relation.CONCERNS, Subject.ASSIGNMENT, change.assignment_id)
    return AssignmentChangeNoted(subject_id=change.id, links=(link,), **{name: getattr(change, name) for name in names})


def _moved_on(row: Assignment, language: str) -> str:
    state = labels.STATES[State(row.state)]
    last = AssignmentChange.objects.filter(assignment=row.id).order_by("-changed_at", "-id").first()
    if last is None:
        return _("The assignment stands at “{state}”; this cannot be done now.").format(state=state)
    text = _("The assignment stands at “{state}” since {time} ({post}); this cannot be done any more.")
    time = format_instant(last.changed_at, language)
    return text.format(state=state, time=time, post=org.post_label(last.post_id) or "Thammuu")
