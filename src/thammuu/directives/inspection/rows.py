"""Inspections and findings as pages show them: labels instead of ids, standing as of an instant."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language

from thammuu.directives.inspection import labels, rules
from thammuu.directives.inspection.models import Finding, FindingStatement, Inspection, InspectionSheet
from thammuu.directives.inspection.rules import (
    FindingState,
    InspectionState,
    Result,
    Severity,
    Standing,
    Task,
)
from thammuu.directives.models import Assignment
from thammuu.directives.rows import AssignmentRow, assignment_rows
from thammuu.directives.rules import State
from thammuu.journal.redaction.words import said
from thammuu.kernel.clock import format_date
from thammuu.org import directory
from thammuu.paper.models import Attachment


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """An inspection. `days` are its days in words, `tone` says that it is late."""

    id: UUID
    title: str
    unit: str
    inspected_units: tuple[str, ...]
    days: str
    responsible: str
    state: InspectionState
    word: Promise
    tone: str
    late: bool
    classification: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of a checklist as it was filled."""

    number: int
    text: str
    word: Promise
    tone: str
    remark: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The checklist of one inspected unit with its counts."""

    id: UUID
    unit: str
    items: tuple[ItemRow, ...]
    met: int
    not_met: int
    left: int
    filled_by: str
    filled_at: datetime | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What the inspected unit said."""

    id: UUID
    by: str
    at: datetime
    text: str
    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A corrective assignment, and whether evidence of it waits or was verified."""

    row: AssignmentRow
    has_evidence: bool


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with what was said to it and what corrects it."""

    id: UUID
    inspection: UUID
    unit: str
    unit_id: UUID
    item: int | None
    text: str
    severity: Promise
    tone: str
    state: FindingState
    standing: Standing
    standing_word: Promise
    standing_tone: str
    by: str
    at: datetime
    reason: str
    files: tuple[Attachment, ...]
    statements: tuple[StatementRow, ...]
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows of findings are made from, read at once for all of them."""

    statements: Mapping[UUID, Sequence[FindingStatement]]
    files: Mapping[UUID, Attachment]
    assignments: Mapping[UUID, Assignment]


def inspection_row(row: Inspection, today: date) -> InspectionRow:
    """Return an inspection as a row, as it stands on the day."""
    known = directory.current()
    state = InspectionState(row.state)
    late = rules.is_late(state, row.starts_on, row.ends_on, today)
    return InspectionRow(
        id=row.id,
        title=said(row.title),
        unit=known.unit_label(row.unit_id),
        inspected_units=tuple(known.unit_label(unit) for unit in row.inspected_units),
        days=days_of(row.starts_on, row.ends_on),
        responsible=known.post_label(row.responsible_id),
        state=state,
        word=labels.STATES[state],
        tone=labels.tone_of(state, late),
        late=late,
        classification=row.classification,
    )


def days_of(starts_on: date, ends_on: date) -> str:
    """Return the days of a visit in words."""
    language = get_language() or "vi"
    first = format_date(starts_on, language)
    return first if starts_on == ends_on else f"{first} – {format_date(ends_on, language)}"


def sheet_row(row: InspectionSheet) -> SheetRow:
    """Return a filled checklist as a row."""
    known = directory.current()
    counts = Counter(item["result"] for item in row.items)
    return SheetRow(
        id=row.id,
        unit=known.unit_label(row.unit_id),
        items=tuple(_item(number, item) for number, item in enumerate(row.items, 1)),
        met=counts[str(Result.MET)],
        not_met=counts[str(Result.NOT_MET)],
        left=counts[str(Result.NONE)],
        filled_by=known.post_label(row.filled_by_id),
        filled_at=row.filled_at,
    )


def finding_row(row: Finding, concluded: bool, ground: Ground, now: datetime) -> FindingRow:
    """Return a finding as a row, as it stands at `now`."""
    known = directory.current()
    mine = [ground.assignments[id] for id in row.assignments if id in ground.assignments]
    tasks = [Task(State(one.state), one.deadline, one.handed_in_at) for one in mine]
    state = FindingState(row.state)
    standing = rules.standing(state, concluded, tasks, now)
    return FindingRow(
        id=row.id,
        inspection=row.inspection_id,
        unit=known.unit_label(row.unit_id),
        unit_id=row.unit_id,
        item=row.item,
        text=said(row.text),
        severity=labels.SEVERITIES[Severity(row.severity)],
        tone=row.severity if state == FindingState.OPEN else "off",
        state=state,
        standing=standing,
        standing_word=labels.STANDINGS[standing],
        standing_tone=labels.STANDING_TONES[standing],
        by=known.post_label(row.post_id),
        at=row.found_at,
        reason=row.reason,
        files=_files(row.attachments, ground),
        statements=tuple(_statement(one, ground) for one in ground.statements.get(row.id, ())),
        tasks=tuple(
            TaskRow(shown, task.handed_in_at is not None)
            for shown, task in zip(assignment_rows(mine, now), tasks, strict=True)
        ),
    )


def _statement(row: FindingStatement, ground: Ground) -> StatementRow:
    by = directory.current().post_label(row.post_id)
    return StatementRow(row.id, by, row.made_at, said(row.text), _files(row.attachments, ground))


def _files(ids: Sequence[UUID], ground: Ground) -> tuple[Attachment, ...]:
    return tuple(ground.files[id] for id in ids if id in ground.files)


def _item(number: int, item: Mapping[str, str]) -> ItemRow:
    result = Result(item["result"])
    word = labels.RESULTS.get(result, labels.UNANSWERED)
    return ItemRow(number, item["text"], word, labels.RESULT_TONES[result], item["remark"])
