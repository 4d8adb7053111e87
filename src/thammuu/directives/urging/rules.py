"""The ladder of urging: what is due for a matter at an instant. Pure.

It knows matters, not assignments: whatever has a deadline, is reported on and gets done can be urged by it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from thammuu.kernel import calendar as kernel
from thammuu.kernel.calendar import NO_OVERRIDES
from thammuu.kernel.clock import ORGANISATION_ZONE, in_zone

MOST_RUNGS = 20
MOST_DAYS = 60
MOST_MINUTES = 2880
LEAST_AGAIN = 5


class Origin(StrEnum):
    """What a rung is counted from."""

    DEADLINE = "deadline"  # in working days; negative is before it
    ISSUE = "issue"  # in minutes, for urgent matters that nobody has acknowledged


class Audience(StrEnum):
    """Who is urged. `ABOVE` is the unit above the issuing one, or the issuing one itself at the top."""

    LEAD = "lead"
    LEAD_POST = "lead_post"  # the post that answers for the matter; where none does, the whole lead unit
    LEAD_HEAD = "lead_head"
    ISSUER = "issuer"
    ISSUER_HEAD = "issuer_head"
    ABOVE = "above"


class Channel(StrEnum):
    """What carries an urging beyond the pages, on which it always stands."""

    MAIL = "mail"
    PUSH = "push"
    WEBHOOK = "webhook"


class Ended(StrEnum):
    """Why a browser receives no urgings any more."""

    TAKEN_OFF = "taken_off"  # by its officer
    GONE = "gone"  # its push service does not know it any more
    RESET = "reset"  # its account was taken from whoever had it


HEADS = frozenset({Audience.LEAD_HEAD, Audience.ISSUER_HEAD, Audience.ABOVE})
"""Who is urged here is the unit's head: the posts that have the role of chief at it."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: when, whom, through what, and how often again in silence.

    `offset` counts from the origin; `again` is after how much silence it is repeated (working days, or minutes after
    the issue), 0 for once. `any_hour` goes out in quiet hours and on days of rest too.
    """

    origin: Origin
    offset: int
    to: Audience
    channels: tuple[Channel, ...] = ()
    again: int = 0
    any_hour: bool = False

    @property
    def key(self) -> str:
        """Return what it is called wherever it was sent: the same in every version of a policy."""
        return f"{self.origin}{self.offset:+d}:{self.to}"

    def plain(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            "origin": str(self.origin),
            "offset": self.offset,
            "to": str(self.to),
            "channels": [str(channel) for channel in self.channels],
            "again": self.again,
            "any_hour": self.any_hour,
        }


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs, and when nothing is sent: from `quiet_from` until before `quiet_until`, by the organisation's clock.

    Equal times are no quiet hours. Rungs that count from a deadline fall due when the quiet hours of their day end.
    """

    rungs: tuple[Rung, ...]
    quiet_from: time = time(18)
    quiet_until: time = time(7)
    working_days_only: bool = True

    def plain(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return {
            "rungs": [rung.plain() for rung in self.rungs],
            "quiet_from": self.quiet_from.strftime("%H:%M"),
            "quiet_until": self.quiet_until.strftime("%H:%M"),
            "working_days_only": self.working_days_only,
        }


def ladder_of(stored: Mapping[str, Any]) -> Ladder:
    """Return the ladder that was stored."""
    return Ladder(
        rungs=tuple(
            Rung(
                origin=Origin(rung["origin"]),
                offset=rung["offset"],
                to=Audience(rung["to"]),
                channels=tuple(Channel(channel) for channel in rung["channels"]),
                again=rung["again"],
                any_hour=rung["any_hour"],
            )
            for rung in stored["rungs"]
        ),
        quiet_from=time.fromisoformat(stored["quiet_from"]),
        quiet_until=time.fromisoformat(stored["quiet_until"]),
        working_days_only=stored["working_days_only"],
    )


USUAL = Ladder(
    (
        Rung(Origin.ISSUE, 30, Audience.LEAD, again=30, any_hour=True),
        Rung(Origin.ISSUE, 60, Audience.LEAD_HEAD, any_hour=True),
        Rung(Origin.DEADLINE, -7, Audience.LEAD),
        Rung(Origin.DEADLINE, -3, Audience.LEAD),
        Rung(Origin.DEADLINE, -1, Audience.LEAD),
        Rung(Origin.DEADLINE, 0, Audience.LEAD, again=2),
        Rung(Origin.DEADLINE, 1, Audience.LEAD_HEAD),
        Rung(Origin.DEADLINE, 3, Audience.ISSUER_HEAD),
        Rung(Origin.DEADLINE, 7, Audience.ABOVE, again=5),
    )
)
"""What a new policy starts from: 7, 3 and 1 working days before, on the day, then upwards step by step."""


class Calendar:
    """Working days with the administrator's overrides; each sum is worked out once."""

    def __init__(self, overrides: Mapping[date, bool] = NO_OVERRIDES) -> None:
        self._overrides = overrides
        self._sums: dict[tuple[date, int], date] = {}

    def is_worked(self, day: date) -> bool:
        """Say whether the day is worked."""
        return kernel.is_working_day(day, self._overrides)

    def add(self, day: date, count: int) -> date:
        """Return the working day so many working days after the day (before it, if negative); 0: the day itself."""
        if count == 0:
            return day
        if (day, count) not in self._sums:
            self._sums[day, count] = kernel.add_working_days(day, count, self._overrides)
        return self._sums[day, count]


@dataclass(frozen=True, slots=True)
class Sent:
    """That a rung was sent: counted from which instant, in which round (0 the first), and when."""

    rung: str
    counted_from: datetime
    round: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Matter:
    """What may be urged, as it stands. Times are aware.

    `since` is when the deadline was set: at the issue, or by the last extension. `answered_at` is when it last moved:
    a report, evidence, or its return. What is `done` is not urged.
    """

    issued_at: datetime
    deadline: datetime
    since: datetime
    urgent: bool = False
    acknowledged: bool = False
    done: bool = False
    answered_at: datetime | None = None
    sent: Collection[Sent] = ()


@dataclass(frozen=True, slots=True)
class Urging:
    """That a rung is due: in which round, and counted from which instant."""

    rung: Rung
    counted_from: datetime
    round: int


def due(ladder: Ladder, matter: Matter, now: datetime, calendar: Calendar) -> list[Urging]:
    """Return what is to be sent now, in the ladder's order.

    A report answers every rung that was reached by then, and a rung that is repeated begins to count its silence anew.
    Of the rungs for one audience only the last that was reached counts: nobody is told of all that was missed.
    """
    if matter.done:
        return []
    open_now = is_open(ladder, now, calendar)
    reached = _reached(ladder, matter, now, calendar)
    found = (_turn(ladder, matter, rung, at, now, calendar) for rung, at in reached if open_now or rung.any_hour)
    return [urging for urging in found if urging is not None]


def is_open(ladder: Ladder, now: datetime, calendar: Calendar) -> bool:
    """Say whether the ladder sends at this instant: outside its quiet hours, on a day that it works."""
    local = in_zone(now)
    return not is_quiet(ladder, local.time()) and not (
        ladder.working_days_only and not calendar.is_worked(local.date())
    )


def is_quiet(ladder: Ladder, at: time) -> bool:
    """Say whether a time of day lies in the quiet hours, which may reach over midnight."""
    start, end = ladder.quiet_from, ladder.quiet_until
    if start <= end:
        return start <= at < end
    return at >= start or at < end


def opening_of(ladder: Ladder, day: date) -> datetime:
    """Return when a day's rungs fall due: at the end of its quiet hours."""
    return datetime.combine(day, ladder.quiet_until, ORGANISATION_ZONE)


def faults_of(ladder: Ladder) -> Iterator[str]:
    """Yield the name of each rule that the ladder breaks: `empty`, `many`, `twice`, `range`."""
    if not ladder.rungs:
        yield "empty"
    if len(ladder.rungs) > MOST_RUNGS:
        yield "many"
    if len({rung.key for rung in ladder.rungs}) < len(ladder.rungs):
        yield "twice"
    if not all(_in_range(rung) for rung in ladder.rungs):
        yield "range"


def _in_range(rung: Rung) -> bool:
    if rung.origin is Origin.ISSUE:
        repeated = rung.again == 0 or LEAST_AGAIN <= rung.again <= MOST_MINUTES
        return 1 <= rung.offset <= MOST_MINUTES and repeated
    return -MOST_DAYS <= rung.offset <= MOST_DAYS and 0 <= rung.again <= MOST_DAYS


def _reached(ladder: Ladder, matter: Matter, now: datetime, calendar: Calendar) -> Iterable[tuple[Rung, datetime]]:
    """Return the last rung reached of each origin and audience, with when it was reached."""
    last: dict[tuple[Origin, Audience], tuple[Rung, datetime]] = {}
    for rung in ladder.rungs:
        if rung.origin is Origin.ISSUE and (not matter.urgent or matter.acknowledged):
            continue
        at = _reached_at(ladder, matter, rung, calendar)
        before = last.get((rung.origin, rung.to))
        if at <= now and (before is None or rung.offset > before[0].offset):
            last[rung.origin, rung.to] = (rung, at)
    return [last[rung.origin, rung.to] for rung in ladder.rungs if last.get((rung.origin, rung.to), (None,))[0] is rung]


def _reached_at(ladder: Ladder, matter: Matter, rung: Rung, calendar: Calendar) -> datetime:
    if rung.origin is Origin.ISSUE:
        return matter.issued_at + timedelta(minutes=rung.offset)
    return opening_of(ladder, calendar.add(in_zone(matter.deadline).date(), rung.offset))


def _turn(
    ladder: Ladder, matter: Matter, rung: Rung, reached_at: datetime, now: datetime, calendar: Calendar
) -> Urging | None:
    """Return the round of a reached rung that is due, None for none."""
    start = matter.issued_at if rung.origin is Origin.ISSUE else matter.deadline
    sent = [one for one in matter.sent if one.rung == rung.key and one.counted_from == start]
    answered = matter.answered_at or matter.issued_at
    if rung.origin is Origin.DEADLINE:
        answered = max(answered, matter.since)
    if not sent and reached_at > answered:
        return Urging(rung, start, 0)
    silent_from = max([answered, reached_at, *(one.at for one in sent)])
    if rung.again == 0 or now < _again_at(ladder, rung, silent_from, calendar):
        return None
    return Urging(rung, start, max((one.round for one in sent), default=-1) + 1)


def _again_at(ladder: Ladder, rung: Rung, silent_from: datetime, calendar: Calendar) -> datetime:
    if rung.origin is Origin.ISSUE:
        return silent_from + timedelta(minutes=rung.again)
    return opening_of(ladder, calendar.add(in_zone(silent_from).date(), rung.again))
