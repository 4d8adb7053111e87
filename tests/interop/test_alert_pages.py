"""The pages of alerts: who sees what, what they show, and that they ask the database no more for more rows."""

from datetime import datetime
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.ground import Organisation, client_of
from tests.interop.messages import DATA, message
from thammuu.interop import actions
from thammuu.interop.models import Alert, InboundFile
from thammuu.kernel import clock
from thammuu.kernel.ids import new_id

pytestmark = pytest.mark.django_db


def take_in(organisation: Organisation, now: datetime, text: str, unit: UUID | None = None) -> Alert:
    took = actions.take_in_file(
        actor=organisation.duty, now=now, content=text.encode(), name="a.cap", source="upload",
        unit=unit or organisation.ministry,
    )  # fmt: skip
    return Alert.objects.get(id=took.file.results[0]["alert"])


def upload(client: Client, unit: UUID, *contents: bytes) -> object:
    files = [SimpleUploadedFile(f"{place}.cap", content) for place, content in enumerate(contents)]
    return client.post(
        "/alerts/intake/", {"unit": str(unit), "uploads": files, "submission": str(new_id())}, follow=True
    )


def test_files_are_taken_in_and_told_one_by_one(organisation: Organisation) -> None:
    client = client_of(organisation.duty)
    answer = upload(client, organisation.ministry, message().encode(), message(status="Real").encode(), b"")
    assert answer.status_code == 200  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "“Real” is not one of: Actual, Exercise, System, Test, Draft." in page
    assert "alert/status" in page
    assert "The file is empty." in page
    assert (Alert.objects.count(), InboundFile.objects.count()) == (1, 3)
    again = upload(client, organisation.ministry, message().encode()).content.decode()  # type: ignore[attr-defined]
    assert "nothing was doubled" in again
    assert (Alert.objects.count(), InboundFile.objects.count()) == (1, 3)
    aside = client.get("/alerts/files/").content.decode()
    assert aside.count('<th scope="row">') == 2
    assert client.get("/alerts/files/?show=all").content.decode().count('<th scope="row">') == 3


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared/data/cap beside the project")
def test_every_alert_of_the_services_has_its_page(organisation: Organisation) -> None:
    client = client_of(organisation.duty)
    contents = [path.read_bytes() for path in sorted(DATA.iterdir())]
    upload(client, organisation.ministry, *contents)
    # Two of the files are one message with different content: the first that came stands.
    assert Alert.objects.count() == 8
    for alert in Alert.objects.all():
        page = client.get(f"/alerts/{alert.id}/")
        assert page.status_code == 200
        assert client.get(f"/alerts/{alert.id}/areas.json").status_code == 200
    for group in ("waiting", "notices", "accepted", "over", "all", "nonsense"):
        assert client.get(f"/alerts/?group={group}").status_code == 200
    drawn = client.get("/map/alerts.json").json()["features"]
    assert {item["geometry"]["type"] for item in drawn} == {"Polygon", "Point"}
    assert {item["properties"]["tone"] for item in drawn} == {"off"}
    assert "test" not in {item["properties"]["mark"] for item in drawn}


def test_a_form_without_files_is_told_so(organisation: Organisation) -> None:
    answer = client_of(organisation.duty).post("/alerts/intake/", {"unit": str(organisation.ministry)})
    assert answer.status_code == 422
    foreign = client_of(organisation.duty).post("/alerts/intake/", {"unit": str(new_id()), "uploads": ""})
    assert foreign.status_code == 422


def test_the_list_filters_by_its_address(organisation: Organisation, now: datetime) -> None:
    take_in(organisation, now, message())
    take_in(organisation, now, message(identifier="VN-2", status="Exercise").replace("Bão số 9", "Diễn tập lũ"))
    take_in(organisation, now, message(identifier="VN-3", status="Test").replace("Bão số 9", "Thử máy"))
    client = client_of(organisation.duty)

    def titles(query: str) -> set[str]:
        page = client.get(f"/alerts/?{query}").content.decode()
        return {title for title in ("Bão số 9", "Diễn tập lũ", "Thử máy") if f">{title}</a>" in page}

    assert titles("") == {"Bão số 9", "Diễn tập lũ"}
    assert titles("mark=exercise") == {"Diễn tập lũ"}
    assert titles("mark=real") == {"Bão số 9"}
    assert titles("group=notices") == {"Thử máy"}
    assert titles("q=bao+so") == {"Bão số 9"}
    assert titles("q=hoang+sa&group=all") == {"Bão số 9", "Diễn tập lũ", "Thử máy"}
    assert titles("severity=Minor&group=all") == set()
    assert "EXERCISE" in client.get("/alerts/").content.decode()


