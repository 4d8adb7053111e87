"""Registering an incoming document: its files, then what stands on it, then it is saved; and correcting it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from thammuu.directives.documents.labels import CLAUSES
from thammuu.directives.documents.web.showing import add_fault
from thammuu.directives.incoming import actions, policies, queries
from thammuu.directives.incoming.actions import Duplicate
from thammuu.directives.incoming.forms import (
    DESCRIBED,
    ArrivalForm,
    CorrectionForm,
    ReceivedForm,
    described,
    type_names,
)
from thammuu.directives.incoming.reading import Received, held, receive, taken_back
from thammuu.directives.incoming.rows import incoming_rows
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, require
from thammuu.org import queries as org
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in

CHOOSE = "directives/incoming/received.html"
DESCRIBE = "directives/incoming/arrival.html"


@signed_in
@require_http_methods(["GET", "POST"])
def new_incoming(request: HttpRequest) -> HttpResponse:
    """Register what came: choose its files or none, look at what was read, type what stands on it, save."""
    actor = actor_of(request)
    if not policies.registering_units(actor):
        require(policies.may_register(actor, actor.unit))
    if "read" in request.POST:
        return _register(request, actor)
    form = ReceivedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            received = receive(form.cleaned_data["received"])
            return look_at(request, actor, received)
        except BadInput as fault:
            add_fault(form, fault)
    return render(request, CHOOSE, {"form": form}, status=422 if form.errors else 200)


def look_at(request: HttpRequest, actor: Actor, received: Received) -> HttpResponse:
    """Show what came with the form that registers it, filled in with what it says. Raises `BadInput` as `held` does."""
    initial = {name: getattr(received, name) for name in DESCRIBED if hasattr(received, name)}
    form = _arrival_form(actor, None, {**initial, "arrived_on": clock.day_of(clock.now())})
    return _look(request, received, held(received, actor.account), form, 200)


@signed_in
@require_http_methods(["GET", "POST"])
def incoming_correction(request: HttpRequest, id: UUID) -> HttpResponse:
    """Correct what was registered, with the reason."""
    actor = actor_of(request)
    row = queries.incoming_document(actor, id)
    require(policies.may_keep(actor, row))
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=described(row))
    context: dict[str, Any] = {"types": type_names(), "row": incoming_rows(actor, [row], clock.now())[0]}
    if form.is_bound and form.is_valid():
        try:
            actions.correct_incoming(
                actor=actor, now=clock.now(), document=id, arrival=form.arrival(), reason=form.cleaned_data["reason"],
                second_copy=form.cleaned_data["second_copy"], submission=submission_of(request),
            )  # fmt: skip
            messages.success(request, _("The correction is saved."))
            return redirect("incoming_document", id)
        except Duplicate as found:
            context["earlier"] = _told(form, found, actor)
        except BadInput as fault:
            add_fault(form, fault)
    _ask_of_copy(form, "earlier" in context)
    return render(
        request, "directives/incoming/correction.html", {**context, "form": form}, status=422 if form.errors else 200
    )


def _register(request: HttpRequest, actor: Actor) -> HttpResponse:
    sealed = request.POST["read"]
    received = taken_back(sealed, actor.account)
    form = _arrival_form(actor, request.POST, {})
    earlier, units = None, policies.registering_units(actor)
    if form.is_valid() and units:
        given = form.cleaned_data
        try:
            id = actions.register_incoming(
                actor=actor, now=clock.now(), unit=given.get("unit", units[0]), arrival=form.arrival(),
                clauses=received.clauses, files=received.files, second_copy=given["second_copy"],
                event=given.get("event"), classification=given.get("classification", 0),
                submission=submission_of(request),
            )  # fmt: skip
            number = queries.incoming_document(actor, id).number
            messages.success(request, _("Registered under number of arrival {number}.").format(number=f"{number:02}"))
            return redirect("incoming_document", id)
        except Duplicate as found:
            earlier = _told(form, found, actor)
        except BadInput as fault:
            add_fault(form, fault)
    return _look(request, received, sealed, form, 422, earlier)


def _arrival_form(actor: Actor, data: Any, initial: dict[str, Any]) -> ArrivalForm:
    form = ArrivalForm(data, initial=initial)
    held_right = actor.permits.get(Permission.DECIDE) or actor.permits.get(Permission.ASSIGNMENT_EXECUTE)
    form.offer(held_right, org.events_to_write(actor, Permission.DECIDE, clock.day_of(clock.now())))
    form.offer_units([(str(unit), org.unit_label(unit)) for unit in policies.registering_units(actor)])
    form.order_fields(form.field_order)
    return form


def _told(form: forms.Form, found: Duplicate, actor: Actor) -> Any:
    """Say above the form that the document is registered already, and return the earlier registration."""
    form.add_error(None, str(found))
    return incoming_rows(actor, [found.earlier], clock.now())[0]


def _ask_of_copy(form: forms.Form, found: bool) -> None:
    """Ask whether it is a second copy only where an earlier registration was found, or it was answered already."""
    if not found and not form.data.get("second_copy"):
        form.fields["second_copy"].widget = forms.HiddenInput()


def _look(
    request: HttpRequest, received: Received, sealed: str, form: ArrivalForm, status: int, earlier: Any = None
) -> HttpResponse:
    _ask_of_copy(form, earlier is not None)
    context = {
        "received": received,
        "sealed": sealed,
        "form": form,
        "earlier": earlier,
        "types": type_names(),
        "clauses": [(CLAUSES[clause.kind], clause) for clause in received.clauses],
    }
    return render(request, DESCRIBE, context, status=status)
