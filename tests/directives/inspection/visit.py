"""A visit's way, each step by the officer whose step it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.ground import Organisation
from tests.paper.files import photo, upload
from thammuu.directives import actions as directives
from thammuu.directives.actions import Order
from thammuu.directives.inspection import actions
from thammuu.directives.inspection.actions import Plan
from thammuu.directives.inspection.models import Finding, Inspection, InspectionSheet
from thammuu.directives.inspection.rules import Result, Severity
from thammuu.directives.models import Evidence
from thammuu.kernel.clock import day_of
from thammuu.paper.intake import take_in

ITEMS = ("Có phương án được duyệt", "Sổ trực ghi đủ", "Xuồng sẵn sàng")
MET = [(Result.MET, ""), (Result.NOT_MET, "Thiếu hai ca"), (Result.NOT_APPLICABLE, "")]


@dataclass
class Visit:
    organisation: Organisation
    now: datetime

    def checklist(self, name: str = "Trực ban") -> UUID:
        return actions.draw_up_checklist(
            actor=self.organisation.staff, now=self.now, unit=self.organisation.ministry, name=name, items=ITEMS
        )

    def plan(self, checklist: UUID | None = None, **values: Any) -> UUID:
        o = self.organisation
        arises_from = values.pop("arises_from", None)
        day = day_of(self.now)
        given = {
            "title": "Kiểm tra chế độ trực", "inspected_units": (o.hanoi, o.hue), "starts_on": day,
            "ends_on": day + timedelta(days=1), "responsible": o.staff.post, "checklist": checklist, **values,
        }  # fmt: skip
        return actions.plan_inspection(
            actor=o.staff, now=self.now, unit=o.ministry, plan=Plan(**given), arises_from=arises_from
        )

    def under_way(self, checklist: UUID | None = None, **values: Any) -> UUID:
        inspection = self.plan(checklist, **values)
        actions.announce_inspection(actor=self.organisation.staff, now=self.now, inspection=inspection)
        return actions.begin_inspection(actor=self.organisation.staff, now=self.now, inspection=inspection)

    def fill(self, inspection: UUID) -> None:
        for sheet in InspectionSheet.objects.filter(inspection=inspection):
            actions.fill_sheet(
                actor=self.organisation.staff, now=self.now, sheet=sheet.id, version=sheet.version, results=MET
            )

    def find(self, inspection: UUID, unit: UUID | None = None, pictured: bool = False, **values: Any) -> UUID:
        given = {"text": "Sổ trực thiếu hai ca", "severity": Severity.SERIOUS, **values}
        files = [take_in(upload(photo(), "so-truc.jpg"))] if pictured else []
        return actions.make_finding(
            actor=self.organisation.staff, now=self.now, inspection=inspection, unit=unit or self.organisation.hanoi,
            files=files, **given,
        )  # fmt: skip

    def report(self, inspection: UUID) -> UUID:
        return actions.report_inspection(actor=self.organisation.staff, now=self.now, inspection=inspection)

    def reported(self) -> tuple[UUID, UUID]:
        inspection = self.under_way()
        finding = self.find(inspection)
        self.report(inspection)
        return inspection, finding

    def conclude(self, inspection: UUID) -> UUID:
        return actions.conclude_inspection(
            actor=self.organisation.chief, now=self.now, inspection=inspection, conclusion="Ghi sổ trực đủ mọi ca"
        )

    def order(self, **values: Any) -> Order:
        given = {"lead_unit": self.organisation.hanoi, "title": "Ghi đủ sổ trực", "product": "Bản chụp sổ", **values}
        return Order(**{"term_days": 3, **given})

    def assign(self, finding: UUID, **values: Any) -> UUID:
        return actions.assign_correction(
            actor=self.organisation.chief, now=self.now, finding=finding, order=self.order(**values)
        )

    def hand_in(self, assignment: UUID) -> None:
        officer = self.organisation.hanoi_officer
        directives.acknowledge_assignment(actor=officer, now=self.now, assignment=assignment)
        directives.hand_in_evidence(actor=officer, now=self.now, assignment=assignment, text="Đã ghi đủ")

    def settle(self, assignment: UUID) -> None:
        chief = self.organisation.chief
        evidence = Evidence.objects.get(assignment=assignment, state="submitted")
        directives.verify_evidence(actor=chief, now=self.now, evidence=evidence.id)
        directives.close_assignment(actor=chief, now=self.now, assignment=assignment)

    def close_finding(self, finding: UUID) -> UUID:
        return actions.close_finding(actor=self.organisation.staff, now=self.now, finding=finding)

    def close(self, inspection: UUID) -> UUID:
        return actions.close_inspection(actor=self.organisation.staff, now=self.now, inspection=inspection)

    def row(self, inspection: UUID) -> Inspection:
        return Inspection.objects.get(id=inspection)

    def finding(self, finding: UUID) -> Finding:
        return Finding.objects.get(id=finding)
