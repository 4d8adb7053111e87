"""Assignments over the programming interface: reading them, and reporting how far one's unit has come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thammuu.directives import actions, queries, rules
from thammuu.directives.filters import AssignmentFilters
from thammuu.directives.models import Assignment
from thammuu.directives.rows import undated
from thammuu.directives.rules import State, Timing, Urgency
from thammuu.kernel import clock
from thammuu.org.api.asking import (
    FAULTS,
    PAGE,
    Cursor,
    Key,
    Limit,
    LongText,
    Page,
    Words,
    newest_first,
    sending,
    typed,
)
from thammuu.org.api.bearer import Bearer
from thammuu.org.web import actor_of

router = Router(tags=["assignments"])
READS, WRITES = Bearer("assignments:read"), Bearer("assignments:write")
Taking = Annotated[UUID | None, Query(description="Only those that this unit leads or supports")]


class AssignmentOut(Schema):
    """A task for a lead unit: what, what must come of it, with whom, until when, and where it stands."""

    id: UUID
    decision: UUID
    clause: UUID | None = Field(description="The section of a document that gives the task, if one is named")
    parent: UUID | None = Field(description="The assignment of the unit above that this one is a part of")
    title: str
    product: str
    issuing_unit: UUID
    lead_unit: UUID
    supporting_units: list[UUID]
    watching_units: list[UUID] = Field(description="They see it and do nothing")
    lead_post: UUID | None = Field(description="The post of the lead unit that answers for it, if one is named")
    urgency: Urgency
    state: State
    timing: Timing | None = Field(description="Whether it is, or was done, in time; null for a withdrawn one")
    percent: int
    issued_at: datetime
    deadline: datetime
    original_deadline: datetime
    handed_in_at: datetime | None
    undated: bool = Field(
        description="It was taken over as done from a list that does not say when: the day of taking over stands there"
    )


class ProgressIn(Schema):
    """How far a unit has come, and what stands in the way."""

    percent: Annotated[int, Field(ge=0, le=100)]
    note: LongText
    obstacle: LongText = ""


def shown(row: Assignment, now: datetime) -> AssignmentOut:
    """Return an assignment as the interface shows it."""
    state = State(row.state)
    return AssignmentOut(
        id=row.id,
        decision=row.decision_id,
        clause=row.clause_id,
        parent=row.parent_id,
        title=row.title,
        product=row.product,
        issuing_unit=row.unit_id,
        lead_unit=row.lead_unit_id,
        supporting_units=row.supporting_units,
        watching_units=row.watching_units,
        lead_post=row.lead_post_id,
        urgency=Urgency(row.urgency),
        state=state,
        timing=rules.timing(state, row.deadline, row.handed_in_at, now),
        percent=row.percent,
        issued_at=row.issued_at,
        deadline=row.deadline,
        original_deadline=row.original_deadline,
        handed_in_at=row.handed_in_at,
        undated=undated(row),
    )


@router.get(
    "", response={200: Page[AssignmentOut], **FAULTS}, auth=READS, url_name="assignments", summary="List assignments"
)
def assignments(
    request: HttpRequest,
    unit: Taking = None,
    state: State | None = None,
    timing: Timing | None = None,
    q: Words = "",
    cursor: Cursor = "",
    limit: Limit = PAGE,
) -> dict[str, object]:
    """The assignments that you may see, the newest first."""
    now = clock.now()
    filters = AssignmentFilters(state=state, timing=timing, unit=unit, words=q.strip())

    def page(rows: Sequence[Assignment]) -> list[AssignmentOut]:
        return [shown(row, now) for row in rows]

    return newest_first(queries.assignments(actor_of(request), filters, now), cursor, limit, page)


@router.get(
    "/{uuid:assignment}",
    response={200: AssignmentOut, **FAULTS},
    auth=READS,
    url_name="assignment",
    summary="Read an assignment",
)
def assignment(request: HttpRequest, assignment: UUID) -> AssignmentOut:
    """One assignment as it stands."""
    return shown(queries.assignment(actor_of(request), assignment), clock.now())


@router.post(
    "/{uuid:assignment}/progress",
    response={200: AssignmentOut, **FAULTS},
    auth=WRITES,
    url_name="assignment_progress",
    summary="Report progress",
)
def progress(request: HttpRequest, assignment: UUID, said: ProgressIn, key: Key) -> AssignmentOut:
    """Report for the lead unit or a supporting one; the assignment must have been acknowledged."""
    actor, now = actor_of(request), clock.now()
    actions.report_progress(
        actor=actor,
        now=now,
        assignment=assignment,
        percent=said.percent,
        note=typed("note", said.note),
        obstacle=typed("obstacle", said.obstacle),
        submission=sending(request, key, said),
    )
    return shown(queries.assignment(actor, assignment), now)
