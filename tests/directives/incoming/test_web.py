import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pdfminer.high_level import extract_text
from python_calamine import CalamineWorkbook

from tests.directives.documents.desk import Desk
from tests.directives.incoming.counter import Counter
from tests.ground import client_of
from tests.paper.certificates import PASSPHRASE, Authority, pdf
from tests.paper.files import photo, upload
from thammuu.directives.incoming.models import ClauseMeasure, IncomingDocument
from thammuu.directives.incoming.reading import receive
from thammuu.kernel import clock
from thammuu.kernel.ids import new_id
from thammuu.paper import wordfiles
from thammuu.paper.signatures.sealing import opened, prepared, sealed
from thammuu.paper.typesetting.official import Block, OfficialDocument, Signature

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
NEW = "/documents/incoming/new/"
LETTER = OfficialDocument(
    issuer="Văn phòng Chính phủ", place="Hà Nội", abstract="Ứng phó mưa lũ", number="98/CĐ-TTg", type="Công điện",
    blocks=[Block("Trực ban 24 giờ", "1."), Block("Báo cáo hằng ngày", "2.")], signature=Signature(["Chánh Văn phòng"]),
    recipients=["Lưu: VT."],
)  # fmt: skip


@pytest.fixture
def now() -> datetime:
    return clock.now()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def sealed_in(html: str) -> str:
    return html.partition('name="read" value="')[2].partition('"')[0]


def typed(counter: Counter, read: str = "", **values: object) -> dict[str, object]:
    said = {
        "arrived_on": counter.today, "issuer": "Văn phòng Chính phủ", "symbol": "98/CĐ-TTg", "dated": counter.today,
        "type_name": "Công điện", "abstract": "Ứng phó mưa lũ", "urgency": "urgent", "read": read,
        "submission": new_id(),
    }  # fmt: skip
    return {**said, **values}


def test_a_deadline_in_the_text_is_not_taken_for_the_day_of_the_document() -> None:
    late = replace(LETTER, blocks=[Block("Báo cáo trước ngày 05 tháng 12 năm 2026", "1.")])
    for document, day in ((late, None), (replace(late, day=date(2026, 11, 20)), date(2026, 11, 20))):
        found = receive([upload(wordfiles.write(document), "98.docx")])
        assert (found.symbol, found.dated) == ("98/CĐ-TTg", day)


def test_a_file_is_read_what_it_says_is_offered_and_a_duplicate_is_shown_before_it_is_saved(counter: Counter) -> None:
    staff = client_of(counter.organisation.staff)
    sent = [upload(photo(), "a.jpg"), upload(wordfiles.write(LETTER), "công điện.docx")]
    look = staff.post(NEW, {"step": "files", "received": sent})
    told = look.content.decode()
    assert look.status_code == 200
    for words in ('value="98/CĐ-TTg"', "Ứng phó mưa lũ", "Trực ban 24 giờ", "công điện.docx"):
        assert words in told
    assert not IncomingDocument.objects.exists()
    read = sealed_in(told)
    answer = staff.post(NEW, typed(counter, read))
    row = IncomingDocument.objects.get()
    assert answer["Location"] == f"/documents/incoming/{row.id}/"
    assert (row.number, len(row.attachments), row.urgency) == (1, 2, "urgent")
    assert [one["text"] for one in row.text.clauses] == ["Trực ban 24 giờ", "Báo cáo hằng ngày"]
    again = staff.post(NEW, typed(counter, read, abstract="Gõ khác"))
    assert again.status_code == 422
    for words in ("seems to be registered already", f"/documents/incoming/{row.id}/", "Gõ khác", 'type="checkbox"'):
        assert words in again.content.decode()
    assert staff.post(NEW, typed(counter, read, second_copy="on")).status_code == 302
    assert page(staff, f"/documents/incoming/{row.id}/").count("Registered more than once") == 1


def test_without_a_file_or_with_one_that_is_none(counter: Counter) -> None:
    staff = client_of(counter.organisation.staff)
    assert staff.post(NEW, {"step": "files"}).status_code == 200
    wrong = staff.post(NEW, {"step": "files", "received": upload(b"PK\x03\x04", "a.docx")})
    assert (wrong.status_code, "a.docx" in wrong.content.decode()) == (422, True)
    tomorrow = counter.today + timedelta(days=1)
    late = staff.post(NEW, typed(counter, arrived_on=tomorrow))
    assert (late.status_code, "in the future" in late.content.decode()) == (422, True)
    assert staff.post(NEW, typed(counter, "forged")).status_code == 400
    assert not IncomingDocument.objects.exists()


