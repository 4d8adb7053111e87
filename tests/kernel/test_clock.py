"""Times as both languages write them, in the organisation's zone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from thammuu.kernel import clock

LATE = datetime(2026, 1, 4, 17, 5, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


def test_now_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_the_organisation_is_seven_hours_ahead() -> None:
    assert clock.day_of(LATE) == date(2026, 1, 5)
    assert clock.format_time(LATE) == "00:05"
    assert clock.format_instant(LATE, "vi") == "00:05 05/01/2026"
    assert clock.format_instant(LATE, "en") == "5 Jan 2026 00:05"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(clock.NaiveTime):
        clock.in_zone(datetime(2026, 1, 5))


def test_a_day_begins_at_the_organisations_midnight() -> None:
    begins = clock.start_of(date(2026, 1, 5))
    assert (begins, begins.utcoffset()) == (datetime(2026, 1, 4, 17, tzinfo=UTC), timedelta(0))
    assert clock.day_of(begins) == date(2026, 1, 5)
    assert clock.day_of(begins - timedelta(microseconds=1)) == date(2026, 1, 4)


def test_clocks_are_apart_from_two_minutes_on() -> None:
    assert not clock.are_apart(LATE, LATE + clock.SKEW)
    assert not clock.are_apart(LATE, LATE - clock.SKEW)
    assert clock.are_apart(LATE, LATE + clock.SKEW + MOMENT)
    assert clock.are_apart(LATE, LATE - clock.SKEW - MOMENT)


def test_what_began_in_the_future_has_run_out() -> None:
    hour = timedelta(hours=1)
    assert clock.is_within(LATE, LATE, hour)
    assert clock.is_within(LATE, LATE + hour - MOMENT, hour)
    assert not clock.is_within(LATE, LATE + hour, hour)
    assert clock.is_within(LATE + clock.SKEW, LATE, hour)
    assert not clock.is_within(LATE + clock.SKEW + MOMENT, LATE, hour)
