"""The worker: one leads, the lease passes on, jobs of the dead are run again."""

import asyncio
import os
import subprocess
import sys
from threading import Event, Thread
from urllib.parse import urlencode

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from thammuu.config import working

WORK_UNTIL_TOLD = """
import sys, threading
import django
django.setup()
from thammuu.config.working import do_jobs
stop = threading.Event()
thread = threading.Thread(target=do_jobs, args=(stop,))
thread.start()
sys.stdin.read()
stop.set()
thread.join()
"""


def _environment() -> dict[str, str]:
    """For a process that works on this test's database."""
    known = connection.get_connection_params()
    wanted = {key: str(known[key]) for key in ("host", "port", "dbname", "user", "password") if known.get(key)}
    names = {"DATABASE_URL": "postgresql://?" + urlencode(wanted), "PYTHONPATH": os.pathsep.join(sys.path)}
    return {**os.environ, **names, "DJANGO_SETTINGS_MODULE": "thammuu.config.settings"}


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_jobs(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


class Leading:
    """One who leads until told to stop."""

    def __init__(self, key: int) -> None:
        self.leads, self.told_to_stop, self.stop = Event(), Event(), Event()
        self.thread = Thread(target=working.lead, args=(key, self._body, self.stop))
        self.thread.start()

    def _body(self, stop: Event) -> None:
        self.leads.set()
        stop.wait()
        self.told_to_stop.set()

    def end(self) -> None:
        self.stop.set()
        self.thread.join()


def test_one_leads_and_the_other_follows_when_it_ends() -> None:
    first = Leading(4711)
    assert first.leads.wait(30)
    second = Leading(4711)
    assert not second.leads.is_set()
    first.end()
    assert first.told_to_stop.is_set()
    assert second.leads.wait(30)
    second.end()


def test_a_lost_connection_is_a_lost_lease() -> None:
    leader = Leading(4712)
    assert leader.leads.wait(30)
    leader.leads.clear()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4712")
    assert leader.told_to_stop.wait(30)
    assert leader.leads.wait(30), "it leads again once it has the lease again"
    leader.end()


def _insert_running_job(heartbeat: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat)"
            f" VALUES (now() - interval '{heartbeat}') RETURNING id)"
            " INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
            " SELECT 'default', 'a.task', 'doing', id FROM dead RETURNING id"
        )
        row = cursor.fetchone()
        assert row is not None
        return int(row[0])


async def _rescue() -> int:
    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker_app.open_async():
        return await working.rescue_stalled(worker_app)


def test_a_job_whose_worker_fell_silent_is_queued_again() -> None:
    stalled, running = _insert_running_job("31 seconds"), _insert_running_job("5 seconds")
    assert asyncio.run(_rescue()) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status FROM procrastinate_jobs ORDER BY id")
        assert cursor.fetchall() == [(stalled, "todo"), (running, "doing")]


def test_the_rescue_is_done_within_the_promised_ninety_seconds() -> None:
    assert working.STALLED_AFTER + working.RESCUE_EVERY <= 90


def _status(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text FROM procrastinate_jobs WHERE id = %s", [job])
        row = cursor.fetchone()
        return str(row[0]) if row is not None else "done and gone"


def test_a_queued_job_is_done_and_does_not_fill_the_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES"
            " ('builtin', 'builtin:procrastinate.builtin_tasks.remove_old_jobs', '{\"max_hours\": 1}') RETURNING id"
        )
        (job,) = cursor.fetchone()
    with subprocess.Popen([sys.executable, "-c", WORK_UNTIL_TOLD], env=_environment(), stdin=subprocess.PIPE) as worker:
        while _status(job) in ("todo", "doing"):
            pass
        worker.communicate()
    assert (_status(job), worker.returncode) == ("done and gone", 0)
