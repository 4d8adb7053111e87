"""From the text of a directive to prepared assignments: nothing is assigned before an officer has confirmed it."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thammuu.directives import policies, queries
from thammuu.directives.documents import queries as documents
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import DocumentState
from thammuu.directives.documents.tasks import Composed, composed
from thammuu.directives.extraction import readable
from thammuu.directives.forms import DirectiveTextForm, OrderForm
from thammuu.directives.models import Decision
from thammuu.directives.proposals import Proposed, Reading, proposed
from thammuu.directives.web.decisions import receivers
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing, require
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.unit_names import unit_names
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def proposals(request: HttpRequest, id: UUID) -> HttpResponse:
    """Read a directive's text and show the assignments it seems to want; `choose` prepares the form of one of them."""
    actor = actor_of(request)
    row = queries.decision(actor, id)
    require(policies.may_assign(actor, row))
    document = _document(request, actor)
    read = _read(actor, document) if document else None
    initial = _initial(row, document, read)
    form = DirectiveTextForm(request.POST if request.method == "POST" else None, initial=initial)
    reading = Reading()
    units = receivers(actor, row.unit_id)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        names = unit_names(directory.current(), actor.scope)
        reading = proposed(given["text"], given["signed_on"], names, {UUID(unit) for unit, _name in units})
        if "choose" in request.POST:
            chosen = _chosen(reading.found, request.POST["choose"])
            clause = _clause(read, given["text"], chosen)
            order = OrderForm(initial={**chosen.initial(), "clause": clause}, units=units)
            context = {"decision": row, "form": order, "chosen": chosen}
            return render(request, "directives/new_assignments.html", context)
    context = {
        "decision": row,
        "form": form,
        "found": [(number, one, _names(one)) for number, one in enumerate(reading.found)],
        "unread": reading.unread,
        "read": form.is_bound and form.is_valid(),
    }
    return render(request, "directives/proposals.html", context, status=422 if form.errors else 200)


def _document(request: HttpRequest, actor: Actor) -> Document | None:
    """Return the document that the address names."""
    given = request.GET.get("document", "")
    if not given:
        return None
    try:
        return documents.document(actor, UUID(given))
    except ValueError:
        raise Missing(_("The address names nothing that exists.")) from None


def _read(actor: Actor, document: Document) -> Composed:
    """Return the text of a document as it was issued; of a draft no clause is named, for it may still change."""
    if document.state == DocumentState.ISSUED:
        return composed(documents.version(actor, document.id, document.version).clauses)
    return Composed("\n".join(f"{each.label} {each.text}".strip() for each in documents.text_of(actor, document)), ())


def _initial(row: Decision, document: Document | None, read: Composed | None) -> dict[str, object]:
    """Return the text to read: that of the document, else the decision's reason."""
    if document is None or read is None:
        return {"text": row.reason, "signed_on": _day(row)}
    return {"text": read.text, "signed_on": clock.day_of(document.issued_at or document.drafted_at)}


def _clause(read: Composed | None, text: str, chosen: Proposed) -> str:
    """Return the section in which the proposal stands; "" where the text is another than the document's."""
    if read is None or not read.starts or readable(text) != read.text.strip():
        return ""
    return read.section_at(chosen.proposal.clause.words.start)


def _day(row: Decision) -> object:
    return clock.day_of(row.decided_at)


def _chosen(found: Sequence[Proposed], given: str) -> Proposed:
    if given.isdecimal() and len(given) < 6 and int(given) < len(found):
        return found[int(given)]
    raise Missing(_("The text has no such proposal."))


def _names(one: Proposed) -> dict[str, list[str]]:
    return {"leads": org.unit_labels(list(one.leads)), "supporting": org.unit_labels(list(one.supporting))}
