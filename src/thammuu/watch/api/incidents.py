"""Incidents over the programming interface."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.org.api.asking import (
    FAULTS,
    NO_CONTROLS,
    PAGE,
    Cursor,
    Instant,
    Key,
    Latitude,
    Limit,
    Line,
    Longitude,
    LongText,
    Page,
    Words,
    concerned,
    happened,
    newest_first,
    sending,
    typed,
)
from thammuu.org.api.bearer import Bearer
from thammuu.org.web import actor_of
from thammuu.watch import actions, queries
from thammuu.watch.models import Incident
from thammuu.watch.queries import Filters, IncidentRow
from thammuu.watch.rules import IncidentKind, Severity
from thammuu.watch.rules import Status as Standing

router = Router(tags=["incidents"])
READS, WRITES = Bearer("incidents:read"), Bearer("incidents:write")
OpenStatus = Literal["reported", "in_progress", "contained"]
Which = Annotated[
    Literal["", "open", "draft", "reported", "in_progress", "contained", "closed"],
    Query(description="Only those in this status; “open” is every open one"),
]


class IncidentIn(Schema):
    """An incident to be opened."""

    title: Annotated[str, StringConstraints(pattern=NO_CONTROLS, max_length=200)]
    kind: IncidentKind = IncidentKind.OTHER
    severity: Severity = Severity.NORMAL
    unit: UUID | None = Field(None, description="The unit that handles it; null: that of your post")
    log_entry: UUID | None = Field(None, description="The log entry that it arises from")
    opened_at: Instant | None = Field(None, description="When it began as claimed; null: now")
    place_text: Line = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    mark: Literal["", "exercise", "test"] = Field("", description="What is not real says so")


class IncidentOut(Schema):
    """An incident as it stands."""

    id: UUID
    number: int
    title: str
    kind: IncidentKind
    severity: Severity
    status: Standing
    mark: str
    unit: UUID
    units: list[UUID] = Field(description="The units whose people see it")
    place_text: str
    lat: float | None
    lon: float | None
    opened_at: datetime
    changed_at: datetime
    closed_at: datetime | None
    outcome: str


class SeverityIn(Schema):
    """How grave an incident is now."""

    severity: Severity
    reason: Line = ""


class StatusIn(Schema):
    """Where an open incident stands now; it is closed with an outcome."""

    status: OpenStatus
    reason: Line = ""


class ClosureIn(Schema):
    """How an incident ended."""

    outcome: LongText


def shown(row: Incident | IncidentRow) -> IncidentOut:
    """Return an incident as the interface shows it."""
    return IncidentOut(
        id=row.id,
        number=row.number,
        title=row.title,
        kind=IncidentKind(row.kind),
        severity=Severity(row.severity),
        status=Standing(row.status),
        mark=row.mark,
        unit=row.unit_id,
        units=row.units,
        place_text=row.place_text,
        lat=row.lat,
        lon=row.lon,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        closed_at=row.closed_at,
        outcome=row.outcome,
    )


@router.get("", response={200: Page[IncidentOut], **FAULTS}, auth=READS, url_name="incidents", summary="List incidents")
def incidents(
    request: HttpRequest,
    unit: UUID | None = None,
    kind: IncidentKind | None = None,
    severity: Severity | None = None,
    status: Which = "",
    q: Words = "",
    cursor: Cursor = "",
    limit: Limit = PAGE,
) -> dict[str, object]:
    """The incidents that you may see, the newest first."""
    filters = Filters(unit=unit, kind=kind or "", severity=severity or "", status=status, words=q.strip())
    return newest_first(queries.incident_query(actor_of(request), filters), cursor, limit, _page)


def _page(rows: Sequence[Incident]) -> list[IncidentOut]:
    return [shown(row) for row in rows]


@router.post(
    "",
    response={200: IncidentOut, 201: IncidentOut, **FAULTS},
    auth=WRITES,
    url_name="incidents",
    summary="Open an incident",
)
def opening(request: HttpRequest, said: IncidentIn, key: Key) -> Status[IncidentOut]:
    """Open an incident, perhaps out of a log entry; 200 and the first one if the same sending came before."""
    actor, now = actor_of(request), clock.now()
    recorded = actions.open_incident(
        actor=actor,
        now=now,
        at=happened("opened_at", said.opened_at, now),
        title=typed("title", said.title),
        unit=concerned(actor, said.unit),
        kind=said.kind,
        severity=said.severity,
        place_text=typed("place_text", said.place_text),
        lat=said.lat,
        lon=said.lon,
        log_entry=said.log_entry,
        mark=said.mark,
        submission=sending(request, key, said),
    )
    return Status(200 if recorded.replayed else 201, _incident(actor, recorded.answer))


@router.get(
    "/{uuid:incident}",
    response={200: IncidentOut, **FAULTS},
    auth=READS,
    url_name="incident",
    summary="Read an incident",
)
def incident(request: HttpRequest, incident: UUID) -> IncidentOut:
    """One incident as it stands."""
    return _incident(actor_of(request), incident)


@router.put(
    "/{uuid:incident}/severity",
    response={200: IncidentOut, **FAULTS},
    auth=WRITES,
    url_name="incident_severity",
    summary="Change the severity",
)
def severity(request: HttpRequest, incident: UUID, said: SeverityIn) -> IncidentOut:
    """Say that an incident is graver or less grave. The same again changes nothing."""
    actor, reason = actor_of(request), typed("reason", said.reason)
    actions.change_severity(actor=actor, now=clock.now(), incident=incident, severity=said.severity, reason=reason)
    return _incident(actor, incident)


@router.put(
    "/{uuid:incident}/status",
    response={200: IncidentOut, **FAULTS},
    auth=WRITES,
    url_name="incident_status",
    summary="Change the status",
)
def status(request: HttpRequest, incident: UUID, said: StatusIn) -> IncidentOut:
    """Move an open incident to another open status. The same again changes nothing."""
    actor, reason = actor_of(request), typed("reason", said.reason)
    actions.change_status(actor=actor, now=clock.now(), incident=incident, status=said.status, reason=reason)
    return _incident(actor, incident)


@router.put(
    "/{uuid:incident}/closure",
    response={200: IncidentOut, **FAULTS},
    auth=WRITES,
    url_name="incident_closure",
    summary="Close an incident",
)
def closure(request: HttpRequest, incident: UUID, said: ClosureIn) -> IncidentOut:
    """Close an incident with its outcome. The same again changes nothing; another one is added to the first."""
    actor, outcome = actor_of(request), typed("outcome", said.outcome)
    actions.close_incident(actor=actor, now=clock.now(), incident=incident, outcome=outcome)
    return _incident(actor, incident)


def _incident(actor: Actor, id: UUID) -> IncidentOut:
    row = queries.incident(actor, id)
    if row is None:
        raise Missing(_("This incident does not exist."))
    return shown(row)
