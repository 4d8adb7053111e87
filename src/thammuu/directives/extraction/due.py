"""The words in which directives write deadlines.

Weeks, quarters, months and years end on their last day. A day without a year is the next one after the day of issue,
and "ngày mai", "tháng này" are told from it.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

from thammuu.directives.extraction.deadlines import Deadline, Period, Unit
from thammuu.directives.extraction.words import Words, words_at

_DAY = (
    r"(?:ngày\s+)?(?P<d>[12]\d|3[01]|0?[1-9])(?!\d)(?:\s*[/.\-]\s*(?P<m>(?:1[0-2]|"
    r"0?[1-9])(?!\d))(?:\s*[/.\-]\s*(?P<y>20\d\d))?(?![\d/])"
    r"|\s+tháng\s+(?P<m2>(?:1[0-2]|0?[1-9])(?!\d))(?:\s+năm\s+(?P<y2>20\d\d)|\s*/\s*(?P<y3>20\d\d))?)"
)
_HOUR = (
    r"(?:(?P<h>[01]?\d|2[0-4])\s*(?:giờ|h|:|g)\s*(?P<min>[0-5]\d)?(?:\s*(?:phút|['’′]))?"
    r"(?:\s*(?P<half>sáng|trưa|chiều|tối|đêm))?,?\s*(?:,\s*)?)?"
)
_TOMORROW = r"(?:(?:(?:ngày )?(?:mai|hôm nay)|nay)\s*[,(]\s*)?"
_DAYS = r"(?:(?:(?:một|hai|ba|bốn|0?\d)\s+)?(?:các\s+)?ngày\s+(?:[0-3]?\d\s*(?:,|và|-|–|đến)\s*){1,6})?"
"""Several days, of which the last one counts: "hai ngày 08 và 09/7"."""
_BEFORE = (
    r"(?:(?:trước(?: thời điểm)?|chậm nhất(?: là| vào| đến|"
    r" trước)*|muộn nhất(?: là| vào)*"
    r"|không (?:chậm|muộn) (?:hơn|quá)|(?:cho )?đến(?: hết)?|hạn (?:cuối|chót)(?: là)?|thời hạn(?: hoàn thành)?"
    r"(?: là| trước)?|hạn(?: hoàn thành)?|hết|vào(?: dịp| lúc)?|xong|trong|từ nay đến(?: hết)?|hoàn thành|:)\s*:?\s*)"
)
_FROM = (
    r"(?:\s*,?\s*(?:kể từ|tính từ|từ|sau|sau khi)\s+(?P<since>(?:ngày|khi|thời điểm|"
    r"lúc)?\s*(?:ký|ban hành|phát hành|nhận"
    r"|có|kết thúc|xảy ra|tiếp nhận|được|phát hiện|hoàn thành)[^,.;:()]*))"
)
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
    "phút": Unit.MINUTE,
    "tháng": Unit.MONTH,
}
_PERIODS = {
    "ngày": Period.DAY, "tuần": Period.WEEK, "tháng": Period.MONTH, "quý": Period.QUARTER, "6 tháng": Period.HALF_YEAR,
    "06 tháng": Period.HALF_YEAR, "sáu tháng": Period.HALF_YEAR, "năm": Period.YEAR, "nửa năm": Period.HALF_YEAR,
}  # fmt: skip
_EVERY = r"(?:hằng|hàng|mỗi|từng)\s+(?P<p>0?6 tháng|sáu tháng|nửa năm|ngày|tuần|tháng|quý|năm)\b"
_COUNT = r"(?P<n>\d{1,3}|mười lăm|hai mươi|ba mươi|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s*\([^)]{1,20}\))?"


def _day_of(match: re.Match[str], issued_on: date) -> date | None:
    month = int(match["m"] or match["m2"])
    year = match["y"] or match["y2"] or match["y3"]
    try:
        day = date(int(year) if year else issued_on.year, month, int(match["d"]))
    except ValueError:
        return None
    return day if year or day >= issued_on else day.replace(year=day.year + 1)


def _hour_of(match: re.Match[str]) -> time | None:
    if not match["h"]:
        return None
    later = 12 if match["half"] in ("chiều", "tối") and int(match["h"]) < 12 else 0
    return time((int(match["h"]) + later) % 24, int(match["min"] or 0))


def _on_a_day(match: re.Match[str], words: Words, issued_on: date) -> Deadline | None:
    day = _day_of(match, issued_on)
    return None if day is None else Deadline(words, day=day, hour=_hour_of(match))


def _near_day(match: re.Match[str], words: Words, issued_on: date) -> Deadline:
    """Read a day that is told from the day of issue: "17 giờ hôm nay", "sáng mai"."""
    return Deadline(words, day=issued_on + timedelta(days="mai" in match["near"]), hour=_hour_of(match))


def _near_month(match: re.Match[str], words: Words, issued_on: date) -> Deadline | None:
    """Read a day of this month or the next."""
    end = _month_end(issued_on.year, issued_on.month)
    month = end if match["near"] == "này" else end + timedelta(days=1)
    try:
        return Deadline(words, day=month.replace(day=int(match["d"])), hour=_hour_of(match))
    except ValueError:
        return None


def _near_period(match: re.Match[str], words: Words, issued_on: date) -> Deadline:
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


def _in_a_quarter(match: re.Match[str], words: Words, issued_on: date) -> Deadline:
    month = 3 * _QUARTERS[match["q"]]
    if match["before"] == "trước" and "hết" not in match[0]:
        return Deadline(words, day=date(_year(match, issued_on, month), month - 2, 1) - timedelta(days=1))
    return Deadline(words, day=_month_end(_year(match, issued_on, month), month))


def _in_a_month(match: re.Match[str], words: Words, issued_on: date) -> Deadline:
    month = int(match["m"])
    year = _year(match, issued_on, month)
    if match["before"] == "trước" and "hết" not in match[0] and "cuối" not in match[0]:
        return Deadline(words, day=date(year, month, 1) - timedelta(days=1))
    return Deadline(words, day=_month_end(year, month))


def _in_the_first_days(match: re.Match[str], words: Words, issued_on: date) -> Deadline:
    month = int(match["m"])
    return Deadline(words, day=date(_year(match, issued_on, month), month, int(match["n"])))


def _in_part_of_a_year(match: re.Match[str], words: Words, issued_on: date) -> Deadline:
    month = 12 if match["late"] else {"6": 6, "sáu": 6, "9": 9, "chín": 9}[match["part"]]
    return Deadline(words, day=_month_end(_year(match, issued_on, month), month))


def _in_a_year(match: re.Match[str], words: Words, _issued_on: date) -> Deadline:
    return Deadline(words, day=date(int(match["y"]), 12, 31))


def _in_a_term(match: re.Match[str], words: Words, _issued_on: date) -> Deadline:
    count = _NUMBERS.get(match["n"]) or int(match["n"])
    if match["u"] == "tuần":
        return Deadline(words, count=7 * count, unit=Unit.DAY, since=(match["since"] or "").strip())
    return Deadline(words, count=count, unit=_UNITS[match["u"]], since=(match["since"] or "").strip())


def _again(match: re.Match[str], words: Words, _issued_on: date) -> Deadline:
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


_A_DAY = timedelta(days=1)
Reading = Callable[[re.Match[str], Words, date], Deadline | None]
_MONTH_DAY = (
    r"(?:ngày\s+)?(?P<md>[0-3]?\d)\s*(?:của\s+)?(?:(?:tháng\s+(?:cuối|đầu|"
    r"thứ hai)\s+(?:của\s+)?(?:quý\s+)?)?)(?:/\s*(?P<mm>1[0-2]|0?[1-9])\s+|"
    r"tháng\s+(?P<mm2>1[0-2]|0?[1-9])\s+)?"
)
_EACH = r"(?:định kỳ\s*:?|(?<=báo cáo))\s*(?P<p>ngày|tuần|tháng|quý|0?6 tháng|năm)\s*[:,(]*\s*"
_WEEKDAY = r"(?:(?:sáng|chiều|trưa|tối)\s+)?(?:thứ\s+(?P<w>hai|ba|tư|năm|sáu|bảy|[2-7]))\s*(?:của\s+)?"
# The order matters: a day that comes again each month is not the day of one month.
_RULES: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (re.compile(rf"(?:định kỳ\s+)?{_BEFORE}?{_HOUR}{_MONTH_DAY}{_EVERY}"), _again),
    (re.compile(rf"(?:định kỳ\s+)?{_BEFORE}?{_HOUR}(?:ngày\s+)?{_WEEKDAY}{_EVERY}"), _again),
    (re.compile(rf"(?:định kỳ\s*,?\s*)?{_EVERY}\s*,?\s*\(?{_BEFORE}{_HOUR}{_MONTH_DAY}(?![/\d])"), _again),
    (re.compile(rf"(?:định kỳ\s*,?\s*)?{_EVERY}\s*,?\s*\(?{_BEFORE}{_HOUR}(?:ngày\s+)?{_WEEKDAY}"), _again),
    (
        re.compile(
            r"(?:định kỳ\s+)?(?<!nửa )(?P<p>0?6 tháng|sáu tháng|tháng|quý|năm|tuần|ngày)\s+(?:một|0?1) lần"
            rf"(?:\s*,?\s*{_BEFORE}{_MONTH_DAY}(?![/\d]))?"
        ),
        _again,
    ),
    (
        re.compile(
            rf"(?:định kỳ\s*,?\s*)?{_EVERY}\s*,?\s*\(?{_BEFORE}{_HOUR}(?:ngày\s+)?(?P<md>[0-3]?\d)"
            r"(?:\s*/\s*|\s+tháng\s+)(?P<mm>1[0-2]|0?[1-9])(?![/\d])"
        ),
        _again,
    ),
    (re.compile(rf"{_EACH}{_BEFORE}{_HOUR}(?:ngày\s+)?{_WEEKDAY}"), _again),
    (re.compile(rf"{_EACH}{_BEFORE}{_HOUR}{_MONTH_DAY}(?![/\d])"), _again),
    (re.compile(rf"{_EACH}{_BEFORE}{_HOUR}ngày\s+(?P<md>[0-3]?\d)\s*/\s*(?P<mm>1[0-2]|0?[1-9])(?![/\d])"), _again),
    (
        re.compile(
            rf"{_BEFORE}{_HOUR}ngày\s+(?P<md>[0-3]?\d)\s+(?:của\s+)?"
            r"tháng cuối\s+(?:của\s+)?(?:mỗi\s+)?(?P<p>quý)\b"
        ),
        _again,
    ),
    (re.compile(rf"định kỳ\s+{_BEFORE}{_HOUR}ngày\s+(?P<md>[0-3]?\d)(?P<p>)(?![\s]*(?:/|tháng))\b"), _again),
    (re.compile(rf"{_BEFORE}{_HOUR}{_TOMORROW}{_DAYS}{_DAY}"), _on_a_day),
    (re.compile(rf"{_BEFORE}{_HOUR}ngày\s+(?P<d>[0-3]?\d)\s+tháng\s+(?P<near>này|sau|tới)\b"), _near_month),
    (re.compile(rf"{_BEFORE}(?:hết |cuối )?(?P<what>tuần|tháng|quý)\s+(?P<near>này|sau|tới)\b"), _near_period),
    (re.compile(r"(?:trong|hết|cuối|đến)\s+(?P<what>năm)\s+(?P<near>nay)\b"), _near_period),
    (re.compile(r"(?:hết|(?:trước|đến|vào|trong)\s+cuối)\s+(?P<what>năm)(?P<near>(?!\s+(?:học|\d)))"), _near_period),
    (
        re.compile(
            rf"{_BEFORE}{_HOUR}(?P<near>(?:ngày )?mai|(?:ngày )?hôm nay|(?(half)nay|(?:sáng|trưa|chiều|tối|đêm) "
            r"(?:mai|nay)))\b"
        ),
        _near_day,
    ),
    (
        re.compile(r"(?:trong|hết|đến)\s+(?:hết )?0?(?P<part>6|sáu|9|chín) tháng"
            r"(?P<late> cuối)?(?: đầu)? năm(?:\s+(?P<y>20\d\d))?"),
        _in_part_of_a_year,
    ),
    (
        re.compile(
            r"(?:trong\s+)?(?P<n>[12]?\d) ngày đầu tháng\s+(?P<m>1[0-2]|0?[1-9])\b"
            r"(?:\s*(?:/|năm)\s*(?P<y>20\d\d))?"
        ),
        _in_the_first_days,
    ),
    (
        re.compile(
            rf"(?:trong|chậm nhất|không quá|tối đa|sau|thời hạn|hạn)(?:(?!mỗi|"
            rf"từng)[^,.;:()]){{0,25}}?\s*{_COUNT}\s+"
                   rf"(?P<u>ngày làm việc|ngày(?! \d)|giờ|tiếng|phút|tuần|tháng)\b"
            rf"(?!\s+(?:trước|đầu|nghỉ|lễ|tết|cao điểm|diễn ra|qua)\b){_FROM}?"),
        _in_a_term,
    ),
    (re.compile(rf"{_COUNT}\s+(?P<u>ngày làm việc|ngày(?! \d)|giờ|tiếng|phút|tuần|tháng)\b{_FROM}"), _in_a_term),
    (
        re.compile(
            r"(?P<before>trong|trước|hết|cuối|xong|đến|thời hạn|hạn|:)\s*:?\s*(?:khi )?(?:hết |"
            r"cuối )?quý\s+(?:(?:iii|ii|i|[1-3])\s*(?:-|–|,|và)\s*)?(?P<q>iv|iii|ii|i|[1-4])\b"
                   r"(?:\s*(?:/|năm|-)\s*(?P<y>20\d\d))?"),
        _in_a_quarter,
    ),
    (
        re.compile(r"(?P<before>trong|trước|hết|cuối|xong|đến|thời hạn|hạn|:)\s*:?\s*(?:hết |cuối )?tháng\s+"
                   r"(?P<m>1[0-2]|0?[1-9])\b(?:\s*(?:/|năm|-)\s*(?P<y>20\d\d))?"),
        _in_a_month,
    ),
    (re.compile(r"(?:trong|hết|cuối|đến)\s+(?:hết |cuối )?năm\s+(?P<y>20\d\d)"), _in_a_year),
    (re.compile(rf"(?:định kỳ\s*,?\s*)?{_EVERY}"), _again),
    (re.compile(r"\d{1,2} lần\s*(?:/|mỗi|một|trong)\s*(?P<p>ngày|tuần|tháng|quý|năm)\b"), _again),
    (re.compile(r"(?P<p>ngày|tuần|tháng|quý|năm)\s+(?:\d{1,2}|hai|ba) lần\b"), _again),
    (re.compile(rf"\((?P<h>)(?P<half>)(?P<min>){_DAY}\)"), _on_a_day),
    (re.compile(r"(?P<before>)(?<!\d )quý\s+(?P<q>iv|iii|ii|i|[1-4])\s*(?:/|năm|-)\s*(?P<y>20\d\d)"), _in_a_quarter),
    (re.compile(r"(?P<before>)(?<!\d )tháng\s+(?P<m>1[0-2]|0?[1-9])\s*(?:/|năm)\s*(?P<y>20\d\d)"), _in_a_month),
    (re.compile(r"định kỳ\s+(?P<p>0?6 tháng|sáu tháng|tháng|quý|năm|tuần|ngày)\b"), _again),
)  # fmt: skip


_TIME = re.compile(r"\d|hằng|hàng|mỗi|từng|định kỳ|lần|mai|nay|phút|giờ|tiếng|ngày|tuần|tháng|quý|năm")
"""Some of these stands in every deadline; most sentences have none."""


def deadlines_in(text: str, leveled: str, start: int, end: int, issued_on: date) -> Iterator[Deadline]:
    """Give the deadlines of a stretch, the surest kind first; none overlaps an earlier one."""
    taken: list[Words] = []
    for pattern, read in _RULES if _TIME.search(leveled, start, end) else ():
        for match in pattern.finditer(leveled, start, end):
            words = words_at(text, match.start(), match.end())
            if any(words.start < other.end and other.start < words.end for other in taken):
                continue
            found = read(match, words, issued_on)
            if found is not None:
                taken.append(words)
                yield found
