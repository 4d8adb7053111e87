"""Inspections and their findings over the programming interface: reading them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from thammuu.directives.inspection import queries, rules
from thammuu.directives.inspection.models import Finding, Inspection
from thammuu.directives.inspection.queries import FindingFilters, InspectionFilters
from thammuu.directives.inspection.rules import FindingState, InspectionState, Severity, Standing
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org.api.asking import FAULTS, PAGE, Cursor, Limit, Page, Words, newest_first
from thammuu.org.api.bearer import Bearer
from thammuu.org.web import actor_of

router = Router(tags=["inspections"])
findings_router = Router(tags=["inspections"])
READS = Bearer("inspections:read")
Part = Annotated[UUID | None, Query(description="Only those that this unit makes or that look at it")]
FoundAt = Annotated[UUID | None, Query(description="Only those made at this unit")]
Of = Annotated[UUID | None, Query(description="Only those of this inspection")]
Degree = Literal["critical", "serious", "caution"]


class InspectionOut(Schema):
    """A visit of a unit to units below it: what, where, on which days, and where it stands."""

    id: UUID
    title: str
    purpose: str
    inspecting_unit: UUID
    inspected_units: list[UUID]
    starts_on: date
    ends_on: date = Field(description="The last day, included")
    responsible_post: UUID
    state: InspectionState
    late: bool = Field(description="It should have begun, or been reported, before today")
    conclusion: UUID | None = Field(description="The decision that is its conclusion; null before")
    planned_at: datetime


class InspectionFindingOut(Schema):
    """What was found at an inspected unit, and what corrects it."""

    id: UUID
    inspection: UUID
    unit: UUID = Field(description="The inspected unit")
    item: int | None = Field(description="Its place on the checklist, from 1")
    severity: Degree
    text: str
    state: FindingState
    standing: Standing = Field(description="What became of it so far: of several tasks, what is worst")
    reason: str = Field(description="Why it was struck, or last opened again")
    assignments: list[UUID] = Field(description="The tasks that correct it")
    found_at: datetime
    settled_at: datetime | None


def shown(row: Inspection, today: date) -> InspectionOut:
    """Return an inspection as the interface shows it."""
    state = InspectionState(row.state)
    return InspectionOut(
        id=row.id,
        title=row.title,
        purpose=row.purpose,
        inspecting_unit=row.unit_id,
        inspected_units=row.inspected_units,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        responsible_post=row.responsible_id,
        state=state,
        late=rules.is_late(state, row.starts_on, row.ends_on, today),
        conclusion=row.decision_id,
        planned_at=row.planned_at,
    )


def shown_findings(actor: Actor, found: Sequence[Finding], now: datetime) -> list[InspectionFindingOut]:
    """Return findings (with their inspections) as the interface shows them, with the tasks that the actor sees."""
    return [
        InspectionFindingOut(
            id=row.id,
            inspection=row.inspection_id,
            unit=row.unit_id,
            item=row.item,
            severity=Severity(row.severity).value,
            text=row.text,
            state=told.state,
            standing=told.standing,
            reason=row.reason,
            assignments=[task.row.id for task in told.tasks],
            found_at=row.found_at,
            settled_at=row.settled_at,
        )
        for row, told in zip(found, queries.finding_rows(actor, found, now), strict=True)
    ]


@router.get(
    "", response={200: Page[InspectionOut], **FAULTS}, auth=READS, url_name="inspections", summary="List inspections"
)
def inspections(
    request: HttpRequest,
    unit: Part = None,
    state: InspectionState | None = None,
    q: Words = "",
    cursor: Cursor = "",
    limit: Limit = PAGE,
) -> dict[str, object]:
    """The inspections that you may see, the one that was planned last first."""
    today = clock.day_of(clock.now())
    filters = InspectionFilters(state=state, unit=unit, words=q.strip())

    def page(rows: Sequence[Inspection]) -> list[InspectionOut]:
        return [shown(row, today) for row in rows]

    return newest_first(queries.inspections(actor_of(request), filters), cursor, limit, page)


@router.get(
    "/{uuid:inspection}",
    response={200: InspectionOut, **FAULTS},
    auth=READS,
    url_name="inspection",
    summary="Read an inspection",
)
def inspection(request: HttpRequest, inspection: UUID) -> InspectionOut:
    """One inspection as it stands."""
    return shown(queries.inspection(actor_of(request), inspection), clock.day_of(clock.now()))


@findings_router.get(
    "", response={200: Page[InspectionFindingOut], **FAULTS}, auth=READS, url_name="findings", summary="List findings"
)
def findings(
    request: HttpRequest,
    inspection: Of = None,
    unit: FoundAt = None,
    state: FindingState | None = None,
    severity: Degree | None = None,
    cursor: Cursor = "",
    limit: Limit = PAGE,
) -> dict[str, object]:
    """The findings that you may see, the newest first; an inspected unit sees its own once they are reported."""
    actor, now = actor_of(request), clock.now()
    filters = FindingFilters(inspection, unit, state, Severity(severity) if severity else None)

    def page(rows: Sequence[Finding]) -> list[InspectionFindingOut]:
        return shown_findings(actor, rows, now)

    return newest_first(queries.findings(actor, filters), cursor, limit, page)


@findings_router.get(
    "/{uuid:finding}",
    response={200: InspectionFindingOut, **FAULTS},
    auth=READS,
    url_name="finding",
    summary="Read a finding",
)
def finding(request: HttpRequest, finding: UUID) -> InspectionFindingOut:
    """One finding as it stands."""
    actor = actor_of(request)
    [told] = shown_findings(actor, [queries.finding(actor, finding)], clock.now())
    return told
