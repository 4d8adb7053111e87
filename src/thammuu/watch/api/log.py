"""The duty log over the programming interface."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.org import queries as org
from thammuu.org.api.asking import (
    FAULTS,
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
from thammuu.watch.models import LogEntry
from thammuu.watch.queries import Filters, LogRow
from thammuu.watch.rules import LogKind

router = Router(tags=["log"])
READS, WRITES = Bearer("log:read"), Bearer("log:write")
State = Annotated[
    Literal["", "unattached", "struck"], Query(description="Only what belongs to no incident; only struck")
]


class LogEntryIn(Schema):
    """A line for the duty log."""

    text: LongText
    kind: LogKind = LogKind.NOTE
    unit: UUID | None = Field(None, description="The unit it is about; null: that of your post")
    incident: UUID | None = Field(None, description="The incident it belongs to")
    happened_at: Instant | None = Field(None, description="When it happened as claimed; null: now")
    place_text: Line = ""
    lat: Latitude | None = None
    lon: Longitude | None = None


class LogEntryOut(Schema):
    """A line of the duty log. It is never changed; a struck one says why."""

    id: UUID
    kind: LogKind
    text: str
    unit: UUID
    post: str = Field(description="The post that wrote it, and its unit")
    incident: UUID | None
    incident_number: int | None
    happened_at: datetime
    recorded_at: datetime
    device_at: datetime | None = Field(
        description="What the sending device’s clock said; null if it was within 2 minutes of the server’s, or not sent"
    )
    place_text: str
    lat: float | None
    lon: float | None
    attachments: list[UUID]
    struck_at: datetime | None
    struck_reason: str


class Reason(Schema):
    """Why something is done."""

    reason: Line


def shown(row: LogRow) -> LogEntryOut:
    """Return a line as the interface shows it."""
    return LogEntryOut(
        id=row.id,
        kind=LogKind(row.kind),
        text=row.text,
        unit=row.unit_id,
        post=org.author_label(row.post_id, row.behalf_id),
        incident=row.incident_id,
        incident_number=row.incident_number,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        device_at=row.device_at,
        place_text=row.place_text,
        lat=row.lat,
        lon=row.lon,
        attachments=row.attachments,
        struck_at=row.struck_at,
        struck_reason=row.struck_reason,
    )


@router.get("", response={200: Page[LogEntryOut], **FAULTS}, auth=READS, url_name="log", summary="List the log")
def log(
    request: HttpRequest,
    unit: UUID | None = None,
    kind: LogKind | None = None,
    state: State = "",
    q: Words = "",
    cursor: Cursor = "",
    limit: Limit = PAGE,
) -> dict[str, object]:
    """The lines that you may see, the newest first."""
    filters = Filters(unit=unit, kind=kind or "", status=state, words=q.strip())
    return newest_first(queries.log_query(actor_of(request), filters), cursor, limit, _page)


def _page(rows: Sequence[LogEntry]) -> list[LogEntryOut]:
    return [shown(row) for row in queries.log_page(rows)]


@router.post(
    "", response={200: LogEntryOut, 201: LogEntryOut, **FAULTS}, auth=WRITES, url_name="log", summary="File a line"
)
def file(request: HttpRequest, said: LogEntryIn, key: Key) -> Status[LogEntryOut]:
    """File one line; 200 and the first one's answer if the same sending came before."""
    actor, now = actor_of(request), clock.now()
    recorded = actions.write_log_entry(
        actor=actor,
        now=now,
        at=happened("happened_at", said.happened_at, now),
        text=typed("text", said.text),
        unit=concerned(actor, said.unit),
        kind=said.kind,
        place_text=typed("place_text", said.place_text),
        lat=said.lat,
        lon=said.lon,
        incident=said.incident,
        submission=sending(request, key, said),
    )
    return Status(200 if recorded.replayed else 201, _entry(actor, recorded.answer))


@router.get(
    "/{uuid:entry}", response={200: LogEntryOut, **FAULTS}, auth=READS, url_name="log_entry", summary="Read a line"
)
def entry(request: HttpRequest, entry: UUID) -> LogEntryOut:
    """One line of the log."""
    return _entry(actor_of(request), entry)


@router.put(
    "/{uuid:entry}/strike",
    response={200: LogEntryOut, **FAULTS},
    auth=WRITES,
    url_name="log_strike",
    summary="Strike a line",
)
def strike(request: HttpRequest, entry: UUID, said: Reason) -> LogEntryOut:
    """Strike a line with a reason: it stays readable. Struck again, nothing changes."""
    actor = actor_of(request)
    actions.strike_log_entry(actor=actor, now=clock.now(), entry=entry, reason=typed("reason", said.reason))
    return _entry(actor, entry)


def _entry(actor: Actor, id: UUID) -> LogEntryOut:
    row = queries.log_entry(actor, id)
    if row is None:
        raise Missing(_("This log entry does not exist."))
    return shown(row)
