"""Times as both languages write them, in the organisation's zone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from thammuu.kernel import clock

LATE = datetime(2026, 1, 4, 17, 5, tzinfo=UTC)


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
