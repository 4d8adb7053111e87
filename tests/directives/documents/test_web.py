import io
import zipfile
from datetime import datetime
from uuid import UUID

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pdfminer.high_level import extract_text
from python_calamine import CalamineWorkbook

from tests.directives.documents.desk import Desk
from tests.directives.thread import Thread
from tests.ground import client_of, proved
from thammuu.directives.documents import actions
from thammuu.directives.documents.actions import Description
from thammuu.directives.documents.models import Document, DocumentComment, DocumentSection, DocumentType, UnitSymbol
from thammuu.kernel import clock
from thammuu.kernel.ids import new_id
from thammuu.paper.clauses import Clause, ClauseKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


@pytest.fixture
def now() -> datetime:
    return clock.now()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def pdf_of(client: Client, id: UUID) -> str:
    answer = client.get(f"/documents/{id}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(extract_text(io.BytesIO(answer.content)).split())


def test_from_draft_to_issue_in_pages(desk: Desk) -> None:
    organisation = desk.organisation
    staff, chief = proved(organisation.staff), proved(organisation.chief)
    answer = staff.post("/documents/new/", {"type": "CT", "abstract": "Tuần tra đêm", "submission": new_id()})
    row = Document.objects.get()
    home = f"/documents/{row.id}/"
    assert (answer.status_code, answer["Location"]) == (302, home)
    assert staff.post(f"{home}submission/").status_code == 422
    written = staff.post(f"{home}sections/new/", {"kind": "article", "text": "Tuần tra", "another": "1"})
    assert written["Location"].startswith(f"{home}sections/new/?after=")
    assert staff.post(written["Location"], {"kind": "clause", "text": "Từ 22 giờ"}).status_code == 302
    described = {
        "type": "CT", "abstract": "Về tuần tra đêm", "urgency": "urgent", "place": "Hà Nội", "capacity": "KT.",
        "signs_for": "Bộ trưởng", "signer": "Thứ trưởng", "recipients": [organisation.hanoi], "others": "Báo Nhân Dân",
    }  # fmt: skip
    assert staff.post(f"{home}description/", described).status_code == 302
    draft = pdf_of(staff, row.id)
    assert "Điều 1. Tuần tra" in draft
    assert "KT. BỘ TRƯỞNG THỨ TRƯỞNG" in draft
    assert "CT-VPB" not in draft
    assert "ngày tháng năm" in draft
    assert staff.post(f"{home}submission/").status_code == 302
    assert staff.post(f"{home}agreement/").status_code == 403
    assert chief.post(f"{home}agreement/", {"agree-reason": "Đủ căn cứ"}).status_code == 302
    assert chief.post(f"{home}approval/", {"approve-reason": ""}).status_code == 422
    assert chief.post(f"{home}approval/", {"approve-reason": "Đúng thẩm quyền"}).status_code == 302
    assert "Approved, not digitally signed." in page(chief, home)
    assert staff.post(f"{home}issue/", {}).status_code == 422
    assert staff.post(f"{home}issue/", {"issue-issuer": "VPB"}).status_code == 302
    told = page(client_of(organisation.hanoi_officer), home)
    for words in ("01/CT-VPB", "Approved and issued, not digitally signed.", "Từ 22 giờ"):
        assert words in told
    assert "Đủ căn cứ" not in told
    issued = pdf_of(staff, row.id)
    assert "Số: 01/CT-VPB" in issued
    assert "Hà Nội, ngày" in issued
    word = staff.get(f"{home}docx/")
    assert word["Content-Disposition"] == "attachment; filename*=UTF-8''01-CT-VPB.docx"
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs)
    assert "Điều 1. Tuần tra" in text
    assert staff.post(f"{home}description/", described).status_code == 409


def test_a_letter_is_addressed_and_bears_the_symbol_of_issuing_and_drafting_unit(desk: Desk) -> None:
    hanoi = desk.organisation.hanoi
    row = desk.issued("CV", abstract="Về việc phối hợp", addressees=(hanoi,), recipients=(), circulation="internal")
    told = pdf_of(client_of(desk.organisation.hanoi_officer), row.id)
    for words in ("Số: 01/VPB-VPB", "V/v phối hợp", "Kính gửi: Hà Nội", "LƯU HÀNH NỘI BỘ", "- Như trên;"):
        assert words in told


