"""An officer signs in by way of the organisation's own provider, in a browser; and other systems get their tokens."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.chromium import NewContext, follow
from tests.config.test_running import Demo
from tests.oidc.running import RunningProvider, running_provider
from tests.walk.test_every_page import faults_of
from tests.walk.test_first_thread import sign_in
from thammuu.config.installation import FILE, write_settings
from thammuu.config.supervisor.throw_away import throw_away_home

TABLE = """
[oidc.sso]
label = "Cổng SSO"
issuer = "{issuer}"
client_id = "thammuu"
secret_file = "{secret}"
"""


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    with running_provider(tmp_path_factory.mktemp("provider")) as running:
        yield running


@pytest.fixture(scope="module")
def url(provider: RunningProvider) -> Iterator[str]:
    """The address of a demo whose settings name the provider."""
    with throw_away_home() as folder:
        home: Path = folder / "demo"
        write_settings(home, 8156)
        with (home / FILE).open("a", encoding="utf-8") as settings:
            settings.write(TABLE.format(issuer=provider.issuer, secret=provider.settings.secret_file))
        (provider.folder / "secret").chmod(0o644)
        provider.folder.chmod(0o755)
        running = Demo(home, 8156)
        try:
            yield f"http://localhost:{running.wait_until_open()}"
        finally:
            running.interrupt()


def begin(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in/?next=/units/")
    page.click("a[href^='/sign-in/oidc/sso/']")


def test_a_linked_identity_signs_in_and_an_unlinked_one_does_not(
    new_context: NewContext, provider: RunningProvider, url: str
) -> None:
    found = {}
    # Who is not linked is sent away, in Vietnamese.
    stranger = new_context(url).new_page()
    stranger.goto(f"{url}/sign-in/")
    found["sign-in"] = faults_of(stranger)
    begin(stranger, url)
    stranger.fill("[name=username]", "an")
    stranger.fill("[name=password]", "an")
    stranger.click("button")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Chưa xác thực")
    found["refused"] = faults_of(stranger)

    # An officer links the identity that he proves there.
    page = sign_in(new_context(url, language="en"), url, "haiphong", "/account/")
    follow(page.locator("form[action='/account/identities/sso/linking/'] button"))
    found["linking"] = faults_of(page)
    page.click("a[href^='/sign-in/oidc/sso/']")
    page.fill("[name=username]", "an")
    page.fill("[name=password]", "an")
    page.click("button")
    page.wait_for_url(f"{url}/account/")
    expect(page.locator("#identities")).to_contain_text(provider.issuer)
    found["account"] = faults_of(page)

    # From now on it opens the account, and the stranger's browser too, which is the same person there.
    begin(stranger, url)
    stranger.wait_for_url(f"{url}/units/")
    stranger.goto(f"{url}/account/")
    stranger.evaluate("document.querySelector('form[action=\"/sign-out/\"]').requestSubmit()")
    stranger.wait_for_url(f"{url}/sign-out/oidc/sso/")
    found["signed out"] = faults_of(stranger)
    stranger.click("a.primary")
    stranger.wait_for_url(f"{provider.issuer}/logout/**")

    # Unlinked, it opens nothing any more.
    page.click("#identities form[action$='/unlinking/'] button")
    expect(page.locator("#identities")).not_to_contain_text(provider.issuer)
    again = new_context(url, language="en").new_page()
    begin(again, url)
    again.fill("[name=username]", "an")
    again.fill("[name=password]", "an")
    again.click("button")
    expect(again.get_by_role("heading", level=1)).to_have_text("Not signed in")

    # The superior links what he looked up at the provider.
    admin = sign_in(new_context(url, language="en"), url, "quan.tri", "/accounts/")
    admin.click("a[href$='/identities/']")
    admin.fill("[name=subject]", "7")
    admin.click("form.form button.primary")
    expect(admin.locator("#main .rows")).to_contain_text(provider.issuer)
    found["identities"] = faults_of(admin)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_token_is_made_used_and_revoked(new_context: NewContext, url: str, language: str) -> None:
    page = sign_in(new_context(url, language=language), url, "truc.ban", "/account/")
    page.click("a[href='/account/tokens/new/']")
    page.fill("[name=purpose]", "Tổng đài 113")
    page.select_option("[name=area_log]", "write")
    page.select_option("[name=days]", "30")
    follow(page.locator("form.form button.primary"))
    token = page.inner_text("[data-token]")
    faults = faults_of(page)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
    filed = httpx.post(f"{url}/api/v1/log", json={"text": "Tổng đài thử máy"}, headers=headers)
    assert filed.status_code == 201
    assert httpx.get(f"{url}/api/v1/incidents", headers=headers).status_code == 403
    page.click("a.primary[href$='#tokens']")
    expect(page.locator("#tokens")).to_contain_text("Tổng đài 113")
    faults += faults_of(page)
    page.click("#tokens form[action$='/revocation/'] button")
    expect(page.locator("#tokens")).not_to_contain_text("Tổng đài 113")
    assert httpx.get(f"{url}/api/v1/log", headers=headers).status_code == 401
    assert faults == []
