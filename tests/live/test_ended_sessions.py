"""Whatever ends a session ends the stream that it opened, and no other."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from tests.live.test_stream import Product, Stream, product, write
from thammuu.journal import feed
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org.account import actions
from thammuu.org.models import Account

__all__ = ["product"]
pytestmark = pytest.mark.django_db(transaction=True)


def begin(actor: Actor, settings: Any) -> tuple[UUID, str]:
    """Sign the actor in as the pages do; return the session's id and the browser's key."""
    assert actor.account is not None
    account = Account.objects.get(id=actor.account)
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    key = str(store.session_key)
    return actions.begin_session(actor=actor, now=clock.now(), key=key, device="Firefox, Linux"), key


def end_of(stream: Stream) -> bool:
    """Read until the stream ends; a stream that does not end runs into the socket's time."""
    while stream.next() is not None:
        pass
    return True


ENDINGS: dict[str, Callable[[Actor, Actor, UUID, UUID], object]] = {
    "revoked": lambda officer, admin, here, there: actions.end_other_session(
        actor=officer, now=clock.now(), session=there
    ),
    "all others revoked": lambda officer, admin, here, there: actions.end_other_sessions(
        actor=officer, now=clock.now(), keep=here
    ),
    "another password": lambda officer, admin, here, there: actions.change_password(
        actor=officer, now=clock.now(), password="một hai ba bốn", keep=None
    ),
    "reset by the superior": lambda officer, admin, here, there: actions.reset_account(
        actor=admin, now=clock.now(), account=officer.account, reason="mất máy"  # type: ignore[arg-type]
    ),
    "signed out": lambda officer, admin, here, there: actions.sign_out(
        actor=officer, now=clock.now(), session=there
    ),
}  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS)
def test_whatever_ends_a_session_ends_its_stream(product: Product, settings: Any, ending: str) -> None:
    officer, admin = product.organisation.hue_officer, product.organisation.admin
    (here, here_key), (there, there_key) = begin(officer, settings), begin(officer, settings)
    since = str(feed.head())
    stays, ends = Stream(product.port, here_key, since), Stream(product.port, there_key, since)
    other = product.open(product.organisation.chief, since)
    assert stays.status == ends.status == other.status == 200
    ENDINGS[ending](officer, admin, here, there)
    assert end_of(ends)
    write(product.organisation.hue_officer, "còn")
    told = [entry["kind"] for entry in other.entries(1)]
    while "watch.log_entry_written" not in told:
        told += [entry["kind"] for entry in other.entries(1)]
    # The tail has read the ending by now; before it has, a session is held for seconds.
    assert Stream(product.port, there_key, since).status == 401
    if ending in ("another password", "reset by the superior"):
        assert end_of(stays)
    else:
        assert stays.entries(1)
    for stream in (stays, ends, other):
        stream.close()
