"""The pages of directives in a real browser: accessible, never sideways, and usable by thumb."""

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.chromium import PHONE, NewContext, axe_faults, sideways, small_targets
from tests.directives.thread import Thread
from tests.ground import NOW, build_organisation
from tests.paper.files import photo
from thammuu.directives import actions
from thammuu.directives.models import Evidence

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thread(settings: object, tmp_path: Path) -> Thread:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    thread = Thread(build_organisation(), NOW)
    thread.acknowledge()
    actions.report_progress(
        actor=thread.organisation.hanoi_officer,
        now=NOW,
        assignment=thread.assignment,
        percent=40,
        note="Đã có mặt",
        obstacle="Thiếu rào chắn",
    )
    return thread


def _session(name: str) -> str:
    client = Client()
    client.post("/sign-in/", {"username": name, "password": name})
    return str(client.cookies["sessionid"].value)


def _addresses(thread: Thread) -> list[str]:
    return [
        "/decisions/",
        "/decisions/new/",
        f"/decisions/{thread.decision}/",
        f"/decisions/{thread.decision}/assignments/",
        "/assignments/",
        f"/assignments/{thread.assignment}/",
    ]


def _faults(page: Page, address: str, *, least: int) -> list[str]:
    page.goto(address)
    return [*axe_faults(page), *sideways(page), *small_targets(page, least)]


@pytest.mark.parametrize(("theme", "language"), [("light", "vi"), ("dim", "en"), ("night", "vi")])
def test_the_issuing_unit_s_pages_have_no_fault_on_a_desk_and_on_a_phone(
    new_context: NewContext, live_server: LiveServer, thread: Thread, theme: str, language: str
) -> None:
    thread.hand_in(photos=[photo()])
    session = _session("chief")
    for size, least in (((1920, 1080), 24), (PHONE, 44)):
        page = new_context(live_server.url, size=size, theme=theme, language=language, session=session).new_page()
        for address in _addresses(thread):
            assert _faults(page, f"{live_server.url}{address}", least=least) == [], (address, size)


def test_evidence_goes_in_from_a_phone(
    new_context: NewContext, live_server: LiveServer, thread: Thread, tmp_path: Path
) -> None:
    session = _session("hanoi")
    page = new_context(live_server.url, size=PHONE, session=session).new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/assignments/{thread.assignment}/")
    page.get_by_role("link", name="Nộp minh chứng").tap()
    page.get_by_label("Đã làm những gì").fill("Đã phân luồng xong")
    picture = tmp_path / "anh.jpg"
    picture.write_bytes(photo())
    page.get_by_label("Chụp ảnh").set_input_files(picture)
    assert [*axe_faults(page), *sideways(page), *small_targets(page, 44)] == []
    page.get_by_role("button", name="Nộp", exact=True).tap()
    page.wait_for_url(f"**/assignments/{thread.assignment}/")
    evidence = Evidence.objects.get()
    shown = page.locator(f"#evidence-{evidence.id} img")
    shown.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=shown.element_handle())
    assert [*axe_faults(page), *sideways(page), *small_targets(page, 44)] == []
    assert said == []
