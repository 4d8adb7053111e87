"""A new user's walk: from a report on the duty log to verified evidence; two officers at desks, one on a phone."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.chromium import PHONE, NewContext, follow, sideways
from tests.walk.keyboard import Keyboard
from thammuu.config.demo.roster import PASSWORD


def sign_in(context: BrowserContext, url: str, name: str, path: str) -> Page:
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{url}/sign-in/?next={path}")
    hands = Keyboard(page)
    hands.type_into("[name=username]", name)
    hands.type_into("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{url}{path}")
    assert faults == []
    return page


def photo() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 120, 90)).save(picture, "JPEG")
    return picture.getvalue()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_from_a_report_to_verified_evidence(new_context: NewContext, demo_url: str, language: str) -> None:
    duty = sign_in(new_context(demo_url, language=language), demo_url, "truc.ban", "/watch/")
    chief = sign_in(new_context(demo_url, language=language), demo_url, "chi.huy", "/watch/")
    report = f"cây đổ chắn lối thoát hiểm khán đài C ({language})"

    # A report in one line is on the other open board.
    hands = Keyboard(duty)
    hands.type_into("command-bar input[name=text]", f"Huế: {report}")
    duty.keyboard.press("Enter")
    for page in (duty, chief):
        expect(page.locator("live-list[target=log]").get_by_text(report)).to_be_visible()

    # It becomes an incident.
    hands.press(f"live-list[target=log] a:has-text('{report}')")
    hands.press("a[href*='/incidents/new/?entry=']")
    hands.type_into("[name=title]", f"Lối thoát hiểm bị chắn ({language})")
    hands.press("[name=kind]", "ArrowDown")
    hands.press("form button.primary:has(svg)")
    duty.wait_for_url(re.compile(r"/incidents/[0-9a-f-]{36}/$"))
    incident = duty.url.rstrip("/").rsplit("/", 1)[1]
    on_board = chief.locator(f"#incident-{incident}")
    expect(on_board).to_be_visible()

    # A decision is taken on it; two units receive an assignment with a deadline.
    hands = Keyboard(chief)
    hands.press(f"#incident-{incident} a.row-title")
    hands.press("a[href*='/decisions/new/']")
    hands.type_into("[name=title]", f"Giải tỏa lối thoát hiểm ({language})")
    hands.type_into("[name=reason]", "Trận chung kết bắt đầu sau hai giờ")
    hands.press("form.form details summary")
    hands.type_into("[name=order-task]", f"Dọn cây đổ ({language})")
    hands.type_into("[name=order-product]", "Ảnh lối thoát hiểm đã thông")
    for unit in ("Đà Nẵng", "Huế"):
        hands.press(f"label:has-text('{unit}') input[name=order-lead_units]", "Space")
    hands.type_into("[name=order-term_days]", "1")
    hands.press("form.form .form-actions button.primary")
    chief.wait_for_url(re.compile(r"/decisions/[0-9a-f-]{36}/$"))
    issued = chief.locator("a[href^='/assignments/']")
    assert len({link.get_attribute("href") for link in issued.all()}) >= 2

    # One of the units hands in evidence from a phone.
    phone = sign_in(new_context(demo_url, size=PHONE, language=language), demo_url, "hue", "/assignments/")
    follow(phone.get_by_role("link", name=f"Dọn cây đổ ({language})").first)
    assignment = phone.url
    follow(phone.locator("form[action$='/acknowledgement/'] button"))
    follow(phone.locator("a[href$='/evidence/']").first)
    assert sideways(phone) == []
    phone.fill("[name=text]", "Đã dọn xong, lối đi thông")
    phone.set_input_files("[name=photos]", {"name": "loi.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    phone.locator("form.form .form-actions button.primary").click()
    phone.wait_for_url(assignment)

    # It is verified and closed.
    chief.goto(assignment)
    hands = Keyboard(chief)
    hands.press("form[action$='/verification/'] button")
    hands.press("form[action$='/closure/'] button")
    expect(chief.locator("form[action$='/closure/']")).to_have_count(0)

    # From any of these one walks the whole thread, both ways.
    for start in (f"/thread/incident/{incident}/", f"/thread/assignment/{assignment.rstrip('/').rsplit('/', 1)[1]}/"):
        chief.goto(f"{demo_url}{start}")
        told = chief.locator("main li a")
        for words in (report, f"Lối thoát hiểm bị chắn ({language})", f"Giải tỏa lối thoát hiểm ({language})"):
            expect(told.filter(has_text=words).first).to_be_visible()
        expect(told.filter(has_text=f"Dọn cây đổ ({language})").first).to_be_visible()
