"""Orders, walked: given from an incident, acknowledged on a phone and by a link, read back, reported, confirmed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.chromium import PHONE, NewContext, axe_faults, follow, sideways, small_targets
from tests.walk.test_first_thread import sign_in

ORDER = re.compile(r"/orders/[0-9a-f-]{36}/$")


def sound(page: Page) -> None:
    """Nothing for axe to find, nothing sideways, no target too small for a thumb (44 px)."""
    assert axe_faults(page) == []
    assert sideways(page) == []
    assert small_targets(page, 44) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_loop_of_an_order(new_context: NewContext, demo_url: str, language: str) -> None:
    watch = sign_in(new_context(demo_url, language=language), demo_url, "truc.ban", "/incidents/?status=open")
    phone = sign_in(new_context(demo_url, size=PHONE, language=language), demo_url, "hanoi", "/orders/mine/")
    text = f"Chốt cổng số 2, không cho xe vào ({language})"
    follow(watch.locator("#main .rows a.row-title").first)
    follow(watch.locator("a[href*='/orders/new/?incident=']"))
    watch.fill("[name=text]", text)
    for box in watch.locator("[name=units]:checked").all():
        box.uncheck()
    watch.get_by_label("Hà Nội", exact=True).check()
    watch.check("[name=wants_read_back]")
    watch.locator("form button.primary.duty").click()
    watch.wait_for_url(ORDER)

    # It comes onto the phone by itself; it is read back there.
    card = phone.locator("section.panel", has_text=text)
    expect(card).to_be_visible(timeout=40_000)
    sound(phone)
    card.locator("[name=read_back]").fill("Chốt cổng hai")
    card.locator("button.primary").click()
    phone.wait_for_url("**/orders/mine/")

    # The watch finds the read-back right, on the page that followed.
    expect(watch.locator("form[action$='/read-back/'] button.primary")).to_be_visible(timeout=40_000)
    watch.locator("form[action$='/read-back/'] button.primary").click()
    watch.wait_for_load_state()
    phone.reload()
    follow(phone.locator("a.row-title", has_text=text))
    phone.locator("details:has(form[action$='/completion/']) summary").click()
    phone.locator("form[action$='/completion/'] textarea").fill("Đã chốt, 10 người")
    sound(phone)
    phone.locator("form[action$='/completion/'] button").click()
    expect(phone.locator(".timeline")).to_contain_text("Đã chốt, 10 người")
    watch.reload()
    watch.locator("form[action$='/confirmation/'] button").click()
    watch.wait_for_load_state()
    assert axe_faults(watch) == []
    expect(watch.locator(".panel-head .status.off")).to_be_visible()


def test_an_order_answered_by_a_link(new_context: NewContext, demo_url: str) -> None:
    watch = sign_in(new_context(demo_url), demo_url, "truc.ban", "/watch/")
    watch.fill("command-bar input[name=text]", "> Cao Bằng: báo mực nước hồ !!")
    watch.keyboard.press("Enter")
    watch.wait_for_url(ORDER)
    watch.locator("details:has(form[action$='/link/']) summary").click()
    watch.locator("form[action$='/link/'] button").click()
    address = watch.locator("[data-order-link]").inner_text()
    guest = new_context(demo_url, size=PHONE).new_page()
    guest.goto(address)
    sound(guest)
    guest.fill("[name=name]", "Trung úy An, trực ban xã")
    guest.locator("button[value=acknowledgement]").click()
    guest.wait_for_load_state()
    guest.fill("[name=name]", "Trung úy An, trực ban xã")
    guest.fill("[name=report]", "Mực nước 12,4 m")
    guest.locator("button[value=report]").click()
    expect(guest.locator("dl.facts")).to_contain_text("12,4 m")
    sound(guest)
    watch.goto(f"{demo_url}/orders/")
    follow(watch.locator("a.row-title", has_text="báo mực nước hồ"))
    expect(watch.locator(".timeline")).to_contain_text("Trung úy An")
