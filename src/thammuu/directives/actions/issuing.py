"""What an order becomes: an assignment with its deadline, and the fact that it was issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives import policies
from thammuu.directives.actions.naming import clause_of, post_of
from thammuu.directives.actions.wording import filled
from thammuu.directives.facts import AssignmentIssued, DecisionShared
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rules import State, Urgency
from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Told
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.calendar import deadline_at, end_of_term
from thammuu.kernel.errors import BadInput, require
from thammuu.kernel.ids import new_id
from thammuu.kernel.text import fold
from thammuu.org import queries as org

LONGEST_TERM = 750


@dataclass(frozen=True, slots=True)
class Order:
    """What one lead unit is to do: the task, its product, with whom, and until when.

    Either `term_days` (working days from the issue, 0: still today) or `deadline` (aware) is given. `clause` is the
    section of a document from the decision that gives the task, `clause_at` where in it the task begins (None: it is
    the clause as a whole). The `watching_units` see the assignment and do nothing;
    `lead_post` is a post of the lead unit that answers for it.
    """

    lead_unit: UUID
    title: str
    product: str
    supporting_units: tuple[UUID, ...] = ()
    term_days: int | None = None
    deadline: datetime | None = None
    urgency: Urgency = Urgency.NORMAL
    clause: UUID | None = None
    watching_units: tuple[UUID, ...] = ()
    lead_post: UUID | None = None
    clause_at: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An order that was looked at: its words as stored, and the instant at which its term ends."""

    title: str
    product: str
    deadline: datetime
    term_days: int | None = None
    urgency: Urgency = Urgency.NORMAL
    clause: UUID | None = None
    lead_post: UUID | None = None
    clause_at: int | None = None


def issued(actor: Actor, decision: Decision, order: Order, now: datetime) -> tuple[Assignment, AssignmentIssued]:
    """Return the new row of an order that the deciding unit gives, with its fact. Raises `BadInput`, `Refused`."""
    actor = acting(actor, policies.may_assign(actor, decision))
    supporting = list(dict.fromkeys(order.supporting_units))
    if order.lead_unit in supporting:
        text = _("{unit} leads this assignment and does not support it as well; take it out of the supporting units.")
        raise BadInput("supporting_units", text.format(unit=org.unit_label(order.lead_unit)))
    watching = [unit for unit in dict.fromkeys(order.watching_units) if unit not in (order.lead_unit, *supporting)]
    for unit in (order.lead_unit, *supporting, *watching):
        require(policies.may_assign_to(actor, decision, unit))
    task = Task(
        filled("task", order.title),
        filled("product", order.product),
        term_of(order.term_days, order.deadline, now),
        order.term_days,
        order.urgency,
        order.clause and clause_of(actor, decision, order.clause),
        order.lead_post and post_of(order.lead_unit, order.lead_post),
        order.clause_at if order.clause else None,
    )
    return assigned(decision, task, order.lead_unit, now, supporting=supporting, watching=watching)


def assigned(
    decision: Decision,
    task: Task,
    lead: UUID,
    now: datetime,
    *,
    supporting: Sequence[UUID] = (),
    watching: Sequence[UUID] = (),
    parent: Assignment | None = None,
) -> tuple[Assignment, AssignmentIssued]:
    """Return the new row of a task, with its fact. Below a `parent` it is its lead unit that issues and verifies."""
    issuer = parent.lead_unit_id if parent else decision.unit_id
    row = Assignment(
        id=new_id(),
        world=decision.world,
        units=joined([decision.unit_id, issuer, lead], supporting, watching),
        classification=decision.classification,
        event_id=decision.event_id,
        decision_id=decision.id,
        clause_id=task.clause,
        clause_at=task.clause_at,
        parent_id=parent.id if parent else None,
        above=[parent.id, *parent.above] if parent else [],
        unit_id=issuer,
        lead_unit_id=lead,
        supporting_units=list(supporting),
        watching_units=list(watching),
        lead_post_id=task.lead_post,
        title=task.title,
        product=task.product,
        search_text=fold(f"{task.title} {task.product}"),
        urgency=str(task.urgency),
        issued_at=now,
        term_days=task.term_days,
        original_deadline=task.deadline,
        deadline=task.deadline,
        state=str(State.ISSUED),
    )
    links = [
        Link(Relation.ARISES_FROM, Subject.DECISION, decision.id),
        Link(Relation.ASSIGNED_TO, Subject.UNIT, lead),
        *(Link(Relation.SUPPORTED_BY, Subject.UNIT, unit) for unit in supporting),
        *(Link(Relation.WATCHED_BY, Subject.UNIT, unit) for unit in watching),
    ]
    if parent:
        links.append(Link(Relation.ARISES_FROM, Subject.ASSIGNMENT, parent.id))
    if task.clause:
        links.append(Link(Relation.ARISES_FROM, Subject.DOCUMENT_SECTION, task.clause))
    return row, AssignmentIssued(subject_id=row.id, links=tuple(links), **sets_of(AssignmentIssued, row))


def told_of(row: Assignment, fact: AssignmentIssued) -> Told:
    """Return what is recorded of a new assignment: for its own units only."""
    return Told([fact], row.units, [row], row.event_id, row.classification)


def shared(decision: Decision, units: Sequence[UUID]) -> Told | None:
    """Let the units see the (locked) decision, and return what is recorded of it; None if they see it already."""
    every = joined(decision.units, units)
    if every == decision.units:
        return None
    decision.units = every
    decision.save(update_fields=["units"])
    fact = DecisionShared(subject_id=decision.id, units=tuple(every))
    return Told([fact], every, (), decision.event_id, decision.classification)


def term_of(term_days: int | None, deadline: datetime | None, now: datetime) -> datetime:
    """Return when a term ends, given in working days or as an instant: never on a day of rest, never in the past.

    Raises `BadInput`.
    """
    if (term_days is None) == (deadline is None):
        raise BadInput("term_days", _("Give either a number of working days or a date."))
    if term_days is not None:
        if not 0 <= term_days <= LONGEST_TERM:
            text = _("A term is between 0 and {most} working days.")
            raise BadInput("term_days", text.format(most=LONGEST_TERM))
        return deadline_at(now, term_days)
    if deadline is None or deadline <= now:
        raise BadInput("deadline", _("The deadline must lie ahead."))
    return end_of_term(now, deadline)


def parts_of(order: Order) -> list[UUID]:
    """Return the units that take part or watch."""
    return [order.lead_unit, *order.supporting_units, *order.watching_units]


def joined(*groups: Sequence[UUID]) -> list[UUID]:
    """Return the ids of all groups, each once, in the order in which they first come."""
    return list(dict.fromkeys(unit for group in groups for unit in group))


def sets_of(kind: type[Fact], row: object) -> dict[str, object]:
    """Return the fields that a fact of this kind sets, as the row holds them."""
    return {name: getattr(row, name) for name in _fields_of(kind)}


@cache
def _fields_of(kind: type[Fact]) -> tuple[str, ...]:
    return tuple(name for name in kind.model_fields if name not in Fact.model_fields)
