"""Where an inspection and its findings stand, what may follow, and when a finding is settled. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from thammuu.directives.rules import DONE, OPEN, State, Timing, timing

MOST_ITEMS = 100
LONGEST_ITEM = 500


class InspectionState(StrEnum):
    """Where an inspection stands."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    UNDER_WAY = "under_way"
    REPORTED = "reported"
    CONCLUDED = "concluded"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """A step on that way."""

    ANNOUNCE = "announce"
    MOVE = "move"
    BEGIN = "begin"
    REPORT = "report"
    CONCLUDE = "conclude"
    CLOSE = "close"
    CANCEL = "cancel"
    REOPEN = "reopen"


class Result(StrEnum):
    """What was found of an item of the checklist; "" while it was not looked at."""

    NONE = ""
    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    """How grave a finding is; the degrees of incidents."""

    CRITICAL = "critical"
    SERIOUS = "serious"
    CAUTION = "caution"


class FindingState(StrEnum):
    """Whether a finding still asks for something."""

    OPEN = "open"
    CLOSED = "closed"
    STRUCK = "struck"


class Standing(StrEnum):
    """What became of a finding so far: the gaps first, then what is on its way, then the ends."""

    NO_TASK = "no_task"
    OVERDUE = "overdue"
    NO_EVIDENCE = "no_evidence"
    WORKED_ON = "worked_on"
    DONE = "done"
    UNCONCLUDED = "unconcluded"
    CLOSED = "closed"
    STRUCK = "struck"


@dataclass(frozen=True, slots=True)
class Task:
    """A corrective assignment as a finding counts it; `handed_in_at` is when the evidence that counts came in.

    That waits or was verified; what was verified before the assignment was reopened counts no more.
    """

    state: State
    deadline: datetime
    handed_in_at: datetime | None


_COMING = (InspectionState.PLANNED, InspectionState.ANNOUNCED)
_AFTER: Mapping[tuple[InspectionState, Step], InspectionState] = {
    (InspectionState.PLANNED, Step.ANNOUNCE): InspectionState.ANNOUNCED,
    # One that is not announced beforehand becomes known where it begins.
    **{(state, Step.BEGIN): InspectionState.UNDER_WAY for state in _COMING},
    **{(state, Step.MOVE): state for state in _COMING},
    **{(state, Step.CANCEL): InspectionState.CANCELLED for state in (*_COMING, InspectionState.UNDER_WAY)},
    (InspectionState.UNDER_WAY, Step.REPORT): InspectionState.REPORTED,
    (InspectionState.REPORTED, Step.CONCLUDE): InspectionState.CONCLUDED,
    (InspectionState.CONCLUDED, Step.CLOSE): InspectionState.CLOSED,
    # Nobody takes this step by itself: a task that corrects one of its findings was reopened.
    (InspectionState.CLOSED, Step.REOPEN): InspectionState.CONCLUDED,
}
STRIKEABLE = frozenset({InspectionState.UNDER_WAY, InspectionState.REPORTED})
ANSWERABLE = frozenset({InspectionState.REPORTED, InspectionState.CONCLUDED})
GOING_ON = frozenset({*_COMING, InspectionState.UNDER_WAY, InspectionState.REPORTED, InspectionState.CONCLUDED})


def after(state: InspectionState, step: Step) -> InspectionState | None:
    """Return the state that the step leads to; None if it cannot be taken there."""
    return _AFTER.get((state, step))


def is_late(state: InspectionState, starts_on: date, ends_on: date, today: date) -> bool:
    """Say whether a visit should have begun, or been reported, before today."""
    if state in _COMING:
        return starts_on < today
    return state == InspectionState.UNDER_WAY and ends_on < today


def unanswered(results: Iterable[str]) -> int:
    """Return how many items of a checklist were not looked at."""
    return sum(result == Result.NONE for result in results)


def is_settled(states: Sequence[State]) -> bool:
    """Say whether what a finding asked for is done: a task was closed, and none but withdrawn ones is left."""
    return State.CLOSED in states and all(state in (State.CLOSED, State.WITHDRAWN) for state in states)


def standing(state: FindingState, concluded: bool, tasks: Sequence[Task], now: datetime) -> Standing:
    """Return what became of a finding: of several tasks, what is worst."""
    if state != FindingState.OPEN:
        return Standing.CLOSED if state == FindingState.CLOSED else Standing.STRUCK
    if not concluded:
        return Standing.UNCONCLUDED
    counted = [task for task in tasks if task.state != State.WITHDRAWN]
    if not counted:
        return Standing.NO_TASK
    if any(timing(task.state, task.deadline, task.handed_in_at, now) == Timing.OPEN_OVERDUE for task in counted):
        return Standing.OVERDUE
    if any(task.state in OPEN and task.handed_in_at is None for task in counted):
        return Standing.NO_EVIDENCE
    return Standing.DONE if all(task.state in DONE for task in counted) else Standing.WORKED_ON
