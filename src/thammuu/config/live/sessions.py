"""Who is behind a session cookie, without a request of Django's: as its authentication says, held for seconds.

The functions of this module read the database: call them in a thread.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from thammuu.kernel.actor import Actor
from thammuu.org.account import current
from thammuu.org.models import Account

KEEP_SECONDS = 5.0
HELD = 10_000


@dataclass(frozen=True, slots=True)
class SignIn:
    """An open session: its key, whose it is, the digest that a new password makes void, and whether it is locked."""

    key: str
    account: UUID
    proof: str
    locked: bool


_held: dict[str, tuple[float, SignIn]] = {}


def held(key: str) -> SignIn | None:
    """Return the session if it was read within `KEEP_SECONDS`; reads nothing, so it may be called anywhere."""
    found = _held.get(key)
    return found[1] if found and time.monotonic() - found[0] < KEEP_SECONDS else None


def read(key: str) -> SignIn | None:
    """Return the session, None if it is over or its account closed; what is held is used."""
    if not key:
        return None
    found = held(key)
    if found is None:
        found = _read(key)
        if found is not None:
            if len(_held) > HELD:
                _held.clear()
            _held[key] = (time.monotonic(), found)
    return found


def forget() -> None:
    """Drop what is held: a session has ended or an account has changed."""
    _held.clear()


def ended(sign_ins: Collection[SignIn]) -> set[str]:
    """Return the keys of those sessions that are over; two statements, however many there are."""
    keys = [sign_in.key for sign_in in sign_ins]
    known = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list(
            "session_key", flat=True
        )
    )
    accounts = Account.objects.filter(is_active=True).in_bulk({sign_in.account for sign_in in sign_ins})
    proofs = {id: account.get_session_auth_hash() for id, account in accounts.items()}
    return {
        sign_in.key for sign_in in sign_ins if sign_in.key not in known or proofs.get(sign_in.account) != sign_in.proof
    }


def language_of(cookies: dict[str, str], actor: Actor) -> str:
    """Return the language chosen on the device, else the account's: the same rule as for pages."""
    chosen = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else actor.language


def _read(key: str) -> SignIn | None:
    request = HttpRequest()
    request.session = SessionStore(key)
    account = get_user(request)
    if not account.is_authenticated or request.session.session_key != key:
        return None
    return SignIn(key, account.pk, str(request.session.get(HASH_SESSION_KEY, "")), current.is_locked(request))
