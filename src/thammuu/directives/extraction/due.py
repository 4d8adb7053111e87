"""The words in which directives write deadlines.

Weeks, quarters, months and years end on their last day.
"""

import re
from collections.abc import Iterator
from datetime import date

from thammuu.directives.extraction.deadlines import Deadline
from thammuu.directives.extraction.readings import (
    Reading,
    again,
    at_an_hour,
    before_a_year,
    in_a_month,
    in_a_quarter,
    in_a_term,
    in_a_year,
    in_part_of_a_year,
    in_the_first_days,
    near_day,
    near_month,
    near_period,
    near_weekday,
    on_a_day,
)
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
_TOMORROW = r"(?:(?:(?:ngày )?(?:mai|hôm nay|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)|nay)\s*[,(]\s*)?"
_DAYS = r"(?:(?:(?:một|hai|ba|bốn|0?\d)\s+)?(?:các\s+)?ngày\s+(?:[0-3]?\d\s*(?:,|và|-|–|đến)\s*){1,6})?"
"""Several days, of which the last one counts: "hai ngày 08 và 09/7"."""
_BEFORE = (
    r"(?:(?:trước(?: thời điểm)?|chậm nhất(?: là| vào| đến|"
    r" trước)*|muộn nhất(?: là| vào)*"
    r"|không (?:(?:chậm|muộn) )?(?:hơn|quá)|(?:cho )?đến(?: hết)?|hạn (?:cuối|chót)(?: là)?|thời hạn(?: hoàn thành)?"
    r"(?: là| trước)?|hạn(?: hoàn thành)?|hết|vào(?: dịp)?|xong|trong|từ nay đến(?: hết)?|hoàn thành|:)\s*:?\s*)"
)
_FROM = (
    r"(?:\s*,?\s*(?:kể từ|tính từ|từ|sau|sau khi)\s+(?P<since>(?:ngày|khi|thời điểm|"
    r"lúc)?\s*(?:ký|ban hành|phát hành|nhận"
    r"|có|kết thúc|xảy ra|tiếp nhận|được|phát hiện|hoàn thành)[^,.;:()]*))"
)
_EVERY = r"(?:hằng|hàng|mỗi|từng)\s+(?P<p>0?6 tháng|sáu tháng|nửa năm|ngày|tuần|tháng|quý|năm)\b"
_COUNT = r"(?P<n>\d{1,3}|mười lăm|hai mươi|ba mươi|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)(?:\s*\([^)]{1,20}\))?"


