"""What browsers report of violations of the page's policy: a line in the log, few, and without anything personal.

A report says that somebody's text was about to run as a script, or that a page of ours breaks its own policy; whoever
runs the installation should hear of both. Anybody can send one, so it is short, counted and believed to nobody.
"""

import logging
import re
import time
from collections.abc import Iterable
from urllib.parse import urlsplit

import orjson

from thammuu.config.front.native import NativeAnswer, NativeRequest

REPORTS = "/csp-report/"
LARGEST = 16 * 1024
A_MINUTE = 10
KNOWN = re.compile(r"[a-z-]{1,40}")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|thammuu_[\w-]+")
"""Ids, and the tokens of addresses that open something by themselves."""
log = logging.getLogger(__name__)


class Reports:
    """Takes reports in one process: `a_minute` of them are written down, the others counted."""

    def __init__(self, a_minute: int = A_MINUTE) -> None:
        self._a_minute = a_minute
        self._since, self._heard = 0.0, 0

    async def take(self, request: NativeRequest) -> NativeAnswer:
        """Answer 204 whatever came: a browser does nothing with an answer."""
        if len(request.body) <= LARGEST:
            for directive, page, blocked in _violations(request.body):
                self._tell(directive, page, blocked)
        return NativeAnswer(204)

    def _tell(self, directive: str, page: str, blocked: str) -> None:
        now = time.monotonic()
        if now - self._since >= 60:
            if self._heard > self._a_minute:
                log.warning("%s more violations of the page's policy were reported", self._heard - self._a_minute)
            self._since, self._heard = now, 0
        self._heard += 1
        if self._heard <= self._a_minute:
            log.warning("a browser reports a violation of %s at %s by %s", directive, page, blocked)


def _violations(body: bytes) -> Iterable[tuple[str, str, str]]:
    """Return directive, page and source of each violation, in the report's older or newer form (CSP level 3 §5)."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return
    for one in (said if isinstance(said, list) else [said])[:A_MINUTE]:
        report = one.get("csp-report", one.get("body")) if isinstance(one, dict) else None
        if isinstance(report, dict):
            directive = report.get("effective-directive") or report.get("effectiveDirective")
            page = report.get("document-uri") or report.get("documentURL")
            blocked = report.get("blocked-uri") or report.get("blockedURL")
            yield _word(directive), _path(page), _source(blocked)


def _word(said: object) -> str:
    return said if isinstance(said, str) and KNOWN.fullmatch(said) else "a directive"


def _path(said: object) -> str:
    """Return the path of a page, without its ids and without what was searched for."""
    try:
        path = urlsplit(said).path if isinstance(said, str) else ""
    except ValueError:
        path = ""
    path = path[:200]
    return ID.sub("…", path) if path.isascii() and path.isprintable() else "a page"


def _source(said: object) -> str:
    """Return the kind or the host of what was blocked."""
    try:
        parts = urlsplit(said) if isinstance(said, str) else None
    except ValueError:
        parts = None
    if parts is None:
        return "something"
    source = f"{parts.scheme}://{parts.netloc}" if parts.netloc else parts.path
    return source[:80] if source.isascii() and source.isprintable() else "something"
