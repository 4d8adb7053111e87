"""The visit of the night: how two provinces keep the watch in the storm; reported, answered, to be concluded."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from thammuu.directives.inspection import actions
from thammuu.directives.inspection.actions import Plan
from thammuu.directives.inspection.models import InspectionSheet
from thammuu.directives.inspection.rules import Result, Severity
from thammuu.journal.subjects import Subject
from thammuu.kernel.clock import day_of

if TYPE_CHECKING:
    from thammuu.config.demo.playing import Night

ITEMS = (
    "Có phương án ứng phó ngập được phê duyệt trong năm",
    "Quân số trực đủ theo lịch, có chỉ huy trực",
    "Sổ nhật ký trực ghi đủ từng ca, có bàn giao",
    "Xuồng, áo phao sẵn sàng sử dụng",
    "Liên lạc với cấp xã thông suốt",
)
FILLED = {
    "46": (
        (Result.MET, ""),
        (Result.MET, ""),
        (Result.NOT_MET, "Thiếu ký bàn giao hai ca"),
        (Result.NOT_MET, "Thiếu áo phao cho trẻ em"),
        (Result.MET, ""),
    ),
    "48": ((Result.MET, ""),) * 4 + ((Result.NOT_APPLICABLE, "Không kiểm tra trong đêm"),),
}
FINDINGS = (
    (4, Severity.SERIOUS, "Thiếu áo phao trẻ em: kho còn 20 chiếc, theo phương án phải có 80 chiếc"),
    (3, Severity.CAUTION, "Sổ nhật ký trực thiếu chữ ký bàn giao của hai ca"),
)


def inspect_watches(night: "Night", decision: UUID, minute: int) -> None:
    """Visit two provinces after the decision, report what is found, and let one of them answer."""
    staff, at = night.actor("tham.muu"), night.at(minute)
    checklist = actions.draw_up_checklist(
        actor=staff, now=at, unit=night.units["B"], name="Trực ban ứng phó thiên tai", items=ITEMS
    )
    plan = Plan(
        title="Kiểm tra chế độ trực ban ứng phó thiên tai",
        purpose="Việc chấp hành chế độ trực, phương tiện tại chỗ trong đợt mưa lũ.",
        inspected_units=(night.units["46"], night.units["48"]),
        starts_on=day_of(at),
        ends_on=day_of(at) + timedelta(days=1),
        responsible=UUID(str(staff.post)),
        checklist=checklist,
    )
    id = actions.plan_inspection(
        actor=staff, now=at, unit=night.units["B"], plan=plan, arises_from=(Subject.DECISION, decision)
    )
    actions.announce_inspection(actor=staff, now=at + timedelta(minutes=1), inspection=id)
    actions.begin_inspection(actor=staff, now=at + timedelta(minutes=10), inspection=id)
    for code, results in FILLED.items():
        sheet = InspectionSheet.objects.get(inspection=id, unit=night.units[code])
        filled = at + timedelta(minutes=20)
        actions.fill_sheet(actor=staff, now=filled, sheet=sheet.id, version=0, results=results)
    found = [
        actions.make_finding(
            actor=staff, now=at + timedelta(minutes=22), inspection=id, unit=night.units["46"], text=text,
            severity=severity, item=item,
        )
        for item, severity, text in FINDINGS
    ]  # fmt: skip
    actions.report_inspection(actor=staff, now=at + timedelta(minutes=30), inspection=id)
    actions.make_statement(
        actor=night.actor("hue"), now=at + timedelta(minutes=36), finding=found[0],
        text="Đã điều 60 áo phao từ kho dự phòng của Đà Nẵng, nhận trước 06 giờ sáng",
    )  # fmt: skip
