"""Texts that run somewhere if anybody forgets to escape, and a browser's crawl that types them into every field."""

import re
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import BrowserContext, Error, Page

RUN = "window.ran=1"
POLYGLOTS = (
    f'"><img src=x onerror={RUN}>',
    f"'\"></textarea></title></style></script><script>{RUN}</script>",
    f"</script><!--<script>{RUN}//",
    f'<svg/onload={RUN}>',
    f'" autofocus onfocus={RUN} x="',
    f"javascript:{RUN}//'\"",
    f"<a href=\"javascript:{RUN}\">x</a>",
    f"{{{{7*7}}}}{{% debug %}}${{{RUN}}}<%= {RUN} %>",
    "<style>@import'//evil.example/x';*{background:url(//evil.example/y)}</style>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={RUN}>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'>",
    f"\u2028{RUN}//\u2029<ſcript>{RUN}</ſcript>",
    '=HYPERLINK("http://evil.example","x")',
    "+cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
)  # fmt: skip
# Forms that would end the walk, and those that no word is typed into.
LEFT_OUT = frozenset(
    {
        "sign_out", "account_lock", "account_session_end", "account_sessions_end", "language", "theme",
        "unit_plan_removal", "drawing_removal", "account_codes", "account_factor_removal",
    }
)  # fmt: skip
_LINKS = """[...document.querySelectorAll('a[href]')].map(link => {
  try { return new URL(link.getAttribute('href'), document.baseURI).href } catch { return 'broken:' + link.outerHTML }
})"""
_FORMS = """[...document.forms].map(form =>
  [form.action, [...form.elements].map(field => field.name).filter(Boolean).join()])"""
_WATCH = """
addEventListener('securitypolicyviolation', event => {
  (window.violations ??= []).push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
})
"""
# Fills every field of one form and says which texts it typed; `given` are the texts, used in turn.
_FILL = """([number, given, day]) => {
  const form = document.forms[number], typed = []
  if (!form) return typed
  for (const field of form.elements) {
    const kind = field.type
    if (!field.name || field.disabled || ['submit', 'button', 'file', 'radio', 'checkbox'].includes(kind)) continue
    if (kind === 'hidden') {
      if (field.name.endsWith('geometry')) field.value = '{"type":"Point","coordinates":[105.8,21]}'
    } else if (kind.startsWith('select')) {
      const choice = [...field.options].findIndex(option => option.value && !option.disabled)
      if (!field.value && choice >= 0) field.options[choice].selected = true
    } else if (kind === 'date') field.value ||= day.slice(0, 10)
    else if (kind === 'datetime-local') field.value ||= day
    else if (kind === 'number' || kind === 'range') field.value ||= '1'
    else if (['text', 'search', 'textarea', 'password', 'url', 'email', 'tel'].includes(kind)) {
      field.value = given[typed.length % given.length]
      typed.push(field.name)
    }
  }
  // Without it no progress can be told; it asks for no word.
  if (typed.length || form.action.endsWith('/acknowledgement/')) {
    form.noValidate = true
    HTMLFormElement.prototype.submit.call(form)
  }
  return typed
}"""


@dataclass
class Crawl:
    """What one officer's browser met. `visited` and the keys of `files` are names of addresses, `typed` of fields.

    `sent` tells forms, by where they go and what they ask; one that is in it is not sent again.
    """

    context: BrowserContext
    url: str
    texts: tuple[str, ...]
    visited: set[str] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)

    def walk(self, starts: list[str], examples: int, fill: bool) -> None:
        """Visit each address at so many examples; where asked, send every form of the first with the texts in it."""
        page = self.context.new_page()
        page.add_init_script(_WATCH)
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog {page.url}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        seen: dict[str, list[str]] = {}
        waiting = deque(starts)
        while waiting:
            path = waiting.popleft()
            name = name_of(path)
            places = seen.setdefault(name, [])
            if not name or path in places or len(places) >= examples:
                continue
            places.append(path)
            if not self._open(page, path, name):
                continue
            waiting.extend(self._links(page))
            if fill and len(places) == 1:
                waiting.extend(self._send_forms(page, path))
        self.visited |= set(seen)
        page.close()

    def errand(self, path: str, ending: str) -> None:
        """Send the one form of a page that goes to the address with this end, with the texts in it."""
        page = self.context.new_page()
        page.add_init_script(_WATCH)
        page.goto(self.url + path)
        number = next(n for n, (action, _) in enumerate(page.evaluate(_FORMS)) if str(action).endswith(ending))
        self._send(page, number, days=60)
        self._look(page, f"{path} {ending}")
        page.close()

    def _open(self, page: Page, path: str, name: str) -> bool:
        """Open a page and look at it; a file is only noted."""
        try:
            page.goto(self.url + path)
        except Error as error:
            if "Download is starting" not in str(error) and "ERR_ABORTED" not in str(error):
                raise
            self.files[name] = path
            return False
        self._look(page, path)
        if page.evaluate("document.contentType") != "text/html":
            self.files[name] = path
            return False
        return True

    def _look(self, page: Page, place: str) -> None:
        ran = page.evaluate("[window.ran ?? null, window.violations ?? []]")
        if ran[0] is not None:
            self.faults.append(f"ran on {place}")
        self.faults += [f"violation on {place}: {told}" for told in ran[1]]

    def _links(self, page: Page) -> list[str]:
        found = page.evaluate(_LINKS)
        strange = [link for link in found if not link.startswith(("http", "mailto:", "tel:"))]
        self.faults += [f"link on {page.url}: {link[:80]}" for link in strange]
        parts = [urlsplit(link) for link in found if link.startswith(self.url + "/")]
        return [part.path for part in parts]

    def _unsent(self, page: Page) -> int | None:
        """The place of the first form on the page that was not sent yet; from now on it counts as sent."""
        for number, (action, asked) in enumerate(page.evaluate(_FORMS)):
            name = name_of(urlsplit(str(action)).path)
            if f"{name} {asked}" not in self.sent and name not in LEFT_OUT:
                self.sent.add(f"{name} {asked}")
                return number
        return None

    def _send_forms(self, page: Page, path: str) -> list[str]:
        """Send every form of the page as it stands; return where they led."""
        led = []
        while (number := self._unsent(page)) is not None:
            try:
                self._send(page, number)
            except _Nothing:
                continue
            self._look(page, f"{path} form {number}")
            led.append(urlsplit(page.url).path)
            page.goto(self.url + path)
        return led

    def _send(self, page: Page, number: int, days: int = 1) -> None:
        """Fill one form, its dates so many days from now, send it and wait; _Nothing where no word can be typed."""
        day = f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%dT%H:%M}"
        turn = number + len(self.typed)
        given = [*self.texts[turn % len(self.texts) :], *self.texts[: turn % len(self.texts)]]
        acknowledges = str(page.evaluate(_FORMS)[number][0]).endswith("/acknowledgement/")
        with page.expect_navigation(timeout=30_000):
            fields: list[Any] = page.evaluate(_FILL, [number, given, day])
            if not fields and not acknowledges:
                raise _Nothing
        self.typed |= {re.sub(r"^.*-", "", str(name)) for name in fields}


class _Nothing(Exception):
    """A form without a field for words."""


def name_of(path: str) -> str:
    """The name of the address, "" for what is none."""
    try:
        return str(resolve(path).url_name or "")
    except Resolver404:
        return ""
