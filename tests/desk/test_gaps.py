"""Every gap: there when its link is missing, gone when it is made."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from thammuu.desk.gaps import Found, Gap, Whole, find
from thammuu.journal.subjects import Subject

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
PAST, AHEAD = ((NOW + timedelta(hours=hours)).isoformat() for hours in (-1, 1))
LOG, INCIDENT, DECISION, ASSIGNMENT, EVIDENCE = (UUID(int=n) for n in range(1, 6))
KINDS = {
    LOG: Subject.LOG_ENTRY,
    INCIDENT: Subject.INCIDENT,
    DECISION: Subject.DECISION,
    ASSIGNMENT: Subject.ASSIGNMENT,
    EVIDENCE: Subject.EVIDENCE,
}
COMPLETE: dict[UUID, dict[str, Any]] = {
    LOG: {"kind": "report", "struck_at": None},
    INCIDENT: {"status": "closed"},
    DECISION: {},
    ASSIGNMENT: {"state": "closed", "deadline": PAST},
    EVIDENCE: {"state": "verified"},
}
CHAIN = [(LOG, INCIDENT), (DECISION, INCIDENT), (ASSIGNMENT, DECISION), (EVIDENCE, ASSIGNMENT)]


def gaps_of(*ids: UUID, **changes: dict[str, Any]) -> list[Found]:
    fields = {id: {**COMPLETE[id], **changes.get(str(KINDS[id]), {})} for id in ids}
    ties = [pair for pair in CHAIN if set(pair) <= set(ids)]
    return find(Whole({id: KINDS[id] for id in ids}, fields, ties), NOW)


def test_a_complete_thread_has_none() -> None:
    assert gaps_of(LOG, INCIDENT, DECISION, ASSIGNMENT, EVIDENCE) == []


@pytest.mark.parametrize("kind", ["report", "request"])
def test_a_report_that_led_to_nothing(kind: str) -> None:
    assert gaps_of(LOG, log_entry={"kind": kind}) == [Found(Gap.REPORT_WITHOUT_INCIDENT, LOG)]


def test_a_note_or_a_struck_report_asks_for_nothing() -> None:
    assert gaps_of(LOG, log_entry={"kind": "note"}) == []
    assert gaps_of(LOG, log_entry={"struck_at": PAST}) == []


@pytest.mark.parametrize(("status", "found"), [("reported", 1), ("contained", 1), ("closed", 0), ("draft", 0)])
def test_an_incident_without_decision(status: str, found: int) -> None:
    assert gaps_of(INCIDENT, incident={"status": status}) == [Found(Gap.INCIDENT_WITHOUT_DECISION, INCIDENT)][:found]


def test_an_incident_left_open_though_the_work_is_done() -> None:
    left = {"status": "in_progress"}
    found = gaps_of(INCIDENT, DECISION, ASSIGNMENT, EVIDENCE, incident=left)
    assert found == [Found(Gap.INCIDENT_LEFT_OPEN, INCIDENT)]
    under_way = {"state": "in_progress", "deadline": AHEAD}
    assert gaps_of(INCIDENT, DECISION, ASSIGNMENT, EVIDENCE, incident=left, assignment=under_way) == []


def test_a_decision_without_assignment() -> None:
    assert gaps_of(INCIDENT, DECISION) == [Found(Gap.DECISION_WITHOUT_ASSIGNMENT, DECISION)]


def test_an_assignment_without_acknowledgement_and_evidence() -> None:
    found = gaps_of(DECISION, ASSIGNMENT, assignment={"state": "issued", "deadline": AHEAD})
    assert [each.gap for each in found] == [Gap.ASSIGNMENT_NOT_ACKNOWLEDGED, Gap.ASSIGNMENT_WITHOUT_EVIDENCE]


def test_an_assignment_past_its_deadline() -> None:
    late = {"state": "returned", "deadline": PAST}
    found = gaps_of(DECISION, ASSIGNMENT, EVIDENCE, assignment=late, evidence={"state": "returned"})
    assert found == [Found(Gap.ASSIGNMENT_OVERDUE, ASSIGNMENT)]


def test_a_withdrawn_assignment_asks_for_nothing() -> None:
    assert gaps_of(DECISION, ASSIGNMENT, assignment={"state": "withdrawn", "deadline": PAST}) == []


def test_evidence_that_waits_for_verification() -> None:
    handed_in = {"state": "submitted", "deadline": PAST}
    found = gaps_of(DECISION, ASSIGNMENT, EVIDENCE, assignment=handed_in, evidence={"state": "submitted"})
    assert found == [Found(Gap.EVIDENCE_NOT_VERIFIED, EVIDENCE)]


def test_a_finding_of_a_concluded_inspection_that_no_task_corrects() -> None:
    inspection, finding = UUID(int=6), UUID(int=7)
    kinds = {inspection: Subject.INSPECTION, finding: Subject.FINDING, ASSIGNMENT: Subject.ASSIGNMENT}
    fields: dict[UUID, dict[str, Any]] = {
        inspection: {"decision_id": str(DECISION)}, finding: {"state": "open"}, ASSIGNMENT: COMPLETE[ASSIGNMENT],
    }  # fmt: skip
    tied = [(finding, inspection)]

    def gaps(**changes: Any) -> list[Found]:
        whole = Whole(kinds, {**fields, finding: {"state": "open", **changes}}, tied)
        return [found for found in find(whole, NOW) if found.id == finding]

    assert gaps() == [Found(Gap.FINDING_WITHOUT_ASSIGNMENT, finding)]
    assert gaps(state="struck") == []
    tied.append((ASSIGNMENT, finding))
    assert gaps() == []
    fields[inspection], tied[1:] = {"decision_id": None}, []
    assert gaps() == []
