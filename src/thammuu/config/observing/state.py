"""How a running installation stands, for its operators: metrics, the system page and its JSON."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import psutil
from django.conf import settings
from django.db import connection

from thammuu.config import queries
from thammuu.config.backup.plan import read_plan
from thammuu.config.backup.standing import Standing, standing
from thammuu.config.observing.channels import REMEMBERED
from thammuu.config.observing.health import free_at
from thammuu.config.observing.vitals import Vitals, read_vitals
from thammuu.config.transport.standing import certificate_standing
from thammuu.directives.urging.queries import DeliveryCounts, delivery_counts
from thammuu.kernel import clock


@dataclass(frozen=True)
class Process:
    """One of the processes beside the database: what it does, its number, resident bytes, seconds since its start."""

    name: str
    pid: int
    memory: int
    running: float


@dataclass(frozen=True)
class State:
    """Sizes in bytes, times in seconds. `backup` is None where the database is not ours to keep.

    `clock_difference` is the database's clock less this machine's; an age is None where there is nothing yet.
    """

    now: datetime
    vitals: Vitals
    free: int
    clock_difference: float
    backup: Standing | None
    certificate_until: datetime | None
    attempts: queries.AttemptCounts
    messages: Sequence[DeliveryCounts]
    processes: Sequence[Process]

    @property
    def clock_behind(self) -> float:
        """Return how far this machine's clock lies before what was recorded already."""
        newest = self.vitals.newest
        return max(0.0, (newest - self.now).total_seconds()) if newest is not None else 0.0

    @property
    def backup_age(self) -> float | None:
        """Return the age of the last base backup."""
        last = self.backup.last if self.backup else None
        return (self.now - last.begun_at).total_seconds() if last else None

    @property
    def waiting(self) -> float | None:
        """Return how long the oldest closed segment of the database's log has waited."""
        return self.backup.waiting if self.backup and self.backup.plan.set_up else None

    @property
    def drill_age(self) -> float | None:
        """Return the age of the last sound drill."""
        drilled = self.backup.drilled if self.backup else None
        return (self.now - drilled).total_seconds() if drilled else None

    @property
    def certificate_left(self) -> float | None:
        """Return how long the server's certificate holds."""
        return (self.certificate_until - self.now).total_seconds() if self.certificate_until else None


def read_state() -> State:
    """Look at everything; raises the database's errors."""
    connection.ensure_connection()
    before = time.time()
    vitals = read_vitals(connection.connection)
    machine = (before + time.time()) / 2
    backup = None
    if settings.INSTALLATION.embedded:
        backup = standing(settings.HOME, read_plan(settings.HOME), queries.last_drill())
    now = clock.now()
    return State(
        now=now,
        vitals=vitals,
        free=free_at(settings.HOME),
        clock_difference=vitals.clock.timestamp() - machine,
        backup=backup,
        certificate_until=certificate_standing().until,
        attempts=queries.attempt_counts(now),
        messages=delivery_counts(now - REMEMBERED),
        processes=processes(),
    )


def processes() -> list[Process]:
    """Return the processes that were started together with this one, and their parent."""
    parent = psutil.Process().parent()
    if parent is None:
        return []
    found = []
    for process in (parent, *parent.children()):
        try:
            name = name_of(process.cmdline())
            if name is not None:
                with process.oneshot():
                    memory, since = process.memory_info().rss, time.time() - process.create_time()
                found.append(Process(name, process.pid, memory, since))
        except psutil.Error:
            continue  # it has just ended
    return found


def name_of(command: Sequence[str]) -> str | None:
    """Return what a process does by its command line, None if it is none of the product's."""
    words = list(command)
    if "-m" in words and words[words.index("-m") + 1 :][:1] == ["thammuu"]:
        arguments = words[words.index("thammuu") + 1 :]
    elif any(word.rsplit("/", 1)[-1] == "thammuu" for word in words[:2]):
        arguments = words[1 + next(i for i, word in enumerate(words[:2]) if word.endswith("thammuu")) :]
    elif words and words[0].rsplit("/", 1)[-1] == "postgres":
        return "PostgreSQL"
    else:
        return None
    match arguments:
        case ["serve-process", *_rest]:
            return f"serve {arguments[-1]}"
        case ["worker-process", part, *_rest]:
            return part
        case [what, *_rest]:
            return f"thammuu {what}"
    return None
