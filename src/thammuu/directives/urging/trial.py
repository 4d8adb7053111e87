"""Trying a ladder on the past: what it would have sent, day by day. Pure; nothing is written.

What people did is taken as it was: nobody knows what they would have done, had they been urged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from heapq import heapify, heappop, heappush

from thammuu.directives.urging.rules import Calendar, Ladder, Matter, Origin, Rung, Sent, due, opening_of
from thammuu.kernel.clock import in_zone, start_of

LONGEST_DAYS = 92


class Turn(StrEnum):
    """What changes whether a matter is urged."""

    ACKNOWLEDGED = "acknowledged"
    REPORTED = "reported"
    EXTENDED = "extended"
    DONE = "done"
    RETURNED = "returned"
    # It comes back, and has to be acknowledged anew.
    INSISTED = "insisted"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a matter; `deadline` is the new one of an extension."""

    at: datetime
    turn: Turn
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class History:
    """A matter from its issue, with what happened to it, oldest first; `deadline` is the first one."""

    issued_at: datetime
    deadline: datetime
    urgent: bool
    events: Sequence[Event]


@dataclass(frozen=True, slots=True)
class Tried:
    """An urging that would have been sent at an instant."""

    at: datetime
    rung: Rung
    round: int


def tried(ladder: Ladder, history: History, first: date, last: date, calendar: Calendar) -> Iterator[Tried]:
    """Yield what the ladder would have sent from the first day to the last, had it been on from the first."""
    matter = Matter(history.issued_at, history.deadline, history.issued_at, history.urgent)
    events = list(history.events)
    ends = start_of(last + timedelta(days=1))
    moments = _moments(ladder, history, max(start_of(first), history.issued_at), ends)
    sent: dict[tuple[str, datetime], Sent] = {}
    while moments and not (matter.done and not events):
        now = heappop(moments)
        while events and events[0].at <= now:
            matter = _after(matter, events.pop(0))
        for urging in due(ladder, replace(matter, sent=tuple(sent.values())), now, calendar):
            key = urging.rung.key
            sent[key, urging.counted_from] = Sent(key, urging.counted_from, urging.round, now)
            yield Tried(now, urging.rung, urging.round)
            again = now + timedelta(minutes=urging.rung.again)
            if urging.rung.origin is Origin.ISSUE and now < again < ends:
                heappush(moments, again)


def _after(matter: Matter, event: Event) -> Matter:
    if event.turn is Turn.ACKNOWLEDGED:
        return replace(matter, acknowledged=True)
    if event.turn is Turn.EXTENDED:
        return replace(matter, deadline=event.deadline or matter.deadline, since=event.at)
    acknowledged = event.turn is not Turn.INSISTED and (matter.acknowledged or event.turn is Turn.REPORTED)
    return replace(matter, answered_at=event.at, done=event.turn is Turn.DONE, acknowledged=acknowledged)


def _moments(ladder: Ladder, history: History, start: datetime, ends: datetime) -> list[datetime]:
    """Return, as a heap, when something may fall due: at each day's opening, and minutes after an urgent issue."""
    found = [start] if start < ends else []
    day = in_zone(start).date()
    while (opening := opening_of(ladder, day)) < ends:
        if opening > start:
            found.append(opening)
        day += timedelta(days=1)
    if history.urgent:
        minutes = (rung.offset for rung in ladder.rungs if rung.origin is Origin.ISSUE)
        timers = (history.issued_at + timedelta(minutes=offset) for offset in minutes)
        found.extend(at for at in timers if start < at < ends)
    heapify(found)
    return found
