from datetime import datetime
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.directives.documents.desk import Desk
from tests.ground import client_of
from tests.paper.wordings import p, word
from thammuu.directives.documents import actions
from thammuu.directives.documents.actions.editing import Outdated
from thammuu.directives.documents.actions.importing import digest_of_text
from thammuu.directives.documents.labelling import unlabelled
from thammuu.directives.documents.models import Document, DocumentSection
from thammuu.directives.documents.rules import LONGEST_SECTION, MOST_SECTIONS
from thammuu.journal.models import Entry
from thammuu.journal.recording import Submission
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.paper.clauses import Clause, ClauseKind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]

LINES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Số: 12/KH-UBND",
    "KẾ HOẠCH", "Phòng, chống lũ quét", "Căn cứ Luật Phòng thủ dân sự;", "1. Rà soát vùng nguy cơ.",
    "a) Lập danh sách hộ dân;", "2. Chuẩn bị lực lượng.", "Nơi nhận:", "- Như trên;",
)  # fmt: skip
PLAN = "\n".join(LINES).encode()
CLAUSES = [Clause(ClauseKind.ARTICLE, "Rà soát", "Điều 1."), Clause(ClauseKind.CLAUSE, "Lực lượng")]


@pytest.fixture
def now() -> datetime:
    return clock.now()


