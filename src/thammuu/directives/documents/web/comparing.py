"""Two versions of a document beside each other."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thammuu.directives.documents import queries
from thammuu.directives.documents.comparison import comparison, side, sides
from thammuu.directives.documents.rows import document_row
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_GET
def document_comparison(request: HttpRequest, id: UUID) -> HttpResponse:
    """Compare two versions that the address names, or the latest with the one before; `only` leaves out what stayed."""
    actor = actor_of(request)
    row = queries.document(actor, id)
    offered = sides(actor, row)
    latest = [name for name, _label in offered]
    new = request.GET.get("new") or (latest[0] if len(latest) > 1 else "")
    old = request.GET.get("old") or (latest[1] if len(latest) > 1 else "")
    before, after = (side(actor, row, name) if name else [] for name in (old, new))
    context = {
        "row": document_row(row),
        "offered": offered,
        "old": old,
        "new": new,
        "only": "only" in request.GET,
        "redacted": bool(old and new) and not (before and after),
        "compared": comparison(before, after) if before and after else None,
    }
    return render(request, "directives/documents/comparison.html", context)
