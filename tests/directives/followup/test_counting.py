from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thammuu.directives.followup.rules import SPANS, Age, Counts, added, age_of, figures, standing
from thammuu.directives.rules import Tally

SECOND = timedelta(seconds=1)


@st.composite
def _counts(draw: st.DrawFn) -> Counts:
    """So many of each kind, put together as the board counts them."""
    on_time, late, within, without, *ages = draw(st.lists(st.integers(0, 50), min_size=9, max_size=9))
    overdue = sum(ages)
    total = on_time + late + within + overdue
    beyond = [sum(ages[place:]) for place in range(1, 5)]
    return [total, within + overdue, overdue, late, min(without, within + overdue), *beyond]


COUNTS = _counts()


@pytest.mark.parametrize(
    ("overdue_by", "expected"),
    [
        (timedelta(), None),
        (-SECOND, None),
        (SECOND, Age.UP_TO_3),
        (timedelta(days=3), Age.UP_TO_3),
        (timedelta(days=3) + SECOND, Age.UP_TO_7),
        (timedelta(days=15), Age.UP_TO_15),
        (timedelta(days=30), Age.UP_TO_30),
        (timedelta(days=30) + SECOND, Age.OVER_30),
    ],
)
def test_a_day_that_has_begun_counts(overdue_by: timedelta, expected: Age | None) -> None:
    assert age_of(overdue_by) == expected


@given(st.timedeltas(min_value=SECOND, max_value=timedelta(days=400)))
def test_what_is_overdue_has_exactly_one_age(overdue_by: timedelta) -> None:
    fitting = [age for age, (more, most) in SPANS.items() if more < overdue_by and (most is None or overdue_by <= most)]
    assert fitting == [age_of(overdue_by)]


@given(st.lists(COUNTS), st.lists(COUNTS))
def test_figures_of_parts_add_up(one: list[Counts], other: list[Counts]) -> None:
    parts, whole = [figures(added(one)), figures(added(other))], figures(added([*one, *other]))
    assert whole.tally.total == sum(part.tally.total for part in parts) == sum(counts[0] for counts in [*one, *other])
    assert whole.unshown == sum(part.unshown for part in parts)
    assert whole.tally.open_overdue == sum(whole.ages.values())
    assert all(whole.ages[age] == sum(part.ages[age] for part in parts) for age in Age)


def test_units_stand_by_their_share_on_time_then_by_how_many_were_due() -> None:
    none_due, half = Tally(open_within_time=9), Tally(done_on_time=1, done_late=1)
    many_of_half, all_of_few = Tally(done_on_time=5, open_overdue=5), Tally(done_on_time=1)
    assert sorted([none_due, half, many_of_half, all_of_few], key=standing) == [
        all_of_few,
        many_of_half,
        half,
        none_due,
    ]
