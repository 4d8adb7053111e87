"""Promise 2: pages, sealer, followers and jobs are killed in turn while officers write and one watches.

THAMMUU_KILLS sets the scale: 20 here and in CI, 100 for a release.
"""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

import psutil
import psycopg
import pytest

from tests.promises.killing import KILLS, environment
from tests.promises.officer import Session, Watching, file_lines
from thammuu.config.supervisor.credentials import read_credentials
from thammuu.config.supervisor.throw_away import throw_away_home
from thammuu.journal.sealer import seal_pending

OFFICERS = 4
BETWEEN = 15  # confirmations between two kills
VICTIMS = ("serve-process", "worker-process sealer", "serve-process", "worker-process followers", "worker-process jobs")


@dataclass
class Running:
    """A whole installation and its first administrator."""

    home: Path
    port: int
    name: str
    password: str
    process: subprocess.Popen[str]

    def kill(self, turn: int) -> bool:
        """SIGKILL one of the processes whose turn it is; False while none is there (it is being started again)."""
        wanted = VICTIMS[turn % len(VICTIMS)]
        children = psutil.Process(self.process.pid).children()
        victims = [child for child in children if wanted in " ".join(child.cmdline())]
        for victim in victims[-1:]:
            victim.kill()
            victim.wait()
        return bool(victims)

    def url(self) -> str:
        credentials = read_credentials(self.home)
        assert credentials is not None
        return credentials.owner_url


@pytest.fixture
def running() -> Iterator[Running]:
    with throw_away_home() as home:
        init = [sys.executable, "-m", "thammuu", "init", "--json"]
        made = json.loads(subprocess.check_output(init, env=environment(home)))
        with subprocess.Popen(
            [sys.executable, "-m", "thammuu", "run", "--port", "0"],
            env=environment(home),
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            opened = next(found for line in process.stdout if (found := re.search(r"localhost:(\d+)", line)))
            yield Running(home, int(opened[1]), made["administrator"], made["password"], process)
            process.terminate()


def test_nothing_confirmed_is_lost_doubled_or_missing_from_the_stream(running: Running) -> None:
    confirmed: Queue[tuple[str, str]] = Queue()
    stop = threading.Event()
    watching = Watching(Session(running.port, running.name, running.password))
    officers = [
        threading.Thread(
            target=file_lines, args=(Session(running.port, running.name, running.password), confirmed, stop)
        )
        for _ in range(OFFICERS)
    ]
    for officer in officers:
        officer.start()
    told: dict[str, str] = {}
    for turn in range(KILLS):
        told.update(confirmed.get(timeout=120) for _ in range(BETWEEN))
        while not running.kill(turn):
            told.update([confirmed.get(timeout=120)])
    stop.set()
    for officer in officers:
        officer.join()
    told.update(confirmed.queue)
    assert len(told) >= KILLS * BETWEEN
    watching.wait_for(set(told.values()))
    assert len(watching.entries) == len(set(watching.entries)), "nothing came twice"
    reckon(running.url(), told)


def reckon(url: str, told: dict[str, str]) -> None:
    """Every confirmed submission is one entry of the log, and the positions have no gap."""
    with psycopg.connect(url, autocommit=True) as connection:
        seal_pending(connection)
        rows = connection.execute(
            "SELECT submission::text, count(*), min(subject_id::text) FROM journal_entry"
            " WHERE submission IS NOT NULL GROUP BY account, submission"
        ).fetchall()
        recorded = {submission: (entries, subject) for submission, entries, subject in rows}
        assert {submission: recorded.get(submission) for submission in told} == {
            submission: (1, entry) for submission, entry in told.items()
        }
        sealed = connection.execute(
            "SELECT count(*), count(DISTINCT entry), max(position), (SELECT count(*) FROM journal_entry)"
            " FROM journal_sealed"
        ).fetchone()
        assert sealed is not None
        assert len(set(sealed)) == 1, sealed
