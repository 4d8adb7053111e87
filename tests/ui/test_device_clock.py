"""A telephone whose clock is a day off, in a real browser: it is told, it files, and what it filed is flagged."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from tests.chromium import PHONE, NewContext
from tests.ground import Organisation
from thammuu.kernel import clock
from thammuu.org.models import Account
from thammuu.watch.models import LogEntry

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
SHIFTED = """
const Real = Date;
globalThis.Date = class extends Real {
  constructor(...given) { given.length ? super(...given) : super(Real.now() + SHIFT); }
  static now() { return Real.now() + SHIFT; }
};
"""


@pytest.fixture
def phone(new_context: NewContext, live_server: LiveServer, organisation: Organisation) -> BrowserContext:
    client = Client()
    client.force_login(Account.objects.get(pk=organisation.hanoi_officer.account))
    return new_context(live_server.url, size=PHONE, language="en", session=client.cookies["sessionid"].value)


def test_a_telephone_a_day_ahead_files_in_order_and_is_flagged(phone: BrowserContext, live_server: LiveServer) -> None:
    phone.add_init_script(SHIFTED.replace("SHIFT", str(DAY // timedelta(milliseconds=1))))
    page = phone.new_page()
    page.goto(f"{live_server.url}/watch/log/")
    expect(page.locator(".clock-notice")).to_have_text(
        "This device’s clock is 1 d 0 h ahead; times are those of the server."
    )
    for text in ("Có khói", "Đã dập tắt"):
        with page.expect_response(lambda answer: answer.request.method == "POST" and answer.status == 201):
            page.locator("command-bar input[type=text]").fill(text)
            page.keyboard.press("Enter")
    page.reload()
    rows = page.locator(".log-row")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Đã dập tắt")
    expect(rows.nth(0)).to_contain_text("The device’s clock was 1 d 0 h ahead")
    for row in LogEntry.objects.all():
        assert row.device_at is not None
        assert abs(row.recorded_at - clock.now()) < timedelta(hours=1)
        assert round((row.device_at - row.recorded_at) / DAY) == 1


def test_a_form_that_the_browser_sends_by_itself_says_the_time_too(
    phone: BrowserContext, live_server: LiveServer
) -> None:
    phone.add_init_script(SHIFTED.replace("SHIFT", str(-DAY // timedelta(milliseconds=1))))
    page = phone.new_page()
    page.goto(f"{live_server.url}/style/")
    expect(page.locator(".clock-notice")).to_contain_text("1 d 0 h behind")
    page.route("**/style/", lambda route: route.fulfill(status=204))
    with page.expect_request(lambda request: request.method == "POST") as sending:
        page.evaluate(
            """() => {
              const form = document.createElement('form');
              form.method = 'post';
              document.querySelector('main').append(form);
              form.requestSubmit();
            }"""
        )
    [said] = parse_qs(sending.value.post_data or "")["device_time"]
    assert round((clock.now() - datetime.fromisoformat(said)) / DAY) == 1


def test_a_telephone_with_the_right_time_is_told_nothing(phone: BrowserContext, live_server: LiveServer) -> None:
    page = phone.new_page()
    page.goto(f"{live_server.url}/style/")
    expect(page.locator("live-sign").first).to_be_attached()
    page.evaluate("document.dispatchEvent(new CustomEvent('server-time', {detail: Date.now() - 400000}))")
    expect(page.locator(".clock-notice")).to_have_count(0)
    page.evaluate("document.dispatchEvent(new CustomEvent('server-time', {detail: Date.now() - 400000}))")
    expect(page.locator(".clock-notice")).to_contain_text("7 min ahead")
    page.evaluate(
        "for (const _each of [1, 2]) document.dispatchEvent(new CustomEvent('server-time', {detail: Date.now()}))"
    )
    expect(page.locator(".clock-notice")).to_have_count(0)
