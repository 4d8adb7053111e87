"""The worker's part: each minute, what is due of every policy that is on is sent."""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime
from threading import Event
from uuid import UUID

from django.db import Error, connection

from thammuu.directives.urging.actions import urge
from thammuu.directives.urging.cases import cases_reached
from thammuu.directives.urging.deliveries import Carriers
from thammuu.directives.urging.models import UrgingPolicy
from thammuu.directives.urging.rules import Calendar, Ladder, Origin, due, is_open, ladder_of, opening_of
from thammuu.directives.urging.sending import deliver, prepare
from thammuu.kernel import clock
from thammuu.org.authority import SYSTEM

EVERY = 60.0
BATCH = 500
log = logging.getLogger(__name__)


class Rounds:
    """Goes through the policies. Remembers which have had their look at every deadline today.

    Rungs that count from a deadline fall due when a day opens, and nothing that happens later that day makes one due,
    so one look a day suffices. Whoever starts anew looks once more, and finds nothing that was sent.
    """

    def __init__(self) -> None:
        self._looked: dict[UUID, tuple[int, datetime, date]] = {}
        self._calendar = Calendar()

    def go(self, now: datetime) -> int:
        """Send what is due now; return how many."""
        return sum(self._apply(policy, now) for policy in UrgingPolicy.objects.filter(is_on=True).order_by("id"))

    def _apply(self, policy: UrgingPolicy, now: datetime) -> int:
        ladder, today = ladder_of(policy.ladder), clock.day_of(now)
        looks = self._looks_at_deadlines(ladder, now)
        this_look = (policy.version, policy.changed_at, today)
        timers_only = not looks or self._looked.get(policy.id) == this_look
        sent = 0
        for cases in cases_reached(policy, now, self._calendar, timers_only):
            ripe = [case.id for case in cases if due(ladder, case.matter, now, self._calendar)]
            sent += self._send(policy.id, ripe, now)
        if looks:
            self._looked[policy.id] = this_look
        return sent

    def _looks_at_deadlines(self, ladder: Ladder, now: datetime) -> bool:
        if now < opening_of(ladder, clock.day_of(now)):
            return False
        by_deadline = [rung for rung in ladder.rungs if rung.origin is Origin.DEADLINE]
        return is_open(ladder, now, self._calendar) or any(rung.any_hour for rung in by_deadline)

    def _send(self, policy: UUID, ripe: Sequence[UUID], now: datetime) -> int:
        batches = (ripe[start : start + BATCH] for start in range(0, len(ripe), BATCH))
        return sum(
            urge(actor=SYSTEM, now=now, policy=policy, assignments=batch, calendar=self._calendar) for batch in batches
        )


def run(stop: Event) -> None:
    """Go round each minute until `stop`."""
    rounds = Rounds()
    _each_minute(stop, lambda: rounds.go(clock.now()))


def run_deliveries(stop: Event, carriers: Carriers) -> None:
    """Put what was urged into messages and try them, each minute until `stop`."""

    def go() -> int:
        prepare(clock.now(), carriers)
        return deliver(clock.now(), carriers)

    _each_minute(stop, go)


def _each_minute(stop: Event, go: Callable[[], int]) -> None:
    """What fails is logged and tried again."""
    while not stop.is_set():
        try:
            go()
        except Error as error:
            log.warning("the urging waits for the database: %s", error)
            connection.close()
        except Exception:
            log.exception("the urging failed and is tried again")
        stop.wait(EVERY)
