"""The states of a redaction and its classes of reasons, in words."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy


class State(StrEnum):
    """Where a redaction stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    CARRIED_OUT = "carried_out"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ReasonClass(StrEnum):
    """Why something is redacted, as everybody may know it."""

    PERSONAL = "personal"
    REPORTER = "reporter"
    MISPLACED = "misplaced"
    CLASSIFIED = "classified"
    ORDERED = "ordered"


IN_FORCE = (State.CONFIRMED, State.CARRIED_OUT)
STATE_WORDS: Mapping[str, Promise] = {
    State.PROPOSED: pgettext_lazy("state of a redaction", "Waits for a second person"),
    State.CONFIRMED: pgettext_lazy("state of a redaction", "Confirmed, being carried out"),
    State.CARRIED_OUT: pgettext_lazy("state of a redaction", "Carried out"),
    State.REFUSED: pgettext_lazy("state of a redaction", "Refused"),
    State.WITHDRAWN: pgettext_lazy("state of a redaction", "Withdrawn"),
}
REASON_WORDS: Mapping[str, Promise] = {
    ReasonClass.PERSONAL: pgettext_lazy("reason of a redaction", "Data about a person"),
    ReasonClass.REPORTER: pgettext_lazy("reason of a redaction", "It shows who reported"),
    ReasonClass.MISPLACED: pgettext_lazy("reason of a redaction", "It does not belong here"),
    ReasonClass.CLASSIFIED: pgettext_lazy("reason of a redaction", "A secret that may not be kept here"),
    ReasonClass.ORDERED: pgettext_lazy("reason of a redaction", "A court or a superior orders it"),
}


def said(text: str) -> str:
    """Return what an object says; of one whose words were redacted, that they were: no other is without words."""
    return text or _("Redacted")