def test_approval_and_issue_ask_who_acts(desk: Desk) -> None:
    document = desk.draft()
    desk.submit(document)
    desk.agree(document)
    answer = client_of(desk.organisation.chief).post(f"/documents/{document}/approval/", {"approve-reason": "x"})
    assert (answer.status_code, desk.row(document).state) == (403, "reviewed")
    assert "Password" in answer.content.decode()


def test_two_officers_who_edit_one_section_are_shown_both_texts_and_lose_none(desk: Desk) -> None:
    section = desk.sections(desk.draft())[1]
    staff, chief = client_of(desk.organisation.staff), client_of(desk.organisation.chief)
    address = f"/sections/{section.id}/"
    assert staff.post(f"{address}taking/")["Location"] == address
    busy = chief.post(f"{address}taking/")
    assert busy.status_code == 409
    assert "Cán bộ tham mưu" in busy.content.decode()
    assert chief.post(f"{address}taking/", {"over": "1"}).status_code == 302
    assert "Being edited" in page(staff, f"/documents/{section.document_id}/")
    sent = {"kind": "clause", "label": "", "version": "1"}
    assert chief.post(address, {**sent, "text": "Lời của chỉ huy"}).status_code == 302
    answer = staff.post(address, {**sent, "text": "Lời của tham mưu"})
    both = answer.content.decode()
    assert answer.status_code == 409
    assert "Lời của chỉ huy" in both
    assert "Lời của tham mưu</textarea>" in both
    assert 'name="version" value="2"' in both
    assert staff.post(address, {**sent, "text": "Lời của cả hai", "version": "2"}).status_code == 302
    section.refresh_from_db()
    assert (section.text, section.version) == ("Lời của cả hai", 3)
    faulty = staff.post(address, {**sent, "version": "3", "text": "Ðưa lực lượng"})
    assert faulty.status_code == 422
    assert "Ðưa lực lượng" in faulty.content.decode()


def test_two_officers_who_describe_one_document_are_told_what_differs(desk: Desk) -> None:
    document = desk.draft()
    staff, chief = client_of(desk.organisation.staff), client_of(desk.organisation.chief)
    address = f"/documents/{document}/description/"
    seen = page(staff, address).split('name="seen" value="')[1].split('"')[0]
    sent = {"type": "CT", "urgency": "normal", "seen": seen}
    assert chief.post(address, {**sent, "abstract": "Của chỉ huy"}).status_code == 302
    answer = staff.post(address, {**sent, "abstract": "Của tham mưu"})
    again = answer.content.decode()
    assert (answer.status_code, desk.row(document).abstract) == (409, "Của chỉ huy")
    assert "it differs in: Abstract." in again
    assert 'value="Của tham mưu"' in again
    newer = again.split('name="seen" value="')[1].split('"')[0]
    assert staff.post(address, {**sent, "abstract": "Của tham mưu", "seen": newer}).status_code == 302


def test_sections_are_moved_struck_and_commented_without_a_script(desk: Desk) -> None:
    document = desk.draft()
    staff, viewer = client_of(desk.organisation.staff), client_of(desk.organisation.viewer)
    _ground, first, second = desk.sections(document)
    assert staff.post(f"/sections/{second.id}/move/", {"to": "up"}).status_code == 302
    assert [one.id for one in desk.sections(document)][1:] == [second.id, first.id]
    assert staff.post(f"/sections/{first.id}/striking/", {"version": "9"}).status_code == 409
    assert staff.post(f"/sections/{first.id}/striking/", {"version": "1"}).status_code == 302
    assert viewer.post(f"/sections/{second.id}/comments/", {"text": "Thiếu thời hạn"}).status_code == 302
    faulty = viewer.post(f"/sections/{second.id}/comments/", {"text": "Ðưa lực lượng"})
    assert faulty.status_code == 422
    assert "Ðưa lực lượng</textarea>" in faulty.content.decode()
    assert faulty.content.decode().count(f'<details id="comments-{second.id}" open>') == 1
    assert faulty.content.decode().count(" open>") == 1
    assert DocumentComment.objects.count() == 1
    shown = page(viewer, f"/documents/{document}/")
    assert "Thiếu thời hạn" in shown
    assert "Báo cáo kết quả" in shown
    assert "Tăng cường tuần tra</p>" not in shown
    assert "/striking/" not in shown


