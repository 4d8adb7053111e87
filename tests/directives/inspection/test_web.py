import io
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.directives.documents.test_web import page, proved
from tests.directives.inspection.visit import Visit
from tests.ground import client_of
from tests.paper.files import photo, upload
from thammuu.directives.inspection.models import Checklist, Finding, Inspection, InspectionSheet
from thammuu.directives.models import Assignment
from thammuu.kernel import clock
from thammuu.kernel.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


@pytest.fixture
def now() -> datetime:
    return clock.now()


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_from_checklist_to_closure_in_pages(visit: Visit) -> None:
    o = visit.organisation
    staff, chief, hanoi = proved(o.staff), proved(o.chief), client_of(o.hanoi_officer)
    assert "No inspection yet" in page(staff, "/inspections/")
    made = staff.post("/inspections/checklists/", {"name": "Trực ban", "items": "Có sổ trực\nGhi đủ ca"})
    assert (made.status_code, Checklist.objects.get().items) == (302, ["Có sổ trực", "Ghi đủ ca"])
    today = clock.day_of(visit.now)
    plan: dict[str, Any] = {
        "title": "Kiểm tra chế độ trực", "inspected_units": [o.hanoi], "starts_on": today, "ends_on": today,
        "responsible": o.staff.post, "checklist": Checklist.objects.get().id, "submission": new_id(),
    }  # fmt: skip
    faulty = staff.post("/inspections/new/", {**plan, "ends_on": today - timedelta(days=1)})
    assert faulty.status_code == 422
    assert "Kiểm tra chế độ trực" in faulty.content.decode()
    plan["submission"] = new_id()
    assert staff.post("/inspections/new/", plan).status_code == 302
    home = f"/inspections/{Inspection.objects.get().id}/"
    assert hanoi.get(home).status_code == 404
    assert staff.post(f"{home}announcement/").status_code == 302
    assert "Kiểm tra chế độ trực" in page(hanoi, "/inspections/")
    assert hanoi.post(f"{home}beginning/").status_code == 403
    assert staff.post(f"{home}beginning/").status_code == 302
    sheet = f"/inspections/sheets/{InspectionSheet.objects.get().id}/"
    assert staff.post(f"{home}report/").status_code == 422
    results = {"version": "0", "result_1": "met", "result_2": "not_met", "remark_2": "thiếu hai ca"}
    assert staff.post(sheet, results).status_code == 302
    beside = chief.post(sheet, {"version": "0", "result_1": "not_met"})
    assert beside.status_code == 409
    assert "2. Not met (thiếu hai ca)" in beside.content.decode()
    found: dict[str, Any] = {"unit": o.hanoi, "text": "Thiếu hai ca", "severity": "serious", "item": "2"}
    assert staff.post(f"{home}findings/new/", {**found, "photos": upload(photo(), "so.jpg")}).status_code == 302
    assert hanoi.get(sheet).status_code == 404
    assert staff.post(f"{home}report/").status_code == 302
    _answered_and_corrected(visit, home, staff, chief, hanoi)


def _answered_and_corrected(visit: Visit, home: str, staff: Client, chief: Client, hanoi: Client) -> None:
    finding = f"/findings/{Finding.objects.get().id}/"
    assert "so.jpg" in page(hanoi, finding)
    assert hanoi.post(f"{finding}statement/", {"text": ""}).status_code == 422
    assert hanoi.post(f"{finding}statement/", {"text": "Do thiếu người"}).status_code == 302
    assert client_of(visit.organisation.chief).post(f"{home}conclusion/", {"conclusion": "x"}).status_code == 403
    assert chief.post(f"{home}conclusion/", {"conclusion": ""}).status_code == 422
    assert chief.post(f"{home}conclusion/", {"conclusion": "Ghi đủ sổ trực"}).status_code == 302
    assert "Without a task" in page(staff, home)
    order = {"task": "Ghi đủ", "product": "Bản chụp", "lead_unit": visit.organisation.hanoi, "urgency": "normal"}
    assert staff.post(f"{finding}correction/", order).status_code == 422
    assert staff.post(f"{finding}correction/", {**order, "term_days": "3"}).status_code == 302
    assert "Task without evidence" in page(hanoi, home)
    assignment = Assignment.objects.get().id
    assert staff.post(f"{finding}closure/").status_code == 409
    visit.hand_in(assignment)
    visit.settle(assignment)
    assert "Close the finding" in page(staff, finding)
    assert staff.post(f"{finding}closure/").status_code == 302
    assert staff.post(f"{home}closure/").status_code == 302
    assert "Ghi đủ sổ trực" in page(hanoi, home)
    table = staff.get("/inspections/findings.xlsx?state=closed").content
    [_heads, line] = CalamineWorkbook.from_filelike(io.BytesIO(table)).get_sheet_by_index(0).to_python()
    assert [line[place] for place in (0, 3, 4, 7, 8, 9)] == [
        "Thiếu hai ca", "Hà Nội", 2, "Do thiếu người", "Closed", "Ghi đủ",
    ]  # fmt: skip


