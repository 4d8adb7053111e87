"""Whose an assignment is: the lead unit refuses it or hands it on, the issuing unit insists."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives import policies
from thammuu.directives.actions.changing import Told, change_assignment
from thammuu.directives.actions.issuing import Task, assigned, shared, told_of
from thammuu.directives.actions.wording import filled, given_reason
from thammuu.directives.execution_facts import AssignmentHandedOn, AssignmentInsistedOn, AssignmentRefused
from thammuu.directives.facts import AssignmentIssued
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rules import Act, Urgency
from thammuu.journal.recording import Submission, record_each
from thammuu.kernel.actor import Actor
from thammuu.kernel.calendar import end_of_term
from thammuu.kernel.clock import format_instant
from thammuu.kernel.errors import BadInput, Missing
from thammuu.org.policies import visible_to


def refuse_assignment(
    *, actor: Actor, now: datetime, assignment: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Say, for the lead unit, that the assignment is not its own; the issuing unit then withdraws it or insists."""
    why = given_reason(reason)

    def tell(row: Assignment) -> Told:
        return Told(facts=[AssignmentRefused(subject_id=row.id, state=row.state, reason=why)], reason=why)

    return change_assignment(
        actor=actor,
        now=now,
        assignment=assignment,
        act=Act.REFUSE,
        allowed=policies.may_refuse,
        tell=tell,
        submission=submission,
    )


def insist_on_assignment(
    *, actor: Actor, now: datetime, assignment: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Leave a refused assignment with its lead unit, with a reason: it has to be acknowledged again."""
    why = given_reason(reason)

    def tell(row: Assignment) -> Told:
        return Told(facts=[AssignmentInsistedOn(subject_id=row.id, state=row.state, reason=why)], reason=why)

    return change_assignment(
        actor=actor,
        now=now,
        assignment=assignment,
        act=Act.INSIST,
        allowed=policies.may_assign,
        tell=tell,
        submission=submission,
    )


def hand_on_assignment(
    *,
    actor: Actor,
    now: datetime,
    assignment: UUID,
    unit: UUID,
    title: str,
    product: str,
    deadline: datetime,
    submission: Submission | None = None,
) -> UUID:
    """Pass an assignment, or a part of it, to a unit below the lead one, which verifies what comes of it.

    The deadline (aware) comes before that of the assignment itself. Return the assignment's id. Raises `BadInput`.
    """
    made: list[tuple[Assignment, AssignmentIssued]] = []
    with transaction.atomic():
        # The decision first, as whoever withdraws all its assignments does: two locks are taken in one order.
        decision = _decision_of(actor, assignment)

        def tell(row: Assignment) -> Told:
            if unit not in policies.below_lead(row):
                raise BadInput("unit", _("An assignment is handed on to a unit that stands below the lead unit."))
            end = _earlier(row, deadline, now, actor.language)
            task = Task(filled("title", title), filled("product", product), end, None, Urgency(row.urgency))
            made.append(assigned(decision, task, unit, now, parent=row))
            return Told(
                facts=[AssignmentHandedOn(subject_id=row.id, state=row.state, to_unit=unit, deadline_below=end)]
            )

        answer = change_assignment(
            actor=actor,
            now=now,
            assignment=assignment,
            act=Act.HAND_ON,
            allowed=policies.may_hand_on,
            tell=tell,
            submission=submission,
        )
        if made:
            share = shared(decision, [unit])
            told = [*([share] if share else []), *(told_of(*one) for one in made)]
            record_each(told, actor=actor, at=now, now=now)
    return answer


def _decision_of(actor: Actor, assignment: UUID) -> Decision:
    row = Assignment.objects.filter(visible_to(actor), id=assignment).only("decision_id").first()
    if row is None:
        raise Missing(_("There is no such assignment, or your post may not see it."))
    return Decision.objects.select_for_update().get(id=row.decision_id)


def _earlier(row: Assignment, deadline: datetime, now: datetime, language: str) -> datetime:
    if deadline <= now:
        raise BadInput("deadline", _("The deadline must lie ahead."))
    found = end_of_term(now, deadline)
    if found >= row.deadline:
        text = _("The deadline must come before that of the assignment itself, {deadline}.")
        raise BadInput("deadline", text.format(deadline=format_instant(row.deadline, language)))
    return found
