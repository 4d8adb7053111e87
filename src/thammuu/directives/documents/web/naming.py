"""The types of document that a unit adds, and its abbreviation in symbols."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from thammuu.directives.documents import actions, policies, queries
from thammuu.directives.documents.forms import SeriesForm, SymbolForm, TypeForm, type_choices
from thammuu.directives.documents.types import types_of
from thammuu.directives.documents.web.showing import add_fault
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Conflict, Missing, require
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def document_types(request: HttpRequest) -> HttpResponse:
    """Show a unit's types of document and add one; the unit stands in the address."""
    actor = actor_of(request)
    unit = _unit(request, actor)
    form = TypeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.add_type(
                actor=actor, now=clock.now(), unit=unit, submission=submission_of(request), **form.cleaned_data
            )
            messages.success(request, _("The type is added."))
            return redirect(_address(unit))
        except BadInput as fault:
            add_fault(form, fault)
    return _show(request, actor, unit, type_form=form)


@signed_in
@require_POST
def unit_symbol(request: HttpRequest) -> HttpResponse:
    """Give a unit its abbreviation in the symbols of documents."""
    actor = actor_of(request)
    unit = _unit(request, actor)
    form = SymbolForm(request.POST)
    if form.is_valid():
        try:
            actions.give_symbol(
                actor=actor, now=clock.now(), unit=unit, submission=submission_of(request), **form.cleaned_data
            )
            messages.success(request, _("The abbreviation is saved."))
            return redirect(_address(unit))
        except BadInput as fault:
            add_fault(form, fault)
    return _show(request, actor, unit, symbol_form=form)


@signed_in
@require_POST
def number_series(request: HttpRequest) -> HttpResponse:
    """Let this year's series of a type go on after the numbers that were given elsewhere."""
    actor = actor_of(request)
    unit = _unit(request, actor)
    form = _series_form(actor, unit, request.POST)
    status = 422
    if form.is_valid():
        try:
            actions.continue_series(
                actor=actor, now=clock.now(), unit=unit, submission=submission_of(request), **form.cleaned_data
            )
            messages.success(request, _("The series goes on after this number."))
            return redirect(_address(unit))
        except BadInput as fault:
            add_fault(form, fault)
        except Conflict as conflict:
            form.add_error(None, str(conflict))
            status = 409
    return _show(request, actor, unit, series_form=form, status=status)


def _show(request: HttpRequest, actor: Actor, unit: UUID, status: int = 422, **given: forms.Form) -> HttpResponse:
    """Render the page with the given form, which has faults if it was sent, and the others empty."""
    near = {*([actor.unit] if actor.unit else []), *directory.current().children.get(actor.unit or unit, ()), unit}
    context = {
        "unit": unit,
        "unit_name": org.unit_label(unit),
        "units": [one for one in directory.current().in_order(near) if policies.may_name_types(actor, one.id)],
        "types": types_of(unit, actor.scope.world),
        "type_form": TypeForm(),
        "symbol_form": SymbolForm(initial=_symbol(actor, unit)),
        "series_form": _series_form(actor, unit, None),
        **given,
    }
    faulty = any(form.errors for form in given.values())
    return render(request, "directives/documents/types.html", context, status=status if faulty else 200)


def _series_form(actor: Actor, unit: UUID, data: Any) -> SeriesForm:
    form = SeriesForm(data)
    form.offer_types(type_choices(types_of(unit, actor.scope.world)))
    return form


def _unit(request: HttpRequest, actor: Actor) -> UUID:
    """Return the unit in the address, else the actor's own. Raises `Missing` for one that the actor does not see."""
    try:
        unit = UUID(request.GET["unit"]) if request.GET.get("unit") else actor.unit
    except ValueError:
        unit = None
    if unit is None or not actor.scope.knows(unit):
        raise Missing(_("There is no such unit, or your post may not see it."))
    require(policies.may_name_types(actor, unit))
    return unit


def _symbol(actor: Actor, unit: UUID) -> dict[str, str]:
    return {"abbreviation": queries.symbols(actor, [unit]).get(unit, "")}


def _address(unit: UUID) -> str:
    return f"{reverse('document_types')}?unit={unit}"
