"""A draft is written where it stands: by keys, and by two officers at once."""

from playwright.sync_api import Page, expect

from tests.chromium import PHONE, NewContext, axe_faults, follow, sideways
from tests.walk.test_first_thread import sign_in


def draft_of(staff: Page, abstract: str) -> str:
    """Draft a document from a decision with tasks; the address of its page, which stays open."""
    staff.locator("#main table a", has_text="Huy động lực lượng").click()
    staff.locator("a[href^='/documents/new/?decision=']").click()
    staff.fill("[name=abstract]", abstract)
    follow(staff.locator("#main form button.primary"))
    expect(staff.locator("#text article").nth(2)).to_be_visible()
    return staff.url


def test_a_draft_is_written_without_leaving_its_page(new_context: NewContext, demo_url: str) -> None:
    staff = sign_in(new_context(demo_url, language="vi"), demo_url, "tham.muu", "/decisions/")
    draft_of(staff, "Về trực ban đêm chung kết")
    articles, field = staff.locator("#text article:visible"), staff.locator("#text [data-held] [name=text]")

    count = articles.count()
    # A section is taken up, left, taken up again, and saved by a key; what the field bears is focused at once.
    articles.nth(0).locator("form[action$='/taking/'] button").click()
    expect(field).to_be_focused()
    assert axe_faults(staff) == []
    staff.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(articles).to_have_count(count)
    articles.nth(0).locator("form[action$='/taking/'] button").click()
    field.fill("Sửa ngay tại chỗ")
    staff.keyboard.press("Control+Enter")
    expect(articles.nth(0)).to_contain_text("Sửa ngay tại chỗ")
    expect(staff.locator("toast-list .toast").last).to_be_visible()

    # Two new ones below it, one after the other, without the mouse; a bad one says why and keeps the words.
    articles.nth(0).locator("a[data-in-place]").press("Enter")
    expect(field).to_be_focused()
    field.fill("   ")
    staff.keyboard.press("Control+Enter")
    expect(staff.locator("#text [data-held] .error-summary")).to_be_visible()
    field.fill("Mục viết thêm thứ nhất")
    staff.keyboard.press("Control+Shift+Enter")
    expect(articles.nth(1)).to_contain_text("Mục viết thêm thứ nhất")
    expect(field).to_be_focused()
    field.fill("Mục viết thêm thứ hai")
    staff.keyboard.press("Control+Enter")
    expect(articles.nth(2)).to_contain_text("Mục viết thêm thứ hai")

    # Moved by a key, and once more from the same place.
    articles.nth(2).locator("form[action$='/taking/'] button").focus()
    staff.keyboard.press("Alt+ArrowUp")
    expect(articles.nth(1)).to_contain_text("Mục viết thêm thứ hai")
    staff.keyboard.press("Alt+ArrowUp")
    expect(articles.nth(0)).to_contain_text("Mục viết thêm thứ hai")


def test_two_officers_write_one_section_where_it_stands(new_context: NewContext, demo_url: str) -> None:
    staff = sign_in(new_context(demo_url, language="vi"), demo_url, "tham.muu", "/decisions/")
    chief = sign_in(new_context(demo_url, language="en"), demo_url, "chi.huy", "/watch/")
    chief.goto(draft_of(staff, "Về lực lượng dự bị"))
    articles, field = staff.locator("#text article:visible"), staff.locator("#text [data-held] [name=text]")
    # What the other holds is asked for in place; saved over his text, both stand there.
    mine = chief.locator("#text article:visible").nth(1)
    mine.locator("form[action$='/taking/'] button").click()
    expect(chief.locator("#text [data-held] [name=text]")).to_be_focused()
    staff.reload()
    expect(articles.nth(1).locator(".badge")).to_be_visible()
    articles.nth(1).locator("details summary").click()
    assert axe_faults(staff) == []
    articles.nth(1).locator("form[action$='/taking/'] button").click()
    staff.locator("#text [data-held] button[name=over]").click()
    field.fill("Lời của tham mưu")
    staff.keyboard.press("Control+Enter")
    expect(articles.nth(1)).to_contain_text("Lời của tham mưu")
    chief.locator("#text [data-held] [name=text]").fill("Words of the chief")
    chief.keyboard.press("Control+Enter")
    expect(chief.locator("#text [data-held] .panel")).to_contain_text("Lời của tham mưu")
    expect(chief.locator("#text [data-held] [name=text]")).to_have_value("Words of the chief")
    assert axe_faults(chief) == []
    chief.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert sideways(chief) == []
    chief.keyboard.press("Control+Enter")
    expect(mine).to_contain_text("Words of the chief")
