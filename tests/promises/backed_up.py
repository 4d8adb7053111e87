"""Installations that are backed up: a home with entries and documents, its server, its store, the recipient's key."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from pyrage.x25519 import Identity

from tests.config.test_running import environment
from thammuu.config.backup.plan import read_plan
from thammuu.config.backup.taking import shipping_of
from thammuu.config.installation import read_installation
from thammuu.config.reaching import database
from thammuu.config.supervisor.credentials import read_credentials
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.throw_away import throw_away_home

DUTY = Path(__file__).with_name("duty.py")
REDACTING = Path(__file__).with_name("redacting.py")


@dataclass
class House:
    """`around` is a throw-away folder; the home, the store and the key lie in it, apart from each other.

    `archived` is how many entries the last archived segment holds, `published` how many a checkpoint has told of.
    """

    around: Path
    archived: int = 0
    published: int = 0

    @property
    def home(self) -> Path:
        return self.around / "home"

    @property
    def store(self) -> Path:
        return self.around / "store"

    @property
    def key(self) -> Path:
        return self.around / "recipient.key"

    def set_up(self) -> None:
        """Make the installation and its settings of backups."""
        assert self.thammuu("init").returncode == 0
        made = Identity.generate()
        self.key.write_text(f"# the officer's\n{made}\n")
        with (self.home / "thammuu.toml").open("a") as file:
            file.write(f'backup_folder = "{self.store}"\nbackup_recipient = "{made.to_public()}"\nbackup_keep = 2\n')

    def thammuu(self, *arguments: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "thammuu", *arguments]
        temporary = self.around / "temporary"
        temporary.mkdir(exist_ok=True)
        around = {**environment(home or self.home), "TMPDIR": str(temporary)}
        return subprocess.run(command, env=around, capture_output=True, text=True, check=False)

    def told(self, *arguments: str, home: Path | None = None) -> Any:
        """What a command answers that must succeed."""
        done = self.thammuu(*arguments, "--json", home=home)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def work(self, lines: int) -> int:
        """Let entries and documents come in; return how many entries are sealed."""
        command = [sys.executable, str(DUTY), str(lines)]
        done = subprocess.run(command, env=environment(self.home), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return int(done.stdout)

    def secret(self, what: str) -> None:
        """Have a line with a name in it written, or redacted with all that belongs to it."""
        command = [sys.executable, str(REDACTING), what]
        done = subprocess.run(command, env=environment(self.home), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def carry(self) -> None:
        """What the worker does every five seconds: carry what waits, and the list of redactions."""
        shipping_of(self.home, read_plan(self.home, {})).ship()

    def work_alone(self, lines: int) -> int:
        """The same in an installation that is not running, with its server only for that time."""
        with database(read_installation(environment(self.home))):
            return self.work(lines)

    def close_segment(self) -> None:
        """What `archive_timeout` does after 30 s: close the segment; then carry it, as the worker does."""
        credentials = read_credentials(self.home)
        assert credentials is not None
        shipping = shipping_of(self.home, read_plan(self.home, {}))
        with psycopg.connect(credentials.superuser_url(), autocommit=True) as own:
            row = own.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
            assert row is not None
            while not (shipping.archive / str(row[0])).exists():
                own.execute("SELECT pg_sleep(0.05)")
        shipping.ship()

    def restore(self, target: str, *options: str) -> subprocess.CompletedProcess[str]:
        place = self.around / target
        given = ["--key", str(self.key), "--from", str(self.store), "--home", str(place)]
        return self.thammuu("restore", *given, *options, home=place)


@contextmanager
def house(durable: bool = False) -> Iterator[House]:
    """A house with its server running and archiving."""
    with throw_away_home() as around:
        made = House(around)
        made.set_up()
        with EmbeddedPostgres(made.home, durable=durable, archiving=True):
            yield made


def copy_of(store: Path, name: str) -> Path:
    """Return a copy of the store beside it, to be damaged."""
    target = store.with_name(name)
    shutil.copytree(store, target)
    return target
