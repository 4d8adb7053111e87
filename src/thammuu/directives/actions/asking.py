"""What units that carry an assignment out ask of the issuing one, guidance or time, and what it answers."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives import policies
from thammuu.directives.actions.changing import Told, attend_assignment, change_assignment, moved_on
from thammuu.directives.actions.issuing import sets_of
from thammuu.directives.actions.verifying import extended
from thammuu.directives.actions.wording import filled, given_reason, stored
from thammuu.directives.execution_facts import (
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    GuidanceAsked,
    GuidanceGiven,
)
from thammuu.directives.models import Assignment, ExtensionRequest, Guidance
from thammuu.directives.rules import ASKING, Act, RequestState
from thammuu.journal.facts import Link
from thammuu.journal.recording import Submission
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.calendar import end_of_term
from thammuu.kernel.clock import format_instant
from thammuu.kernel.errors import BadInput, Conflict, Missing
from thammuu.kernel.ids import new_id
from thammuu.org import queries as org
from thammuu.org.policies import visible_to


def ask_guidance(
    *, actor: Actor, now: datetime, assignment: UUID, question: str, submission: Submission | None = None
) -> UUID:
    """Ask the issuing unit how; the work goes on meanwhile. Return the question's id."""

    def tell(row: Assignment) -> Told:
        if row.state not in ASKING:
            raise moved_on(row, actor.language)
        asked = Guidance(
            id=new_id(),
            world=row.world,
            units=row.units,
            classification=row.classification,
            event_id=row.event_id,
            assignment_id=row.id,
            unit_id=policies.acting_unit(actor, row),
            question=filled("question", question),
            asked_at=now,
        )
        told = GuidanceAsked(subject_id=asked.id, links=_concerns(row), **sets_of(GuidanceAsked, asked))
        return Told(facts=[told], rows=[asked])

    return attend_assignment(
        actor=actor,
        now=now,
        assignment=assignment,
        allowed=policies.may_execute,
        tell=tell,
        submission=submission,
    )


def give_guidance(
    *, actor: Actor, now: datetime, guidance: UUID, answer: str, submission: Submission | None = None
) -> UUID:
    """Answer a question, for the issuing unit. Return its id. Raises `Conflict` if it was answered or has ended."""
    asked = Guidance.objects.filter(visible_to(actor), id=guidance).first()
    if asked is None:
        raise Missing(_("There is no such question, or your post may not see it."))

    def tell(_row: Assignment) -> Told:
        asked.refresh_from_db()
        if asked.answered_at is not None:
            _was_first(asked.answered_by_id, asked.answered_at, actor.language)
        if asked.ended_at is not None:
            raise _has_ended(asked.ended_at, actor.language)
        asked.answer, asked.answered_by_id, asked.answered_at = filled("answer", answer), actor.post, now
        asked.save(update_fields=["answer", "answered_by", "answered_at"])
        return Told(
            facts=[GuidanceGiven(subject_id=asked.id, answer=asked.answer, answered_by_id=actor.post, answered_at=now)]
        )

    return attend_assignment(
        actor=actor,
        now=now,
        assignment=asked.assignment_id,
        allowed=policies.may_assign,
        tell=tell,
        submission=submission,
    )


def request_extension(
    *,
    actor: Actor,
    now: datetime,
    assignment: UUID,
    deadline: datetime,
    reason: str,
    submission: Submission | None = None,
) -> UUID:
    """Ask the issuing unit for a later deadline (aware), with a reason. Return the request's id.

    Raises `Conflict` while another request waits, `BadInput` for a deadline that is no later one.
    """
    why = given_reason(reason)

    def tell(row: Assignment) -> Told:
        if row.state not in ASKING:
            raise moved_on(row, actor.language)
        if ExtensionRequest.objects.filter(assignment=row.id, state=RequestState.OPEN).exists():
            raise Conflict(_("A request for a later deadline waits already; the issuing unit decides on it first."))
        if deadline <= max(row.deadline, now):
            text = _("The new deadline must come after {deadline} and lie ahead.")
            raise BadInput("deadline", text.format(deadline=format_instant(row.deadline, actor.language)))
        asked = ExtensionRequest(
            id=new_id(),
            world=row.world,
            units=row.units,
            classification=row.classification,
            event_id=row.event_id,
            assignment_id=row.id,
            unit_id=policies.acting_unit(actor, row),
            deadline=end_of_term(now, deadline),
            reason=why,
            requested_at=now,
            state=str(RequestState.OPEN),
        )
        told = ExtensionRequested(subject_id=asked.id, links=_concerns(row), **sets_of(ExtensionRequested, asked))
        return Told(facts=[told], rows=[asked])

    return attend_assignment(
        actor=actor,
        now=now,
        assignment=assignment,
        allowed=policies.may_execute,
        tell=tell,
        submission=submission,
    )