def test_from_arrival_to_answer_in_pages(counter: Counter) -> None:
    organisation = counter.organisation
    staff, hanoi = client_of(organisation.staff), client_of(organisation.hanoi_officer)
    home = f"/documents/incoming/{counter.register()}/"
    due = clock.day_of(clock.now()) + timedelta(days=3)
    charge = {"charge-unit": organisation.hanoi, "charge-due_on": due, "charge-note": "Tham mưu"}
    assert hanoi.get(home).status_code == 404
    assert staff.post(f"{home}passing-on/", {**charge, "charge-due_on": "2020-01-01"}).status_code == 422
    assert staff.post(f"{home}passing-on/", charge).status_code == 302
    assert "Ứng phó mưa lũ" in page(hanoi, "/")
    assert hanoi.post(f"{home}passing-on/", charge).status_code == 403
    assert hanoi.post(f"{home}acknowledgement/").status_code == 302
    issued = Desk(organisation, clock.now()).issued()
    assert hanoi.post(f"{home}answer/", {"answer-answer": "document:x"}).status_code == 422
    assert hanoi.post(f"{home}answer/", {"answer-answer": f"document:{issued.id}"}).status_code == 302
    assert issued.symbol in page(staff, home)
    assert "12/CĐ-TTg" in page(staff, f"/documents/{issued.id}/")
    assert staff.post(f"{home}acknowledgement/").status_code == 409
    followed = page(staff, "/documents/incoming/follow-up/?timing=done_on_time")
    assert issued.symbol in followed
    assert "Nothing to follow up here" in page(staff, "/documents/incoming/follow-up/?timing=open_overdue")


def test_a_decision_and_a_document_arise_from_it(counter: Counter) -> None:
    document = counter.register()
    staff = client_of(counter.organisation.staff)
    address = f"/documents/new/?incoming_document={document}"
    assert "Ứng phó mưa lũ" in page(staff, address)
    assert staff.post(address, {"type": "CV", "abstract": "Trả lời", "submission": new_id()}).status_code == 302
    told = page(staff, f"/documents/incoming/{document}/")
    assert "Trả lời" in told
    assert f"/decisions/new/?incoming_document={document}" in told


