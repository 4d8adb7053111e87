"""The system's Chromium for browser tests, and the judge of accessibility (axe-core)."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE = Path(__file__).parents[1] / "src/thammuu/ui/frontend/node_modules/axe-core/axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No machine of the tests has a GPU: only the map's WebGL goes by way of its emulation.
    "--disable-gpu-rasterization",
    "--disable-gpu-compositing",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
# A machine with other work on it is slow, not wrong.
expect.set_options(timeout=20_000)
WIDE = (1920, 1080)
PHONE = (360, 740)
POLICIES = ("Content Security Policy", "Permissions-Policy", "Permissions policy", "Trusted", "Mixed Content")
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; the test is skipped where there is none, or where the front end is not built."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium here; install the package 'chromium'")
    if not AXE.exists():
        pytest.skip("the front end's packages are not installed; run `make test`")
    # Playwright keeps an event loop in this thread; the tests still use the database from it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Make a browser context: `new_context(url, size=WIDE, theme="light", language="vi", session="")`.

    Whatever a page's policy stops in any of them fails the test.
    """
    opened: list[BrowserContext] = []
    stopped: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if any(word in message.text for word in POLICIES):
            stopped.append(f"{message.page.url if message.page else ''}: {message.text}")

    def make(
        url: str, *, size: tuple[int, int] = WIDE, theme: str = "light", language: str = "vi", session: str = ""
    ) -> BrowserContext:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height}, has_touch=width < 768, reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        context.on("console", hear)
        cookies = {"thammuu_theme": theme, "django_language": language, "sessionid": session}
        context.add_cookies([{"name": name, "value": value, "url": url} for name, value in cookies.items() if value])
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert not stopped, "\n".join(sorted(set(stopped)))


def follow(found: Locator) -> None:
    """Press what opens another page, and wait until that page is there: a click waits for no answer."""
    with found.page.expect_navigation():
        found.click()


TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]


def axe_faults(page: Page) -> list[str]:
    """Return WCAG 2.2 A and AA violations as "rule: selector", and other rules of good practice as well."""
    return _axe(page, TAGS)


def colour_faults(page: Page) -> list[str]:
    """Return what the rules about colour find: all that another theme can change."""
    return _axe(page, COLOURS)


def _axe(page: Page, rules: list[str]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules)
    return [
        f"{rule['id']}: {' '.join(node['target'])} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def sideways(page: Page) -> list[str]:
    """Return what makes the page scroll sideways: nothing may, except a table in its own box."""
    return list(
        page.evaluate(
            """() => document.documentElement.scrollWidth <= innerWidth ? [] :
              [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
              .map(e => e.outerHTML.slice(0, 120)).slice(0, 5)"""
        )
    )


def small_targets(page: Page, least: int) -> list[str]:
    """Return what can be pressed and is smaller than `least` px either way (links inside sentences excepted)."""
    return list(
        page.evaluate(
            """(least) => [...document.querySelectorAll('a.button, button, summary, select, .nav-link, .menu-item')]
              .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.maplibregl-ctrl'))
              .filter(e => { const box = e.getBoundingClientRect(); return box.width < least || box.height < least; })
              .map(e => e.outerHTML.slice(0, 120))""",
            least,
        )
    )
