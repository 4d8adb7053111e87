from datetime import datetime, timedelta

import pytest
from django.db import transaction

from tests.directives.documents.desk import Desk
from tests.directives.incoming.counter import Counter
from tests.ground import client_of, proved
from tests.org.files import workbook
from tests.paper.files import upload
from thammuu.directives.documents import actions as documents
from thammuu.directives.documents.actions import Issued
from thammuu.directives.documents.models import Document, NumberSeries
from thammuu.directives.incoming import actions
from thammuu.directives.incoming.actions import Entry
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.journal.models import Entry as JournalEntry
from thammuu.journal.recording import Submission
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Conflict, Refused
from thammuu.kernel.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
IMPORT = "/documents/incoming/import/"
INCOMING = [
    "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung",
    "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
]  # fmt: skip


@pytest.fixture
def now() -> datetime:
    return clock.now()


def sealed_in(html: str) -> str:
    return html.partition('name="read" value="')[2].partition('"')[0]


def test_a_register_is_taken_over_whole_with_its_numbers_and_the_series_goes_on(counter: Counter) -> None:
    organisation = counter.organisation
    entries = [
        Entry(counter.arrival(symbol="1/X"), number=7, lead=organisation.hanoi),
        Entry(counter.arrival(symbol="2/X")),
        Entry(counter.arrival(symbol="1/x", dated=None), note="Phòng 1"),
    ]
    common = {"actor": organisation.staff, "now": counter.now, "unit": organisation.ministry}
    sending = Submission(new_id(), b"1" * 32)
    first = actions.import_incoming(entries=entries, submission=sending, **common)
    told = JournalEntry.objects.count()
    assert actions.import_incoming(entries=entries, submission=sending, **common) == first
    assert JournalEntry.objects.count() == told
    rows = IncomingDocument.objects.order_by("number")
    assert [(row.number, row.state) for row in rows] == [(7, "passed_on"), (8, "registered"), (9, "registered")]
    assert [row.copy_of for row in rows] == [None, None, first]
    assert counter.row(counter.register(symbol="3/X")).number == 10
    assert NumberSeries.objects.get().last == 10
    for fault, again in ((Conflict, entries), (BadInput, [])):
        with pytest.raises(fault), transaction.atomic():
            actions.import_incoming(entries=again, **common)
    with pytest.raises(Refused):
        actions.import_incoming(entries=entries, **{**common, "actor": organisation.viewer})
    assert IncomingDocument.objects.count() == 4


def test_lines_are_looked_at_with_their_faults_and_those_that_are_good_taken_over(counter: Counter) -> None:
    staff, day = client_of(counter.organisation.staff), f"{counter.today - timedelta(days=3):%d/%m/%Y}"
    counter.register(symbol="13/BC-SA", issuer="Sở A")
    rows = [
        [day, 21, "Sở A", "12/BC-SA", day, "Báo cáo tháng", "Công an tỉnh Hà Nội", day, "", "gấp"],
        [day, 22, "Sở A", "13/BC-SA", day, "Báo cáo quý", "Phòng 9", day, "", ""],
        [day, 21, "Sở B", "14/BC-SB", day, "Trùng số đến", "", "", "", ""],
        ["32/13/2026", 24, "Sở C", "15/BC-SC", day, "Sai ngày", "", "", "", ""],
    ]
    look = staff.post(IMPORT, {"file": upload(workbook([["SỔ VĂN BẢN ĐẾN"], INCOMING, *rows]), "so.xlsx")})
    told = look.content.decode()
    assert look.status_code == 200
    for words in ("registered already", "is no unit here", "The number of arrival 21", "a day that does not exist"):
        assert words in told
    assert 'name="again" value="4" id="again-4"' in told and 'name="leave" value="4"' not in told
    given = {"read": sealed_in(told), "submission": new_id()}
    assert staff.post(IMPORT, given).status_code == 422
    for _twice in range(2):
        assert staff.post(IMPORT, {**given, "becomes": "open"})["Location"] == "/documents/incoming/"
    row = IncomingDocument.objects.get(number=21)
    assert (row.state, row.lead_unit_id, row.note) == ("passed_on", counter.organisation.hanoi, "gấp")
    assert IncomingDocument.objects.count() == 2
    assert staff.post(IMPORT, {**given, "read": "forged"}).status_code == 400


