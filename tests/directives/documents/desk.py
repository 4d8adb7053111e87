"""A document's way, each step by the officer whose step it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tests.ground import Organisation
from thammuu.directives.documents import actions
from thammuu.directives.documents.actions import Description
from thammuu.directives.documents.models import Document, DocumentSection
from thammuu.paper.clauses import Clause, ClauseKind

CLAUSES = (
    Clause(ClauseKind.GROUND, "Căn cứ Kế hoạch năm"),
    Clause(ClauseKind.CLAUSE, "Tăng cường tuần tra"),
    Clause(ClauseKind.CLAUSE, "Báo cáo kết quả"),
)


@dataclass
class Desk:
    organisation: Organisation
    now: datetime

    def draft(self, type: str = "CT", **values: Any) -> UUID:
        described = {"abstract": "Tăng cường tuần tra", "recipients": (self.organisation.hanoi,), **values}
        return actions.draft_document(
            actor=self.organisation.staff, now=self.now, unit=self.organisation.ministry,
            description=Description(type=type, **described), clauses=CLAUSES,
        )  # fmt: skip

    def submit(self, document: UUID) -> UUID:
        return actions.submit_document(actor=self.organisation.staff, now=self.now, document=document)

    def agree(self, document: UUID) -> UUID:
        return actions.agree_to_document(actor=self.organisation.chief, now=self.now, document=document)

    def approve(self, document: UUID) -> UUID:
        chief = self.organisation.chief
        return actions.approve_document(actor=chief, now=self.now, document=document, reason="Đúng thẩm quyền")

    def approved(self, type: str = "CT", **values: Any) -> UUID:
        document = self.draft(type, **values)
        self.submit(document)
        self.agree(document)
        return self.approve(document)

    def issue(self, document: UUID, at: datetime | None = None) -> Document:
        actions.issue_document(
            actor=self.organisation.staff, now=at or self.now, document=document, issuer="VPB", drafter="TM"
        )
        return self.row(document)

    def issued(self, type: str = "CT", **values: Any) -> Document:
        return self.issue(self.approved(type, **values))

    def row(self, document: UUID) -> Document:
        return Document.objects.get(id=document)

    def sections(self, document: UUID) -> list[DocumentSection]:
        return [DocumentSection.objects.get(id=id) for id in self.row(document).order]
