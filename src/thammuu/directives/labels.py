"""The words and tones of states, timings and degrees of urgency."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thammuu.directives.followup.rules import Age, Among
from thammuu.directives.rules import EvidenceState, Hold, RequestState, State, Timing, Urgency

STATES: Mapping[State, Promise] = {
    State.ISSUED: pgettext_lazy("assignment", "Issued"),
    State.ACKNOWLEDGED: pgettext_lazy("assignment", "Acknowledged"),
    State.IN_PROGRESS: pgettext_lazy("assignment", "In progress"),
    State.SUBMITTED: pgettext_lazy("assignment", "To be verified"),
    State.RETURNED: pgettext_lazy("assignment", "Returned"),
    State.REFUSED: pgettext_lazy("assignment", "Refused by the lead unit"),
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
UNDATED = _("day of completion not in the list")
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
REQUEST_STATES: Mapping[RequestState, Promise] = {
    RequestState.OPEN: pgettext_lazy("request", "Waits for an answer"),
    RequestState.GRANTED: pgettext_lazy("request", "Granted"),
    RequestState.REFUSED: pgettext_lazy("request", "Refused"),
    RequestState.ENDED: pgettext_lazy("request", "Ended unanswered"),
}
REQUEST_TONES: Mapping[RequestState, str] = {
    RequestState.OPEN: "standby",
    RequestState.GRANTED: "normal",
    RequestState.REFUSED: "off",
    RequestState.ENDED: "off",
}
HOLDS: Mapping[Hold, Promise] = {
    Hold.UNACKNOWLEDGED: _("Not acknowledged"),
    Hold.WORKED_ON: _("Being carried out"),
    Hold.UNVERIFIED: _("Waits to be verified"),
    Hold.REFUSED: _("Refused, to be settled"),
}
IN_SHORT: Mapping[Timing | Hold, Promise] = {
    Timing.DONE_ON_TIME: pgettext_lazy("roll-up", "On time"),
    Timing.DONE_LATE: pgettext_lazy("roll-up", "Late"),
    Timing.OPEN_WITHIN_TIME: pgettext_lazy("roll-up", "Open"),
    Timing.OPEN_OVERDUE: pgettext_lazy("roll-up", "Overdue"),
    Hold.UNACKNOWLEDGED: pgettext_lazy("roll-up", "Not received"),
    Hold.WORKED_ON: pgettext_lazy("roll-up", "Under way"),
    Hold.UNVERIFIED: pgettext_lazy("roll-up", "To verify"),
    Hold.REFUSED: pgettext_lazy("roll-up", "Refused"),
}
AMONG: Mapping[Among, Promise] = {
    Among.COUNTED: _("Not withdrawn"),
    Among.DONE: pgettext_lazy("assignments", "Done"),
    Among.OPEN: pgettext_lazy("assignments", "Open"),
    Among.DUE: _("Due or done"),
}
AGES: Mapping[Age, Promise] = {
    Age.UP_TO_3: _("1–3 days"),
    Age.UP_TO_7: _("4–7 days"),
    Age.UP_TO_15: _("8–15 days"),
    Age.UP_TO_30: _("16–30 days"),
    Age.OVER_30: _("over 30 days"),
}
LEVELS: Mapping[str, Promise] = {
    "ministry": pgettext_lazy("level of units", "Ministry"),
    "city": pgettext_lazy("level of units", "City"),
    "province": pgettext_lazy("level of units", "Province"),
    "commune": pgettext_lazy("level of units", "Commune"),
    "ward": pgettext_lazy("level of units", "Ward"),
    "special_zone": pgettext_lazy("level of units", "Special zone"),
}


def level_word(level: str) -> str:
    """Return how a level of units is called; a level that the organisation made for itself is called as it is."""
    return str(LEVELS.get(level, level))


def tone_of(state: State, timing: Timing | None) -> str:
    """Return the tone of an assignment: colour only for what is overdue, late or sent back."""
    if timing == Timing.OPEN_OVERDUE:
        return "serious"
    if state in (State.RETURNED, State.REFUSED):
        return "caution"
    if timing is None or state == State.CLOSED:
        return "off"
    return "normal" if state == State.VERIFIED else "standby"
