"""What the issuing unit does: verify or return evidence, move the deadline, close."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives import policies
from thammuu.directives.actions.changing import Told, change_assignment
from thammuu.directives.actions.wording import given_reason
from thammuu.directives.facts import (
    AssignmentClosed,
    AssignmentReturned,
    AssignmentVerified,
    DeadlineExtended,
    EvidenceReturned,
    EvidenceVerified,
)
from thammuu.directives.models import Assignment, Evidence
from thammuu.directives.rules import OPEN, Act, EvidenceState
from thammuu.journal.recording import Submission
from thammuu.kernel.actor import Actor
from thammuu.kernel.calendar import end_of_term
from thammuu.kernel.clock import format_instant
from thammuu.kernel.errors import BadInput, Conflict, Missing
from thammuu.org.policies import visible_to


def verify_evidence(*, actor: Actor, now: datetime, evidence: UUID, submission: Submission | None = None) -> UUID:
    """Find the evidence good: the assignment counts as done when the evidence came in. Return the evidence's id.

    Raises `Conflict`, naming who was first, if it was verified or returned already.
    """

    def tell(row: Assignment) -> Told:
        judged = _judged(actor, now, evidence, EvidenceState.VERIFIED)
        told = EvidenceVerified(subject_id=judged.id, state=judged.state, judged_by_id=actor.post, judged_at=now)
        return Told(facts=[told, AssignmentVerified(subject_id=row.id, state=row.state)])

    return change_assignment(
        actor=actor,
        now=now,
        assignment=_assignment_of(actor, evidence),
        act=Act.VERIFY,
        allowed=policies.may_verify,
        tell=tell,
        submission=submission,
    )


def return_evidence(
    *, actor: Actor, now: datetime, evidence: UUID, reason: str, submission: Submission | None = None
) -> UUID:
    """Send evidence back with a reason: the work goes on and the clock runs again. Return the evidence's id."""
    why = given_reason(reason)

    def tell(row: Assignment) -> Told:
        judged = _judged(actor, now, evidence, EvidenceState.RETURNED, why)
        row.handed_in_at = None
        told = EvidenceReturned(
            subject_id=judged.id, state=judged.state, reason=why, judged_by_id=actor.post, judged_at=now
        )
        back = AssignmentReturned(subject_id=row.id, state=row.state, reason=why)
        return Told(facts=[told, back], changed=["handed_in_at"], reason=why)

    return change_assignment(
        actor=actor,
        now=now,
        assignment=_assignment_of(actor, evidence),
        act=Act.RETURN,
        allowed=policies.may_verify,
        tell=tell,
        submission=submission,
    )


def close_assignment(*, actor: Actor, now: datetime, assignment: UUID, submission: Submission | None = None) -> UUID:
    """Close an assignment whose evidence was verified."""

    def tell(row: Assignment) -> Told:
        return Told(facts=[AssignmentClosed(subject_id=row.id, state=row.state)])

    return change_assignment(
        actor=actor,
        now=now,
        assignment=assignment,
        act=Act.CLOSE,
        allowed=policies.may_verify,
        tell=tell,
        submission=submission,
    )


def extend_deadline(
    *,
    actor: Actor,
    now: datetime,
    assignment: UUID,
    deadline: datetime,
    reason: str,
    submission: Submission | None = None,
) -> UUID:
    """Move the deadline to a later instant (aware), with a reason; the original stays and extensions are counted."""
    why = given_reason(reason)

    def tell(row: Assignment) -> Told:
        return Told(
            facts=[extended(row, deadline, now, why, actor.language)], changed=["deadline", "extensions"], reason=why
        )

    return change_assignment(
        actor=actor,
        now=now,
        assignment=assignment,
        act=Act.EXTEND,
        allowed=policies.may_assign,
        tell=tell,
        submission=submission,
    )


def extended(row: Assignment, deadline: datetime, now: datetime, why: str, language: str) -> DeadlineExtended:
    """Give the (locked) row its later deadline, and return the fact. Raises `BadInput`.

    A deadline on a day of rest becomes the end of the next working day; none lies behind that of the assignment above,
    which waits for this one.
    """
    if deadline <= max(row.deadline, now):
        text = _("The new deadline must come after {deadline} and lie ahead.")
        raise BadInput("deadline", text.format(deadline=format_instant(row.deadline, language)))
    deadline = end_of_term(now, deadline)
    above = row.parent
    if above is not None and above.state in OPEN and deadline > above.deadline:
        text = _("The assignment above this one is due {deadline}; extend that one first.")
        raise BadInput("deadline", text.format(deadline=format_instant(above.deadline, language)))
    row.deadline, row.extensions = deadline, row.extensions + 1
    return DeadlineExtended(subject_id=row.id, deadline=deadline, extensions=row.extensions, reason=why)


def _assignment_of(actor: Actor, evidence: UUID) -> UUID:
    row = Evidence.objects.filter(visible_to(actor), id=evidence).only("assignment_id").first()
    if row is None:
        raise Missing(_("There is no such evidence, or your post may not see it."))
    return row.assignment_id


def _judged(actor: Actor, now: datetime, id: UUID, state: EvidenceState, reason: str = "") -> Evidence:
    """Write the verdict on the evidence, which the lock on its assignment guards."""
    row = Evidence.objects.get(id=id)
    if row.state != EvidenceState.SUBMITTED:
        raise Conflict(_("This evidence is no longer the one that waits; look at the newest."))
    row.state, row.reason = str(state), reason
    row.judged_by_id, row.judged_at = actor.post, now
    row.save(update_fields=["state", "reason", "judged_by", "judged_at"])
    return row
