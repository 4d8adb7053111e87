"""Working days: the days the government has set, an administrator's word, and the laws of counting."""

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thammuu.kernel import calendar
from thammuu.kernel.clock import ORGANISATION_ZONE, NaiveTime

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 1))
COUNTS = st.integers(0, 60)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 8, 22), True),
        (date(2026, 8, 29), False),
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), False),
        (date(2026, 9, 2), False),
        (date(2026, 9, 3), True),
        (date(2025, 11, 24), True),
        (date(2026, 11, 24), False),
        (date(2026, 2, 16), False),
        (date(2026, 2, 20), False),
        (date(2026, 4, 27), False),
        (date(2026, 11, 23), True),
    ],
)
def test_days_as_the_government_set_them(day: date, worked: bool) -> None:
    assert calendar.is_working_day(day) is worked


def test_an_administrator_overrides_any_day() -> None:
    overrides = {date(2026, 11, 23): False, date(2026, 11, 28): True}
    assert not calendar.is_working_day(date(2026, 11, 23), overrides)
    assert calendar.is_working_day(date(2026, 11, 28), overrides)
    assert calendar.add_working_days(date(2026, 11, 27), 1, overrides) == date(2026, 11, 28)


@given(DAYS, st.integers(-60, 60))
def test_a_term_ends_on_a_working_day(day: date, count: int) -> None:
    assert calendar.is_working_day(calendar.add_working_days(day, count))


@given(DAYS, st.integers(1, 60))
def test_counting_inverts_adding(day: date, count: int) -> None:
    assert calendar.working_days_between(day, calendar.add_working_days(day, count)) == count


@given(DAYS, COUNTS, COUNTS)
def test_terms_add_up(day: date, one: int, two: int) -> None:
    start = calendar.next_working_day(day)
    halfway = calendar.add_working_days(start, one)
    assert calendar.add_working_days(halfway, two) == calendar.add_working_days(start, one + two)


@given(DAYS, DAYS)
def test_counting_backwards_is_negative(one: date, two: date) -> None:
    assert calendar.working_days_between(one, two) == -calendar.working_days_between(two, one)


@given(st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 1), timezones=st.just(UTC)), COUNTS)
def test_a_deadline_is_later_aware_and_at_the_close(given_at: datetime, count: int) -> None:
    deadline = calendar.deadline_at(given_at, count)
    assert deadline > given_at
    assert deadline.tzinfo is ORGANISATION_ZONE
    assert deadline.time() == time(17, 0)


def test_a_term_over_the_national_day() -> None:
    given_at = datetime(2026, 8, 27, 23, 0, tzinfo=UTC)
    assert calendar.deadline_at(given_at, 1) == datetime(2026, 9, 3, 10, 0, tzinfo=UTC)


def test_a_term_of_no_days_given_after_the_close_ends_next_day() -> None:
    late = datetime(2026, 11, 20, 17, 0, tzinfo=ORGANISATION_ZONE)
    assert calendar.deadline_at(late, 0).date() == date(2026, 11, 23)
    assert calendar.deadline_at(late - timedelta(seconds=1), 0).date() == date(2026, 11, 20)


def test_bad_terms_are_refused() -> None:
    with pytest.raises(NaiveTime):
        calendar.deadline_at(datetime(2026, 11, 20), 1)
    with pytest.raises(ValueError, match="-1 working days"):
        calendar.deadline_at(datetime(2026, 11, 20, tzinfo=UTC), -1)
    rest = {date(2026, 11, 20) + n * timedelta(days=1): False for n in range(60)}
    with pytest.raises(calendar.NoWorkingDay):
        calendar.next_working_day(date(2026, 11, 20), rest)


def test_the_calendar_costs_nothing_at_start_up() -> None:
    source = "import sys, thammuu.kernel.calendar; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", source], env={"PYTHONPATH": "src"}).returncode == 0


def at(day: int, hour: int, minute: int = 0, month: int = 8) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ORGANISATION_ZONE)


@pytest.mark.parametrize(
    ("deadline", "end"),
    [
        (at(29, 10), at(3, 17, month=9)),
        (at(29, 8), at(3, 17, month=9)),
        (at(29, 7, 59), at(29, 7, 59)),
        (at(28, 20), at(28, 20)),
        (at(3, 10, month=9), at(3, 10, month=9)),
    ],
)
def test_a_term_of_days_ends_on_no_day_of_rest_and_one_of_hours_on_its_hour(deadline: datetime, end: datetime) -> None:
    assert calendar.end_of_term(at(28, 8), deadline) == end


def test_earlier_by_working_days_is_at_their_close() -> None:
    deadline = at(3, 10, month=9)
    assert calendar.earlier_by(deadline, 0) == deadline
    assert calendar.earlier_by(deadline, 1) == at(28, 17)
    assert calendar.earlier_by(deadline, 2, closes=time(12)) == at(27, 12)
    with pytest.raises(ValueError, match="-1 working days earlier"):
        calendar.earlier_by(deadline, -1)


def test_one_working_day_on_and_back() -> None:
    monday, tuesday = date(2026, 8, 24), date(2026, 8, 25)
    assert calendar.add_working_days(monday, 1) == tuesday
    assert calendar.add_working_days(tuesday, -1) == monday
