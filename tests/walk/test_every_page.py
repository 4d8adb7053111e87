"""Every page that a signed-in officer can open: accessible in every theme and language, never sideways on a phone."""

import pytest

from tests.chromium import PHONE, WIDE, NewContext, axe_faults, sideways
from tests.walk.test_first_thread import sign_in

PAGES = (
    "/",
    "/watch/",
    "/watch/log/",
    "/incidents/",
    "/incidents/new/",
    "/decisions/",
    "/decisions/new/",
    "/assignments/",
    "/alerts/",
    "/alerts/intake/",
    "/map/",
    "/search/?q=nước",
    "/time-machine/",
    "/journal/",
    "/units/",
)
FIRST_OF = {
    "/incidents/": "#main .rows a.row-title",
    "/decisions/": "#main a[href^='/decisions/']:not([href$='/new/'])",
    "/assignments/": "#main a[href^='/assignments/']",
    "/watch/log/": "#main .rows a.row-title",
}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize(("theme", "language"), [("light", "vi"), ("dim", "en"), ("night", "vi")])
def test_every_page_is_accessible_and_fits(
    new_context: NewContext, demo_url: str, theme: str, language: str, size: tuple[int, int]
) -> None:
    context = new_context(demo_url, size=size, theme=theme, language=language)
    page = sign_in(context, demo_url, "chi.huy", "/watch/")
    found: dict[str, list[str]] = {}
    waiting = list(PAGES)
    while waiting:
        path = waiting.pop(0)
        answer = page.goto(f"{demo_url}{path}")
        assert answer is not None and answer.status == 200, path
        faults = axe_faults(page) + sideways(page)
        if faults:
            found[path] = faults
        if path in FIRST_OF:
            link = page.locator(FIRST_OF[path]).first.get_attribute("href")
            assert link is not None, path
            waiting.append(link)
            if path != "/watch/log/":
                kind = path.strip("/").removesuffix("s")
                waiting.append(f"/thread/{kind}/{link.rstrip('/').rsplit('/', 1)[1]}/")
    assert found == {}
