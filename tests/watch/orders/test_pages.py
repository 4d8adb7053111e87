"""The pages of orders: what is shown, done, refused and kept, and what is asked of the database."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.ground import Organisation, client_of
from tests.watch.floor import open_incident, write
from tests.watch.orders.giving import addressee_of, give
from thammuu.journal import feed
from thammuu.journal.presentation import cards_of, fragments_of
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.org import actions as org
from thammuu.org import authority
from thammuu.org.authority import SYSTEM
from thammuu.watch.orders import actions, working
from thammuu.watch.orders.models import Order
from thammuu.watch.orders.receivers import Addressee
from thammuu.watch.orders.rules import OrderState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
MINUTE = timedelta(minutes=1)


def test_the_loop_from_the_form_to_the_confirmation(organisation: Organisation, now: datetime) -> None:
    incident = open_incident(organisation, now)
    watch, hanoi = client_of(organisation.duty), client_of(organisation.hanoi_officer)
    said = {
        "text": "Chốt cổng <2>", "units": [str(organisation.hanoi)], "urgency": "urgent", "minutes": "5",
        "wants_read_back": "on",
    }  # fmt: skip
    answer = watch.post(f"/orders/new/?incident={incident.id}", said)
    order = Order.objects.get()
    assert answer["Location"] == f"/orders/{order.id}/"
    assert (order.incident_id, order.acknowledge_by - order.given_at) == (incident.id, 5 * MINUTE)
    to = addressee_of(order).id
    phone = hanoi.get("/orders/mine/").content.decode()
    assert "Chốt cổng &lt;2&gt;" in phone
    assert "Orders to acknowledge" in hanoi.get("/").content.decode()
    lacking = hanoi.post(f"/orders/to/{to}/acknowledgement/", {"from": "mine"})
    assert lacking.status_code == 422
    assert "Read the order back" in lacking.content.decode()
    answer = hanoi.post(f"/orders/to/{to}/acknowledgement/", {"from": "mine", "read_back": "Chốt cổng 2"})
    assert answer["Location"] == "/orders/mine/"
    assert "The read-back is right" in watch.get(f"/orders/{order.id}/").content.decode()
    watch.post(f"/orders/to/{to}/read-back/")
    hanoi.post(f"/orders/to/{to}/report/", {"report": "Đang đi"})
    hanoi.post(f"/orders/to/{to}/completion/", {"report": "Đã chốt"})
    assert "Orders to control" in watch.get("/").content.decode()
    watch.post(f"/orders/to/{to}/return/", {"reason": "Chưa đủ người"})
    hanoi.post(f"/orders/to/{to}/completion/", {"report": "Đủ 10 người"})
    watch.post(f"/orders/to/{to}/confirmation/")
    assert addressee_of(order).state == OrderState.CONFIRMED
    page = watch.get(f"/incidents/{incident.id}/").content.decode()
    assert f"/orders/{order.id}/" in page
    assert "read back: “Chốt cổng 2”" in page
    assert "confirmed done" in page


def test_a_refusal_and_a_withdrawal(organisation: Organisation, now: datetime) -> None:
    order = give(organisation, now)
    to = addressee_of(order).id
    watch, hanoi = client_of(organisation.duty), client_of(organisation.hanoi_officer)
    assert hanoi.post(f"/orders/to/{to}/refusal/", {"reason": ""}).status_code == 422
    hanoi.post(f"/orders/to/{to}/refusal/", {"reason": "Hết xe"})
    assert "Hết xe" in watch.get(f"/orders/{order.id}/").content.decode()
    assert watch.post(f"/orders/{order.id}/withdrawal/", {"reason": ""}).status_code == 422
    watch.post(f"/orders/{order.id}/withdrawal/", {"reason": "Giao đơn vị khác"})
    told = hanoi.post(f"/orders/to/{to}/acknowledgement/", follow=True).content.decode()
    assert "The order had ended: do not carry it out. Your answer is kept all the same." in told


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(organisation: Organisation, now: datetime) -> None:
    watch = client_of(organisation.duty)
    for said, reason in (
        ({"text": "Chốt cổng", "urgency": "urgent"}, "Say to whom the order goes."),
        ({"text": "Chốt cổng", "urgency": "urgent", "units": [str(organisation.hanoi)], "role": "chief"},
         "Nobody has this role at Hà Nội."),
        ({"text": "Chốt cổng", "urgency": "urgent", "units": [str(organisation.hanoi)],
          "report_by": "2020-01-01T10:00"}, "passed already"),
    ):  # fmt: skip
        answer = watch.post("/orders/new/", said)
        assert answer.status_code == 422
        assert reason in answer.content.decode()
        assert "Chốt cổng" in answer.content.decode()
    assert Order.objects.count() == 0


def test_an_order_out_of_a_log_entry_and_one_that_corrects(organisation: Organisation, now: datetime) -> None:
    watch = client_of(organisation.duty)
    entry = write(organisation, now, "Khói ở chợ")
    assert "Khói ở chợ" in watch.get(f"/orders/new/?entry={entry}").content.decode()
    old = give(organisation, now, minutes=7)
    assert old.text in watch.get(f"/orders/new/?corrects={old.id}").content.decode()
    said = {"text": "Chốt cổng 3", "units": [str(organisation.hanoi)], "urgency": "urgent"}
    watch.post(f"/orders/new/?corrects={old.id}", said)
    new = Order.objects.get(supersedes_id=old.id)
    assert f"order {new.number}" in watch.get(f"/orders/{old.id}/").content.decode()
    assert f"order {old.number}" in watch.get(f"/orders/{new.id}/").content.decode()


def test_what_is_overdue_stands_on_the_board_and_with_the_giver(organisation: Organisation, now: datetime) -> None:
    order = give(organisation, clock.now() - 20 * MINUTE, to=[Addressee(organisation.commune)])
    watch = client_of(organisation.duty)
    assert "Acknowledgement overdue" not in watch.get("/watch/").content.decode()
    assert working.go(clock.now()) == 1
    assert working.go(clock.now()) == 0
    for address in ("/watch/", "/", "/orders/?which=overdue"):
        assert "Acknowledgement overdue" in watch.get(address).content.decode()
    raised = Order.objects.get(raised_by_id=addressee_of(order).id)
    assert f"/orders/{raised.id}/" in watch.get(f"/orders/{order.id}/").content.decode()
    assert f"/orders/{order.id}/" in watch.get(f"/orders/{raised.id}/").content.decode()
    assert f"/orders/{raised.id}/" in watch.get(f"/thread/order/{order.id}/").content.decode()
    assert f"/orders/{order.id}/" in watch.get(f"/thread/order/{raised.id}/").content.decode()
    # Hà Nội, above the commune, reads it on its phone; the commune does not see that order.
    assert raised.text in client_of(organisation.hanoi_officer).get("/orders/mine/").content.decode()
    assert client_of(organisation.commune_officer).get(f"/orders/{raised.id}/").status_code == 404


def test_lists_and_files_show_what_the_reader_sees(organisation: Organisation, now: datetime) -> None:
    give(organisation, now, text="Của Hà Nội")
    give(organisation, now, text="Của Huế", to=[Addressee(organisation.hue)])
    watch, hanoi = client_of(organisation.duty), client_of(organisation.hanoi_officer)
    for address in ("/orders/", "/orders/?which=open", "/orders/?which=given", "/orders/?which=nonsense"):
        page = watch.get(address).content.decode()
        assert "Của Hà Nội" in page
        assert "Của Huế" in page
    for address in ("/orders/", "/orders/?which=mine", "/orders/?which=to_acknowledge"):
        page = hanoi.get(address).content.decode()
        assert "Của Hà Nội" in page
        assert "Của Huế" not in page
    assert "Của Hà Nội" not in hanoi.get("/orders/?which=given").content.decode()
    assert "Của Huế" not in watch.get("/orders/?q=Hà Nội").content.decode()
    sheet = load_workbook(BytesIO(hanoi.get("/orders/orders.xlsx").content)).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["Của Hà Nội"]


def test_the_number_of_queries_does_not_grow_with_the_rows(organisation: Organisation, now: datetime) -> None:
    watch = client_of(organisation.duty)
    counts = []
    for _round in range(2):
        for _each in range(3):
            give(organisation, now)
        watch.get("/orders/")
        with CaptureQueriesContext(connection) as asked:
            watch.get("/orders/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_page_of_an_order_asks_no_more_for_more_addressees(organisation: Organisation, now: datetime) -> None:
    chief, counts = client_of(organisation.chief), []
    for units in ([organisation.hanoi], [organisation.hanoi, organisation.hue, organisation.commune]):
        order = give(organisation, now, to=[Addressee(unit) for unit in units])
        chief.get(f"/orders/{order.id}/")
        with CaptureQueriesContext(connection) as asked:
            assert chief.get(f"/orders/{order.id}/").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_open_pages_follow(organisation: Organisation, now: datetime) -> None:
    incident = open_incident(organisation, now)
    order = give(organisation, now, incident=incident.id)
    to = addressee_of(order).id
    actions.note_overdue(actor=SYSTEM, now=now + 20 * MINUTE, addressee=to)
    entries = feed.of_subjects([to])
    found = fragments_of(entries, "en")[entries[-1].id]
    assert {piece.target for piece in found} == {
        "orders", "orders-overdue", f"timeline-{order.id}", f"timeline-{incident.id}",
    }  # fmt: skip
    [row] = [piece for piece in found if piece.target == "orders-overdue"]
    assert "Acknowledgement overdue" in row.html
    actions.acknowledge_order(actor=organisation.hanoi_officer, now=now + 21 * MINUTE, addressee=to)
    entries = feed.of_subjects([to])
    [row] = [piece for piece in fragments_of(entries, "en")[entries[-1].id] if piece.target == "orders-overdue"]
    assert row.html == ""


def test_an_order_has_a_card(organisation: Organisation, now: datetime) -> None:
    order = give(organisation, now)
    named = [(Subject.ORDER, order.id)]
    card = cards_of(named, organisation.duty.scope, "en")[order.id]
    assert (card.title, card.tone) == (f"Order {order.number}: Chốt cổng số 2", "normal")
    assert cards_of(named, organisation.hue_officer.scope, "en") == {}
    actions.withdraw_order(actor=organisation.duty, now=now, order=order.id, reason="Thôi")
    assert cards_of(named, organisation.duty.scope, "en")[order.id].state == "Withdrawn"


def test_an_incident_opened_in_an_emergency_shows_its_orders_to_be_read(
    organisation: Organisation, now: datetime
) -> None:
    incident = open_incident(organisation, now)
    order = give(organisation, now, incident=incident.id)
    hue = client_of(organisation.hue_officer)
    assert hue.get(f"/orders/{order.id}/").status_code == 404
    org.open_in_emergency(
        actor=organisation.hue_officer, now=clock.now(), named=f"#{incident.number}", hours=1, reason="cháy lan"
    )
    authority.forget()
    assert order.text in hue.get(f"/orders/{order.id}/").content.decode()
    assert order.text in hue.get(f"/incidents/{incident.id}/").content.decode()
    assert hue.post(f"/orders/to/{addressee_of(order).id}/report/", {"report": "x"}).status_code == 403


def test_what_an_addressee_and_a_giver_type_is_only_text(organisation: Organisation, now: datetime) -> None:
    watch, hanoi = client_of(organisation.duty), client_of(organisation.hanoi_officer)
    watch.post(
        "/orders/new/",
        {
            "text": "Chốt cổng", "units": [str(organisation.hanoi)], "urgency": "urgent", "minutes": "5",
            "wants_read_back": "on",
        },
    )  # fmt: skip
    order = Order.objects.get()
    to = addressee_of(order).id
    hanoi.post(f"/orders/to/{to}/acknowledgement/", {"read_back": "<img src=x>đọc lại"})
    watch.post(f"/orders/to/{to}/read-back/", {"correction": "<img src=x>sửa"})
    hanoi.post(f"/orders/to/{to}/report/", {"report": "<img src=x>báo cáo"})
    for client, path in ((watch, f"/orders/{order.id}/"), (hanoi, f"/orders/{order.id}/"), (watch, "/orders/")):
        page = client.get(path).content.decode()
        assert "<img src=x" not in page
    assert all(f"&lt;img src=x&gt;{words}" in watch.get(f"/orders/{order.id}/").content.decode() for words in (
        "đọc lại", "sửa", "báo cáo",
    ))  # fmt: skip
