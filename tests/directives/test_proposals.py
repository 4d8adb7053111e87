"""The page that reads a directive's text: it prepares assignments and issues none."""

import pytest

from tests.directives.thread import Thread
from tests.ground import Organisation, client_of
from thammuu.directives.models import Assignment

pytestmark = pytest.mark.django_db
TEXT = (
    "1. Giao tỉnh Hà Nội chủ trì, phối hợp với Huế và Cục Đường bộ xây dựng Phương án phân luồng "
    "trước ngày 30/6/2027.\n"
    "2. Các đơn vị báo cáo định kỳ trước ngày 20 hàng tháng."
)


def _sent(**more: str) -> dict[str, str]:
    return {"text": TEXT, "signed_on": "2026-11-20", **more}


def test_a_text_is_read_and_nothing_is_assigned(organisation: Organisation, thread: Thread) -> None:
    before = Assignment.objects.count()
    client = client_of(organisation.chief)
    address = f"/decisions/{thread.decision}/proposals/"
    assert address in client.get(f"/decisions/{thread.decision}/").content.decode()
    assert client.get(address).status_code == 200
    page = client.post(address, _sent()).content.decode()
    assert "<mark>tỉnh Hà Nội</mark>" in page and "<mark>Cục Đường bộ</mark>" in page
    assert "<mark>định kỳ trước ngày 20 hàng tháng</mark>" in page
    assert Assignment.objects.count() == before


def test_a_proposal_prepares_the_form(organisation: Organisation, thread: Thread) -> None:
    client = client_of(organisation.chief)
    page = client.post(f"/decisions/{thread.decision}/proposals/", _sent(choose="0")).content.decode()
    assert f'action="/decisions/{thread.decision}/assignments/"' in page
    assert 'value="2027-06-30T17:00"' in page
    assert "Cục Đường bộ" in page.split("<form", 1)[0] or "Cục Đường bộ" in page
    for unit in (organisation.hanoi, organisation.hue):
        assert f'value="{unit}" id=' in page or f'value="{unit}"' in page
    assert page.count("checked") >= 2


@pytest.mark.parametrize(("more", "status"), [({"choose": "99"}, 404), ({"choose": "x"}, 404), ({"text": ""}, 422)])
def test_bad_input(organisation: Organisation, thread: Thread, more: dict[str, str], status: int) -> None:
    address = f"/decisions/{thread.decision}/proposals/"
    assert client_of(organisation.chief).post(address, _sent(**more)).status_code == status
