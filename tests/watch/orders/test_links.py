"""An order by its link: what it opens, for how long, what it never opens, and that no log holds it."""

import logging
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.ground import Organisation, client_of
from tests.watch.orders.giving import addressee_of, give, told
from thammuu.config.observing.logs import JsonFormatter
from thammuu.journal import feed
from thammuu.journal.models import Body
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.org.api import pace
from thammuu.org.authority import SYSTEM
from thammuu.watch.orders import actions
from thammuu.watch.orders.models import Order, OrderLink
from thammuu.watch.orders.receivers import Addressee
from thammuu.watch.orders.rules import MOST_TRIES, OrderState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
NAME = {"name": "Trung úy An, trực ban"}


@pytest.fixture(autouse=True)
def _at_ease() -> None:
    pace.forget()


def address_of(token: str) -> str:
    return f"/orders/by-link/{token}/"


def link_to(organisation: Organisation, order: Order, hours: int = 4, now: datetime | None = None) -> str:
    to = addressee_of(order).id
    return actions.make_link(actor=organisation.duty, now=now or clock.now(), addressee=to, hours=hours)


def commune_order(organisation: Organisation, **said: object) -> Order:
    return give(organisation, clock.now(), to=[Addressee(organisation.commune)], **said)


def test_the_page_makes_a_link_and_shows_it_once(organisation: Organisation) -> None:
    order = commune_order(organisation)
    watch, to = client_of(organisation.duty), addressee_of(order).id
    page = watch.post(f"/orders/to/{to}/link/", {"hours": "4"})
    assert "no-store" in page["Cache-Control"]
    found = re.search(r"http://testserver(/orders/by-link/thammuu_\w{8}_[\w-]+/)", page.content.decode())
    assert found is not None
    assert Client().get(found[1]).status_code == 200
    shown = watch.get(f"/orders/{order.id}/").content.decode()
    assert found[1] not in shown
    assert "Revoke the link" in shown
    watch.post(f"/orders/to/{to}/link/revocation/")
    assert Client().get(found[1]).status_code == 410
    assert watch.post(f"/orders/to/{to}/link/", {"hours": "9"}).status_code == 400


def test_whoever_has_it_reads_answers_and_reports_under_a_name(organisation: Organisation) -> None:
    order = commune_order(organisation, wants_read_back=True)
    guest, address = Client(), address_of(link_to(organisation, order))
    page = guest.get(address)
    assert "Chốt cổng số 2" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert addressee_of(order).answered_at is None
    nameless = guest.post(address, {"act": "acknowledgement", "read_back": "Chốt cổng"})
    assert nameless.status_code == 422
    lacking = guest.post(address, {"act": "acknowledgement", **NAME})
    assert (lacking.status_code, addressee_of(order).state) == (422, OrderState.GIVEN)
    assert NAME["name"] in lacking.content.decode()
    guest.post(address, {"act": "acknowledgement", "read_back": "Chốt cổng", **NAME})
    for _twice in range(2):
        guest.post(address, {"act": "report", "report": "Đang đi", **NAME})
    guest.post(address, {"act": "completion", "report": "Đã chốt", **NAME})
    assert guest.post(address, {"act": "confirmation", **NAME}).status_code == 400
    assert addressee_of(order).state == OrderState.COMPLETED
    assert told(order) == ["given", "addressed", "acknowledged", "progress_reported", "completed"]
    entry = feed.of_subjects([addressee_of(order).id])[-1]
    assert (entry.account, entry.post) == (None, None)
    assert entry.say("en").endswith(f"by link, as said: {NAME['name']}")
    assert "By link" in client_of(organisation.duty).get(f"/orders/{order.id}/").content.decode()


def test_a_refusal_by_link(organisation: Organisation) -> None:
    order = commune_order(organisation)
    address = address_of(link_to(organisation, order))
    assert Client().post(address, {"act": "refusal", **NAME}).status_code == 422
    Client().post(address, {"act": "refusal", "reason": "Hết xe", **NAME})
    assert addressee_of(order).refusal == "Hết xe"


def test_it_opens_nothing_else(organisation: Organisation) -> None:
    order, other = commune_order(organisation), commune_order(organisation)
    guest, token = Client(), link_to(organisation, order)
    guest.get(address_of(token))
    for address in ("/orders/", f"/orders/{order.id}/", f"/orders/to/{addressee_of(order).id}/report/", "/"):
        assert guest.get(address).status_code in (302, 405)
    said = {"read_back": "x", **NAME}
    assert guest.post(f"/orders/to/{addressee_of(other).id}/acknowledgement/", said).status_code == 302
    bearer = Client(headers={"Authorization": f"Bearer {token}"})
    assert bearer.get("/api/v1/units").status_code == 401
    assert bearer.get(f"/calendar/{token}.ics").status_code == 404
    assert addressee_of(other).answered_at is None


