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


DOUBTFUL = (
    "Tình hình diễn biến phức tạp.\n"
    "1. Công an tỉnh và Sở Y tế lập danh sách trước ngày 15/11/2026.\n"
    "2. Giao tỉnh Hà Nội xây dựng phương án trước ngày 22/11/2026, gửi kết quả trước ngày 30/11/2026.\n"
    "3. Giữ vững kỷ cương.\n"
)


def test_doubts_are_shown(organisation: Organisation, thread: Thread) -> None:
    client = client_of(organisation.chief)
    page = client.post(f"/decisions/{thread.decision}/proposals/", _sent(text=DOUBTFUL)).content.decode()
    first, second = page.split("Prepare")[:2]
    assert "The deadline lies before the day of signing." in first and "Several are named as lead" in first
    assert (
        "The deadline is no working day." in second
        and "Other deadlines stand beside it: trước ngày 30/11/2026" in second
    )
    assert "was recognised" not in second


def test_what_was_not_understood_is_shown(organisation: Organisation, thread: Thread) -> None:
    client = client_of(organisation.chief)
    page = client.post(f"/decisions/{thread.decision}/proposals/", _sent(text=DOUBTFUL)).content.decode()
    unread = page.split("Not understood")[1].split("</ul>")[0]
    assert "Tình hình diễn biến phức tạp" in unread and "Giữ vững kỷ cương" in unread
    assert "Công an tỉnh" not in unread


def test_the_doubts_go_with_the_prepared_form(organisation: Organisation, thread: Thread) -> None:
    client = client_of(organisation.chief)
    page = client.post(f"/decisions/{thread.decision}/proposals/", _sent(text=DOUBTFUL, choose="1")).content.decode()
    assert "The deadline is no working day." in page


def test_a_paragraph_without_end_is_not_read_for_minutes(organisation: Organisation, thread: Thread) -> None:
    client = client_of(organisation.chief)
    endless = "Giao " + "Sở Y tế, " * 20_000
    page = client.post(f"/decisions/{thread.decision}/proposals/", _sent(text=endless)).content.decode()
    assert "Giao Sở Y tế, Sở Y tế" in page.split("Not understood")[1]
