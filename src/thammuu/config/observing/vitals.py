"""The vital signs of an installation, read from its database in one statement that stays cheap at any size."""

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import psycopg
from psycopg.rows import dict_row

from thammuu.config import working
from thammuu.journal.clocks import LATEST
from thammuu.journal.sealer import LEADER_LOCK

MOST = 10_000
"""Counting stops here: a backlog of more is told as this many."""


@dataclass(frozen=True)
class Vitals:
    """Ages and lags in seconds, sizes in bytes. A count that may be long stops at `MOST`.

    `unsealed` entries are committed and have no position yet, the oldest for `lag`. `head` is the last position, given
    `sealed` ago (None: no entry has one, or the clock was put back since); `followers` says how many entries each
    follower is behind it. `beat` is the age of the job worker's last sign of life, None when no worker is registered.
    `newest` is the latest time at which any of the last entries was recorded, `clock` the database's own time.
    """

    clock: datetime
    read_only: bool
    head: int
    unsealed: int
    lag: float
    sealed: float | None
    newest: datetime | None
    followers: dict[str, int]
    sealer_leads: bool
    followers_lead: bool
    beat: float | None
    jobs_queued: int
    jobs_running: int
    jobs_failed: int
    jobs_stalled: int
    size: int
    connections: int
    connections_allowed: int

    @property
    def stuck(self) -> float:
        """Return for how long entries have waited and none was given a position: 0 while the sealer catches up."""
        return min(self.lag, self.lag if self.sealed is None else self.sealed)


# A lease is a session's advisory lock; pg_locks shows its two halves.
_LEADS = (
    "EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND classid = (%({key})s::bigint >> 32)::oid AND objid = (%({key})s::bigint & 4294967295)::oid)"
)
_JOBS = "(SELECT count(*) FROM (SELECT FROM procrastinate_jobs WHERE status = '{}' LIMIT %(most)s) counted)"
_PARTS = {
    "clock": "clock_timestamp()",
    "read_only": "pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean",
    "head": "head.position",
    "unsealed": "(SELECT count(*) FROM waiting)",
    # What lies ahead was noted by a clock that has been put back since: its age is not known.
    "lag": (
        "coalesce(extract(epoch FROM clock_timestamp()"
        " - (SELECT min(recorded_at) FROM waiting WHERE recorded_at <= clock_timestamp())), 0)::float"
    ),
    "sealed": (
        "(SELECT extract(epoch FROM clock_timestamp() - s.sealed_at)::float"
        " FROM journal_sealed s WHERE s.position = head.position AND s.sealed_at <= clock_timestamp())"
    ),
    "newest": LATEST,
    "followers": "(SELECT coalesce(json_object_agg(name, head.position - position), '{}')::text FROM journal_follower)",
    "sealer_leads": _LEADS.format(key="sealer"),
    "followers_lead": _LEADS.format(key="followers"),
    "beat": "(SELECT extract(epoch FROM now() - max(last_heartbeat))::float FROM procrastinate_workers"
    " WHERE last_heartbeat <= now())",
    "jobs_queued": _JOBS.format("todo"),
    "jobs_running": _JOBS.format("doing"),
    "jobs_failed": _JOBS.format("failed"),
    "jobs_stalled": (
        "(SELECT count(*) FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id"
        " WHERE j.status = 'doing' AND (w.id IS NULL"
        " OR NOT w.last_heartbeat BETWEEN now() - %(silent)s * interval '1 second' AND now()))"
    ),
    "size": "pg_database_size(current_database())",
    "connections": "(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')",
    "connections_allowed": "current_setting('max_connections')::int",
}
_FROM = """
WITH head AS (SELECT coalesce(max(position), 0) AS position FROM journal_sealed),
waiting AS MATERIALIZED (
    SELECT e.recorded_at FROM journal_entry e
    WHERE e.sequence > coalesce((SELECT settled FROM journal_sealer), 0)
    AND NOT EXISTS (SELECT FROM journal_sealed s WHERE s.entry = e.id OFFSET 0)
    ORDER BY e.sequence LIMIT %(most)s
)
"""
_VITALS = f"{_FROM} SELECT {', '.join(f'{_PARTS[each.name]} AS {each.name}' for each in fields(Vitals))} FROM head"  # noqa: S608 - parts of our own, named above


def read_vitals(connection: psycopg.Connection[Any]) -> Vitals:
    """Read them; raises psycopg's errors."""
    asked = {
        "sealer": LEADER_LOCK,
        "followers": working.FOLLOWERS_LOCK,
        "silent": working.STALLED_AFTER,
        "most": MOST,
    }
    with connection.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(_VITALS, asked).fetchone()
    assert found is not None  # noqa: S101 - for the type checker
    # As text: Django's connections and others hand out JSON differently.
    return Vitals(**{**found, "followers": json.loads(found["followers"])})


def write_a_little(connection: psycopg.Connection[Any]) -> None:
    """Write a message that means nothing into the log of the database, and have it flushed; raises if it cannot."""
    connection.execute("SELECT pg_logical_emit_message(true, 'thammuu', '')")
