"""Follow-up registers and task lists: looked at line by line with what is wrong, then followed here from now on."""

import io
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation
from openpyxl import load_workbook

from tests.directives.incoming.counter import Counter
from tests.directives.incoming.lists import FOLLOW_UP, TASKS, Rows, excel, libre, text
from tests.ground import NOW, client_of, proved
from tests.paper.files import upload
from thammuu.directives import actions as directives
from thammuu.directives.documents import actions as documents
from thammuu.directives.documents.actions import Issued
from thammuu.directives.documents.models import Document
from thammuu.directives.incoming import actions
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.incoming.taking_over import ReadList, read_list
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rows import assignment_rows
from thammuu.kernel import clock
from thammuu.kernel.clock import ORGANISATION_ZONE, start_of
from thammuu.kernel.errors import BadInput
from thammuu.kernel.ids import new_id
from thammuu.org import actions as org
from thammuu.org import authority
from thammuu.org.acts import closing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
IMPORT = "/documents/incoming/import/"


@pytest.fixture
def now() -> datetime:
    return clock.now()


def read(counter: Counter, content: bytes, today: date | None = None) -> ReadList:
    organisation = counter.organisation
    units = {organisation.ministry, organisation.hanoi, organisation.hue, organisation.commune}
    with translation.override("en"):
        return read_list(organisation.staff, organisation.ministry, content, today or counter.today, units, "Báo cáo")


def faults(found: ReadList) -> list[str]:
    return [" ".join(line.faults) for line in found.lines]


def sealed_in(html: str) -> str:
    return html.partition('name="read" value="')[2].partition('"')[0]


def day(counter: Counter, days: int) -> date:
    return counter.today + timedelta(days=days)


def typed(counter: Counter, days: int) -> str:
    return f"{day(counter, days):%d/%m/%Y}"


@pytest.mark.parametrize("write", [excel, libre, text])
def test_a_task_list_is_taken_over_with_its_deadlines_and_states(counter: Counter, write: Any) -> None:
    organisation, staff = counter.organisation, proved(counter.organisation.staff)
    ago, ahead, done = (typed(counter, days) for days in (-40, 20, -41))
    rows: Rows = [
        [1, "Rà soát phương án", "Công an tỉnh Hà Nội", "Huế", ahead, "Kế hoạch", "Đang thực hiện 60%"],
        [2, "Trực ban", "46", "Sở Y tế, Hà Nội", ago, "", "Quá hạn, chưa xong"],
        [3, "Giao ban", "Huế", "", ago, "", f"Đã hoàn thành ngày {done}"],
        [4, "Tổng kết", "Huế", "", ago, "", "Hoàn thành đúng hạn"],
        [5, "Kiểm tra", "Phòng 9", "", ahead, "", ""],
        [6, "Diễn tập", "Huế", "", "thường xuyên", "", ""],
    ]
    look = staff.post(IMPORT, {"file": upload(write([["BẢNG GIAO VIỆC"], TASKS, *rows]), "viec.dat")})
    told = look.content.decode()
    assert look.status_code == 200 and not Assignment.objects.exists(), "nothing is saved before it is confirmed"
    for words in (
        "“Phòng 9” is no unit that takes orders from here.", "“thường xuyên” is no day", "“Sở Y tế” is no unit here",
        "Hà Nội · Open, within time", "Huế · Open, overdue", "Huế · Done on time", 'value="Taking over of the list',
    ):  # fmt: skip
        assert words in told, words
    given = {"read": sealed_in(told), "title": "Tiếp nhận", "reason": "Theo dõi tiếp", "product": "Báo cáo kết quả"}
    given["submission"] = str(new_id())
    taken = staff.post(f"{IMPORT}tasks/", given)
    decision = Decision.objects.get()
    assert taken["Location"] == f"/decisions/{decision.id}/"
    assert staff.post(f"{IMPORT}tasks/", given)["Location"] == taken["Location"], "sent twice, taken over once"
    first, second, third, fourth = Assignment.objects.order_by("taken_line")
    assert (first.taken_line, first.lead_unit_id, first.supporting_units) == (3, organisation.hanoi, [organisation.hue])
    assert (first.state, first.percent, first.product) == ("issued", 60, "Kế hoạch")
    assert first.deadline == datetime.combine(day(counter, 20), datetime.min.time(), ORGANISATION_ZONE).replace(hour=17)
    assert (second.state, second.product, second.supporting_units) == (
        "issued",
        "Báo cáo kết quả",
        [organisation.hanoi],
    )
    assert second.deadline.date() == day(counter, -40) and second.taken_from == "viec.dat"
    assert second.taken_words == "Kết quả thực hiện: Quá hạn, chưa xong\nĐơn vị phối hợp: Sở Y tế"
    assert [(row.state, clock.day_of(row.handed_in_at)) for row in (third, fourth)] == [
        ("closed", day(counter, -41)), ("closed", day(counter, -40)),
    ]  # fmt: skip
    again = staff.post(IMPORT, {"file": upload(write([["BẢNG GIAO VIỆC"], TASKS, *rows]), "viec.dat")})
    assert again.content.decode().count("It was taken over before.") == 4
    sealed = {**given, "read": sealed_in(again.content.decode()), "submission": str(new_id())}
    assert staff.post(f"{IMPORT}tasks/", sealed).status_code == 422
    assert Assignment.objects.count() == 4
    assert staff.post(f"{IMPORT}tasks/", {**sealed, "again": "4", "submission": str(new_id())}).status_code == 302
    assert Assignment.objects.filter(taken_line=4).count() == 2


