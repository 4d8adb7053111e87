"""Assigning tasks from the text of an issued document: its clauses become assignments."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.from_texts import Ground, behind, judge_free, ordered, record_ordered, require_any
from thammuu.directives.actions.issuing import Order
from thammuu.directives.documents import labels, policies
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import ENDED, DocumentState, Standing
from thammuu.directives.documents.tasks import carried_of, issued_on, texts_of
from thammuu.directives.texts import recognised
from thammuu.journal.recording import Submission, answered
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Conflict, Missing
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.org.unit_names import unit_names


def assign_from_document(
    *,
    actor: Actor,
    now: datetime,
    document: UUID,
    orders: Sequence[Order],
    submission: Submission | None = None,
) -> list[UUID]:
    """Give units their tasks from clauses of an issued document; return the assignments' ids (sent again: the first).

    They hang on the decision from which it was drafted. Where there is none its approval was the decision: with the
    first assignment this goes on record, as of the approval and by the post that approved. Raises `Conflict` for a
    document that is not issued or not in force any more, `CarriedOut`, and `BadInput` for a wrong order.
    """
    with transaction.atomic():
        row = Document.objects.select_for_update().filter(visible_to(actor), id=document).first()
        if row is None:
            raise Missing(_("There is no such document, or your post may not see it."))
        actor = acting(actor, policies.may_assign_from(actor, row))
        again = answered(actor, submission)
        if again is not None:
            return [again.answer]
        require_any(orders)
        ground = ground_of(row)
        _judge_free(actor, row, orders)
        decision = behind(actor, row, ground)
        made = ordered(actor, decision, orders, now)
        return record_ordered(actor, now, decision, orders, made, submission=submission)


def ground_of(row: Document) -> Ground:
    """Return what an issued document says as the ground of a decision. Raises `Conflict` if it gives no tasks now."""
    standing = Standing(row.standing)
    if row.state != DocumentState.ISSUED:
        raise Conflict(_("Tasks are assigned from a document once it is issued."))
    if standing in ENDED:
        text = _("This document is not in force any more ({standing}): no task is assigned from it.")
        raise Conflict(text.format(standing=labels.STANDINGS[standing]))
    if row.approved_by_id is None or row.approved_at is None or not row.abstract:
        raise Conflict(_("The text of this document is not here: no task is assigned from it."))
    title = f"{row.type_name} {row.symbol}: {row.abstract}"
    drafted_from = row.arises_from if row.arises_from_kind == Subject.DECISION else None
    by, behalf, origin = row.approved_by_id, row.approved_behalf_id, (Subject.DOCUMENT, row.id)
    return Ground(origin, row.unit_id, title, by, behalf, row.approved_at, drafted_from)


def _judge_free(actor: Actor, row: Document, orders: Sequence[Order]) -> None:
    text = texts_of(actor, [row]).get(row.id, [])
    if not {str(order.clause) for order in orders} <= {clause.id for clause in text}:
        raise BadInput("clause", _("The document has no such clause."))
    names = unit_names(directory.current(), actor.scope)
    tasks = recognised(text, issued_on(row), names)
    judge_free(text, tasks, carried_of(actor, text), [(order.clause, order.clause_at) for order in orders])
