"""Trying a policy on what the assignments that it urges went through. Nothing is written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise

from thammuu.directives.models import Assignment, AssignmentChange
from thammuu.directives.rules import OPEN, Act, State, Urgency
from thammuu.directives.urging import receivers, words
from thammuu.directives.urging.cases import URGED
from thammuu.directives.urging.governing import governed, may_urge, urging_units
from thammuu.directives.urging.models import UrgingPolicy
from thammuu.directives.urging.rules import Calendar, Ladder, Rung, ladder_of
from thammuu.directives.urging.trial import Event, History, Turn, tried
from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import day_of, start_of
from thammuu.org import directory
from thammuu.org.policies import visible_to

MOST_TRIED = 3000
Key = tuple[date, int, bool, UUID]
"""A day, a rung's place in the ladder, whether it was repeated, and who was urged."""
TURNS = {
    Act.ACKNOWLEDGE: Turn.ACKNOWLEDGED,
    Act.REPORT: Turn.REPORTED,
    Act.EXTEND: Turn.EXTENDED,
    Act.HAND_ON: Turn.REPORTED,
    Act.RETURN: Turn.RETURNED,
    Act.REOPEN: Turn.RETURNED,
    Act.INSIST: Turn.INSISTED,
}


@dataclass(frozen=True, slots=True)
class TrialRow:
    """How many urgings of one rung would have gone to one unit on one day."""

    day: date
    rung: str
    to: Promise
    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What a ladder would have sent: by day, rung and unit. `left_out` assignments were too many to try."""

    rows: Sequence[TrialRow]
    total: int
    assignments: int
    left_out: int


def trial(actor: Actor, row: UrgingPolicy, first: date, last: date) -> Trial:
    """Try the policy's ladder on the assignments that it urges and the actor may see; nothing is written."""
    ladder = ladder_of(row.ladder)
    lasted = AssignmentChange.objects.filter(assignment=OuterRef("id"), changed_at__gte=start_of(first))
    there = Q(state__in=OPEN) | Exists(lasted)
    ends = start_of(last + timedelta(days=1))
    # As if it were on, beside the others as they are today.
    on = urging_units(row.world) | {row.unit_id}
    found = Assignment.objects.filter(visible_to(actor), there, may_urge(row.unit_id, on), issued_at__lt=ends)
    placed = list(found.order_by("-issued_at", "id").values_list("id", "unit_id", "above"))
    urged = [id for id, unit in governed(placed, on).items() if unit == row.unit_id]
    there_are = len(urged)
    assignments = list(found.filter(id__in=urged[:MOST_TRIED]).order_by("-issued_at", "id"))
    histories = _histories(assignments)
    known, calendar = directory.current(), Calendar()
    counts: Counter[Key] = Counter()
    places = {rung.key: place for place, rung in enumerate(ladder.rungs)}
    for one in assignments:
        for sent in tried(ladder, histories[one.id], first, last, calendar):
            unit = receivers.unit_of(sent.rung.to, one.lead_unit_id, one.unit_id, known)
            counts[day_of(sent.at), places[sent.rung.key], sent.round > 0, unit] += 1
    return Trial(_trial_rows(ladder, counts), counts.total(), len(assignments), there_are - len(assignments))


def _trial_rows(ladder: Ladder, counts: "Counter[Key]") -> list[TrialRow]:
    known, rungs = directory.current(), ladder.rungs
    return [
        TrialRow(day, _said(rungs[place], repeated), words.AUDIENCES[rungs[place].to], unit, count)
        for day, place, repeated, unit, count in sorted(
            (day, place, repeated, known.unit_label(unit), count)
            for (day, place, repeated, unit), count in counts.items()
        )
    ]


def _said(rung: Rung, repeated: bool) -> str:
    return f"{words.when(rung)}, {words.again(rung)}" if repeated else words.when(rung)


def _histories(assignments: Sequence[Assignment]) -> dict[UUID, History]:
    """Return what happened to each assignment, as the changes of its state and deadline tell."""
    ids = [one.id for one in assignments]
    changes: dict[UUID, list[AssignmentChange]] = {}
    for change in AssignmentChange.objects.filter(assignment__in=ids).order_by("changed_at", "id"):
        changes.setdefault(change.assignment_id, []).append(change)
    return {
        one.id: History(
            issued_at=one.issued_at,
            deadline=one.original_deadline,
            urgent=one.urgency != Urgency.NORMAL,
            events=list(_events(changes.get(one.id, []))),
        )
        for one in assignments
    }


def _events(changes: Sequence[AssignmentChange]) -> Iterator[Event]:
    """Yield what matters to the ladder: the same as `cases` reads of the present."""
    for change in changes:
        act = Act(change.act)
        if act is not Act.EXTEND and State(change.state_after) not in URGED:
            yield Event(change.changed_at, Turn.DONE)
        elif act in TURNS:
            yield Event(change.changed_at, TURNS[act], change.deadline_after)