def test_a_visit_is_planned_from_a_decision_moved_and_cancelled_and_lists_are_narrowed(visit: Visit) -> None:
    o, staff = visit.organisation, client_of(visit.organisation.staff)
    inspection, finding = visit.reported()
    visit.conclude(inspection)
    decision = visit.row(inspection).decision_id
    assert f"/inspections/new/?decision={decision}" in page(staff, f"/decisions/{decision}/")
    assert "Kết luận kiểm tra" in page(staff, f"/inspections/new/?decision={decision}")
    for odd in (f"decision={new_id()}", "decision=x", f"unit={o.hue}", f"below={new_id()}"):
        assert staff.get(f"/inspections/new/?{odd}").status_code == 404
    assert "Kiểm tra chế độ trực" in page(staff, f"/inspections/?unit={o.hanoi}&q=che do&state=concluded")
    assert "No inspection matches" in page(staff, f"/inspections/?unit={o.commune}")
    planned = visit.plan()
    day = clock.day_of(visit.now) + timedelta(days=9)
    moved = {"move-starts_on": day, "move-ends_on": day, "move-reason": ""}
    assert staff.post(f"/inspections/{planned}/move/", moved).status_code == 422
    assert staff.post(f"/inspections/{planned}/move/", {**moved, "move-reason": "bão"}).status_code == 302
    assert staff.post(f"/inspections/{planned}/cancellation/", {"cancel-reason": "gộp"}).status_code == 302
    assert "Cancelled: gộp" in page(staff, f"/inspections/{planned}/")
    wrong = visit.find(visit.under_way())
    assert staff.post(f"/findings/{wrong}/striking/", {"strike-reason": "nhầm"}).status_code == 302
    assert "nhầm" in page(staff, f"/findings/{wrong}/")
    assert client_of(o.hue_officer).get(f"/findings/{finding}/").status_code == 404


def test_a_checklist_is_revised_from_the_version_that_was_read(visit: Visit) -> None:
    staff, address = client_of(visit.organisation.staff), f"/inspections/checklists/{visit.checklist()}/"
    revised = {"version": "1", "name": "Trực", "items": "Một\nHai"}
    assert staff.post(address, {**revised, "items": " "}).status_code == 422
    assert staff.post(address, revised).status_code == 302
    assert staff.post(address, {**revised, "items": "Ba"}).status_code == 409
    assert "version 2" in page(staff, address)
    assert client_of(visit.organisation.viewer).post(address, revised).status_code == 403


def test_the_number_of_queries_does_not_grow_with_visits_and_findings(visit: Visit) -> None:
    staff = client_of(visit.organisation.staff)

    def grown(inspection: UUID) -> None:
        found = [visit.find(inspection) for _ in range(2)]
        visit.report(inspection)
        visit.conclude(inspection)
        for one in found:
            visit.assign(one)

    first = visit.under_way()
    visit.find(first)
    addresses = ("/", "/inspections/", f"/inspections/{first}/", "/inspections/findings.xlsx")
    grown(first)
    for address in addresses:
        staff.get(address)
    before = [queries_of(staff, address) for address in addresses]
    second = visit.under_way()
    for _ in range(3):
        visit.find(second)
    grown(second)
    addresses = (*addresses[:2], f"/inspections/{second}/", addresses[3])
    assert [queries_of(staff, address) for address in addresses] == before
