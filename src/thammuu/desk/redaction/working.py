"""The worker's part: confirmed redactions are carried out, and the retention rule is applied."""

import logging
import time
from collections.abc import Callable, Sequence
from threading import Event
from uuid import UUID

from django.conf import settings
from django.db import Error, connection

from thammuu.desk.redaction.actions import carry_out_redaction
from thammuu.journal.models import Redaction
from thammuu.journal.redaction.words import State
from thammuu.kernel import clock
from thammuu.org.authority import SYSTEM
from thammuu.watch.actions import redact_due_contacts

EVERY = 2.0
RETENTION_EVERY = 60.0
Units = Callable[[], Sequence[UUID]]
log = logging.getLogger(__name__)


def redact(stop: Event, units: Units) -> None:
    """Run until `stop`. What fails is logged and tried again; `units` may read of the retention's runs."""
    applied = -RETENTION_EVERY
    while not stop.is_set():
        try:
            carry_out_confirmed()
            if time.monotonic() - applied >= RETENTION_EVERY:
                applied = time.monotonic()
                apply_retention(units)
        except Error as error:
            log.warning("the redactions wait for the database: %s", error)
            connection.close()
        except Exception:
            log.exception("the redactions failed and are tried again")
        stop.wait(EVERY)


def carry_out_confirmed() -> int:
    """Carry out what is confirmed, oldest first; return how many. One that fails does not keep the others waiting."""
    waiting = list(Redaction.objects.filter(state=State.CONFIRMED).order_by("decided_at").values_list("id", flat=True))
    done = 0
    for id in waiting:
        try:
            done += carry_out_redaction(actor=SYSTEM, now=clock.now(), redaction=id)
        except OSError:
            log.exception("the redaction %s failed and is tried again", id)
    return done


def apply_retention(units: Units) -> int:
    """Redact the contacts that are due; return how many."""
    return redact_due_contacts(actor=SYSTEM, now=clock.now(), units=list(units()), days=settings.CONTACT_DAYS)
