"""The steps of a thread, each by the officer whose step it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from tests.ground import Organisation
from tests.paper.files import upload
from thammuu.directives import actions
from thammuu.directives.actions import Order
from thammuu.directives.models import Assignment, Evidence
from thammuu.paper.intake import take_in


@dataclass
class Thread:
    organisation: Organisation
    now: datetime
    decision: UUID = field(init=False)
    assignment: UUID = field(init=False)

    def __post_init__(self) -> None:
        self.decision = actions.take_decision(
            actor=self.organisation.chief,
            now=self.now,
            unit=self.organisation.ministry,
            title="Phân luồng từ xa",
            reason="Ùn tắc kéo dài",
            orders=[self.order()],
        )
        self.assignment = Assignment.objects.get(decision=self.decision).id

    def order(self, **values: object) -> Order:
        given = {
            "lead_unit": self.organisation.hanoi,
            "title": "Phân luồng tại nút giao",
            "product": "Báo cáo kèm ảnh",
            "term_days": 1,
            **values,
        }
        return Order(**given)  # type: ignore[arg-type]

    def later(self, **span: float) -> datetime:
        return self.now + timedelta(**span)

    def acknowledge(self) -> None:
        actions.acknowledge_assignment(actor=self.organisation.hanoi_officer, now=self.now, assignment=self.assignment)

    def hand_in(self, at: datetime | None = None, photos: Sequence[bytes] = ()) -> UUID:
        return actions.hand_in_evidence(
            actor=self.organisation.hanoi_officer,
            now=at or self.now,
            assignment=self.assignment,
            text="Đã phân luồng xong",
            files=[take_in(upload(content, "anh.jpg")) for content in photos],
        )

    def verify(self, at: datetime | None = None) -> None:
        waiting = Evidence.objects.get(assignment=self.assignment, state="submitted")
        actions.verify_evidence(actor=self.organisation.chief, now=at or self.now, evidence=waiting.id)

    def row(self) -> Assignment:
        return Assignment.objects.get(id=self.assignment)
