"""The words and tones of states, timings and degrees of urgency."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thammuu.directives.rules import EvidenceState, State, Timing, Urgency

STATES: Mapping[State, Promise] = {
    State.ISSUED: pgettext_lazy("assignment", "Issued"),
    State.ACKNOWLEDGED: pgettext_lazy("assignment", "Acknowledged"),
    State.IN_PROGRESS: pgettext_lazy("assignment", "In progress"),
    State.SUBMITTED: pgettext_lazy("assignment", "To be verified"),
    State.RETURNED: pgettext_lazy("assignment", "Returned"),
    State.VERIFIED: pgettext_lazy("assignment", "Verified"),
    State.CLOSED: pgettext_lazy("assignment", "Closed"),
    State.WITHDRAWN: pgettext_lazy("assignment", "Withdrawn"),
}
TIMINGS: Mapping[Timing, Promise] = {
    Timing.DONE_ON_TIME: _("Done on time"),
    Timing.DONE_LATE: _("Done late"),
    Timing.OPEN_WITHIN_TIME: _("Open, within time"),
    Timing.OPEN_OVERDUE: _("Open, overdue"),
}
URGENCIES: Mapping[Urgency, Promise] = {
    Urgency.NORMAL: pgettext_lazy("degree of urgency", "Normal"),
    Urgency.URGENT: pgettext_lazy("degree of urgency", "Urgent"),
    Urgency.VERY_URGENT: pgettext_lazy("degree of urgency", "Very urgent"),
    Urgency.IMMEDIATE: pgettext_lazy("degree of urgency", "Immediate"),
}
EVIDENCE_STATES: Mapping[EvidenceState, Promise] = {
    EvidenceState.SUBMITTED: pgettext_lazy("evidence", "Waits to be verified"),
    EvidenceState.VERIFIED: pgettext_lazy("evidence", "Verified"),
    EvidenceState.RETURNED: pgettext_lazy("evidence", "Returned"),
}
EVIDENCE_TONES: Mapping[EvidenceState, str] = {
    EvidenceState.SUBMITTED: "standby",
    EvidenceState.VERIFIED: "normal",
    EvidenceState.RETURNED: "caution",
}


def tone_of(state: State, timing: Timing | None) -> str:
    """Return the tone of an assignment: colour only for what is overdue, late or sent back."""
    if timing == Timing.OPEN_OVERDUE:
        return "serious"
    if state == State.RETURNED:
        return "caution"
    if timing is None or state == State.CLOSED:
        return "off"
    return "normal" if state == State.VERIFIED else "standby"
