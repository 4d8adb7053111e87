"""Reads of the watch floor, as plain rows; every one of them filtered by `visible_to`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.watch.models import Boundary, Drawing, Incident, LogEntry
from thammuu.watch.rules import ON_BOARD, OPEN, URGENCY, LogKind

_LOG = (
    "id", "kind", "text", "place_text", "unit_id", "post_id", "happened_at", "recorded_at", "incident_id",
    "struck_at", "struck_reason", "attachments", "lat", "lon", "account_id", "struck_post_id", "classification",
    "event_id", "behalf_id", "device_at",
)  # fmt: skip
_BOARD = (
    "id", "number", "title", "severity", "status", "mark", "unit_id", "place_text", "opened_at", "classification",
)  # fmt: skip
_INCIDENT = (
    *_BOARD, "kind", "lat", "lon", "changed_at", "closed_at", "outcome", "units", "recorded_at", "event_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty values narrow nothing."""

    unit: UUID | None = None
    kind: str = ""
    severity: str = ""
    status: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class LogRow:
    """A line of the duty log as read."""

    id: UUID
    kind: str
    text: str
    place_text: str
    unit_id: UUID
    post_id: UUID | None
    happened_at: datetime
    recorded_at: datetime
    incident_id: UUID | None
    struck_at: datetime | None
    struck_reason: str
    attachments: list[UUID]
    lat: float | None
    lon: float | None
    account_id: UUID | None
    struck_post_id: UUID | None
    classification: int = 0
    event_id: UUID | None = None
    behalf_id: UUID | None = None
    device_at: datetime | None = None
    incident_number: int | None = None
    incident_mark: str = ""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An incident as the board shows it."""

    id: UUID
    number: int
    title: str
    severity: str
    status: str
    mark: str
    unit_id: UUID
    place_text: str
    opened_at: datetime
    classification: int


@dataclass(frozen=True, slots=True)
class IncidentRow(BoardRow):
    """An incident as read."""

    kind: str
    lat: float | None
    lon: float | None
    changed_at: datetime
    closed_at: datetime | None
    outcome: str
    units: list[UUID] = field(default_factory=list)
    recorded_at: datetime | None = None
    event_id: UUID | None = None


UNATTACHED = Q(kind__in=(LogKind.REPORT, LogKind.REQUEST), incident_id=None, struck_at=None)
"""Reports and requests that stand and belong to no incident."""


def log_rows(actor: Actor, filters: Filters = Filters(), limit: int = 50) -> list[LogRow]:
    """Return the newest entries that the actor may see, as recorded, newest first."""
    return _with_numbers(log_query(actor, filters).values_list(*_LOG)[:limit])


def log_query(actor: Actor, filters: Filters) -> QuerySet[LogEntry]:
    """Return the entries that the actor may see and the filters let through, newest first."""
    found = LogEntry.objects.filter(visible_to(actor, audience=True))
    if filters.unit:
        found = found.filter(unit_id__in=directory.current().stands_for(filters.unit))
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.status == "unattached":
        found = found.filter(UNATTACHED)
    elif filters.status == "struck":
        found = found.filter(struck_at__isnull=False)
    if filters.words:
        found = found.filter(text__icontains=filters.words)
    return found.order_by("-id")


def log_page(entries: Iterable[LogEntry]) -> list[LogRow]:
    """Return rows of the entries of a page."""
    return _with_numbers(tuple(getattr(entry, name) for name in _LOG) for entry in entries)


def log_rows_by_id(ids: Collection[UUID]) -> list[LogRow]:
    """Return entries by id, whoever may see them: for the feed, which filters by reader."""
    return _with_numbers(LogEntry.objects.filter(id__in=ids).values_list(*_LOG))


def log_rows_of(actor: Actor, incident: UUID) -> list[LogRow]:
    """Return the entries of an incident that the actor may see, oldest first."""
    found = LogEntry.objects.filter(visible_to(actor), incident_id=incident).order_by("id")
    return _with_numbers(found.values_list(*_LOG))


def _with_numbers(values: Iterable[tuple[Any, ...]]) -> list[LogRow]:
    rows = list(values)
    wanted = {row[8] for row in rows if row[8] is not None}
    found = Incident.objects.filter(id__in=wanted).values_list("id", "number", "mark") if wanted else ()
    told = {id: (number, mark) for id, number, mark in found}
    return [LogRow(*(*row, *told.get(row[8], (None, "")))) for row in rows]


def log_entry(actor: Actor, id: UUID) -> LogRow | None:
    """Return one entry, None if the actor may not see it."""
    rows = _with_numbers(LogEntry.objects.filter(visible_to(actor), id=id).values_list(*_LOG))
    return rows[0] if rows else None


def open_by_unit(actor: Actor, units: Collection[UUID]) -> dict[UUID, int]:
    """Return how many open incidents each of the units has that the actor may see; none where there are none."""
    found = Incident.objects.filter(visible_to(actor), unit_id__in=units, status__in=OPEN)
    return dict(found.values_list("unit_id").annotate(count=Count("id")))


def incident_query(actor: Actor, filters: Filters) -> QuerySet[Incident]:
    """Return the incidents that the actor may see and the filters let through: urgent first, then the oldest."""
    found = Incident.objects.filter(visible_to(actor))
    if filters.unit:
        found = found.filter(unit_id__in=directory.current().stands_for(filters.unit))
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.severity:
        found = found.filter(severity=filters.severity)
    if filters.status == "open":
        found = found.filter(status__in=OPEN)
    elif filters.status:
        found = found.filter(status=filters.status)
    if filters.words:
        wanted = Q(title__icontains=filters.words) | Q(place_text__icontains=filters.words)
        number = filters.words.lstrip("#")
        found = found.filter(wanted | Q(number=int(number)) if number.isdecimal() else wanted)
    urgency = Case(
        *(When(severity=name, then=Value(place)) for name, place in URGENCY.items()),
        default=Value(len(URGENCY)),
        output_field=IntegerField(),
    )
    return found.order_by(urgency, "opened_at")


def incident_rows(found: QuerySet[Incident], limit: int = 500) -> list[IncidentRow]:
    """Return rows of the query."""
    return [IncidentRow(*row) for row in found.values_list(*_INCIDENT)[:limit]]


def board_rows(actor: Actor, filters: Filters = Filters(), limit: int = 500) -> list[IncidentRow]:
    """Return the incidents on the board, drafts too, urgent first."""
    return incident_rows(incident_query(actor, filters).filter(status__in=ON_BOARD), limit)


def rows_on_board(actor: Actor, filters: Filters = Filters(), limit: int = 500) -> list[BoardRow]:
    """Return the same incidents with what the board shows and no more, which costs half."""
    found = incident_query(actor, filters).filter(status__in=ON_BOARD)
    return [BoardRow(*row) for row in found.values_list(*_BOARD)[:limit]]


def incident_rows_by_id(ids: Collection[UUID]) -> list[IncidentRow]:
    """Return incidents by id, whoever may see them: for the feed, which filters by reader."""
    return [IncidentRow(*row) for row in Incident.objects.filter(id__in=ids).values_list(*_INCIDENT)]


def incident(actor: Actor, id: UUID) -> Incident | None:
    """Return one incident, None if the actor may not see it."""
    return Incident.objects.filter(visible_to(actor), id=id).first()


def incident_numbers(actor: Actor) -> dict[int, UUID]:
    """Return the numbers of the open incidents that the actor may see."""
    found = Incident.objects.filter(visible_to(actor), status__in=ON_BOARD)
    return dict(found.values_list("number", "id"))


def drawings(actor: Actor) -> list[Drawing]:
    """Return the drawings on the actor's map, by name."""
    return list(Drawing.objects.filter(visible_to(actor), removed_at=None).order_by("name"))


def boundaries(level: str = "") -> list[Boundary]:
    """Return the imported boundaries (of a level); public geography, the same for everyone."""
    found = Boundary.objects.order_by("code")
    return list(found.filter(level=level) if level else found)
