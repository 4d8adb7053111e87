"""Health and readiness: what each check says when its part is broken, and over the front's real sockets."""

import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
import uvicorn
from django.db import connection

from tests.config.test_front import NoStreams, Pages, Served, get, post, status
from tests.ground import Organisation
from thammuu.config import working
from thammuu.config.front.application import Front
from thammuu.config.observing import health
from thammuu.config.observing.health import CHECKS, FAILING, OK, UNKNOWN, Readiness, handlers
from thammuu.config.observing.shared import Shared
from thammuu.config.observing.vitals import Vitals, read_vitals
from thammuu.config.room import Room
from thammuu.journal import sealer
from thammuu.watch.actions import write_log_entry

CLIENTS = 20


def own() -> psycopg.Connection[Any]:
    """The test's own connection: it sees what the test has not committed."""
    connection.ensure_connection()
    raw: psycopg.Connection[Any] = connection.connection
    return raw


def vitals() -> Vitals:
    return read_vitals(own())


def work() -> None:
    """A job worker gave a sign of life."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


@pytest.fixture
def ready(db: None, tmp_path: Path) -> Readiness:
    work()
    return Readiness(own, Room((tmp_path,), 1))


def write_line(organisation: Organisation, at: datetime) -> None:
    write_log_entry(actor=organisation.duty, now=at, at=at, text="Nước lên", unit=organisation.ministry)


def test_a_sound_installation_is_ready(ready: Readiness) -> None:
    assert ready.look() == dict.fromkeys(CHECKS, OK)


def test_entries_that_wait_long_for_their_position_fail_the_sealer(
    ready: Readiness, organisation: Organisation
) -> None:
    sealer.seal_pending(own())
    assert (vitals().unsealed, ready.look()["sealer"]) == (0, OK)
    clock = vitals().clock
    write_line(organisation, clock - timedelta(seconds=health.LAG_BOUND + 5))
    found = vitals()
    assert found.unsealed == 1 and found.lag > health.LAG_BOUND
    assert ready.look()["sealer"] == OK, "it has just given positions and catches up"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_sealed SET sealed_at = sealed_at - interval '1 minute'")
    assert ready.look() == {**dict.fromkeys(CHECKS, OK), "sealer": FAILING}
    sealer.seal_pending(own())
    assert (vitals().unsealed, vitals().head) == (0, found.head + 1)


def test_a_worker_that_is_silent_for_long_fails_and_one_that_restarts_does_not(ready: Readiness) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
    assert ready.look()["worker"] == OK
    ready._seen -= health.BEAT_BOUND + 1
    assert ready.look()["worker"] == FAILING
    work()
    assert ready.look()["worker"] == OK


def test_a_migration_that_is_missing_fails(ready: Readiness) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'watch'")
    assert ready.look()["migrations"] == FAILING


def test_a_database_that_takes_nothing_is_not_writable(ready: Readiness) -> None:
    own().execute("SET LOCAL transaction_read_only = on")
    assert ready.look() == {**dict.fromkeys(CHECKS, OK), "writable": FAILING}


def test_a_full_disk_fails(ready: Readiness) -> None:
    assert Readiness(own, Room((Path("/proc"),), 1)).look()["disk"] == FAILING  # a file system without any room


def test_an_empty_database_fails_without_a_fault(ready: Readiness) -> None:
    own().execute("SET LOCAL search_path = pg_temp")
    assert ready.look()["migrations"] == FAILING


@pytest.mark.django_db
def test_the_leases_are_seen(organisation: Organisation) -> None:
    assert not vitals().sealer_leads and not vitals().followers_lead
    with working.connect() as one:
        one.execute("SELECT pg_advisory_lock(%s)", [sealer.LEADER_LOCK])
        assert (vitals().sealer_leads, vitals().followers_lead) == (True, False)
        one.execute("SELECT pg_advisory_lock(%s)", [working.FOLLOWERS_LOCK])
        assert vitals().followers_lead


@pytest.mark.django_db
def test_jobs_are_counted_by_their_state() -> None:
    own().execute(
        "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')"
        " RETURNING id), alive AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id)"
        " INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id) VALUES"
        " ('default', 'a', 'todo', NULL), ('default', 'a', 'todo', NULL), ('default', 'a', 'failed', NULL),"
        " ('default', 'a', 'succeeded', NULL), ('default', 'a', 'doing', (SELECT id FROM alive)),"
        " ('default', 'a', 'doing', (SELECT id FROM dead)), ('default', 'a', 'doing', NULL)"
    )
    found = vitals()
    assert (found.jobs_queued, found.jobs_running, found.jobs_failed, found.jobs_stalled) == (2, 3, 1, 2)


@pytest.fixture
def nowhere() -> Iterator[socket.socket]:
    """A port that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield silent


def test_a_database_that_is_gone_or_silent_fails(nowhere: socket.socket, tmp_path: Path) -> None:
    gone = Readiness(lambda: psycopg.connect("postgresql://nobody@127.0.0.1:1/none"), Room((tmp_path,), 1))
    assert gone.look() == {**dict.fromkeys(CHECKS, UNKNOWN), "database": FAILING, "disk": OK}
    url = f"postgresql://nobody@127.0.0.1:{nowhere.getsockname()[1]}/none"
    silent = Readiness(lambda: psycopg.connect(url, connect_timeout=2), Room((tmp_path,), 1))
    assert silent.look()["database"] == FAILING


@pytest.fixture
def served(transactional_db: None, tmp_path: Path) -> Iterator[Served]:
    """The front with nothing native but the health of the test's database."""
    work()
    readiness = Readiness(health.connect, Room((tmp_path,), 1))
    shared = Shared(readiness.look, fresh=0.0, patience=2.0)
    front = Front(Pages(), NoStreams(), handlers(shared))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(front, http="httptools", ws="none", log_config=None, timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield Served(Pages(), listener.getsockname()[1])
    server.should_exit = True
    thread.join()
    shared.close()
    readiness.close()


def asked(served: Served, path: str) -> tuple[int, Any, bytes]:
    answer = served.exchange(get(path))
    head, _, body = answer.partition(b"\r\n\r\n")
    return status(answer), json.loads(body), head


def test_it_answers_while_twenty_clients_stall(served: Served) -> None:
    with ExitStack() as stalled:
        for _ in range(CLIENTS):
            upload = stalled.enter_context(closing(served.connect()))
            upload.sendall(post("/upload", b"x" * 100, 90_000))
        assert asked(served, "/health/live")[:2] == (200, {"live": True})
        code, said, head = asked(served, "/health/ready")
    assert (code, said) == (200, {"ready": True, "checks": dict.fromkeys(CHECKS, OK)})
    assert b"no-store" in head and b"hammuu" not in head + json.dumps(said).encode()
    assert status(served.exchange(get("/health/ready", method="HEAD"))) == 200


def test_a_frozen_database_is_told_soon_and_forgiven_later(served: Served) -> None:
    assert asked(served, "/health/ready")[0] == 200
    row = own().execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'thammuu health'").fetchone()
    assert row is not None
    process = int(row[0])
    if not psutil.pid_exists(process) or "postgres" not in psutil.Process(process).name():
        pytest.skip("the database is not on this machine")
    os.kill(process, signal.SIGSTOP)
    try:
        code, said, _head = asked(served, "/health/ready")
        assert (code, said["checks"]["database"]) == (503, FAILING)
        assert asked(served, "/health/live")[0] == 200
    finally:
        os.kill(process, signal.SIGCONT)
    while asked(served, "/health/ready")[0] != 200:
        pass