def test_a_follow_up_register_leads_to_the_documents_on_record(counter: Counter) -> None:
    organisation, staff = counter.organisation, proved(counter.organisation.staff)
    arrived = counter.register(symbol="12/CĐ-TTg", dated=day(counter, -50), arrived_on=day(counter, -50))
    watched = counter.register(symbol="13/CĐ-TTg", dated=day(counter, -50), arrived_on=day(counter, -50))
    counter.pass_on(watched)
    entry = Issued("CT", 5, "05/CT-VPB", day(counter, -60), "Trực Tết")
    issued = documents.import_issued(
        actor=organisation.staff, now=counter.now, unit=organisation.ministry, entries=[entry]
    )
    dated, due = typed(counter, -50), typed(counter, -30)
    rows: Rows = [
        ["01", f"Công điện 12/CĐ-TTg, {dated}, Văn phòng Chính phủ – Ứng phó", "Hà Nội", due, "", "", "gấp"],
        ["", f"05/CT-VPB ngày {typed(counter, -60)}", "Huế", due, "", f"2/BC-HUE ngày {typed(counter, -29)}", ""],
        ["", "99/KH-X", "Huế", due, "đang làm", "", ""],
        ["02", f"13/CĐ-TTg, {dated}", "Hà Nội", due, "", "", ""],
        ["", f"98/KH-X, {typed(counter, -20)}", "Huế", due, "", "", ""],
        ["", "97/KH-X", "Huế", due, "Đã xong", "", ""],
        ["", "96/KH-X", "Huế", "", "", "", ""],
    ]
    look = staff.post(IMPORT, {"file": upload(excel([FOLLOW_UP, *rows]), "so.xlsx")}).content.decode()
    for words in (
        "followed here already: number of arrival 02", "“Deadline” is before “Date of the document”.",
        "Done late · day of completion not in the list", "Without a deadline it is not taken over.",
        "does not say on which day", "On record already",
    ):  # fmt: skip
        assert words in look, words
    given = {"read": sealed_in(look), "title": "Tiếp nhận", "reason": "Theo dõi tiếp", "product": "Văn bản trả lời"}
    assert staff.post(f"{IMPORT}tasks/", given).status_code == 302
    first, second, third, fourth = Assignment.objects.order_by("taken_line")
    assert (fourth.taken_document, fourth.state, fourth.taken_undated) == ("97/KH-X", "closed", True)
    assert (first.arises_from_kind, first.arises_from) == ("incoming_document", arrived)
    assert first.title == f"Công điện 12/CĐ-TTg, {dated}, Văn phòng Chính phủ – Ứng phó"
    assert first.taken_words == "Số đến: 01\nGhi chú: gấp"
    assert (second.arises_from_kind, second.arises_from, second.state) == ("document", issued, "closed")
    assert second.handed_in_at and clock.day_of(second.handed_in_at) == day(counter, -29)
    assert (third.arises_from, third.taken_document, third.state) == (None, "99/KH-X", "issued")
    assert first.title in staff.get(f"/documents/incoming/{arrived}/").content.decode()
    assert second.title in staff.get(f"/documents/{issued}/").content.decode()
    page = staff.get(f"/assignments/{first.id}/").content.decode()
    assert f"/documents/incoming/{arrived}/" in page and "so.xlsx" in page


