"""The draft of a document from a decision: what it says, and what stays out of it."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import docx
import pikepdf
from pdfminer.high_level import extract_text

from tests.ground import Organisation, client_of
from thammuu.directives import actions, drafting, queries
from thammuu.directives.actions import Order
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rules import State, Urgency
from thammuu.kernel import clock
from thammuu.paper.rules import MediaType
from thammuu.paper.typesetting import official


def decided(organisation: Organisation, orders: list[Order], classification: int = 0) -> Decision:
    now = clock.now()
    id = actions.take_decision(
        actor=organisation.chief, now=now, unit=organisation.ministry, title="Tăng cường tuần tra", reason="Đông người",
        orders=orders, classification=classification,
    )  # fmt: skip
    return Decision.objects.get(id=id)


def order(lead: UUID, deadline: datetime, **more: Any) -> Order:
    return replace(Order(lead, "Bố trí lực lượng", "Phương án", deadline=deadline), **more)


def test_equal_tasks_are_one_clause_and_the_stamp_is_the_most_urgents(organisation: Organisation) -> None:
    until = clock.now() + timedelta(days=9)
    decision = decided(
        organisation,
        [
            order(organisation.hanoi, until),
            order(organisation.hue, until),
            order(
                organisation.hue, until, title="Chốt chặn.", supporting_units=(organisation.hanoi,),
                urgency=Urgency.VERY_URGENT,
            ),
        ],
    )  # fmt: skip
    draft = drafting.draft_of(decision, queries.issued_from(organisation.chief, decision.id), "CT")
    assert draft.urgency == official.Urgency.MOST_URGENT
    assert (draft.type, draft.abstract, draft.number, draft.day) == ("Chỉ thị", "Về việc Tăng cường tuần tra", "", None)
    first, *clauses = [(block.label, block.text) for block in draft.blocks]
    assert first == ("", "Đông người.")
    assert [label for label, _text in clauses] == ["1.", "2."]
    joint = next(text for _label, text in clauses if "Bố trí lực lượng" in text)
    assert " và " in joint.split(" chủ trì: ")[0]
    supported = next(text for _label, text in clauses if "Chốt chặn" in text)
    assert ", phối hợp với " in supported
    assert "Chốt chặn. Sản phẩm: Phương án. Hoàn thành trước " in supported
    assert draft.recipients[-1] == "Lưu: VT"
    Assignment.objects.filter(title="Chốt chặn.").update(state=State.WITHDRAWN)
    left = drafting.draft_of(decision, queries.issued_from(organisation.chief, decision.id), "CT")
    assert (len(left.blocks), left.urgency) == (2, official.Urgency.NONE)


def test_a_letter_is_addressed_and_a_level_is_marked_and_what_is_redacted_left_out(organisation: Organisation) -> None:
    decision = decided(organisation, [order(organisation.hanoi, clock.now() + timedelta(days=2))], classification=1)
    found = queries.issued_from(organisation.chief, decision.id)
    letter = drafting.draft_of(decision, found, "CV")
    assert (letter.type, letter.abstract) == ("", "Tăng cường tuần tra")
    assert len(letter.addressed) == 1
    assert letter.circulation == "NỘI BỘ"
    Assignment.objects.update(title="", product="")
    decision.reason = ""
    bare = drafting.draft_of(decision, queries.issued_from(organisation.chief, decision.id), "TB")
    assert (bare.blocks, bare.recipients, bare.urgency) == ([], ["Lưu: VT"], official.Urgency.NONE)
    assert official.typeset(bare).startswith(b"%PDF-")


def test_who_decides_on_behalf_signs_on_behalf(organisation: Organisation) -> None:
    decision = decided(organisation, [])
    assert drafting.draft_of(decision, [], "QĐ").signature.capacity == [decision.post.title]
    decision.behalf_id = decision.post_id
    capacity = drafting.draft_of(decision, [], "QĐ").signature.capacity
    assert capacity == [f"TUQ. {decision.post.title}", decision.post.title]


def test_the_pdf_holds_what_its_reader_sees(organisation: Organisation) -> None:
    until = clock.now() + timedelta(days=9)
    decision = decided(
        organisation, [order(organisation.hanoi, until), order(organisation.hue, until, title="Việc của Huế")]
    )
    client = client_of(organisation.hanoi_officer)
    answer = client.get(f"/decisions/{decision.id}/draft/?type=TB")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    text = " ".join(extract_text(io.BytesIO(answer.content)).split())
    assert "THÔNG BÁO" in text
    assert "Bố trí lực lượng" in text
    assert "Việc của Huế" not in text
    with pikepdf.open(io.BytesIO(answer.content)) as file:
        assert file.docinfo["/Title"] == "Về việc Tăng cường tuần tra"
    word = client.get(f"/decisions/{decision.id}/draft/?type=TB&format=docx")
    assert word.headers["Content-Type"] == MediaType.DOCX
    assert word.headers["Content-Disposition"].endswith('.docx"')
    assert any("Bố trí lực lượng" in paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs)
    for wrong in ("type=XX", "type=TB&format=odt"):
        assert client.get(f"/decisions/{decision.id}/draft/?{wrong}").status_code == 404
    Decision.objects.filter(id=decision.id).update(title="")
    assert client.get(f"/decisions/{decision.id}/draft/").status_code == 404
    assert b"/draft/" not in client.get(f"/decisions/{decision.id}/").content
