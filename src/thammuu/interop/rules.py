"""What an alert means to the watch: draft or notice, live or over, real or exercise. Pure.

Source of the meanings: CAP 1.2, data dictionary (status, msgType, urgency, severity, certainty, responseType).
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from thammuu.interop.cap.geometry import centre
from thammuu.interop.cap.grammar import CERTAINTY, SEVERITY, URGENCY
from thammuu.interop.cap.message import Alert, Info, Point, Reference
from thammuu.watch.rules import IncidentKind, Severity


class State(StrEnum):
    """Where an alert stands. A draft waits for an officer; the last three are over."""

    DRAFT = "draft"
    NOTICE = "notice"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"


class Mark(StrEnum):
    """What is not real about an alert; empty where it is real."""

    NONE = ""
    EXERCISE = "exercise"
    TEST = "test"
    SYSTEM = "system"
    DRAFT = "draft"


class Verdict(StrEnum):
    """What became of a file, or of one alert in it."""

    TAKEN = "taken"
    DUPLICATE = "duplicate"
    PARTLY = "partly"
    REFUSED = "refused"


OPEN = (State.DRAFT, State.NOTICE, State.ACCEPTED)
OVER = (State.DISMISSED, State.SUPERSEDED, State.CANCELLED)
# Marks of messages that ask nobody to act, whatever they say.
IDLE_MARKS = frozenset({Mark.TEST, Mark.SYSTEM, Mark.DRAFT})
ACTIONS = frozenset({"Shelter", "Evacuate", "Prepare", "Execute", "Avoid"})
TONES = {"Extreme": "critical", "Severe": "serious", "Moderate": "caution", "Minor": "normal", "Unknown": "standby"}

# What an incident from an alert begins with; an officer assesses it anew. Unknown calls for a look.
SEVERITY_OF = {
    "Extreme": Severity.CRITICAL, "Severe": Severity.SERIOUS, "Moderate": Severity.CAUTION,
    "Minor": Severity.NORMAL, "Unknown": Severity.CAUTION,
}  # fmt: skip
KIND_OF = {
    "Geo": IncidentKind.NATURAL_HAZARD, "Met": IncidentKind.NATURAL_HAZARD, "Fire": IncidentKind.FIRE,
    "Security": IncidentKind.PUBLIC_ORDER, "Health": IncidentKind.MEDICAL, "Transport": IncidentKind.TRAFFIC,
    "Infra": IncidentKind.INFRASTRUCTURE,
}  # fmt: skip


def mark_of(status: str, envelope_status: str = "") -> Mark:
    """The mark of an alert; an envelope that is an exercise or a test makes of what it holds the same."""
    if status == "Actual" and envelope_status:
        status = envelope_status
    return Mark.NONE if status == "Actual" else Mark(status.lower())


def first_state(alert: Alert, mark: Mark) -> State:
    """A draft incident, or a notice: a test, a receipt, a cancellation, or words that call for no action."""
    if mark in IDLE_MARKS or alert.message_type in {"Ack", "Error", "Cancel"}:
        return State.NOTICE
    return State.NOTICE if all(informs_only(info) for info in alert.infos) else State.DRAFT


def informs_only(info: Info) -> bool:
    """Whether a block asks nobody to act: it says all clear, or it is minor, past or unlikely and names no action."""
    if ACTIONS.intersection(info.responses):
        return False
    return (
        "AllClear" in info.responses
        or info.severity == "Minor"
        or info.urgency == "Past"
        or info.certainty == "Unlikely"
    )


def worst(values: Sequence[str], order: Sequence[str]) -> str:
    """The gravest of the values; `order` runs from the gravest to the unknown."""
    return min(values, key=order.index, default=order[-1])


def gravity(alert: Alert) -> tuple[str, str, str]:
    """(severity, urgency, certainty), each the gravest of all blocks."""
    return (
        worst([info.severity for info in alert.infos], SEVERITY),
        worst([info.urgency for info in alert.infos], URGENCY),
        worst([info.certainty for info in alert.infos], CERTAINTY),
    )


def preferred(alert: Alert, language: str) -> Info | None:
    """The block in the reader's language, else in English, else the first."""
    for wanted in (language, "en"):
        for info in alert.infos:
            if info.language.lower().partition("-")[0] == wanted:
                return info
    return alert.infos[0] if alert.infos else None


def kind_of(alert: Alert, language: str) -> IncidentKind:
    """The kind of incident that the first category with one names."""
    info = preferred(alert, language)
    kinds = [KIND_OF[item] for item in (info.categories if info else ()) if item in KIND_OF]
    return kinds[0] if kinds else IncidentKind.OTHER


def centre_of(alert: Alert, language: str) -> Point | None:
    """The middle of the first area that is drawn, in the preferred block before the others."""
    first = preferred(alert, language)
    for info in (first, *alert.infos) if first else ():
        for area in info.areas:
            if (point := centre(area)) is not None:
                return point
    return None


def over_at(alert: Alert) -> datetime | None:
    """When the last block expires; None where one of them never does."""
    times = [info.expires for info in alert.infos]
    return max((time for time in times if time), default=None) if all(times) else None


def is_expired(expires: datetime | None, now: datetime) -> bool:
    """Whether an alert's time has run out."""
    return expires is not None and expires <= now


def reference_key(sender: str, identifier: str) -> str:
    """What a reference is looked up by; its time is compared afterwards, because CAP 1.0 may leave it out."""
    return f"{sender},{identifier}"


def refers_to(reference: Reference, identifier: str, sent: datetime) -> bool:
    """Whether the reference names the message of that identifier and time."""
    return reference.identifier == identifier and reference.sent in {None, sent}


def content_digest(alert: Alert) -> str:
    """SHA-256 of what an alert says, whatever its white space: the same message in two files has the same."""
    return hashlib.sha256(alert.model_dump_json(exclude={"signed"}).encode()).hexdigest()
