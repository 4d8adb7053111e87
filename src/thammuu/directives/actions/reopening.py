"""Taking back that an assignment was carried out, and with it that a finding of an inspection was corrected."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from thammuu.directives import policies
from thammuu.directives.actions.changing import Told as Change
from thammuu.directives.actions.changing import change_assignment
from thammuu.directives.actions.issuing import sets_of
from thammuu.directives.actions.wording import given_reason
from thammuu.directives.execution_facts import AssignmentReopened
from thammuu.directives.inspection import rules
from thammuu.directives.inspection.facts import InspectionChangeNoted, InspectionReopened
from thammuu.directives.inspection.finding_facts import FindingReopened
from thammuu.directives.inspection.models import Finding, Inspection, InspectionChange
from thammuu.directives.inspection.policies import post_of
from thammuu.directives.inspection.rules import FindingState, InspectionState, Step
from thammuu.directives.models import Assignment
from thammuu.directives.rules import Act
from thammuu.journal.facts import Link
from thammuu.journal.recording import Submission, Told, record_each
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.ids import new_id


def reopen_assignment(
    *, actor: Actor, now: datetime, assignment: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Take back that an assignment was carried out, with a reason: the work goes on and the clock runs again.

    The evidence stays as it was judged. A closed finding that the assignment corrects is open again, and so is its
    inspection if that was closed.
    """
    why = given_reason(reason)
    reopened: list[Assignment] = []

    def tell(row: Assignment) -> Change:
        reopened.append(row)
        row.handed_in_at = None
        told = AssignmentReopened(subject_id=row.id, state=row.state, reason=why)
        return Change(facts=[told], changed=["handed_in_at"], reason=why)

    with transaction.atomic():
        # The inspection first, as whoever closes a finding does: two locks are taken in one order.
        found = Finding.objects.filter(assignments__contains=[assignment]).values("inspection")
        visits = list(Inspection.objects.select_for_update().filter(id__in=found).order_by("id"))
        answer = change_assignment(
            actor=actor,
            now=now,
            assignment=assignment,
            act=Act.REOPEN,
            allowed=policies.may_verify,
            tell=tell,
            submission=submission,
        )
        for row in reopened:
            verifying = acting(actor, policies.may_verify(actor, row))
            told = [one for visit in visits for one in _uncorrected(verifying, now, row, visit, why)]
            if told:
                record_each(told, actor=verifying, at=now, now=now)
    return answer


def _uncorrected(actor: Actor, now: datetime, assignment: Assignment, visit: Inspection, why: str) -> Sequence[Told]:
    """Open the closed findings of the (locked) visit that the assignment corrects, and the visit if it was closed."""
    closed = Finding.objects.filter(inspection=visit, assignments__contains=[assignment.id])
    told = []
    for row in closed.filter(state=str(FindingState.CLOSED)).order_by("id"):
        row.state, row.reason, row.settled_by_id, row.settled_at = str(FindingState.OPEN), why, None, None
        row.save(update_fields=["state", "reason", "settled_by_id", "settled_at"])
        link = Link(Relation.CONCERNS, Subject.ASSIGNMENT, assignment.id)
        fact = FindingReopened(subject_id=row.id, links=(link,), state=row.state, reason=why)
        told.append(Told([fact], row.units, (), row.event_id, row.classification))
    before = InspectionState(visit.state)
    following = rules.after(before, Step.REOPEN)
    if not told or following is None:
        return told
    visit.state = str(following)
    visit.save(update_fields=["state"])
    change = InspectionChange(
        id=new_id(), inspection=visit, step=str(Step.REOPEN), state_before=str(before), state_after=visit.state,
        reason=why, post_id=post_of(actor), behalf_id=actor.behalf, changed_at=now, world=visit.world,
        units=visit.units, classification=visit.classification, event_id=visit.event_id,
    )  # fmt: skip
    link = Link(Relation.CONCERNS, Subject.INSPECTION, visit.id)
    facts = [
        InspectionReopened(subject_id=visit.id, state=visit.state, reason=why),
        InspectionChangeNoted(subject_id=change.id, links=(link,), **sets_of(InspectionChangeNoted, change)),
    ]
    return [*told, Told(facts, visit.units, [change], visit.event_id, visit.classification)]
