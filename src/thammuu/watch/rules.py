"""The watch floor's pure rules: kinds, severities, states and their order."""

from collections.abc import Iterable
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class LogKind(StrEnum):
    """The kinds of entry in a duty log."""

    NOTE = "note"
    REPORT = "report"
    REQUEST = "request"
    ORDER = "order"
    CONTACT = "contact"
    EQUIPMENT = "equipment"


class Severity(StrEnum):
    """How grave an incident is; the names are the interface's statuses."""

    CRITICAL = "critical"
    SERIOUS = "serious"
    CAUTION = "caution"
    NORMAL = "normal"


class Status(StrEnum):
    """Where an incident stands."""

    DRAFT = "draft"
    REPORTED = "reported"
    IN_PROGRESS = "in_progress"
    CONTAINED = "contained"
    CLOSED = "closed"


class IncidentKind(StrEnum):
    """The kinds of incident of this release."""

    FIRE = "fire"
    TRAFFIC = "traffic"
    CROWD = "crowd"
    PUBLIC_ORDER = "public_order"
    MEDICAL = "medical"
    NATURAL_HAZARD = "natural_hazard"
    INFRASTRUCTURE = "infrastructure"
    CYBER = "cyber"
    OTHER = "other"


OPEN = (Status.REPORTED, Status.IN_PROGRESS, Status.CONTAINED)
# A draft waits on the board until an officer takes it up or closes it.
ON_BOARD = (Status.DRAFT, *OPEN)
URGENCY = {severity: place for place, severity in enumerate(Severity)}

LOG_KIND_WORDS: dict[str, Promise] = {
    LogKind.NOTE: pgettext_lazy("log kind", "Note"),
    LogKind.REPORT: pgettext_lazy("log kind", "Report"),
    LogKind.REQUEST: pgettext_lazy("log kind", "Request"),
    LogKind.ORDER: pgettext_lazy("log kind", "Order"),
    LogKind.CONTACT: pgettext_lazy("log kind", "Contact"),
    LogKind.EQUIPMENT: pgettext_lazy("log kind", "Equipment"),
}
SEVERITY_WORDS: dict[str, Promise] = {
    Severity.CRITICAL: pgettext_lazy("severity", "Critical"),
    Severity.SERIOUS: pgettext_lazy("severity", "Serious"),
    Severity.CAUTION: pgettext_lazy("severity", "Caution"),
    Severity.NORMAL: pgettext_lazy("severity", "Normal"),
}
STATUS_WORDS: dict[str, Promise] = {
    Status.DRAFT: pgettext_lazy("incident status", "Draft"),
    Status.REPORTED: pgettext_lazy("incident status", "Reported"),
    Status.IN_PROGRESS: pgettext_lazy("incident status", "In progress"),
    Status.CONTAINED: pgettext_lazy("incident status", "Contained"),
    Status.CLOSED: pgettext_lazy("incident status", "Closed"),
}
INCIDENT_KIND_WORDS: dict[str, Promise] = {
    IncidentKind.FIRE: pgettext_lazy("incident kind", "Fire, explosion"),
    IncidentKind.TRAFFIC: pgettext_lazy("incident kind", "Traffic"),
    IncidentKind.CROWD: pgettext_lazy("incident kind", "Crowd"),
    IncidentKind.PUBLIC_ORDER: pgettext_lazy("incident kind", "Public order"),
    IncidentKind.MEDICAL: pgettext_lazy("incident kind", "Medical"),
    IncidentKind.NATURAL_HAZARD: pgettext_lazy("incident kind", "Natural hazard"),
    IncidentKind.INFRASTRUCTURE: pgettext_lazy("incident kind", "Infrastructure"),
    IncidentKind.CYBER: pgettext_lazy("incident kind", "Cyber"),
    IncidentKind.OTHER: pgettext_lazy("incident kind", "Other"),
}
DRAWING_KIND_WORDS: dict[str, Promise] = {
    "site": pgettext_lazy("drawing kind", "Site"),
    "sector": pgettext_lazy("drawing kind", "Sector"),
    "route": pgettext_lazy("drawing kind", "Route"),
    "area": pgettext_lazy("drawing kind", "Area"),
}
MARK_WORDS: dict[str, Promise] = {
    "exercise": pgettext_lazy("mark", "EXERCISE"),
    "test": pgettext_lazy("mark", "TEST"),
}
MARKS = ("", *MARK_WORDS)


def worst(severities: Iterable[str]) -> str:
    """Return the gravest of the severities, "normal" for none: a roll-up takes the worst."""
    return min(severities, key=lambda name: URGENCY[Severity(name)], default=str(Severity.NORMAL))
