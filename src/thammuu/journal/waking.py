"""Waking the sealer without a notification in anybody's transaction.

A notification inside each transaction costs 40 % and serialises commits. Here each process has one connection of its
own that notifies *after* a commit, and any number of commits that come while one notification is on its way share the
next. A notification is a transaction of its own, which takes a lock of the whole cluster and would wait for the disk:
it does not (there is nothing to keep), and a busy process sends one every few milliseconds, not one for every commit.
A lost wake-up costs the sealer's idle poll, never an entry.
"""

import logging
import threading

import psycopg
from django.db import connection

CHANNEL = "thammuu_recorded"
PAUSE_SECONDS = 0.02
log = logging.getLogger(__name__)


class Waker:
    """A daemon thread with a connection of its own; `wake()` only sets a flag."""

    def __init__(self) -> None:
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._parameters: dict[str, object] = {}
        self._ended = threading.Event()

    def wake(self) -> None:
        """Ask for a notification soon. Never raises, never waits."""
        if self._thread is None or not self._thread.is_alive():
            self._start()
        self._wanted.set()

    def close(self) -> None:
        """End the thread and its connection; the next `wake()` opens both anew."""
        thread = self._thread
        if thread is not None and thread.is_alive():
            self._ended.set()
            self._wanted.set()
            thread.join()
        self._ended.clear()
        self._thread = None

    def _start(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                keys = ("host", "port", "dbname", "user", "password")
                known = connection.get_connection_params()
                self._parameters = {key: known[key] for key in keys if known.get(key)}
                self._thread = threading.Thread(target=self._run, name="waker", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                with psycopg.connect(autocommit=True, **self._parameters) as own:  # type: ignore[arg-type]  # what Django would hand to psycopg
                    own.execute("SET synchronous_commit = off")
                    while not self._ended.is_set():
                        self._wanted.wait()
                        self._wanted.clear()
                        own.execute(f"NOTIFY {CHANNEL}")
                        self._ended.wait(PAUSE_SECONDS)
            except psycopg.Error as error:
                log.warning("the sealer could not be woken: %s", error)
                self._wanted.clear()
                # Whoever ends this says so before waking it: seen here, or woken below.
                if not self._ended.is_set():
                    self._wanted.wait()
            if self._ended.is_set():
                return


_waker = Waker()


def wake() -> None:
    """Tell the sealer, wherever it runs, that there is something to seal."""
    _waker.wake()


def close() -> None:
    """Close this process's connection for waking, before its database is dropped or the process ends."""
    _waker.close()
