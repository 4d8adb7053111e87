"""The counter where documents come in: registered by the staff of the ministry, dealt with in Hà Nội."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.ground import Organisation
from thammuu.directives.incoming import actions
from thammuu.directives.incoming.actions import Arrival, Charge
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.paper.clauses import Clause, ClauseKind

CLAUSES = (
    Clause(ClauseKind.GROUND, "Căn cứ Luật"),
    Clause(ClauseKind.ARTICLE, "Tăng cường tuần tra"),
    Clause(ClauseKind.CLAUSE, "Tuần tra ban đêm"),
    Clause(ClauseKind.CLAUSE, "Tuần tra ven sông"),
    Clause(ClauseKind.ARTICLE, "Báo cáo kết quả"),
)


@dataclass
class Counter:
    organisation: Organisation
    now: datetime

    @property
    def today(self) -> date:
        return clock.day_of(self.now)

    def arrival(self, **values: Any) -> Arrival:
        said = {
            "arrived_on": self.today, "issuer": "Văn phòng Chính phủ", "symbol": "12/CĐ-TTg",
            "dated": self.today - timedelta(days=1), "type_name": "Công điện", "abstract": "Ứng phó mưa lũ",
        }  # fmt: skip
        return Arrival(**{**said, **values})

    def register(self, *, clauses: tuple[Clause, ...] = CLAUSES, more: Any = None, **values: Any) -> UUID:
        return actions.register_incoming(
            actor=self.organisation.staff, now=self.now, unit=self.organisation.ministry,
            arrival=self.arrival(**values), clauses=clauses, **(more or {}),
        )  # fmt: skip

    def pass_on(self, document: UUID, unit: UUID | None = None, days: int | None = 5) -> UUID:
        due = None if days is None else self.today + timedelta(days=days)
        charge = Charge(unit or self.organisation.hanoi, due, "Tham mưu văn bản trả lời")
        return actions.pass_on_incoming(actor=self.organisation.staff, now=self.now, document=document, charge=charge)

    def clause(self, document: UUID, place: int) -> UUID:
        return UUID(self.row(document).text.clauses[place]["id"])

    def link(self, document: UUID, place: int, measure: tuple[Subject, UUID]) -> UUID:
        return actions.link_measure(
            actor=self.organisation.staff, now=self.now, document=document, clauses=[self.clause(document, place)],
            measure=measure,
        )  # fmt: skip

    def row(self, document: UUID) -> IncomingDocument:
        return IncomingDocument.objects.get(id=document)
