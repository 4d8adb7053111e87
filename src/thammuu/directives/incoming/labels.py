"""The words and tones of an incoming document's states."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from thammuu.directives import labels as common
from thammuu.directives.importing import Kind
from thammuu.directives.incoming.rules import ENDED, IncomingState, timing
from thammuu.directives.rules import Timing

STATES: Mapping[IncomingState, Promise] = {
    IncomingState.REGISTERED: pgettext_lazy("incoming document", "Registered"),
    IncomingState.PASSED_ON: pgettext_lazy("incoming document", "Passed on"),
    IncomingState.ACKNOWLEDGED: pgettext_lazy("incoming document", "Being dealt with"),
    IncomingState.ANSWERED: pgettext_lazy("incoming document", "Answered"),
    IncomingState.SETTLED: pgettext_lazy("incoming document", "No answer needed"),
}
LISTS: Mapping[Kind, Promise] = {
    Kind.OUTGOING: pgettext_lazy("list of an office", "Outgoing register"),
    Kind.INCOMING: pgettext_lazy("list of an office", "Incoming register"),
    Kind.FOLLOW_UP: pgettext_lazy("list of an office", "Follow-up register"),
    Kind.TASKS: pgettext_lazy("list of an office", "Task list"),
}


def tone_of(state: IncomingState, due_on: date | None, settled_on: date | None, today: date) -> str:
    """Return the tone: colour only for what is late."""
    if timing(due_on, settled_on, today) == Timing.OPEN_OVERDUE:
        return "serious"
    if state in ENDED:
        return "normal"
    return "standby"


def timing_word(due_on: date | None, settled_on: date | None, today: date) -> Promise | None:
    """Return the words of how it stands in time, None without a deadline."""
    found = timing(due_on, settled_on, today)
    return None if found is None else common.TIMINGS[found]