def test_what_was_issued_before_is_put_on_record_with_its_numbers_and_the_series_go_on(counter: Counter) -> None:
    organisation, last = counter.organisation, counter.today.replace(month=1, day=1) - timedelta(days=30)
    directive = Issued(
        "CT", 12, "12/CT-VPB", last, "Tăng cường tuần tra", signer="Chánh Văn phòng", recipients="Hà Nội"
    )
    letter = Issued("CV", 40, "40/VPB-TM", counter.today, "Mời họp")
    common = {"actor": organisation.staff, "now": counter.now, "unit": organisation.ministry}
    sending = Submission(new_id(), b"2" * 32)
    first = documents.import_issued(entries=[directive, letter], submission=sending, **common)
    told = JournalEntry.objects.count()
    assert documents.import_issued(entries=[directive, letter], submission=sending, **common) == first
    assert JournalEntry.objects.count() == told
    row = Document.objects.get(id=first)
    assert (row.type_name, row.symbol, row.number, row.issued_year) == ("Chỉ thị", "12/CT-VPB", 12, last.year)
    assert (row.state, row.standing, clock.day_of(row.issued_at)) == ("issued", "in_force", last)
    series = {(one.series, one.year): one.last for one in NumberSeries.objects.all()}
    assert series == {("CT", last.year): 12, ("CV", counter.today.year): 40}
    issued = Desk(organisation, counter.now).issued("CV", addressees=(organisation.hanoi,), recipients=())
    assert issued.number == 41
    strange = Issued("XX", 1, "1/XX-VPB", last, "Không rõ loại")
    ahead = Issued("CT", 1, "1/CT-VPB", counter.today + timedelta(days=1), "Ngày mai")
    for fault, entries in ((Conflict, [directive]), (BadInput, []), (BadInput, [strange]), (BadInput, [ahead])):
        with pytest.raises(fault), transaction.atomic():
            documents.import_issued(entries=entries, **common)
    with pytest.raises(Refused):
        documents.import_issued(entries=[letter], **{**common, "actor": organisation.viewer})
    assert Document.objects.count() == 3


def test_an_outgoing_register_is_looked_at_and_its_good_lines_put_on_record(counter: Counter) -> None:
    organisation, day = counter.organisation, f"{counter.today - timedelta(days=3):%d/%m/%Y}"
    staff = proved(organisation.staff)
    year = (counter.today - timedelta(days=3)).year
    head = [
        "Số, ký hiệu văn bản",
        "Ngày tháng văn bản",
        "Tên loại và trích yếu nội dung",
        "Người ký",
        "Nơi nhận văn bản",
    ]
    rows = [
        ["05/CT-VPB", day, "Chỉ thị về việc trực Tết", "Chánh Văn phòng", "Hà Nội; Huế"],
        ["06/CTr-VPB", day, "Công tác năm", "", ""],
        ["77/VPB-TM", day, "V/v mời họp", "", ""],
        ["5/CT-VPB", day, "Chỉ thị trùng", "", ""],
        ["05/CT-BTM", day, "Chỉ thị trùng số, khác ký hiệu", "", ""],
        ["không số", day, "Thông báo", "", ""],
    ]
    content = workbook([["SỔ VĂN BẢN ĐI"], head, *rows])
    look = staff.post(IMPORT, {"file": upload(content, "di.xlsx")})
    told = look.content.decode()
    assert look.status_code == 200 and "Outgoing register" in told
    assert "Line 3 names the same number, symbol and issuer." in told
    assert f"Number 5 of {year} in the series of “Chỉ thị” is taken." in told
    assert "Without number, symbol and day it is not taken over." in told
    given = {"read": sealed_in(told), "submission": new_id()}
    assert client_of(organisation.viewer).post(f"{IMPORT}outgoing/", given).status_code in (400, 403)
    for _twice in range(2):
        assert staff.post(f"{IMPORT}outgoing/", given)["Location"] == "/documents/register/"
    found = {(row.type, row.symbol, row.abstract, row.others) for row in Document.objects.all()}
    assert found == {
        ("CT", "05/CT-VPB", "Về việc trực Tết", "Hà Nội\nHuế"),
        ("CTr", "06/CTr-VPB", "Công tác năm", ""),
        ("CV", "77/VPB-TM", "V/v mời họp", ""),
    }
    again = staff.post(IMPORT, {"file": upload(content, "di.xlsx")}).content.decode()
    assert again.count("A document of this number, symbol and issuer is registered already.") == 3
    register = staff.get(f"/documents/register/?year={year}").content.decode()
    assert "05/CT-VPB" in register and "Về việc trực Tết" in register and IMPORT in register
    assert "01 Chỉ thị" in register
    row = Document.objects.get(type="CT")
    page = staff.get(f"/documents/{row.id}/").content.decode()
    assert "On record from an earlier register" in page and f"/documents/{row.id}/pdf/" not in page
    for part in ("pdf", "docx", "signing/copy"):
        address = f"/documents/{row.id}/{part}/"
        assert (staff.post if "copy" in part else staff.get)(address).status_code in (403, 404, 409), part
