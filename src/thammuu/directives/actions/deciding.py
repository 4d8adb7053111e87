"""Taking a decision and issuing the assignments that follow from it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives import policies
from thammuu.directives.actions.issuing import Order, issued, joined, parts_of, sets_of, shared, told_of
from thammuu.directives.actions.wording import filled
from thammuu.directives.facts import AssignmentIssued, DecisionTaken
from thammuu.directives.models import Assignment, Decision
from thammuu.journal.facts import Link
from thammuu.journal.presentation import cards_of
from thammuu.journal.recording import Recorded, Submission, answered, record, record_each
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.kernel.text import fold
from thammuu.org.policies import visible_to

ORIGINS = frozenset(
    {
        Subject.INCIDENT, Subject.LOG_ENTRY, Subject.ALERT, Subject.NOTICE, Subject.DECISION, Subject.INSPECTION,
        Subject.INCOMING_DOCUMENT,
    }
)  # fmt: skip


def take_decision(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    title: str,
    reason: str,
    arises_from: tuple[Subject, UUID] | None = None,
    orders: Sequence[Order] = (),
    decided_at: datetime | None = None,
    event: UUID | None = None,
    classification: int = 0,
    submission: Submission | None = None,
) -> UUID:
    """Record what the actor's post decided for its unit, with the assignments that follow at once; return its id.

    `decided_at` is when it was decided, if it is written down later. Raises `BadInput` for empty words, a time to
    come, or an origin that does not exist for the actor.
    """
    actor = acting(actor, policies.may_decide(actor, unit, event=event, classification=classification))
    if decided_at is not None and decided_at > now:
        raise BadInput("decided_at", _("A decision cannot be taken in the future."))
    units = joined([unit], *(parts_of(order) for order in orders))
    decision = decided(
        actor, unit, title, reason, units, decided_at or now,
        arises_from=arises_from, event=event, classification=classification,
    )  # fmt: skip
    made = [issued(actor, decision, order, now) for order in orders]
    return record_taken(actor, now, decision, made, submission)


def decided(
    actor: Actor,
    unit: UUID,
    title: str,
    reason: str,
    units: Sequence[UUID],
    at: datetime,
    *,
    arises_from: tuple[Subject, UUID] | None,
    event: UUID | None,
    classification: int,
) -> Decision:
    """Return the new row of what the actor's post decided. Raises `BadInput`, `Refused`."""
    if actor.post is None:
        raise Refused(_("A decision is taken by a post, and you hold none today."))
    if arises_from is not None:
        _look_for(actor, arises_from)
    return new_decision(
        actor.scope.world, unit, actor.post, actor.behalf, filled("title", title), filled("reason", reason), units, at,
        arises_from=arises_from, event=event, classification=classification,
    )  # fmt: skip


def new_decision(
    world: str,
    unit: UUID,
    post: UUID,
    behalf: UUID | None,
    title: str,
    reason: str,
    units: Sequence[UUID],
    at: datetime,
    *,
    arises_from: tuple[Subject, UUID] | None,
    event: UUID | None,
    classification: int,
) -> Decision:
    """Return a row of what a post decided for its unit."""
    return Decision(
        id=new_id(),
        world=world,
        units=list(units),
        classification=classification,
        event_id=event,
        unit_id=unit,
        post_id=post,
        behalf_id=behalf,
        title=title,
        reason=reason,
        search_text=fold(f"{title} {reason}"),
        decided_at=at,
        arises_from_kind=str(arises_from[0]) if arises_from else "",
        arises_from=arises_from[1] if arises_from else None,
    )


def issue_assignments(
    *,
    actor: Actor,
    now: datetime,
    decision: UUID,
    orders: Sequence[Order],
    submission: Submission | None = None,
) -> list[UUID]:
    """Give units their tasks from a decision; every unit that takes part will see the decision.

    Return the assignments' ids (sent again: only the first). Raises `BadInput` for a wrong order.
    """
    with transaction.atomic():
        row = Decision.objects.select_for_update().filter(visible_to(actor), id=decision).first()
        if row is None:
            raise Missing(_("There is no such decision, or your post may not see it."))
        actor = acting(actor, policies.may_assign(actor, row))
        again = answered(actor, submission)
        if again is not None:
            return [again.answer]
        made = [issued(actor, row, order, now) for order in orders]
        share = shared(row, [unit for order in orders for unit in parts_of(order)])
        told = [told_of(*one) for one in made]
        if told:
            # The first assignment answers the submission, so the decision that more units see comes behind it.
            record_each([*told, *([share] if share else [])], actor=actor, at=now, now=now, submission=submission)
    return [assignment.id for assignment, _fact in made]


def record_taken(
    actor: Actor,
    now: datetime,
    decision: Decision,
    made: Sequence[tuple[Assignment, AssignmentIssued]],
    submission: Submission | None,
) -> UUID:
    """Record a decision with the assignments that follow from it, in one transaction; return the decision's id."""
    with transaction.atomic():
        done = record_decision(actor, now, decision, submission)
        if made and not done.replayed:
            record_each([told_of(*one) for one in made], actor=actor, at=now, now=now)
    return done.answer


def record_decision(actor: Actor, now: datetime, decision: Decision, submission: Submission | None = None) -> Recorded:
    """Record a new decision alone, as of when it was decided."""
    origin = [(Subject(decision.arises_from_kind), id) for id in (decision.arises_from,) if id]
    links = tuple(Link(Relation.ARISES_FROM, *one) for one in origin)
    return record(
        DecisionTaken(subject_id=decision.id, links=links, **sets_of(DecisionTaken, decision)), actor=actor,
        at=decision.decided_at, now=now, units=decision.units, event=decision.event_id,
        classification=decision.classification, rows=[decision], submission=submission,
    )  # fmt: skip


def _look_for(actor: Actor, origin: tuple[Subject, UUID]) -> None:
    if origin[0] not in ORIGINS or origin[1] not in cards_of([origin], actor.scope, actor.language):
        raise BadInput("arises_from", _("What this decision arises from does not exist, or your post may not see it."))