def test_our_own_follow_up_register_comes_back_line_by_line(counter: Counter) -> None:
    organisation, staff = counter.organisation, client_of(counter.organisation.staff)
    first, second, settled = (counter.register(symbol=f"{number}/CĐ-TTg") for number in (21, 22, 23))
    for id in (first, second, settled):
        counter.pass_on(id)
    actions.settle_incoming(
        actor=organisation.staff, now=counter.now, document=settled, reason="để biết", submission=None
    )
    for language in ("vi", "en"):
        staff.cookies["django_language"] = language
        content = staff.get("/documents/incoming/follow-up/follow-up.xlsx").content
        heads = {line.value for line in next(load_workbook(io.BytesIO(content)).active.rows)}
        assert ("Thời hạn" in heads) == (language == "vi")
        found = read(counter, content)
        assert (found.kind, found.missing, len(found.lines)) == ("follow_up", (), 3)
        assert all(line.usable and line.left for line in found.lines), faults(found)
        entries = [line.followed for line in found.lines]
        documents_named = [entry and entry.arises_from and entry.arises_from[1] for entry in entries]
        assert documents_named == [first, second, settled]
        assert [bool(entry and entry.done_at) for entry in entries] == [False, False, True]
        assert {entry and entry.deadline.date() for entry in entries} == {day(counter, 5)}
        assert {entry and entry.lead_unit for entry in entries} == {organisation.hanoi}


def test_a_head_of_merged_cells_days_as_numbers_and_formulas(counter: Counter) -> None:
    serial = (day(counter, 9) - date(1899, 12, 30)).days
    rows: Rows = [
        ["GIAO VIỆC", "", "", "", "", ""],
        ["STT", "Nhiệm vụ", "Đơn vị thực hiện", "", "Thời hạn", "Kết quả"],
        ["", "", "Chủ trì", "Phối hợp", "", ""],
        [1, "Một", "Hà Nội", "Huế", serial, ""],
        [2, "Hai", "Hà Nội", "", day(counter, 9), ""],
        [3, "Ba", "Hà Nội", "", f"Trước ngày {typed(counter, 9)}", ""],
        [4, "Bốn", '=HYPERLINK("http://x.example","Hà Nội")', "", typed(counter, 9), ""],
        [5, "=1+1", "Hà Nội", "", typed(counter, 9), ""],
        [6, "Sáu", "Hà Nội", "", "#REF!", ""],
    ]
    found = read(counter, excel(rows, ("A1:F1", "C2:D2", "A2:A3", "B2:B3", "E2:E3", "F2:F3"), ("E5",)))
    assert found.columns == ("Task", "Charged to", "Supporting units", "Deadline", "Progress")
    good = [line.followed for line in found.lines[:3]]
    assert {entry and entry.deadline.date() for entry in good} == {day(counter, 9)}
    assert good[0] and good[0].supporting_units == (counter.organisation.hue,)
    assert "is read as" in faults(found)[2] and good[2] and "Trước ngày" in good[2].words
    assert [line.usable for line in found.lines[3:]] == [False, False, False]
    assert ["is empty" in told for told in faults(found)[3:]] == [True, True, True], (
        "what no program has computed, and an error, is no value"
    )


