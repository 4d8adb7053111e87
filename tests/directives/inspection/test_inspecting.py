from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.directives.documents.desk import Desk
from tests.directives.inspection.visit import ITEMS, MET, Visit
from tests.directives.thread import Thread
from thammuu.desk.thread import thread_of
from thammuu.directives import actions as directives
from thammuu.directives.inspection import actions, queries
from thammuu.directives.inspection.actions.filling import Refilled
from thammuu.directives.inspection.models import Checklist, FindingStatement, Inspection, InspectionSheet
from thammuu.directives.inspection.waiting import WORDS, waiting_inspections
from thammuu.directives.models import Assignment, Decision
from thammuu.journal import feed
from thammuu.journal.recording import Submission
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import day_of
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import actions as org
from thammuu.org import authority
from thammuu.org.models import Unit
from thammuu.org.planning import Change
from thammuu.org.policies import can_view
from thammuu.paper.models import Attachment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def kinds(subject: UUID) -> list[str]:
    return [entry.kind.removeprefix("directives.") for entry in feed.of_subjects([subject])]


def waits(visit: Visit, actor: Actor) -> list[str]:
    """What the inspections wait for from the actor."""
    words = {str(word): name for name, word in WORDS.items()}
    return [words[str(one.what)] for one in waiting_inspections(actor, visit.now)]


def test_a_visit_from_plan_to_closure_with_what_waits_at_each_step(visit: Visit) -> None:
    o = visit.organisation
    inspection = visit.plan(visit.checklist())
    assert waits(visit, o.staff) == ["begin"]
    actions.announce_inspection(actor=o.staff, now=visit.now, inspection=inspection)
    actions.begin_inspection(actor=o.staff, now=visit.now, inspection=inspection)
    visit.fill(inspection)
    finding = visit.find(inspection, item=2, pictured=True)
    assert (waits(visit, o.staff), waits(visit, o.hanoi_officer)) == (["report"], [])
    visit.report(inspection)
    assert [waits(visit, who) for who in (o.chief, o.hanoi_officer, o.hue_officer)] == [["conclude"], ["state"], []]
    actions.make_statement(actor=o.hanoi_officer, now=visit.now, finding=finding, text="Đã bổ sung một ca")
    assert waits(visit, o.hanoi_officer) == []
    visit.conclude(inspection)
    decision = Decision.objects.get(id=visit.row(inspection).decision_id)
    assert (decision.title, decision.reason) == ("Kết luận kiểm tra: Kiểm tra chế độ trực", "Ghi sổ trực đủ mọi ca")
    assert set(decision.units) == {o.ministry, o.hanoi, o.hue}
    assert waits(visit, o.staff) == ["assign"]
    assignment = visit.assign(finding)
    assert waits(visit, o.staff) == []
    with pytest.raises(Conflict):
        visit.close_finding(finding)
    visit.hand_in(assignment)
    visit.settle(assignment)
    assert waits(visit, o.staff) == ["close_finding"]
    with pytest.raises(Conflict):
        visit.close(inspection)
    visit.close_finding(finding)
    assert waits(visit, o.staff) == ["close"]
    visit.close(inspection)
    assert (visit.row(inspection).state, visit.finding(finding).state) == ("closed", "closed")
    assert kinds(inspection) == [
        "inspection_planned", "inspection_announced", "inspection_begun", "inspection_reported",
        "inspection_concluded", "inspection_closed",
    ]  # fmt: skip
    assert kinds(finding) == ["finding_made", "finding_shared", "finding_assigned", "finding_closed"]
    for step in (actions.begin_inspection, actions.report_inspection, actions.close_inspection):
        with pytest.raises(Conflict):
            step(actor=o.staff, now=visit.now, inspection=inspection)


def test_an_inspected_unit_sees_the_visit_once_announced_and_its_own_findings_once_reported(visit: Visit) -> None:
    o = visit.organisation
    inspection = visit.plan(visit.checklist())
    assert not can_view(o.hanoi_officer, visit.row(inspection))
    actions.begin_inspection(actor=o.staff, now=visit.now, inspection=inspection)
    assert can_view(o.hanoi_officer, visit.row(inspection))
    visit.fill(inspection)
    finding = visit.find(inspection, pictured=True)
    struck = visit.find(inspection, text="Nhầm")
    actions.strike_finding(actor=o.staff, now=visit.now, finding=struck, reason="Đọc nhầm ngày")
    picture = Attachment.objects.get()
    hidden = [visit.finding(finding), picture, InspectionSheet.objects.get(inspection=inspection, unit=o.hanoi)]
    assert not any(can_view(o.hanoi_officer, row) for row in hidden)  # type: ignore[arg-type]
    visit.report(inspection)
    for row in hidden:
        row.refresh_from_db()
        assert can_view(o.hanoi_officer, row)  # type: ignore[arg-type]
        assert not can_view(o.hue_officer, row)  # type: ignore[arg-type]
    assert not can_view(o.hanoi_officer, visit.finding(struck))
    told = [entry.kind for entry in feed.of_subjects([finding]) if o.hanoi in entry.units]
    assert told == ["directives.finding_shared"]


