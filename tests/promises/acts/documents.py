"""Every action of documents."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from tests.ground import Organisation
from tests.promises.acts.replay import Replay
from thammuu.directives.actions import Order
from thammuu.directives.documents import actions as documents
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import Effect
from thammuu.paper.clauses import Clause, ClauseKind


def act(does: Replay, organisation: Organisation) -> None:
    staff, chief, admin, ministry = organisation.staff, organisation.chief, organisation.admin, organisation.ministry
    does(documents.give_symbol, actor=admin, unit=ministry, abbreviation="VPB")
    does(documents.continue_series, actor=admin, unit=ministry, type="KH", last=56)
    does(documents.add_type, actor=admin, unit=ministry, name="Hướng dẫn nghiệp vụ", abbreviation="HDNV")
    earlier = documents.Issued("BC", 3, "03/BC-VPB", date(2026, 3, 2), "Tháng hai", signer="Chánh Văn phòng")
    does(documents.import_issued, actor=staff, unit=ministry, entries=[earlier])
    described = documents.Description(type="CT", abstract="Tăng cường", recipients=(organisation.hanoi,))
    begun = {"actor": staff, "unit": ministry, "clauses": [Clause(ClauseKind.CLAUSE, "Tuần tra")] * 2}

    def issued(description: documents.Description) -> UUID:
        id = UUID(str(does(documents.draft_document, description=description, **begun)))
        does(documents.submit_document, actor=staff, document=id)
        does(documents.agree_to_document, actor=chief, document=id)
        does(documents.approve_document, actor=chief, document=id, reason="Đúng thẩm quyền")
        return UUID(str(does(documents.issue_document, actor=staff, document=id)))

    first = issued(described)
    order = Order(organisation.hanoi, "Tuần tra", "Báo cáo", term_days=3)
    first_clause, second_clause = Document.objects.get(id=first).order
    # The first takes the approval on record as a decision, the second hangs on it and makes it known to another unit.
    for clause, lead in ((first_clause, organisation.hanoi), (second_clause, organisation.hue)):
        orders = [replace(order, clause=clause, lead_unit=lead)]
        does(documents.assign_from_document, actor=staff, document=first, orders=orders)
    issued(replace(described, effect=Effect.REPLACES, alters=first))
    id = does(documents.draft_document, description=described, **begun)
    does(documents.describe_document, actor=staff, document=id, description=replace(described, place="Hà Nội"))
    kept = does(documents.keep_template, actor=staff, document=id, name="Chỉ thị thường dùng")
    does(documents.strike_template, actor=chief, template=kept)
    section = does(documents.add_section, actor=staff, document=id, kind=ClauseKind.CLAUSE, text="Báo cáo")
    does(documents.move_section, actor=staff, section=section, places=-1)
    does(documents.take_up_section, actor=staff, section=section)
    changed = {"kind": ClauseKind.CLAUSE, "text": "Báo cáo ngay", "version": 1}
    does(documents.change_section, actor=staff, section=section, **changed)
    does(documents.make_comment, actor=chief, section=section, text="Thiếu thời hạn")
    does(documents.strike_section, actor=staff, section=section, version=2)
    clauses = [Clause(ClauseKind.CLAUSE, "Tuần tra")]
    does(documents.import_sections, actor=staff, document=id, clauses=clauses)
    does(documents.import_sections, actor=staff, document=id, clauses=clauses, replacing=True)
    does(documents.submit_document, actor=staff, document=id)
    does(documents.return_document, actor=chief, document=id, reason="Sửa")
    does(documents.abandon_document, actor=staff, document=id, reason="Trùng")
    assert Document.objects.get(id=first).standing == "replaced"
