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


@pytest.mark.parametrize(
    ("day", "formal"),
    [
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (date(2019, 12, 1), "ngày 01 tháng 12 năm 2019"),
    ],
)
def test_documents_pad_days_below_ten_and_two_months(day: date, formal: str) -> None:
    assert clock.format_formal_date(day) == formal


@pytest.mark.parametrize(
    ("seconds", "vi", "en"),
    [
        (0, "0 giây", "0 seconds"),
        (59, "59 giây", "59 seconds"),
        (60, "1 phút", "1 minute"),
        (3905, "1 giờ 5 phút", "1 hour 5 minutes"),
        (-86400 * 2 - 3600, "2 ngày 1 giờ", "2 days 1 hour"),
        (86400 + 59, "1 ngày", "1 day"),
    ],
)
def test_spans_in_their_two_largest_units(seconds: int, vi: str, en: str) -> None:
    assert clock.format_span(timedelta(seconds=seconds), "vi") == vi
    assert clock.format_span(timedelta(seconds=seconds), "en") == en
