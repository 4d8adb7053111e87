"""How an installation stands with its backups: what operators are told on their page and by `thammuu check`."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from thammuu.config.backup.plan import Plan
from thammuu.config.backup.store import Damaged, Manifest, Store
from thammuu.config.supervisor.embedded import ARCHIVE
from thammuu.config.supervisor.places import made_base
from thammuu.kernel import clock

WAITS_TOO_LONG = 60.0
LATE = 2
"""A base backup is late when this many of its intervals have passed: one may fall into a night without power."""


@dataclass(frozen=True)
class Standing:
    """`last` is the newest base backup, `waiting` the seconds that the oldest closed segment of the log has waited,
    `drilled` when the last drill was held; `fault` says why the folder of backups could not be read."""

    plan: Plan
    last: Manifest | None
    waiting: float
    drilled: datetime | None
    fault: str = ""

    def backup_late(self, now: datetime) -> bool:
        """Say whether the last base backup is too old, or there is none."""
        return self.last is None or not clock.is_within(
            self.last.begun_at, now, LATE * timedelta(hours=self.plan.hours)
        )

    def log_late(self) -> bool:
        """Say whether more than a minute may be lost with this machine."""
        return self.waiting > WAITS_TOO_LONG

    def drill_late(self, now: datetime) -> bool:
        """Say whether the last drill is too long ago, or none was held."""
        return self.drilled is None or not clock.is_within(self.drilled, now, timedelta(days=self.plan.drill_days))

    def warns(self, now: datetime) -> bool:
        """Say whether the operators have something to do."""
        late = self.backup_late(now) or self.log_late() or self.drill_late(now) or self.fault != ""
        return not self.plan.set_up or late


def standing(home: Path, plan: Plan, drilled: datetime | None) -> Standing:
    """Look at the folder of backups and at what waits to be carried there."""
    if plan.folder is None or not plan.set_up:
        return Standing(plan, None, 0.0, drilled)
    try:
        manifests = Store(plan.folder).manifests()
        return Standing(plan, manifests[-1] if manifests else None, _waiting(home), drilled)
    except (Damaged, OSError) as error:
        return Standing(plan, None, 0.0, drilled, str(error))


def _waiting(home: Path) -> float:
    ages = [time.time() - file.stat().st_mtime for file in (made_base(home) / ARCHIVE).glob("[!.]*")]
    return max(ages, default=0.0)
