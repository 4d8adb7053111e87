"""Orders over the interface: given, listed, acknowledged and reported on by the acts of the pages."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.api.conftest import Making
from tests.ground import Organisation
from thammuu.kernel import clock
from thammuu.watch.orders.models import Order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def test_an_order_goes_round(organisation: Organisation, system: Making) -> None:
    watch, hanoi = system(organisation.duty), system(organisation.hanoi_officer)
    key, said = uuid4(), {
        "text": "Chốt cổng 2", "to": [{"unit": str(organisation.hanoi)}], "minutes": 3, "wants_read_back": True,
        "report_by": (clock.now() + timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    first, second = (watch.post("/orders", said, key) for _time in range(2))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    order = first.json()["id"]
    assert [row["id"] for row in hanoi.get("/orders", which="to_acknowledge").json()["items"]] == [order]
    assert hanoi.put(f"/orders/{order}/acknowledgement", {}).status_code == 400
    read = hanoi.put(f"/orders/{order}/acknowledgement", {"read_back": "Chốt cổng hai"}).json()
    assert hanoi.put(f"/orders/{order}/acknowledgement", {"read_back": "Chốt cổng hai"}).json() == read
    assert (read["addressees"][0]["state"], read["addressees"][0]["read_back"]) == ("acknowledged", "Chốt cổng hai")
    key = uuid4()
    reports = [hanoi.post(f"/orders/{order}/reports", {"report": "Đang đi"}, key).status_code for _time in range(2)]
    assert reports == [201, 200]
    done = hanoi.post(f"/orders/{order}/reports", {"report": "Xong", "is_completed": True}).json()
    assert done["addressees"][0]["state"] == "completed"
    assert watch.get(f"/orders/{order}").json() == done
    assert [row["id"] for row in watch.get("/orders", which="to_control").json()["items"]] == [order]


def test_what_is_not_right_is_said(organisation: Organisation, system: Making) -> None:
    watch, hanoi, hue = (
        system(who) for who in (organisation.duty, organisation.hanoi_officer, organisation.hue_officer)
    )
    for to in ([], [{}], [{"unit": str(uuid4())}], [{"unit": str(organisation.hue), "role": "chief"}]):
        assert watch.post("/orders", {"text": "Về", "to": to}).status_code == 400
    assert hanoi.post("/orders", {"text": "Về", "to": [{"unit": str(organisation.commune)}]}).status_code == 403
    assert not Order.objects.exists()
    to = [{"post": str(organisation.hanoi_officer.post)}]
    order = watch.post("/orders", {"text": "Về", "to": to}).json()["id"]
    assert watch.put(f"/orders/{order}/acknowledgement", {}).status_code == 403
    assert hue.get(f"/orders/{order}").status_code == 404
    assert hanoi.put(f"/orders/{order}/acknowledgement", {}).status_code == 200
