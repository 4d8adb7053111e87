"""Pages of urging: the policies, one with its ladder, trying it, and saying that an urging was seen."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thammuu.directives.policies import deciding_units
from thammuu.directives.urging import actions, queries, words
from thammuu.directives.urging.carriers import carriers_of
from thammuu.directives.urging.forms import (
    AddressForm,
    LadderForm,
    RungForms,
    SwitchForm,
    TrialForm,
    initial_of,
    rungs_of,
)
from thammuu.directives.urging.models import UrgingPolicy
from thammuu.directives.urging.policies import may_set_policy
from thammuu.directives.urging.rules import Rung, ladder_of
from thammuu.directives.urging.trying import trial
from thammuu.directives.web.sending import submission_of
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Refusal, require
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in

TRIED_DAYS = 30
PAGE = 100


@signed_in
@require_http_methods(["GET", "POST"])
def urging(request: HttpRequest) -> HttpResponse:
    """Show the policies, and draw one up for a unit that has none."""
    actor, now = actor_of(request), clock.now()
    if request.method == "POST":
        unit = _id(request.POST.get("unit", ""))
        id = actions.draw_up_policy(actor=actor, now=now, unit=unit, submission=submission_of(request))
        messages.success(request, _("The policy is drawn up. It sends nothing before you switch it on."))
        return redirect("urging_policy", id)
    known, there = directory.current(), set(UrgingPolicy.objects.values_list("unit_id", flat=True))
    without = [(unit, known.unit_label(unit)) for unit in deciding_units(actor) if unit not in there]
    context = {"rows": queries.policies(actor, now), "without": without}
    return render(request, "directives/urging/policies.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def urging_policy(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show a policy with its ladder, and change the ladder."""
    actor = actor_of(request)
    row = queries.policy(actor, id)
    if request.method == "GET":
        return _show(request, actor, row)
    require(may_set_policy(actor, row.unit_id))
    form, rungs = LadderForm(request.POST), RungForms(request.POST, prefix="rung")
    if form.is_valid() and rungs.is_valid():
        try:
            actions.change_ladder(
                actor=actor,
                now=clock.now(),
                policy=id,
                version=form.cleaned_data["version"],
                ladder=form.ladder(rungs_of(rungs)),
                submission=submission_of(request),
            )
            messages.success(request, _("The ladder is changed."))
            return redirect("urging_policy", id)
        except BadInput as fault:
            form.add_error(None, fault.reason)
    return _show(request, actor, row, form=form, rungs=rungs)


@signed_in
@require_POST
def urging_switch(request: HttpRequest, id: UUID) -> HttpResponse:
    """Switch a policy on or off."""
    actor = actor_of(request)
    row = queries.policy(actor, id)
    require(may_set_policy(actor, row.unit_id))
    form, on = SwitchForm(request.POST, prefix="switch"), request.POST.get("on") == "1"
    if form.is_valid():
        try:
            actions.switch_policy(
                actor=actor, now=clock.now(), policy=id, on=on, submission=submission_of(request), **form.cleaned_data
            )
            said = _("Urging is switched on.") if on else _("Urging is switched off.")
            messages.success(request, said)
            return redirect("urging_policy", id)
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    return _show(request, actor, row, switch=form)


@signed_in
@require_GET
def urging_trial(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show what the policy would have sent in a time that is over; nothing is sent or written."""
    actor, today = actor_of(request), clock.day_of(clock.now())
    row = queries.policy(actor, id)
    require(may_set_policy(actor, row.unit_id))
    days = {"first": today - timedelta(days=TRIED_DAYS), "last": today}
    asked = "first" in request.GET
    form = TrialForm(request.GET if asked else None, initial=days, today=today)
    context: dict[str, Any] = {"form": form, "policy": row, "unit": directory.current().unit_label(row.unit_id)}
    if asked and form.is_valid():
        found = trial(actor, row, form.cleaned_data["first"], form.cleaned_data["last"])
        page = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
        context |= {"trial": found, "page": page}
    return render(request, "directives/urging/trial.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def urgings_seen(request: HttpRequest) -> HttpResponse:
    """Say that the urgings that were shown have been seen: those, and none that came since."""
    ids = [_id(text) for text in request.POST.getlist("urging")]
    actions.see_urgings(
        actor=actor_of(request), now=clock.now(), urgings=ids, submission=submission_of(request)
    )  # fmt: skip
    messages.success(request, _("Whoever follows the assignments sees that you have seen this."))
    return redirect("home")


@signed_in
@require_http_methods(["GET", "POST"])
def urging_channels(request: HttpRequest) -> HttpResponse:
    """Show where units receive urgings and which messages went out; set an address."""
    actor = actor_of(request)
    units = org.unit_options(org.units_for(actor, Permission.UNIT_ADMIN))
    if request.method == "POST" and not units:
        require(Refusal(_("Your post administers no units.")))
    form = AddressForm(request.POST if request.method == "POST" else None, units=units)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            actions.set_address(
                actor=actor,
                now=clock.now(),
                unit=given.pop("unit"),
                addresses={channel: address.strip() for channel, address in given.items()},
                carriers=carriers_of(settings.OUTGOING),
                submission=submission_of(request),
            )
            messages.success(request, _("Saved."))
            return redirect("urging_channels")
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    context = {
        "form": form,
        "may_set": bool(units),
        "addresses": queries.addresses(actor),
        "deliveries": queries.deliveries(actor),
    }
    return render(request, "directives/urging/channels.html", context, status=422 if form.errors else 200)


def _show(request: HttpRequest, actor: Actor, row: UrgingPolicy, **forms: Any) -> HttpResponse:
    ladder = ladder_of(row.ladder)
    quiet = {name: getattr(ladder, name) for name in ("quiet_from", "quiet_until", "working_days_only")}
    context = {
        "policy": row,
        "unit": directory.current().unit_label(row.unit_id),
        "rungs_said": [_said(rung) for rung in ladder.rungs],
        "quiet_said": words.quiet(ladder),
        "may_set": bool(may_set_policy(actor, row.unit_id)),
        "history": [(entry, entry.say(actor.language)) for entry in queries.history_of(row)[:20]],
        "form": LadderForm(initial={**quiet, "version": row.version}),
        "rungs": RungForms(initial=initial_of(ladder), prefix="rung"),
        "switch": SwitchForm(prefix="switch"),
        **forms,
    }
    return render(request, "directives/urging/policy.html", context, status=422 if forms else 200)


def _said(rung: Rung) -> dict[str, object]:
    return {
        "when": words.when(rung),
        "to": words.AUDIENCES[rung.to],
        "again": words.again(rung),
        "channels": [words.CHANNELS[channel] for channel in rung.channels],
        "any_hour": rung.any_hour,
    }


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadInput("", _("The form is damaged. Reload the page and send it again.")) from None
