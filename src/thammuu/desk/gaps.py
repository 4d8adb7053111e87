"""What a thread lacks: the links that should be there by now and are not. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from thammuu.directives import rules as directives
from thammuu.directives.inspection.rules import FindingState
from thammuu.journal.subjects import Subject
from thammuu.watch import rules as watch


class Gap(StrEnum):
    """What can be missing."""

    REPORT_WITHOUT_INCIDENT = "report_without_incident"
    INCIDENT_WITHOUT_DECISION = "incident_without_decision"
    INCIDENT_LEFT_OPEN = "incident_left_open"
    DECISION_WITHOUT_ASSIGNMENT = "decision_without_assignment"
    FINDING_WITHOUT_ASSIGNMENT = "finding_without_assignment"
    ASSIGNMENT_NOT_ACKNOWLEDGED = "assignment_not_acknowledged"
    ASSIGNMENT_WITHOUT_EVIDENCE = "assignment_without_evidence"
    ASSIGNMENT_OVERDUE = "assignment_overdue"
    EVIDENCE_NOT_VERIFIED = "evidence_not_verified"


@dataclass(frozen=True, slots=True)
class Found:
    """A gap and the subject at which it gapes."""

    gap: Gap
    id: UUID


@dataclass(frozen=True, slots=True)
class Whole:
    """A thread as the rules see it: the kind and the fields (plain values) of each subject, pairs that are linked."""

    kinds: Mapping[UUID, Subject]
    fields: Mapping[UUID, Mapping[str, Any]]
    ties: Collection[tuple[UUID, UUID]]

    def linked(self, id: UUID, *kinds: Subject) -> list[UUID]:
        """Return the subjects of those kinds that are linked with this one, either way."""
        others = [b if a == id else a for a, b in self.ties if id in (a, b)]
        return [other for other in others if self.kinds.get(other) in kinds]

    def value(self, id: UUID, name: str) -> Any:
        """Return a subject's field, None if no fact set it."""
        return self.fields.get(id, {}).get(name)


def find(whole: Whole, now: datetime) -> list[Found]:
    """Return every gap, in the order of the subjects given."""
    return [
        Found(gap, id) for id, kind in whole.kinds.items() if kind in _RULES for gap in _RULES[kind](whole, id, now)
    ]


def _log_entry(whole: Whole, id: UUID, _now: datetime) -> Iterator[Gap]:
    asks = whole.value(id, "kind") in (watch.LogKind.REPORT, watch.LogKind.REQUEST)
    answered = whole.linked(id, Subject.INCIDENT, Subject.DECISION)
    if asks and not whole.value(id, "struck_at") and not answered:
        yield Gap.REPORT_WITHOUT_INCIDENT


def _incident(whole: Whole, id: UUID, _now: datetime) -> Iterator[Gap]:
    if whole.value(id, "status") not in watch.OPEN:
        return
    decisions = whole.linked(id, Subject.DECISION)
    if not decisions:
        yield Gap.INCIDENT_WITHOUT_DECISION
        return
    assignments = [found for decision in decisions for found in whole.linked(decision, Subject.ASSIGNMENT)]
    over = (directives.State.CLOSED, directives.State.WITHDRAWN)
    if assignments and all(whole.value(found, "state") in over for found in assignments):
        yield Gap.INCIDENT_LEFT_OPEN


def _decision(whole: Whole, id: UUID, _now: datetime) -> Iterator[Gap]:
    visits = [one for one in whole.linked(id, Subject.INSPECTION) if whole.value(one, "decision_id") == str(id)]
    found = [one for visit in visits for one in whole.linked(visit, Subject.FINDING)]
    # The conclusion of an inspection that left no finding asks for none.
    asks = not visits or any(whole.value(one, "state") != FindingState.STRUCK for one in found)
    if asks and not whole.linked(id, Subject.ASSIGNMENT):
        yield Gap.DECISION_WITHOUT_ASSIGNMENT


def _finding(whole: Whole, id: UUID, _now: datetime) -> Iterator[Gap]:
    concluded = any(whole.value(found, "decision_id") for found in whole.linked(id, Subject.INSPECTION))
    is_open = whole.value(id, "state") == FindingState.OPEN
    if is_open and concluded and not whole.linked(id, Subject.ASSIGNMENT):
        yield Gap.FINDING_WITHOUT_ASSIGNMENT


def _assignment(whole: Whole, id: UUID, now: datetime) -> Iterator[Gap]:
    state, deadline = whole.value(id, "state"), whole.value(id, "deadline")
    if state not in directives.OPEN and state not in directives.DONE:
        return
    if state == directives.State.ISSUED:
        yield Gap.ASSIGNMENT_NOT_ACKNOWLEDGED
    if not whole.linked(id, Subject.EVIDENCE):
        yield Gap.ASSIGNMENT_WITHOUT_EVIDENCE
    waits = state in directives.OPEN and state != directives.State.SUBMITTED
    if waits and deadline and datetime.fromisoformat(deadline) < now:
        yield Gap.ASSIGNMENT_OVERDUE


def _evidence(whole: Whole, id: UUID, _now: datetime) -> Iterator[Gap]:
    if whole.value(id, "state") == directives.EvidenceState.SUBMITTED:
        yield Gap.EVIDENCE_NOT_VERIFIED


_RULES: Mapping[Subject, Callable[[Whole, UUID, datetime], Iterator[Gap]]] = {
    Subject.LOG_ENTRY: _log_entry,
    Subject.INCIDENT: _incident,
    Subject.DECISION: _decision,
    Subject.FINDING: _finding,
    Subject.ASSIGNMENT: _assignment,
    Subject.EVIDENCE: _evidence,
}
