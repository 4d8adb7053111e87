"""An officer sets a browser up with a press, and what the server then sends shows in it; in a real browser."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.chromium import PHONE, NewContext, axe_faults, colour_faults, sideways, small_targets
from tests.directives.thread import Thread
from tests.directives.urging.push.ground import PushService
from tests.directives.urging.push.test_sending import Office
from tests.ground import Organisation
from thammuu.directives.urging.carriers import Outgoing
from thammuu.directives.urging.models import UrgingBrowser, UrgingDelivery
from thammuu.directives.urging.push import vapid
from thammuu.directives.urging.rules import Audience
from thammuu.org.models import Account

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/urging/browsers/"
Open = Callable[..., Page]
# No test reaches a push service of a browser's maker: what it would give comes from the test's own.
GIVEN = """
window.subscription = { options: {}, toJSON: () => (GIVEN), unsubscribe: () => Promise.resolve(true) };
window.asked = [];
PushManager.prototype.getSubscription = () => Promise.resolve(null);
PushManager.prototype.subscribe = (options) => { window.asked.push(options); return Promise.resolve(subscription); };
"""
UNREACHED = """
PushManager.prototype.getSubscription = () => Promise.resolve(null);
PushManager.prototype.subscribe = () => Promise.reject(new DOMException("push service not available", "AbortError"));
"""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const shown = await registration.getNotifications();
  return shown.map(({ title, body, tag, lang, data }) => ({ title, body, tag, lang, data }));
}"""


@pytest.fixture
def opened(
    new_context: NewContext, live_server: LiveServer, organisation: Organisation, out: Outgoing, settings: Any
) -> Iterator[Open]:
    """Open the page as Hà Nội's officer: `opened(script, allowed=…, language=…)`."""
    settings.OUTGOING = out
    client = Client()
    client.force_login(Account.objects.get(pk=str(organisation.hanoi_officer.account)))

    def do(script: str = "", *, allowed: bool = True, language: str = "en") -> Page:
        context: BrowserContext = new_context(
            live_server.url, language=language, session=client.cookies["sessionid"].value
        )
        if allowed:
            context.grant_permissions(["notifications"], origin=live_server.url)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.goto(f"{live_server.url}{PAGE}")
        return page

    yield do


def press(page: Page) -> None:
    page.get_by_label("What you call this browser").fill("Máy phòng trực")
    button = page.get_by_role("button", name="Receive urgings in this browser")
    button.focus()
    page.keyboard.press("Enter")


class Pushing:
    """Hands what a push service would hand to the browser, by its debugging protocol."""

    def __init__(self, page: Page) -> None:
        self.page, self.found = page, list[dict[str, Any]]()
        self.tools = page.context.new_cdp_session(page)
        self.tools.on("ServiceWorker.workerRegistrationUpdated", lambda said: self.found.extend(said["registrations"]))
        self.tools.send("ServiceWorker.enable")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    def deliver(self, text: str) -> None:
        scope = next(one for one in self.found if one["scopeURL"].count("/") == 3 and not one["isDeleted"])
        self.tools.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": scope["scopeURL"].rstrip("/"), "registrationId": scope["registrationId"], "data": text},
        )

    def shown(self, count: int) -> list[dict[str, str]]:
        """Wait until so many notifications are shown, and return them."""
        self.page.wait_for_function(
            "async (count) => (await (await navigator.serviceWorker.ready).getNotifications()).length === count",
            arg=count,
        )
        return list(self.page.evaluate(SHOWN))


def test_a_press_sets_the_browser_up_and_what_is_sent_shows(
    opened: Open, thread: Thread, service: PushService, out: Outgoing
) -> None:
    mine = service.browser()
    page = opened(GIVEN.replace("GIVEN", mine.gives()))
    press(page)
    expect(page.locator("#browsers")).to_contain_text("Máy phòng trực")
    row = UrgingBrowser.objects.get()
    assert (row.endpoint, row.service) == (mine.endpoint, service.host)

    office = Office(thread, service, out)
    assert office.send(office.urge(Audience.LEAD)) == (1, 1)
    said = mine.opens(service.got[0][2]).decode()
    pushing = Pushing(page)
    pushing.deliver(said)
    [shown] = pushing.shown(1)
    sent = UrgingDelivery.objects.get()
    assert shown["title"] == "Urging: 1 assignment (Hà Nội)" and shown["body"].startswith("Phân luồng tại nút giao: ")
    assert (shown["tag"], shown["lang"], shown["data"]) == (str(sent.id), "en", f"/assignments/{thread.assignment}/")
    pushing.deliver(said)
    pushing.deliver(json.dumps({**json.loads(said), "id": "another", "title": "Another"}))
    assert {each["tag"] for each in pushing.shown(2)} == {str(sent.id), "another"}, "the same twice is one"
    _leads_to_its_page(page, str(sent.id), f"/assignments/{thread.assignment}/")


