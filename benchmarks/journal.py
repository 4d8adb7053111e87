"""What history costs: `record()` beside raw inserts of one row in the same run, the whole log action, and sealing.

Eight writers, each a process with a connection of its own; every commit is synced to disk.
"""

import argparse
import multiprocessing
import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import psycopg

from benchmarks._ground import installation, milliseconds, officers, percentile, sealer

GOAL = {"record_of_raw": 0.5, "log_action_per_second": 1000, "sealed_p99_ms": 150}
WRITERS = 8
RATE = 1000
TEXT = "Đội chữa cháy số 3 báo cáo đã đến hiện trường, lửa cháy tầng hai"


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Measure the four in one run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks journal")
    parser.add_argument("--seconds", type=float, default=8.0)
    options = parser.parse_args(arguments)
    with installation() as credentials:
        [officer] = officers(1)
        with psycopg.connect(credentials.superuser_url(), autocommit=True) as own:
            own.execute("CREATE TABLE raw (id uuid PRIMARY KEY, at timestamptz, units uuid[], text text)")
            own.execute("GRANT INSERT ON raw TO PUBLIC")
        assert officer.actor.account is not None
        rates = {
            what.__name__: _writers(what, officer.actor.account, options.seconds) for what in (raw, record, log_action)
        }
        with sealer():
            _seal_all()
            began = time.time()
            _writers(log_action, officer.actor.account, options.seconds, RATE / WRITERS)
            _seal_all()
        ages = _ages(began)
    sealed = {"facts_per_second": round(len(ages) / options.seconds), **milliseconds(ages, 0.5, 0.99)}
    ratio = rates["record"] / rates["raw"]
    return {
        "figures": {name: round(rate) for name, rate in rates.items()} | {"sealed": sealed},
        "reference": {"raw_per_second": round(rates["raw"])},
        "ratio": round(ratio, 2),
        "goal": GOAL,
        "met": ratio >= GOAL["record_of_raw"]
        and rates["log_action"] >= GOAL["log_action_per_second"]
        and percentile(ages, 0.99) * 1000 <= GOAL["sealed_p99_ms"],
    }


def raw() -> Callable[[Any], None]:
    """Return what inserts one row and does nothing else."""
    from django.db import connection

    from thammuu.kernel import clock
    from thammuu.kernel.ids import new_id

    connection.ensure_connection()
    cursor = psycopg.Cursor(connection.connection)

    def once(actor: Any) -> None:
        statement = "INSERT INTO raw VALUES (%s, %s, %s, %s)"
        cursor.execute(statement, [new_id(), clock.now(), [actor.unit], TEXT], prepare=True)

    return once


def record() -> Callable[[Any], None]:
    """Return what records one fact alone."""
    from thammuu.journal import recording
    from thammuu.kernel import clock
    from thammuu.org.facts import SignedIn

    def once(actor: Any) -> None:
        now = clock.now()
        recording.record(SignedIn(subject_id=actor.account), actor=actor, at=now, now=now, units=[actor.unit])

    return once


def log_action() -> Callable[[Any], None]:
    """Return what files a line of the duty log."""
    from thammuu.kernel import clock
    from thammuu.watch import actions

    def once(actor: Any) -> None:
        now = clock.now()
        actions.write_log_entry(actor=actor, now=now, at=now, text=TEXT, unit=actor.unit)

    return once


def _writers(what: Callable[[], Callable[[Any], None]], account: UUID, seconds: float, rate: float = 0) -> float:
    """Return how many a second eight processes did; with `rate`, each does that many a second."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(WRITERS)
    with context.Pool(WRITERS, initializer=_prepare, initargs=(ready,)) as pool:
        done = pool.starmap(_write, [(what.__name__, account, seconds, rate)] * WRITERS, chunksize=1)
    return sum(done) / seconds


_ready: Any = None


def _prepare(ready: Any) -> None:
    global _ready
    _ready = ready
    import django

    django.setup()


def _write(what: str, account: UUID, seconds: float, rate: float) -> int:
    from django.db import connections

    from thammuu.journal import waking
    from thammuu.org import authority

    actor, once, count = authority.actor_of(account), globals()[what](), 0
    once(actor)
    _ready.wait()
    began = time.perf_counter()
    while (passed := time.perf_counter() - began) < seconds:
        if rate and count > passed * rate:
            time.sleep(1 / rate)
            continue
        once(actor)
        count += 1
    waking.close()
    connections.close_all()
    return count


def _seal_all() -> None:
    from thammuu.journal import feed
    from thammuu.journal.models import Entry

    while feed.head().position < Entry.objects.count():
        time.sleep(0.2)


def _ages(since: float) -> list[float]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM s.sealed_at - e.recorded_at)::float8 FROM journal_sealed s"
            " JOIN journal_entry e ON e.id = s.entry WHERE e.recorded_at > to_timestamp(%s)",
            [since],
        )
        return [row[0] for row in cursor.fetchall()]
