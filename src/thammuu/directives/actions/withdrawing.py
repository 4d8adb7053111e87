"""Taking assignments back: one with what stands below it, or all that is open of a decision."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives import policies
from thammuu.directives.actions.changing import Told as Change
from thammuu.directives.actions.changing import change_assignment, noted
from thammuu.directives.actions.ending import ended
from thammuu.directives.actions.wording import given_reason
from thammuu.directives.facts import AssignmentWithdrawn, EvidenceReturned
from thammuu.directives.models import Assignment, Decision, Evidence
from thammuu.directives.rules import OPEN, Act, EvidenceState, State
from thammuu.journal.facts import Fact
from thammuu.journal.recording import Submission, Told, answered, record_each
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import Conflict, Missing, require
from thammuu.org.policies import visible_to


def withdraw_assignment(
    *, actor: Actor, now: datetime, assignment: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Take an unfinished assignment back, with a reason, and with it what is open below it; it counts in no rate."""
    why = given_reason(reason)
    withdrawn: list[UUID] = []

    def tell(row: Assignment) -> Change:
        withdrawn.append(row.id)
        told = AssignmentWithdrawn(subject_id=row.id, state=row.state, reason=why)
        return Change(facts=[told, *_returned(actor, now, [row], why).values()], reason=why)

    with transaction.atomic():
        answer = change_assignment(
            actor=actor,
            now=now,
            assignment=assignment,
            act=Act.WITHDRAW,
            allowed=policies.may_assign,
            tell=tell,
            submission=submission,
        )
        below = Assignment.objects.filter(above__overlap=withdrawn, state__in=OPEN).select_for_update().order_by("id")
        told = _withdrawn(actor, now, list(below), why)
        if told:
            record_each(told, actor=actor, at=now, now=now)
    return answer


def release_assignments(
    *, actor: Actor, now: datetime, decision: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Take back, in one act, every open assignment of a decision that no longer holds; return the first one's id.

    Raises `Conflict` if none is open, `Refused` if the actor does not assign for the unit of one.
    """
    why = given_reason(reason)
    with transaction.atomic():
        row = Decision.objects.select_for_update().filter(visible_to(actor), id=decision).first()
        if row is None:
            raise Missing(_("There is no such decision, or your post may not see it."))
        actor = acting(actor, policies.may_assign(actor, row))
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        found = Assignment.objects.filter(visible_to(actor), decision=decision, state__in=OPEN)
        rows = list(found.select_for_update().order_by("id"))
        if not rows:
            raise Conflict(_("No assignment of this decision is open any more."))
        for issuing in {each.unit_id: each for each in rows}.values():
            require(policies.may_assign(actor, issuing))
        done = record_each(_withdrawn(actor, now, rows, why), actor=actor, at=now, now=now, submission=submission)
    return done.answer


def _withdrawn(actor: Actor, now: datetime, rows: Sequence[Assignment], why: str) -> list[Told]:
    """Write that the (locked) rows are withdrawn, and return what is recorded of each."""
    told = []
    returned = _returned(actor, now, rows, why)
    for row in rows:
        before = State(row.state)
        row.state = str(State.WITHDRAWN)
        change, fact = noted(actor, now, row, Act.WITHDRAW, before, why)
        facts: list[Fact] = [AssignmentWithdrawn(subject_id=row.id, state=row.state, reason=why), fact]
        if row.id in returned:
            facts.append(returned[row.id])
        told.append(Told(facts, row.units, [change], row.event_id, row.classification))
    ending = ended(rows, now)
    told = [replace(one, facts=[*one.facts, *ending.get(row.id, ())]) for row, one in zip(rows, told, strict=True)]
    Assignment.objects.filter(id__in=[row.id for row in rows]).update(state=str(State.WITHDRAWN))
    return told


def _returned(actor: Actor, now: datetime, rows: Sequence[Assignment], why: str) -> dict[UUID, EvidenceReturned]:
    """Return the evidence that waits: nobody will verify it. By the assignment, what is recorded of it."""
    waiting = Evidence.objects.filter(assignment__in=[row.id for row in rows], state=EvidenceState.SUBMITTED)
    found = {
        assignment: EvidenceReturned(
            subject_id=id, state=str(EvidenceState.RETURNED), reason=why, judged_by_id=actor.post, judged_at=now
        )
        for id, assignment in waiting.values_list("id", "assignment_id")
    }
    if found:
        waiting.update(state=str(EvidenceState.RETURNED), reason=why, judged_by=actor.post, judged_at=now)
    return found
