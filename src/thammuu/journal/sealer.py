"""The sealer: gives committed entries their gap-free positions, in batches, and lets the tree over them grow.

One leader does this (a session-level advisory lock). An entry is sealed as soon as it is seen; a transaction that
commits late only gets a later position, so a reader that follows positions cannot miss it. The tree grows in the
transaction that seals. A journal that does not match what was signed before is not added to.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import psycopg

from thammuu.journal.proofs.leaves import NEWEST
from thammuu.journal.proofs.notary import Mismatch, Notary
from thammuu.journal.proofs.tree import Tree, grow, load_tree
from thammuu.journal.waking import CHANNEL

SEALED_CHANNEL = "thammuu_sealed"
LEADER_LOCK = 0x7468616D6D7501
IDLE_POLL_SECONDS = 0.5
SETTLE_SECONDS = 0.25
BATCH = 5000
REFUSED_SECONDS = 5.0
log = logging.getLogger(__name__)

# OFFSET 0 keeps the planner to one look-up for each entry that may be new, however little it knows of the tables.
_SEAL = """
WITH fresh AS (
    SELECT e.id, e.sequence FROM journal_entry e
    LEFT JOIN LATERAL (SELECT true AS there FROM journal_sealed s WHERE s.entry = e.id OFFSET 0) known ON true
    WHERE e.sequence > %(settled)s AND known.there IS NULL
    ORDER BY e.sequence LIMIT %(batch)s
), head AS (SELECT coalesce(max(position), 0) AS position FROM journal_sealed),
placed AS (
    INSERT INTO journal_sealed (position, entry, sealed_at, leaf)
    SELECT head.position + row_number() OVER (ORDER BY fresh.sequence), fresh.id, clock_timestamp(), %(leaf)s
    FROM fresh, head RETURNING position
)
SELECT count(*), coalesce(max(position), 0) FROM placed
"""


@dataclass
class Settling:
    """How the sealer learns that no entry up to a sequence can still arrive.

    A note is a pair: the last sequence given out, and a transaction id taken *after* reading it. Entries take their
    transaction id before their sequence, so once every transaction below the noted id has ended, all sequences up to
    the noted one are sealed or void.
    """

    settled: int
    tree: Tree
    noted: tuple[int, int] | None = None
    due: float = field(default=0.0)

    def advance(self, connection: psycopg.Connection[Any]) -> None:
        """Move `settled` if the note has come true, and take the next note. Called right after an empty pass."""
        if time.monotonic() < self.due:
            return
        self.due = time.monotonic() + SETTLE_SECONDS
        if self.noted is not None:
            sequence, transaction = self.noted
            row = connection.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint").fetchone()
            if row is None or row[0] <= transaction:
                return
            # What the ended transactions left has to be sealed before it may be passed over.
            while seal_once(connection, self.settled, self.tree) == BATCH:
                pass
            self.settled = sequence
            connection.execute(
                "INSERT INTO journal_sealer (id, settled) VALUES (1, %(settled)s)"
                " ON CONFLICT (id) DO UPDATE SET settled = excluded.settled",
                {"settled": sequence},
            )
            self.noted = None
        last = connection.execute("SELECT last_value FROM journal_entry_sequence").fetchone()
        if last is not None and last[0] > self.settled:
            mine = connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
            self.noted = (last[0], mine[0]) if mine else None


def seal_once(connection: psycopg.Connection[Any], settled: int, tree: Tree) -> int:
    """Seal up to one batch of committed entries, add them to the tree, tell the readers; return how many were sealed.

    If this raises, the tree has to be loaded anew.
    """
    with connection.transaction():
        row = connection.execute(_SEAL, {"settled": settled, "batch": BATCH, "leaf": NEWEST}).fetchone()
        count, position = row if row else (0, 0)
        if count:
            # What is sealed now is what the tree lacks, unless it is behind after an upgrade and catches up.
            grow(connection, tree)
            connection.execute("SELECT pg_notify(%s, %s)", [SEALED_CHANNEL, str(position)])
    return int(count)


def catch_up(connection: psycopg.Connection[Any], tree: Tree) -> int:
    """Add a batch of entries that were sealed without the tree, or before this process; return how many."""
    with connection.transaction():
        return grow(connection, tree)


def seal_pending(connection: psycopg.Connection[Any]) -> int:
    """Seal everything that is committed now, from wherever the sealer stood; for commands and tests."""
    total = 0
    settled, tree = settled_sequence(connection), load_tree(connection)
    while catch_up(connection, tree):
        pass
    while count := seal_once(connection, settled, tree):
        total += count
    return total


def settled_sequence(connection: psycopg.Connection[Any]) -> int:
    """Return up to which sequence everything is sealed for certain."""
    row = connection.execute("SELECT settled FROM journal_sealer WHERE id = 1").fetchone()
    return int(row[0]) if row else 0


def run_sealer(connect: Callable[[], psycopg.Connection[Any]], stop: Event, notary: Notary) -> None:
    """Seal until `stop` is set; survives lost connections. `connect` opens an autocommit connection."""
    while not stop.is_set():
        try:
            with connect() as connection:
                _lead(connection, stop, notary)
        except psycopg.Error as error:
            log.warning("the sealer lost its database and tries again: %s", error)
            stop.wait(0.3)
        except Mismatch as mismatch:
            log.critical("nothing is sealed: %s", mismatch)
            stop.wait(REFUSED_SECONDS)


def _lead(connection: psycopg.Connection[Any], stop: Event, notary: Notary) -> None:
    if not _takes_the_lead(connection, stop):
        return
    connection.execute(f"LISTEN {CHANNEL}")
    notary.compare(connection)
    tree = load_tree(connection)
    settling = Settling(settled_sequence(connection), tree)
    while not stop.is_set():
        if seal_once(connection, settling.settled, tree):
            settling.advance(connection)
            notary.sign_when_due(connection, tree)
            continue
        settling.advance(connection)
        if catch_up(connection, tree):
            continue
        notary.sign_when_due(connection, tree)
        # Woken by a notification; the poll is for one that was lost.
        for _notice in connection.notifies(timeout=IDLE_POLL_SECONDS, stop_after=1):
            pass


def _takes_the_lead(connection: psycopg.Connection[Any], stop: Event) -> bool:
    """Wait until nobody else leads; return False if told to stop first."""
    while not stop.is_set():
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", [LEADER_LOCK]).fetchone()
        if row and row[0]:
            return True
        stop.wait(0.2)
    return False
