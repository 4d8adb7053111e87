"""A message of edXML from another office: refused with what is wrong where, registered, or answered with a status."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from thammuu.directives.incoming.policies import may_register, registering_units
from thammuu.directives.incoming.web.registering import look_at
from thammuu.directives.web.files import handed_out
from thammuu.interop.edxml import Document, StatusReport
from thammuu.interop.edxml.apart import read_file
from thammuu.interop.edxml.message import Status
from thammuu.interop.incoming import received_from, status_message
from thammuu.interop.words import STATUSES
from thammuu.kernel import clock
from thammuu.kernel.errors import require
from thammuu.org import directory
from thammuu.org.web import actor_of, signed_in

MEBIBYTE = 1024 * 1024
LARGEST = 50 * MEBIBYTE


class MessageForm(forms.Form):
    """A file of edXML, and what is to come of it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,
        help_text=gettext_lazy("edXML of another office, at most 50 MB."),
        widget=forms.FileInput(attrs={"accept": ".edxml,.xml"}),
    )
    become = forms.ChoiceField(
        label=gettext_lazy("What comes of it"),
        choices=[
            ("register", gettext_lazy("Look at it and register it")),
            (Status.ARRIVED.value, gettext_lazy("Write the status “arrived” for its sender")),
            (Status.REFUSED.value, gettext_lazy("Write the status “refused” for its sender, with the reason")),
        ],
        initial="register",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=gettext_lazy("Reason of a refusal"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a refusal, and refuse a file that is too large."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("become") == Status.REFUSED and not given.get("reason", "").strip():
            self.add_error("reason", _("Give the reason; the unit will read it."))
        if "file" in given and given["file"].size > LARGEST:
            self.add_error("file", _("The file is larger than 50 MB."))
        return given


@signed_in
@require_http_methods(["GET", "POST"])
def incoming_edxml(request: HttpRequest) -> HttpResponse:
    """Read a message; go on to its registration, or hand its status out. Nothing of a refused one is kept."""
    actor = actor_of(request)
    units = registering_units(actor)
    if not units:
        require(may_register(actor, actor.unit))
    form = MessageForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        reading = read_file(given["file"].read())
        if isinstance(reading.message, Document) and given["become"] == "register":
            return look_at(request, actor, received_from(reading.message, reading.warnings))
        if isinstance(reading.message, Document) and units:
            unit, status = directory.current().units[units[0]], Status(given["become"])
            content = status_message(reading.message, unit, status, clock.now(), given["reason"].strip())
            return handed_out(content, "application/xml", f"status-{status}.edxml")
        if isinstance(reading.message, StatusReport):
            context |= {"status": reading.message, "word": STATUSES[reading.message.status]}
        context["faults"] = [(fault.path, fault.line, fault.say(_)) for fault in reading.faults]
    refused = bool(form.errors or context.get("faults"))
    return render(request, "interop/incoming_edxml.html", context, status=422 if refused else 200)