def test_a_document_is_begun_from_a_decision_and_its_text_is_offered_to_be_assigned(thread: Thread) -> None:
    organisation = thread.organisation
    staff = client_of(organisation.staff)
    assert "/documents/new/?decision=" in page(staff, f"/decisions/{thread.decision}/")
    sent = {"type": "KH", "abstract": "Kế hoạch phân luồng"}
    answer = staff.post(f"/documents/new/?decision={thread.decision}", sent)
    row = Document.objects.get()
    assert (answer.status_code, row.abstract, row.arises_from) == (302, "Kế hoạch phân luồng", thread.decision)
    assert "Kế hoạch phân luồng" in page(staff, f"/decisions/{thread.decision}/")
    desk = Desk(organisation, clock.now())
    for step in (desk.submit, desk.agree, desk.approve, desk.issue):
        step(row.id)
    chief = client_of(organisation.chief)
    offered = f"/documents/{row.id}/assignments/"
    assert offered in page(chief, f"/documents/{row.id}/")
    assert "Every task that was recognised in it is assigned." in page(chief, offered)


def test_a_document_follows_an_issued_one(desk: Desk) -> None:
    earlier, staff = desk.issued(), client_of(desk.organisation.staff)
    address = f"/documents/new/?document={earlier.id}"
    assert address in page(staff, f"/documents/{earlier.id}/")
    assert staff.post(address, {"type": "BC", "abstract": "Kết quả"}).status_code == 302
    later = Document.objects.get(type="BC")
    assert (later.arises_from_kind, later.arises_from) == ("document", earlier.id)
    assert "Kết quả" in page(staff, f"/documents/{earlier.id}/")
    assert earlier.symbol in page(staff, f"/documents/{later.id}/")
    for given in ("?document=x", f"?document={new_id()}", f"?decision={new_id()}"):
        assert staff.get(f"/documents/new/{given}").status_code == 404


def test_versions_are_listed_and_read(desk: Desk) -> None:
    document = desk.draft()
    desk.submit(document)
    viewer = client_of(desk.organisation.viewer)
    assert f"/documents/{document}/versions/1/" in page(viewer, f"/documents/{document}/")
    assert "Tăng cường tuần tra" in page(viewer, f"/documents/{document}/versions/1/")
    assert viewer.get(f"/documents/{document}/versions/2/").status_code == 404


def test_the_list_is_narrowed_by_state_type_unit_and_words(desk: Desk) -> None:
    plan, issued = desk.draft("KH", abstract="Kế hoạch bão"), desk.issued()
    staff = client_of(desk.organisation.staff)
    for query, there, absent in (
        ("state=issued", issued.id, plan),
        ("type=KH", plan, issued.id),
        ("q=ke hoach bao", plan, issued.id),
        (f"q={issued.symbol}", issued.id, plan),
    ):
        found = page(staff, f"/documents/?{query}")
        assert f'href="/documents/{there}/"' in found, query
        assert f'href="/documents/{absent}/"' not in found, query
    assert "No document matches" in page(staff, f"/documents/?unit={desk.organisation.hue}")
    assert "No document yet" in page(client_of(desk.organisation.hue_officer), "/documents/?state=x&unit=x")


