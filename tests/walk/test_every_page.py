"""Every page of the address list: accessible in every theme, language and width, never sideways on a phone."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.chromium import PHONE, WIDE, NewContext, axe_faults, colour_faults, sideways, small_targets
from tests.walk.pages import ADMINISTERED, BY_LINK, DATA, FORMS, LEAD, ON_THE_WAY, PLAIN, STATES, names, objects_of
from tests.walk.test_first_thread import sign_in

THEMES = ("light", "dim", "night")
FAULTY = {"/nowhere/": 404, "/units/import/": 403}
# Those who see something else than the chief at the same address.
OTHERS = {
    "quan.tri": ("/units/", "/units/import/", *ADMINISTERED.values()),
    "giam.sat": ("/", "/watch/"),
    "truc.ban": ("/watch/log/", "/alerts/"),
}


def faults_of(page: Page) -> list[str]:
    """Look at the open page as wide as a phone in its theme; in the light one in full width and all colours as well."""
    own = page.evaluate("document.documentElement.dataset.theme")
    found = axe_faults(page) if own == "light" else []
    for theme in THEMES:
        if own == "light" != theme:
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
            found += [f"{theme}: {fault}" for fault in colour_faults(page)]
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    # From its top: what has been scrolled half under the bar is no fault.
    page.evaluate("scrollTo(0, 0)")
    found += [f"phone: {fault}" for fault in axe_faults(page) + sideways(page) + small_targets(page, 44)]
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    return found


@pytest.mark.parametrize(("language", "theme"), [("vi", "light"), ("en", "night")])
def test_every_page_is_accessible_and_fits(new_context: NewContext, demo_url: str, language: str, theme: str) -> None:
    context = new_context(demo_url, theme=theme, language=language)
    page = context.new_page()
    page.goto(f"{demo_url}/sign-in/")
    found = {"/sign-in/": faults_of(page)}
    page = sign_in(context, demo_url, "chi.huy", "/watch/")
    objects = objects_of(page, demo_url)
    faulty = {**FAULTY, objects["assignment_evidence"]: 403}
    # The walk of the merger looks at the rehearsal of its plan.
    assert names() == DATA | FORMS | PLAIN.keys() | objects.keys() | ADMINISTERED.keys() | ON_THE_WAY | BY_LINK | {
        "unit_plan"
    }
    for path in (*PLAIN.values(), *objects.values(), *STATES):
        answer = page.goto(f"{demo_url}{path}")
        assert answer is not None
        assert answer.status == faulty.get(path, 200), path
        found[path] = faults_of(page)
    granting = {"quan.tri": (*OTHERS["quan.tri"], "/rights/", f"{objects['post_rights']}grants/new/")}
    for officer, paths in {
        **OTHERS,
        **granting,
        LEAD: ("/", objects["assignment_evidence"], objects["assignment"]),
    }.items():
        page = sign_in(new_context(demo_url, theme=theme, language=language), demo_url, officer, paths[0])
        for path in paths:
            page.goto(f"{demo_url}{path}")
            found[f"{officer} {path}"] = faults_of(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_opens_over_a_page_is_accessible(new_context: NewContext, demo_url: str, language: str) -> None:
    context = new_context(demo_url, language=language)
    page = sign_in(context, demo_url, "chi.huy", "/watch/")
    found: dict[str, list[str]] = {}
    for keys, opened in (("Control+k", "#palette[open]"), ("?", "#shortcuts[open]")):
        page.goto(f"{demo_url}/incidents/")
        page.keyboard.press(keys)
        page.wait_for_selector(opened)
        found[opened] = faults_of(page)
    for button in ("look-menu", "account-menu"):
        page.goto(f"{demo_url}/incidents/")
        page.click(f"[popovertarget={button}]")
        found[button] = faults_of(page)
    for form in ("/incidents/new/", "/decisions/new/", "/alerts/intake/"):
        page.goto(f"{demo_url}{form}")
        page.locator("form.form").evaluate("form => { form.noValidate = true }")
        page.locator("form.form .form-actions button.primary").click()
        page.wait_for_selector(".error-summary")
        found[f"{form} refused"] = faults_of(page)
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_the_phones_menu_lists_every_page_in_rows(new_context: NewContext, demo_url: str) -> None:
    page = sign_in(new_context(demo_url, size=PHONE), demo_url, "hue", "/")
    page.click("[popovertarget=more-menu]")
    items = page.locator("#more-menu .menu-item")
    boxes = [item.bounding_box() for item in items.all()]
    assert len(boxes) == page.locator(".rail .nav-link").count()
    tops = [box["y"] + box["height"] for box in boxes if box is not None]
    assert all(below - above >= 44 for above, below in pairwise(tops))
    assert axe_faults(page) + sideways(page) == []
