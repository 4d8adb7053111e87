"""From what a pattern of `due` has matched to a deadline: which day, which term, which period.

A day without a year is the next one after the day of issue; "ngày mai", "tháng này" are told from it.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, time, timedelta

from thammuu.directives.extraction.deadlines import Deadline, Period, Unit
from thammuu.directives.extraction.words import Words

Reading = Callable[[re.Match[str], Words, date], Deadline | None]
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5}
_NUMBERS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười lăm": 15, "hai mươi": 20, "ba mươi": 30,
}  # fmt: skip
_UNITS = {
    "ngày làm việc": Unit.WORKING_DAY,
    "ngày": Unit.DAY,
    "giờ": Unit.HOUR,
    "tiếng": Unit.HOUR,
    "h": Unit.HOUR,
    "phút": Unit.MINUTE,
    "tháng": Unit.MONTH,
}
_PERIODS = {
    "ngày": Period.DAY, "tuần": Period.WEEK, "tháng": Period.MONTH, "quý": Period.QUARTER, "6 tháng": Period.HALF_YEAR,
    "3 tháng": Period.QUARTER, "03 tháng": Period.QUARTER, "ba tháng": Period.QUARTER, "06 tháng": Period.HALF_YEAR,
    "sáu tháng": Period.HALF_YEAR, "năm": Period.YEAR, "nửa năm": Period.HALF_YEAR,
}  # fmt: skip
_A_DAY = timedelta(days=1)


def _day_of(match: re.Match[str], issued_on: date) -> date | None:
    month = int(match["m"] or match["m2"])
    year = match["y"] or match["y2"] or match["y3"]
    try:
        day = date(int(year) if year else issued_on.year, month, int(match["d"]))
        return day if year or day >= issued_on else day.replace(year=day.year + 1)
    except ValueError:
        return None


def _hour_of(match: re.Match[str]) -> time | None:
    if not match["h"]:
        return None
    hour = int(match["h"]) + (12 if match["half"] in ("chiều", "tối") and int(match["h"]) < 12 else 0)
    return time(hour, int(match["min"] or 0)) if hour < 24 else time(23, 59)


def on_a_day(match: re.Match[str], words: Words, issued_on: date) -> Deadline | None:
    day = _day_of(match, issued_on)
    return None if day is None else _to_come(Deadline(words, day=day, hour=_hour_of(match)), issued_on)


def at_an_hour(match: re.Match[str], words: Words, issued_on: date) -> Deadline | None:
    """Read when something is to begin; what is over has happened."""
    found = on_a_day(match, words, issued_on)
    passed = found and found.day and not (match["y"] or match["y2"] or match["y3"]) and found.day.year > issued_on.year
    return None if passed else found


def near_weekday(match: re.Match[str], words: Words, issued_on: date) -> Deadline:
    """Read a day of this week or the next."""
    ahead = _WEEKDAYS[match["w"]] - issued_on.weekday()
    week = 0 if match["near"] == "này" else 7
    if not match["near"] or "tuần" not in match[0]:
        week = 7 if ahead < 0 else 0
    day = issued_on + timedelta(days=ahead + week)
    return Deadline(words, day=day, hour=_hour_of(match))


def near_day(match: re.Match[str], words: Words, issued_on: date) -> Deadline:
    """Read a day that is told from the day of issue: "17 giờ hôm nay", "sáng mai", "ngay trong ngày"."""
    near = match["near"] or match["day"]
    return Deadline(words, day=issued_on + timedelta(days="mai" in near or "sau" in near), hour=_hour_of(match))


def near_month(match: re.Match[str], words: Words, issued_on: date) -> Deadline | None:
    """Read a day of this month or the next."""
    end = _month_end(issued_on.year, issued_on.month)
    month = end if match["near"] == "này" else end + timedelta(days=1)
    try:
        return Deadline(words, day=month.replace(day=int(match["d"])), hour=_hour_of(match))
    except ValueError:
        return None


def near_period(match: re.Match[str], words: Words, issued_on: date) -> Deadline:
    """Read the end of this week, month, quarter or year, or of the next."""
    day = _period_end(match["what"], issued_on)
    return Deadline(words, day=day if match["near"] in ("này", "nay", "") else _period_end(match["what"], day + _A_DAY))


def _period_end(what: str, day: date) -> date:
    if what == "tuần":
        return day + timedelta(days=6 - day.weekday())
    months = {"tháng": 1, "quý": 3, "năm": 12}[what]
    return _month_end(day.year, -(-day.month // months) * months)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _year(match: re.Match[str], issued_on: date, month: int) -> int:
    if match["y"]:
        return int(match["y"])
    return issued_on.year + (month < issued_on.month)


def in_a_quarter(match: re.Match[str], words: Words, issued_on: date) -> Deadline | None:
    month = 3 * _QUARTERS[match["q"]]
    if match["before"] == "trước" and "hết" not in match[0]:
        return Deadline(words, day=date(_year(match, issued_on, month), month - 2, 1) - timedelta(days=1))
    return _to_come(Deadline(words, day=_month_end(_year(match, issued_on, month), month)), issued_on)


def in_a_month(match: re.Match[str], words: Words, issued_on: date) -> Deadline | None:
    month = int(match["m"])
    year = _year(match, issued_on, month)
    if match["before"] == "trước" and "hết" not in match[0] and "cuối" not in match[0]:
        return Deadline(words, day=date(year, month, 1) - timedelta(days=1))
    return _to_come(Deadline(words, day=_month_end(year, month)), issued_on)


def _to_come(found: Deadline, issued_on: date) -> Deadline | None:
    """What was so up to a day that is over is not due; a day that is told as a limit may be a slip, and is kept."""
    over = found.day is not None and found.day < issued_on
    return (
        None if over and not re.match(r"(?i)(?:trước|chậm|muộn|không|hạn|thời|xong|hoàn)", found.words.text) else found
    )


def in_the_first_days(match: re.Match[str], words: Words, issued_on: date) -> Deadline:
    month = int(match["m"])
    end = _month_end(_year(match, issued_on, month), month)
    return Deadline(words, day=end.replace(day=min(end.day, int(match["n"] or 15))))


def in_part_of_a_year(match: re.Match[str], words: Words, issued_on: date) -> Deadline:
    month = 12 if match["late"] else {"6": 6, "sáu": 6, "9": 9, "chín": 9}[match["part"]]
    return Deadline(words, day=_month_end(_year(match, issued_on, month), month))


def in_a_year(match: re.Match[str], words: Words, _issued_on: date) -> Deadline:
    return Deadline(words, day=date(int(match["y"]), 12, 31))


def before_a_year(match: re.Match[str], words: Words, _issued_on: date) -> Deadline:
    return Deadline(words, day=date(int(match["y"]) - 1, 12, 31))


def in_a_term(match: re.Match[str], words: Words, _issued_on: date) -> Deadline:
    count = _NUMBERS.get(match["n"]) or int(match["n"])
    if match["u"] == "tuần":
        return Deadline(words, count=7 * count, unit=Unit.DAY, since=(match["since"] or "").strip())
    return Deadline(words, count=count, unit=_UNITS[match["u"]], since=(match["since"] or "").strip())


def again(match: re.Match[str], words: Words, _issued_on: date) -> Deadline:
    given = match.groupdict()
    period = _PERIODS[match["p"] or "tháng"]
    weekday = given.get("w") if period is Period.WEEK else None
    return Deadline(
        words,
        every=period,
        month_day=0 if period in (Period.DAY, Period.WEEK) else int(given.get("md") or 0),
        month=int(given.get("mm") or given.get("mm2") or 0),
        weekday=None if weekday is None else _WEEKDAYS[weekday],
    )