def test_the_registers_as_pages_tables_and_sheets_with_a_constant_number_of_queries(counter: Counter) -> None:
    staff = client_of(counter.organisation.staff)
    address = "/documents/incoming/"
    empty = page(staff, address)
    assert "Nothing was registered in this year" in empty

    def queries(at: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(staff, at)
        return len(found)

    counter.pass_on(counter.register(symbol="1/X"), counter.organisation.ministry)
    few = [queries(address), queries(f"{address}follow-up/"), queries("/")]
    for number in range(2, 6):
        counter.pass_on(counter.register(symbol=f"{number}/X", issuer="Bộ Y tế"), counter.organisation.ministry)
    assert [queries(address), queries(f"{address}follow-up/"), queries("/")] == few
    assert "5/X" in page(staff, f"{address}?q=bo+y+te")
    assert "1/X" not in page(staff, f"{address}?q=bo+y+te").partition("<tbody>")[2]
    assert "No incoming document matches" in page(staff, f"{address}?state=answered")
    for name, columns in (("incoming", 10), ("follow-up/follow-up", 7)):
        table = staff.get(f"{address}{name}.xlsx")
        rows = CalamineWorkbook.from_filelike(io.BytesIO(table.content)).get_sheet_by_index(0).to_python()
        assert (len(rows), len(rows[0])) == (6, columns)
        sheet = staff.get(f"{address}{name}.pdf")
        assert sheet["Content-Type"] == "application/pdf"
        assert "3/X" in extract_text(io.BytesIO(sheet.content))


def test_a_correction_in_the_page(counter: Counter) -> None:
    document = counter.register()
    staff, address = client_of(counter.organisation.staff), f"/documents/incoming/{document}/correction/"
    given = {name: value for name, value in typed(counter, symbol="99/CĐ-TTg").items() if name != "read"}
    assert staff.post(address, given).status_code == 422
    assert staff.post(address, {**given, "reason": "gõ nhầm"}).status_code == 302
    assert "gõ nhầm" in page(staff, f"/documents/incoming/{document}/")


def test_a_file_that_came_later_is_added_in_the_page(counter: Counter) -> None:
    document = counter.register()
    address, staff = f"/documents/incoming/{document}/", client_of(counter.organisation.staff)
    assert "Add files that came later" in page(staff, address)
    assert "Add files that came later" not in page(client_of(counter.organisation.viewer), address)
    for file in (None, upload(b"%PDF-1.7 broken", "a.pdf")):
        refused = staff.post(f"{address}files/", {} if file is None else {"later-received": [file]})
        assert refused.status_code == 422 and "<details open><summary>Add files" in refused.content.decode()
    sent = staff.post(f"{address}files/", {"later-received": [upload(wordfiles.write(LETTER), "phụ lục.docx")]})
    assert sent["Location"] == address
    shown = page(staff, address)
    for words in ("phụ lục.docx", "Added later", "Files added: 1", "The files are added."):
        assert words in shown
    assert "Trực ban 24 giờ" not in shown
    staff.post(f"{address}settlement/", {"settle-reason": "để biết"})
    assert "Add files that came later" not in page(staff, address)
    closed = staff.post(f"{address}files/", {"later-received": [upload(photo(), "a.jpg")]})
    assert closed.status_code == 409
    assert len(counter.row(document).attachments) == 1


def test_the_trace_shows_the_gaps_and_is_seen_from_both_ends(counter: Counter) -> None:
    organisation = counter.organisation
    document, issued = counter.register(), Desk(organisation, counter.now).issued()
    staff, address = client_of(organisation.staff), f"/documents/incoming/{document}/trace/"
    section = issued.order[1]
    first, second = counter.clause(document, 2), counter.clause(document, 4)

    def link(measure: str, *clauses: UUID) -> int:
        return staff.post(address, {"measure": measure, "clause": clauses, "submission": new_id()}).status_code

    assert "3</strong><span>without a measure, or in part" in page(staff, address)
    assert link(f"document_section:{section}") == 422
    assert link("document:x", first) == 422
    assert link(f"document_section:{section}", first, second) == 302
    assert link(f"document_section:{section}", first) == 409
    assert "1</strong><span>without a measure, or in part" in page(staff, address)
    gaps = page(staff, f"{address}?gaps")
    assert "Tuần tra ven sông" in gaps
    assert "Tuần tra ban đêm" not in gaps
    other_end = page(staff, f"/documents/{issued.id}/")
    assert "Carries out clauses of incoming documents" in other_end
    assert "Tuần tra ban đêm" in other_end
    struck = ClauseMeasure.objects.get(clause=first)
    assert staff.post(f"/clause-measures/{struck.id}/striking/").status_code == 302
    assert "2</strong><span>without a measure, or in part" in page(staff, address)
    counter.pass_on(document)
    hanoi = client_of(organisation.hanoi_officer)
    assert issued.symbol in page(hanoi, address)


def test_what_a_signature_is_worth_is_told_on_receipt_and_on_the_documents_page(
    counter: Counter, settings: Any, tmp_path: Path
) -> None:
    settings.TRUST_ROOTS = tmp_path / "roots"
    authority = Authority.made()
    authority.trusted_in(settings.TRUST_ROOTS)
    seal = opened(authority.seal("Văn phòng Chính phủ"), PASSPHRASE, clock.now())
    signed = sealed(prepared(pdf(b"Cong dien")), seal)
    changed = signed.replace(b"Cong dien", b"Cong dieN")
    staff = client_of(counter.organisation.staff)
    sent = [upload(*file) for file in ((signed, "ký.pdf"), (changed, "sửa.pdf"), (pdf(), "không ký.pdf"))]
    look = staff.post(NEW, {"step": "files", "received": sent}).content.decode()
    assert "ký.pdf: Intact, signer trusted (Văn phòng Chính phủ)" in look
    assert "sửa.pdf: Changed after signing" in look
    assert "không ký.pdf:" not in look
    staff.post(NEW, typed(counter, sealed_in(look)))
    row = IncomingDocument.objects.get()
    shown = page(staff, f"/documents/incoming/{row.id}/signatures/")
    words = ("Intact, signer trusted", "Changed after signing", "Not digitally signed")
    assert [shown.count(word) for word in words] == [2, 2, 1]
    stranger = client_of(counter.organisation.hue_officer)
    assert stranger.get(f"/documents/incoming/{row.id}/signatures/").status_code == 404