def test_the_end_of_the_order_is_said_and_a_late_answer_kept(organisation: Organisation) -> None:
    order = commune_order(organisation)
    address = address_of(link_to(organisation, order))
    actions.withdraw_order(actor=organisation.duty, now=clock.now(), order=order.id, reason="Đã rõ")
    page = Client().get(address).content.decode()
    assert "Đã rõ" in page
    assert 'name="act"' not in page
    Client().post(address, {"act": "acknowledgement", **NAME})
    assert told(order)[-1] == "answer_kept"


def test_a_link_ends(organisation: Organisation) -> None:
    order, now = commune_order(organisation), clock.now()
    expired = link_to(organisation, order, 1, now - timedelta(hours=1))
    assert Client().get(address_of(expired)).status_code == 410
    assert Client().post(address_of(expired), {"act": "acknowledgement", **NAME}).status_code == 410
    second = link_to(organisation, order)
    assert OrderLink.objects.get(ended_at=None).prefix in second
    third = link_to(organisation, order)
    assert Client().get(address_of(second)).status_code == 410
    assert Client().get(address_of(third)).status_code == 200
    assert addressee_of(order).answered_at is None


def test_another_token_opens_nothing_and_is_tried_ten_times_at_most(organisation: Organisation) -> None:
    order = commune_order(organisation)
    token = link_to(organisation, order)
    for wrong in ("x", "thammuu_x", f"thammuu_abcdefgh_{'x' * 43}", token[:-1], f"{token}x"):
        assert Client().get(address_of(wrong)).status_code == 404
    wrong = token[:-43] + "x" * 43
    for _time in range(MOST_TRIES - 1):
        assert Client().get(address_of(wrong)).status_code == 404
    assert Client().get(address_of(token)).status_code == 200
    Client().get(address_of(wrong))
    assert Client().get(address_of(token)).status_code == 410
    link = OrderLink.objects.get()
    assert (link.end, link.tries) == ("tried", MOST_TRIES)
    Client().get(address_of(wrong))
    assert OrderLink.objects.get().tries == MOST_TRIES


def test_whoever_asks_too_fast_waits(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    address = address_of(link_to(organisation, commune_order(organisation)))
    link = OrderLink.objects.get().id
    # However slow the machine is, no time passes meanwhile.
    monkeypatch.setattr(pace, "RATE", 1e-9)
    while not pace.wait_of(link):
        pass
    assert Client().get(address).status_code == 429


def test_who_makes_a_link_and_to_what(organisation: Organisation) -> None:
    order = commune_order(organisation)
    said: dict[str, Any] = {"now": clock.now(), "addressee": addressee_of(order).id, "hours": 4}
    with pytest.raises(Refused):
        actions.make_link(actor=organisation.commune_officer, **said)
    with pytest.raises(Missing):
        actions.make_link(actor=organisation.hue_officer, **said)
    secret = give(organisation, clock.now(), organisation.chief, classification=1)
    with pytest.raises(BadInput, match="classified"):
        actions.make_link(
            actor=organisation.chief, now=clock.now(), addressee=addressee_of(secret).id, hours=4
        )  # fmt: skip
    actions.withdraw_order(actor=organisation.duty, now=clock.now(), order=order.id, reason="Thôi")
    with pytest.raises(BadInput, match="has ended"):
        actions.make_link(actor=organisation.duty, **said)
    with pytest.raises(Missing):
        actions.open_link(actor=SYSTEM, now=clock.now(), token="thammuu_x")


def test_no_log_and_no_journal_holds_it(organisation: Organisation, caplog: pytest.LogCaptureFixture) -> None:
    order = commune_order(organisation)
    token = link_to(organisation, order)
    with caplog.at_level(logging.DEBUG):
        Client().get(address_of(token))
        Client().get(address_of(token[:-1]))
        Client(enforce_csrf_checks=True).post(address_of(token), {"act": "report"})
    secret = token[-43:-20]
    formatter = JsonFormatter()
    assert [record.name for record in caplog.records if secret in formatter.format(record)] == []
    assert not Body.objects.filter(text__contains=secret).exists()
    assert secret not in OrderLink.objects.get().digest
