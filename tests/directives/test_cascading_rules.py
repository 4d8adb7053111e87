"""The deadlines of a cascade, and the roll-up: laws, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thammuu.directives import cascading, rollup
from thammuu.directives.cascading import Tree
from thammuu.directives.rollup import Part
from thammuu.directives.rules import OPEN, Hold, State, Tally, timing
from thammuu.kernel import calendar
from thammuu.kernel.clock import day_of

# A unit's superior has a smaller number; the unit 0 issues. Levels go by depth.
TREES = st.lists(st.integers(0, 10**6), min_size=1, max_size=14).map(
    lambda picks: [pick % (number + 1) for number, pick in enumerate(picks)]
)
ENDS = st.datetimes(datetime(2026, 3, 1), datetime(2027, 10, 1)).map(
    lambda at: calendar.end_of_term(datetime(2026, 1, 1, tzinfo=UTC), at.replace(tzinfo=UTC))
)
REVIEWS = st.dictionaries(st.sampled_from(["level 0", "level 1", "level 2", "level 3"]), st.integers(0, 12))
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def tree_of(superiors: list[int]) -> Tree:
    superior: dict[UUID, UUID | None] = {UUID(int=0): None}
    level = {UUID(int=0): "level 0"}
    for number, above in enumerate(superiors, start=1):
        superior[UUID(int=number)] = UUID(int=above)
        level[UUID(int=number)] = f"level {int(level[UUID(int=above)].split()[1]) + 1}"
    return Tree(superior, level)


@settings(deadline=None)
@given(TREES, st.data(), ENDS, REVIEWS)
def test_each_level_has_its_review_before_the_one_above(
    superiors: list[int], data: st.DataObject, end: datetime, reviews: dict[str, int]
) -> None:
    tree = tree_of(superiors)
    below = [unit for unit in tree.superior if unit.int]
    chosen = data.draw(st.lists(st.sampled_from(below), min_size=1, unique=True))
    found = {step.unit: step for step in cascading.steps(chosen, tree, end, "level 0", reviews)}
    assert set(found) == set(chosen)
    for unit, step in found.items():
        ancestors = []
        up = tree.superior[unit]
        while up is not None:
            ancestors.append(up)
            up = tree.superior[up]
        assert list(step.above) == [one for one in ancestors if one in found]
        examiner, its_deadline = ("level 0", end)
        if step.above:
            examiner, its_deadline = tree.level[step.above[0]], found[step.above[0]].deadline
        days = reviews.get(examiner, 0)
        assert calendar.working_days_between(day_of(step.deadline), day_of(its_deadline)) == days
        assert calendar.is_working_day(day_of(step.deadline))
        assert step.deadline <= its_deadline
    order = [step.unit for step in cascading.steps(chosen, tree, end, "level 0", reviews)]
    assert all(order.index(above) < order.index(unit) for unit in order for above in found[unit].above)
    sums = cascading.by_level(list(found.values()))
    assert sum(level.units for level in sums) == len(chosen)


def test_a_province_of_three_days_and_its_communes() -> None:
    tree = tree_of([0, 1, 1])
    end = datetime(2026, 12, 31, 17, tzinfo=calendar.ORGANISATION_ZONE)
    found = cascading.by_level(
        cascading.steps([UUID(int=n) for n in (1, 2, 3)], tree, end, "level 0", {"level 0": 2, "level 1": 3})
    )
    assert [(one.level, one.units, one.deadline.isoformat()) for one in found] == [
        ("level 1", 1, "2026-12-29T17:00:00+07:00"),
        ("level 2", 2, "2026-12-24T17:00:00+07:00"),
    ]


@given(TREES, st.data())
def test_the_roll_up_of_the_whole_is_the_sum_of_its_branches_and_of_its_levels(
    superiors: list[int], data: st.DataObject
) -> None:
    tree = tree_of(superiors)
    states, spans = st.sampled_from(State), st.integers(-5, 5).map(lambda days: timedelta(days=days))
    parts = []
    for unit in [unit for unit in tree.superior if unit.int]:
        above = cascading.chosen_above(unit, frozenset(tree.superior) - {UUID(int=0)}, tree.superior)
        state, handed_in = data.draw(states), data.draw(st.none() | spans)
        parts.append(
            Part(
                id=unit,
                above=above,
                lead=unit,
                issuer=tree.superior[unit] or unit,
                level=tree.level[unit],
                state=state,
                deadline=NOW + data.draw(spans),
                handed_in_at=None if handed_in is None else NOW + handed_in,
            )
        )
    whole = rollup.summed(parts, NOW)
    known = {part.id for part in parts}
    for groups in (
        rollup.grouped(parts, lambda part: part.level, NOW),
        rollup.grouped(parts, lambda part: rollup.branch_of(part, None, known), NOW),
    ):
        assert sum(groups.values(), rollup.Sum()) == rollup.Sum() + whole
    above_of = {part.id: part.above for part in parts}
    for top in known:
        below = [part for part in parts if top in part.above]
        assert {above_of[rollup.branch_of(part, top, known)][0] for part in below} <= {top}
    assert whole.tally.total + whole.withdrawn == len(parts)
    assert sum(whole.holds.values()) == whole.tally.open == sum(count for _u, count, _o in rollup.holders(parts, NOW))
    assert sum(overdue for _u, _c, overdue in rollup.holders(parts, NOW)) == whole.tally.open_overdue


@pytest.mark.parametrize(
    ("state", "hold", "with_lead"),
    [
        (State.ISSUED, Hold.UNACKNOWLEDGED, True),
        (State.RETURNED, Hold.WORKED_ON, True),
        (State.SUBMITTED, Hold.UNVERIFIED, False),
        (State.REFUSED, Hold.REFUSED, False),
        (State.CLOSED, None, None),
        (State.WITHDRAWN, None, None),
    ],
)
def test_an_open_assignment_lies_with_its_lead_unit_or_with_the_issuing_one(
    state: State, hold: Hold | None, with_lead: bool | None
) -> None:
    lead, issuer = UUID(int=1), UUID(int=2)
    part = Part(UUID(int=3), (), lead, issuer, "x", state, NOW, None)
    assert part.hold == hold
    assert part.holder == {True: lead, False: issuer, None: None}[with_lead]
    assert (timing(state, NOW, None, NOW) is not None) == (state != State.WITHDRAWN)
    assert (part.hold is not None) == (state in OPEN)


def test_nothing_adds_nothing() -> None:
    assert rollup.summed([], NOW).tally == Tally()
