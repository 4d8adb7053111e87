"""The values of cells, as offices type them: days, symbols, progress. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from thammuu.kernel.text import fold

_DAY = re.compile(
    r"(?:ngày\s+)?(\d{1,2})(?:\s*[/.\-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.\-]\s*|\s+năm\s+)(\d{4}|\d{2})", re.I
)
_WRITTEN = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]00:00(?::00)?)?")
_SYMBOL = re.compile(r"(?<![\d/])(\d{1,6})\s*(?:/\s*(\d{4})\s*)?/\s*([^\W\d_][\w.&-]*(?:\s*[-/]\s*[\w.&]+)*)", re.I)
_PERCENT = re.compile(r"(\d{1,3})\s*%")
_DONE = re.compile(r"\b(?:da |)(?:hoan thanh|xong|thuc hien xong|giai quyet xong|ket thuc)\b")
_NOT_DONE = re.compile(r"\b(?:chua|dang|khong|se)\b")
_LATE = re.compile(r"\b(?:qua han|cham|tre han|tre)\b")
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
    """Return a day as typed ("5/2/2026", "05.02.26", "ngày 05 tháng 02 năm 2026"); None for anything else.

    Raises `ValueError` for a day that does not exist.
    """
    written = _WRITTEN.fullmatch(text)
    if written:
        return date(*map(int, written.groups()))
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    day, month, year = map(int, match.groups())
    return date(year if len(match[3]) > 2 else _CENTURY + year, month, day)


def symbol_of(text: str) -> Symbol | None:
    """Return the first number and symbol that a cell holds, None if it holds none."""
    match = _SYMBOL.search(text)
    if match is None:
        return None
    return Symbol(int(match[1]), re.sub(r"\s+", "", match[3]).upper(), int(match[2]) if match[2] else None)


def progress_of(text: str) -> Progress | None:
    """Return how far the work is by the words of a cell, None if they do not say."""
    plain = fold(text)
    percent = _PERCENT.search(plain)
    if percent and int(percent[1]) > 100:
        return None
    done = (percent is not None and int(percent[1]) == 100) or (
        _DONE.search(plain) is not None and _NOT_DONE.search(plain) is None
    )
    late = _LATE.search(plain) is not None
    if done:
        return Progress.DONE_LATE if late else Progress.DONE
    if percent or late or _NOT_DONE.search(plain):
        return Progress.OVERDUE if late else Progress.OPEN
    return None
