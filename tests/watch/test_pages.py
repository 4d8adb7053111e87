"""The watch floor's pages and the answers to scripts: what is shown, refused, kept, and asked of the database."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.ground import Organisation, client_of
from tests.watch.floor import open_incident, write
from thammuu.journal import feed
from thammuu.kernel import clock
from thammuu.kernel.ids import new_id
from thammuu.org import authority
from thammuu.org.models import Account
from thammuu.watch import actions
from thammuu.watch.models import Drawing, Incident, LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]

JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _own_store(settings: object, tmp_path: Path) -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined]


def test_the_floor_shows_what_is_open(organisation: Organisation, now: datetime) -> None:
    row = open_incident(organisation, now, "Cháy <kho>", severity="critical", mark="exercise", place_text="Ngõ 12")
    entry = write(organisation, now, "Có <khói>", incident=row.id)
    client = client_of(organisation.duty)
    for address in ("/watch/", "/incidents/", f"/incidents/{row.id}/", "/map/"):
        page = client.get(address).content.decode()
        assert f"#{row.number}" in page
        assert "Cháy &lt;kho&gt;" in page
        assert "EXERCISE" in page
        assert "Ngõ 12" in page
    for address in ("/watch/", "/watch/log/", f"/watch/log/{entry}/", f"/incidents/{row.id}/"):
        page = client.get(address).content.decode()
        assert "EXERCISE" in page
        assert "Có &lt;khói&gt;" in page
        assert "<khói>" not in page


def test_another_units_rows_do_not_exist(organisation: Organisation, now: datetime) -> None:
    row, entry = open_incident(organisation, now), write(organisation, now)
    client = client_of(organisation.hue_officer)
    for address in (f"/incidents/{row.id}/", f"/watch/log/{entry}/", f"/incidents/new/?entry={entry}"):
        assert client.get(address).status_code == 404
    assert client.post(f"/incidents/{row.id}/closure/", {"outcome": "Xong"}).status_code == 404
    assert client.post(f"/watch/log/{entry}/strike/", {"reason": "Nhầm"}).status_code == 404
    for address in ("/watch/", "/watch/log/", "/incidents/", "/map/"):
        page = client.get(address).content.decode()
        assert "Cháy kho" not in page
        assert "Có khói" not in page
    assert client.get("/map/incidents.json").json()["features"] == []


def test_a_unit_that_joins_later_sees_the_whole_timeline(organisation: Organisation, now: datetime) -> None:
    row = open_incident(organisation, now)
    write(organisation, now, "Khói từ tầng 3", incident=row.id)
    actions.share_incident(actor=organisation.duty, now=now, incident=row.id, units=[organisation.hue])
    page = client_of(organisation.hue_officer).get(f"/incidents/{row.id}/").content.decode()
    assert f"Incident #{row.number} opened: Cháy kho" in page
    assert "Khói từ tầng 3" in page


def test_what_is_not_allowed_says_why(organisation: Organisation, now: datetime) -> None:
    row, entry = open_incident(organisation, now), write(organisation, now)
    client = client_of(organisation.viewer)
    sent = [
        (f"/incidents/{row.id}/closure/", {"outcome": "Xong"}, "Your post does not close this incident."),
        (f"/incidents/{row.id}/severity/", {"severity": "critical"}, "Your post does not handle this incident."),
        (f"/watch/log/{entry}/strike/", {"reason": "x"}, "Only its author or a duty officer may strike this entry."),
        ("/watch/log/", {"text": "Cháy"}, "Your post does not write in the duty log."),
        (f"/watch/log/{entry}/incident/", {"number": row.number}, "Your post does not write in the duty log."),
    ]
    for address, values, reason in sent:
        page, told = client.post(address, values), client.post(address, values, headers=JSON)
        assert (page.status_code, told.status_code) == (403, 403)
        assert reason in page.content.decode()
        assert told.json()["reason"] == reason


def test_what_was_typed_is_kept_when_it_cannot_be_taken(organisation: Organisation, now: datetime) -> None:
    row = open_incident(organisation, now)
    client, long = client_of(organisation.duty), "Lan sang nhà bên " * 40
    sent: list[tuple[str, dict[str, object], str]] = [
        ("/watch/log/", {"text": "Cháy to #99"}, "Cháy to #99"),
        ("/incidents/new/", {"title": "", "place_text": "Ngõ 12 phố Huế"}, "Ngõ 12 phố Huế"),
        ("/incidents/new/", {"title": "Cháy", "lat": "21", "unit": organisation.hanoi, "kind": "fire"}, "Cháy"),
        (f"/incidents/{row.id}/severity/", {"severity": "critical", "reason": long}, long.strip()),
        (f"/incidents/{row.id}/place/", {"place_text": "Chợ Mơ", "lat": "200"}, "Chợ Mơ"),
        (f"/incidents/{row.id}/status/", {"status": "closed", "reason": "Hết cháy rồi"}, "Hết cháy rồi"),
        ("/map/", {"name": "Cổng số 9", "kind": "site", "geometry": "{"}, "Cổng số 9"),
    ]
    for address, values, kept in sent:
        answer = client.post(address, values)
        assert (address, answer.status_code) == (address, 422)
        assert kept in answer.content.decode()
    assert (Incident.objects.count(), LogEntry.objects.count(), Drawing.objects.count()) == (1, 0, 0)


def test_a_line_of_a_script_is_answered_with_its_id(organisation: Organisation) -> None:
    client = client_of(organisation.duty)
    sent = {"text": "14 người đã rời khu vực", "submission": str(new_id())}
    first, again = client.post("/watch/log/", sent, headers=JSON), client.post("/watch/log/", sent, headers=JSON)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json()["id"], first.json()["replayed"]) == (str(LogEntry.objects.get().id), False)
    assert (again.json()["id"], again.json()["replayed"]) == (first.json()["id"], True)
    other = client.post("/watch/log/", {**sent, "text": "khác"}, headers=JSON)
    assert other.status_code == 409
    assert "what was recorded then stands" in other.json()["reason"]
    for wrong, words in (
        ({"text": "cháy #99"}, "There is no incident #99."),
        ({"text": "  "}, "An entry needs words."),
        ({"text": "cháy", "submission": "5"}, "number is broken"),
    ):
        answer = client.post("/watch/log/", wrong, headers=JSON)
        assert answer.status_code == 400
        assert words in answer.json()["reason"]
    assert LogEntry.objects.count() == 1


def test_a_line_is_read_while_it_is_typed(organisation: Organisation, now: datetime) -> None:
    row = open_incident(organisation, now)
    answer = client_of(organisation.duty).get("/watch/log/parse/", {"text": f"Huế: cháy #{row.number} #99"})
    parts = [(part["kind"], part["label"], part.get("doubtful")) for part in answer.json()["parts"]]
    assert parts[:2] == [("unit", "Huế", None), ("incident", f"#{row.number}", None)]
    assert parts[2][0] == "doubt"
    assert answer.json()["text"] == "cháy #99"


def test_an_ended_session_is_told_to_scripts_and_sends_pages_to_sign_in() -> None:
    client = Client()
    answer = client.post("/watch/log/", {"text": "Cháy"}, headers=JSON)
    assert (answer.status_code, answer.json()["sign_in"]) == (401, "/sign-in/")
    assert answer.json()["reason"]
    assert client.get("/watch/log/parse/?text=a", headers=JSON).status_code == 401
    page = client.get("/watch/log/?q=a")
    assert (page.status_code, page["Location"]) == (302, "/sign-in/?next=%2Fwatch%2Flog%2F%3Fq%3Da")


def test_a_stale_tab_is_told_so(organisation: Organisation) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(id=str(organisation.duty.account)))
    answer = client.post("/watch/log/", {"text": "Cháy"}, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (403, "stale")
    assert not LogEntry.objects.exists()


def test_what_an_incident_is_has_to_be_chosen(organisation: Organisation) -> None:
    client = client_of(organisation.duty)
    sent = {"title": "Khói", "severity": "normal", "unit": organisation.hanoi, "submission": str(new_id())}
    answer = client.post("/incidents/new/", {**sent, "kind": ""})
    assert answer.status_code == 422
    assert 'value="Khói"' in answer.content.decode()
    assert not Incident.objects.exists()


def test_a_timeline_names_its_days(organisation: Organisation, now: datetime) -> None:
    row = open_incident(organisation, now - timedelta(days=1))
    write(organisation, now, incident=row.id)
    page = client_of(organisation.duty).get(f"/incidents/{row.id}/").content.decode()
    newer, older = (f">{day:%d/%m/%Y}</li>" for day in (clock.day_of(now), clock.day_of(now - timedelta(days=1))))
    assert 0 < page.index(newer) < page.index("Có khói") < page.index(older) < page.index("Cháy kho", page.index(older))


def test_a_filter_that_leaves_nothing_says_how_to_go_on(organisation: Organisation, now: datetime) -> None:
    open_incident(organisation, now)
    page = client_of(organisation.duty).get("/watch/?q=zzzz").content.decode()
    assert "No open incident matches" in page
    assert "No incident is open" not in page


def test_the_journal_tells_changes_in_words(organisation: Organisation, now: datetime, seal: Callable[[], int]) -> None:
    row = open_incident(organisation, now)
    actions.change_status(actor=organisation.duty, now=now, incident=row.id, status="contained")
    seal()
    told = {entry.say("vi") for entry in feed.after(0, 100) if entry.kind == "watch.incident_change_noted"}
    assert told == {"Trạng thái: Mới báo → Đã khống chế"}


def test_the_log_shows_only_what_still_needs_an_incident_or_was_struck(
    organisation: Organisation, now: datetime
) -> None:
    incident = open_incident(organisation, now)
    write(organisation, now, "Khói ở bến", kind="report")
    write(organisation, now, "Khói đã gắn", kind="report", incident=incident.id)
    write(organisation, now, "Ghi chú ca trực")
    struck = write(organisation, now, "Ghi nhầm", kind="report")
    actions.strike_log_entry(actor=organisation.duty, now=now, entry=struck, reason="Nhầm đơn vị")
    client = client_of(organisation.duty)

    def shown(status: str) -> set[str]:
        page = client.get("/watch/log/", {"status": status}).content.decode()
        return {text for text in ("Khói ở bến", "Khói đã gắn", "Ghi chú ca trực", "Ghi nhầm") if text in page}

    assert shown("unattached") == {"Khói ở bến"}
    assert shown("struck") == {"Ghi nhầm"}
    assert len(shown("")) == 4


def test_an_incident_is_opened_once_from_its_log_entry(organisation: Organisation, now: datetime) -> None:
    entry = write(organisation, now, "Cháy nhà dân ở ngõ 12", place_text="ngõ 12")
    client = client_of(organisation.duty)
    page = client.get(f"/incidents/new/?entry={entry}").content.decode()
    assert 'value="Cháy nhà dân ở ngõ 12"' in page
    assert 'value="ngõ 12"' in page
    sent = {
        "title": "Cháy nhà dân", "kind": "fire", "severity": "serious", "unit": organisation.hanoi,
        "submission": str(new_id()),
    }  # fmt: skip
    first, again = (client.post(f"/incidents/new/?entry={entry}", sent) for _ in range(2))
    row = Incident.objects.get()
    assert (first["Location"], again["Location"]) == (f"/incidents/{row.id}/", f"/incidents/{row.id}/")
    assert LogEntry.objects.get().incident_id == row.id
    assert client.post(f"/incidents/new/?entry={entry}", {**sent, "title": "Khác"}).status_code == 409


def test_each_change_comes_back_to_the_incident(organisation: Organisation, now: datetime) -> None:
    row = open_incident(organisation, now)
    client = client_of(organisation.duty)
    for noun, values in (
        ("severity", {"severity": "serious", "reason": "Lan rộng"}),
        ("status", {"status": "contained"}),
        ("place", {"place_text": "Chợ Mơ", "lat": "21.0", "lon": "105.8"}),
        ("closure", {"outcome": "Đã dập tắt"}),
        ("reopening", {"reason": "Bùng lại"}),
    ):
        answer = client.post(f"/incidents/{row.id}/{noun}/", values)
        assert (noun, answer.status_code, answer["Location"]) == (noun, 302, f"/incidents/{row.id}/")
        assert client.get(f"/incidents/{row.id}/{noun}/").status_code == 405
    row.refresh_from_db()
    assert (row.severity, row.status, row.place_text) == ("serious", "in_progress", "Chợ Mơ")
    page = client.get(f"/incidents/{row.id}/").content.decode()
    for said in ("Severity changed from Normal to Serious. Lan rộng", "Incident closed. Outcome: Đã dập tắt"):
        assert said in page


def test_two_officers_on_one_incident_are_told_of_each_other(organisation: Organisation, now: datetime) -> None:
    row = open_incident(organisation, now)
    duty, chief = client_of(organisation.duty), client_of(organisation.chief)
    page = chief.get(f"/incidents/{row.id}/").content.decode()
    seen = re.findall(r'name="seen" value="([^"]+)"', page)[0]
    meanwhile = "Meanwhile another officer changed this incident too."
    for name, mine, theirs in (
        ("severity", {"severity": "serious"}, {"severity": "critical"}),
        ("status", {"status": "contained"}, {"status": "in_progress"}),
        ("closure", {"outcome": "Đã dập tắt"}, {"outcome": "Một người bị thương"}),
    ):
        first = duty.post(f"/incidents/{row.id}/{name}/", mine, follow=True).content.decode()
        assert meanwhile not in first
        second = chief.post(f"/incidents/{row.id}/{name}/", theirs | {"seen": seen}, follow=True).content.decode()
        assert meanwhile in second
        again = chief.post(f"/incidents/{row.id}/{name}/", theirs, follow=True).content.decode()
        assert "It stood like that already" in again
    row.refresh_from_db()
    assert (row.severity, row.status, row.outcome) == ("critical", "closed", "Đã dập tắt; Một người bị thương")
    assert duty.post(f"/incidents/{row.id}/severity/", {"severity": "normal", "seen": "no time"}).status_code == 302


def test_an_entry_is_attached_by_the_incidents_number(organisation: Organisation, now: datetime) -> None:
    row, entry = open_incident(organisation, now), write(organisation, now)
    client = client_of(organisation.duty)
    for wrong in ("", "x", "99"):
        assert client.post(f"/watch/log/{entry}/incident/", {"number": wrong}).status_code == 422
    assert client.post(f"/watch/log/{entry}/incident/", {"number": f"#{row.number}"}).status_code == 302
    assert LogEntry.objects.get().incident_id == row.id


def test_more_rows_ask_the_database_no_more(organisation: Organisation, now: datetime) -> None:
    client, incident = client_of(organisation.duty), open_incident(organisation, now)
    pages = ("/watch/", "/watch/log/", "/incidents/", f"/incidents/{incident.id}/", "/map/")
    asked: dict[str, list[int]] = {address: [] for address in pages}
    there = 0
    for wanted in (1, 3, 50):
        for place in range(there, wanted):
            open_incident(organisation, now, f"Vụ {place}", unit=(organisation.hanoi, organisation.hue)[place % 2])
            write(organisation, now, f"Dòng {place}", incident=incident.id)
        there = wanted
        for address in pages:
            authority.forget()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            asked[address].append(len(queries))
    assert {address: len(set(counts)) for address, counts in asked.items()} == dict.fromkeys(pages, 1), asked
