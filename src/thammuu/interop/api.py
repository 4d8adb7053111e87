"""Alerts over the programming interface: handing CAP in, and reading what came."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field, WithJsonSchema

from thammuu.interop import actions, queries
from thammuu.interop.cap.opening import MAX_BYTES
from thammuu.interop.models import Alert, InboundFile
from thammuu.interop.queries import AlertFilter, told_faults
from thammuu.interop.rules import Mark, State, Verdict
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput
from thammuu.org.api import problems
from thammuu.org.api.asking import FAULTS, NO_CONTROLS, PAGE, Cursor, Limit, Page, Words, concerned, newest_first
from thammuu.org.api.bearer import Bearer
from thammuu.org.api.problems import Problem
from thammuu.org.web import actor_of

router = Router(tags=["alerts"])
READS, WRITES = Bearer("alerts:read"), Bearer("alerts:write")
XML = ("application/cap+xml", "application/xml", "text/xml")
Group = Annotated[
    Literal["waiting", "notices", "accepted", "over", "all"],
    Query(description="“waiting” for a decision, “notices”, “accepted”, “over”, or all"),
]
# Written out: the document names types by their classes, and assignments have a State too.
AlertState = Annotated[State, WithJsonSchema({"type": "string", "enum": [str(state) for state in State]})]
Severity = Literal["Extreme", "Severe", "Moderate", "Minor", "Unknown"]
Unit = Annotated[UUID | None, Query(description="The unit that it is for; none: that of your post")]
Name = Annotated[str, Query(description="What the file is called", pattern=NO_CONTROLS, max_length=150)]


class AlertOut(Schema):
    """An alert as it stands here."""

    id: UUID
    identifier: str
    sender: str
    sent: datetime
    received_at: datetime
    message_type: Literal["Alert", "Update", "Cancel", "Ack", "Error"]
    mark: Mark = Field(description="What is not real about it; empty where it is real")
    event: str
    headline: str
    areas: str
    severity: Severity
    urgency: str
    certainty: str
    expires: datetime | None
    state: AlertState
    unit: UUID
    incident: UUID | None = Field(description="What was opened from it")


class FaultOut(Schema):
    """What is wrong with a message: where (the path of the element and the line), and why."""

    reason: str
    path: str
    line: int


class FindingOut(Schema):
    """What became of one alert in a file."""

    verdict: Verdict
    alert: UUID | None
    identifier: str
    sender: str
    faults: list[FaultOut]
    warnings: list[FaultOut]


class IntakeOut(Schema):
    """A file as it was taken in. What was refused is kept aside and can be looked at."""

    id: UUID
    verdict: Verdict
    received_at: datetime
    findings: list[FindingOut]


class RefusedIntake(Problem):
    """Nothing in the file could be taken in; it is kept aside."""

    intake: IntakeOut


def shown(row: Alert) -> AlertOut:
    """Return an alert as the interface shows it."""
    values = {name: getattr(row, name) for name in AlertOut.model_fields if name not in ("unit", "incident")}
    return AlertOut(**values, unit=row.unit_id, incident=row.incident_id)


@router.get("", response={200: Page[AlertOut], **FAULTS}, auth=READS, url_name="alerts", summary="List alerts")
def alerts(
    request: HttpRequest,
    group: Group = "all",
    severity: Severity | None = None,
    q: Words = "",
    cursor: Cursor = "",
    limit: Limit = PAGE,
) -> dict[str, object]:
    """The alerts that you may see, the newest first."""
    wanted = AlertFilter(group=group, severity=severity or "", q=q)
    return newest_first(queries.alert_query(actor_of(request), wanted), cursor, limit, _page)


def _page(rows: Sequence[Alert]) -> list[AlertOut]:
    return [shown(row) for row in rows]


@router.post(
    "",
    response={200: IntakeOut, 201: IntakeOut, 415: Problem, **FAULTS, 422: RefusedIntake | Problem},
    auth=WRITES,
    url_name="alerts",
    summary="Hand CAP in",
    openapi_extra={
        "requestBody": {"required": True, "content": {kind: {"schema": {"type": "string"}} for kind in XML}}
    },
)
def intake(request: HttpRequest, unit: Unit = None, name: Name = "") -> Status[Any] | HttpResponse:
    """Take a CAP message or an EDXL-DE envelope in, as it comes. The same file again doubles nothing (200)."""
    actor, now = actor_of(request), clock.now()
    for_unit = concerned(actor, unit)
    content = request.read(MAX_BYTES + 1)
    if not content:
        raise BadInput("body", _("There is nothing in the body; send the message as XML."))
    if (request.content_type or "").lower() not in XML:
        return problems.unsupported(XML)
    took = actions.take_in_file(
        actor=actor, now=now, content=content, name=name or "api.xml", source="api", unit=for_unit
    )
    told = _intake(took.file)
    if took.file.verdict == Verdict.REFUSED:
        detail = " ".join(fault.reason for finding in told.findings for fault in finding.faults)
        refused = RefusedIntake(
            type="urn:thammuu:problem:alert", title=_("This cannot be taken"), status=422, detail=detail, intake=told
        )
        return Status(HTTPStatus.UNPROCESSABLE_ENTITY, refused)
    return Status(HTTPStatus.OK if took.again else HTTPStatus.CREATED, told)


@router.get("/{uuid:alert}", response={200: AlertOut, **FAULTS}, auth=READS, url_name="alert", summary="Read an alert")
def alert(request: HttpRequest, alert: UUID) -> AlertOut:
    """One alert as it stands here."""
    return shown(queries.visible_alert(actor_of(request), alert))


@router.get(
    "/{uuid:alert}/cap",
    response={200: None, **FAULTS},
    auth=READS,
    url_name="alert_cap",
    summary="Read an alert's own XML",
    openapi_extra={"responses": {200: {"content": {XML[0]: {"schema": {"type": "string"}}}}}},
)
def cap(request: HttpRequest, alert: UUID) -> HttpResponse:
    """The message itself, byte for byte as it came."""
    raw = bytes(queries.visible_alert(actor_of(request), alert).raw)
    headers = {"Content-Disposition": f'attachment; filename="{alert}.xml"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(raw, content_type=XML[0], headers=headers)


def _intake(row: InboundFile) -> IntakeOut:
    findings = [
        FindingOut(
            verdict=Verdict(result["verdict"]),
            alert=result["alert"],
            identifier=result["identifier"],
            sender=result["sender"],
            faults=[FaultOut(reason=said, path=path, line=line) for said, path, line in told_faults(result["faults"])],
            warnings=[
                FaultOut(reason=said, path=path, line=line) for said, path, line in told_faults(result["warnings"])
            ],
        )
        for result in row.results
    ]
    return IntakeOut(id=row.id, verdict=Verdict(row.verdict), received_at=row.received_at, findings=findings)