def test_what_one_may_not_see_does_not_exist_and_what_one_may_not_do_is_refused(desk: Desk) -> None:
    document = desk.draft()
    section = desk.sections(document)[0].id
    stranger, viewer = client_of(desk.organisation.hanoi_officer), client_of(desk.organisation.viewer)
    for address in (f"/documents/{document}/", f"/documents/{document}/pdf/", f"/sections/{section}/"):
        assert stranger.get(address).status_code == 404
    for address in (f"/documents/{document}/submission/", f"/sections/{section}/taking/", f"/sections/{section}/"):
        assert viewer.post(address).status_code == 403
        assert stranger.post(address).status_code == 404


def test_the_number_of_queries_does_not_grow_with_rows(desk: Desk) -> None:
    def long(count: int) -> UUID:
        document = actions.draft_document(
            actor=desk.organisation.staff, now=desk.now, unit=desk.organisation.ministry,
            description=Description(type="CT", abstract="Dài"),
            clauses=[Clause(ClauseKind.CLAUSE, f"Việc {number}") for number in range(count)],
        )  # fmt: skip
        for section in DocumentSection.objects.filter(document=document):
            actions.make_comment(actor=desk.organisation.chief, now=desk.now, section=section.id, text="Rõ")
        return document

    def queries(address: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(staff, address)
        return len(found)

    staff = client_of(desk.organisation.staff)
    short, list_before = long(2), 0
    page(staff, f"/documents/{short}/")
    before, list_before = queries(f"/documents/{short}/"), queries("/documents/")
    assert queries(f"/documents/{long(9)}/") == before
    assert queries("/documents/") == list_before
    desk.issued()
    register = queries("/documents/register/")
    desk.issued("KH")
    assert queries("/documents/register/") == register


def test_the_register_has_the_decrees_columns_and_counts_and_nothing_in_its_file_is_computed(desk: Desk) -> None:
    for type in ("CT", "CT", "KH"):
        desk.issued(type)
    evil = desk.issued("KH", abstract="=1+1", others="=cmd()")
    staff = client_of(desk.organisation.staff)
    shown = page(staff, "/documents/register/")
    assert "02 Chỉ thị, 02 Kế hoạch" in shown
    assert "No document was issued" in page(staff, "/documents/register/?year=1999")
    answer = staff.get("/documents/register/documents.xlsx?type=KH")
    head, *lines = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert (len(head), head[0], head[5]) == (10, "Number and symbol", "Unit keeping the file copy")
    assert [line[0] for line in lines] == ["01/KH-VPB", evil.symbol]
    assert (lines[1][2], lines[1][4]) == ("Kế hoạch: =1+1", "Hà Nội; =cmd()")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")
    told = extract_text(io.BytesIO(staff.get("/documents/register/documents.pdf?type=KH").content))
    assert evil.symbol in told
    assert "=1+1" in told


def test_an_administrator_adds_types_and_the_abbreviation_of_the_unit(desk: Desk) -> None:
    admin, ministry = client_of(desk.organisation.admin), desk.organisation.ministry
    sent = {"name": "Hướng dẫn nghiệp vụ", "abbreviation": "HDNV", "series": ""}
    address = f"/documents/types/?unit={ministry}"
    assert admin.post(address, sent)["Location"] == address
    assert admin.post(address, sent).status_code == 422
    assert DocumentType.objects.get().series == "HDNV"
    assert admin.post(f"/documents/symbols/?unit={ministry}", {"unit-abbreviation": "V01"}).status_code == 302
    assert admin.post(f"/documents/symbols/?unit={ministry}", {"unit-abbreviation": "V 1"}).status_code == 422
    assert UnitSymbol.objects.get().abbreviation == "V01"
    assert "V01" in page(admin, address)
    series = f"/documents/series/?unit={ministry}"
    assert admin.post(series, {"series-type": "KH", "series-last": "0"}).status_code == 422
    assert admin.post(series, {"series-type": "KH", "series-last": "56"}).status_code == 302
    again = admin.post(series, {"series-type": "KH", "series-last": "57"})
    assert (again.status_code, "number 56 already" in again.content.decode()) == (409, True)
    assert client_of(desk.organisation.staff).get(address).status_code == 403
    assert admin.get("/documents/types/?unit=x").status_code == 404
    assert "HDNV" in page(client_of(desk.organisation.staff), "/documents/new/")