def _leads_to_its_page(page: Page, tag: str, target: str) -> None:
    """Without a finger no window opens: the browser's own functions only say where they were told to go."""
    [worker] = page.context.service_workers
    told = worker.evaluate(
        """async (tag) => {
          const told = [];
          Object.defineProperty(self, "clients", { value: {
            matchAll: async () => told.tabs ?? [], openWindow: async (url) => { told.push(`open ${url}`); } } });
          const press = async () => {
            const [notification] = await self.registration.getNotifications({ tag });
            const event = new NotificationEvent("notificationclick", { notification });
            self.dispatchEvent(event);
            await new Promise((done) => setTimeout(done, 0));
          };
          const [one] = await self.registration.getNotifications({ tag });
          await press();
          const left = (await self.registration.getNotifications({ tag })).length;
          await self.registration.showNotification(one.title, { tag, data: one.data });
          told.tabs = [
            { url: new URL("/watch/", location.origin).href, focus: async () => told.push("focus watch") },
            { url: new URL(one.data, location.origin).href, focus: async () => told.push("focus page") },
          ];
          await press();
          await self.registration.showNotification(one.title, { tag, data: "https://evil.example/" });
          await press();
          return [left, ...told];
        }""",
        tag,
    )
    origin = page.evaluate("location.origin")
    assert told == [0, f"open {origin}{target}", "focus page"]


def test_the_browser_is_asked_with_the_key_of_the_installation(
    opened: Open, service: PushService, out: Outgoing
) -> None:
    page = opened(GIVEN.replace("GIVEN", service.browser().gives()))
    page.evaluate("() => { document.querySelector('push-form form').submit = () => { window.sent = true; }; }")
    press(page)
    page.wait_for_function("() => window.sent === true")
    key = vapid.public_key(out.push_key)
    assert page.evaluate("window.asked") == [{"userVisibleOnly": True, "applicationServerKey": key}]


@pytest.mark.parametrize(
    ("script", "allowed", "fault"),
    [(UNREACHED, True, "unreached"), ("", False, "denied"), ("delete window.PushManager", True, "unable")],
)
def test_what_hinders_is_said_in_plain_words(opened: Open, script: str, allowed: bool, fault: str) -> None:
    page = opened(script, allowed=allowed)
    if fault != "unable":
        press(page)
    expect(page.locator(f"[data-fault={fault}]")).to_be_visible()
    assert page.locator("[data-fault]:visible").count() == 1
    button = page.get_by_role("button", name="Receive urgings in this browser")
    assert button.is_enabled() is (fault != "unable")
    assert axe_faults(page) == []
    assert not UrgingBrowser.objects.exists()


def test_without_a_script_the_page_says_what_it_takes(
    browser: Any, live_server: LiveServer, organisation: Organisation, out: Outgoing, settings: Any
) -> None:
    settings.OUTGOING = out
    client = Client()
    client.force_login(Account.objects.get(pk=str(organisation.hanoi_officer.account)))
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}{PAGE}")
    assert page.locator(".push-missing").is_visible() and page.locator("push-form button.primary").is_disabled()
    context.close()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_is_accessible_and_fits(
    opened: Open, organisation: Organisation, service: PushService, thread: Thread, out: Outgoing, language: str
) -> None:
    office = Office(thread, service, out)
    for path in ("/send/a", "/send/b", "/send/c"):
        office.browser(organisation.hanoi_officer, path)
    service.status = 410
    assert office.send(office.urge(Audience.LEAD)) == (3, 0)
    service.status = 201
    office.browser(organisation.hanoi_officer, "/send/d")
    page = opened(language=language)
    found = axe_faults(page)
    for theme in ("dim", "night"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        found += colour_faults(page)
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    folder = os.environ.get("THAMMUU_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/browsers-{language}-wide.png")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    found += axe_faults(page) + sideways(page) + small_targets(page, 44)
    if folder:
        page.screenshot(path=f"{folder}/browsers-{language}-phone.png", full_page=True)
    assert found == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_without_browsers_and_without_push_is_accessible(
    opened: Open, out: Outgoing, settings: Any, language: str
) -> None:
    found = []
    for hosts in (out.push_hosts, ()):
        settings.OUTGOING = replace(out, push_hosts=hosts)
        page = opened(language=language)
        found += axe_faults(page)
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        found += axe_faults(page) + sideways(page) + small_targets(page, 44)
    assert page.locator(".notice").count() == 1 and page.locator("push-form").count() == 0
    assert found == []


def test_what_the_server_refuses_comes_back_and_may_be_pressed_again(opened: Open, service: PushService) -> None:
    page = opened(GIVEN.replace("GIVEN", PushService(1).browser().gives()))
    press(page)
    expect(page.locator(".error-summary")).to_contain_text("127.0.0.1")
    expect(page.get_by_label("What you call this browser")).to_have_value("Máy phòng trực")
    assert axe_faults(page) == []
    page.evaluate("GIVEN => { window.subscription.toJSON = () => JSON.parse(GIVEN); }", service.browser().gives())
    press(page)
    expect(page.locator("#browsers")).to_contain_text("Máy phòng trực")
    page.get_by_role("button", name="Take off Máy phòng trực").press("Enter")
    expect(page.locator("#browsers")).not_to_contain_text("Máy phòng trực")
