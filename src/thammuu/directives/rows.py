"""Assignments and decisions as pages show them: labels instead of ids, timing as of an instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from thammuu.directives import labels, rules
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rules import OPEN, State, Timing, Urgency
from thammuu.journal.redaction.words import said
from thammuu.org import directory
from thammuu.org.queries import author_label


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """An assignment as of an instant. `sort` orders the open ones by deadline, then the others.

    `undated` says that it was taken over as done from a list that does not say when, and was not opened since.
    """

    id: UUID
    decision: UUID
    title: str
    product: str
    issuing_unit: str
    lead_unit: str
    supporting_units: tuple[str, ...]
    watching_units: tuple[str, ...]
    lead_post: str
    urgency: Promise | None
    state: State
    state_word: Promise
    timing: Timing | None
    timing_word: Promise | None
    tone: str
    percent: int
    deadline: datetime
    issued_at: datetime
    is_open: bool
    undated: bool
    sort: str
    classification: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with how many of its assignments (that the reader may see) there are and are done."""

    id: UUID
    title: str
    decided_at: datetime
    unit: str
    post: str
    assignments: int
    done: int


def assignment_rows(assignments: Iterable[Assignment], now: datetime) -> list[AssignmentRow]:
    """Return the assignments in the given order, as they stand at `now`."""
    known = directory.current()
    found = []
    for row in assignments:
        state = State(row.state)
        timing = rules.timing(state, row.deadline, row.handed_in_at, now)
        urgency = Urgency(row.urgency)
        found.append(
            AssignmentRow(
                id=row.id,
                decision=row.decision_id,
                title=said(row.title),
                product=row.product,
                issuing_unit=known.unit_label(row.unit_id),
                lead_unit=known.unit_label(row.lead_unit_id),
                supporting_units=tuple(known.unit_label(unit) for unit in row.supporting_units),
                watching_units=tuple(known.unit_label(unit) for unit in row.watching_units),
                lead_post=known.post_label(row.lead_post_id),
                urgency=None if urgency == Urgency.NORMAL else labels.URGENCIES[urgency],
                state=state,
                state_word=labels.STATES[state],
                timing=timing,
                timing_word=labels.TIMINGS[timing] if timing else None,
                tone=labels.tone_of(state, timing),
                percent=row.percent,
                deadline=row.deadline,
                issued_at=row.issued_at,
                is_open=state in OPEN,
                undated=undated(row),
                sort=f"{0 if state in OPEN else 1} {row.deadline.isoformat()} {row.id}",
                classification=row.classification,
            )
        )
    return found


def undated(row: Assignment) -> bool:
    """Say whether an assignment is done by a list that does not say when; not so once it was opened again."""
    return row.taken_undated and row.handed_in_at == row.taken_done_at


def decision_row(row: Decision, assignments: int, done: int) -> DecisionRow:
    """Return a decision with its counts."""
    known = directory.current()
    unit, post = known.unit_label(row.unit_id), author_label(row.post_id, row.behalf_id)
    return DecisionRow(row.id, said(row.title), row.decided_at, unit, post, assignments, done)
