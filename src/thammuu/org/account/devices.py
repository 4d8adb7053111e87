"""Browsers in which an account has signed in before. Strangers' failures do not lock it out there.

Whoever knows a name can fail ten times a quarter of an hour and so keep its officer from signing in. A browser that the
officer has used before carries a signed cookie that says so, and its failures are counted by themselves. The cookie
opens nothing.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

SALT = "thammuu devices"
DAYS = 180
NAMES = 20
"""So many officers at most share a browser that knows them all."""


def name() -> str:
    """Return what the cookie is called; under HTTPS so that browsers take it from this very host only."""
    return f"{'__Host-' if settings.SESSION_COOKIE_SECURE else ''}thammuu_device"


def known(request: HttpRequest, sign_in_name: str) -> str:
    """Return what this browser is called if the name has signed in here before, else ""."""
    kept = _kept(request)
    return str(kept["device"]) if _digest(sign_in_name) in kept["names"] else ""


def remember(request: HttpRequest, answer: HttpResponseBase, sign_in_name: str) -> None:
    """Let the browser know the name from now on."""
    kept, own = _kept(request), _digest(sign_in_name)
    names = [own, *(one for one in kept["names"] if one != own)][:NAMES]
    answer.set_cookie(
        name(),
        signing.dumps({"device": kept["device"] or secrets.token_hex(16), "names": names}, salt=SALT),
        max_age=DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _kept(request: HttpRequest) -> dict[str, Any]:
    try:
        kept: dict[str, Any] = signing.loads(request.COOKIES.get(name(), ""), salt=SALT, max_age=DAYS * 24 * 3600)
    except signing.BadSignature:
        return {"device": "", "names": []}
    return kept


def _digest(sign_in_name: str) -> str:
    return salted_hmac(SALT, sign_in_name.strip().lower()).hexdigest()[:32]
