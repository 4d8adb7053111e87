"""The tail: one thread in each process that follows the sealed order and hands it to the listeners."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from django.db import Error, connection

from thammuu.config.live import sessions
from thammuu.config.live.hub import Hub
from thammuu.config.live.rendering import Batch
from thammuu.journal import feed
from thammuu.journal.feed import FeedEntry
from thammuu.journal.redaction import registry
from thammuu.journal.redaction.facts import CONFIRMED
from thammuu.journal.sealer import SEALED_CHANNEL
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Scope
from thammuu.org import authority
from thammuu.org.account.facts import CHANGE_NO_AUTHORITY

BATCH = 500
IDLE_POLL_SECONDS = 0.5
AGAIN = 0.5
BUSY = 0.005
ENDING = frozenset(("org.signed_out", "org.session_ended", "org.password_changed", "org.account_restored"))
"""Kinds after which a session may be over, and its streams with it."""
log = logging.getLogger(__name__)
T = TypeVar("T")


class Tail:
    """Reads what was sealed, renders it and gives it to the hub on the event loop."""

    def __init__(self, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
        self._hub = hub
        self._loop = loop
        self._stopping = threading.Event()
        self._position = 0
        self._day: date | None = None
        self._until: datetime | None = None
        self._thread = threading.Thread(target=self._run, name="tail", daemon=True)

    def start(self) -> None:
        """Begin; does not wait for the database."""
        self._thread.start()

    def stop(self) -> None:
        """End within the idle poll. Wait for it in another thread than the loop's."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with _listening() as own:
                    self._place()
                    while not self._stopping.is_set():
                        self._step(own)
            except (psycopg.Error, Error) as error:
                log.warning("the live stream lost its database and tries again: %s", error)
                connection.close()
                self._stopping.wait(AGAIN)
            except Stopped:
                break
        connection.close()

    def _place(self) -> None:
        """Begin at the end of the journal, or go on from where it was left if the epoch is still the same."""
        head = feed.head()
        place = self._hub.place
        if place is None or place.epoch != head.epoch or place.position > head.position:
            self._on_loop(self._hub.restart, head)
            self._position = head.position

    def _step(self, own: psycopg.Connection[Any]) -> None:
        now = clock.now()
        today = clock.day_of(now)
        if today != self._day or (self._until is not None and now >= self._until):
            # Posts begin and end with days, rights at any instant.
            self._day = today
            self._change_authority()
        if not self._pass():
            # The poll is for a notification that was lost.
            for notice in own.notifies(timeout=IDLE_POLL_SECONDS):
                if int(notice.payload) > self._position or self._stopping.is_set():
                    break

    def _pass(self) -> bool:
        entries = feed.after(self._position, BATCH)
        if not entries:
            return False
        # Before anything is handed on: whoever lost a right with these entries must not see the next.
        self._heed(entries)
        batch = Batch(entries)
        batch.render(self._hub.languages)
        if batch.may_grow:
            authority.forget_opened()
        while lacking := self._on_loop(self._hub.deliver, batch):
            batch.render(lacking.languages)
            self._on_loop(self._hub.admit, scopes_of(listener.account for listener in lacking.listeners))
            batch.admitted |= lacking.listeners
        self._position = batch.last
        self._leave_room()
        return len(entries) == BATCH

    def _heed(self, entries: Sequence[FeedEntry]) -> None:
        if any(entry.kind == CONFIRMED for entry in entries):
            registry.forget()
            self._on_loop(self._hub.forget)
        kinds = {entry.kind for entry in entries if entry.kind.startswith("org.")}
        if kinds & ENDING:
            sessions.forget()
            self._check_sessions({_account_of(entry) for entry in entries if entry.kind in ENDING})
        if kinds - {"org.signed_in", "org.signed_out"} - CHANGE_NO_AUTHORITY:
            self._change_authority()

    def _check_sessions(self, accounts: set[UUID]) -> None:
        concerned = [listener for listener in self._on_loop(self._hub.listeners) if listener.account in accounts]
        ended = sessions.ended([listener.sign_in for listener in concerned])
        self._on_loop(self._hub.end, [listener for listener in concerned if listener.sign_in.key in ended])

    def _change_authority(self) -> None:
        sessions.forget()
        authority.forget()
        now = clock.now()
        accounts = {listener.account for listener in self._on_loop(self._hub.listeners)}
        self._on_loop(self._hub.rescope, scopes_of(accounts))
        self._until = authority.next_change(now)

    def _leave_room(self) -> None:
        """With many listeners, wait until the last batch is sent and as long again: pages have their turn too."""
        started = time.monotonic()
        self._on_loop(lambda: None)
        taken = time.monotonic() - started
        if taken > BUSY:
            self._stopping.wait(taken)

    def _on_loop(self, call: Callable[..., T], *arguments: Any) -> T:
        async def run() -> T:
            return call(*arguments)

        if self._loop.is_closed():
            raise Stopped
        future = asyncio.run_coroutine_threadsafe(run(), self._loop)
        while True:
            try:
                return future.result(timeout=IDLE_POLL_SECONDS)
            except TimeoutError:
                if self._stopping.is_set():
                    raise Stopped from None


class Stopped(Exception):
    """The loop is ending; there is nobody to hand anything to."""


def scopes_of(accounts: Iterable[UUID]) -> dict[UUID, Scope | None]:
    """Return what accounts may see now, None for a closed one."""
    actors = {account: authority.actor_of(account) for account in set(accounts)}
    return {account: actor.scope if actor else None for account, actor in actors.items()}


def _account_of(entry: FeedEntry) -> UUID:
    """Return whose sessions an entry of one of the ending kinds concerns."""
    if entry.subject_kind is Subject.SESSION and entry.body:
        return UUID(entry.body["context"]["of_account"])
    return entry.subject_id


def _listening() -> psycopg.Connection[Any]:
    known = connection.get_connection_params()
    wanted = {key: known[key] for key in ("host", "port", "dbname", "user", "password") if known.get(key)}
    own = psycopg.connect(autocommit=True, application_name="thammuu live", **wanted)
    own.execute(f"LISTEN {SEALED_CHANNEL}")
    return own
