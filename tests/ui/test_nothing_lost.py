"""What is typed survives: drafts, the outbox, the end of a session. Signed in, in a real browser."""

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.chromium import NewContext
from tests.ground import Organisation
from thammuu.org.models import Account

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def context(new_context: NewContext, live_server: LiveServer, organisation: Organisation) -> BrowserContext:
    client = Client()
    client.force_login(Account.objects.get(pk=organisation.duty.account))
    return new_context(live_server.url, language="en", session=client.cookies["sessionid"].value)


@pytest.fixture
def page(context: BrowserContext, live_server: LiveServer) -> Page:
    page = context.new_page()
    page.goto(f"{live_server.url}/style/")
    return page


def test_a_draft_comes_back_after_a_reload_and_can_be_discarded(page: Page) -> None:
    title = page.get_by_label("Title").first
    title.fill("Cháy mái khán đài")
    page.get_by_label("Radio").first.check()
    # The draft is kept in steps: wait for the one that holds both.
    page.evaluate(
        """() => new Promise((done) => {
          const whole = (kept) => kept.includes('khán đài') && kept.includes('radio');
          const look = () => (Object.values(localStorage).some(whole) ? done() : requestAnimationFrame(look));
          look();
        })"""
    )
    page.reload()
    expect(page.get_by_label("Title").first).to_have_value("Cháy mái khán đài")
    expect(page.get_by_label("Radio").first).to_be_checked()
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_label("Title").first).to_have_value("")


def test_an_entry_without_a_network_waits_in_sight_and_stays_after_a_reload(
    page: Page, context: BrowserContext
) -> None:
    page.route("**/style/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("#line").fill("19:42 crowd at the north entry")
    page.keyboard.press("Enter")
    expect(page.locator("outbox-sign")).to_contain_text("1 not yet sent")
    expect(page.locator(".outbox")).to_contain_text("19:42 crowd at the north entry")
    expect(page.locator("#line")).to_have_value("")
    page.reload()
    expect(page.locator("outbox-sign")).to_contain_text("1 not yet sent")


def test_an_entry_that_the_server_refuses_says_so_and_can_be_edited(page: Page) -> None:
    # The style page takes no POST (405), so the server itself refuses.
    page.locator("#line").fill("not here")
    page.keyboard.press("Enter")
    expect(page.locator(".outbox")).to_contain_text("Not taken")
    page.locator(".outbox").get_by_role("button", name="Edit").click()
    expect(page.locator("#line")).to_have_value("not here")
    expect(page.locator("outbox-sign")).to_be_empty()


def test_the_end_of_a_session_is_said_and_a_sign_in_elsewhere_is_enough(
    page: Page, context: BrowserContext, live_server: LiveServer
) -> None:
    page.evaluate("document.dispatchEvent(new CustomEvent('live-state', {detail: {state: 'signed-out', lag: 0}}))")
    expect(page.locator(".page-notice")).to_contain_text("Nothing typed is lost")
    other = context.new_page()
    other.goto(f"{live_server.url}/style/")
    expect(page.locator(".page-notice")).to_have_count(0)


def test_a_file_too_big_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    big = tmp_path / "video.pdf"
    with big.open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    page.locator("#specimen-file").set_input_files(big)
    expect(page.locator("file-field")).to_contain_text("video.pdf is 21 MB; at most 20 MB can be taken.")
    assert page.locator("#specimen-file").evaluate("input => input.files.length") == 0


def test_files_are_chosen_in_the_words_of_the_page(page: Page) -> None:
    field = page.locator("#specimen-file")
    expect(page.locator(".file-pick").filter(has=field)).to_have_text("Choose files")
    with page.expect_file_chooser():
        field.click()


def test_the_palette_opens_finds_and_closes_by_keyboard(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("duty")
    option = page.locator("#palette").get_by_role("option").first
    expect(option).to_contain_text("Duty log")
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_single_keys_can_be_turned_off_and_never_act_in_a_field(page: Page) -> None:
    page.locator("#line").focus()
    page.keyboard.type("?")
    expect(page.locator("#line")).to_have_value("?")
    page.locator("#line").blur()
    page.keyboard.press("?")
    page.get_by_label("Single-key shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#line")).not_to_be_focused()
