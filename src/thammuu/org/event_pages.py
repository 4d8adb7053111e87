"""The pages of events: those that one sees, and announcing one."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, require
from thammuu.org import actions, directory, policies, queries
from thammuu.org.rules import Permission
from thammuu.org.unit_forms import Choices, DayField
from thammuu.org.web import actor_of, signed_in


class EventForm(forms.Form):
    """What is secured, by which units, on which days."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    unit = forms.TypedChoiceField(
        label=gettext_lazy("Secured by the unit"), help_text=gettext_lazy("Who sees it sees the event."), coerce=UUID
    )
    below = forms.BooleanField(label=gettext_lazy("And by every unit below it"), required=False, initial=True)
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = DayField(label=gettext_lazy("Last day"))

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["unit"]).choices = units


@signed_in
@require_GET
def event_list(request: HttpRequest) -> HttpResponse:
    """Show the events that the actor may see, the latest first."""
    actor, today = actor_of(request), clock.day_of(clock.now())
    rows = [
        {"event": event, "units": len(event.units), "tone": _tone(event.starts_on, event.ends_on, today)}
        for event in queries.events(actor)
    ]
    may_announce = actor.may_somewhere(Permission.UNIT_ADMIN)
    return render(request, "org/events.html", {"rows": rows, "may_announce": may_announce})


@signed_in
@require_http_methods(["GET", "POST"])
def new_event(request: HttpRequest) -> HttpResponse:
    """Announce an event, which whoever sees one of its units can choose from then on."""
    actor = actor_of(request)
    units = queries.units_for(actor, Permission.UNIT_ADMIN)
    if not units:
        require(policies.may_plan_units(actor))
    form = EventForm(request.POST or None, units=queries.unit_options(units), initial={"unit": str(actor.unit)})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        unit, below = said.pop("unit"), said.pop("below")
        reached = sorted(directory.current().reach(unit)) if below else [unit]
        try:
            actions.announce_event(actor=actor, now=clock.now(), units=reached, **said)
            messages.success(request, _("The event is announced."))
            return redirect("events")
        except BadInput as fault:
            form.add_error(fault.field if fault.field in form.fields else None, fault.reason)
    return render(request, "org/event.html", {"form": form}, status=422 if form.errors else 200)


def _tone(starts_on: date, ends_on: date, today: date) -> tuple[str, str]:
    if today < starts_on:
        return "off", _("Comes")
    return ("off", _("Over")) if ends_on < today else ("standby", _("Under way"))
