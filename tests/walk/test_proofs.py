"""An auditor checks an entry in the browser: what was sealed is right, what was changed is wrong."""

import pytest
from playwright.sync_api import expect

from tests.chromium import NewContext
from tests.walk.test_first_thread import sign_in


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_auditor_checks_one_entry_himself(new_context: NewContext, demo_url: str, language: str) -> None:
    page = sign_in(new_context(demo_url, language=language), demo_url, "giam.sat", "/proofs/")
    page.fill("#position", "37")
    page.keyboard.press("Enter")
    page.wait_for_url("**/proofs/?position=37")
    button = page.locator("proof-check button")
    verdicts = page.locator("[data-check] .status")
    button.click()
    expect(verdicts).to_have_count(4)
    for place in ("body", "leaf", "path"):
        expect(page.locator(f"[data-check={place}] .status")).to_have_class("status normal")
    # Its own Ed25519 is what a browser may lack; then it says so.
    expect(page.locator("[data-check=signature] .status.critical")).to_have_count(0)
    page.fill("#leaf", page.input_value("#leaf").replace('"version":1', '"version":2'))
    expect(verdicts).to_have_count(0)
    button.click()
    for place in ("leaf", "path"):
        expect(page.locator(f"[data-check={place}] .status")).to_have_class("status critical")
