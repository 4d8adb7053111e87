"""Orders that follow from a text: the decision on which they hang, and what is recorded of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from thammuu.directives.actions.deciding import new_decision, record_decision
from thammuu.directives.actions.issuing import Order, issued, joined, parts_of, shared, told_of
from thammuu.directives.carrying_out import Carried, Tasks
from thammuu.directives.facts import AssignmentIssued
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.texts import TextClause, taken_of
from thammuu.journal.recording import Submission, Told, record_each
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Conflict
from thammuu.org.policies import Placed, visible_to

LONGEST_TITLE = 300
Made = list[tuple[Assignment, AssignmentIssued]]


@dataclass(frozen=True, slots=True)
class Ground:
    """A text as the ground of a decision: what it is, which post of which unit decided by it, and when.

    `drafted_from` is the decision that it puts into words, None for one that nothing stands behind yet.
    """

    origin: tuple[Subject, UUID]
    unit: UUID
    title: str
    post: UUID
    behalf: UUID | None
    decided_at: datetime
    drafted_from: UUID | None = None


class WrongOrder(BadInput):
    """One of several orders cannot be given; `place` says which, from 0."""

    def __init__(self, place: int, fault: BadInput) -> None:
        super().__init__(fault.field, fault.reason)
        self.place = place


class CarriedOut(Conflict):
    """Clauses (`clauses` are their ids) were carried out by something else meanwhile; nothing was assigned."""

    def __init__(self, clauses: set[UUID]) -> None:
        super().__init__(_("Somebody was first: this clause is carried out already. Strike it."))
        self.clauses = clauses


def alike(actor: Actor, row: Placed, ground: Ground) -> QuerySet[Decision]:
    """Return the decisions on which the tasks of a text may hang, the first to be preferred.

    They are those from which the text was drafted, and those that arose from it: of the same unit, level and event, so
    that an assignment never stands lower than its text.
    """
    kind, id = ground.origin
    arose = Q(arises_from_kind=kind, arises_from=id) | Q(id=ground.drafted_from)
    found = Decision.objects.filter(
        visible_to(actor), arose, unit=ground.unit, event_id=row.event_id, classification=row.classification
    )
    return found.order_by("-decided_at", "-id")


def behind(actor: Actor, row: Placed, ground: Ground) -> Decision:
    """Return the decision on which the tasks of a text hang, locked; a new one, unsaved, if there is none yet."""
    found = alike(actor, row, ground).select_for_update().first()
    if found is not None:
        return found
    title = ground.title[:LONGEST_TITLE]
    reason = _("Assigned from the text of the document.")
    return new_decision(
        actor.scope.world, ground.unit, ground.post, ground.behalf, title, reason, [ground.unit], ground.decided_at,
        arises_from=ground.origin, event=row.event_id, classification=row.classification,
    )  # fmt: skip


def judge_free(
    text: Sequence[TextClause], tasks: Tasks, carried: Carried, asked: Sequence[tuple[UUID | None, int | None]]
) -> None:
    """Raise `CarriedOut` for what something carries out already of the clauses and tasks that are asked for."""
    taken = taken_of(text, tasks, carried, [(str(clause), at) for clause, at in asked])
    if taken:
        raise CarriedOut({UUID(clause) for clause in taken})


def require_any(orders: Sequence[object]) -> None:
    """Raise `BadInput` if no order is left."""
    if not orders:
        raise BadInput("", _("Everything is struck: there is nothing to assign."))


def ordered(actor: Actor, decision: Decision, orders: Sequence[Order], now: datetime) -> Made:
    """Return the new rows of the orders with their facts. Raises `WrongOrder`."""
    made: Made = []
    for place, order in enumerate(orders):
        try:
            made.append(issued(actor, decision, order, now))
        except BadInput as fault:
            raise WrongOrder(place, fault) from None
    return made


def record_ordered(
    actor: Actor,
    now: datetime,
    decision: Decision,
    orders: Sequence[Order],
    made: Made,
    further: Sequence[Told] = (),
    submission: Submission | None = None,
) -> list[UUID]:
    """Record the decision if it is new, the assignments and what goes with them; return the assignments' ids.

    Stands in the caller's transaction, in which the text is locked.
    """
    parts = [unit for order in orders for unit in parts_of(order)]
    told = [told_of(*one) for one in made]
    if decision._state.adding:
        decision.units = joined(decision.units, parts)
        record_decision(actor, now, decision)
    else:
        share = shared(decision, parts)
        further = [*further, *([share] if share else [])]
    # The first assignment answers the submission.
    record_each([*told, *further], actor=actor, at=now, now=now, submission=submission)
    return [row.id for row, _fact in made]
