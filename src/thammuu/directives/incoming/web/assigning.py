"""Assigning tasks from the text of an incoming document."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thammuu.directives.actions.from_texts import alike
from thammuu.directives.incoming import actions, policies, queries
from thammuu.directives.incoming.actions.assigning import ground_of
from thammuu.directives.incoming.rows import incoming_rows
from thammuu.directives.incoming.tracing import carried_of, text_of
from thammuu.directives.web.from_text import Given, Source, assign_from
from thammuu.journal.recording import Submission
from thammuu.kernel import clock
from thammuu.kernel.calendar import END_OF_WORKING_DAY
from thammuu.kernel.errors import require
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def incoming_assignments(request: HttpRequest, id: UUID) -> HttpResponse:
    """Prepare assignments from the clauses in which a task is recognised, and issue those that are confirmed."""
    actor = actor_of(request)
    row, now = queries.incoming_document(actor, id), clock.now()
    require(policies.may_assign_from(actor, row))
    ground = ground_of(actor, row, now)

    def give(given: Given, now: datetime, submission: Submission | None) -> list[UUID]:
        return actions.assign_from_incoming(actor=actor, now=now, document=id, orders=given, submission=submission)

    due = datetime.combine(row.due_on, END_OF_WORKING_DAY, clock.ORGANISATION_ZONE) if row.due_on else None
    source = Source(
        title=incoming_rows(actor, [row], now)[0].title,
        home=reverse("incoming_document", args=[id]),
        unit=ground.unit,
        clauses=text_of(actor, id),
        carried=carried_of(actor, id),
        signed_on=row.dated or row.arrived_on,
        decision=alike(actor, row, ground).first(),
        new_decision=_("With the first assignment you take the decision to carry this document out."),
        give=give,
        urgency=row.urgency,
        due=due if due and due > now else None,
    )
    return assign_from(request, actor, source)
