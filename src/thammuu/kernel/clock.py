"""Times: kept in UTC, shown in the organisation's zone, written as Vietnamese and English readers expect."""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

ORGANISATION_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNITS = {
    "vi": (("ngày", "ngày"), ("giờ", "giờ"), ("phút", "phút"), ("giây", "giây")),
    "en": (("day", "days"), ("hour", "hours"), ("minute", "minutes"), ("second", "seconds")),
}
_SECONDS = (86400, 3600, 60, 1)


class NaiveTime(ValueError):
    """A time without a zone was given where an instant is needed."""


def now() -> datetime:
    """Return the present instant, aware, in UTC. Called at the edge: rules and actions are given `now`."""
    return datetime.now(UTC)


def in_zone(at: datetime, zone: ZoneInfo = ORGANISATION_ZONE) -> datetime:
    """Return the instant as the organisation's clock shows it; raises `NaiveTime`."""
    if at.tzinfo is None:
        raise NaiveTime(at.isoformat())
    return at.astimezone(zone)


def day_of(at: datetime, zone: ZoneInfo = ORGANISATION_ZONE) -> date:
    """Return the organisation's calendar day at the instant."""
    return in_zone(at, zone).date()


def format_time(at: datetime, zone: ZoneInfo = ORGANISATION_ZONE) -> str:
    """Return hours and minutes, "14:05", in either language."""
    return f"{in_zone(at, zone):%H:%M}"


def format_date(day: date, language: str) -> str:
    """Return a short date: "05/01/2026" in Vietnamese, "5 Jan 2026" in English."""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day:02}/{day.month:02}/{day.year}"


def format_formal_date(day: date) -> str:
    """Return a date as Decree 30/2020 has it in documents: days below 10 and months 1 and 2 are padded."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def format_instant(at: datetime, language: str, zone: ZoneInfo = ORGANISATION_ZONE) -> str:
    """Return date and time: "14:05 05/01/2026" in Vietnamese, "5 Jan 2026 14:05" in English."""
    time, day = format_time(at, zone), format_date(day_of(at, zone), language)
    return f"{day} {time}" if language == "en" else f"{time} {day}"


def format_span(span: timedelta, language: str) -> str:
    """Return a span in its two largest units, cut, not rounded: "1 giờ 5 phút", "1 hour 5 minutes".

    The sign is left to the sentence around it.
    """
    rest = int(abs(span).total_seconds())
    names = _UNITS.get(language, _UNITS["vi"])
    place = next((i for i, size in enumerate(_SECONDS) if rest >= size), len(_SECONDS) - 1)
    parts: list[str] = []
    for size, (one, many) in list(zip(_SECONDS, names, strict=True))[place : place + 2]:
        count, rest = divmod(rest, size)
        if count or not parts:
            parts.append(f"{count} {one if count == 1 else many}")
    return " ".join(parts)
