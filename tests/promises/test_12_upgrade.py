"""Promise 12: an installation of the release before is brought up to this one; the root over what was sealed stays,
and who writes meanwhile loses nothing.

THAMMUU_ENTRIES sets the scale: 5,000 here and in CI, 100,000 for a release (`-s` prints how long a writer waited).
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.promises.killing import environment
from thammuu.config.supervisor.credentials import Credentials, read_credentials
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.throw_away import throw_away_home
from thammuu.journal.proofs.leaves import LEAVES, SEALED
from thammuu.journal.proofs.merkle import leaf_hash
from thammuu.journal.proofs.reading import StoredTree
from thammuu.journal.proofs.tree import Tree
from thammuu.journal.proofs.verifying import verify
from thammuu.journal.sealer import seal_pending

ENTRIES = int(os.environ.get("THAMMUU_ENTRIES", "5000"))
BODY = '{"context":{},"links":[],"sets":{}}'
WRITE = f"""
WITH entry AS (
    INSERT INTO journal_entry (id, kind, version, world, classification, units, claimed_at, recorded_at, subject_kind,
        subject_id, body_digest)
    VALUES (gen_random_uuid(), 'test.told', 1, 'real', 0, '{{}}', now(), now(), 'installation', gen_random_uuid(),
        sha256('salt{BODY}'::bytea)) RETURNING id
)
INSERT INTO journal_body (entry, salt, text) SELECT id, 'salt', '{BODY}' FROM entry RETURNING entry
"""


@dataclass
class Writer:
    """Writes as the application of the earlier release does, two seconds' patience for a lock each time."""

    url: str
    enough: int
    confirmed: list[Any] = field(default_factory=list)
    refused: int = 0
    longest: float = 0.0
    ended: threading.Event = field(default_factory=threading.Event)
    busy: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Write until told to end, and a few times more."""
        left = self.enough
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SET lock_timeout = '2s'")
            while left:
                began = time.monotonic()
                try:
                    row = connection.execute(WRITE).fetchone()
                except psycopg.errors.LockNotAvailable:
                    self.refused += 1
                else:
                    assert row is not None
                    self.confirmed.append(row[0])
                    self.longest = max(self.longest, time.monotonic() - began)
                if len(self.confirmed) == self.enough:
                    self.busy.set()
                left -= self.ended.is_set()


@pytest.fixture
def earlier() -> Iterator[tuple[EmbeddedPostgres, Credentials]]:
    """The database of the earlier release, running."""
    with throw_away_home() as home, EmbeddedPostgres(home, durable=False) as server:
        credentials = read_credentials(home)
        assert credentials is not None
        command = [sys.executable, str(Path(__file__).with_name("earlier.py")), str(ENTRIES)]
        subprocess.run(command, env={**environment(home), "DATABASE_URL": credentials.owner_url}, check=True)
        yield server, credentials


def migrate(home: Path, credentials: Credentials) -> subprocess.CompletedProcess[str]:
    """`thammuu migrate` on a database that runs already."""
    both = {"DATABASE_URL": credentials.application_url, "DATABASE_OWNER_URL": credentials.owner_url}
    command = [sys.executable, "-m", "thammuu", "migrate", "--json"]
    return subprocess.run(
        command, env={**environment(home), **both, "THAMMUU_LANGUAGE": "en"}, capture_output=True, text=True
    )


def root_before(connection: psycopg.Connection[Any]) -> bytes:
    """The root over everything, when neither tree nor version of a leaf are there yet."""
    tree = Tree()
    leaf = f"row_to_json((SELECT whole FROM (SELECT {LEAVES[1]}) AS whole))::text"
    rows = connection.execute(f"SELECT {leaf} FROM {SEALED} ORDER BY s.position")
    list(tree.add(leaf_hash(text.encode()) for (text,) in rows))
    assert tree.size == ENTRIES
    return tree.root()


def told(home: Path, *arguments: str) -> Any:
    command = [sys.executable, "-m", "thammuu", *arguments, "--json"]
    done = subprocess.run(command, env=environment(home), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_an_upgrade_keeps_the_root_and_loses_nothing(earlier: tuple[EmbeddedPostgres, Credentials]) -> None:
    server, credentials = earlier
    with psycopg.connect(credentials.owner_url, autocommit=True) as connection:
        before = root_before(connection)
        writer = Writer(credentials.application_url, enough=50)
        thread = threading.Thread(target=writer.run)
        thread.start()
        assert writer.busy.wait(60)
        began = time.monotonic()
        done = migrate(server.home, credentials)
        took = time.monotonic() - began
        writer.ended.set()
        thread.join()
        assert done.returncode == 0, done.stderr
        assert len(json.loads(done.stdout)["applied"]) >= 5
        assert writer.refused == 0
        seal_pending(connection)
        kept = {row[0] for row in connection.execute("SELECT id FROM journal_entry WHERE kind = 'test.told'")}
        assert kept == set(writer.confirmed)
        size = ENTRIES + len(kept)
        assert StoredTree(connection, size).root(ENTRIES) == before
        report = verify(connection, {}, None, processes=1)
        assert (report.size, report.entries, report.faults) == (size, size, [])
        assert StoredTree(connection, size).root() == report.root
    server.stop()
    assert told(server.home, "journal", "checkpoint")["checkpoint"].split("\n")[1] == str(size)
    whole = told(server.home, "journal", "verify")
    assert (whole["sound"], whole["size"], whole["checkpoints"] > 0) == (True, size, True)
    assert told(server.home, "journal", "verify", "--tables")["sound"]
    print(f"\n{ENTRIES} entries: migrated in {took:.1f} s; of {len(kept)} writes none was refused, the longest took"
          f" {writer.longest * 1000:.0f} ms")  # fmt: skip


def test_a_database_that_is_in_use_is_left_as_it_was_and_not_held_up(
    earlier: tuple[EmbeddedPostgres, Credentials],
) -> None:
    """A migration that would wait for somebody's lock lets others pass, and gives up with a reason."""
    server, credentials = earlier
    with psycopg.connect(credentials.application_url) as reader:
        reader.execute("SELECT count(*) FROM journal_sealed")  # and the transaction stays open
        done = migrate(server.home, credentials)
        assert done.returncode != 0 and "in use" in done.stderr, done.stderr
        reader.rollback()
        assert migrate(server.home, credentials).returncode == 0
    assert sealed_in_another_form(credentials) == 0


def sealed_in_another_form(credentials: Credentials) -> int:
    """How many leaves are not of the first version, which is that of everything sealed before."""
    with psycopg.connect(credentials.owner_url) as connection:
        row = connection.execute("SELECT count(*) FROM journal_sealed WHERE leaf <> 1").fetchone()
    assert row is not None
    return int(row[0])
