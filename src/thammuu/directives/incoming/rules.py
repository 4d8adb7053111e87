"""Where an incoming document stands, what may follow, whether its answer is in time, and which two are alike. Pure."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from thammuu.directives.importing.values import symbol_of
from thammuu.directives.rules import Timing
from thammuu.kernel.text import fold

ARRIVALS = "văn bản đến"
"""The series of the numbers of arrival; its blanks keep it apart from the abbreviation of any type of document."""


class IncomingState(StrEnum):
    """Where an incoming document stands."""

    REGISTERED = "registered"
    PASSED_ON = "passed_on"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    SETTLED = "settled"


class Step(StrEnum):
    """What is done with it."""

    PASS_ON = "pass_on"  # noqa: S105 - the name of a step
    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    SETTLE = "settle"
    REOPEN = "reopen"


OPEN = frozenset({IncomingState.REGISTERED, IncomingState.PASSED_ON, IncomingState.ACKNOWLEDGED})
ENDED = frozenset(IncomingState) - OPEN
_AFTER: Mapping[Step, tuple[frozenset[IncomingState], IncomingState]] = {
    Step.PASS_ON: (OPEN, IncomingState.PASSED_ON),
    Step.ACKNOWLEDGE: (frozenset({IncomingState.PASSED_ON}), IncomingState.ACKNOWLEDGED),
    Step.ANSWER: (OPEN, IncomingState.ANSWERED),
    Step.SETTLE: (OPEN, IncomingState.SETTLED),
    Step.REOPEN: (ENDED, IncomingState.REGISTERED),
}


def after(state: IncomingState, step: Step) -> IncomingState | None:
    """Return the state that the step leads to; None if it cannot be taken there."""
    before, following = _AFTER[step]
    return following if state in before else None


def timing(due_on: date | None, settled_on: date | None, today: date) -> Timing | None:
    """Return how an answer stands in time, the day of the deadline included; None without a deadline."""
    if due_on is None:
        return None
    if settled_on is not None:
        return Timing.DONE_ON_TIME if settled_on <= due_on else Timing.DONE_LATE
    return Timing.OPEN_WITHIN_TIME if today <= due_on else Timing.OPEN_OVERDUE


def likeness(issuer: str, symbol: str) -> str:
    """Return what two registrations of one document share, however they are typed; "" without number and symbol.

    The registers of Decree 30/2020/NĐ-CP name a document by its issuer and its number and symbol.
    """
    if not symbol.strip():
        return ""
    found = symbol_of(symbol)
    number = f"{found.number}/{found.notation}" if found else "".join(symbol.split())
    return f"{' '.join(fold(issuer).split())}|{fold(number)}"