def test_it_arises_from_a_decision_or_document_and_the_thread_walks_from_there_to_the_correction(
    visit: Visit, thread: Thread
) -> None:
    o = visit.organisation
    inspection = visit.plan(arises_from=(Subject.DECISION, thread.decision))
    actions.begin_inspection(actor=o.staff, now=visit.now, inspection=inspection)
    finding = visit.find(inspection)
    visit.report(inspection)
    visit.conclude(inspection)
    assignment = visit.assign(finding)
    for kind, start in ((Subject.DECISION, thread.decision), (Subject.ASSIGNMENT, assignment)):
        reached = {node.id for node in thread_of(o.chief, kind, start, visit.now).nodes}
        assert {thread.decision, inspection, finding, assignment, visit.row(inspection).decision_id} <= reached
    other = visit.row(visit.plan(arises_from=(Subject.DOCUMENT, Desk(o, visit.now).issued().id)))
    assert other.arises_from_kind == "document"
    for origin in ((Subject.DECISION, new_id()), (Subject.UNIT, o.hanoi)):
        with pytest.raises(BadInput):
            visit.plan(arises_from=origin)


def test_a_plan_names_open_units_below_and_a_post_of_its_own_on_days_to_come(visit: Visit) -> None:
    o, today = visit.organisation, day_of(visit.now)
    merger = [
        Change(1, "00008", date(2026, 9, 1), "commune", "Ba Đình mới", parent="01"),
        Change(2, "00004", date(2026, 9, 1), closes=True, successors=("00008",)),
    ]
    org.reorganise(actor=o.admin, now=visit.now, changes=merger)
    authority.forget()
    faults: list[dict[str, Any]] = [
        {"inspected_units": ()}, {"inspected_units": (o.ministry,)}, {"inspected_units": (o.commune,)},
        {"inspected_units": (new_id(),)}, {"starts_on": today - timedelta(days=1)},
        {"ends_on": today - timedelta(days=1)}, {"responsible": o.hanoi_officer.post}, {"title": " "},
        {"checklist": new_id()},
    ]  # fmt: skip
    for fault in faults:
        with pytest.raises(BadInput):
            visit.plan(**fault)
    heir = Unit.objects.get(code="00008").id
    assert visit.row(visit.plan(inspected_units=(heir,))).inspected_units == [heir]
    for actor in (o.hanoi_officer, o.duty, o.viewer):
        plan = actions.Plan("x", (o.hanoi,), today, today, UUID(str(o.staff.post)))
        with pytest.raises(Refused):
            actions.plan_inspection(actor=actor, now=visit.now, unit=o.ministry, plan=plan)


def test_a_visit_keeps_the_version_of_the_checklist_that_it_was_planned_with(visit: Visit) -> None:
    o, checklist = visit.organisation, visit.checklist()
    inspection = visit.plan(checklist)
    revised: dict[str, Any] = {"actor": o.staff, "now": visit.now, "checklist": checklist, "name": "Trực ban"}
    actions.revise_checklist(version=1, items=["Chỉ một mục", " "], **revised)
    with pytest.raises(Conflict):
        actions.revise_checklist(version=1, items=["Khác"], **revised)
    row = visit.row(inspection)
    assert (row.checklist_name, row.checklist_version) == ("Trực ban", 1)
    assert [item["text"] for item in InspectionSheet.objects.filter(inspection=inspection)[0].items] == list(ITEMS)
    assert (Checklist.objects.get().items, Checklist.objects.get().version) == (["Chỉ một mục"], 2)
    assert kinds(checklist) == ["checklist_drawn_up", "checklist_revised"]
    for fault in ({"items": []}, {"items": ["x" * 501]}, {"items": ["x"] * 101}, {"name": ""}):
        with pytest.raises(BadInput):
            actions.revise_checklist(**{"version": 2, "items": ["x"], **revised, **fault})
    with pytest.raises(BadInput):
        visit.checklist()
    with pytest.raises(Refused):
        actions.revise_checklist(version=2, items=["x"], **{**revised, "actor": o.viewer})
    with pytest.raises(Missing):
        actions.revise_checklist(version=2, items=["x"], **{**revised, "actor": o.hue_officer})


