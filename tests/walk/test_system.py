"""An administrator looks how the system stands, at a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.chromium import NewContext
from tests.walk.test_every_page import faults_of
from tests.walk.test_first_thread import sign_in


@pytest.mark.parametrize(("language", "heading"), [("vi", "Hệ thống"), ("en", "System")])
def test_an_administrator_sees_how_the_system_stands(
    new_context: NewContext, demo_url: str, language: str, heading: str
) -> None:
    page = sign_in(new_context(demo_url, language=language), demo_url, "quan.tri", "/system/")
    expect(page.locator("h1")).to_have_text(heading)
    for process in ("PostgreSQL", "sealer", "followers", "jobs", "serve 1", "serve 2"):
        expect(page.locator("#processes")).to_contain_text(process)
    expect(page.locator(".notice.serious")).to_have_count(0)
    assert faults_of(page) == []
    with page.expect_download() as told:
        page.locator("a[href='/system/export/']").click()
    assert told.value.suggested_filename == "thammuu-system.json"
