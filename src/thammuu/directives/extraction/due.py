"""The words in which directives write deadlines.

Weeks, quarters, months and years end on their last day.
"""

import re
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
from thammuu.directives.extraction.words import words_at

_DAY = (
    r"(?:ngày\s+)?(?P<d>[12]\d|3[01]|0?[1-9])(?!\d)(?:\s*[/.\-]\s*(?P<m>(?:1[0-2]|"
    r"0?[1-9])(?!\d))(?:\s*[/.\-]\s*(?P<y>20\d\d))?(?![\d/])"
    r"|\s+tháng\s+(?P<m2>(?:1[0-2]|0?[1-9])(?!\d))(?:\s+năm\s+(?P<y2>20\d\d)|\s*/\s*(?P<y3>20\d\d))?)"
)
_HOUR = (
    r"(?:(?P<h>[01]?\d|2[0-4])\s*(?:giờ|h|:|g|\.(?=[0-5]\d\s))\s*(?P<min>[0-5]\d)?(?:\s*(?:phút|['’′]))?"
    r"(?:\s*(?P<half>sáng|trưa|chiều|tối|đêm))?,?\s*(?:,\s*)?)?"
)
_TOMORROW = (
    r"(?:(?:(?:ngày )?(?:mai|hôm nay|(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)"
    r"(?:(?: tuần)? (?:này|sau|tới))?)|nay)\s*(?:[,(]\s*|(?=ngày )))?"
)
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
    r"|có|kết thúc|xảy ra|tiếp nhận|được|phát hiện|hoàn thành|bế mạc|khai mạc|nghiệm thu|bàn giao|dừng|tàu|"
    r"nước|bão|hết|bắt đầu|ra|có hiệu lực|khởi|đủ|diễn ra)"
    r"(?:(?! (?:phải|gửi|nộp|có trách nhiệm)\b)[^,.;:()])*))"
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
_PART = r"(?:sáng|trưa|chiều|tối|đêm) "
_HANDED = r"(?:nộp|gửi|trình|trả lời|bàn giao|hoàn thành)\b"
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
    (re.compile(r"\b(?P<p>0?6 tháng|sáu tháng)(?=(?:,| và|, và)? (?:hằng|hàng) năm\b)"), again),
    (re.compile(rf"{_BEFORE}{_HOUR}{_TOMORROW}{_DAYS}{_DAY}"), on_a_day),
    (re.compile(rf"từ\s+{_HOUR}(?:ngày\s+)?[0-3]?\d(?:/1?\d(?:/20\d\d)?)?\s*[-–]\s*{_DAY}"), on_a_day),
    (re.compile(rf"(?:vào\s+)?\b(?:lúc|hồi)\s+{_HOUR}{_DAY}"), at_an_hour),
    (re.compile(rf"tại {_MEETING}[^,;:.()]{{0,60}}?\s{_HOUR}(?=ngày ){_DAY}"), at_an_hour),
    (re.compile(rf"(?:(?<=tổ chức )|(?<=tiến hành )|(?<=khai mạc )){_HOUR}{_DAY}"), at_an_hour),
    (re.compile(rf"{_BEFORE}{_HOUR}(?:ngày\s+)?{_WEEKDAY}tuần\s+(?P<near>này|sau|tới)\b"), near_weekday),
    (re.compile(
        rf"(?:trước|nhất|hạn|trong|xong)(?: là| vào)?\s+{_HOUR}(?:ngày\s+)?{_WEEKDAY}(?P<near>này|tới|"
        rf")(?=\s*(?:[,;.)]|$))"
    ), near_weekday),
    (re.compile(rf"{_BEFORE}{_HOUR}ngày\s+(?P<d>[0-3]?\d)\s+tháng\s+(?P<near>này|sau|tới)\b"), near_month),
    (re.compile(rf"{_BEFORE}(?:hết |cuối )?(?P<what>tuần|tháng|quý)\s+(?P<near>này|sau|tới)\b"), near_period),
    (re.compile(r"(?:trong|hết|cuối|đến)\s+(?P<what>năm)\s+(?P<near>nay)\b"), near_period),
    (re.compile(r"\bngay trong\s+(?P<what>tuần|tháng|quý)(?P<near>)(?! \d)\b"), near_period),
    (re.compile(
        r"(?:hết|(?:trước|nay đến|thành đến|vào|trong)\s+cuối)\s+(?P<what>năm)(?P<near>(?!\s+(?:học|"
        r"\d)))"
    ), near_period),
    (
        re.compile(
            rf"{_BEFORE}{_HOUR}(?P<near>(?:ngày )?mai|(?:ngày )?hôm (?:nay|sau)|(?(half)nay|(?:sáng|trưa|chiều|"
            r"tối|đêm) (?:mai|nay|hôm sau)))\b|\b(?:ngay|nội)(?: trong)? (?P<day>ngày|đêm|hôm nay|(?:sáng|trưa|chiều|"
            r"tối|đêm) nay)\b(?! \d)"
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
            rf"từng)[^,.;:()]){{0,25}}?\s*(?<![/\w]){_COUNT}\s*"
                   rf"(?P<u>ngày làm việc|ngày(?! \d)|giờ|(?<=\d)h|(?<=\d )h|tiếng|phút|tuần|tháng)\b"
            rf"(?!\s+(?:trước|đầu|nghỉ|lễ|tết|cao điểm|diễn ra|qua|liên tiếp)\b){_FROM}?"),
        in_a_term,
    ),
    (re.compile(rf"\b{_COUNT}\s+(?P<u>ngày làm việc|ngày(?! \d)|giờ|tiếng|phút|tuần|tháng)\b{_FROM}"), in_a_term),
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
    (re.compile(rf"(?:định kỳ\s*,?\s*)?(?<!tiến độ )(?<!kế hoạch )(?<!lịch ){_EVERY}"), again),
    (re.compile(r"\d{1,2} lần\s*(?:/|mỗi|một|trong)\s*(?P<p>ngày|tuần|tháng|quý|năm)\b"), again),
    (re.compile(r"(?P<p>ngày|tuần|tháng|quý|năm)\s+(?:\d{1,2}|hai|ba) lần\b"), again),
    (re.compile(rf"{_HOUR}{_WEEKDAY}tuần\s+(?P<near>này|sau|tới)\b"), near_weekday),
    (re.compile(rf"\b(?:ngay|trong|vào) {_PART}{_HOUR}{_DAY}"), at_an_hour),
    (re.compile(rf"\bthứ (?:hai|ba|tư|năm|sáu|bảy),? {_HOUR}(?=ngày ){_DAY}"), at_an_hour),
    (
        re.compile(
            rf"\b{_HANDED}[^,;.:()]{{0,60}}?(?<!kỷ niệm)(?<!từ)(?<!\d) {_HOUR}(?=ngày ){_DAY}(?=\s*(?:[,;.]|$))"
        ),
        at_an_hour,
    ),
    (re.compile(rf"\((?P<h>)(?P<half>)(?P<min>){_DAY}\)"), on_a_day),
    (re.compile(r"(?P<before>)(?<!\d )quý\s+(?P<q>iv|iii|ii|i|[1-4])\s*(?:/|năm|-)\s*(?P<y>20\d\d)"), in_a_quarter),
    (
        re.compile(r"(?P<before>)(?<!\d )(?<!đầu )(?<!giữa )(?<!và )(?<!từ )tháng\s+(?P<m>1[0-2]|0?[1-9])"
                r"\s*(?:/|năm)\s*(?P<y>20\d\d)"),
        in_a_month,
    ),
)  # fmt: skip


