"""Promise 14: no typed text runs as script or formula, wherever it is shown or handed out.

A real browser types polyglots into every field of every page of the running product, as each kind of officer, and
then looks at every page again. THAMMUU_POLYGLOTS sets how many rounds, each with the texts in another turn: one here
and in CI, one for each text for a release.
"""

import csv
import inspect
import io
import os
import zipfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django import forms
from playwright.sync_api import Page

import thammuu
from tests.chromium import NewContext
from tests.config.test_running import Demo
from tests.promises.polyglots import POLYGLOTS, RUN, Crawl
from tests.walk.pages import ADMINISTERED, PLAIN
from tests.walk.test_first_thread import sign_in
from thammuu.config.supervisor.throw_away import throw_away_home

ROUNDS = int(os.environ.get("THAMMUU_POLYGLOTS", "1"))
OFFICERS = ("truc.ban", "chi.huy", "danang", "quan.tri")
LOOKING = ("chi.huy", "quan.tri")
STARTS = ["/", *PLAIN.values(), *ADMINISTERED.values()]
# What the lead unit and the one that assigned say to each other while an assignment is carried out, by address.
LEAD, ASSIGNING = "danang", "chi.huy"
ERRANDS = (
    (LEAD, "/progress/"),
    (LEAD, "/guidance/"),
    (ASSIGNING, "/answer/"),
    (LEAD, "/extension-request/"),
    (ASSIGNING, "/refusal/"),
    (LEAD, "/extension-request/"),
    (ASSIGNING, "/grant/"),
)
# On the way into an account, shown to nobody; `seen` is the mark of a section's text and `given` what a browser is
# reached by, in hidden fields.
# `review` is asked for of an emergency that somebody opened, `subject` where another provider signs people in,
# `issuer` and `drafter` of a unit that issues its first document (letters alone): the crawl does not come there.
ELSEWHERE = {"code", "password", "again", "username", "seen", "given", "review", "subject", "issuer", "drafter"} | {
    # Of an order that waits for them; the crawl meets none in time.
    "read_back", "correction", "report",
}  # fmt: skip
# A page of examples that nothing is kept from.
SPECIMENS = "thammuu.ui.specimens"


@pytest.fixture(scope="module")
def product() -> Iterator[str]:
    with throw_away_home() as home:
        running = Demo(home / "demo", 8155)
        try:
            yield f"http://localhost:{running.wait_until_open()}"
        finally:
            running.interrupt()


def test_no_text_runs_wherever_it_is_typed(new_context: NewContext, product: str) -> None:
    faults: list[str] = []
    typed: set[str] = set()
    visited: set[str] = set()
    contexts = {}
    for officer in OFFICERS:
        contexts[officer] = new_context(product, size=(900, 700))
        sign_in(contexts[officer], product, officer, "/").close()
    assignment = _assignment_carried_out(contexts[LEAD].new_page(), product)
    for officer, ending in ERRANDS:
        crawl = Crawl(contexts[officer], product, POLYGLOTS)
        crawl.errand(assignment, ending)
        faults += crawl.faults
        typed |= crawl.typed
    for turn in range(ROUNDS):
        texts, sent = (*POLYGLOTS[turn:], *POLYGLOTS[:turn]), set[str]()
        for officer in OFFICERS:
            crawl = Crawl(contexts[officer], product, texts, sent=sent)
            crawl.walk(STARTS, examples=1, fill=True)
            faults += crawl.faults
            typed |= crawl.typed
    for officer in LOOKING:
        crawl = Crawl(contexts[officer], product, POLYGLOTS)
        crawl.walk(STARTS, examples=3 if ROUNDS > 1 else 2, fill=False)
        faults += crawl.faults
        visited |= crawl.visited
        for name, path in crawl.files.items():
            faults += _live_formulas(name, contexts[officer].request.get(product + path).body())
    assert faults == []
    assert set(PLAIN) - visited == set()
    assert _fields_of_words() - typed - ELSEWHERE == set(), "fields that nothing was typed into"


def test_a_line_that_arrives_live_is_only_text(new_context: NewContext, product: str) -> None:
    duty = sign_in(new_context(product), product, "truc.ban", "/watch/")
    chief = sign_in(new_context(product), product, "chi.huy", "/watch/")
    for text in POLYGLOTS[:5]:
        duty.fill("command-bar input[name=text]", f"{text} live")
        duty.keyboard.press("Enter")
    for page in (duty, chief):
        page.locator("live-list[target=log]").get_by_text(f"onfocus={RUN}").first.wait_for()
        assert page.evaluate("window.ran ?? null") is None


def _assignment_carried_out(page: Page, product: str) -> str:
    """The address of an assignment of the unit that it has acknowledged and works on."""
    page.goto(f"{product}/assignments/")
    for link in [link.get_attribute("href") for link in page.locator("#main .rows a.row-title").all()]:
        page.goto(f"{product}{link}")
        if page.locator("form[action$='/progress/']").count():
            page.close()
            return str(link)
    raise LookupError("the unit works on no assignment")


def _fields_of_words() -> set[str]:
    """The names of the fields of every form of the product into which words can be typed."""
    found = set()
    for module in walk_packages(thammuu.__path__, "thammuu."):
        if not module.name.rpartition(".")[2].endswith(("forms", "reproof")):
            continue
        for _name, each in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(each, forms.Form) and each.__module__ == module.name:
                found |= {name for name, given in each.base_fields.items() if type(given) is forms.CharField}
    return found


def _live_formulas(name: str, content: bytes) -> list[str]:
    """Cells of an export that a spreadsheet would compute."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            sheets = [part for part in package.namelist() if part.startswith("xl/worksheets/")]
            return [f"{name}: formula in {part}" for part in sheets if b"<f>" in package.read(part)]
    if Path(name).suffix == ".csv" or name.endswith("csv"):
        cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
        return [f"{name}: {cell[:40]}" for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    return []
