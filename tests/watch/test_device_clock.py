"""A device whose clock is off: what it sends is filed in the journal's order, with both times, and flagged."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.ground import Organisation
from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.kernel import clock
from thammuu.org.models import Account
from thammuu.watch.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
DAY = timedelta(days=1)


@pytest.fixture
def officer(organisation: Organisation) -> Client:
    client = Client(headers={"Accept": "application/json"})
    client.force_login(Account.objects.get(pk=organisation.hanoi_officer.account))
    client.cookies["django_language"] = "en"
    return client


def _file(officer: Client, text: str, ahead: timedelta | None, **more: str) -> UUID:
    headers = {"Device-Time": (clock.now() + ahead).isoformat()} if ahead is not None else {}
    answer = officer.post("/watch/log/", {"text": text, "submission": str(uuid4()), **more}, headers=headers)
    assert answer.status_code == 201, answer.content
    return UUID(answer.json()["id"])


def _entry(id: UUID) -> FeedEntry:
    [entry] = feed.of_subjects([id])
    return entry


@pytest.mark.parametrize("ahead", [DAY, -DAY, timedelta(minutes=3)])
def test_a_line_of_a_device_that_is_off_is_filed_with_both_times(officer: Client, ahead: timedelta) -> None:
    before = clock.now()
    entry = _entry(_file(officer, "Có khói", ahead))
    assert before <= entry.recorded_at <= clock.now()
    assert entry.claimed_at == entry.recorded_at
    assert entry.device_at is not None
    assert abs(entry.device_at - entry.recorded_at - ahead) < timedelta(minutes=1)
    assert LogEntry.objects.get(id=entry.subject_id).device_at == entry.device_at


def test_the_order_is_the_journals_whatever_the_devices_say(officer: Client) -> None:
    filed = [_file(officer, text, ahead) for text, ahead in (("một", DAY), ("hai", None), ("ba", -DAY))]
    assert [entry.subject_id for entry in feed.of_subjects(filed)] == filed
    assert list(LogEntry.objects.order_by("id").values_list("id", flat=True)) == filed


@pytest.mark.parametrize(
    "said", ["", "tomorrow", "2026-01-05T08:00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "x" * 9000]
)
def test_a_clock_that_talks_nonsense_keeps_nothing_out(officer: Client, said: str) -> None:
    answer = officer.post("/watch/log/", {"text": "Có khói"}, headers={"Device-Time": said})
    assert answer.status_code == 201
    assert LogEntry.objects.get().device_at is None


def test_a_device_within_two_minutes_is_not_flagged(officer: Client) -> None:
    assert _entry(_file(officer, "Có khói", timedelta(seconds=110))).device_at is None


def test_a_body_that_is_long_under_way_puts_no_device_behind(officer: Client) -> None:
    sent = clock.now() - timedelta(minutes=9)
    headers = {"Device-Time": sent.isoformat()}
    officer.post("/watch/log/", {"text": "ảnh"}, headers=headers, **{"thammuu.arrived": sent})
    assert LogEntry.objects.get().device_at is None


def test_a_form_says_the_time_in_a_field_which_is_no_part_of_what_is_sent(officer: Client) -> None:
    said = {"title": "Cháy kho", "kind": "fire", "severity": "serious", "submission": str(uuid4())}
    said |= {"unit": str(LogEntry.objects.get(id=_file(officer, "khói", None)).unit_id)}
    places = [
        officer.post("/incidents/new/", {**said, "device_time": (clock.now() + ahead).isoformat()}).headers["Location"]
        for ahead in (DAY, timedelta(days=2))
    ]
    assert places[0] == places[1]
    entry = _entry(UUID(places[0].split("/")[2]))
    assert entry.device_at is not None
    assert round((entry.device_at - entry.recorded_at) / DAY) == 1


def test_the_flag_stands_wherever_the_times_do(officer: Client, organisation: Organisation) -> None:
    id = _file(officer, "Có khói", DAY + timedelta(minutes=1))
    entry = _entry(id)
    words = "The device’s clock was 1 d 0 h ahead"
    for address in ("/watch/log/", f"/watch/log/{id}/"):
        assert words in officer.get(address).content.decode(), address
    reader = Client()
    reader.force_login(Account.objects.get(pk=organisation.chief.account))
    reader.cookies["django_language"] = "en"
    for address in ("/journal/", f"/journal/{entry.id}/"):
        assert words in reader.get(address).content.decode(), address
    reader.cookies["django_language"] = "vi"
    assert "Đồng hồ của thiết bị chạy nhanh 1 ngày 0 giờ" in reader.get("/journal/").content.decode()


def test_a_time_read_off_a_device_that_is_ahead_is_refused_with_the_reason(officer: Client) -> None:
    ahead = clock.in_zone(clock.now() + timedelta(hours=3))
    answer = officer.post(
        "/watch/log/", {"text": f"{ahead:%H:%M %d/%m/%Y} có khói"}, headers={"Device-Time": ahead.isoformat()}
    )
    assert answer.status_code in (400, 422)
    reason = answer.json()["reason"]
    assert "has not come yet" in reason
    assert "The device’s clock was 3 h 0 min ahead; the server’s says" in reason
