"""Every action of inspections: one visit to its end, one moved and cancelled."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.ground import Organisation
from tests.paper.files import photo, upload
from tests.promises.acts.replay import Replay
from thammuu.directives import actions as directives
from thammuu.directives.inspection import actions as inspection
from thammuu.directives.inspection.models import InspectionSheet
from thammuu.directives.inspection.rules import Result, Severity
from thammuu.directives.models import Evidence
from thammuu.kernel.clock import day_of
from thammuu.paper.intake import take_in


def act(does: Replay, organisation: Organisation) -> None:
    staff, chief, officer, ministry = (
        organisation.staff, organisation.chief, organisation.hanoi_officer, organisation.ministry,
    )  # fmt: skip
    checklist = does(inspection.draw_up_checklist, actor=staff, unit=ministry, name="Trực ban", items=["Có sổ trực"])
    does(inspection.revise_checklist, actor=staff, checklist=checklist, version=1, name="Trực", items=["Có", "Ghi đủ"])
    today = day_of(does.now)
    plan = inspection.Plan(
        title="Kiểm tra chế độ trực", inspected_units=(organisation.hanoi,), starts_on=today, ends_on=today,
        responsible=UUID(str(staff.post)), purpose="Ca đêm", checklist=checklist,
    )  # fmt: skip

    def step(action: Callable[..., Any], **said: Any) -> None:
        does(action, actor=staff, inspection=visit, **said)

    visit = does(inspection.plan_inspection, actor=staff, unit=ministry, plan=plan)
    later = today + timedelta(days=3)
    step(inspection.move_inspection, starts_on=later, ends_on=later, reason="bão")
    step(inspection.cancel_inspection, reason="gộp với đợt sau")
    visit = does(inspection.plan_inspection, actor=staff, unit=ministry, plan=plan)
    step(inspection.announce_inspection)
    step(inspection.begin_inspection)
    sheet = InspectionSheet.objects.get(inspection=visit)
    results = [(Result.MET, ""), (Result.NOT_MET, "thiếu hai ca")]
    does(inspection.fill_sheet, actor=staff, sheet=sheet.id, version=0, results=results)
    found = {"actor": staff, "inspection": visit, "unit": organisation.hanoi, "severity": Severity.SERIOUS}
    files = [take_in(upload(photo(), "so-truc.jpg"))]
    finding = does(inspection.make_finding, text="Thiếu hai ca", item=2, files=files, **found)
    wrong = does(inspection.make_finding, text="Nhầm", **found)
    step(inspection.report_inspection)
    does(inspection.strike_finding, actor=staff, finding=wrong, reason="đọc nhầm")
    does(inspection.make_statement, actor=officer, finding=finding, text="Thiếu người")
    does(inspection.conclude_inspection, actor=chief, inspection=visit, conclusion="Ghi đủ sổ trực")
    order = directives.Order(organisation.hanoi, "Ghi đủ", "Bản chụp", term_days=5)
    task = does(inspection.assign_correction, actor=chief, finding=finding, order=order)
    does(directives.acknowledge_assignment, actor=officer, assignment=task)
    for text in ("Đã ghi đủ", "Đã ghi đủ mọi ca"):
        does(directives.hand_in_evidence, actor=officer, assignment=task, text=text)
        evidence = Evidence.objects.get(assignment=task, state="submitted")
        does(directives.verify_evidence, actor=chief, evidence=evidence.id)
        does(directives.close_assignment, actor=chief, assignment=task)
        does(inspection.close_finding, actor=staff, finding=finding)
        step(inspection.close_inspection)
        if text == "Đã ghi đủ":
            does(directives.reopen_assignment, actor=chief, assignment=task, reason="còn thiếu một ca")