def grant_extension(
    *, actor: Actor, now: datetime, request: UUID, ruling: str = "", submission: Submission | None = None
) -> UUID:
    """Move the deadline as was asked; the original one stays on record. Return the request's id.

    Raises `Conflict` if it was decided already, `BadInput` if the wanted deadline has passed or is no later one by now.
    """

    def tell(row: Assignment) -> Told:
        asked = _decided(actor, now, request, RequestState.GRANTED, stored("ruling", ruling))
        told = ExtensionGranted(
            subject_id=asked.id, state=asked.state, ruling=asked.ruling, decided_by_id=actor.post, decided_at=now
        )
        moved = extended(row, asked.deadline, now, asked.reason, actor.language)
        return Told(facts=[told, moved], changed=["deadline", "extensions"], reason=asked.reason)

    return change_assignment(
        actor=actor,
        now=now,
        assignment=_assignment_of(actor, request),
        act=Act.EXTEND,
        allowed=policies.may_assign,
        tell=tell,
        submission=submission,
    )


def refuse_extension(
    *, actor: Actor, now: datetime, request: UUID, ruling: str, submission: Submission | None = None
) -> UUID:
    """Leave the deadline as it is, with a reason. Return the request's id. Raises `Conflict` if it was decided."""

    def tell(_row: Assignment) -> Told:
        asked = _decided(actor, now, request, RequestState.REFUSED, filled("ruling", ruling))
        told = ExtensionRefused(
            subject_id=asked.id, state=asked.state, ruling=asked.ruling, decided_by_id=actor.post, decided_at=now
        )
        return Told(facts=[told])

    return attend_assignment(
        actor=actor,
        now=now,
        assignment=_assignment_of(actor, request),
        allowed=policies.may_assign,
        tell=tell,
        submission=submission,
    )


def _decided(actor: Actor, now: datetime, id: UUID, state: RequestState, ruling: str) -> ExtensionRequest:
    """Write what was decided on the request, which the lock on its assignment guards."""
    row = ExtensionRequest.objects.get(id=id)
    if row.state == RequestState.ENDED:
        raise _has_ended(row.decided_at, actor.language)
    if row.state != RequestState.OPEN:
        _was_first(row.decided_by_id, row.decided_at, actor.language)
    row.state, row.ruling = str(state), ruling
    row.decided_by_id, row.decided_at = actor.post, now
    row.save(update_fields=["state", "ruling", "decided_by", "decided_at"])
    return row


def _assignment_of(actor: Actor, request: UUID) -> UUID:
    row = ExtensionRequest.objects.filter(visible_to(actor), id=request).only("assignment_id").first()
    if row is None:
        raise Missing(_("There is no such request, or your post may not see it."))
    return row.assignment_id


def _was_first(post: UUID | None, at: datetime | None, language: str) -> None:
    text = _("This was answered by {post} already ({time}).")
    raise Conflict(
        text.format(post=org.post_label(post) or "Thammuu", time=format_instant(at, language) if at else "–")
    )


def _has_ended(at: datetime | None, language: str) -> Conflict:
    text = _("This ended with its assignment ({time}); whoever still needs an answer asks anew.")
    return Conflict(text.format(time=format_instant(at, language) if at else "–"))


def _concerns(row: Assignment) -> tuple[Link, ...]:
    return (Link(Relation.CONCERNS, Subject.ASSIGNMENT, row.id),)
