"""A thread from a report to evidence, each step by the officer whose step it is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tests.ground import Organisation
from thammuu.directives import actions as directives
from thammuu.directives.actions import Order
from thammuu.directives.models import Assignment
from thammuu.journal.subjects import Subject
from thammuu.watch import actions as watch


@dataclass(frozen=True)
class Chain:
    """The ids of a whole thread at Hà Nội."""

    log: UUID
    incident: UUID
    decision: UUID
    assignment: UUID
    progress: UUID
    evidence: UUID

    def ends(self) -> list[tuple[str, UUID]]:
        return [(name, getattr(self, name if name != "log_entry" else "log")) for name in KINDS]


KINDS = ("log_entry", "incident", "decision", "assignment", "progress", "evidence")


def write(organisation: Organisation, now: datetime, text: str, unit: UUID | None = None, kind: str = "report") -> UUID:
    unit = unit or organisation.hanoi
    done = watch.write_log_entry(actor=organisation.chief, now=now, at=now, text=text, unit=unit, kind=kind)
    return done.answer


def build_chain(organisation: Organisation, now: datetime) -> Chain:
    log = write(organisation, now, "Cháy chợ Đồng Xuân")
    incident = watch.open_incident(
        actor=organisation.chief, now=now, at=now, title="Cháy chợ", unit=organisation.hanoi, kind="fire",
        severity="serious", log_entry=log,
    ).answer  # fmt: skip
    decision = directives.take_decision(
        actor=organisation.chief, now=now, unit=organisation.ministry, title="Huy động chữa cháy", reason="Lửa lan",
        arises_from=(Subject.INCIDENT, incident),
        orders=[Order(lead_unit=organisation.hanoi, title="Dập lửa", product="Báo cáo kèm ảnh", term_days=1)],
    )  # fmt: skip
    assignment = Assignment.objects.get(decision=decision).id
    officer = organisation.hanoi_officer
    directives.acknowledge_assignment(actor=officer, now=now, assignment=assignment)
    progress = directives.report_progress(
        actor=officer, now=now, assignment=assignment, percent=50, note="Đã khống chế"
    )
    evidence = directives.hand_in_evidence(actor=officer, now=now, assignment=assignment, text="Đã tắt hẳn")
    return Chain(log, incident, decision, assignment, progress, evidence)
