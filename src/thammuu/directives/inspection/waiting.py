"""The inspections that wait for the reader: to begin, report, conclude, correct, close; or to make a statement on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from thammuu.directives.inspection import queries, rules
from thammuu.directives.inspection.models import Finding, Inspection
from thammuu.directives.inspection.rows import InspectionRow, inspection_row
from thammuu.directives.inspection.rules import FindingState, InspectionState
from thammuu.directives.models import Assignment
from thammuu.directives.rules import State
from thammuu.kernel.actor import Actor, Units
from thammuu.kernel.clock import day_of
from thammuu.org.policies import visible_to
from thammuu.org.rules import Permission

MOST = 50
WORDS: dict[str, Promise] = {
    "begin": pgettext_lazy("what an inspection waits for", "Begin the visit"),
    "report": pgettext_lazy("what an inspection waits for", "Report the results"),
    "conclude": pgettext_lazy("what an inspection waits for", "Conclude"),
    "assign": pgettext_lazy("what an inspection waits for", "Assign a correction"),
    "close_finding": pgettext_lazy("what an inspection waits for", "Close a finding"),
    "close": pgettext_lazy("what an inspection waits for", "Close"),
    "state": pgettext_lazy("what an inspection waits for", "Make a statement"),
}


@dataclass(frozen=True, slots=True)
class WaitingInspection:
    """An inspection that waits for the actor, and for what."""

    row: InspectionRow
    what: Promise


def waiting_inspections(actor: Actor, now: datetime) -> list[WaitingInspection]:
    """Return what waits for the actor's post, the earliest visit first, each for the first thing that it waits for."""
    today = day_of(now)
    decides = actor.units_of(Permission.DECIDE)
    works = _among(actor.units_of(Permission.ASSIGN)) | _among(decides)
    coming = [str(InspectionState.PLANNED), str(InspectionState.ANNOUNCED)]
    waits = (
        works & Q(state__in=coming, starts_on__lte=today)
        | works & Q(state__in=[str(InspectionState.UNDER_WAY), str(InspectionState.CONCLUDED)])
        | _among(decides) & Q(state=str(InspectionState.REPORTED))
        | Q(id__in=_unstated(actor))
    )
    found = list(Inspection.objects.filter(visible_to(actor)).filter(waits).order_by("starts_on", "id")[:MOST])
    open_findings = _open_findings(actor, found)
    tasks = queries.tasks_of(actor, [one for many in open_findings.values() for one in many])
    return [
        WaitingInspection(inspection_row(row, today), WORDS[what])
        for row in found
        if (what := _what(actor, row, open_findings[row.id], tasks))
    ]


def _what(actor: Actor, row: Inspection, findings: list[Finding], tasks: dict[UUID, Assignment]) -> str:
    """Return for what it waits, "" if others are at work."""
    state = InspectionState(row.state)
    if state == InspectionState.REPORTED:
        return "conclude" if _covers(actor.units_of(Permission.DECIDE), row.unit_id) else "state"
    if state != InspectionState.CONCLUDED:
        return "report" if state == InspectionState.UNDER_WAY else "begin"
    if not findings:
        return "close"
    states = [[State(tasks[id].state) for id in one.assignments if id in tasks] for one in findings]
    if any(all(state == State.WITHDRAWN for state in some) for some in states):
        return "assign"
    return "close_finding" if any(map(rules.is_settled, states)) else ""


def _open_findings(actor: Actor, found: list[Inspection]) -> dict[UUID, list[Finding]]:
    grouped: dict[UUID, list[Finding]] = {row.id: [] for row in found}
    rows = Finding.objects.filter(visible_to(actor), inspection__in=list(grouped), state=str(FindingState.OPEN))
    for row in rows.order_by("found_at", "id"):
        grouped[row.inspection_id].append(row)
    return grouped


def _unstated(actor: Actor) -> list[UUID]:
    """Return the reported inspections with a finding of the actor's units to which nothing was said."""
    executes = actor.units_of(Permission.ASSIGNMENT_EXECUTE)
    reported = Q(state=str(FindingState.OPEN), inspection__state=str(InspectionState.REPORTED), statements=None)
    found = Finding.objects.filter(visible_to(actor), _among(executes), reported)
    return list(found.values_list("inspection_id", flat=True).distinct()[:MOST])


def _among(units: Units) -> Q:
    return Q() if units is None else Q(unit__in=units)


def _covers(units: Units, unit: UUID) -> bool:
    return units is None or unit in units
