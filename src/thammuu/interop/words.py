"""The words of CAP, of the statuses of edXML and of our states, for people."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thammuu.interop.edxml.message import Status
from thammuu.interop.rules import State, Verdict

Words = Mapping[str, str | Promise]

STATES: Words = {
    State.DRAFT: _("Awaiting decision"),
    State.NOTICE: _("Notice"),
    State.ACCEPTED: _("Accepted"),
    State.DISMISSED: _("Dismissed"),
    State.SUPERSEDED: _("Superseded"),
    State.CANCELLED: _("Cancelled"),
}
STATUSES: Words = {
    Status.ARRIVED: pgettext_lazy("status of edXML", "Arrived"),
    Status.REFUSED: pgettext_lazy("status of edXML", "Refused"),
    Status.ACCEPTED: pgettext_lazy("status of edXML", "Accepted"),
    Status.ASSIGNED: pgettext_lazy("status of edXML", "Charged to a unit"),
    Status.PROCESSING: pgettext_lazy("status of edXML", "Being dealt with"),
    Status.FINISHED: pgettext_lazy("status of edXML", "Finished"),
    Status.TAKE_BACK: pgettext_lazy("status of edXML", "Its sender takes it back"),
    Status.TAKE_BACK_AGREED: pgettext_lazy("status of edXML", "Taking back agreed"),
    Status.TAKE_BACK_REFUSED: pgettext_lazy("status of edXML", "Taking back refused"),
}
MARKS: Words = {
    "exercise": _("EXERCISE"),
    "test": _("TEST"),
    "system": _("SYSTEM MESSAGE"),
    "draft": _("SENDER'S DRAFT"),
}
VERDICTS: Words = {
    Verdict.TAKEN: _("Taken in"),
    Verdict.DUPLICATE: _("Already here"),
    Verdict.PARTLY: _("Taken in partly"),
    Verdict.REFUSED: _("Refused"),
}
MESSAGE_TYPES: Words = {
    "Alert": pgettext_lazy("CAP", "Alert"),
    "Update": pgettext_lazy("CAP", "Update"),
    "Cancel": pgettext_lazy("CAP", "Cancellation"),
    "Ack": pgettext_lazy("CAP", "Acknowledgement"),
    "Error": pgettext_lazy("CAP", "Error report"),
}
SEVERITIES: Words = {
    "Extreme": pgettext_lazy("severity", "Extreme"),
    "Severe": pgettext_lazy("severity", "Severe"),
    "Moderate": pgettext_lazy("severity", "Moderate"),
    "Minor": pgettext_lazy("severity", "Minor"),
    "Unknown": pgettext_lazy("severity", "Unknown"),
}
URGENCIES: Words = {
    "Immediate": pgettext_lazy("alert urgency", "Immediate"),
    "Expected": pgettext_lazy("alert urgency", "Expected"),
    "Future": pgettext_lazy("alert urgency", "Future"),
    "Past": pgettext_lazy("alert urgency", "Past"),
    "Unknown": pgettext_lazy("alert urgency", "Unknown"),
}
CERTAINTIES: Words = {
    "Observed": pgettext_lazy("certainty", "Observed"),
    "Likely": pgettext_lazy("certainty", "Likely"),
    "Possible": pgettext_lazy("certainty", "Possible"),
    "Unlikely": pgettext_lazy("certainty", "Unlikely"),
    "Unknown": pgettext_lazy("certainty", "Unknown"),
}
RESPONSES: Words = {
    "Shelter": pgettext_lazy("response", "Take shelter"),
    "Evacuate": pgettext_lazy("response", "Evacuate"),
    "Prepare": pgettext_lazy("response", "Prepare"),
    "Execute": pgettext_lazy("response", "Carry out the plan"),
    "Avoid": pgettext_lazy("response", "Avoid the area"),
    "Monitor": pgettext_lazy("response", "Keep watch"),
    "Assess": pgettext_lazy("response", "Assess the situation"),
    "AllClear": pgettext_lazy("response", "All clear"),
    "None": pgettext_lazy("response", "No action"),
}
CATEGORIES: Words = {
    "Geo": pgettext_lazy("category", "Geophysical"),
    "Met": pgettext_lazy("category", "Meteorological"),
    "Safety": pgettext_lazy("category", "Public safety"),
    "Security": pgettext_lazy("category", "Security"),
    "Rescue": pgettext_lazy("category", "Rescue"),
    "Fire": pgettext_lazy("category", "Fire"),
    "Health": pgettext_lazy("category", "Health"),
    "Env": pgettext_lazy("category", "Environment"),
    "Transport": pgettext_lazy("category", "Transport"),
    "Infra": pgettext_lazy("category", "Infrastructure"),
    "CBRNE": pgettext_lazy("category", "Chemical, biological, radiological, nuclear, explosive"),
    "Other": pgettext_lazy("category", "Other"),
}
SOURCES: Words = {
    "upload": _("Uploaded"),
    "folder": _("Watched folder"),
    "command": _("Command line"),
    "api": _("Another system"),
}