_MONTH_DAY = (
    r"(?:ngày\s+)?(?P<md>[0-3]?\d)\s*(?:của\s+)?(?:(?:tháng\s+(?:cuối|đầu|"
    r"thứ hai)\s+(?:của\s+)?(?:quý\s+)?)?)(?:/\s*(?P<mm>1[0-2]|0?[1-9])\s+|"
    r"tháng\s+(?P<mm2>1[0-2]|0?[1-9])\s+)?"
)
_EACH = r"(?:định kỳ\s*:?|(?<=báo cáo))\s*(?P<p>ngày|tuần|tháng|quý|0?6 tháng|năm)\s*[:,(]*\s*"
_MEETING = r"(?:phiên họp|cuộc họp|buổi họp|kỳ họp|hội nghị|buổi làm việc|buổi giao ban|giao ban)"
"""What is to be told at a meeting is ready on its day."""
_WEEKDAY = r"(?:(?:sáng|chiều|trưa|tối)\s+)?(?:thứ\s+(?P<w>hai|ba|tư|năm|sáu|bảy|[2-7]))\s*(?:của\s+)?"
# The order matters: a day that comes again each month is not the day of one month.
_RULES: tuple[tuple[re.Pattern[str], Reading], ...] = (
    (re.compile(rf"(?:định kỳ\s+)?{_BEFORE}?{_HOUR}{_MONTH_DAY}{_EVERY}"), again),
    (re.compile(rf"(?:định kỳ\s+)?{_BEFORE}?{_HOUR}(?:ngày\s+)?{_WEEKDAY}{_EVERY}"), again),
    (re.compile(rf"(?:định kỳ\s*,?\s*)?{_EVERY}\s*,?\s*\(?{_BEFORE}{_HOUR}{_MONTH_DAY}(?![/\d])"), again),
    (re.compile(rf"(?:định kỳ\s*,?\s*)?{_EVERY}\s*,?\s*\(?{_BEFORE}{_HOUR}(?:ngày\s+)?{_WEEKDAY}"), again),
    (
        re.compile(
            r"(?:định kỳ\s+)?(?<!nửa )(?<!\d )\b(?P<p>0?[36] tháng|sáu tháng|ba tháng|nửa năm|tháng|quý|năm|tuần|ngày)"
            r"(?:\s+(?:một|0?1)\s+|\s*/\s*)lần"
            rf"(?:\s*,?\s*{_BEFORE}{_MONTH_DAY}(?![/\d]))?"
        ),
        again,
    ),
    (
        re.compile(
            rf"(?:định kỳ\s*,?\s*)?{_EVERY}\s*,?\s*\(?{_BEFORE}{_HOUR}(?:ngày\s+)?(?P<md>[0-3]?\d)"
            r"(?:\s*/\s*|\s+tháng\s+)(?P<mm>1[0-2]|0?[1-9])(?![/\d])"
        ),
        again,
    ),
    (re.compile(rf"{_EACH}{_BEFORE}{_HOUR}(?:ngày\s+)?{_WEEKDAY}"), again),
    (re.compile(rf"{_EACH}{_BEFORE}{_HOUR}{_MONTH_DAY}(?![/\d])"), again),
    (re.compile(rf"{_EACH}{_BEFORE}{_HOUR}ngày\s+(?P<md>[0-3]?\d)\s*/\s*(?P<mm>1[0-2]|0?[1-9])(?![/\d])"), again),
    (
        re.compile(
            rf"{_BEFORE}{_HOUR}ngày\s+(?P<md>[0-3]?\d)\s+(?:của\s+)?"
            r"tháng (?:cuối|đầu|thứ hai)\s+(?:của\s+)?(?:mỗi\s+)?(?P<p>quý)\b"
        ),
        again,
    ),
    (re.compile(rf"định kỳ\s+{_BEFORE}{_HOUR}ngày\s+(?P<md>[0-3]?\d)(?P<p>)(?![\s]*(?:/|tháng))\b"), again),
    (re.compile(r"định kỳ\s+(?P<p>0?6 tháng|sáu tháng|tháng|quý|năm|tuần|ngày)\b"), again),
    (re.compile(rf"{_BEFORE}{_HOUR}{_TOMORROW}{_DAYS}{_DAY}"), on_a_day),
    (re.compile(rf"từ\s+{_HOUR}(?:ngày\s+)?[0-3]?\d(?:/1?\d(?:/20\d\d)?)?\s*[-–]\s*{_DAY}"), on_a_day),
    (re.compile(rf"(?:vào\s+)?\b(?:lúc|hồi)\s+{_HOUR}{_DAY}"), at_an_hour),
    (re.compile(rf"tại {_MEETING}[^,;:.()]{{0,60}}?\s{_HOUR}(?=ngày ){_DAY}"), at_an_hour),
    (re.compile(rf"(?:(?<=tổ chức )|(?<=tiến hành )|(?<=khai mạc )){_HOUR}{_DAY}"), at_an_hour),
    (re.compile(rf"{_BEFORE}{_HOUR}(?:ngày\s+)?{_WEEKDAY}tuần\s+(?P<near>này|sau|tới)\b"), near_weekday),
    (re.compile(rf"{_BEFORE}{_HOUR}ngày\s+(?P<d>[0-3]?\d)\s+tháng\s+(?P<near>này|sau|tới)\b"), near_month),
    (re.compile(rf"{_BEFORE}(?:hết |cuối )?(?P<what>tuần|tháng|quý)\s+(?P<near>này|sau|tới)\b"), near_period),
    (re.compile(r"(?:trong|hết|cuối|đến)\s+(?P<what>năm)\s+(?P<near>nay)\b"), near_period),
    (re.compile(r"(?:hết|(?:trước|đến|vào|trong)\s+cuối)\s+(?P<what>năm)(?P<near>(?!\s+(?:học|\d)))"), near_period),
    (
        re.compile(
            rf"{_BEFORE}{_HOUR}(?P<near>(?:ngày )?mai|(?:ngày )?hôm nay|(?(half)nay|(?:sáng|trưa|chiều|tối|đêm) "
            r"(?:mai|nay)))\b"
        ),
        near_day,
    ),
    (
        re.compile(r"(?:trong|hết|đến)\s+(?:hết )?0?(?P<part>6|sáu|9|chín) tháng"
            r"(?P<late> cuối)?(?: đầu)? năm(?:\s+(?P<y>20\d\d))?"),
        in_part_of_a_year,
    ),
    (
        re.compile(
            r"(?:trong\s+)?(?:(?P<n>[12]?\d) ngày|nửa) đầu tháng\s+(?P<m>1[0-2]|0?[1-9])\b"
            r"(?:\s*(?:/|năm)\s*(?P<y>20\d\d))?"
        ),
        in_the_first_days,
    ),
    (
        re.compile(
            rf"(?:(?<!dùng )trong|chậm nhất|không quá|tối đa|sau|thời hạn|hạn)(?:(?!mỗi|"
            rf"từng)[^,.;:()]){{0,25}}?\s*(?<!/){_COUNT}\s*"
                   rf"(?P<u>ngày làm việc|ngày(?! \d)|giờ|h|tiếng|phút|tuần|tháng)\b"
            rf"(?!\s+(?:trước|đầu|nghỉ|lễ|tết|cao điểm|diễn ra|qua)\b){_FROM}?"),
        in_a_term,
    ),
    (re.compile(rf"{_COUNT}\s+(?P<u>ngày làm việc|ngày(?! \d)|giờ|tiếng|phút|tuần|tháng)\b{_FROM}"), in_a_term),
    (
        re.compile(
            r"(?P<before>trong|trước|hết|cuối|xong|đến|thời hạn|hạn|:)\s*:?\s*(?:khi )?(?:hết |"
            r"cuối )?quý\s+(?:(?:iii|ii|i|[1-3])\s*(?:-|–|,|và)\s*)?(?P<q>iv|iii|ii|i|[1-4])\b"
                   r"(?:\s*(?:/|năm|-)\s*(?P<y>20\d\d))?"),
        in_a_quarter,
    ),
    (
        re.compile(r"(?P<before>trong|trước|hết|cuối|xong|đến|thời hạn|hạn|:)\s*:?\s*(?:hết |cuối )?tháng\s+"
                   r"(?P<m>1[0-2]|0?[1-9])\b(?:\s*(?:/|năm|-)\s*(?P<y>20\d\d))?"),
        in_a_month,
    ),
    (re.compile(r"(?:trong|hết|cuối|đến)\s+(?:hết |cuối )?năm\s+(?P<y>20\d\d)"), in_a_year),
    (re.compile(r"trước\s+năm\s+(?P<y>20\d\d)"), before_a_year),
    (re.compile(rf"(?:định kỳ\s*,?\s*)?{_EVERY}"), again),
    (re.compile(r"\d{1,2} lần\s*(?:/|mỗi|một|trong)\s*(?P<p>ngày|tuần|tháng|quý|năm)\b"), again),
    (re.compile(r"(?P<p>ngày|tuần|tháng|quý|năm)\s+(?:\d{1,2}|hai|ba) lần\b"), again),
    (re.compile(rf"\((?P<h>)(?P<half>)(?P<min>){_DAY}\)"), on_a_day),
    (re.compile(r"(?P<before>)(?<!\d )quý\s+(?P<q>iv|iii|ii|i|[1-4])\s*(?:/|năm|-)\s*(?P<y>20\d\d)"), in_a_quarter),
    (
        re.compile(r"(?P<before>)(?<!\d )(?<!đầu )(?<!giữa )tháng\s+(?P<m>1[0-2]|0?[1-9])"
                r"\s*(?:/|năm)\s*(?P<y>20\d\d)"),
        in_a_month,
    ),
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
