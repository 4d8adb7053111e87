"""The document that comes in during the night: the government's telegram, which the night's decision carries out."""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from thammuu.directives.incoming import actions
from thammuu.directives.incoming.actions import Arrival, Charge
from thammuu.directives.incoming.models import IncomingText
from thammuu.directives.rules import Urgency
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.paper.clauses import Clause, ClauseKind

if TYPE_CHECKING:
    from thammuu.config.demo.playing import Night

TELEGRAM = (
    Clause(ClauseKind.PARAGRAPH, "Mưa lớn kéo dài tại các tỉnh miền Trung, nước lên nhanh ở vùng trũng và ven sông."),
    Clause(ClauseKind.CLAUSE, "Đưa ngay người dân và khán giả ra khỏi vùng ngập; không để ai bị cô lập."),
    Clause(ClauseKind.CLAUSE, "Bố trí lực lượng y tế, cứu hộ tại các điểm tập kết."),
    Clause(
        ClauseKind.CLAUSE,
        "Giao thành phố Huế chủ trì, phối hợp với thành phố Đà Nẵng lập danh sách các hộ phải sơ tán trong 03 ngày "
        "làm việc kể từ ngày ký.",
    ),
    Clause(ClauseKind.CLAUSE, "Báo cáo kết quả trước 17 giờ ngày hôm sau."),
)


def receive_telegram(night: "Night", decision: UUID, minute: int) -> UUID:
    """Register the telegram, pass it on to the office itself and link its first clause with the decision."""
    staff, at, office = night.actor("tham.muu"), night.at(minute), night.units["B"]
    day = clock.day_of(at)
    id = actions.register_incoming(
        actor=staff, now=at, unit=office, clauses=TELEGRAM,
        arrival=Arrival(
            arrived_on=day, issuer="Văn phòng Chính phủ", symbol="98/CĐ-TTg", dated=day, type_name="Công điện",
            abstract="Về việc tập trung ứng phó mưa lũ", urgency=Urgency.VERY_URGENT,
        ),
    )  # fmt: skip
    charge = Charge(office, day + timedelta(days=1), "Tham mưu báo cáo kết quả thực hiện công điện")
    actions.pass_on_incoming(actor=staff, now=at + timedelta(minutes=1), document=id, charge=charge)
    first = UUID(IncomingText.objects.get(document=id).clauses[1]["id"])
    return actions.link_measure(
        actor=staff, now=at + timedelta(minutes=2), document=id, clauses=[first], measure=(Subject.DECISION, decision)
    )