_TIME = re.compile(r"\d|thứ|đêm|hằng|hàng|mỗi|từng|định kỳ|lần|mai|nay|phút|giờ|tiếng|ngày|tuần|tháng|quý|năm")
"""Some of these stands in every deadline; most sentences have none."""


_SPAN = re.compile(r"\btừ (?!nay)[^,;.:()]{1,40}\s$")
"""Before the end of a time in which something goes on: "từ ngày 15/12 đến …"."""


def deadlines_in(text: str, leveled: str, start: int, end: int, issued_on: date) -> list[Deadline]:
    """Return the deadlines of a stretch, the surest kind first; none overlaps an earlier one.

    When something goes on is a deadline only where no other is told.
    """
    found: list[Deadline] = []
    for pattern, read in _RULES if _TIME.search(leveled, start, end) else ():
        for match in pattern.finditer(leveled, start, end):
            words = words_at(text, match.start(), match.end())
            if any(words.start < other.words.end and other.words.start < words.end for other in found):
                continue
            one = read(match, words, issued_on)
            if one is not None:
                found.append(one)
    return sorted(found, key=lambda one: _goes_on(leveled, start, one))


def _goes_on(leveled: str, start: int, one: Deadline) -> bool:
    at = one.words.start
    several = re.match(r"trong (?:hai|ba|bốn|\d+|các) ngày \d", leveled[at : one.words.end])
    return bool(several or re.match(r"từ \d", leveled[at:]) or _SPAN.search(leveled, max(start, at - 45), at))
