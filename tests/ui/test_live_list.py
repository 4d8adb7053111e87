"""The live list in a real browser: rows come in order, and nothing moves under a reader."""

import json

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.chromium import NewContext

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "#live live-list"


@pytest.fixture
def page(new_context: NewContext, live_server: LiveServer) -> Page:
    page = new_context(live_server.url, language="en").new_page()
    page.goto(f"{live_server.url}/style/")
    page.wait_for_selector(f"{LIST}[data-order]")
    return page


def send(page: Page, key: str, sort: str, text: str, target: str = "specimen") -> None:
    """Let the stream's end in the page tell of one fragment, as the shared worker would."""
    html = f'<li><span class="row-main"><a class="row-title" href="#x">{text}</a></span></li>' if text else ""
    fragment = {"target": target, "key": key, "html": html, "sort": sort}
    entry = {
        "position": 1,
        "entry": key,
        "kind": "watch.x",
        "subject": ["incident", key],
        "at": "",
        "fragments": [fragment],
    }
    page.evaluate(
        "entries => document.dispatchEvent(new CustomEvent('live-entries', {detail: entries}))",
        json.loads(json.dumps([entry])),
    )


def titles(page: Page) -> list[str]:
    return page.locator(f"{LIST} li .row-title").all_text_contents()


def test_a_new_row_comes_first_in_a_descending_list(page: Page) -> None:
    send(page, "new", "9", "Newest")
    assert titles(page)[0] == "Newest"


def test_a_row_for_another_list_is_left_alone(page: Page) -> None:
    send(page, "new", "9", "Elsewhere", target="other")
    assert "Elsewhere" not in titles(page)


def test_a_row_is_replaced_and_keeps_the_focus(page: Page) -> None:
    send(page, "row", "9", "First words")
    page.locator("#row a").focus()
    send(page, "row", "9", "Other words")
    expect(page.locator("#row a")).to_be_focused()
    assert page.locator("#row").inner_text() == "Other words"


def test_an_empty_fragment_takes_the_row_away(page: Page) -> None:
    send(page, "row", "9", "Here")
    send(page, "row", "9", "")
    expect(page.locator("#row")).to_have_count(0)


def test_rows_wait_while_the_focus_is_in_the_list(page: Page) -> None:
    page.locator("#live-3 a").focus()
    before = titles(page)
    send(page, "one", "8", "One")
    send(page, "two", "9", "Two")
    assert titles(page) == before
    pill = page.locator(f"{LIST} .new-pill")
    expect(pill).to_have_text("2 new")
    pill.click()
    assert titles(page)[:2] == ["Two", "One"]
    expect(pill).to_have_count(0)


def test_rows_wait_while_text_is_selected(page: Page) -> None:
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#live-2'))")
    before = titles(page)
    send(page, "one", "9", "One")
    assert titles(page) == before


def test_rows_wait_while_the_reader_has_scrolled(page: Page) -> None:
    page.set_viewport_size({"width": 1200, "height": 300})
    page.evaluate("scrollBy(0, document.querySelector('#live live-list').getBoundingClientRect().top + 40)")
    before = titles(page)
    send(page, "one", "9", "One")
    assert titles(page) == before


def test_a_line_of_the_readers_own_is_shown_however_far_he_has_scrolled(page: Page) -> None:
    page.set_viewport_size({"width": 1200, "height": 300})
    page.evaluate("scrollBy(0, document.querySelector('#live live-list').getBoundingClientRect().top + 40)")
    send(page, "one", "8", "One")
    page.evaluate("document.dispatchEvent(new CustomEvent('line-filed'))")
    send(page, "two", "9", "Two")
    assert titles(page)[:2] == ["Two", "One"]
    expect(page.locator("#two")).to_be_in_viewport()


def test_a_row_that_leaves_while_it_is_read_stays_until_the_reader_goes_on(page: Page) -> None:
    page.locator("#live-3 a").focus()
    send(page, "live-4", "0", "")
    expect(page.locator(f"{LIST} .leaving")).to_have_count(1)
    page.evaluate("document.activeElement.blur()")
    expect(page.locator(f"{LIST} .leaving")).to_have_count(0)


def test_counts_follow_the_rows(page: Page) -> None:
    page.evaluate(
        """() => {
          const count = document.createElement("span");
          count.dataset.countOf = "specimen";
          document.querySelector("#live h2").append(count);
        }"""
    )
    send(page, "one", "9", "One")
    expect(page.locator("[data-count-of=specimen]")).to_have_text("7")
    send(page, "one", "9", "")
    expect(page.locator("[data-count-of=specimen]")).to_have_text("6")
