"""The duty log and incidents over the interface: the same acts as on the pages."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.api.conftest import Making
from tests.ground import Organisation
from thammuu.watch.models import Incident, LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def test_a_line_is_filed_once_however_often_it_is_sent(organisation: Organisation, system: Making) -> None:
    caller, key = system(organisation.hanoi_officer), uuid4()
    said = {"text": "Mất điện khu vực chợ", "kind": "report", "lat": 21.03, "lon": 105.85}
    first, second = (caller.post("/log", said, key) for _time in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert LogEntry.objects.count() == 1
    row = first.json()
    assert (row["text"], row["kind"], row["unit"]) == (said["text"], "report", str(organisation.hanoi))
    assert row["post"] == "Trực ban, Hà Nội"
    other = caller.post("/log", {**said, "text": "khác"}, key)
    assert (other.status_code, other.json()["type"]) == (409, "urn:thammuu:problem:conflict")
    assert caller.send("POST", "/log", said).status_code == 422


def test_the_log_is_read_in_pages(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.hanoi_officer)
    for number in range(7):
        caller.post("/log", {"text": f"dòng {number}"})
    seen, cursor = [], ""
    while True:
        page = caller.get("/log", limit=3, cursor=cursor).json()
        seen += [row["text"] for row in page["items"]]
        if page["next"] is None:
            break
        cursor = page["next"]
    assert seen == [f"dòng {number}" for number in reversed(range(7))]
    assert [row["text"] for row in caller.get("/log", q="dòng 3").json()["items"]] == ["dòng 3"]
    assert caller.get("/log", cursor="AAAA").status_code == 400
    assert caller.get("/log", limit=201).status_code == 422


def test_a_line_is_struck_with_a_reason(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.hanoi_officer)
    line = caller.post("/log", {"text": "nhầm"}).json()["id"]
    assert caller.put(f"/log/{line}/strike", {"reason": " "}).status_code == 400
    struck = caller.put(f"/log/{line}/strike", {"reason": "ghi nhầm"}).json()
    assert (struck["text"], struck["struck_reason"]) == ("nhầm", "ghi nhầm")
    assert caller.put(f"/log/{line}/strike", {"reason": "lần nữa"}).json() == struck


def test_an_incident_is_opened_and_changed(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.duty)
    line = caller.post("/log", {"text": "khói", "unit": organisation.hanoi}).json()["id"]
    key = uuid4()
    said = {"title": "Cháy kho", "kind": "fire", "unit": organisation.hanoi, "log_entry": line}
    opened = caller.post("/incidents", said, key)
    assert opened.status_code == 201
    assert caller.post("/incidents", said, key).json() == opened.json()
    assert Incident.objects.count() == 1
    address = f"/incidents/{opened.json()['id']}"
    assert caller.put(f"{address}/severity", {"severity": "critical"}).json()["severity"] == "critical"
    assert caller.put(f"{address}/status", {"status": "contained", "reason": "đã vây"}).json()["status"] == "contained"
    assert caller.put(f"{address}/status", {"status": "closed"}).status_code == 422
    closed = caller.put(f"{address}/closure", {"outcome": "Đã dập tắt"}).json()
    assert (closed["status"], closed["outcome"]) == ("closed", "Đã dập tắt")
    assert caller.put(f"{address}/status", {"status": "contained"}).status_code == 400
    assert caller.get(f"/log/{line}").json()["incident"] == closed["id"]
    assert [row["id"] for row in caller.get("/incidents", status="closed").json()["items"]] == [closed["id"]]
    assert caller.get("/incidents", status="open").json()["items"] == []


def test_a_time_that_cannot_be_is_refused(organisation: Organisation, system: Making, now: datetime) -> None:
    caller = system(organisation.hanoi_officer)
    for when in ("2999-01-01T00:00:00Z", "1999-12-31T00:00:00Z", "0001-01-01T00:00:00+14:00"):
        refused = caller.post("/log", {"text": "x", "happened_at": when})
        assert (refused.status_code, refused.json()["wrong"][0]["field"]) == (400, "happened_at")
    assert caller.post("/log", {"text": "x", "happened_at": "2026-01-01T00:00:00"}).status_code == 422


def test_a_unit_that_does_not_exist_is_refused(organisation: Organisation, system: Making) -> None:
    caller, nowhere = system(organisation.chief), str(uuid4())
    for address, said in (("/log", {"text": "x"}), ("/incidents", {"title": "x"})):
        refused = caller.post(address, {**said, "unit": nowhere})
        assert (refused.status_code, refused.json()["wrong"][0]["field"]) == (400, "unit")
    assert not LogEntry.objects.exists() and not Incident.objects.exists()


def test_a_program_says_in_a_header_what_its_clock_shows(organisation: Organisation, system: Making) -> None:
    caller, said = system(organisation.hanoi_officer), datetime(2026, 1, 1, tzinfo=UTC)
    filed = caller.send("POST", "/log", {"text": "khói"}, uuid4(), **{"Device-Time": said.isoformat()})
    assert datetime.fromisoformat(filed.json()["device_at"]) == said
    assert caller.post("/log", {"text": "khói"}).json()["device_at"] is None