def chosen(client: Client, address: str, content: bytes, name: str = "kế hoạch.txt") -> tuple[int, str]:
    answer = client.post(address, {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.content.decode()


def sealed_in(shown: str) -> str:
    return shown.split('name="read" value="')[1].split('"')[0]


def seen_in(shown: str) -> str:
    return shown.split('name="seen" value="')[1].split('"')[0]


def test_labels_that_places_give_are_left_to_them() -> None:
    kinds = ClauseKind.CLAUSE, ClauseKind.POINT, ClauseKind.CLAUSE
    kept = unlabelled([Clause(kind, "x", label) for kind, label in zip(kinds, ("1.", "a)", "3."), strict=True)])
    assert [clause.label for clause in kept] == ["", "", "3."]


def test_sections_are_added_or_put_in_the_place_of_others_all_or_none(desk: Desk) -> None:
    document, staff = desk.draft(), desk.organisation.staff

    def take(clauses: list[Clause], **more: object) -> UUID:
        return actions.import_sections(actor=staff, now=desk.now, document=document, clauses=clauses, **more)  # type: ignore[arg-type]

    standing = desk.sections(document)
    before = Entry.objects.count()
    submission = Submission(new_id(), b"1")
    assert take(CLAUSES, submission=submission) == take(CLAUSES, submission=submission) == document
    told = Entry.objects.order_by("id")[before:]
    assert sorted(entry.kind for entry in told) == [
        "directives.document_rearranged", "directives.section_written", "directives.section_written",
    ]  # fmt: skip
    assert [one.text for one in desk.sections(document)][3:] == ["Rà soát", "Lực lượng"]
    digest = digest_of_text(desk.sections(document))
    actions.change_section(
        actor=staff, now=desk.now, section=standing[0].id, version=1, kind=ClauseKind.GROUND, text="Căn cứ khác"
    )
    with pytest.raises(Outdated):
        take(CLAUSES, replacing=True, seen=digest)
    bad = [*CLAUSES, Clause(ClauseKind.CLAUSE, "Ðưa lực lượng", "3.")]
    for clauses, why in (
        (bad, "3 .“3. Ðưa lực lượng”.: “Ð”"),
        ([Clause(ClauseKind.CLAUSE, "a" * (LONGEST_SECTION + 1))], "20000"),
        ([Clause(ClauseKind.CLAUSE, "a")] * (MOST_SECTIONS - 4), "1000"),
    ):
        with pytest.raises(BadInput, match=why):
            take(clauses)
    assert len(desk.sections(document)) == 5
    take(CLAUSES, replacing=True, seen=digest_of_text(desk.sections(document)))
    assert [(one.label, one.text) for one in desk.sections(document)] == [("Điều 1.", "Rà soát"), ("", "Lực lượng")]
    assert DocumentSection.objects.filter(struck=True).count() == 5
    for actor, refusal in ((desk.organisation.viewer, Refused), (desk.organisation.hanoi_officer, Missing)):
        with pytest.raises(refusal):
            actions.import_sections(actor=actor, now=desk.now, document=document, clauses=CLAUSES)
    desk.submit(document)
    with pytest.raises(Conflict):
        take(CLAUSES)


def test_a_document_is_begun_with_the_text_of_a_file_that_was_looked_at(desk: Desk) -> None:
    staff = client_of(desk.organisation.staff)
    address = "/documents/new/file/"
    assert address in staff.get("/documents/new/").content.decode()
    status, shown = chosen(staff, address, PLAN)
    assert (status, Document.objects.count()) == (200, 0)
    assert '<option value="KH" selected>' in shown
    assert 'value="Phòng, chống lũ quét"' in shown
    assert shown.count(" checked>") == len(LINES) - 4
    sent = {"read": sealed_in(shown), "type": "KH", "leave": [0, 1, 2, 3, 4, 7, 9, 10], "submission": new_id()}
    faulty = staff.post(address, {**sent, "abstract": ""})
    assert (faulty.status_code, faulty.content.decode().count(" checked>")) == (422, 8)
    answer = staff.post(address, {**sent, "abstract": "Phòng, chống lũ quét"})
    row = Document.objects.get()
    assert (answer["Location"], row.type) == (f"/documents/{row.id}/", "KH")
    assert [(one.kind, one.label) for one in desk.sections(row.id)] == [("ground", ""), ("clause", ""), ("clause", "")]
    stolen = client_of(desk.organisation.chief).post(address, {**sent, "abstract": "x"})
    assert stolen.status_code == 400
    assert Document.objects.count() == 1


def test_the_text_of_a_file_goes_into_a_draft(desk: Desk) -> None:
    document = desk.draft()
    staff, address = client_of(desk.organisation.staff), f"/documents/{document}/file/"
    assert address in staff.get(f"/documents/{document}/").content.decode()
    content = word(p("1. Tuần tra") + p("Ðưa lực lượng") + p("2. Báo cáo"))
    with CaptureQueriesContext(connection) as asked:
        status, shown = chosen(staff, address, content, "lệnh.docx")
    assert status == 200
    assert "only looks like the Vietnamese Đ" in shown
    assert "mend the file and send it again" in shown
    sent = {"read": sealed_in(shown), "seen": seen_in(shown), "place": "replace"}
    refused = staff.post(address, sent)
    assert refused.status_code == 422
    assert "Clause 2" in refused.content.decode()
    assert len(desk.sections(document)) == 3
    ground = desk.sections(document)[0]
    actions.strike_section(actor=desk.organisation.chief, now=desk.now, section=ground.id, version=1)
    late = staff.post(address, {**sent, "leave": ["1", "x"]})
    assert late.status_code == 409
    again = late.content.decode()
    assert "The text was changed meanwhile" in again
    sent["seen"] = seen_in(again)
    assert staff.post(address, {**sent, "leave": ["1"]}).status_code == 302
    assert [one.text for one in desk.sections(document)] == ["Tuần tra", "Báo cáo"]
    assert staff.post(address, {**sent, "leave": ["1"], "place": "add"}).status_code == 302
    assert len(desk.sections(document)) == 4
    for name, file, why in (("x.docx", b"PK\x03\x04", "x.docx"), ("x.txt", b"", "x.txt"), ("x.pdf", PLAN, "Rename it")):
        status, shown = chosen(staff, address, file, name)
        assert (status, why in shown) == (422, True), name
    with CaptureQueriesContext(connection) as more:
        chosen(staff, address, "\n".join(f"{n}. Việc" for n in range(1, 40)).encode())
    assert len(more) == len(asked)
    desk.submit(document)
    assert staff.get(address).status_code == 409
    assert client_of(desk.organisation.viewer).get(address).status_code == 403
    assert client_of(desk.organisation.hanoi_officer).get(address).status_code == 404
