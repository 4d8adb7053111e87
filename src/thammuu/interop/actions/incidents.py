"""The incidents of alerts: a draft is opened by rule, and goes with what the sender says until an officer takes it.

The system acts here, whoever handed the file in; once it is accepted, the incident is the officers', and what the
sender says later only stands in its log.
"""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from thammuu.interop.cap import Alert as Message
from thammuu.interop.cap.faults import shorten
from thammuu.interop.models import Alert
from thammuu.interop.rules import SEVERITY_OF, State, centre_of, kind_of
from thammuu.interop.words import MARKS, MESSAGE_TYPES
from thammuu.journal.facts import Link
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.org.authority import SYSTEM
from thammuu.watch import actions as watch
from thammuu.watch.models import Incident
from thammuu.watch.rules import LogKind, Status

LANGUAGE: str = settings.LANGUAGE_CODE


def give_incident(row: Alert, message: Message, inherited: list[UUID], *, now: datetime) -> None:
    """Give a new, unsaved alert its incident: the one of an alert that it replaces, or a draft of its own."""
    found = {incident.id: incident for incident in Incident.objects.filter(id__in=inherited)}
    # An incident that officers have taken up goes before a draft.
    ordered = sorted((found[id] for id in inherited if id in found), key=lambda item: item.status == Status.DRAFT)
    goes_on = row.message_type == "Update" and row.successor is None
    kept = ordered[0] if ordered and goes_on else None
    with translation.override(LANGUAGE):
        for incident in ordered:
            _tell(incident, row, now)
            if incident.status == Status.DRAFT and (incident is not kept or row.state == State.NOTICE):
                watch.close_incident(actor=SYSTEM, now=now, incident=incident.id, outcome=_said(row))
            elif incident is kept and incident.status == Status.DRAFT:
                _follow(incident, row, message, now)
        if kept is not None:
            row.incident_id = kept.id
            if kept.status not in {Status.DRAFT, Status.CLOSED}:
                row.state = State.ACCEPTED
        elif row.state == State.DRAFT:
            row.incident_id = open_from(row, message, actor=SYSTEM, now=now, status=Status.DRAFT)


def open_from(row: Alert, message: Message, *, actor: Actor, now: datetime, status: Status) -> UUID:
    """Open an incident that arises from the alert; an exercise stays marked as one."""
    point = centre_of(message, LANGUAGE)
    return watch.open_incident(
        actor=actor, now=now, at=now, title=shorten(row.headline, 200),
        unit=row.unit_id, kind=kind_of(message, LANGUAGE), severity=SEVERITY_OF[row.severity], status=status,
        place_text=shorten(row.areas, 200), lat=point[0] if point else None, lon=point[1] if point else None,
        mark=row.mark, links=[Link(Relation.ARISES_FROM, Subject.ALERT, row.id)], units=row.units,
    ).answer  # fmt: skip


def _follow(incident: Incident, row: Alert, message: Message, now: datetime) -> None:
    """A draft stands as grave and where the latest message says."""
    severity = SEVERITY_OF[row.severity]
    if incident.severity != severity:
        watch.change_severity(actor=SYSTEM, now=now, incident=incident.id, severity=severity, reason=_said(row))
    point = centre_of(message, LANGUAGE)
    if point is not None and point != (incident.lat, incident.lon):
        watch.record_place(
            actor=SYSTEM, now=now, incident=incident.id, place_text=shorten(row.areas, 200), lat=point[0], lon=point[1]
        )


def _tell(incident: Incident, row: Alert, now: datetime) -> None:
    """Put the sender's later message into the incident's log."""
    watch.write_log_entry(
        actor=SYSTEM, now=now, at=min(row.sent, now), text=_said(row), unit=row.unit_id, kind=LogKind.REPORT,
        incident=incident.id,
    )  # fmt: skip


def _said(row: Alert) -> str:
    said = _("{type} of the alert by {sender}: {headline}").format(
        type=MESSAGE_TYPES[row.message_type], sender=row.sender, headline=row.headline
    )
    return f"[{MARKS[row.mark]}] {said}" if row.mark else said
