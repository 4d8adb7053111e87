"""The worker's part: carry the log and new attachments every few seconds, and take a base backup when one is due."""

import logging
import time
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import psycopg

from thammuu.config.backup.encryption import read_recipient
from thammuu.config.backup.plan import Plan, read_plan
from thammuu.config.backup.shipping import Shipping, alone
from thammuu.config.backup.store import Damaged, Store
from thammuu.config.backup.taking import shipping_of, take
from thammuu.config.supervisor.account import server_account
from thammuu.config.supervisor.embedded import archive_of
from thammuu.config.supervisor.places import find_places
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.kernel import clock

EVERY = 5.0
AGAIN = timedelta(minutes=10)
log = logging.getLogger(__name__)
FAULTS = (CannotStart, Damaged, OSError, psycopg.Error)


def keep(home: Path, plan: Plan, stop: Event) -> None:
    """Run until `stop`. What fails is logged and tried again; what waits stays where it is."""
    shipping: Shipping | None = None
    not_before = time.monotonic()
    while not stop.wait(EVERY):
        try:
            shipping = shipping or shipping_of(home, plan)
            with alone(home, wait=False) as mine:
                if mine:
                    shipping.ship()
            if due(shipping.store, plan, clock.now()) and time.monotonic() >= not_before:
                not_before = time.monotonic() + AGAIN.total_seconds()
                take(home, plan, clock.now())
        except FAULTS as error:
            log.warning("the backups wait: %s", error)
            shipping = None


def due(store: Store, plan: Plan, now: datetime) -> bool:
    """Say whether the newest base backup is older than the plan wants, or of a time that has not come."""
    manifests = store.manifests()
    return not manifests or not clock.is_within(manifests[-1].begun_at, now, timedelta(hours=plan.hours))


def carry_rest(home: Path) -> None:
    """Carry what the server archived while it stopped, so that a machine at rest has nothing of its own."""
    try:
        plan = read_plan(home)
        if plan.folder is None or not plan.set_up or not (plan.folder / "installation.json").exists():
            return
        archive = archive_of(find_places(home, server_account()))
        with alone(home, wait=True):
            if archive.is_dir():
                Shipping(home, archive, Store(plan.folder), read_recipient(plan.recipient)).ship()
    except FAULTS as error:
        log.warning("the backups wait: %s", error)