def test_two_who_fill_one_sheet_lose_nothing_and_a_report_needs_every_item(visit: Visit) -> None:
    o = visit.organisation
    inspection = visit.plan(visit.checklist())
    sheet = InspectionSheet.objects.get(inspection=inspection, unit=o.hanoi)
    filled: dict[str, Any] = {"now": visit.now, "sheet": sheet.id, "results": MET}
    with pytest.raises(Conflict):
        actions.fill_sheet(actor=o.staff, version=0, **filled)
    actions.begin_inspection(actor=o.staff, now=visit.now, inspection=inspection)
    sent = Submission(new_id(), b"1")
    for _time in range(2):
        assert actions.fill_sheet(actor=o.staff, version=0, submission=sent, **filled) == sheet.id
    with pytest.raises(Refilled):
        actions.fill_sheet(actor=o.chief, version=0, **filled)
    with pytest.raises(BadInput):
        actions.fill_sheet(actor=o.chief, version=1, **{**filled, "results": MET[:1]})
    with pytest.raises(Refused):
        actions.fill_sheet(actor=o.duty, version=1, **filled)
    with pytest.raises(Missing):
        actions.fill_sheet(actor=o.hanoi_officer, version=1, **filled)
    with pytest.raises(BadInput):
        visit.report(inspection)
    sheet.refresh_from_db()
    assert [item["result"] for item in sheet.items] == ["met", "not_met", "not_applicable"]
    assert (sheet.version, sheet.filled_by_id) == (1, o.staff.post)


def test_a_visit_is_moved_or_cancelled_with_a_reason_until_it_is_reported(visit: Visit) -> None:
    o = visit.organisation
    inspection = visit.plan()
    days = {"starts_on": day_of(visit.now) + timedelta(days=7), "ends_on": day_of(visit.now) + timedelta(days=8)}
    common: dict[str, Any] = {"actor": o.staff, "now": visit.now, "inspection": inspection}
    with pytest.raises(BadInput):
        actions.move_inspection(reason=" ", **days, **common)
    actions.move_inspection(reason="Bão", **days, **common)
    assert visit.row(inspection).starts_on == days["starts_on"]
    actions.begin_inspection(**common)
    with pytest.raises(Conflict):
        actions.move_inspection(reason="Bão", **days, **common)
    actions.cancel_inspection(reason="Có vụ việc lớn", **common)
    assert kinds(inspection)[-1] == "inspection_cancelled"
    reported, finding = visit.reported()
    with pytest.raises(Conflict):
        actions.cancel_inspection(**{**common, "inspection": reported}, reason="x")
    with pytest.raises(Conflict):
        visit.find(reported)
    with pytest.raises(Refused):
        actions.conclude_inspection(actor=o.duty, now=visit.now, inspection=reported, conclusion="x")
    with pytest.raises(BadInput):
        actions.conclude_inspection(actor=o.chief, now=visit.now, inspection=reported, conclusion=" ")
    actions.strike_finding(actor=o.staff, now=visit.now, finding=finding, reason="Đơn vị đã giải trình")
    visit.conclude(reported)
    visit.close(reported)


def test_only_the_inspected_unit_makes_a_statement_and_only_who_inspects_finds_and_corrects(visit: Visit) -> None:
    o = visit.organisation
    inspection = visit.under_way()
    for fault in ({"unit": o.commune}, {"item": 1}, {"text": " "}):
        with pytest.raises(BadInput):
            visit.find(inspection, **fault)
    finding = visit.find(inspection)
    statement: dict[str, Any] = {"now": visit.now, "finding": finding, "text": "Do thiếu người"}
    with pytest.raises(Missing):
        actions.make_statement(actor=o.hanoi_officer, **statement)
    visit.report(inspection)
    for actor, refusal in ((o.staff, Refused), (o.hue_officer, Missing)):
        with pytest.raises(refusal):
            actions.make_statement(actor=actor, **statement)
    sent = Submission(new_id(), b"1")
    assert len({actions.make_statement(actor=o.hanoi_officer, submission=sent, **statement) for _ in range(2)}) == 1
    assert can_view(o.chief, FindingStatement.objects.get())
    for act in (
        lambda: actions.strike_finding(actor=o.hanoi_officer, now=visit.now, finding=finding, reason="x"),
        lambda: actions.close_finding(actor=o.hanoi_officer, now=visit.now, finding=finding),
        lambda: actions.assign_correction(
            actor=o.hanoi_officer, now=visit.now, finding=finding, order=visit.order()
        ),
        lambda: actions.close_inspection(actor=o.hanoi_officer, now=visit.now, inspection=inspection),
    ):  # fmt: skip
        with pytest.raises(Refused):
            act()
    with pytest.raises(Conflict):
        visit.assign(finding)
    visit.conclude(inspection)
    with pytest.raises(Conflict):
        actions.strike_finding(actor=o.staff, now=visit.now, finding=finding, reason="x")
    with pytest.raises(BadInput):
        visit.assign(finding, product=" ")


