"""An administrator merges two provinces: from the list of units over the rehearsal to the merged unit."""

import pytest
from playwright.sync_api import expect

from tests.chromium import NewContext
from tests.walk.keyboard import Keyboard
from tests.walk.test_every_page import faults_of
from tests.walk.test_first_thread import sign_in

# Each language merges provinces of its own: both walk through the same demo.
MERGERS = {"vi": ("Cà Mau", "An Giang", "V1"), "en": ("Lai Châu", "Sơn La", "V2")}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_administrator_merges_two_provinces(new_context: NewContext, demo_url: str, language: str) -> None:
    stays, joins, code = MERGERS[language]
    page = sign_in(new_context(demo_url, language=language), demo_url, "quan.tri", "/units/")
    hands = Keyboard(page)
    hands.type_into("#q", stays)
    page.keyboard.press("Enter")
    hands.press(f"#main table a:has-text('{stays}')")
    page.wait_for_selector("#merger")
    assert faults_of(page) == []

    # Name, code and partner are typed; what it would mean is shown before anything is saved.
    hands.press("#merger summary")
    hands.press(f"#merger label:has-text('{joins}') input", "Space")
    page.fill("#merger [name=merger-name]", f"{stays} – {joins}")
    page.fill("#merger [name=merger-code]", code)
    hands.press("#merger button.primary")
    page.wait_for_selector("input[name=seen]", state="attached")
    for told in (stays, joins):
        expect(page.locator("#main table").get_by_text(f"Trực ban, {told}").first).to_be_visible()
    assert faults_of(page) == []
    hands.press("form[action$='/confirmation/'] button")

    # The old names are on record, the new unit is in the list, and the old officer is of the new unit.
    page.wait_for_url(f"{demo_url}/units/")
    page.goto(f"{demo_url}/units/?q={code}")
    hands.press("#main table a")
    for gone in (stays, joins):
        expect(page.locator("#main dl.facts a").filter(has_text=gone)).to_be_visible()
    assert faults_of(page) == []
