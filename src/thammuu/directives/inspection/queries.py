"""Reads of inspections, findings and checklists. All of them go through `visible_to`."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thammuu.directives.inspection import labels
from thammuu.directives.inspection.models import (
    Checklist,
    Finding,
    FindingStatement,
    Inspection,
    InspectionChange,
    InspectionSheet,
)
from thammuu.directives.inspection.rows import (
    FindingRow,
    Ground,
    InspectionRow,
    SheetRow,
    finding_row,
    inspection_row,
    sheet_row,
)
from thammuu.directives.inspection.rules import FindingState, InspectionState, Severity, Standing, Step
from thammuu.directives.models import Assignment
from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import day_of
from thammuu.kernel.errors import Missing
from thammuu.kernel.text import fold
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.org.queries import author_label
from thammuu.paper.queries import attachments


@dataclass(frozen=True, slots=True)
class InspectionFilters:
    """What a list of inspections is narrowed to; `unit` inspects or is inspected."""

    state: InspectionState | None = None
    unit: UUID | None = None
    words: str = ""

    @property
    def any(self) -> bool:
        """Say whether anything is narrowed at all."""
        return self != InspectionFilters()


@dataclass(frozen=True, slots=True)
class FindingFilters:
    """What a list of findings is narrowed to; `unit` is the one at which they were made."""

    inspection: UUID | None = None
    unit: UUID | None = None
    state: FindingState | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A step that was taken."""

    word: Promise
    by: str
    at: datetime
    reason: str


def inspection(actor: Actor, id: UUID) -> Inspection:
    """Return an inspection the actor may see. Raises `Missing`."""
    row = Inspection.objects.select_related("decision").filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such inspection, or your post may not see it."))
    return row


def inspections(actor: Actor, filters: InspectionFilters) -> QuerySet[Inspection]:
    """Return the inspections the actor may see, the latest day first."""
    wanted = Q()
    if filters.state:
        wanted &= Q(state=str(filters.state))
    if filters.unit:
        units = directory.current().stands_for(filters.unit)
        wanted &= Q(unit__in=units) | Q(inspected_units__overlap=list(units))
    if filters.words:
        wanted &= Q(search_text__contains=fold(filters.words))
    return Inspection.objects.filter(visible_to(actor), wanted).order_by("-starts_on", "-id")


def inspections_from(actor: Actor, origin: UUID, now: datetime) -> list[InspectionRow]:
    """Return the inspections that arose from a decision or a document, the latest day first."""
    found = Inspection.objects.filter(visible_to(actor), arises_from=origin).order_by("-starts_on", "-id")
    return [inspection_row(row, day_of(now)) for row in found]


def sheet(actor: Actor, id: UUID) -> InspectionSheet:
    """Return a checklist to be filled that the actor may see, with its inspection. Raises `Missing`."""
    row = InspectionSheet.objects.select_related("inspection").filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such checklist, or your post may not see it."))
    return row


def sheets_of(actor: Actor, inspection: UUID) -> list[SheetRow]:
    """Return the checklists of an inspection that the actor may see, in the order of their units' names."""
    found = InspectionSheet.objects.filter(visible_to(actor), inspection=inspection).select_related("unit")
    known = directory.current().units
    return [sheet_row(row) for row in sorted(found, key=lambda row: (known[row.unit_id].sort_key, str(row.id)))]


def finding(actor: Actor, id: UUID) -> Finding:
    """Return a finding the actor may see, with its inspection. Raises `Missing`."""
    row = Finding.objects.select_related("inspection").filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such finding, or your post may not see it."))
    return row


def findings(actor: Actor, filters: FindingFilters) -> QuerySet[Finding]:
    """Return the findings (with their inspections) that the actor may see."""
    wanted = Q()
    if filters.inspection:
        wanted &= Q(inspection=filters.inspection)
    if filters.unit:
        wanted &= Q(unit__in=directory.current().stands_for(filters.unit))
    if filters.state:
        wanted &= Q(state=str(filters.state))
    if filters.severity:
        wanted &= Q(severity=str(filters.severity))
    return Finding.objects.filter(visible_to(actor), wanted).select_related("inspection")


def findings_of(actor: Actor, inspection: UUID, now: datetime) -> list[FindingRow]:
    """Return the findings of an inspection that the actor may see, as they were made."""
    found = Finding.objects.filter(visible_to(actor), inspection=inspection)
    return finding_rows(actor, list(found.select_related("inspection").order_by("found_at", "id")), now)


def findings_among(actor: Actor, found: QuerySet[Inspection], most: int, now: datetime) -> list[FindingRow]:
    """Return at most `most` findings of these inspections that the actor may see, the latest visit first."""
    rows = Finding.objects.filter(visible_to(actor), inspection__in=found.order_by()).select_related("inspection")
    return finding_rows(
        actor, list(rows.order_by("-inspection__starts_on", "inspection", "found_at", "id")[:most]), now
    )


def finding_rows(actor: Actor, found: Sequence[Finding], now: datetime) -> list[FindingRow]:
    """Return findings (with their inspections) as rows, with statements, files and tasks."""
    statements: dict[UUID, list[FindingStatement]] = defaultdict(list)
    made = FindingStatement.objects.filter(visible_to(actor), finding__in=[row.id for row in found])
    for one in made.order_by("made_at", "id"):
        statements[one.finding_id].append(one)
    files = [id for row in found for id in row.attachments]
    files += [id for many in statements.values() for one in many for id in one.attachments]
    tasks = tasks_of(actor, found)
    ground = Ground(statements, attachments(files), tasks)
    return [finding_row(row, row.inspection.decision_id is not None, ground, now) for row in found]


def tasks_of(actor: Actor, found: Sequence[Finding]) -> dict[UUID, Assignment]:
    """Return the assignments that correct the findings, by id."""
    ids = [id for row in found for id in row.assignments]
    return {row.id: row for row in Assignment.objects.filter(visible_to(actor), id__in=ids)}


def changes_of(actor: Actor, inspection: UUID) -> list[ChangeRow]:
    """Return the steps of an inspection that the actor may see, the latest first."""
    found = InspectionChange.objects.filter(visible_to(actor), inspection=inspection).order_by("-changed_at", "-id")
    return [
        ChangeRow(labels.STEPS[Step(row.step)], author_label(row.post_id, row.behalf_id), row.changed_at, row.reason)
        for row in found
    ]


def counted(found: Sequence[FindingRow]) -> list[tuple[Promise, str, int]]:
    """Return how many findings stand where: (word, tone, count), the gaps first, what is none left out."""
    counts = Counter(row.standing for row in found)
    return [(labels.STANDINGS[one], labels.STANDING_TONES[one], counts[one]) for one in Standing if counts[one]]


def checklist(actor: Actor, id: UUID) -> Checklist:
    """Return a checklist the actor may see. Raises `Missing`."""
    row = Checklist.objects.filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such checklist, or your post may not see it."))
    return row


def checklists(actor: Actor, units: Sequence[UUID]) -> list[Checklist]:
    """Return the checklists of the units that the actor may see, by name."""
    return list(Checklist.objects.filter(visible_to(actor), unit__in=units).order_by("name", "id"))
