"""The demo under HTTPS by a local authority, in a browser that trusts that authority and nothing else."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from shutil import which
from ssl import create_default_context

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, Page, expect

from tests.chromium import FLAGS, NAMES, PHONE, POLICIES, WIDE, axe_faults, sideways, small_targets
from tests.config.grade import wanting
from tests.config.test_running import Demo
from tests.walk.pages import ADMINISTERED, PLAIN, STATES
from tests.walk.test_account import with_authenticator
from tests.walk.test_first_thread import sign_in
from thammuu.config.demo.roster import PASSWORD
from thammuu.config.installation import write_settings
from thammuu.config.supervisor.throw_away import throw_away_home
from thammuu.config.transport import keeping
from thammuu.config.transport.certificates import fingerprint, read_pair
from thammuu.config.transport.editing import write_transport
from thammuu.config.transport.plan import FOLDER, SERVER

HOSTS = ["thammuu.test", "localhost", "127.0.0.1"]


@dataclass
class Secure:
    """A running demo: `url` by HTTPS, `home` with the authority."""

    home: Path
    port: int

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    @property
    def named(self) -> str:
        return f"https://thammuu.test:{self.port}"

    def client(self) -> httpx.Client:
        """A client that has installed the root."""
        trusting = create_default_context(cafile=str(self.home / FOLDER / keeping.ROOT))
        return httpx.Client(verify=trusting, base_url=self.url, headers={"host": f"thammuu.test:{self.port}"})


@pytest.fixture(scope="module")
def secure() -> Iterator[Secure]:
    with throw_away_home() as folder:
        home = folder / "demo"
        write_settings(home, 8160)
        keeping.make_authority(home, HOSTS, (), datetime.now(UTC))
        assert write_transport(home, HOSTS)
        running = Demo(home, 8160)
        try:
            yield Secure(home, running.wait_until_open())
        finally:
            running.interrupt()


@pytest.fixture(scope="module")
def trusting(secure: Secure, browser: Browser) -> Iterator[Browser]:
    """A browser that takes this installation's certificate by its key, as if the root were installed."""
    file = secure.home / FOLDER / SERVER
    public = read_pair(file, file).certificate.public_key()
    pin = base64.b64encode(sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest())
    flags = [
        *FLAGS,
        f"--ignore-certificate-errors-spki-list={pin.decode()}",
        f"--host-resolver-rules=MAP thammuu.test 127.0.0.1:{secure.port}",
    ]
    made = browser.browser_type.launch(executable_path=next(filter(None, map(which, NAMES))), args=flags)
    yield made
    made.close()


@pytest.fixture
def page(trusting: Browser) -> Iterator[Page]:
    context = trusting.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    stopped: list[str] = []
    context.on("console", lambda said: stopped.append(said.text) if any(w in said.text for w in POLICIES) else None)
    yield context.new_page()
    context.close()
    assert not stopped, stopped


def test_the_board_is_live_and_a_passkey_signs_in(secure: Secure, page: Page) -> None:
    page = sign_in(page.context, secure.named, "hue", "/watch/")
    conditions = (
        "[isSecureContext, 'serviceWorker' in navigator, 'mediaDevices' in navigator, 'credentials' in navigator]"
    )
    assert page.evaluate(conditions) == [True] * 4
    expect(page.locator("live-sign")).to_have_attribute("data-state", "on")
    names = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert {"__Host-sessionid", "__Host-csrftoken"} <= names.keys()
    assert all(cookie["secure"] for cookie in names.values())

    with_authenticator(page)
    page.goto(f"{secure.named}/account/passkey/")
    page.fill("[name=name]", "Điện thoại")
    page.click("passkey-form button.primary")
    expect(page.locator("[data-code]")).to_have_count(10)  # the recovery codes that come with a first factor
    page.context.clear_cookies(name="__Host-sessionid")
    page.goto(f"{secure.named}/sign-in/?next=/account/")
    page.fill("[name=username]", "hue")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{secure.named}/sign-in/second/")
    page.click("passkey-form button")
    page.wait_for_url(f"{secure.named}/account/")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_way_to_trust_is_shown_without_https(secure: Secure, page: Page, language: str) -> None:
    root = keeping.root_of(secure.home)
    assert root is not None
    page.goto(f"http://thammuu.test:{secure.port}/trust/?language={language}")
    assert page.url.startswith("http://")
    assert page.locator("html").get_attribute("lang") == language
    shown = " ".join(page.locator(".fingerprint code").all_inner_texts()).split()
    assert shown == fingerprint(root).split(":")
    with page.expect_download() as begun:
        page.click("a[href$='.pem']")
    assert begun.value.path().read_bytes() == root.public_bytes(Encoding.PEM)
    found = axe_faults(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert found + axe_faults(page) + sideways(page) + small_targets(page, 44) == []
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    page.goto(f"http://thammuu.test:{secure.port}/watch/")
    assert page.url.startswith(f"{secure.named}/sign-in/")


def test_every_answer_of_the_running_product_is_graded(secure: Secure) -> None:
    with secure.client() as client:
        strangers = {path: client.get(path) for path in ("/watch/", "/theme/")}
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get("/sign-in/").text)
        assert token is not None
        said = {"username": "quan.tri", "password": PASSWORD, "next": "/", "csrfmiddlewaretoken": token[1]}
        assert client.post("/sign-in/", data=said, headers={"referer": f"{secure.named}/"}).status_code == 302
        paths = [*PLAIN.values(), *ADMINISTERED.values(), *STATES, "/ready", "/live/none", "/trust/thammuu.crt"]
        paths += ["/map/boundaries.json", "/units/import/template/", "/favicon.ico", "/%00", "/sign-in", "//evil.test"]
        answers = {path: client.get(path) for path in paths}
        pages = answers["/"].text
        statics = re.findall(r'(?:src|href)="(/static/[^"]+)"', pages)
        assert len(statics) > 3
        answers |= {path: client.get(path) for path in (*statics, "/static/none.js")}
        answers |= {f"nobody at {path}": answer for path, answer in strangers.items()}
        answers["big"] = client.post("/sign-in/", content=b"x" * (27 * 1024 * 1024))
        answers["forged"] = client.post("/sign-in/", data={"username": "x"})
        answers["strange"] = client.request("BREW", "/")
        answers["stream"] = client.get("/live/stream?since=nonsense")
        answers["report"] = client.post("/csp-report/", content=b"{}")
        answers["host"] = client.get("/", headers={"host": "evil.test"})
    kinds = {answer.status_code for answer in answers.values()}
    assert {200, 204, 302, 400, 403, 404, 405, 413} <= kinds, kinds
    found = {}
    for path, answer in answers.items():
        page = answer.headers.get("content-type", "").startswith("text/html") and "nonce" in answer.text
        found[path] = wanting(answer.headers.multi_items(), page=page, static=path.startswith("/static/"))
    assert {path: lacking for path, lacking in found.items() if lacking} == {}
