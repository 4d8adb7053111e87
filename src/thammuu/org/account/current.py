"""The session of a request: which one it is, when its officer was last proved, and an unfinished sign-in."""

import contextlib
import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth import login
from django.db import DatabaseError
from django.http import HttpRequest

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import authority
from thammuu.org.account import actions, devices, rules
from thammuu.org.models import Account

SESSION = "sign_in"
PROVED = "proved_at"
LOCKED = "locked"
UNFINISHED = "unfinished"
PROVIDER = "provider"
"""By way of which provider the session's officer came; absent for name and password."""

_noted: dict[UUID, float] = {}


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Whose password was right, what is still to be given, and where the officer wanted to go."""

    account: Account
    second: bool
    back: str


def begin(request: HttpRequest, account: Account) -> None:
    """Open a session of this account, whose officer has proved everything that it asks for."""
    now = clock.now()
    request.session.pop(UNFINISHED, None)
    login(request, account)
    authority.forget()
    actor = authority.actor_of(account.id)
    if actor is None or request.session.session_key is None:
        raise LookupError("an account was closed while it signed in")
    session = actions.begin_session(
        actor=actor,
        now=now,
        key=request.session.session_key,
        device=rules.device_of(request.headers.get("User-Agent", "")),
        known=devices.known(request, account.sign_in_name),
    )
    request.session.set_expiry(now + rules.SESSION)
    request.session[SESSION] = str(session)
    request.session[PROVED] = now.isoformat()


def set_unfinished(request: HttpRequest, account: Account, *, second: bool, back: str) -> None:
    """Keep that the password was right; `second` says whether a second factor is still to be given."""
    request.session[UNFINISHED] = {
        "account": str(account.id),
        "proof": account.get_session_auth_hash(),
        "second": second,
        "back": back,
        "at": clock.now().isoformat(),
    }


def unfinished(request: HttpRequest) -> Unfinished | None:
    """Return the sign-in under way; None if there is none, it is too old, or the password has changed since."""
    kept = request.session.get(UNFINISHED)
    if not kept or not clock.is_within(datetime.fromisoformat(kept["at"]), clock.now(), rules.UNFINISHED):
        return None
    account = Account.objects.filter(id=kept["account"], is_active=True).first()
    if account is None or account.get_session_auth_hash() != kept["proof"]:
        return None
    return Unfinished(account, kept["second"], kept["back"])


def session_of(request: HttpRequest) -> UUID | None:
    """Return the session's id, None for one that was not recorded when it began."""
    kept = request.session.get(SESSION)
    return UUID(kept) if kept else None


def lock(request: HttpRequest) -> None:
    """Take nothing from this session until its officer is proved again; it goes on after that."""
    request.session[LOCKED] = True


def unlock(request: HttpRequest) -> None:
    """Its officer was proved again."""
    request.session.pop(LOCKED, None)
    request.session[PROVED] = clock.now().isoformat()


def is_locked(request: HttpRequest) -> bool:
    """Say whether the session waits for its officer."""
    return LOCKED in request.session


def note_seen(request: HttpRequest, actor: Actor) -> None:
    """Keep that the session is in use, once a minute."""
    session = session_of(request)
    if session is None:
        return
    present = time.monotonic()
    if present - _noted.get(session, -rules.SEEN_EVERY.total_seconds()) >= rules.SEEN_EVERY.total_seconds():
        if len(_noted) > 10_000:
            _noted.clear()
        _noted[session] = present
        # A page that only reads is not withheld because this cannot be written (on a full disk, for instance).
        with contextlib.suppress(DatabaseError):
            actions.note_seen(actor=actor, now=clock.now(), session=session)
