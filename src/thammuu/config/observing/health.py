"""Health for supervisors, proxies and balancers: `/health/live` and `/health/ready`.

Anybody may ask, so the answer says which check failed and nothing else: no figure, no name, no release.
"""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import psycopg

from thammuu.config import working
from thammuu.config.front.native import NATIVE, NativeAnswer, NativeRequest
from thammuu.config.observing.migrated import is_migrated
from thammuu.config.observing.shared import Shared
from thammuu.config.observing.vitals import Vitals, read_vitals, write_a_little
from thammuu.config.room import Room, room

LAG_BOUND = 30.0
"""Seconds that committed entries may wait while none is given its position."""
BEAT_BOUND = 60.0
"""Seconds without a sign of life of the job worker; it gives one every ten."""
FRESH, PATIENCE = 1.0, 3.0
CHECKS = ("database", "writable", "migrations", "sealer", "worker", "disk")
OK, FAILING, UNKNOWN = "ok", "failing", "unknown"
HEADERS = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
]


def free_at(folder: Path) -> int:
    """Return the bytes that are free where the folder is, or would be made."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return shutil.disk_usage(there).free


class Readiness:
    """Looks at an installation, on a connection of its own; what it needs to remember is when it last saw a worker.

    A worker that is started again is away for a moment, and its row with it: only lasting silence counts.
    """

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]], room: Room) -> None:
        self._connect = connect
        self._room = room
        self._connection: psycopg.Connection[Any] | None = None
        self._seen = time.monotonic()

    def look(self) -> dict[str, str]:
        """Return the state of each check. What cannot be looked at because another check failed is unknown."""
        found = dict.fromkeys(CHECKS, UNKNOWN)
        found["disk"] = _said(not self._room.short())
        try:
            self._look_into(self._reached(), found)
        except psycopg.Error:
            if found["database"] == UNKNOWN:
                found["database"] = FAILING
            self.close()
        return found

    def close(self) -> None:
        """Let the connection go."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _reached(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = self._connect()
        return self._connection

    def _look_into(self, connection: psycopg.Connection[Any], found: dict[str, str]) -> None:
        connection.execute("SELECT 1")
        found["database"] = OK
        found["migrations"] = _said(is_migrated(connection))
        vitals = read_vitals(connection)
        found["sealer"] = _said(vitals.stuck <= LAG_BOUND)
        found["worker"] = _said(self._beats(vitals))
        found["writable"] = FAILING
        if not vitals.read_only:
            write_a_little(connection)
            found["writable"] = OK

    def _beats(self, vitals: Vitals) -> bool:
        now = time.monotonic()
        if vitals.beat is not None:
            self._seen = max(self._seen, now - vitals.beat)
        return now - self._seen <= BEAT_BOUND


def connect() -> psycopg.Connection[Any]:
    """A connection that gives up early: whoever asks for the health wants to hear soon that there is none."""
    return psycopg.connect(
        autocommit=True,
        application_name="thammuu health",
        options="-c statement_timeout=2000 -c lock_timeout=2000",
        connect_timeout=2,
        keepalives_idle=5,
        tcp_user_timeout=5000,
        **working.parameters(),
    )


def handlers(ready: Shared[dict[str, str]]) -> dict[tuple[str, str], Callable[[NativeRequest], Any]]:
    """What answers for an installation whose checks `ready` gives."""

    async def live(request: NativeRequest) -> NativeAnswer:
        return NativeAnswer(200, b'{"live":true}', HEADERS)

    async def is_ready(request: NativeRequest) -> NativeAnswer:
        try:
            checks = await ready.get()
        except TimeoutError:
            checks = dict.fromkeys(CHECKS, UNKNOWN) | {"database": FAILING}
        sound = all(state == OK for state in checks.values())
        return NativeAnswer(200 if sound else 503, orjson.dumps({"ready": sound, "checks": checks}), HEADERS)

    return {
        (method, path): answer
        for method in ("GET", "HEAD")
        for path, answer in (("/health/live", live), ("/health/ready", is_ready))
    }


def install() -> None:
    """Let the front answer; called once in a serve process."""
    NATIVE.update(handlers(Shared(Readiness(connect, room()).look, fresh=FRESH, patience=PATIENCE)))


def _said(holds: bool) -> str:
    return OK if holds else FAILING
