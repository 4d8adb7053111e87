"""Assigning tasks from the text of an issued document."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thammuu.directives.actions.from_texts import alike
from thammuu.directives.documents import actions, policies, queries
from thammuu.directives.documents.actions.assigning import ground_of
from thammuu.directives.documents.rows import document_row
from thammuu.directives.documents.tasks import carried_of, issued_on, texts_of
from thammuu.directives.web.from_text import Given, Source, assign_from
from thammuu.journal.recording import Submission
from thammuu.kernel.errors import require
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def document_assignments(request: HttpRequest, id: UUID) -> HttpResponse:
    """Prepare assignments from the clauses in which a task is recognised, and issue those that are confirmed."""
    actor = actor_of(request)
    row = queries.document(actor, id)
    require(policies.may_assign_from(actor, row))
    ground = ground_of(row)
    text = texts_of(actor, [row]).get(row.id, [])

    def give(given: Given, now: datetime, submission: Submission | None) -> list[UUID]:
        orders = [replace(order, clause=clause) for clause, order in given]
        return actions.assign_from_document(actor=actor, now=now, document=id, orders=orders, submission=submission)

    source = Source(
        title=document_row(row).title,
        home=reverse("document", args=[id]),
        unit=row.unit_id,
        clauses=text,
        carried=carried_of(actor, text),
        signed_on=issued_on(row),
        decision=alike(actor, row, ground).first(),
        new_decision=_("With the first assignment the approval of this document goes on record as a decision."),
        give=give,
        urgency=row.urgency,
    )
    return assign_from(request, actor, source)
