"""The trace of an incoming document: clause by clause what carries it out, with the gaps."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thammuu.directives.documents.web.showing import add_fault
from thammuu.directives.incoming import actions, policies, queries
from thammuu.directives.incoming.forms import MeasureForm
from thammuu.directives.incoming.models import ClauseMeasure
from thammuu.directives.incoming.rows import incoming_rows
from thammuu.directives.incoming.tracing import measures_offered, trace_of
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.org.policies import visible_to
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def incoming_trace(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show the clauses with their measures, and link a measure with the ticked ones; `gaps` shows only the gaps."""
    actor = actor_of(request)
    row = queries.incoming_document(actor, id)
    may_link = bool(policies.may_deal(actor, row))
    if request.method == "POST":
        require(policies.may_deal(actor, row))
    form = MeasureForm(request.POST if request.method == "POST" else None)
    form.offer(measures_offered(actor, row) if may_link else [])
    if form.is_bound and form.is_valid():
        try:
            actions.link_measure(
                actor=actor, now=clock.now(), document=id, clauses=_ticked(request), measure=form.chosen(),
                submission=submission_of(request),
            )  # fmt: skip
            messages.success(request, _("The measure is linked."))
            return redirect("incoming_trace", id)
        except BadInput as fault:
            add_fault(form, fault)
    trace, only_gaps = trace_of(actor, id), "gaps" in request.GET
    context = {
        "row": incoming_rows(actor, [row], clock.now())[0],
        "trace": trace,
        "clauses": [clause for clause in trace.clauses if clause.gap or not only_gaps],
        "only_gaps": only_gaps,
        "ticked": set(request.POST.getlist("clause")),
        "form": form,
        "may_link": may_link,
        "may_assign": bool(trace.clauses and row.abstract and policies.may_assign_from(actor, row)),
    }
    return render(request, "directives/incoming/trace.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def measure_striking(request: HttpRequest, id: UUID) -> HttpResponse:
    """Strike what was linked with a clause."""
    actor = actor_of(request)
    link = ClauseMeasure.objects.filter(visible_to(actor), id=id).first()
    if link is None:
        raise Missing(_("There is no such link, or your post may not see it."))
    actions.strike_measure(actor=actor, now=clock.now(), measure=id, submission=submission_of(request))
    messages.success(request, _("The link is struck."))
    return redirect("incoming_trace", link.document_id)


def _ticked(request: HttpRequest) -> list[UUID]:
    try:
        return [UUID(given) for given in dict.fromkeys(request.POST.getlist("clause"))]
    except ValueError:
        raise BadInput("clauses", _("The form is damaged. Reload the page and send it again.")) from None
