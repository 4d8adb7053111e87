"""The pages of emergency openings: opening, ending, reviewing."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.org import actions, policies
from thammuu.org.account.reproof import freshly_proved
from thammuu.org.granting.forms import OpeningForm, ReviewForm
from thammuu.org.granting.openings import openings
from thammuu.org.web import actor_of, signed_in


@signed_in
@require_GET
def opening_list(request: HttpRequest) -> HttpResponse:
    """Show one's own openings and those that one reviews."""
    return _show(request, ReviewForm(), None, 200)


def _show(request: HttpRequest, form: forms.Form, faulty: UUID | None, status: int) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    context = {
        "rows": openings(actor, now),
        "form": form,
        "faulty": faulty,
        "may_open": bool(policies.may_open_in_emergency(actor)),
    }
    return render(request, "org/granting/openings.html", context, status=status)


@signed_in
@require_http_methods(["GET", "POST"])
@freshly_proved
def new_opening(request: HttpRequest) -> HttpResponse:
    """Open an incident or a unit for oneself, to read."""
    actor, now = actor_of(request), clock.now()
    require(policies.may_open_in_emergency(actor))
    form = OpeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_in_emergency(actor=actor, now=now, **form.cleaned_data)
            messages.success(request, _("Opened for you, to read. Your superiors are told."))
            return redirect("openings")
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    return render(request, "org/granting/opening.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@require_POST
def opening_end(request: HttpRequest, id: UUID) -> HttpResponse:
    """End an opening before its time."""
    _seen(request, id)
    actions.end_opening(actor=actor_of(request), now=clock.now(), opening=id)
    messages.success(request, _("Ended."))
    return redirect("openings")


@signed_in
@require_POST
def opening_review(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say what was found about an opening."""
    _seen(request, id)
    form = ReviewForm(request.POST)
    if form.is_valid():
        try:
            actions.review_opening(actor=actor_of(request), now=clock.now(), opening=id, **form.cleaned_data)
            messages.success(request, _("Reviewed."))
            return redirect("openings")
        except BadInput as fault:
            form.add_error("review", fault.reason)
    return _show(request, form, id, 422)


def _seen(request: HttpRequest, id: UUID) -> None:
    if all(row.row.id != id for row in openings(actor_of(request), clock.now())):
        raise Missing(_("This does not exist, or not for you."))