def test_nobody_sees_the_alerts_of_another_unit(organisation: Organisation) -> None:
    alert = take_in(organisation, clock.now(), message(), organisation.hue)
    addresses = [
        f"/alerts/{alert.id}/", f"/alerts/{alert.id}/areas.json", f"/alerts/{alert.id}/source/",
        f"/alerts/files/{alert.file_id}/", f"/alerts/files/{alert.file_id}/content/",
    ]  # fmt: skip
    for actor, status in (
        (organisation.hue_officer, 200),
        (organisation.viewer, 200),
        (organisation.hanoi_officer, 404),
    ):
        client = client_of(actor)
        assert [client.get(address).status_code for address in addresses] == [status] * 5
        seen = status == 200
        assert (">Bão số 9</a>" in client.get("/alerts/").content.decode()) is seen
        assert bool(client.get("/map/alerts.json").json()["features"]) is seen
    assert client_of(organisation.hanoi_officer).post(f"/alerts/{alert.id}/dismissal/").status_code == 404
    assert Client().get(f"/alerts/{alert.id}/").status_code == 302


def test_who_may_not_handle_is_refused(organisation: Organisation, now: datetime) -> None:
    alert = take_in(organisation, now, message())
    client = client_of(organisation.viewer)
    page = client.get(f"/alerts/{alert.id}/").content.decode()
    assert "dismissal" not in page
    assert client.get("/alerts/intake/").status_code == 403
    answer = client.post(f"/alerts/{alert.id}/dismissal/", {"dismissal-reason": "x", "submission": str(new_id())})
    assert answer.status_code == 403
    alert.refresh_from_db()
    assert alert.state == "draft"


def test_putting_aside_needs_a_reason(organisation: Organisation, now: datetime) -> None:
    alert = take_in(organisation, now, message())
    client = client_of(organisation.duty)
    address = f"/alerts/{alert.id}/dismissal/"
    assert client.post(address, {"dismissal-reason": " ", "submission": str(new_id())}).status_code == 422
    sent = {"dismissal-reason": "Ngoài địa bàn", "submission": str(new_id())}
    assert client.post(address, sent).status_code == 302
    page = client.get(f"/alerts/{alert.id}/").content.decode()
    assert "Ngoài địa bàn" in page
    # The answer was lost and the form is sent again: the same answer, nothing twice.
    assert client.post(address, sent).status_code == 302


def test_what_came_leaves_as_a_download_only(organisation: Organisation, now: datetime) -> None:
    alert = take_in(organisation, now, message())
    client = client_of(organisation.duty)
    for address in (f"/alerts/{alert.id}/source/", f"/alerts/files/{alert.file_id}/content/"):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/alerts/files/{alert.file_id}/content/").content == message().encode()


def test_markup_in_an_alert_stays_text(organisation: Organisation, now: datetime) -> None:
    script = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"
    alert = take_in(organisation, now, message().replace("Bão số 9", script).replace("Đặc khu Hoàng Sa", script))
    client = client_of(organisation.duty)
    for address in ("/alerts/", f"/alerts/{alert.id}/", f"/alerts/files/{alert.file_id}/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("address", ["/alerts/?group=all", "/map/alerts.json", "/alerts/files/?show=all"])
def test_more_rows_ask_no_more_queries(
    organisation: Organisation, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(organisation.duty)
    take_in(organisation, clock.now(), message())
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(2, 12):
        take_in(organisation, clock.now(), message(identifier=f"VN-{number}"))
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_accepting_leads_to_the_incident(organisation: Organisation, now: datetime) -> None:
    alert = take_in(organisation, now, message(status="Exercise"))
    client = client_of(organisation.duty)
    assert "EXERCISE" in client.get(f"/alerts/{alert.id}/").content.decode()
    sent = {"submission": str(new_id())}
    first = client.post(f"/alerts/{alert.id}/acceptance/", sent)
    again = client.post(f"/alerts/{alert.id}/acceptance/", sent)
    assert (first.status_code, first["Location"]) == (302, again["Location"])
    page = client.get(first["Location"]).content.decode()
    assert "EXERCISE" in page
    assert client.post(f"/alerts/{alert.id}/acceptance/", {"submission": str(new_id())}).status_code == 403
    board = client.get("/watch/").content.decode()
    assert "EXERCISE" in board


def test_drafts_stand_on_the_board_and_on_the_map(organisation: Organisation) -> None:
    take_in(organisation, clock.now(), message())
    client = client_of(organisation.duty)
    assert "Bão số 9" in client.get("/watch/").content.decode()
    assert client.get("/map/").status_code == 200
    [point] = client.get("/map/incidents.json").json()["features"]
    assert point["geometry"]["coordinates"] == [111.5, 16.5]