def test_units_are_never_guessed(counter: Counter) -> None:
    organisation, due = counter.organisation, typed(counter, 9)
    system, started = authority.SYSTEM, date(2025, 7, 1)
    common = {"actor": system, "now": NOW, "level": "commune", "starts_on": started}
    twin = org.create_unit(code="00005", name="Ba Đình", parent=organisation.hue, **common)
    org.create_unit(code="00006", name="Cầu Cũ", parent=organisation.hanoi, **common)
    org.reorganise(actor=system, now=NOW, changes=closing("00006", date(2025, 9, 1), ["01"]))
    leads = {
        "Ba Đình": "may be Ba Đình (Hà Nội, 00004) / Ba Đình (Huế, 00005)", "00004": "",
        "Hà Nội, Huế": "names 2 units", "Hà Nội và Huế": "names 2 units", "Hà Nội\nHuế": "names 2 units",
        "Cầu Cũ": "“Cầu Cũ” is a closed unit. Its work went to: Hà Nội.", "H\u00e0 N\u1ed9l": "is no unit",
        "Ba \u00d0ình": "a letter that only looks like Đ", "": "“Charged to” is empty", "CA tinh ha noi": "",
    }  # fmt: skip
    rows = [[place, f"Việc {place}", lead, "", due, "", ""] for place, lead in enumerate(leads)]
    found = read(counter, excel([TASKS, *rows]))
    for line, (lead, words) in zip(found.lines, leads.items(), strict=True):
        told = " ".join(line.faults)
        assert (words in told) if words else line.usable, (lead, told)
        assert line.usable == (not words), lead
    assert twin and found.lines[0].number == 2, "each is told with its line"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({4: "30/02/2026"}, "is a day that does not exist"),
        ({4: ""}, "“Deadline” is empty"),
        ({6: "Đã hoàn thành 01/01/2099"}, "which lies in the future"),
        ({1: "x" * 5001}, "more than 5000 characters"),
    ],
)
def test_a_line_that_cannot_be_is_told_and_stays_out(counter: Counter, row: dict[int, str], words: str) -> None:
    good = [1, "Rà soát", "Hà Nội", "", typed(counter, 5), "", ""]
    found = read(counter, excel([TASKS, good, [row.get(place, cell) for place, cell in enumerate(good)]]))
    assert found.lines[0].usable and not found.lines[1].usable
    assert words in faults(found)[1]


def test_files_that_are_no_list_are_refused_with_what_helps(counter: Counter) -> None:
    staff = client_of(counter.organisation.staff)
    for content, words in (
        (b"", "No line of the file heads the columns"),
        (b"\x00" * 30_000_000, "larger than 1.4 MB"),
        (excel([TASKS]), "no lines below the head"),
        (excel([[]]), "No line of the file heads the columns"),
        (excel([["a", "b"]])[:-80], "cannot be read"),
    ):
        answer = staff.post(IMPORT, {"file": upload(content, "viec.xlsx")})
        assert answer.status_code == 422 and words in answer.content.decode(), words
    with pytest.raises(BadInput):
        read(counter, b"\xff\xfe")


def test_the_event_and_the_level_can_be_chosen_for_what_is_taken_over(counter: Counter) -> None:
    organisation = counter.organisation
    event = org.announce_event(
        actor=authority.SYSTEM, now=counter.now, code="DH", name="Đại hội", units=[organisation.ministry],
        starts_on=counter.today, ends_on=day(counter, 30),
    )  # fmt: skip
    chief = proved(organisation.chief)
    look = chief.post(
        IMPORT, {"file": upload(excel([TASKS, [1, "Việc", "Hà Nội", "", typed(counter, 5), "", ""]]), "viec.xlsx")}
    ).content.decode()
    assert 'name="event"' in look and 'name="classification"' in look
    given = {"read": sealed_in(look), "title": "Tiếp nhận", "reason": "Tiếp", "product": "Báo cáo", "event": str(event)}
    assert chief.post(f"{IMPORT}tasks/", {**given, "classification": "1"}).status_code == 302
    row = Assignment.objects.get()
    assert (row.event_id, row.classification, row.decision.classification) == (event, 1, 1)
    head = ["Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Tên loại và trích yếu nội dung"]
    arrived = excel([head, [typed(counter, -3), 7, "Sở A", "1/BC", "Báo cáo"]])
    look = chief.post(IMPORT, {"file": upload(arrived, "den.xlsx")}).content.decode()
    sent = {"read": sealed_in(look), "becomes": "open", "event": str(event), "classification": "1"}
    assert chief.post(IMPORT, sent).status_code == 302
    assert IncomingDocument.objects.values_list("event_id", "classification").get() == (event, 1)
    head = ["Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung", "Người ký"]
    issued = excel([head, ["05/CT-VPB", typed(counter, -3), "Trực Tết", "Chánh Văn phòng"]])
    look = chief.post(IMPORT, {"file": upload(issued, "di.xlsx")}).content.decode()
    sent = {"read": sealed_in(look), "event": str(event), "classification": "1"}
    assert chief.post(f"{IMPORT}outgoing/", sent).status_code == 302
    assert Document.objects.values_list("event_id", "classification").get() == (event, 1)


