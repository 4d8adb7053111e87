"""One task for many units: chosen, shown as it would be issued, issued; and all of it taken back in one act."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from thammuu.directives import actions, labels, policies, queries, receiving, rollup
from thammuu.directives.actions.issuing import term_of
from thammuu.directives.cascade_forms import CascadeForm
from thammuu.directives.forms import ReasonForm
from thammuu.directives.models import Decision
from thammuu.directives.receiving import Plan
from thammuu.directives.web.changing import tell_if_moved
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, require
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def cascade(request: HttpRequest, id: UUID) -> HttpResponse:
    """Choose who receives a task; nothing is issued before what was chosen has been shown, and `seen` says which."""
    actor, now = actor_of(request), clock.now()
    row = queries.decision(actor, id)
    require(policies.may_assign(actor, row))
    form = _form(request, actor, row)
    plan, seen = None, request.POST.get("seen", "")
    if form.is_bound and form.is_valid():
        try:
            chosen = form.cascade(receiving.named(actor, form.cleaned_data["units"].splitlines()))
            if seen:
                actions.cascade_assignments(
                    actor=actor, now=now, decision=id, cascade=chosen, seen=seen, submission=submission_of(request)
                )
                messages.success(request, _("The assignments are issued."))
                tell_if_moved(request, actor, chosen.deadline, now)
                return redirect("decision", id)
            plan = receiving.planned(actor, row, chosen, term_of(chosen.term_days, chosen.deadline, now), now)
            tell_if_moved(request, actor, chosen.deadline, now)
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    context = {"decision": row, "form": form, "plan": plan, "levels": _levels(row, plan) if plan else ()}
    return render(request, "directives/cascade.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def release(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show how many assignments of a decision are open, and take them all back with one reason."""
    actor, now = actor_of(request), clock.now()
    row = queries.decision(actor, id)
    require(policies.may_assign(actor, row))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.release_assignments(
            actor=actor, now=now, decision=id, reason=form.cleaned_data["reason"], submission=submission_of(request)
        )
        messages.success(request, _("The open assignments are withdrawn."))
        return redirect("decision", id)
    total = rollup.summed(queries.parts_of(actor, id), now)
    told = ngettext(
        "{count} open assignment would be withdrawn.", "{count} open assignments would be withdrawn.", total.tally.open
    )
    context = {"decision": row, "form": form, "total": total, "told": told.format(count=total.tally.open)}
    return render(request, "directives/release.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, actor: Actor, row: Decision) -> CascadeForm:
    return CascadeForm(
        request.POST if request.method == "POST" else None,
        initial={"task": row.title},
        issuing_level=directory.current().units[row.unit_id].level,
        levels=receiving.levels_for(actor, row),
        regions=org.unit_options(receiving.regions_for(actor, row)),
    )


def _levels(row: Decision, plan: Plan) -> list[dict[str, object]]:
    """Return the plan's levels as the preview shows them."""
    known = directory.current()
    top = known.unit_label(row.unit_id)
    return [
        {
            "word": labels.level_word(level.level),
            "units": level.units,
            "deadline": level.deadline,
            "examined_by": top if level.depth == 0 else _("the unit above"),
        }
        for level in plan.levels
    ]
