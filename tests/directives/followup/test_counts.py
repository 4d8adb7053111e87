"""What the board counts in the database is what a plain count of each assignment's story gives, over random worlds.

THAMMUU_EXAMPLES sets the scale: 300 worlds here and in CI, 5,000 for a release.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.ground import NOW, Organisation
from tests.org.test_visibility import EVENTS, LEVELS, REACHES, UNITS
from thammuu.directives.filters import AssignmentFilters
from thammuu.directives.followup.counting import counted
from thammuu.directives.followup.rules import Age, Figures, age_of, figures, tally_of
from thammuu.directives.models import Assignment, AssignmentChange, Decision, Evidence
from thammuu.directives.rules import OPEN, Act, State, Tally, Timing, Urgency, after, timing
from thammuu.kernel import clock
from thammuu.kernel.actor import HIGHEST, Actor, Reach, joined
from thammuu.kernel.ids import new_id
from thammuu.org import actions as org
from thammuu.org.planning import Change
from thammuu.org.policies import can_view

EXAMPLES = int(os.environ.get("THAMMUU_EXAMPLES", "300"))
DECISIONS = [new_id() for _number in range(3)]
LAST_ACT, LAST_DAY = 20, 90
KNOWN = ("ministry", "hanoi", "hue", "commune")
BEGUN = ((), (Act.ACKNOWLEDGE, Act.HAND_IN), (Act.ACKNOWLEDGE, Act.HAND_IN, Act.VERIFY))
# Huế was closed and Hà Nội stands for it.
ABOVE = {"commune": "hanoi", "hue": "hanoi", "hanoi": "ministry"}


@dataclass(frozen=True)
class Told:
    """An assignment: whose it is, who leads, and what was done to it.

    Days are counted from `NOW`. An act comes days after the one before and moves the deadline, if it can.
    """

    units: list[UUID]
    world: str
    level: int
    event: UUID | None
    decision: UUID
    lead: str
    urgency: Urgency
    issued: int
    term: int
    acts: list[tuple[Act, int, int]]


@dataclass(frozen=True)
class Standing:
    """How an assignment stood from an instant on."""

    since: datetime
    state: State
    deadline: datetime
    handed_in: datetime | None


@st.composite
def _acts(draw: st.DrawFn) -> list[tuple[Act, int, int]]:
    """Return some acts, often after evidence was handed in: chance alone seldom comes so far."""
    begun = draw(st.sampled_from(BEGUN))
    acts = [*begun, *draw(st.lists(st.sampled_from(list(Act)), max_size=4))]
    return [(act, draw(st.integers(1, 6)), draw(st.integers(1, 9))) for act in acts]


TOLD = st.builds(
    Told,
    units=st.lists(st.sampled_from(UNITS), unique=True, max_size=3),
    world=st.sampled_from(["real", "real", "exercise:1"]),
    level=LEVELS,
    event=st.sampled_from([None, *EVENTS]),
    decision=st.sampled_from(DECISIONS),
    lead=st.sampled_from(KNOWN),
    urgency=st.sampled_from([Urgency.NORMAL, Urgency.URGENT]),
    issued=st.integers(0, 4),
    term=st.integers(0, 12),
    acts=_acts(),
)
FILTERS = st.fixed_dictionaries(
    {
        "under": st.sampled_from([*[None] * 8, *KNOWN]),
        "decision": st.sampled_from([*[None] * 8, *DECISIONS]),
        "urgency": st.sampled_from([*[None] * 4, Urgency.URGENT]),
        "since": st.sampled_from([*[None] * 8, *range(4)]),
        "until": st.sampled_from([*[None] * 8, *range(4)]),
    }
)
# Who sees everything finds most faults of counting.
READERS = st.one_of(st.just([Reach(None, None, HIGHEST)]), REACHES)
# The instants at which anything changes: when something is due, and when it is so many days overdue.
MOMENTS = st.tuples(st.integers(0, 13), st.sampled_from([-1, 0, 3, 7, 15, 30, 31]))


def day(number: int) -> datetime:
    return NOW + timedelta(days=number)


def story(told: Told) -> list[Standing]:
    """Return how it stood, from its issue on; what cannot be done then is left out."""
    stood = [Standing(day(told.issued), State.ISSUED, day(told.issued + told.term), None)]
    for act, gap, moved in told.acts:
        last = stood[-1]
        state, at = after(last.state, act), last.since + timedelta(days=gap)
        if state is None or at > day(LAST_ACT):
            continue
        deadline = last.deadline + timedelta(days=moved) if act == Act.EXTEND else last.deadline
        handed_in = at if act == Act.HAND_IN else None if act in (Act.RETURN, Act.REOPEN) else last.handed_in
        stood.append(Standing(at, state, deadline, handed_in))
    return stood


def stored(organisation: Organisation, world: Iterable[Told]) -> list[tuple[Assignment, Told, list[Standing]]]:
    """Write the world as rows; return each with its story."""
    Evidence.objects.all().delete()
    AssignmentChange.objects.all().delete()
    Assignment.objects.all().delete()
    made = [(_assignment(organisation, told), told, story(told)) for told in world]
    Assignment.objects.bulk_create([row for row, _told, _stood in made])
    changes, evidence = [], []
    for row, _told, stood in made:
        for before, then in pairwise(stood):
            changes.append(_change(row, before, then))
            if then.handed_in == then.since:
                given = {"state": "verified", "unit_id": row.lead_unit_id, "text": "", "handed_in_at": then.since}
                evidence.append(Evidence(id=new_id(), units=row.units, assignment=row, **given))
    AssignmentChange.objects.bulk_create(changes)
    Evidence.objects.bulk_create(evidence)
    return made


def _assignment(organisation: Organisation, told: Told) -> Assignment:
    now = story(told)[-1]
    return Assignment(
        id=new_id(), world=told.world, units=told.units, classification=told.level, event_id=told.event,
        decision_id=told.decision, unit_id=organisation.ministry, lead_unit_id=getattr(organisation, told.lead),
        title="x", product="x", urgency=str(told.urgency), issued_at=day(told.issued),
        original_deadline=day(told.issued + told.term), deadline=now.deadline, state=str(now.state),
        handed_in_at=now.handed_in,
    )  # fmt: skip


def _change(row: Assignment, before: Standing, then: Standing) -> AssignmentChange:
    moved = {"deadline_before": before.deadline, "deadline_after": then.deadline}
    return AssignmentChange(
        id=new_id(), units=row.units, assignment=row, act="x", state_before=str(before.state),
        state_after=str(then.state), changed_at=then.since, **(moved if before.deadline != then.deadline else {}),
    )  # fmt: skip


def _is_chosen(told: Told, wanted: dict[str, Any], at: datetime | None) -> bool:
    """Say whether the filters that do not look at how it stands let it through."""
    issued = clock.day_of(day(told.issued))
    above: str | None = told.lead
    while above is not None and wanted["under"] not in (None, above):
        above = ABOVE.get(above)
    return (
        above is not None
        and wanted["decision"] in (None, told.decision)
        and wanted["urgency"] in (None, told.urgency)
        and (wanted["since"] is None or issued >= _date(wanted["since"]))
        and (wanted["until"] is None or issued <= _date(wanted["until"]))
        and (at is None or day(told.issued) <= at)
    )


def _date(number: int) -> date:
    return clock.day_of(day(number))


def plain(stood: Iterable[Standing], now: datetime) -> Figures:
    """Count one by one, by the rules."""
    timings: dict[Timing, int] = defaultdict(int)
    ages, unshown = dict.fromkeys(Age, 0), 0
    for one in stood:
        found = timing(one.state, one.deadline, one.handed_in, now)
        assert found is not None
        timings[found] += 1
        unshown += one.state in OPEN and one.handed_in is None
        age = age_of((one.handed_in or now) - one.deadline)
        if found == Timing.OPEN_OVERDUE and age:
            ages[age] += 1
    return Figures(Tally(**{str(each): count for each, count in timings.items()}), ages, unshown)


@pytest.fixture
def ground(organisation: Organisation) -> Organisation:
    org.reorganise(
        actor=organisation.admin,
        now=NOW,
        changes=[Change(1, "46", date(2026, 11, 1), closes=True, successors=("01",))],
    )
    post = organisation.chief.post
    assert post is not None
    Decision.objects.bulk_create(
        Decision(id=id, units=[], unit_id=organisation.ministry, post_id=post, title="x", reason="x", decided_at=NOW)
        for id in DECISIONS
    )
    return organisation


@pytest.mark.django_db
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    world=st.lists(TOLD, min_size=1, max_size=14),
    reaches=READERS,
    seen_world=st.sampled_from(["real", "real", "exercise:1"]),
    opened=st.sets(st.integers(0, 13), max_size=2),
    wanted=FILTERS,
    moment=MOMENTS,
    frozen=st.booleans(),
)
def test_counts_are_those_of_a_plain_count(
    ground: Organisation,
    world: Sequence[Told],
    reaches: list[Reach],
    seen_world: str,
    opened: set[int],
    wanted: dict[str, Any],
    moment: tuple[int, int],
    frozen: bool,
) -> None:
    rows = stored(ground, world)
    scope = joined(reaches, [rows[number % len(rows)][0].id for number in opened], seen_world)
    actor = Actor(account=None, post=None, unit=None, scope=scope)
    number, days = moment
    judged = rows[number % len(rows)][0].deadline + timedelta(days=days)
    # As it stands now can be asked only after the last act.
    judged, at = (judged, judged) if frozen else (max(judged, day(LAST_ACT)), None)
    by_unit, by_decision = defaultdict(list), defaultdict(list)
    for row, told, stood in rows:
        if can_view(actor, row) and _is_chosen(told, wanted, at):
            then = [one for one in stood if one.since <= judged][-1]
            if then.state != State.WITHDRAWN:
                by_unit[row.lead_unit_id].append(then)
                by_decision[told.decision].append(then)
    filters = AssignmentFilters(
        under=getattr(ground, wanted["under"] or "", None),
        decision=wanted["decision"],
        urgency=wanted["urgency"],
        since=None if wanted["since"] is None else _date(wanted["since"]),
        until=None if wanted["until"] is None else _date(wanted["until"]),
        at=at,
    )
    found = counted(actor, filters, day(LAST_DAY) if frozen else judged)
    assert {unit: figures(counts) for unit, counts in found.by_unit.items()} == {
        unit: plain(stood, judged) for unit, stood in by_unit.items()
    }
    assert {id: tally_of(counts) for id, counts in found.by_decision.items()} == {
        id: plain(stood, judged).tally for id, stood in by_decision.items()
    }


@pytest.mark.django_db
def test_two_indexes_hold_all_that_the_form_of_the_board_asks(ground: Organisation) -> None:
    """No row is read, whatever is chosen; what a later filter asks beside belongs into both of them."""
    day = NOW.date()
    filters = AssignmentFilters(urgency=Urgency.URGENT, since=day, until=day)
    with connection.cursor() as cursor:
        # Few rows are read in any way and then sorted.
        for way in ("seqscan", "bitmapscan", "sort", "incremental_sort", "hashagg"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    for chosen in (AssignmentFilters(), filters):
        with CaptureQueriesContext(connection) as asked:
            counted(ground.chief, chosen, NOW)
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + next(each["sql"] for each in asked if "WITH task" in each["sql"]))
            plan = "\n".join(line for (line,) in cursor.fetchall())
        for index in ("directives_counted_by_lead", "directives_counted_by_decision"):
            assert f"Index Only Scan using {index} " in plan, plan
