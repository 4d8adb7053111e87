"""What runs behind the pages: the sealer, the followers, the jobs, the watched folder with redactions,
urging and the clocks of orders.

Each is a process of its own (the jobs' library turns its application towards the process that works, so followers
that queue jobs in their transaction must be elsewhere). Any number may run; of sealers and of followers one leads.
Each survives the loss of its database connection.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections

from thammuu.config import witnesses
from thammuu.journal import followers, sealer
from thammuu.journal.proofs import asking
from thammuu.journal.proofs.asking import Standing
from thammuu.journal.proofs.keeping import notary_of
from thammuu.journal.proofs.reading import StoredTree

FOLLOWERS_LOCK = 0x7468616D6D7502
FOLDER_LOCK = 0x7468616D6D7503
REDACTIONS_LOCK = 0x7468616D6D7504
WITNESSES_LOCK = 0x7468616D6D7505
URGING_LOCK = 0x7468616D6D7506
DELIVERIES_LOCK = 0x7468616D6D7507
ORDERS_LOCK = 0x7468616D6D7508
ASK_EVERY = 60.0
HEARTBEAT = 1.0
AGAIN = 0.5
RESCUE_EVERY = 15.0
STALLED_AFTER = 30.0
JOBS_AT_ONCE = 4
log = logging.getLogger(__name__)


def parameters() -> dict[str, Any]:
    """What a connection to the database of the settings is opened with."""
    known = connection.get_connection_params()
    return {key: known[key] for key in ("host", "port", "dbname", "user", "password") if known.get(key)}


def connect() -> psycopg.Connection[Any]:
    """A connection of its own, in autocommit, to the database of the settings."""
    return psycopg.connect(autocommit=True, application_name="thammuu worker", **parameters())


def lead(key: int, body: Callable[[Event], None], stop: Event) -> None:
    """Run `body` in a thread while this process holds the lease `key`; ends with `stop`.

    The lease is a session-level advisory lock: it passes on at once when its holder dies. Losing the
    connection is losing the lease, and `body` is told to stop.
    """
    while not stop.is_set():
        try:
            with connect() as lease:
                while not _taken(lease, key) and not stop.wait(AGAIN):
                    pass
                if not stop.is_set():
                    _hold(lease, body, stop)
        except psycopg.Error as error:
            log.warning("the lease was lost and is sought again: %s", error)
            stop.wait(AGAIN)


def _taken(lease: psycopg.Connection[Any], key: int) -> bool:
    row = lease.execute("SELECT pg_try_advisory_lock(%s)", [key]).fetchone()
    return bool(row and row[0])


def _hold(lease: psycopg.Connection[Any], body: Callable[[Event], None], stop: Event) -> None:
    ended = Event()
    thread = Thread(target=_closing(body), args=(ended,), name="led")
    thread.start()
    try:
        while thread.is_alive() and not stop.wait(HEARTBEAT):
            lease.execute("SELECT 1")
    finally:
        ended.set()
        thread.join()


def _closing(body: Callable[[Event], None]) -> Callable[[Event], None]:
    def run(stop: Event) -> None:
        try:
            body(stop)
        finally:
            connections.close_all()

    return run


def seal(stop: Event) -> None:
    """Run the sealer (it keeps a lease of its own)."""
    sealer.run_sealer(connect, stop, notary_of(settings.HOME))


def follow(stop: Event) -> None:
    """Run the followers, in one worker at a time."""
    lead(FOLLOWERS_LOCK, followers.run, stop)


def watch_folder(stop: Event) -> None:
    """Take in the alerts that are dropped into the watched folder, in one worker at a time."""
    from thammuu.interop.folder import watch

    lead(FOLDER_LOCK, lambda ended: watch(ended, settings.CAP_FOLDER, settings.CAP_UNIT), stop)


def redact(stop: Event) -> None:
    """Carry out the redactions that two persons agreed on, and apply the retention rule, in one worker at a time."""
    from thammuu.config.backup.rehearsing import top_units
    from thammuu.desk.redaction.working import redact

    lead(REDACTIONS_LOCK, lambda ended: redact(ended, top_units), stop)


def urge(stop: Event) -> None:
    """Send what the policies of urging have due, each minute, in one worker at a time."""
    from thammuu.directives.urging.working import run

    lead(URGING_LOCK, run, stop)


def deliver(stop: Event) -> None:
    """Send the messages that carry urgings, each minute, in one worker at a time."""
    from thammuu.directives.urging.carriers import carriers_of
    from thammuu.directives.urging.working import run_deliveries

    lead(DELIVERIES_LOCK, lambda ended: run_deliveries(ended, carriers_of(settings.OUTGOING)), stop)


def watch_orders(stop: Event) -> None:
    """Tell the clocks of orders that ran out, several times a minute, in one worker at a time."""
    from thammuu.watch.orders.working import run

    lead(ORDERS_LOCK, run, stop)


def look_after(stop: Event) -> None:
    """Do what costs little in one process: the watched folder, the redactions, the urging and the clocks of orders."""
    bodies = (redact, urge, deliver, watch_orders)
    beside = [Thread(target=body, args=(stop,), name=body.__name__, daemon=True) for body in bodies]
    for thread in beside:
        thread.start()
    watch_folder(stop)
    for thread in beside:
        thread.join()


def keep_backups(stop: Event) -> None:
    """Carry the log into the backups, and take base backups."""
    from thammuu.config.backup.keeping import keep
    from thammuu.config.backup.plan import read_plan

    keep(settings.HOME, read_plan(settings.HOME), stop)


def ask_witnesses(stop: Event) -> None:
    """Have the witnesses of the settings cosign the newest checkpoint, every minute, in one worker at a time."""
    lead(WITNESSES_LOCK, _ask_every_minute, stop)


def _ask_every_minute(stop: Event) -> None:
    while not stop.is_set():
        with connect() as own:
            ask_all(own)
        stop.wait(ASK_EVERY)


def ask_all(own: psycopg.Connection[Any]) -> list[Standing]:
    """Ask every witness once for a cosignature on the newest checkpoint; return how it stands with them."""
    row = own.execute("SELECT note, size FROM journal_checkpoint ORDER BY epoch DESC, size DESC LIMIT 1").fetchone()
    if row is None:
        return []
    found = []
    for neighbour in witnesses.read_plan(settings.HOME).neighbours:
        stands = asking.ask(neighbour, settings.HOME / witnesses.COSIGNED, row[0], StoredTree(own, row[1]).consistency)
        if stands.fault:
            log.warning("the witness %s: %s", neighbour.name, stands.fault)
        found.append(stands)
    return found


def do_jobs(stop: Event) -> None:
    """Run the queued jobs and rescue those whose worker died: back in the queue within 45 s."""
    while not stop.is_set():
        try:
            asyncio.run(_do_jobs(stop))
        except Exception:
            log.exception("the jobs stopped and are taken up again")
            stop.wait(AGAIN)


async def _do_jobs(stop: Event) -> None:
    from procrastinate.contrib.django import app

    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]  # only the connector of Django has it
    async with worker_app.open_async():
        worker = asyncio.ensure_future(
            worker_app.run_worker_async(
                concurrency=JOBS_AT_ONCE,
                delete_jobs="successful",  # what is done would fill the table
                install_signal_handlers=False,
                shutdown_graceful_timeout=5,
            )
        )
        rescuer = asyncio.ensure_future(_rescue(worker_app))
        stopped = asyncio.ensure_future(asyncio.to_thread(stop.wait))
        try:
            await asyncio.wait({worker, rescuer, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (worker, rescuer):
                task.cancel()
            for task in (worker, rescuer):
                with contextlib.suppress(asyncio.CancelledError):
                    await task


async def _rescue(app: Any) -> None:
    while True:
        await rescue_stalled(app)
        await asyncio.sleep(RESCUE_EVERY)


async def rescue_stalled(app: Any) -> int:
    """Put the jobs of dead workers back into the queue; returns how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER))
    for job in stalled:
        log.warning("job %s (%s) had stalled and is run again", job.id, job.task_name)
        await app.job_manager.retry_job(job)
    return len(stalled)


YIELDING = ("followers", "jobs", "folder", "witnesses")
"""The parts that leave a busy processor to those that somebody waits for: the pages and the sealer."""

PARTS: dict[str, Callable[[Event], None]] = {
    "sealer": seal,
    "followers": follow,
    "jobs": do_jobs,
    "folder": look_after,
    "backup": keep_backups,
    "witnesses": ask_witnesses,
}
