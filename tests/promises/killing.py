"""What the promises about kills have in common: an installation, its writers, and the reckoning."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg

from thammuu.config.supervisor.credentials import Credentials
from thammuu.journal.proofs.verifying import verify
from thammuu.journal.sealer import seal_pending

ROOT = Path(__file__).resolve().parents[2]
WRITERS = 8
KILLS = int(os.environ.get("THAMMUU_KILLS", "20"))
BETWEEN = 40  # confirmations between two kills


def environment(home: Path) -> dict[str, str]:
    """An installation's own database, whatever this test run uses."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "THAMMUU_HOME": str(home), "THAMMUU_SECRET_KEY": "k" * 50}


def thammuu(home: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "thammuu", *arguments], env=environment(home), check=True)


class Writers:
    """Eight writers and what they were told is confirmed."""

    def __init__(self, confirmations: IO[str]) -> None:
        self._confirmations = confirmations
        self.confirmed: set[str] = set()

    def confirm(self, count: int) -> None:
        """Read until so many more are confirmed."""
        for _ in range(count):
            self._read(self._confirmations.readline())

    def confirm_after(self, instant: float) -> None:
        """Read until one is confirmed that was sent after `instant` (monotonic)."""
        while self._read(self._confirmations.readline()) <= instant:
            pass

    def confirm_all(self) -> None:
        """Read what is left once every writer is gone."""
        for line in self._confirmations:
            self._read(line)

    def _read(self, line: str) -> float:
        submission, began = line.split()
        self.confirmed.add(submission)
        return float(began)


@contextmanager
def writing(home: Path) -> Iterator[Writers]:
    reading, saying = os.pipe()
    command = [sys.executable, str(Path(__file__).with_name("writer.py"))]
    writers = [
        subprocess.Popen([*command, str(number)], env=environment(home), stdout=saying)
        for number in range(1, WRITERS + 1)
    ]
    os.close(saying)
    with os.fdopen(reading) as confirmations:
        told = Writers(confirmations)
        try:
            yield told
        finally:
            for writer in writers:
                writer.kill()
            told.confirm_all()
            for writer in writers:
                writer.wait()


def reckon(credentials: Credentials, confirmed: set[str]) -> None:
    """Nothing confirmed is lost, nothing stands twice, rows and facts agree, positions have no gap."""
    with psycopg.connect(credentials.owner_url, autocommit=True) as connection:
        seal_pending(connection)
        rows = connection.execute(
            "SELECT code, (SELECT count(*) FROM journal_entry e WHERE e.subject_id = u.id)"
            " FROM org_unit u WHERE level = 'promise'"
        ).fetchall()
        assert confirmed <= {code for code, _ in rows}
        assert [code for code, entries in rows if entries != 1] == []
        twice = connection.execute(
            "SELECT account, submission FROM journal_entry WHERE submission IS NOT NULL"
            " GROUP BY account, submission HAVING count(*) > 1"
        ).fetchall()
        assert twice == []
        sealed = connection.execute(
            "SELECT count(*), count(DISTINCT entry), max(position), (SELECT count(*) FROM journal_entry)"
            " FROM journal_sealed"
        ).fetchone()
        assert sealed is not None
        assert len(set(sealed)) == 1, sealed
        # Every entry, body and tile is as it was sealed; signatures are another promise's.
        assert {fault.code for fault in verify(connection, {}, None, processes=1).faults} <= {"no-verifier"}
