"""Units, assignments, alerts and the journal over the interface."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.http import HttpResponse

from tests.api.conftest import Making, System
from tests.desk.test_proof_pages import KEY, home  # noqa: F401 - a fixture
from tests.directives.incoming.counter import Counter
from tests.directives.inspection.visit import Visit
from tests.directives.thread import Thread
from tests.ground import Organisation
from tests.interop.messages import message
from tests.journal.proofs.ground import driver, fill
from thammuu.directives.models import Progress
from thammuu.interop.models import Alert, InboundFile
from thammuu.journal.models import Entry, Epoch, Sealed
from thammuu.journal.proofs import offline
from thammuu.journal.proofs.merkle import leaf_hash, root_from_inclusion
from thammuu.journal.proofs.notary import Notary
from thammuu.kernel import clock

pytestmark = pytest.mark.django_db


def test_units_are_listed_and_read_as_a_tree(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.chief)
    first = caller.get("/units", limit=3).json()
    rest = caller.get("/units", limit=3, cursor=first["next"]).json()
    assert [row["name"] for row in first["items"] + rest["items"]] == ["Ba Đình", "Hà Nội", "Huế", "Văn phòng Bộ"]
    assert rest["next"] is None
    assert [row["code"] for row in caller.get("/units", q="ha noi").json()["items"]] == ["01"]
    tree = caller.get(f"/units/{organisation.ministry}/tree").json()
    assert [child["name"] for child in tree["below"]] == ["Hà Nội", "Huế"]
    assert [child["name"] for child in tree["below"][0]["below"]] == ["Ba Đình"]
    below = system(organisation.hanoi_officer)
    assert [row["name"] for row in below.get("/units").json()["items"]] == ["Ba Đình", "Hà Nội"]
    assert below.get(f"/units/{organisation.hue}").status_code == 404
    assert below.get(f"/units/{uuid4()}").status_code == 404


def test_progress_is_reported_once(organisation: Organisation, system: Making, now: datetime) -> None:
    thread = Thread(organisation, now)
    caller, key = system(organisation.hanoi_officer), uuid4()
    address = f"/assignments/{thread.assignment}"
    said = {"percent": 40, "note": "Đã cắm biển"}
    assert caller.post(f"{address}/progress", said).status_code == 409
    thread.acknowledge()
    for _time in range(2):
        answer = caller.post(f"{address}/progress", said, key)
        assert (answer.status_code, answer.json()["percent"], answer.json()["state"]) == (200, 40, "in_progress")
    assert Progress.objects.count() == 1
    assert caller.post(f"{address}/progress", {"percent": 101, "note": "x"}).status_code == 422
    [row] = caller.get("/assignments", unit=organisation.hanoi, state="in_progress").json()["items"]
    assert row == caller.get(address).json()
    assert caller.get("/assignments", state="closed").json() == {"items": [], "next": None}
    assert system(organisation.hue_officer).get(address).status_code == 404


def test_inspections_and_findings_are_read(organisation: Organisation, system: Making) -> None:
    visit = Visit(organisation, clock.now())
    planned = visit.plan()
    inspection, finding = visit.reported()
    caller = system(organisation.chief)
    first = caller.get("/inspections", limit=1).json()
    [row] = first["items"]
    assert (row["id"], row["state"], row["late"]) == (str(inspection), "reported", False)
    [other] = caller.get("/inspections", cursor=first["next"]).json()["items"]
    assert (other["id"], other["inspected_units"]) == (str(planned), [str(organisation.hanoi), str(organisation.hue)])
    assert caller.get(f"/inspections/{inspection}").json() == row
    assert caller.get("/inspections", state="planned").json()["items"] == [other]
    assert caller.get("/inspections", unit=organisation.commune).json()["items"] == []
    visit.conclude(inspection)
    assignment = visit.assign(finding)
    [found] = caller.get("/findings", inspection=inspection, severity="serious", state="open").json()["items"]
    assert found == caller.get(f"/findings/{finding}").json()
    assert (found["unit"], found["standing"]) == (str(organisation.hanoi), "no_evidence")
    assert found["assignments"] == [str(assignment)]
    for asked in ({"unit": organisation.hue}, {"severity": "critical"}, {"state": "closed"}, {"inspection": planned}):
        assert caller.get("/findings", **asked).json() == {"items": [], "next": None}
    inspected = system(organisation.hanoi_officer)
    assert [one["id"] for one in inspected.get("/inspections").json()["items"]] == [str(inspection)]
    assert inspected.get(f"/inspections/{planned}").status_code == 404
    assert inspected.get("/findings").json()["items"] == [found]
    assert system(organisation.hue_officer).get(f"/findings/{finding}").status_code == 404


def test_incoming_documents_are_read(organisation: Organisation, system: Making) -> None:
    counter = Counter(organisation, clock.now())
    first, second = counter.register(symbol="12/CĐ-TTg"), counter.register(symbol="13/CĐ-TTg")
    counter.pass_on(first)
    caller = system(organisation.staff)
    newest, older = caller.get("/incoming-documents").json()["items"]
    assert [(row["id"], row["symbol"]) for row in (newest, older)] == [
        (str(second), "13/CĐ-TTg"), (str(first), "12/CĐ-TTg"),
    ]  # fmt: skip
    assert (older["state"], older["lead_unit"], older["timing"]) == (
        "passed_on", str(organisation.hanoi), "open_within_time",
    )  # fmt: skip
    assert caller.get(f"/incoming-documents/{first}").json() == older
    year = counter.today.year
    for asked, found in (
        ({"lead": organisation.hanoi}, [older]), ({"state": "registered"}, [newest]), ({"q": "13/cđ"}, [newest]),
        ({"timing": "open_within_time"}, [older]), ({"year": year}, [newest, older]), ({"year": year - 1}, []),
        ({"unit": organisation.hue}, []),
    ):  # fmt: skip
        assert caller.get("/incoming-documents", **asked).json()["items"] == found, asked
    leading = system(organisation.hanoi_officer)
    assert [row["id"] for row in leading.get("/incoming-documents").json()["items"]] == [str(first)]
    assert leading.get(f"/incoming-documents/{second}").status_code == 404


def hand_in(caller: System, xml: str | bytes, kind: str = "application/cap+xml", **query: object) -> HttpResponse:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return caller.client.post(f"/api/v1/alerts?{asked}", xml, content_type=kind)  # type: ignore[return-value]


def test_an_alert_is_handed_in_once(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.duty)
    first, again = hand_in(caller, message()), hand_in(caller, message())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    [finding] = first.json()["findings"]
    row = caller.get(f"/alerts/{finding['alert']}").json()
    assert (row["identifier"], row["severity"], row["state"]) == ("VN-1", "Severe", "draft")
    assert caller.get("/alerts", group="waiting").json()["items"] == [row]
    raw = caller.get(f"/alerts/{finding['alert']}/cap")
    assert raw.content == bytes(Alert.objects.get().raw)
    assert raw["Content-Type"] == "application/cap+xml"
    assert InboundFile.objects.get().source == "api"


def test_a_faulty_alert_is_refused_with_every_fault_and_kept_aside(organisation: Organisation, system: Making) -> None:
    caller = system(organisation.duty)
    refused = hand_in(caller, message(scope=""))
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    told = refused.json()
    assert told["type"] == "urn:thammuu:problem:alert"
    assert told["intake"]["findings"][0]["faults"][0]["line"] > 0
    assert str(InboundFile.objects.get().id) == told["intake"]["id"]
    assert hand_in(caller, b"").status_code == 400
    assert hand_in(caller, message(), kind="text/plain").status_code == 415
    assert hand_in(caller, message(), unit=organisation.hue).status_code == 201
    assert hand_in(system(organisation.hanoi_officer, "alerts:read"), message()).status_code == 403


def test_the_journal_is_followed_without_gap_or_double(
    organisation: Organisation, system: Making, seal: Callable[[], int], now: datetime
) -> None:
    fill(30)
    caller = system(organisation.chief, "journal:read")
    seal()
    seen, after = [], ""
    while True:
        page = caller.get("/journal/entries", after=after, limit=7).json()
        seen += [entry["position"] for entry in page["items"]]
        after = page["after"]
        if page["complete"]:
            break
    assert seen == sorted(seen) and len(seen) == len(set(seen)) == Sealed.objects.count()
    assert caller.get("/journal/entries", after=after).json()["items"] == []
    fill(2)
    seal()
    following = caller.get("/journal/entries", after=after).json()
    assert [entry["position"] for entry in following["items"]] == [seen[-1] + 1, seen[-1] + 2]
    # A restore lost the newest entries: whoever had them is told again from where the epochs part.
    Epoch.objects.create(number=2, first_position=seen[-1] - 3, opened_at=now)
    again = caller.get("/journal/entries", after=after).json()
    assert again["items"][0]["position"] == seen[-1] - 3
    assert again["after"].startswith("2.")


def test_a_narrowed_reader_follows_its_part(
    organisation: Organisation, system: Making, seal: Callable[[], int]
) -> None:
    caller = system(organisation.chief, "journal:read", unit=organisation.hue)
    seal()
    page = caller.get("/journal/entries", limit=200).json()
    hue = {str(organisation.hue)}
    assert page["items"] and all(hue & set(entry["units"]) for entry in page["items"])
    assert page["after"] == f"1.{Sealed.objects.count()}"
    foreign = Entry.objects.exclude(units__contains=[organisation.hue]).first()
    assert foreign is not None
    for address in (f"/journal/entries/{foreign.id}", f"/journal/entries/{foreign.id}/proof"):
        assert caller.get(address).status_code == 404
    assert caller.get("/journal/entries", after="x").status_code == 422


def test_an_entry_is_proved_without_trusting_us(
    organisation: Organisation,
    system: Making,
    seal: Callable[[], int],
    home: Path,  # noqa: F811
) -> None:
    caller = system(organisation.chief, "journal:read")
    entry = Entry.objects.order_by("sequence")[3]
    assert caller.get(f"/journal/entries/{entry.id}").status_code == 404
    seal()
    assert caller.get(f"/journal/entries/{entry.id}/proof").status_code == 404
    assert caller.get("/journal/checkpoint").status_code == 404
    note = Notary(KEY).sign_stored(driver())
    signed = caller.get("/journal/checkpoint").json()
    assert (signed["note"], signed["verifier"]) == (note, str(KEY.verifier))
    size, root = offline.checkpoint(note, str(KEY.verifier))
    proof = caller.get(f"/journal/entries/{entry.id}/proof").json()
    path = [bytes.fromhex(step["hash"]) for step in proof["path"]]
    leaf = leaf_hash(proof["leaf"].encode())
    assert root_from_inclusion(leaf, proof["position"] - 1, size, path) == root == bytes.fromhex(signed["root"])
    assert json.loads(proof["leaf"])["id"] == caller.get(f"/journal/entries/{entry.id}").json()["id"]
