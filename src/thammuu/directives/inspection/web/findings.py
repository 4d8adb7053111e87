"""Findings: making one on the visit, its page with statements and corrections, and what is done from it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.directives.documents.web.showing import add_fault
from thammuu.directives.forms import ReasonForm
from thammuu.directives.inspection import actions, policies, queries
from thammuu.directives.inspection.forms import CorrectionForm, FindingForm, StatementForm
from thammuu.directives.inspection.models import Finding, Inspection
from thammuu.directives.inspection.rows import inspection_row
from thammuu.directives.inspection.rules import ANSWERABLE, STRIKEABLE, FindingState, InspectionState, Standing
from thammuu.directives.web.changing import tell_if_moved
from thammuu.directives.web.decisions import receivers
from thammuu.directives.web.sending import submission_of
from thammuu.journal.redaction.words import said
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, require
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.intake import Kept, take_in


@signed_in
@require_http_methods(["GET", "POST"])
def new_finding(request: HttpRequest, id: UUID) -> HttpResponse:
    """Write down what was found, from a phone first of all; the address may name the unit and the item."""
    actor = actor_of(request)
    row = queries.inspection(actor, id)
    require(policies.may_inspect(actor, row))
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FindingForm(data, files, initial={name: request.GET.get(name) for name in ("unit", "item")})
    form.offer([(str(unit), org.unit_label(unit)) for unit in row.inspected_units], _items(actor, row))
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            actions.make_finding(
                actor=actor, now=clock.now(), inspection=id, unit=given["unit"], text=given["text"],
                severity=given["severity"], item=given["item"], files=_files(form), submission=submission_of(request),
            )  # fmt: skip
            messages.success(
                request, _("The finding is written down. The inspected unit reads it once it is reported.")
            )
            return redirect("inspection", id)
        except BadInput as fault:
            add_fault(form, fault)
    context = {
        "form": form,
        "row": inspection_row(row, clock.day_of(clock.now())),
        "under_way": row.state == InspectionState.UNDER_WAY,
    }
    return render(request, "directives/inspection/new_finding.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def finding(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show a finding: what was found, its evidence, what the unit says, what corrects it."""
    actor = actor_of(request)
    return _show(request, actor, queries.finding(actor, id))


@signed_in
@require_POST
def finding_statement(request: HttpRequest, id: UUID) -> HttpResponse:
    """Make a statement for the inspected unit."""
    actor = actor_of(request)
    row = queries.finding(actor, id)
    require(policies.may_state(actor, row))
    form = StatementForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.make_statement(
                actor=actor, now=clock.now(), finding=id, text=form.cleaned_data["text"], files=_files(form),
                submission=submission_of(request),
            )  # fmt: skip
            messages.success(request, _("The statement is with the inspecting unit."))
            return redirect("finding", id)
        except BadInput as fault:
            add_fault(form, fault)
    return _show(request, actor, row, {"statement_form": form}, 422)


@signed_in
@require_POST
def finding_striking(request: HttpRequest, id: UUID) -> HttpResponse:
    """Strike a finding that does not stand."""
    actor = actor_of(request)
    row = queries.finding(actor, id)
    require(policies.may_inspect(actor, row.inspection))
    form = ReasonForm(request.POST, prefix="strike")
    if form.is_valid():
        try:
            actions.strike_finding(
                actor=actor, now=clock.now(), finding=id, submission=submission_of(request), **form.cleaned_data
            )
            messages.success(request, _("The finding is struck."))
            return redirect("finding", id)
        except BadInput as fault:
            add_fault(form, fault)
    return _show(request, actor, row, {"strike_form": form}, 422)


@signed_in
@require_POST
def finding_closure(request: HttpRequest, id: UUID) -> HttpResponse:
    """Close a finding that was corrected."""
    actor = actor_of(request)
    row = queries.finding(actor, id)
    require(policies.may_inspect(actor, row.inspection))
    actions.close_finding(actor=actor, now=clock.now(), finding=id, submission=submission_of(request))
    messages.success(request, _("The finding is closed."))
    return redirect("finding", id)


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def finding_correction(request: HttpRequest, id: UUID) -> HttpResponse:
    """Issue an assignment that corrects a finding."""
    actor = actor_of(request)
    row = queries.finding(actor, id)
    require(policies.may_inspect(actor, row.inspection))
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial={"lead_unit": row.unit_id})
    form.offer(_receivers(actor, row))
    if form.is_bound and form.is_valid():
        try:
            actions.assign_correction(
                actor=actor, now=clock.now(), finding=id, order=form.order(), submission=submission_of(request)
            )
            messages.success(request, _("The assignment is issued."))
            tell_if_moved(request, actor, form.cleaned_data["deadline"], clock.now())
            return redirect("finding", id)
        except BadInput as fault:
            add_fault(form, fault)
    context = {
        "form": form,
        "finding": row,
        "title": said(row.text),
        "concluded": row.inspection.state == InspectionState.CONCLUDED,
    }
    return render(request, "directives/inspection/correction.html", context, status=422 if form.errors else 200)


def _show(
    request: HttpRequest, actor: Actor, row: Finding, given: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    """Render a finding's page; `given` are forms with errors, by their names in the template."""
    now = clock.now()
    [shown] = queries.finding_rows(actor, [row], now)
    inspection = row.inspection
    works, is_open = bool(policies.may_inspect(actor, inspection)), row.state == FindingState.OPEN
    concluded = inspection.state == InspectionState.CONCLUDED
    context: dict[str, Any] = {
        "finding": shown,
        "classification": row.classification,
        "row": inspection_row(inspection, clock.day_of(now)),
        "can_state": is_open and inspection.state in ANSWERABLE and bool(policies.may_state(actor, row)),
        "can_strike": is_open and inspection.state in STRIKEABLE and works,
        "can_assign": is_open and concluded and works,
        "can_close": is_open and concluded and works and shown.standing == Standing.DONE,
        "statement_form": StatementForm(),
        "strike_form": ReasonForm(prefix="strike"),
        **(given or {}),
    }
    return render(request, "directives/inspection/finding.html", context, status=status)


def _files(form: StatementForm) -> list[Kept]:
    return [take_in(file, name) for name in ("photos", "documents") for file in form.cleaned_data[name]]


def _items(actor: Actor, row: Inspection) -> list[tuple[str, str]]:
    """Return the items of the checklist, for a select: they are the same at every inspected unit."""
    sheets = queries.sheets_of(actor, row.id)
    return [(str(item.number), f"{item.number}. {item.text}"[:120]) for item in sheets[0].items] if sheets else []


def _receivers(actor: Actor, row: Finding) -> list[tuple[str, str]]:
    """Return the units that take orders of the inspecting unit, the inspected one among them."""
    near = {UUID(id) for id, _name in receivers(actor, row.inspection.unit_id)}
    return org.unit_options(directory.current().in_order({*near, row.unit_id}))
