"""Incidents: the list, one with its timeline, and each change of where it stands."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.org import queries as org
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in
from thammuu.watch import actions, policies, queries
from thammuu.watch.contact.queries import contacts
from thammuu.watch.forms import ContactForm, IncidentForm, OutcomeForm, PlaceForm, ReasonForm, SeverityForm, StatusForm
from thammuu.watch.models import Incident
from thammuu.watch.orders.queries import of_incident
from thammuu.watch.orders.rows import rows_of
from thammuu.watch.rows import RowWriter
from thammuu.watch.rules import INCIDENT_KIND_WORDS, SEVERITY_WORDS, STATUS_WORDS, Status
from thammuu.watch.timeline import changed_meanwhile, moments_of
from thammuu.watch.web.asking import filters_of, submission_of, uuid_or_none

PAGE = 50


@signed_in
@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """Show the incidents, urgent first, with their filters in the address."""
    actor = actor_of(request)
    filters = filters_of(request.GET)
    page = Paginator(queries.incident_query(actor, filters), PAGE).get_page(request.GET.get("page"))
    writer = RowWriter(clock.now())
    rows = queries.incident_rows_by_id([incident.id for incident in page.object_list])
    placed = {row.id: row for row in rows}
    context = {
        "page": page,
        "rows": [writer.incident(placed[incident.id]) for incident in page.object_list],
        "filters": filters,
        "units": org.visible_units(actor),
        "kinds": INCIDENT_KIND_WORDS.items(),
        "severities": SEVERITY_WORDS.items(),
        "statuses": STATUS_WORDS.items(),
        "may_open": actor.may_somewhere(Permission.INCIDENT_OPEN),
    }
    return render(request, "watch/incidents.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """Open an incident, perhaps out of the log entry that the address names."""
    actor, now = actor_of(request), clock.now()
    units = org.units_for(actor, Permission.INCIDENT_OPEN)
    if not units:
        raise Refused(_("Your post does not open incidents."))
    source = uuid_or_none(request.GET.get("entry", ""))
    entry = queries.log_entry(actor, source) if source else None
    if source and entry is None:
        raise Missing(_("This log entry does not exist."))
    first: dict[str, Any] = {"unit": str(actor.unit)}
    if entry is not None:
        first = {"title": entry.text[:200], "unit": str(entry.unit_id), "place_text": entry.place_text}
        first |= {"lat": entry.lat, "lon": entry.lon}
    form = IncidentForm(request.POST or None, units=units, initial=first)
    form.offer(
        actor.permits.get(Permission.INCIDENT_OPEN),
        org.events_to_write(actor, Permission.INCIDENT_OPEN, clock.day_of(now)),
    )
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said["unit"] = UUID(said["unit"])
        try:
            recorded = actions.open_incident(
                actor=actor,
                now=now,
                at=entry.happened_at if entry else now,
                log_entry=source,
                submission=submission_of(request),
                **said,
            )
            messages.success(request, _("Incident opened."))
            return redirect(f"/incidents/{recorded.answer}/")
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    context = {"form": form, "entry": entry}
    return render(request, "watch/opening.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def incident(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show an incident: what it is, where it stands, one timeline of people and system."""
    return _show(request, _found(actor_of(request), id), {}, 200)


def show_again(request: HttpRequest, id: UUID, forms_given: dict[str, forms.Form]) -> HttpResponse:
    """Show the incident with a form that has errors."""
    return _show(request, _found(actor_of(request), id), forms_given, 422)


def _found(actor: Actor, id: UUID) -> Incident:
    row = queries.incident(actor, id)
    if row is None:
        raise Missing(_("This incident does not exist."))
    return row


def _show(request: HttpRequest, row: Incident, forms_given: dict[str, forms.Form], status: int) -> HttpResponse:
    actor = actor_of(request)
    may_handle = bool(policies.may_handle_incident(actor, row))
    context = {
        "incident": row,
        "kind": INCIDENT_KIND_WORDS[row.kind],
        "severity": SEVERITY_WORDS[row.severity],
        "status": STATUS_WORDS[row.status],
        "tone": "off" if row.status == Status.CLOSED else row.severity,
        "unit": org.unit_label(row.unit_id),
        "concerned": org.unit_labels(row.units),
        "moments": moments_of(actor, row.id),
        "severity_form": SeverityForm(initial={"severity": row.severity}),
        "status_form": StatusForm(initial={"status": row.status}),
        "place_form": PlaceForm(initial={"place_text": row.place_text, "lat": row.lat, "lon": row.lon}),
        "closure_form": OutcomeForm(),
        "reopening_form": ReasonForm(),
        "is_closed": row.status == Status.CLOSED,
        "may_handle": may_handle,
        "may_close": bool(policies.may_close_incident(actor, row)),
        "may_decide": actor.may_somewhere(Permission.DECIDE),
        "may_write": actor.may_somewhere(Permission.LOG_WRITE),
        "orders": rows_of(of_incident(actor, row.id)),
        "may_order": actor.may_somewhere(Permission.ORDER_GIVE),
        "contacts": contacts(actor, incident=row.id),
        "contact_form": ContactForm(),
        "contact_action": reverse("incident_contact", args=[row.id]),
        "may_give": bool(policies.may_write_log(actor, row.unit_id)),
        "opened_form": next(iter(forms_given), ""),
        **forms_given,
    }
    return render(request, "watch/incident.html", context, status=status)


def _change(
    form_class: type[forms.Form], name: str, act: Callable[..., bool], said: str
) -> Callable[[HttpRequest, UUID], HttpResponseBase]:
    """Return the view of one kind of change: its form, its action, what is said after it."""

    def view(request: HttpRequest, id: UUID) -> HttpResponse:
        actor = actor_of(request)
        row = _found(actor, id)
        form = form_class(request.POST)
        if form.is_valid():
            try:
                now = clock.now()
                changed = act(actor=actor, now=now, incident=id, **form.cleaned_data)
                messages.success(request, _(said) if changed else _("It stood like that already; nothing was changed."))
                if changed and changed_meanwhile(actor, id, request.POST.get("seen", ""), now):
                    text = _("Meanwhile another officer changed this incident too. Both changes are in its timeline.")
                    messages.warning(request, text)
                return redirect(f"/incidents/{id}/")
            except BadInput as fault:
                form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
        return _show(request, row, {name: form}, 422)

    return signed_in(require_POST(view))


severity = _change(SeverityForm, "severity_form", actions.change_severity, gettext_noop("Severity changed."))
status = _change(StatusForm, "status_form", actions.change_status, gettext_noop("Status changed."))
place = _change(PlaceForm, "place_form", actions.record_place, gettext_noop("Place recorded."))
closure = _change(OutcomeForm, "closure_form", actions.close_incident, gettext_noop("Incident closed."))
reopening = _change(ReasonForm, "reopening_form", actions.reopen_incident, gettext_noop("Incident reopened."))
