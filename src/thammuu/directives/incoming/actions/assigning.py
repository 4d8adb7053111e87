"""Assigning tasks from the text of an incoming document: each assignment carries its clause out from the first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.from_texts import Ground, behind, judge_free, ordered, record_ordered, require_any
from thammuu.directives.actions.issuing import Order
from thammuu.directives.incoming import policies
from thammuu.directives.incoming.actions.holding import hold, post_of
from thammuu.directives.incoming.actions.tracing import labels_of, linked
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.incoming.tracing import carried_of, tasks_of, text_of
from thammuu.directives.policies import may_decide
from thammuu.journal.recording import Submission, Told
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Conflict, require


def assign_from_incoming(
    *,
    actor: Actor,
    now: datetime,
    document: UUID,
    orders: Sequence[tuple[UUID, Order]],
    submission: Submission | None = None,
) -> list[UUID]:
    """Give units their tasks from clauses of an incoming document, each order with the id of its clause.

    The assignments hang on the unit's latest decision that arose from the document; where there is none, one is taken
    with them. Each is linked as the measure of its clause. Return their ids (sent again: the first). Raises `Missing`
    for a clause that the document has not, `CarriedOut`, and `BadInput` for a wrong order.
    """
    with transaction.atomic():
        held = hold(actor, document, policies.may_assign_from, submission)
        if held.again is not None:
            return [held.again]
        require_any(orders)
        row, clauses = held.row, [clause for clause, _order in orders]
        labels = labels_of(row, clauses)
        _judge_free(actor, row, orders)
        # The place in the clause is the measure's: the assignment itself names no clause of ours.
        given = [replace(order, clause_at=None) for _clause, order in orders]
        decision = behind(held.actor, row, ground_of(held.actor, row, now))
        if decision._state.adding:
            level, event = decision.classification, decision.event_id
            require(may_decide(held.actor, decision.unit_id, event=event, classification=level))
        made = ordered(held.actor, decision, given, now)
        measured = [
            (clause, order.clause_at, (Subject.ASSIGNMENT, one.id))
            for (clause, order), (one, _fact) in zip(orders, made, strict=True)
        ]
        links, facts = linked(row, held.post, now, labels, measured)
        further = [Told(facts, row.units, links, row.event_id, row.classification)]
        return record_ordered(held.actor, now, decision, given, made, further, submission)


def ground_of(actor: Actor, row: IncomingDocument, now: datetime) -> Ground:
    """Return what an incoming document says as the ground of a decision of the actor's. Raises `Conflict`."""
    unit = policies.assigning_unit(actor, row)
    if unit is None or not row.abstract:
        raise Conflict(_("What stands on this document was redacted: no task is assigned from it."))
    named = f"{row.type_name} {row.symbol}".strip()
    title = f"{named}: {row.abstract}" if named else row.abstract
    return Ground((Subject.INCOMING_DOCUMENT, row.id), unit, title, post_of(actor), actor.behalf, now)


def _judge_free(actor: Actor, row: IncomingDocument, orders: Sequence[tuple[UUID, Order]]) -> None:
    text, carried = text_of(actor, row.id), carried_of(actor, row.id)
    judge_free(text, tasks_of(actor, row, text), carried, [(clause, order.clause_at) for clause, order in orders])
