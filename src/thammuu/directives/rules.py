"""How an assignment goes from state to state, and whether it is in time. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where an assignment stands."""

    ISSUED = "issued"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REFUSED = "refused"
    VERIFIED = "verified"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What is done to an assignment."""

    ACKNOWLEDGE = "acknowledge"
    REPORT = "report"
    HAND_IN = "hand_in"
    VERIFY = "verify"
    RETURN = "return"
    EXTEND = "extend"
    CLOSE = "close"
    REOPEN = "reopen"
    REFUSE = "refuse"
    INSIST = "insist"
    HAND_ON = "hand_on"
    WITHDRAW = "withdraw"


class EvidenceState(StrEnum):
    """What became of evidence."""

    SUBMITTED = "submitted"
    VERIFIED = "verified"
    RETURNED = "returned"


class RequestState(StrEnum):
    """What became of a request for a later deadline; `ENDED` with its assignment, before anybody decided."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"


class Hold(StrEnum):
    """With whom an open assignment lies: the first two with its lead unit, the others with the issuing one."""

    UNACKNOWLEDGED = "unacknowledged"
    WORKED_ON = "worked_on"
    UNVERIFIED = "unverified"
    REFUSED = "refused"


class Timing(StrEnum):
    """The four states of an assignment in time; a withdrawn one has none."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    OPEN_WITHIN_TIME = "open_within_time"
    OPEN_OVERDUE = "open_overdue"


class Urgency(StrEnum):
    """How urgent an assignment is; the degrees of Decree 30/2020."""

    NORMAL = "normal"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"
    IMMEDIATE = "immediate"


_BEING_WORKED_ON = (State.ACKNOWLEDGED, State.IN_PROGRESS, State.RETURNED)
_UNFINISHED = (State.ISSUED, *_BEING_WORKED_ON, State.SUBMITTED, State.REFUSED)

# Evidence can be handed in only where none is waiting: evidence waits exactly in the state SUBMITTED.
TRANSITIONS: Mapping[tuple[State, Act], State] = MappingProxyType(
    {
        (State.ISSUED, Act.ACKNOWLEDGE): State.ACKNOWLEDGED,
        **{(state, Act.REPORT): State.IN_PROGRESS for state in _BEING_WORKED_ON},
        (State.SUBMITTED, Act.REPORT): State.SUBMITTED,
        **{(state, Act.HAND_IN): State.SUBMITTED for state in _BEING_WORKED_ON},
        (State.SUBMITTED, Act.VERIFY): State.VERIFIED,
        (State.SUBMITTED, Act.RETURN): State.RETURNED,
        (State.VERIFIED, Act.CLOSE): State.CLOSED,
        **{(state, Act.REOPEN): State.IN_PROGRESS for state in (State.VERIFIED, State.CLOSED)},
        **{(state, Act.REFUSE): State.REFUSED for state in (State.ISSUED, State.ACKNOWLEDGED)},
        (State.REFUSED, Act.INSIST): State.ISSUED,
        **{(state, Act.HAND_ON): State.IN_PROGRESS for state in (State.ISSUED, *_BEING_WORKED_ON)},
        **{(state, Act.EXTEND): state for state in _UNFINISHED},
        **{(state, Act.WITHDRAW): State.WITHDRAWN for state in _UNFINISHED},
    }
)
DONE = frozenset({State.VERIFIED, State.CLOSED})
OPEN = frozenset(_UNFINISHED)
ASKING = OPEN - {State.REFUSED}
"""Where guidance and time may be asked for; what waits for an answer ends as soon as an assignment stands elsewhere."""
HOLDS: Mapping[State, Hold] = MappingProxyType(
    {
        State.ISSUED: Hold.UNACKNOWLEDGED,
        **dict.fromkeys(_BEING_WORKED_ON, Hold.WORKED_ON),
        State.SUBMITTED: Hold.UNVERIFIED,
        State.REFUSED: Hold.REFUSED,
    }
)
WITH_LEAD = frozenset({Hold.UNACKNOWLEDGED, Hold.WORKED_ON})


def after(state: State, act: Act) -> State | None:
    """Return the state that the act leads to, None where it cannot be done."""
    return TRANSITIONS.get((state, act))


def timing(state: State, deadline: datetime, handed_in_at: datetime | None, now: datetime) -> Timing | None:
    """Return where an assignment stands in time; None for a withdrawn one.

    What counts is when the evidence that waits or was verified came in: however long it is examined, that is not
    the unit's delay. Once it is returned the clock runs as if it had never come (`handed_in_at` None). An
    assignment is within time up to and including its deadline.
    """
    if state == State.WITHDRAWN:
        return None
    in_time = (handed_in_at or now) <= deadline
    if state in DONE:
        return Timing.DONE_ON_TIME if in_time else Timing.DONE_LATE
    return Timing.OPEN_WITHIN_TIME if in_time else Timing.OPEN_OVERDUE


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of assignments by their timing; rates are derived, never stored."""

    done_on_time: int = 0
    done_late: int = 0
    open_within_time: int = 0
    open_overdue: int = 0

    @property
    def done(self) -> int:
        """How many are done."""
        return self.done_on_time + self.done_late

    @property
    def open(self) -> int:
        """How many are not done."""
        return self.open_within_time + self.open_overdue

    @property
    def total(self) -> int:
        """How many there are."""
        return self.done + self.open

    @property
    def due(self) -> int:
        """How many had to be done by now, or are done: all but those open within time."""
        return self.done + self.open_overdue

    @property
    def completion(self) -> float | None:
        """Return the share of those due that are done; None if none is due."""
        return self.done / self.due if self.due else None

    @property
    def overdue(self) -> float | None:
        """Return the share of those due that are open; None if none is due."""
        return self.open_overdue / self.due if self.due else None

    @property
    def on_time_of_due(self) -> float | None:
        """Return the share of those due that were done on time; None if none is due."""
        return self.done_on_time / self.due if self.due else None

    @property
    def on_time_of_done(self) -> float | None:
        """Return the share of those done that were done on time; None if none is done."""
        return self.done_on_time / self.done if self.done else None
