"""Taking a decision and issuing the assignments that follow from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives import policies
from thammuu.directives.actions.wording import filled
from thammuu.directives.facts import AssignmentIssued, DecisionShared, DecisionTaken
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rules import State, Urgency
from thammuu.journal.facts import Fact, Link
from thammuu.journal.presentation import cards_of
from thammuu.journal.recording import Submission, answered, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.calendar import deadline_at
from thammuu.kernel.errors import BadInput, Missing, Refused, require
from thammuu.kernel.ids import new_id
from thammuu.kernel.text import fold
from thammuu.org.policies import visible_to

LONGEST_TERM = 750
ORIGINS = frozenset({Subject.INCIDENT, Subject.LOG_ENTRY, Subject.ALERT, Subject.NOTICE, Subject.DECISION})


@dataclass(frozen=True, slots=True)
class Order:
    """What one lead unit is to do: the task, its product, with whom, and until when.

    Either `term_days` (working days from the issue, 0: still today) or `deadline` (aware) is given.
    """

    lead_unit: UUID
    title: str
    product: str
    supporting_units: tuple[UUID, ...] = ()
    term_days: int | None = None
    deadline: datetime | None = None
    urgency: Urgency = Urgency.NORMAL


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
    if actor.post is None:
        raise Refused(_("A decision is taken by a post, and you hold none today."))
    title, reason = filled("title", title), filled("reason", reason)
    if decided_at is not None and decided_at > now:
        raise BadInput("decided_at", _("A decision cannot be taken in the future."))
    links = _origin_links(actor, arises_from)
    decision = Decision(
        id=new_id(),
        world=actor.scope.world,
        units=_joined([unit], *(_parts(order) for order in orders)),
        classification=classification,
        event_id=event,
        unit_id=unit,
        post_id=actor.post,
        behalf_id=actor.behalf,
        title=title,
        reason=reason,
        search_text=fold(f"{title} {reason}"),
        decided_at=decided_at or now,
        arises_from_kind=str(arises_from[0]) if arises_from else "",
        arises_from=arises_from[1] if arises_from else None,
    )
    issued = [_issued(actor, decision, order, now) for order in orders]
    told = DecisionTaken(subject_id=decision.id, links=links, **_sets(DecisionTaken, decision))
    return _record_taken(actor, now, decision, told, issued, submission)


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
        issued = [_issued(actor, row, order, now) for order in orders]
        units = _joined(row.units, *(_parts(order) for order in orders))
        if units != row.units:
            row.units = units
            row.save(update_fields=["units"])
            told = DecisionShared(subject_id=row.id, units=tuple(units))
            record(
                told, actor=actor, at=now, now=now, units=units, event=row.event_id, classification=row.classification
            )
        _record_issued(actor, now, issued, submission)
    return [assignment.id for assignment, _fact in issued]


def _issued(actor: Actor, decision: Decision, order: Order, now: datetime) -> tuple[Assignment, AssignmentIssued]:
    actor = acting(actor, policies.may_assign(actor, decision))
    supporting = [unit for unit in dict.fromkeys(order.supporting_units) if unit != order.lead_unit]
    for unit in (order.lead_unit, *supporting):
        require(policies.may_assign_to(actor, decision, unit))
    title, product = filled("task", order.title), filled("product", order.product)
    deadline = _deadline(order, now)
    row = Assignment(
        id=new_id(),
        world=decision.world,
        units=_joined([decision.unit_id], _parts(order)),
        classification=decision.classification,
        event_id=decision.event_id,
        decision_id=decision.id,
        unit_id=decision.unit_id,
        lead_unit_id=order.lead_unit,
        supporting_units=supporting,
        title=title,
        product=product,
        search_text=fold(f"{title} {product}"),
        urgency=str(order.urgency),
        issued_at=now,
        term_days=order.term_days,
        original_deadline=deadline,
        deadline=deadline,
        state=str(State.ISSUED),
    )
    links = (
        Link(Relation.ARISES_FROM, Subject.DECISION, decision.id),
        Link(Relation.ASSIGNED_TO, Subject.UNIT, order.lead_unit),
        *(Link(Relation.SUPPORTED_BY, Subject.UNIT, unit) for unit in supporting),
    )
    return row, AssignmentIssued(subject_id=row.id, links=links, **_sets(AssignmentIssued, row))


def _record_taken(
    actor: Actor,
    now: datetime,
    decision: Decision,
    told: DecisionTaken,
    issued: Sequence[tuple[Assignment, AssignmentIssued]],
    submission: Submission | None,
) -> UUID:
    with transaction.atomic():
        done = record(
            told,
            actor=actor,
            at=decision.decided_at,
            now=now,
            units=decision.units,
            event=decision.event_id,
            classification=decision.classification,
            rows=[decision],
            submission=submission,
        )
        if not done.replayed:
            _record_issued(actor, now, issued)
    return done.answer


def _record_issued(
    actor: Actor,
    now: datetime,
    issued: Sequence[tuple[Assignment, AssignmentIssued]],
    submission: Submission | None = None,
) -> None:
    """Record each assignment for its own units only; the first one answers the submission."""
    for number, (row, told) in enumerate(issued):
        record(
            told,
            actor=actor,
            at=now,
            now=now,
            units=row.units,
            event=row.event_id,
            classification=row.classification,
            rows=[row],
            submission=submission if number == 0 else None,
        )


def _deadline(order: Order, now: datetime) -> datetime:
    if (order.term_days is None) == (order.deadline is None):
        raise BadInput("term_days", _("Give either a number of working days or a date."))
    if order.term_days is not None:
        if not 0 <= order.term_days <= LONGEST_TERM:
            text = _("A term is between 0 and {most} working days.")
            raise BadInput("term_days", text.format(most=LONGEST_TERM))
        return deadline_at(now, order.term_days)
    if order.deadline is None or order.deadline <= now:
        raise BadInput("deadline", _("The deadline must lie ahead."))
    return order.deadline


def _origin_links(actor: Actor, origin: tuple[Subject, UUID] | None) -> tuple[Link, ...]:
    if origin is None:
        return ()
    if origin[0] not in ORIGINS or origin[1] not in cards_of([origin], actor.scope, actor.language):
        raise BadInput("arises_from", _("What this decision arises from does not exist, or your post may not see it."))
    return (Link(Relation.ARISES_FROM, *origin),)


def _parts(order: Order) -> list[UUID]:
    return [order.lead_unit, *order.supporting_units]


def _joined(*groups: Sequence[UUID]) -> list[UUID]:
    return list(dict.fromkeys(unit for group in groups for unit in group))


def _sets(kind: type[Fact], row: Assignment | Decision) -> dict[str, object]:
    return {name: getattr(row, name) for name in kind.model_fields if name not in Fact.model_fields}
