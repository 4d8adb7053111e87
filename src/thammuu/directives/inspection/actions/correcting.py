"""From conclusion to closure: the conclusion is a decision, its assignments correct findings, findings are closed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.deciding import take_decision
from thammuu.directives.actions.issuing import Order, issued, joined, parts_of, shared, told_of
from thammuu.directives.actions.wording import filled
from thammuu.directives.documents.actions.holding import fields_of
from thammuu.directives.inspection import policies, rules
from thammuu.directives.inspection.actions.holding import Held, conclusion_of, hold_finding, in_state, open_finding
from thammuu.directives.inspection.actions.passing import Taken, take_step
from thammuu.directives.inspection.facts import InspectionConcluded
from thammuu.directives.inspection.finding_facts import FindingAssigned, FindingClosed
from thammuu.directives.inspection.rules import FindingState, InspectionState, Step
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rules import State
from thammuu.journal.facts import Link
from thammuu.journal.recording import Submission, Told, record, record_each
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Conflict


def conclude_inspection(
    *, actor: Actor, now: datetime, inspection: UUID, conclusion: str, submission: Submission | None = None
) -> UUID:
    """Draw the conclusion of a reported inspection; return its id.

    It is a decision of the inspecting unit, which the inspected units see and from which corrective assignments follow.
    """
    text = filled("conclusion", conclusion)

    def tell(held: Held) -> Taken:
        row = held.row
        taken = take_decision(
            actor=held.actor, now=now, unit=row.unit_id, title=f"Kết luận kiểm tra: {row.title}", reason=text,
            arises_from=(Subject.INSPECTION, row.id), event=row.event_id, classification=row.classification,
        )  # fmt: skip
        decision = Decision.objects.select_for_update().get(id=taken)
        known = shared(decision, row.inspected_units)
        row.decision = decision
        told = InspectionConcluded(subject_id=row.id, state=row.state, decision_id=decision.id)
        return Taken([told], beside=[known] if known else [])

    return take_step(actor, now, inspection, Step.CONCLUDE, policies.may_conclude, tell, submission)


def assign_correction(
    *, actor: Actor, now: datetime, finding: UUID, order: Order, submission: Submission | None = None
) -> UUID:
    """Issue an assignment that corrects a finding, from the conclusion of its inspection; return the assignment's id.

    Raises `BadInput` and `Refused` as any order does, `Conflict` before the conclusion or once the finding is settled.
    """
    with transaction.atomic():
        held = hold_finding(actor, finding, lambda who, _row, visit: policies.may_inspect(who, visit), submission)
        if held.again is not None:
            return held.again
        in_state(held.inspection, InspectionState.CONCLUDED)
        open_finding(held.row)
        row = held.row
        decision = Decision.objects.select_for_update().get(id=conclusion_of(held.inspection))
        assignment, told = issued(held.actor, decision, order, now)
        corrects = Link(Relation.ARISES_FROM, Subject.FINDING, row.id)
        # Whoever leads it: the unit at which it was found sees what corrects it.
        assignment.units = joined(assignment.units, row.units)
        units, links = tuple(assignment.units), (*told.links, corrects)
        told = told.model_copy(update={"units": units, "links": links})
        known = shared(decision, parts_of(order))
        row.assignments = [*row.assignments, assignment.id]
        row.save(update_fields=["assignments"])
        noted = FindingAssigned(subject_id=row.id, assignments=tuple(row.assignments))
        own = Told([noted], row.units, (), row.event_id, row.classification)
        many = [told_of(assignment, told), own, *([known] if known else [])]
        done = record_each(many, actor=held.actor, at=now, now=now, submission=submission)
    return done.answer


def close_finding(*, actor: Actor, now: datetime, finding: UUID, submission: Submission | None = None) -> UUID:
    """Close a finding. Raises `Conflict` unless its assignments were verified and closed."""
    with transaction.atomic():
        held = hold_finding(actor, finding, lambda who, _row, visit: policies.may_inspect(who, visit), submission)
        if held.again is not None:
            return held.again
        in_state(held.inspection, InspectionState.CONCLUDED)
        open_finding(held.row)
        row = held.row
        # Locked in the order of their ids, so that none is reopened while the finding is closed.
        tasks = Assignment.objects.select_for_update().filter(id__in=row.assignments).order_by("id")
        if not rules.is_settled([State(task.state) for task in tasks]):
            raise Conflict(_("A finding is closed once its assignments were verified and closed."))
        row.state, row.settled_by_id, row.settled_at = str(FindingState.CLOSED), held.post, now
        row.save(update_fields=["state", "settled_by_id", "settled_at"])
        told = FindingClosed(subject_id=row.id, **fields_of(FindingClosed, row))
        done = record(
            told, actor=held.actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification, submission=submission,
        )  # fmt: skip
    return done.answer
