"""The values of cells, as offices type them: days, symbols, progress. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from thammuu.directives.extraction.due import deadlines_in
from thammuu.directives.extraction.words import level
from thammuu.kernel.text import fold

_DAY = re.compile(
    r"(?:ngày\s+)?(\d{1,2})(?:\s*[/.\-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.\-]\s*|\s+năm\s+)(\d{4}|\d{2})", re.I
)
# A day as a spreadsheet counts it, from 1982 on: what is left where the cell was not formatted as a day.
_SERIAL = re.compile(r"([3-7]\d{4})(?:\.\d+)?")
_SERIAL_START = date(1899, 12, 30)
_WRITTEN = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
_SYMBOL = re.compile(r"(?<![\d/])(\d{1,6})\s*(?:/\s*(\d{4})\s*)?/\s*([^\W\d_][\w.&-]*(?:\s*[-/]\s*[\w.&]+)*)", re.I)
_DAY_INSIDE = re.compile(rf"(?<![\d/])(?:{_DAY.pattern})(?![\d/])", re.I)
_DAY_BEHIND = re.compile(rf"[\s,;.(–-]*(?:{_DAY.pattern})(?![\d/])", re.I)
_PERCENT = re.compile(r"(\d{1,3})\s*%")
# The English words are those of our own registers.
_DONE = re.compile(r"\b(?:da |)(?:hoan thanh|xong|thuc hien xong|giai quyet xong|ket thuc|done)\b")
_NOT_DONE = re.compile(r"\b(?:chua|dang|khong|se|open)\b")
_LATE = re.compile(r"\b(?:qua han|cham|tre han|tre|overdue|late)\b")
_IN_TIME = re.compile(r"\b(?:(?:dung|truoc|trong) (?:thoi )?han|on time)\b")
_CENTURY = 2000


class Progress(StrEnum):
    """What a cell says of how far the work is."""

    DONE = "done"
    DONE_LATE = "done_late"
    OPEN = "open"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Symbol:
    """Number and symbol taken apart: 5, "CT-BCA", and the year that laws write between them."""

    number: int
    notation: str
    year: int | None = None


def day_of(text: str) -> date | None:
    """Return a day as typed ("5/2/2026", "05.02.26", "ngày 05 tháng 02 năm 2026", "46058"); None for anything else.

    Raises `ValueError` for a day that does not exist.
    """
    counted = _SERIAL.fullmatch(text)
    if counted:
        return _SERIAL_START + timedelta(days=int(counted[1]))
    written = _WRITTEN.fullmatch(text)
    if written:
        return date(*map(int, written.groups()))
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    return _day(match)


def days_in(text: str) -> list[date]:
    """Return the days that stand in a text; what is no day of the calendar is left out."""
    found = []
    for match in _DAY_INSIDE.finditer(text):
        try:
            found.append(_day(match))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def next_of(text: str, today: date) -> date | None:
    """Return the next day of a rhythm ("hàng tháng", "định kỳ trước ngày 20"), the earliest of several; None if none.

    It lies ahead, so that nobody is overdue from the beginning.
    """
    leveled = level(text).replace("định kì", "định kỳ")
    found = (one.next_day(today) for one in deadlines_in(text, leveled, 0, len(text), today))
    return min((day for day in found if day), default=None)


def dated_in(text: str) -> date | None:
    """Return the day that stands right behind the first number and symbol of a text; None if there is none."""
    symbol = _SYMBOL.search(text)
    if symbol is None:
        return None
    match = _DAY_BEHIND.match(text, symbol.end())
    try:
        return _day(match) if match else None
    except ValueError:
        return None


def symbol_of(text: str) -> Symbol | None:
    """Return the first number and symbol that a cell holds, None if it holds none."""
    match = _SYMBOL.search(text)
    if match is None:
        return None
    return Symbol(int(match[1]), re.sub(r"\s+", "", match[3]).upper(), int(match[2]) if match[2] else None)


def progress_of(text: str) -> Progress | None:
    """Return how far the work is by the words of a cell, None if they do not say."""
    plain = fold(text)
    percent = percent_of(text)
    if percent is None and _PERCENT.search(plain):
        return None
    # Our own registers put the step before the timing: "No answer needed – Done on time".
    stated = plain.split(" – ")
    done = percent == 100 or any(_DONE.search(part) and not _NOT_DONE.search(part) for part in stated)
    late = _LATE.search(plain) is not None
    if done:
        return Progress.DONE_LATE if late else Progress.DONE
    if percent is not None or late or _NOT_DONE.search(plain):
        return Progress.OVERDUE if late else Progress.OPEN
    return None


def percent_of(text: str) -> int | None:
    """Return the share that a cell names, None if it names none or more than all."""
    found = _PERCENT.search(text)
    return int(found[1]) if found and int(found[1]) <= 100 else None


def says_in_time(text: str) -> bool:
    """Say whether the words of a cell tell that the deadline was kept."""
    return _IN_TIME.search(fold(text)) is not None


def _day(match: re.Match[str]) -> date:
    day, month, year = map(int, match.groups())
    return date(year if len(match[3]) > 2 else _CENTURY + year, month, day)