def test_who_does_not_decide_looks_and_takes_nothing_over(counter: Counter) -> None:
    organisation = counter.organisation
    officer = proved(organisation.hanoi_officer)
    content = excel([TASKS, [1, "Việc", "Ba Đình", "", typed(counter, 5), "", ""]])
    look = officer.post(IMPORT, {"file": upload(content, "viec.xlsx")})
    told = look.content.decode()
    assert look.status_code == 200 and 'name="title"' not in told
    given = {"read": sealed_in(told), "title": "Tiếp nhận", "reason": "Tiếp", "product": "Báo cáo"}
    assert officer.post(f"{IMPORT}tasks/", given).status_code == 403
    assert not Assignment.objects.exists()


def test_what_is_done_without_a_day_is_closed_as_of_the_taking_over_and_says_so(counter: Counter) -> None:
    organisation, staff = counter.organisation, proved(counter.organisation.staff)
    rows: Rows = [
        [1, "Rà soát", "Huế", "", typed(counter, -9), "", "Đã xong"],
        [2, "Diễn tập", "Huế", "", typed(counter, 9), "", "Giao 01/02/2026, hoàn thành 03/02/2026"],
        [3, "Trực", "Huế", "", typed(counter, -9), "", f"Đã xong ngày {typed(counter, -10)}"],
    ]
    look = staff.post(IMPORT, {"file": upload(excel([TASKS, *rows]), "viec.xlsx")}).content.decode()
    given = {"read": sealed_in(look), "title": "Tiếp nhận", "reason": "Theo dõi tiếp", "product": "Báo cáo kết quả"}
    assert staff.post(f"{IMPORT}tasks/", given).status_code == 302
    late, early, dated = Assignment.objects.order_by("taken_line")
    today = start_of(counter.today)
    for row in (late, early):
        assert (row.state, row.handed_in_at, row.taken_done_at, row.taken_undated) == ("closed", today, today, True)
    assert not dated.taken_undated
    told = "day of completion not in the list"
    shown = staff.get(f"/assignments/?decision={late.decision_id}").content.decode()
    assert shown.count(told) == 2
    assert "The list does not say." in staff.get(f"/assignments/{late.id}/").content.decode()
    timings = [(row.timing, row.undated) for row in assignment_rows([late, early, dated], counter.now)]
    assert timings == [("done_late", True), ("done_on_time", True), ("done_on_time", False)]
    directives.reopen_assignment(actor=organisation.staff, now=clock.now(), assignment=late.id, reason="Chưa xong")
    assert not assignment_rows([Assignment.objects.get(id=late.id)], counter.now)[0].undated


def test_what_comes_again_is_taken_over_with_its_next_day_and_once(counter: Counter) -> None:
    staff = proved(counter.organisation.staff)
    content = excel([TASKS, [1, "Báo cáo tình hình", "Huế", "", "Định kỳ  trước ngày 20", "Báo cáo", ""]])
    first = read(counter, content, date(2026, 11, 20))
    assert faults(first) == [
        "“Định kỳ trước ngày 20” comes again: its next day, 20/12/2026, is the deadline, and the rhythm stays in words."
    ]
    look = staff.post(IMPORT, {"file": upload(content, "viec.xlsx")}).content.decode()
    given = {"read": sealed_in(look), "title": "Tiếp nhận", "reason": "Theo dõi tiếp", "product": "Báo cáo kết quả"}
    assert staff.post(f"{IMPORT}tasks/", given).status_code == 302
    row = Assignment.objects.get()
    assert (row.state, row.deadline > counter.now, row.taken_undated) == ("issued", True, False)
    assert row.taken_words == "Thời hạn: Định kỳ trước ngày 20"
    later = read(counter, content, day(counter, 90))
    assert later.lines[0].left and "It was taken over before." in faults(later)[0]
