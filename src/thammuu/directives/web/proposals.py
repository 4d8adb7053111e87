"""From the text of a directive to prepared assignments: nothing is assigned before an officer has confirmed it."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thammuu.directives import policies, queries
from thammuu.directives.extraction import readable
from thammuu.directives.forms import DirectiveTextForm, OrderForm
from thammuu.directives.proposals import Proposed, Reading, proposed
from thammuu.directives.web.decisions import receivers
from thammuu.kernel import clock
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
    initial = {"text": row.reason, "signed_on": clock.day_of(row.decided_at)}
    form = DirectiveTextForm(request.POST if request.method == "POST" else None, initial=initial)
    reading = Reading()
    units = receivers(actor, row.unit_id)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        names = unit_names(directory.current(), actor.scope)
        reading = proposed(readable(given["text"]), given["signed_on"], names, {UUID(unit) for unit, _name in units})
        if "choose" in request.POST:
            chosen = _chosen(reading.found, request.POST["choose"])
            context = {"decision": row, "form": OrderForm(initial=chosen.initial(), units=units), "chosen": chosen}
            return render(request, "directives/new_assignments.html", context)
    context = {
        "decision": row,
        "form": form,
        "found": [(number, one, _names(one)) for number, one in enumerate(reading.found)],
        "unread": reading.unread,
        "read": form.is_bound and form.is_valid(),
    }
    return render(request, "directives/proposals.html", context, status=422 if form.errors else 200)


def _chosen(found: Sequence[Proposed], given: str) -> Proposed:
    if given.isdecimal() and len(given) < 6 and int(given) < len(found):
        return found[int(given)]
    raise Missing(_("The text has no such proposal."))


def _names(one: Proposed) -> dict[str, list[str]]:
    return {"leads": org.unit_labels(list(one.leads)), "supporting": org.unit_labels(list(one.supporting))}
