"""The documents of the night: a directing telegram that was issued, and a report that is still being drafted."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from thammuu.directives.documents import actions
from thammuu.directives.documents.actions import Description
from thammuu.directives.documents.from_decision import begun_from
from thammuu.directives.models import Assignment, Decision
from thammuu.journal.subjects import Subject
from thammuu.paper.clauses import Clause, ClauseKind

if TYPE_CHECKING:
    from thammuu.config.demo.playing import Night

REPORT = (
    Clause(ClauseKind.PARAGRAPH, "Thực hiện điện chỉ đạo trong đêm, các đơn vị đã triển khai lực lượng như sau."),
    Clause(ClauseKind.CLAUSE, "Tình hình: nước ngập 60 cm quanh Quảng trường Ngọ Môn, mưa giảm dần."),
    Clause(ClauseKind.CLAUSE, "Kết quả bước đầu: đã đưa 190 người ra khỏi vùng ngập bằng 05 xuồng."),
    Clause(ClauseKind.CLAUSE, "Khó khăn: thiếu áo phao cho trẻ em."),
)


def issue_telegram(night: "Night", decision: UUID, minute: int) -> UUID:
    """Put the decision into words, pass it through review and approval, and issue it; return its id."""
    staff, chief, watch = night.actor("tham.muu"), night.actor("chi.huy"), night.at(minute)
    row = Decision.objects.get(id=decision)
    begun = begun_from(row, Assignment.objects.filter(decision=row).order_by("id"), "ĐCĐ")
    id = actions.draft_document(
        actor=staff, now=watch, unit=row.unit_id, description=begun.description, clauses=begun.clauses,
        carried=begun.carried, arises_from=(Subject.DECISION, decision),
    )  # fmt: skip
    actions.submit_document(actor=staff, now=watch + timedelta(minutes=1), document=id)
    actions.agree_to_document(actor=chief, now=watch + timedelta(minutes=2), document=id)
    actions.approve_document(
        actor=chief, now=watch + timedelta(minutes=3), document=id, reason="Kịp thời, đúng thẩm quyền"
    )
    return actions.issue_document(actor=staff, now=watch + timedelta(minutes=4), document=id, issuer="VPB")


def draft_report(night: "Night", telegram: UUID, minute: int) -> None:
    """Draft a report on the telegram, which is submitted and returned once."""
    staff, chief, at = night.actor("tham.muu"), night.actor("chi.huy"), night.at(minute)
    id = actions.draft_document(
        actor=staff, now=at, unit=night.units["B"], clauses=REPORT, arises_from=(Subject.DOCUMENT, telegram),
        description=Description(type="BC", abstract="Kết quả đưa khán giả ra khỏi vùng ngập", place="Hà Nội"),
    )  # fmt: skip
    actions.submit_document(actor=staff, now=at + timedelta(minutes=1), document=id)
    actions.return_document(actor=chief, now=at + timedelta(minutes=2), document=id, reason="Thiếu số liệu y tế")
