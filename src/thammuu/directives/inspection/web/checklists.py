"""The checklists of a unit: which there are, drawing one up, revising one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thammuu.directives.documents.web.showing import add_fault
from thammuu.directives.inspection import actions, policies, queries
from thammuu.directives.inspection.forms import ChecklistForm
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Conflict, require
from thammuu.org import queries as org
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def checklists(request: HttpRequest) -> HttpResponse:
    """Show the checklists of the actor's unit and draw one up."""
    actor = actor_of(request)
    units = policies.planning_units(actor)
    if not units:
        require(policies.may_plan(actor, actor.unit))
    form = ChecklistForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.draw_up_checklist(
                actor=actor, now=clock.now(), unit=units[0], submission=submission_of(request), **form.given()
            )
            messages.success(request, _("The checklist is drawn up."))
            return redirect("checklists")
        except BadInput as fault:
            add_fault(form, fault)
    context = {"form": form, "rows": queries.checklists(actor, units), "unit": org.unit_label(units[0])}
    return render(request, "directives/inspection/checklists.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def checklist(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show a checklist and revise it."""
    actor = actor_of(request)
    row = queries.checklist(actor, id)
    may_keep = policies.may_keep(actor, row)
    if request.method == "POST":
        require(may_keep)
    kept = {"version": row.version, "name": row.name, "items": "\n".join(row.items)}
    form, status = ChecklistForm(request.POST if request.method == "POST" else None, initial=kept), 200
    if form.is_bound and form.is_valid():
        try:
            actions.revise_checklist(
                actor=actor, now=clock.now(), checklist=id, version=form.cleaned_data["version"] or 0,
                submission=submission_of(request), **form.given(),
            )  # fmt: skip
            messages.success(request, _("The checklist is revised. Visits that are planned keep their version."))
            return redirect("checklist", id)
        except BadInput as fault:
            add_fault(form, fault)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            status = 409
    context = {
        "checklist": row,
        "form": form,
        "may_keep": bool(may_keep),
        "unit": org.unit_label(row.unit_id),
        "by": org.post_label(row.post_id),
    }
    status = 422 if form.errors and status == 200 else status
    return render(request, "directives/inspection/checklist.html", context, status=status)
