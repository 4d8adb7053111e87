"""The walk of a superior's directive: it comes in as a file, and its clauses become assignments on a phone."""

import pytest
from playwright.sync_api import expect

from tests.chromium import PHONE, NewContext, axe_faults, follow, sideways, small_targets
from tests.walk.test_first_thread import sign_in
from thammuu.paper import wordfiles
from thammuu.paper.typesetting.official import Block, OfficialDocument, Signature

DIRECTIVE = OfficialDocument(
    issuer="Văn phòng Chính phủ", place="Hà Nội", abstract="Ứng phó ngập lụt", number="77/CĐ-TTg", type="Công điện",
    blocks=[
        Block(
            "Giao thành phố Huế chủ trì, phối hợp với thành phố Đà Nẵng lập danh sách các hộ phải sơ tán trước ngày "
            "30/6/2027.",
            "1.",
        ),
        Block("Bộ Xây dựng, tỉnh Quảng Trị xây dựng phương án phân luồng.", "2."),
        Block("Giữ vững kỷ cương.", "3."),
    ],
    signature=Signature(["Chánh Văn phòng"]), recipients=["Lưu: VT."],
)  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
def test_from_a_superiors_text_to_assignments_and_its_trace(
    new_context: NewContext, demo_url: str, language: str
) -> None:
    start = "/documents/incoming/new/"
    page = sign_in(new_context(demo_url, size=PHONE, language=language), demo_url, "tham.muu", start)

    def sound() -> None:
        assert (axe_faults(page), sideways(page), small_targets(page, 44)) == ([], [], [])

    def send() -> None:
        follow(page.locator("#main form button.primary").first)

    file = {"name": "công điện.docx", "mimeType": "application/octet-stream", "buffer": wordfiles.write(DIRECTIVE)}
    page.set_input_files("input[type=file]", [file])
    send()
    page.fill("[name=issuer]", "Văn phòng Chính phủ")
    page.fill("[name=symbol]", f"77/{language.upper()}-TTg")
    page.fill("[name=dated]", "2026-11-20")
    page.fill("[name=abstract]", f"Ứng phó ngập lụt ({language})")
    send()
    home = page.url

    # Two tasks are prepared, each with its words; one is struck, the other corrected and confirmed.
    follow(page.locator(".page-actions a[href$='/assignments/']"))
    sound()
    forms = page.locator("#main article")
    expect(forms).to_have_count(2)
    expect(forms.first.locator("mark").first).to_have_text("thành phố Huế")
    expect(forms.last).to_contain_text("Bộ Xây dựng")
    task = f"Lập danh sách sơ tán ({language})"
    forms.first.locator("[name$='-task']").fill(task)
    forms.first.locator("[name$='-deadline']").fill("2026-01-01T17:00")
    forms.last.locator("[name$='-strike']").check()
    send()
    sound()
    expect(forms.first.locator(".error-summary")).to_be_visible()
    expect(forms.first.locator("[name$='-task']")).to_have_value(task)
    expect(forms.last.locator("[name$='-strike']")).to_be_checked()
    forms.first.locator("[name$='-deadline']").fill("2027-06-30T17:00")
    send()
    assert page.url == home

    # The trace counts it; the clause that was struck is still a gap, and is assigned by itself.
    page.goto(f"{home}trace/")
    sound()
    expect(page.locator("#main .rows a", has_text=task)).to_have_count(1)
    follow(page.locator("#main .rows a[href*='?clause=']").first)
    sound()
    expect(page.locator("#main article")).to_have_count(1)
    expect(page.locator("#main article")).to_contain_text("Bộ Xây dựng")
