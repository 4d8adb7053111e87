"""The worker's part: several times a minute, the clocks of orders that ran out are told."""

import logging
from datetime import datetime
from threading import Event

from django.db import Error, connection
from django.db.models import Q

from thammuu.kernel import clock
from thammuu.org.authority import SYSTEM
from thammuu.watch.orders.actions import note_overdue
from thammuu.watch.orders.models import OrderAddressee
from thammuu.watch.orders.rules import OPEN

EVERY = 15.0
AT_ONCE = 500
log = logging.getLogger(__name__)


def go(now: datetime) -> int:
    """Tell what ran out by now, once however many look; return how many clocks. Nothing is told of what has ended."""
    acknowledgement = Q(order__acknowledge_by__lte=now, answered_at=None, acknowledgement_overdue_at=None)
    report = Q(order__report_by__lte=now, reported_at=None, report_overdue_at=None)
    states = [str(state) for state in OPEN]
    found = OrderAddressee.objects.filter(acknowledgement | report, order__ended_at=None, state__in=states)
    ids = list(found.order_by("order__acknowledge_by", "id").values_list("id", flat=True)[:AT_ONCE])
    return sum(note_overdue(actor=SYSTEM, now=now, addressee=id) for id in ids)


def run(stop: Event) -> None:
    """Look until `stop`; what fails is logged and tried again."""
    while not stop.is_set():
        try:
            go(clock.now())
        except Error as error:
            log.warning("the clocks of orders wait for the database: %s", error)
            connection.close()
        except Exception:
            log.exception("looking at the clocks of orders failed and is tried again")
        stop.wait(EVERY)
