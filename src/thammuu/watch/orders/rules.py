"""How an order stands with each of its addressees, and its two clocks. Pure.

Acts commute wherever they can: what two officers do at once ends in the same state, whoever came first. Only a refusal
against an acknowledgement cannot: there the last one holds, and both stand in the timeline.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from thammuu.directives.rules import Urgency

TEXT_LIMIT = 2000
WORDS_LIMIT = 1000
MOST_ADDRESSEES = 60
LONGEST_ACKNOWLEDGEMENT = 2880
"""Minutes."""


class OrderState(StrEnum):
    """Where an order stands with one addressee."""

    GIVEN = "given"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CONFIRMED = "confirmed"


class Act(StrEnum):
    """What an addressee answers, or whoever gave the order finds."""

    ACKNOWLEDGE = "acknowledge"
    REFUSE = "refuse"
    REPORT = "report"
    COMPLETE = "complete"
    CONFIRM = "confirm"
    RETURN = "return"


class To(StrEnum):
    """What an addressee is."""

    UNIT = "unit"
    POST = "post"
    ROLE = "role"


class End(StrEnum):
    """Why an order no longer holds."""

    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class ReadBack(StrEnum):
    """What whoever gave the order said of the words with which it was read back; "" until then."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"


class Clock(StrEnum):
    """The two clocks of an order."""

    ACKNOWLEDGEMENT = "acknowledgement"
    REPORT = "report"


class LinkEnd(StrEnum):
    """Why a link ended before its time."""

    REVOKED = "revoked"
    REPLACED = "replaced"
    TRIED = "tried"


LINK_HOURS = (1, 4, 12, 24)
MOST_TRIES = 10
"""So many wrong tokens with the right beginning end a link."""
ANSWERS = (Act.ACKNOWLEDGE, Act.REFUSE, Act.REPORT, Act.COMPLETE)
OPEN = (OrderState.GIVEN, OrderState.ACKNOWLEDGED, OrderState.IN_PROGRESS)
"""Where the next step is the addressee's."""
_DONE = (OrderState.COMPLETED, OrderState.CONFIRMED)

WITHIN: Mapping[Urgency, int] = {
    Urgency.NORMAL: 60,
    Urgency.URGENT: 15,
    Urgency.VERY_URGENT: 10,
    Urgency.IMMEDIATE: 5,
}
"""Within how many minutes an order is acknowledged, unless another time is said."""

TONES: Mapping[OrderState, str] = {
    OrderState.GIVEN: "standby",
    OrderState.ACKNOWLEDGED: "normal",
    OrderState.REFUSED: "caution",
    OrderState.IN_PROGRESS: "normal",
    OrderState.COMPLETED: "standby",
    OrderState.CONFIRMED: "off",
}


def after(state: OrderState, act: Act) -> OrderState:
    """Return where an order stands after an act; total, and what is done stays done until whoever gave it returns it.

    A report or a completion says that the order is known, so it acknowledges it too.
    """
    if act is Act.CONFIRM:
        return OrderState.CONFIRMED
    if act is Act.RETURN:
        return OrderState.IN_PROGRESS if state in _DONE else state
    if state in _DONE:
        return state
    if act is Act.COMPLETE:
        return OrderState.COMPLETED
    if act is Act.REFUSE:
        return OrderState.REFUSED
    if act is Act.REPORT or state is OrderState.IN_PROGRESS:
        return OrderState.IN_PROGRESS
    return OrderState.ACKNOWLEDGED


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the clocks of one addressee are judged by; times are aware. `ended`: withdrawn or superseded."""

    state: OrderState
    acknowledge_by: datetime
    report_by: datetime | None
    answered_at: datetime | None
    reported_at: datetime | None
    ended: bool = False


def overdue(clocks: Clocks, now: datetime) -> list[Clock]:
    """Return the clocks that have run out with no answer. Of what was refused, done or ended none runs."""
    if clocks.ended or clocks.state not in OPEN:
        return []
    found = []
    if clocks.answered_at is None and clocks.acknowledge_by <= now:
        found.append(Clock.ACKNOWLEDGEMENT)
    if clocks.reported_at is None and clocks.report_by is not None and clocks.report_by <= now:
        found.append(Clock.REPORT)
    return found


def is_late(act: Act, clocks: Clocks, now: datetime) -> bool:
    """Say whether an answer comes after the clock that it stops."""
    if clocks.answered_at is None and now > clocks.acknowledge_by:
        return True
    reports = act in (Act.REPORT, Act.COMPLETE) and clocks.reported_at is None
    return reports and clocks.report_by is not None and now > clocks.report_by


def acknowledge_by(given_at: datetime, minutes: int) -> datetime:
    """Return until when an order is to be acknowledged."""
    return given_at + timedelta(minutes=minutes)
