"""Asks the process apart what the signatures of a PDF are worth."""

import base64
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from thammuu.kernel import clock
from thammuu.paper.sandbox import Broken, Limits, TooMuch, read_apart
from thammuu.paper.signatures.roots import trust_roots
from thammuu.paper.signatures.verdicts import Finding, Level, State, Verdict, Why, verdict_of

MEBIBYTE = 1024 * 1024
READER = "thammuu.paper.signatures.apart:judge"
LIMITS = Limits(seconds=90, processor=40, memory=1024 * MEBIBYTE, answer=4 * MEBIBYTE)
_TIMES = ("valid_from", "valid_until", "signed_at", "stamped_at")
_SAID = ("organisation", "issuer", "serial", "digest", "whole")


def verify(content: bytes, *, over: bytes | None = None, now: datetime | None = None) -> Verdict:
    """Return what the signatures of a PDF are worth: read in the sandbox, no network asked, revocation not checked.

    `over` is the PDF that was handed out to be signed, whose bytes must stand at the beginning, with nothing but
    signatures added. A file that is no PDF is told of as broken; nothing is raised. `now` is the present unless given.
    """
    at = (now or clock.now()).astimezone(UTC)
    if over is not None and not content.startswith(over):
        return Verdict(State.CHANGED, Why.OTHER_PDF, at)
    roots = [base64.b64encode(one).decode() for one in trust_roots()]
    question = {"roots": roots, "now": at.isoformat(), "over": len(over or b"")}
    try:
        found = read_apart(READER, content, question, LIMITS).value["findings"]
    except TooMuch:
        return Verdict(State.BROKEN, Why.TOO_MUCH, at)
    except Broken:
        return Verdict(State.BROKEN, Why.UNREADABLE, at)
    verdict = verdict_of(tuple(_finding(one) for one in found), at)
    # What can be said of the file alone is no signature.
    return replace(verdict, findings=tuple(one for one in verdict.findings if one.digest))


def _finding(told: Mapping[str, Any]) -> Finding:
    times: dict[str, Any] = {name: datetime.fromisoformat(told[name]) for name in _TIMES if told.get(name)}
    said: dict[str, Any] = {
        name: told[name] for name in ("organisation", "issuer", "serial", "digest", "whole") if name in told
    }
    return Finding(State(told["state"]), Why(told["why"]), level=Level(told.get("level", "")), **said, **times)
