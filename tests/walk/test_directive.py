"""A directive's walk: drafted, approved, issued, signed, assigned, cascaded, closed on verified evidence."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.chromium import PHONE, NewContext, axe_faults, follow, sideways
from tests.paper.certificates import Authority, lay_down
from tests.walk.test_first_thread import photo, sign_in

TASK = (
    "Giao thành phố Huế chủ trì, phối hợp với thành phố Đà Nẵng xây dựng {product}, "
    "chậm nhất 05 ngày làm việc kể từ ngày ký."
)


def press(page: Page, button: Locator | str) -> None:
    """Press what sends a form, named by itself or by the end of the form's address; wait for the page that answers."""
    found = page.locator(f"form[action$='{button}'] button").first if isinstance(button, str) else button
    follow(found)
    assert sideways(page) == []


def main_button(page: Page) -> Locator:
    return page.locator("#main form .form-actions button.primary").first


@pytest.mark.parametrize("language", ["vi", "en"])
def test_from_a_draft_to_verified_evidence(
    new_context: NewContext, demo_home: Path, demo_url: str, language: str
) -> None:
    # The operator lays down the seal of the ministry's office.
    lay_down(demo_home / "signing", "B", Authority.made().seal("Văn phòng Bộ"))
    abstract, product, cascaded = (
        f"{words} ({language})" for words in ("Bảo đảm lối thoát", "Phương án phân luồng", "Kiểm tra lối thoát")
    )
    staff = sign_in(new_context(demo_url, language=language), demo_url, "tham.muu", "/decisions/")
    expect(staff.locator("html")).to_have_attribute("lang", language)
    follow(staff.locator("#main table a", has_text="Huy động lực lượng"))
    decision = staff.url
    document = drafted(staff, abstract, TASK.format(product=product))

    chief = sign_in(new_context(demo_url, size=PHONE, language=language), demo_url, "chi.huy", "/")
    chief.locator("#documents a.row-title", has_text=abstract).click()
    press(chief, "/agreement/")
    chief.fill("[name=approve-reason]", "Đúng thẩm quyền")
    press(chief, "/approval/")
    staff.goto(document)
    press(staff, "/issue/")
    expect(staff.locator("h1")).to_have_text(re.compile(r"^\d\d+/CT-VPB – "))
    # Issued is not signed; then the seal stands in its PDF.
    expect(staff.locator("#signature dl")).to_have_count(0)
    follow(staff.locator("a[href$='/signing/']"))
    assert axe_faults(staff) == []
    press(staff, "/signature/")
    staff.goto(document)
    expect(staff.locator("#signature dl")).to_contain_text("Văn phòng Bộ")
    assert axe_faults(staff) == []

    assign_from_text(staff, product, f"Lập phương án ({language})")
    cascade(staff, decision, cascaded)

    # A unit reads the document on a phone and nothing of how it came about, acknowledges, and hands in.
    unit = sign_in(new_context(demo_url, size=PHONE, language=language), demo_url, "hue", "/documents/?state=issued")
    unit.locator("#main .rows a.row-title", has_text=abstract).first.click()
    expect(unit.locator("#text")).to_contain_text(product)
    expect(unit.locator("#main")).not_to_contain_text("Đúng thẩm quyền")
    unit.goto(f"{demo_url}/assignments/")
    follow(unit.get_by_role("link", name=cascaded).first)
    assignment = unit.url
    press(unit, "/acknowledgement/")
    hand_in(unit, assignment, "Đã kiểm tra ba trên bốn lối")

    # It is returned with a reason, handed in again with a photo, verified and closed on a phone.
    chief.goto(assignment)
    chief.locator("form[action$='/return/'] textarea").fill("Thiếu lối thứ tư")
    press(chief, "/return/")
    unit.goto(assignment)
    expect(unit.locator("#main")).to_contain_text("Thiếu lối thứ tư")
    hand_in(unit, assignment, "Đã kiểm tra cả bốn lối", photo())
    chief.goto(assignment)
    press(chief, "/verification/")
    press(chief, "/closure/")
    expect(chief.locator("form[action$='/closure/']")).to_have_count(0)


def drafted(page: Page, abstract: str, clause: str) -> str:
    """Begin a document with the decision on the page, write a clause into it, submit it; return its address."""
    page.locator("a[href^='/documents/new/?decision=']").click()
    page.fill("[name=abstract]", abstract)
    press(page, main_button(page))
    document = page.url
    page.goto(f"{document}sections/new/")
    page.select_option("[name=kind]", "clause")
    page.fill("[name=text]", clause)
    press(page, main_button(page))
    press(page, "/submission/")
    return document


def assign_from_text(page: Page, product: str, task: str) -> None:
    """Prepare the clause of the document on the page that names the product, look at what was read, and issue it."""
    page.locator("#text [id^='section-']", has_text=product).locator("a[href*='?clause=']").click()
    proposal = page.locator("#main article", has_text=product)
    expect(proposal).to_contain_text("Huế")
    proposal.locator("[name$='-task']").fill(task)
    press(page, main_button(page))
    expect(page.locator("#main .rows a", has_text=task).first).to_be_visible()


def cascade(page: Page, decision: str, task: str) -> None:
    """Give one task to two units at once, after a preview."""
    page.goto(f"{decision}cascade/")
    page.fill("[name=task]", task)
    page.fill("[name=product]", "Ảnh lối thoát hiểm")
    page.fill("[name=units]", "46\n48")
    page.fill("[name=term_days]", "5")
    press(page, main_button(page))
    expect(page.locator("#main .error-summary")).to_have_count(0)
    press(page, page.locator("button[name=seen]"))


def hand_in(page: Page, assignment: str, text: str, picture: bytes | None = None) -> None:
    page.goto(f"{assignment}evidence/")
    page.fill("[name=text]", text)
    if picture:
        page.set_input_files("[name=photos]", {"name": "loi.jpg", "mimeType": "image/jpeg", "buffer": picture})
    press(page, main_button(page))
