"""The living style page in a real browser: accessible in every theme and language, dense, and never sideways."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.chromium import PHONE, WIDE, NewContext, axe_faults, sideways, small_targets

pytestmark = pytest.mark.django_db(transaction=True)


def open_style(new_context: NewContext, live_server: LiveServer, **kind: object) -> Page:
    page = new_context(live_server.url, **kind).new_page()
    page.goto(f"{live_server.url}/style/")
    page.wait_for_selector("thammuu-map[data-ready]", state="attached")
    return page


@pytest.mark.parametrize("theme", ["light", "dim", "night"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_axe_violation(new_context: NewContext, live_server: LiveServer, theme: str, language: str) -> None:
    page = open_style(new_context, live_server, theme=theme, language=language)
    assert axe_faults(page) == []
    page.set_viewport_size({"width": 360, "height": 740})
    assert axe_faults(page) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_phone_never_scrolls_sideways_and_has_targets_for_fingers(
    new_context: NewContext, live_server: LiveServer, language: str
) -> None:
    page = open_style(new_context, live_server, size=PHONE, language=language)
    assert sideways(page) == []
    assert small_targets(page, 44) == []


def test_a_desk_has_targets_of_24_pixels_and_rows_of_30(new_context: NewContext, live_server: LiveServer) -> None:
    page = open_style(new_context, live_server, size=WIDE)
    assert small_targets(page, 24) == []
    heights = page.eval_on_selector_all("#rows li", "rows => rows.map(row => row.getBoundingClientRect().height)")
    assert heights
    assert max(heights) <= 31


def test_what_was_done_is_told_without_standing_in_the_way_of_the_next_press(
    new_context: NewContext, live_server: LiveServer
) -> None:
    page = open_style(new_context, live_server, size=PHONE)
    page.evaluate("document.querySelector('toast-list').show('Đã ghi nhật ký.', 'success')")
    page.evaluate("document.querySelector('toast-list').show('Không lưu được.', 'critical')")
    hit = """tone => { const words = document.querySelector(`.toast.${tone} p`), box = words.getBoundingClientRect();
      return words.closest('.toast').contains(document.elementFromPoint(box.x + 5, box.y + box.height / 2)); }"""
    assert [page.evaluate(hit, tone) for tone in ("success", "critical")] == [False, True]
    page.locator(".toast.success button").click()
    assert page.locator(".toast.success").count() == 0


def test_figures_have_one_width(new_context: NewContext, live_server: LiveServer) -> None:
    page = open_style(new_context, live_server)
    widths = page.evaluate(
        """async () => { await document.fonts.ready; return ['1111', '0000', '8888'].map(text => {
          const span = document.createElement('span'); span.textContent = text; span.className = 'struck';
          document.querySelector('#type p').append(span); const { width } = span.getBoundingClientRect();
          span.remove(); return width; }); }"""
    )
    assert len(set(widths)) == 1


def test_the_page_breaks_no_content_policy(new_context: NewContext, live_server: LiveServer) -> None:
    context = new_context(live_server.url)
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server.url}/style/")
    page.wait_for_selector("thammuu-map[data-ready]", state="attached")
    assert said == []
