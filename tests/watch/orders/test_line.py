"""An order typed in the command bar."""

from datetime import datetime

import pytest

from tests.ground import Organisation, client_of
from tests.watch.floor import open_incident
from tests.watch.orders.giving import addressee_of
from thammuu.kernel.errors import BadInput, Refused
from thammuu.kernel.ids import new_id
from thammuu.watch.filing import Typed, file_line
from thammuu.watch.models import LogEntry
from thammuu.watch.orders.models import Order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


@pytest.mark.parametrize(("marks", "urgency"), [("", "urgent"), (" !!", "very_urgent"), (" !!!", "immediate")])
def test_the_line_says_to_whom_how_urgent_and_in_which_incident(
    organisation: Organisation, now: datetime, marks: str, urgency: str
) -> None:
    incident = open_incident(organisation, now)
    line = f" > Huế: chốt cổng 2, báo Hà Nội #{incident.number}{marks}"
    typed = Typed(line, submission=new_id())
    order = Order.objects.get(id=file_line(actor=organisation.duty, now=now, typed=typed).answer)
    assert (order.text, order.urgency, order.incident_id) == ("chốt cổng 2, báo Hà Nội", urgency, incident.id)
    assert addressee_of(order).unit_id == organisation.hue
    assert file_line(actor=organisation.duty, now=now, typed=typed).replayed
    assert (Order.objects.count(), LogEntry.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    "line", ["> chốt cổng 2, báo cáo Hà Nội", ">", "> Hà Nội:", "> đv:PC99 về", "> Hà Nội: về #99"]
)
def test_what_is_not_clear_orders_nobody(organisation: Organisation, now: datetime, line: str) -> None:
    with pytest.raises(BadInput):
        file_line(actor=organisation.duty, now=now, typed=Typed(line))
    assert not Order.objects.exists()


def test_who_gives_no_orders_files_none(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(Refused):
        file_line(actor=organisation.hanoi_officer, now=now, typed=Typed("> Ba Đình: về"))


def test_the_bar_shows_what_it_understands_and_leads_to_the_order(organisation: Organisation) -> None:
    watch = client_of(organisation.duty)
    answer = watch.get("/watch/log/parse/", {"text": "> Huế: chốt cổng"}).json()
    assert [(part["kind"], part["start"]) for part in answer["parts"]] == [("order", 0), ("unit", 2)]
    sent = watch.post("/watch/log/", {"text": "> Huế: chốt cổng"})
    assert sent["Location"] == f"/orders/{Order.objects.get().id}/"
    assert watch.post("/watch/log/", {"text": "> chốt cổng"}).status_code == 422
