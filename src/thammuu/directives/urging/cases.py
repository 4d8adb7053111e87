"""Assignments as the ladder takes them: what is open that a policy urges, and what was sent for it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q

from thammuu.directives.models import Assignment, AssignmentChange
from thammuu.directives.rules import Act, State, Urgency
from thammuu.directives.urging.governing import governed, may_urge, urging_units
from thammuu.directives.urging.models import Urging, UrgingPolicy
from thammuu.directives.urging.rules import Calendar, Ladder, Matter, Origin, Sent, ladder_of
from thammuu.kernel.clock import day_of, start_of

URGED = (State.ISSUED, State.ACKNOWLEDGED, State.IN_PROGRESS, State.RETURNED)
"""Where the next step is the lead unit's; evidence that waits is another's turn."""
ANSWERS = (Act.REPORT, Act.HAND_IN, Act.HAND_ON, Act.RETURN, Act.REOPEN, Act.INSIST)
"""With these an assignment moved, or came back to its lead unit: what was reached before is not urged any more."""
AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Case:
    """An assignment with the matter that the ladder judges; `answers` is the post of the lead unit that does.

    `above` are the assignments above it, the nearest first.
    """

    id: UUID
    world: str
    units: list[UUID]
    classification: int
    event: UUID | None
    issuer: UUID
    above: list[UUID]
    lead: UUID
    answers: UUID | None
    matter: Matter


def cases_reached(policy: UrgingPolicy, now: datetime, calendar: Calendar, timers_only: bool) -> Iterator[list[Case]]:
    """Yield, some thousands at a time, the open assignments for which a rung is reached.

    `timers_only` leaves out the rungs that count from a deadline.
    """
    reached = (
        _timed(policy, now) if timers_only else _timed(policy, now) | _near(ladder_of(policy.ladder), now, calendar)
    )
    on = urging_units(policy.world)
    urged = may_urge(policy.unit_id, on)
    found = Assignment.objects.filter(reached, urged, world=policy.world, state__in=URGED).order_by("id")
    last: UUID | None = None
    while True:
        ids = list((found if last is None else found.filter(id__gt=last)).values_list("id", flat=True)[:AT_ONCE])
        if not ids:
            return
        last = ids[-1]
        yield urged_by(policy.unit_id, cases_of(ids), on)


def urged_by(unit: UUID, cases: Sequence[Case], on: Set[UUID]) -> list[Case]:
    """Return those of the cases that the unit's policy urges; `on` are the units of which a policy is on."""
    units = governed(((case.id, case.issuer, case.above) for case in cases), on)
    return [case for case in cases if units[case.id] == unit]


def cases_of(ids: Sequence[UUID], lock: bool = False) -> list[Case]:
    """Return the assignments that may be urged, by id; with `lock`, nobody changes them until the transaction ends."""
    rows = Assignment.objects.filter(id__in=ids, state__in=URGED).order_by("id")
    found = list(rows.select_for_update(of=("self",)) if lock else rows)
    turns = _turns(ids)
    sent = _sent(ids)
    return [
        Case(
            id=row.id,
            world=row.world,
            units=row.units,
            classification=row.classification,
            event=row.event_id,
            issuer=row.unit_id,
            above=row.above,
            lead=row.lead_unit_id,
            answers=row.lead_post_id,
            matter=Matter(
                issued_at=row.issued_at,
                deadline=row.deadline,
                since=turns[row.id].extended or row.issued_at,
                urgent=row.urgency != Urgency.NORMAL,
                acknowledged=row.state != State.ISSUED,
                answered_at=turns[row.id].answered,
                sent=sent[row.id],
            ),
        )
        for row in found
    ]


def _near(ladder: Ladder, now: datetime, calendar: Calendar) -> Q:
    """Return the filter for deadlines with a rung that may be due: it holds for each that is, and for few others."""
    today, found = day_of(now), Q(pk__in=())
    rungs = sorted((rung for rung in ladder.rungs if rung.origin is Origin.DEADLINE), key=lambda rung: rung.offset)
    for place, rung in enumerate(rungs):
        told = Urging.objects.filter(assignment=OuterRef("id"), rung=rung.key, counted_from=OuterRef("deadline"))
        if rung.again:
            told = told.filter(urged_at__gte=start_of(calendar.add(calendar.add(today, -rung.again), 1)))
        reached = Q(deadline__lt=start_of(calendar.add(calendar.add(today, -rung.offset), 1))) & ~Q(Exists(told))
        following = next((one for one in rungs[place + 1 :] if one.to is rung.to), None)
        if following is not None:
            reached &= Q(deadline__gte=_surely(following.offset, today, calendar))
        found |= reached
    return found


def _surely(offset: int, today: date, calendar: Calendar) -> datetime:
    """Return an instant before which every deadline has reached the rung of the offset, also after days of rest."""
    if offset > 0:
        return start_of(calendar.add(today, -offset - 1) + timedelta(days=1))
    return start_of(calendar.add(today, -offset))


def _timed(policy: UrgingPolicy, now: datetime) -> Q:
    """Return the filter for what is urgent, not acknowledged, and past its first timer."""
    timers = [rung.offset for rung in ladder_of(policy.ladder).rungs if rung.origin is Origin.ISSUE]
    if not timers:
        return Q(pk__in=())
    issued = Q(issued_at__lte=now - timedelta(minutes=min(timers)))
    return issued & Q(state=State.ISSUED.value) & ~Q(urgency=Urgency.NORMAL.value)


class _Turns(NamedTuple):
    answered: datetime | None = None
    extended: datetime | None = None


def _turns(ids: Sequence[UUID]) -> dict[UUID, _Turns]:
    """Return when each was last extended and last answered."""
    answered = Max("changed_at", filter=Q(act__in=[str(act) for act in ANSWERS]))
    extended = Max("changed_at", filter=Q(act=str(Act.EXTEND)))
    rows = AssignmentChange.objects.filter(assignment__in=ids).values_list("assignment_id")
    found: dict[UUID, _Turns] = defaultdict(_Turns)
    for id, answered_at, extended_at in rows.annotate(answered=answered, extended=extended):
        found[id] = _Turns(answered_at, extended_at)
    return found


def _sent(ids: Sequence[UUID]) -> dict[UUID, list[Sent]]:
    """Return the last round of each rung that was sent."""
    rows = Urging.objects.filter(assignment__in=ids).values_list("assignment_id", "rung", "counted_from")
    found: dict[UUID, list[Sent]] = defaultdict(list)
    for id, rung, counted_from, last, at in rows.annotate(last=Max("round"), at=Max("urged_at")):
        found[id].append(Sent(rung, counted_from, last, at))
    return found
