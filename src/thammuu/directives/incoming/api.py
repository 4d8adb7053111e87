"""Incoming documents over the programming interface: reading them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thammuu.directives.incoming import queries, rules
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.incoming.queries import Asked
from thammuu.directives.incoming.rules import IncomingState
from thammuu.directives.rules import Timing, Urgency
from thammuu.journal.presentation import cards_of
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org.api.asking import FAULTS, PAGE, Cursor, Limit, Page, Words, newest_first
from thammuu.org.api.bearer import Bearer
from thammuu.org.web import actor_of

router = Router(tags=["incoming"])
READS = Bearer("incoming:read")
Receiver = Annotated[UUID | None, Query(description="Only those that this unit received")]
Lead = Annotated[UUID | None, Query(description="Only those passed on to this unit")]
Year = Annotated[int | None, Query(ge=1900, le=2999, description="Only those that arrived in this year")]


class IncomingOut(Schema):
    """A document that came to a unit, with its number of arrival: to whom it was passed on, and what became of it."""

    id: UUID
    unit: UUID = Field(description="The unit that received it")
    year: int
    number: int = Field(description="Its number of arrival in the year")
    arrived_on: date
    issuer: str
    symbol: str
    dated: date | None = Field(description="The day that stands on it")
    type_name: str
    abstract: str
    urgency: Urgency
    state: IncomingState
    timing: Timing | None = Field(description="Whether it is, or was answered, in time; null without a deadline")
    lead_unit: UUID | None = Field(description="The unit to which it was passed on")
    note: str
    passed_on_at: datetime | None
    acknowledged_at: datetime | None
    due_on: date | None = Field(description="The day until which it must be answered")
    settled_on: date | None
    reason: str = Field(description="Why it needs no answer")
    answer_kind: str = Field(description="document or decision; empty for none, and for one that you may not see")
    answer: UUID | None
    copy_of: UUID | None = Field(description="The earlier registration of the same document")
    registered_at: datetime


def shown(actor: Actor, found: Sequence[IncomingDocument], today: date) -> list[IncomingOut]:
    """Return incoming documents as the interface shows them, with the answers that the actor sees."""
    answers = {(Subject(row.answer_kind), row.answer) for row in found if row.answer}
    seen = cards_of(answers, actor.scope, actor.language)
    return [_shown(row, row.answer in seen, today) for row in found]


def _shown(row: IncomingDocument, answer_seen: bool, today: date) -> IncomingOut:
    return IncomingOut(
        id=row.id,
        unit=row.unit_id,
        year=row.year,
        number=row.number,
        arrived_on=row.arrived_on,
        issuer=row.issuer,
        symbol=row.symbol,
        dated=row.dated,
        type_name=row.type_name,
        abstract=row.abstract,
        urgency=Urgency(row.urgency),
        state=IncomingState(row.state),
        timing=rules.timing(row.due_on, row.settled_on, today),
        lead_unit=row.lead_unit_id,
        note=row.note,
        passed_on_at=row.passed_on_at,
        acknowledged_at=row.acknowledged_at,
        due_on=row.due_on,
        settled_on=row.settled_on,
        reason=row.reason,
        answer_kind=row.answer_kind if answer_seen else "",
        answer=row.answer if answer_seen else None,
        copy_of=row.copy_of,
        registered_at=row.registered_at,
    )


@router.get(
    "",
    response={200: Page[IncomingOut], **FAULTS},
    auth=READS,
    url_name="incoming_documents",
    summary="List incoming documents",
)
def incoming_documents(
    request: HttpRequest,
    unit: Receiver = None,
    lead: Lead = None,
    year: Year = None,
    state: IncomingState | None = None,
    timing: Timing | None = None,
    q: Words = "",
    cursor: Cursor = "",
    limit: Limit = PAGE,
) -> dict[str, object]:
    """The incoming documents that you may see, the one that was registered last first."""
    actor, today = actor_of(request), clock.day_of(clock.now())
    asked = Asked(year, unit, lead, state, timing, q.strip())

    def page(rows: Sequence[IncomingDocument]) -> list[IncomingOut]:
        return shown(actor, rows, today)

    return newest_first(queries.incoming(actor, asked, today), cursor, limit, page)


@router.get(
    "/{uuid:document}",
    response={200: IncomingOut, **FAULTS},
    auth=READS,
    url_name="incoming_document",
    summary="Read an incoming document",
)
def incoming_document(request: HttpRequest, document: UUID) -> IncomingOut:
    """One incoming document as it stands."""
    actor = actor_of(request)
    [told] = shown(actor, [queries.incoming_document(actor, document)], clock.day_of(clock.now()))
    return told
