"""The clauses of issued documents that give a task which no assignment carries out, or not every task in them."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from thammuu.directives.documents.models import Document
from thammuu.directives.documents.policies import may_assign_from
from thammuu.directives.documents.rows import DocumentRow, document_row
from thammuu.directives.documents.tasks import TaskedClause, gives_tasks, giving, tasked
from thammuu.directives.followup.queries import documents_of
from thammuu.directives.web.filtering import issued_in, period_of
from thammuu.kernel.actor import Actor
from thammuu.org.web import actor_of, signed_in

PAGE = 50
"""Documents that are looked at for a page; those without a gap are left out of it."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """A document with its clauses that nothing carries out; `assign` is where they are assigned, "" if not by you."""

    document: DocumentRow
    clauses: tuple[TaskedClause, ...]
    assign: str


@signed_in
@require_GET
def clause_gaps(request: HttpRequest) -> HttpResponse:
    """Show, document by document, the latest first, which clauses have no assignment.

    Whether a document has a gap is known when its text was read: a page tells of how many it looked at.
    """
    actor, every = actor_of(request), "all" in request.GET
    period = period_of(request.GET)
    found = giving(documents_of(actor, period)).order_by("-issued_at", "-id")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    texts = tasked(actor, rows)
    shown = [row for row in rows if every or texts[row.id].missing]
    context = {
        "page": page,
        "gaps": [
            Gaps(document_row(row), tuple(one for one in texts[row.id].clauses if one.gap), _place(actor, row))
            for row in shown
        ],
        "looked_at": len(rows),
        "without": sum(not texts[row.id].missing for row in rows),
        "every": every,
        "period": period,
        "narrowed": issued_in(period),
    }
    return render(request, "directives/followup/gaps.html", context)


def _place(actor: Actor, row: Document) -> str:
    """Return where the tasks of a document are assigned from its text, "" for who may not."""
    return reverse("document_assignments", args=[row.id]) if gives_tasks(row) and may_assign_from(actor, row) else ""