def test_a_correction_that_another_unit_leads_is_seen_where_the_finding_was_made(visit: Visit) -> None:
    o = visit.organisation
    inspection, finding = visit.reported()
    visit.conclude(inspection)
    sent = Submission(new_id(), b"1")
    order: dict[str, Any] = {"actor": o.chief, "now": visit.now, "finding": finding, "submission": sent}
    first, again = (actions.assign_correction(order=visit.order(lead_unit=o.hue), **order) for _ in range(2))
    assert first == again
    row = Assignment.objects.get(id=first)
    assert set(row.units) == {o.ministry, o.hue, o.hanoi}
    assert not can_view(o.hue_officer, visit.finding(finding))
    assert visit.finding(finding).assignments == [first]


def test_planned_twice_with_one_submission_it_is_one_visit(visit: Visit) -> None:
    o, sent = visit.organisation, Submission(new_id(), b"1")
    plan = actions.Plan("Kiểm tra", (o.hanoi,), day_of(visit.now), day_of(visit.now), UUID(str(o.staff.post)))
    common: dict[str, Any] = {"actor": o.staff, "now": visit.now, "unit": o.ministry, "plan": plan}
    assert len({actions.plan_inspection(submission=sent, **common) for _ in range(2)}) == 1
    assert Inspection.objects.count() == 1


def corrected(visit: Visit) -> tuple[UUID, UUID, UUID]:
    inspection, finding = visit.reported()
    visit.conclude(inspection)
    assignment = visit.assign(finding)
    visit.hand_in(assignment)
    visit.settle(assignment)
    visit.close_finding(finding)
    return inspection, finding, assignment


def test_a_finding_is_open_again_when_the_task_that_corrects_it_is_reopened(visit: Visit) -> None:
    o = visit.organisation
    inspection, finding, assignment = corrected(visit)
    visit.close(inspection)
    again = Submission(new_id(), b"1" * 32)
    for _twice in range(2):
        directives.reopen_assignment(
            actor=o.chief, now=visit.now, assignment=assignment, reason="Sổ vẫn thiếu ca", submission=again
        )
    row = visit.finding(finding)
    assert (row.state, row.reason, row.settled_at, row.settled_by_id) == ("open", "Sổ vẫn thiếu ca", None, None)
    assert visit.row(inspection).state == "concluded"
    [*_before, told] = feed.of_subjects([finding])
    assert (told.kind, list(told.units)) == ("directives.finding_reopened", row.units)
    ties = thread_of(o.hanoi_officer, Subject.FINDING, finding, visit.now).ties
    assert ("concerns", finding, assignment) in [(tie.relation, tie.source, tie.target) for tie in ties]
    [shown] = queries.findings_of(o.staff, inspection, visit.now)
    assert shown.standing == "no_evidence", "what was verified before counts no more"
    step = queries.changes_of(o.hanoi_officer, inspection)[0]
    assert (str(step.word), step.reason) == ("Mở lại cùng phát hiện", "Sổ vẫn thiếu ca")
    with pytest.raises(Conflict):
        visit.close_finding(finding)
    directives.hand_in_evidence(actor=o.hanoi_officer, now=visit.now, assignment=assignment, text="Đã đủ ca")
    visit.settle(assignment)
    visit.close_finding(finding)
    visit.close(inspection)
    assert (visit.row(inspection).state, visit.finding(finding).state) == ("closed", "closed")


def test_reopening_leaves_other_findings_and_an_open_visit_as_they_are(visit: Visit) -> None:
    inspection, finding, assignment = corrected(visit)
    directives.reopen_assignment(actor=visit.organisation.chief, now=visit.now, assignment=assignment, reason="Thiếu")
    assert (visit.finding(finding).state, visit.row(inspection).state) == ("open", "concluded")
    assert "inspection_reopened" not in kinds(inspection)
