"""What the journal knows of the server's clock: one that was put back lies before what was recorded already."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from thammuu.kernel import clock

LATEST = "(SELECT max(recorded_at) FROM (SELECT recorded_at FROM journal_entry ORDER BY sequence DESC LIMIT 1000) last)"
"""The latest time among the last thousand entries: the first that is recorded after a jump must not hide it."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The latest time among the last entries (None: there are none), the database's clock, and that of this machine."""

    latest: datetime | None
    database: datetime
    machine: datetime

    @property
    def behind(self) -> timedelta:
        """Return how far this machine's clock lies before what was recorded already."""
        return max(timedelta(), self.latest - self.machine) if self.latest is not None else timedelta()

    @property
    def are_right(self) -> bool:
        """Say whether nothing speaks against them, within `clock.SKEW`."""
        return self.behind <= clock.SKEW and not clock.are_apart(self.database, self.machine)


def read_clocks() -> Clocks:
    """Look at them; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {LATEST}, clock_timestamp()")
        latest, database = cursor.fetchone()
    return Clocks(latest, database, clock.now())
