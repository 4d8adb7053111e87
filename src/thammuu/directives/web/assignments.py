"""Assignments: the list with its counts, one with its timeline, and the page for evidence."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from thammuu.directives import actions, labels, policies, queries, rules
from thammuu.directives.filters import AssignmentFilters
from thammuu.directives.forms import EvidenceForm
from thammuu.directives.rows import assignment_rows
from thammuu.directives.rules import Act, State, Timing
from thammuu.directives.web.changing import show
from thammuu.directives.web.filtering import address_of, filters_of, kept, narrowed
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, require
from thammuu.org import queries as org
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.intake import take_in

PAGE = 50


@signed_in
@require_GET
def assignments(request: HttpRequest) -> HttpResponse:
    """Show the assignments, the open ones first by deadline; the filters stand in the address."""
    actor, now = actor_of(request), clock.now()
    filters = filters_of(request.GET)
    page = Paginator(queries.assignments(actor, filters, now), PAGE).get_page(request.GET.get("page"))
    tally = queries.tally(actor, filters, now)
    context = {
        "page": page,
        "rows": assignment_rows(queries.as_then(page.object_list, filters.at), filters.at or now),
        "filters": filters,
        "tally": tally,
        "tabs": _tabs(request.GET, tally, filters),
        "states": [(state.value, word) for state, word in labels.STATES.items()],
        "units": org.visible_units(actor),
        "file": address_of(filters, reverse("assignments_table")),
        "kept": kept(filters),
        "narrowed": narrowed(filters),
        "is_live": not filters.any and page.number == 1,
    }
    return render(request, "directives/assignments.html", context)


@signed_in
@require_GET
def assignment(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show an assignment: the five things that must be clear, where it stands, its timeline."""
    actor = actor_of(request)
    return show(request, actor, queries.assignment(actor, id), {}, 200)


@signed_in
@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, id: UUID) -> HttpResponse:
    """Hand in evidence, from a phone first of all: words, the camera, files."""
    actor = actor_of(request)
    row = queries.assignment(actor, id)
    require(policies.may_execute(actor, row))
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_in_evidence(
                actor=actor,
                now=clock.now(),
                assignment=id,
                text=form.cleaned_data["text"],
                files=[take_in(file, name) for name in ("photos", "documents") for file in form.cleaned_data[name]],
                submission=submission_of(request),
            )
            messages.success(request, _("The evidence is handed in. The issuing unit will verify it."))
            return redirect("assignment", id)
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    [shown] = assignment_rows([row], clock.now())
    can_hand_in = rules.after(State(row.state), Act.HAND_IN) is not None
    context = {"form": form, "row": shown, "assignment": row, "can_hand_in": can_hand_in}
    return render(request, "directives/evidence.html", context, status=422 if form.errors else 200)


def _tabs(query: QueryDict, tally: rules.Tally, filters: AssignmentFilters) -> list[dict[str, object]]:
    others = query.copy()
    for name in ("due", "page"):
        others.pop(name, None)
    every = {"label": _("All"), "url": f"?{others.urlencode()}", "current": filters.timing is None}
    tabs: list[dict[str, object]] = [every]
    for timing in (Timing.OPEN_OVERDUE, Timing.OPEN_WITHIN_TIME, Timing.DONE_LATE, Timing.DONE_ON_TIME):
        others["due"] = timing.value
        tabs.append(
            {
                "label": labels.TIMINGS[timing],
                "url": f"?{others.urlencode()}",
                "count": getattr(tally, timing.value),
                "current": filters.timing == timing,
            }
        )
    return tabs
