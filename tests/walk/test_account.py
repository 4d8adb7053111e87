"""An officer protects the account with an app and a passkey, loses both, and is given the account back."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.chromium import PHONE, NewContext, follow
from tests.walk.test_every_page import faults_of
from tests.walk.test_first_thread import sign_in
from thammuu.config.demo.roster import PASSWORD
from thammuu.org.account import totp

NEW = "sóng biển chiều mưa"


def with_authenticator(page: Page) -> str:
    """Give the page's browser a virtual authenticator. Returns its id."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    made = devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    return str(made["authenticatorId"])


def begin(context: BrowserContext, url: str, name: str, password: str) -> Page:
    page = context.new_page()
    page.goto(f"{url}/sign-in/?next=/account/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    return page


def code(secret: str, later: int = 0) -> str:
    """The code of this step or of one to come: a step may end before a code of it arrives, and counts once."""
    return totp.code_at(secret, totp.step_of(datetime.now(UTC)) + later)


@pytest.mark.parametrize(("language", "name"), [("vi", "haiphong"), ("en", "cantho")])
def test_an_account_is_protected_lost_and_given_back(
    new_context: NewContext, demo_url: str, language: str, name: str
) -> None:
    page = sign_in(new_context(demo_url, language=language, size=PHONE), demo_url, name, "/account/")
    with_authenticator(page)

    # An app, and the recovery codes that come with it.
    page.click("a[href='/account/app/']")
    secret = page.inner_text("[data-secret]").replace(" ", "")
    page.fill("[name=code]", code(secret))
    follow(page.locator("form.form button.primary"))
    codes = page.locator("[data-code]").all_inner_texts()
    assert len(codes) == 10
    assert faults_of(page) == []

    # A passkey, made by the keyboard.
    page.goto(f"{demo_url}/account/passkey/")
    page.fill("[name=name]", "Khóa của tôi")
    page.focus("passkey-form button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo_url}/account/")
    assert page.get_by_text("Khóa của tôi").count() >= 1
    assert faults_of(page) == []

    # Both open the account.
    page.context.clear_cookies(name="sessionid")
    page.goto(f"{demo_url}/sign-in/?next=/account/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo_url}/sign-in/second/")
    assert faults_of(page) == []
    page.click("passkey-form button")
    page.wait_for_url(f"{demo_url}/account/")
    other = begin(new_context(demo_url, language=language), demo_url, name, PASSWORD)
    other.wait_for_url(f"{demo_url}/sign-in/second/")
    other.fill("[name=code]", code(secret, later=1))
    other.keyboard.press("Enter")
    other.wait_for_url(f"{demo_url}/account/")

    # Lost: the superior unit gives it back; what was open ends.
    superior = sign_in(new_context(demo_url, language=language), demo_url, "quan.tri", f"/accounts/?q={name}")
    follow(superior.locator("main table a.button").first)
    assert faults_of(superior) == []
    superior.fill("[name=reason]", "mất điện thoại")
    follow(superior.locator("form.form button.danger"))
    first_use = superior.inner_text("[data-secret]")
    assert faults_of(superior) == []
    page.goto(f"{demo_url}/account/")
    assert "/sign-in/" in page.url

    # A letter opens once, for a password of one's own.
    again = begin(new_context(demo_url, language=language), demo_url, name, first_use)
    again.wait_for_url(f"{demo_url}/sign-in/first-use/")
    assert faults_of(again) == []
    again.fill("[name=password]", NEW)
    again.fill("[name=again]", NEW)
    again.keyboard.press("Enter")
    again.wait_for_url(f"{demo_url}/account/")
    assert again.get_by_text("mất điện thoại").is_visible()
    assert again.locator(f"text={codes[0]}").count() == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_idle_page_is_covered_and_goes_on(new_context: NewContext, demo_url: str, language: str) -> None:
    page = sign_in(new_context(demo_url, language=language), demo_url, "truc.ban2", "/watch/")
    page.clock.install()
    page.goto(f"{demo_url}/incidents/new/")
    page.fill("[name=title]", "Cháy kho ở cảng")
    page.clock.fast_forward("14:00")
    expect(page.locator(".cover")).to_be_hidden()
    page.clock.fast_forward("02:00")
    expect(page.locator(".cover")).to_be_visible()
    assert faults_of(page) == []

    # Neither keys nor another tab get past it.
    for key in ("Escape", "Escape", "Control+k"):
        page.keyboard.press(key)
    expect(page.locator(".cover")).to_be_visible()
    expect(page.locator("#palette[open]")).to_have_count(0)
    beside = page.context.new_page()
    beside.goto(f"{demo_url}/incidents/")
    assert beside.url == f"{demo_url}/account/unlock/?next=%2Fincidents%2F"
    assert faults_of(beside) == []

    page.fill(".cover [name=proof]", "sai rồi")
    page.keyboard.press("Enter")
    expect(page.locator(".cover .fault")).to_be_visible()
    page.fill(".cover [name=proof]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".cover")).to_be_hidden()
    assert page.input_value("[name=title]") == "Cháy kho ở cảng"
    beside.goto(f"{demo_url}/incidents/")
    assert beside.url == f"{demo_url}/incidents/"


def test_the_board_stays_to_be_read(new_context: NewContext, demo_url: str) -> None:
    page = sign_in(new_context(demo_url), demo_url, "truc.ban2", "/watch/")
    page.clock.install()
    page.goto(f"{demo_url}/watch/")
    page.clock.fast_forward("16:00")
    expect(page.locator(".cover")).to_be_visible()
    seen = page.locator(".cover").evaluate("cover => getComputedStyle(cover, '::backdrop').backgroundColor")
    assert seen == "rgba(0, 0, 0, 0)"
