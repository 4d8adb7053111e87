"""Live parts in a real browser, on the page of the system: current by themselves, and nothing moves under a reader."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.chromium import NewContext
from tests.config.observing.test_system_page import fail_job
from tests.ground import Organisation, client_of

pytestmark = pytest.mark.django_db(transaction=True)
SHORT = {"width": 800, "height": 500}
A_TURN = 11_000  # milliseconds: the page looks every ten seconds


@pytest.fixture
def page(
    new_context: NewContext,
    live_server: LiveServer,
    transactional_db: None,
    organisation: Organisation,
    settings: Any,
    tmp_path: Path,
) -> Page:
    settings.HOME = tmp_path
    with connection.cursor() as cursor:  # emptied by nobody else between tests
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    fail_job("first.task")
    context = new_context(live_server.url, language="en")
    session = client_of(organisation.admin).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.clock.install()
    page.set_viewport_size(SHORT)  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/system/")
    return page


def test_what_is_new_comes_by_itself_and_what_is_open_stays(page: Page) -> None:
    expect(page.locator("#jobs")).to_contain_text("first.task")
    page.locator("#sound summary").click()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 150)")
    fail_job("second.task")
    page.clock.run_for(A_TURN)
    expect(page.locator("#jobs")).to_contain_text("second.task")
    assert page.evaluate("[document.querySelector('#sound').open, scrollY]") == [True, 150]


def test_a_part_with_the_focus_waits(page: Page) -> None:
    button = page.locator("#jobs button")
    button.focus()
    fail_job("second.task")
    with page.expect_response("**/system/"):
        page.clock.run_for(A_TURN)
    expect(button).to_be_focused()
    expect(page.locator("#jobs")).not_to_contain_text("second.task")
    button.blur()
    page.clock.run_for(A_TURN)
    expect(page.locator("#jobs")).to_contain_text("second.task")


def test_a_job_is_run_again_by_its_button(page: Page) -> None:
    page.locator("#jobs button").click()
    expect(page.locator("body")).to_contain_text("The job waits to be run again.")
    expect(page.locator("#jobs")).to_have_count(0)
