"""The feed of deadlines: what stands in it for whom, what its token opens, and that no log holds it."""

import logging
import re
from datetime import UTC, date, timedelta

import icalendar
import pytest
from django.test import Client

from tests.api.conftest import System, token_for
from tests.directives.conftest import thread  # noqa: F401
from tests.directives.thread import Thread
from tests.ground import Organisation
from tests.org.test_granting_pages import proved
from thammuu.config.observing.logs import JsonFormatter
from thammuu.directives import actions
from thammuu.directives.models import Assignment
from thammuu.interop.calendars import codec
from thammuu.journal.models import Body
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput
from thammuu.org import actions as org
from thammuu.org import authority
from thammuu.org.account.actions import revoke_token
from thammuu.org.account.models import ApiToken
from thammuu.org.models import Holding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def address_for(actor: Actor) -> str:
    return f"/calendar/{token_for(actor, 'calendar:read', unit=actor.unit)}.ics"


def read(address: str) -> dict[str, icalendar.Event]:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == codec.MEDIA_TYPE
    assert "no-store" in answer["Cache-Control"]
    calendar = icalendar.Calendar.from_ical(answer.content)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}  # type: ignore[misc]


def test_a_deadline_is_read_back_as_it_was_written() -> None:
    at = clock.now().replace(microsecond=0)
    one = codec.Deadline(
        "a", at, "Hạn, chót; \\ 1", "Dòng 1\nDòng 2", "https://x.example/a", 3, at - timedelta(1), True
    )
    content = codec.write("Hạn của “Phòng”", [one])
    calendar = icalendar.Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    assert (str(event["summary"]), str(event["description"])) == (one.summary, one.description)
    assert (event.decoded("dtstart"), event.decoded("last-modified")) == (at, one.changed_at)
    assert (event["sequence"], event["status"], event["transp"]) == (3, "CANCELLED", "TRANSPARENT")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content == codec.write("Hạn của “Phòng”", [one])


def test_the_feed_follows_the_assignment(thread: Thread, organisation: Organisation) -> None:  # noqa: F811
    address = address_for(organisation.hanoi_officer)
    row = thread.row()
    before = read(address)[str(row.id)]
    assert before.decoded("dtstart") == row.deadline.astimezone(UTC).replace(microsecond=0)
    assert row.title in str(before["summary"])
    later = row.deadline + timedelta(days=9)
    actions.extend_deadline(
        actor=organisation.chief, now=thread.now, assignment=row.id, deadline=later, reason="Bão"
    )  # fmt: skip
    moved = read(address)[str(row.id)]
    assert moved.decoded("dtstart") == later.astimezone(UTC).replace(microsecond=0)
    assert moved["sequence"] == before["sequence"] + 1
    assert clock.format_instant(row.original_deadline, organisation.hanoi_officer.language) in str(moved["description"])
    actions.withdraw_assignment(actor=organisation.chief, now=thread.now, assignment=row.id, reason="Thừa")
    assert read(address)[str(row.id)]["status"] == "CANCELLED"


def test_who_reads_what(thread: Thread, organisation: Organisation) -> None:  # noqa: F811
    own = str(thread.assignment)
    assert own in read(address_for(organisation.hanoi_officer))
    assert own not in read(address_for(organisation.hue_officer))
    issuer = address_for(organisation.chief)
    assert own not in read(issuer)
    assert own in read(f"{issuer}?issued=1")


def test_what_is_classified_leaves_without_words(thread: Thread, organisation: Organisation) -> None:  # noqa: F811
    row = thread.row()
    Assignment.objects.filter(id=row.id).update(classification=1)
    officer = organisation.chief
    event = read(f"{address_for(officer)}?issued=1")[str(row.id)]
    assert not any(word in event.to_ical().decode() for word in ("nút giao", "Hà Nội"))
    Assignment.objects.filter(id=row.id).update(classification=row.classification)


def test_a_long_past_deadline_goes_once_it_is_done(thread: Thread, organisation: Organisation) -> None:  # noqa: F811
    address, past = address_for(organisation.hanoi_officer), clock.now() - timedelta(days=100)
    row = thread.row()
    Assignment.objects.filter(id=row.id).update(deadline=past)
    assert str(row.id) in read(address)
    Assignment.objects.filter(id=row.id).update(state="closed")
    assert str(row.id) not in read(address)
    Assignment.objects.filter(id=row.id).update(state=row.state, deadline=row.deadline)


def test_the_address_is_shown_once_and_opens_nothing_else(organisation: Organisation) -> None:
    client = proved(organisation.hanoi_officer)
    assert client.post("/follow-up/calendar/feeds/new/", {"purpose": " ", "days": "30"}).status_code == 422
    page = client.post("/follow-up/calendar/feeds/new/", {"purpose": "Điện thoại", "days": "30"}).content.decode()
    token = re.findall(r"/calendar/(thammuu_[^.]+)\.ics", page)[0]
    row = ApiToken.objects.get()
    assert (row.scopes, row.unit_id, row.purpose) == (["calendar:read"], organisation.hanoi, "Điện thoại")
    secret = token.rpartition(f"{row.prefix}_")[2]
    assert not any(secret in str(kept) for kept in (ApiToken.objects.values_list(), Body.objects.values_list("text")))
    account = client.get("/account/").content.decode()
    assert "Điện thoại" in account
    assert secret not in account
    assert System(token).get("/log").status_code == 403
    other = token_for(organisation.hanoi_officer, "assignments:read", unit=organisation.hanoi)
    assert Client().get(f"/calendar/{other}.ics").status_code == 404
    with pytest.raises(BadInput):
        token_for(organisation.hanoi_officer, "calendar:read", "log:read")


def test_it_ends_with_its_term_its_revocation_and_its_post(organisation: Organisation) -> None:
    officer = organisation.hanoi_officer
    addresses = [address_for(officer) for _each in range(3)]
    first, second, third = ApiToken.objects.order_by("made_at", "id")
    revoke_token(actor=officer, now=clock.now(), token=first.id)
    ApiToken.objects.filter(id=second.id).update(ends_at=clock.now())
    assert [Client().get(address).status_code for address in addresses] == [404, 404, 200]
    ApiToken.objects.filter(id=second.id).update(ends_at=second.ends_at)
    holding = Holding.objects.get(id=third.holding_id)
    org.leave_post(actor=authority.SYSTEM, now=clock.now(), holding=holding.id, ends_on=date(2026, 1, 2))
    authority.forget()
    assert [Client().get(address).status_code for address in addresses] == [404, 404, 404]


def test_no_log_holds_the_token(organisation: Organisation, caplog: pytest.LogCaptureFixture) -> None:
    address = address_for(organisation.hanoi_officer)
    wrong = address[:-12] + "x" * 8 + ".ics"
    # Whatever Django itself has to say, its own threshold aside.
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, "django.request"):
        assert Client().get(address).status_code == 200
        assert Client().get(wrong).status_code == 404
        assert Client().post(address).status_code in (403, 405)
    written = "\n".join(JsonFormatter().format(record) for record in caplog.records)
    assert caplog.records
    assert not any(part in written for part in ("thammuu_", address[20:50], wrong[20:50]))
