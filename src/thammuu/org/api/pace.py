"""How fast a token may ask, and how often it did: kept in the memory of each serving process.

A token may ask `BURST` times at once and `RATE` times a second from then on, in each process: a network that is shared
with officers is not to be filled by one system that runs in circles. What was counted is stored about once a minute.
"""

import threading
import time
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org.account import actions

RATE, BURST = 10.0, 120.0
STORE_EVERY = 60.0
"""Seconds between two times at which a token's count is stored."""
MOST = 10_000
"""So many tokens are remembered; beyond, all are forgotten, which only lets them ask a little more."""


@dataclass(slots=True)
class _Pace:
    """What a token may still ask at once, as of `at` (monotonic seconds), and what is not stored yet."""

    left: float = BURST
    at: float = field(default_factory=time.monotonic)
    uses: int = 0
    stored_on: date | None = None
    stored_at: float = 0.0


_paces: dict[UUID, _Pace] = {}
_lock = threading.Lock()


def wait_of(token: UUID) -> int:
    """Count a request of the token. Return 0 if it may be answered, else for how many seconds it has to wait."""
    with _lock:
        if len(_paces) > MOST:
            _paces.clear()
        pace = _paces.setdefault(token, _Pace())
        now = time.monotonic()
        pace.left, pace.at = min(BURST, pace.left + (now - pace.at) * RATE), now
        if pace.left < 1:
            return 1 + int((1 - pace.left) / RATE)
        pace.left -= 1
        pace.uses += 1
    return 0


def note(token: UUID, actor: Actor) -> None:
    """Store what was counted, if that is due: at the first use of a day, and once a minute."""
    now, present = clock.now(), time.monotonic()
    day = clock.day_of(now)
    with _lock:
        pace = _paces.get(token)
        if pace is None or (pace.stored_on == day and present - pace.stored_at < STORE_EVERY):
            return
        uses, pace.uses, pace.stored_on, pace.stored_at = pace.uses, 0, day, present
    actions.note_use(actor=actor, now=now, token=token, uses=uses, day=day)


def forget() -> None:
    """Start anew: every token may ask its burst."""
    with _lock:
        _paces.clear()
