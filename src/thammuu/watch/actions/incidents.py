"""Opening incidents and changing where they stand.

Operations of the watch floor commute: none is refused because another officer was quicker. Each takes the incident's
row, adds its change and its facts, and the last one holds.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Recorded, Submission, answered, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing
from thammuu.kernel.ids import new_id
from thammuu.org.policies import visible_to
from thammuu.watch import facts, policies
from thammuu.watch.actions.log import widen
from thammuu.watch.geometry import check_point
from thammuu.watch.models import Incident, IncidentChange, LogEntry
from thammuu.watch.rules import MARKS, OPEN, IncidentKind, Severity, Status

TITLE_LIMIT = 200
# Between the outcomes of officers who closed an incident at once.
ANOTHER = "; "


def open_incident(
    *,
    actor: Actor,
    now: datetime,
    at: datetime,
    title: str,
    unit: UUID,
    kind: str = IncidentKind.OTHER,
    severity: str = Severity.NORMAL,
    status: str = Status.REPORTED,
    place_text: str = "",
    lat: float | None = None,
    lon: float | None = None,
    log_entry: UUID | None = None,
    links: Collection[Link] = (),
    mark: str = "",
    event: UUID | None = None,
    classification: int = 0,
    units: Collection[UUID] = (),
    submission: Submission | None = None,
) -> Recorded:
    """Open an incident of the unit, perhaps out of a log entry, which then belongs to it.

    `mark` is "exercise" or "test" for what is not real; `units` are further units that are to see it. Raises
    `BadInput`, `Missing` for a log entry that the actor does not see, `Refused`.
    """
    actor = acting(actor, policies.may_open_incident(actor, unit, event=event, classification=classification))
    title = title.strip()
    _check(title, kind, severity, status, mark)
    check_point(lat, lon)
    with transaction.atomic():
        entry = _log_entry(actor, log_entry) if log_entry else None
        first = answered(actor, submission)
        if first is not None:
            return first
        origin = [Link(Relation.ARISES_FROM, Subject.LOG_ENTRY, entry.id)] if entry else []
        seen_by = {unit, *units, *([actor.unit] if actor.unit else []), *(entry.units if entry else [])}
        row = Incident(
            id=new_id(), world=actor.scope.world, units=sorted(seen_by), classification=classification,
            event_id=event, number=_next_number(), kind=str(kind), title=title, severity=str(severity),
            status=str(status), mark=mark, unit_id=unit, place_text=place_text, lat=lat, lon=lon, opened_at=at,
            recorded_at=now, changed_at=now,
        )  # fmt: skip
        told: list[Fact] = [_opened(row, (*links, *origin))]
        if entry is not None:
            told.extend(_attach(entry, row))
        level = max(classification, entry.classification if entry else 0)
        recorded = record(
            *told, actor=actor, at=at, now=now, units=row.units, event=event, classification=level, rows=[row],
            submission=submission,
        )  # fmt: skip
        if recorded.replayed:
            # The same was sent by another connection meanwhile: what the log entry was given must not stay.
            transaction.set_rollback(True)
        return recorded


def _check(title: str, kind: str, severity: str, status: str, mark: str) -> None:
    if not title:
        raise BadInput("title", _("An incident needs a title."))
    if len(title) > TITLE_LIMIT:
        raise BadInput("title", _("A title has at most {limit} characters.").format(limit=TITLE_LIMIT))
    if kind not in set(IncidentKind):
        raise BadInput("kind", _("There is no such kind of incident."))
    if severity not in set(Severity):
        raise BadInput("severity", _("There is no such severity."))
    if status not in {Status.DRAFT, *OPEN}:
        raise BadInput("status", _("An incident cannot be opened in this status."))
    if mark not in MARKS:
        raise BadInput("mark", _("There is no such mark."))


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('watch_incident_number')")
        return int(cursor.fetchone()[0])


def _log_entry(actor: Actor, id: UUID) -> LogEntry:
    row = LogEntry.objects.select_for_update().filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("This log entry does not exist."))
    return row


def _opened(row: Incident, links: tuple[Link, ...]) -> facts.IncidentOpened:
    return facts.IncidentOpened(
        subject_id=row.id,
        links=links,
        world=row.world,
        units=tuple(row.units),
        classification=row.classification,
        event_id=row.event_id,
        number=row.number,
        kind=row.kind,
        title=row.title,
        severity=row.severity,
        status=row.status,
        mark=row.mark,
        unit_id=row.unit_id,
        place_text=row.place_text,
        lat=row.lat,
        lon=row.lon,
        opened_at=row.opened_at,
        recorded_at=row.recorded_at,
        changed_at=row.changed_at,
    )


def _attach(entry: LogEntry, row: Incident) -> list[Fact]:
    """Give the entry, which is locked, to the incident that arises from it; whoever sees one then sees the other."""
    entry.incident_id = row.id
    shared = widen(entry, row.units)
    entry.save(update_fields=["incident_id", "units"])
    attached = facts.LogEntryAttached(
        subject_id=entry.id,
        links=(Link(Relation.CONCERNS, Subject.INCIDENT, row.id),),
        incident_id=row.id,
        units=tuple(entry.units),
        text=entry.text,
        number=row.number,
    )
    return [attached, *shared]


def change_severity(*, actor: Actor, now: datetime, incident: UUID, severity: str, reason: str = "") -> bool:
    """Say that an incident is graver or less grave. Return whether it was not so already."""
    if severity not in set(Severity):
        raise BadInput("severity", _("There is no such severity."))
    with _taken(actor, incident) as row:
        actor = acting(actor, policies.may_handle_incident(actor, row))
        before, row.severity = row.severity, str(severity)
        if before != row.severity:
            told = facts.SeverityChanged(
                subject_id=row.id, severity=row.severity, changed_at=now, before=before, reason=reason
            )
            _save(actor, now, row, told, ("severity", before, row.severity, reason))
        return before != row.severity


def change_status(*, actor: Actor, now: datetime, incident: UUID, status: str, reason: str = "") -> bool:
    """Move an open incident to another open status. Return whether it was not there already."""
    if status not in OPEN:
        raise BadInput("status", _("An incident is closed with an outcome, not by its status."))
    with _taken(actor, incident) as row:
        actor = acting(actor, policies.may_handle_incident(actor, row))
        if row.status == Status.CLOSED:
            raise BadInput("status", _("The incident is closed. Reopen it first, with a reason."))
        before, row.status = row.status, str(status)
        if before != row.status:
            told = facts.StatusChanged(
                subject_id=row.id, status=row.status, changed_at=now, before=before, reason=reason
            )
            _save(actor, now, row, told, ("status", before, row.status, reason))
        return before != row.status


def record_place(
    *, actor: Actor, now: datetime, incident: UUID, place_text: str, lat: float | None, lon: float | None
) -> bool:
    """Say where an incident is; degrees WGS 84, both or neither. Return whether that was not known already."""
    check_point(lat, lon)
    with _taken(actor, incident) as row:
        actor = acting(actor, policies.may_handle_incident(actor, row))
        before = row.place_text
        if (before, row.lat, row.lon) == (place_text.strip(), lat, lon):
            return False
        row.place_text, row.lat, row.lon = place_text.strip(), lat, lon
        told = facts.PlaceRecorded(subject_id=row.id, place_text=row.place_text, lat=lat, lon=lon, changed_at=now)
        _save(actor, now, row, told, ("place", before, row.place_text, ""))
        return True


def close_incident(*, actor: Actor, now: datetime, incident: UUID, outcome: str) -> bool:
    """Close an incident with its outcome. Where another officer was quicker, what this one knows is added to the
    outcome; the same outcome again changes nothing. Return whether anything was changed.
    """
    if not outcome.strip():
        raise BadInput("outcome", _("Say how the incident ended."))
    with _taken(actor, incident) as row:
        actor = acting(actor, policies.may_close_incident(actor, row))
        before, known = row.status, row.outcome.split(ANOTHER) if row.status == Status.CLOSED else []
        if outcome.strip() in known:
            return False
        row.outcome = ANOTHER.join([*known, outcome.strip()])
        row.status, row.closed_at = str(Status.CLOSED), row.closed_at if known else now
        told = facts.IncidentClosed(
            subject_id=row.id, status=row.status, closed_at=row.closed_at, changed_at=now, outcome=row.outcome
        )
        _save(actor, now, row, told, ("status", before, row.status, row.outcome))
        return True


def reopen_incident(*, actor: Actor, now: datetime, incident: UUID, reason: str) -> bool:
    """Open a closed incident again, with a reason; the same reason again changes nothing. Raises `BadInput` where
    another officer was quicker, so that this one's reason is not lost unsaid. Return whether anything was changed.
    """
    if not reason.strip():
        raise BadInput("reason", _("Say why the incident is opened again."))
    with _taken(actor, incident) as row:
        actor = acting(actor, policies.may_close_incident(actor, row))
        if row.status != Status.CLOSED:
            if row.changes.filter(before=Status.CLOSED, reason=reason.strip()).exists():
                return False
            raise BadInput("reason", _("The incident is open already. Write in its log what is to be known."))
        row.status, row.closed_at, row.outcome = str(Status.IN_PROGRESS), None, ""
        told = facts.IncidentReopened(
            subject_id=row.id, status=row.status, closed_at=None, changed_at=now, outcome="", reason=reason.strip()
        )
        _save(actor, now, row, told, ("status", str(Status.CLOSED), row.status, reason.strip()))
        return True


def share_incident(*, actor: Actor, now: datetime, incident: UUID, units: Collection[UUID]) -> None:
    """Let more units see an incident and its log; units that see it already change nothing."""
    with _taken(actor, incident) as row:
        more = sorted({*row.units, *units})
        if more == sorted(row.units):
            return
        row.units = more
        row.save(update_fields=["units"])
        told: list[Fact] = [facts.IncidentShared(subject_id=row.id, units=tuple(more))]
        entries = list(LogEntry.objects.select_for_update().filter(incident_id=row.id).order_by("id"))
        for entry in entries:
            told.extend(widen(entry, more))
            entry.save(update_fields=["units"])
            told.append(facts.LogEntryShared(subject_id=entry.id, units=tuple(entry.units), text=entry.text))
        level = max(row.classification, *(entry.classification for entry in entries)) if entries else row.classification
        record(*told, actor=actor, at=now, now=now, units=more, event=row.event_id, classification=level)


@contextmanager
def _taken(actor: Actor, id: UUID) -> Iterator[Incident]:
    with transaction.atomic():
        row = Incident.objects.select_for_update().filter(visible_to(actor), id=id).first()
        if row is None:
            raise Missing(_("This incident does not exist."))
        yield row


def _save(actor: Actor, now: datetime, row: Incident, told: Fact, change: tuple[str, str, str, str]) -> None:
    row.changed_at = now
    row.save()
    field, before, after, reason = change
    values: dict[str, Any] = {
        "world": row.world, "classification": row.classification, "event_id": row.event_id, "incident_id": row.id,
        "field": field, "before": before, "after": after, "reason": reason, "at": now, "post_id": actor.post,
    }  # fmt: skip
    noted = IncidentChange(id=new_id(), units=row.units, **values)
    note = facts.IncidentChangeNoted(subject_id=noted.id, units=tuple(row.units), **values)
    record(
        told,
        note,
        actor=actor,
        at=now,
        now=now,
        units=row.units,
        event=row.event_id,
        classification=row.classification,
        rows=[noted],
    )
