"""The columns of registers, and how offices head them. Pure.

Registers of outgoing and incoming documents and of their follow-up: Decree 30/2020/NĐ-CP, appendix IV. A task list has
no set form; the words are those that offices use.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import zip_longest

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from thammuu.kernel.text import fold

SEARCHED_LINES = 20
"""The head stands somewhere in the first lines, below titles."""

_LEAST_KNOWN = 2
_COUNTED = re.compile(r"\(?(\d{1,2})\)?")
_NOT_A_WORD = re.compile(r"[\W_]+")


class Kind(StrEnum):
    """What a list is."""

    OUTGOING = "outgoing"
    INCOMING = "incoming"
    FOLLOW_UP = "follow_up"
    TASKS = "tasks"


class Column(StrEnum):
    """What a column holds."""

    LINE_NUMBER = "line_number"
    ARRIVED_ON = "arrived_on"
    ARRIVAL_NUMBER = "arrival_number"
    ISSUER = "issuer"
    SYMBOL = "symbol"
    DATED = "dated"
    ABSTRACT = "abstract"
    SIGNER = "signer"
    RECIPIENTS = "recipients"
    KEEPER = "keeper"
    COPIES = "copies"
    SENT_ON = "sent_on"
    CHARGED = "charged"
    PASSED_ON = "passed_on"
    RECEIVED_BY = "received_by"
    DEADLINE = "deadline"
    PROGRESS = "progress"
    DONE_ON = "done_on"
    ANSWER = "answer"
    TASK = "task"
    SUPPORTING = "supporting"
    PRODUCT = "product"
    NOTE = "note"


NAMES = {
    Column.LINE_NUMBER: _("Running number"),
    Column.ARRIVED_ON: _("Date of arrival"),
    Column.ARRIVAL_NUMBER: _("Number of arrival"),
    Column.ISSUER: _("Issuer"),
    Column.SYMBOL: _("Number and symbol"),
    Column.DATED: _("Date of the document"),
    Column.ABSTRACT: _("Type and abstract"),
    Column.SIGNER: _("Signer"),
    Column.RECIPIENTS: _("Recipients"),
    Column.KEEPER: _("Unit keeping the file copy"),
    Column.COPIES: _("Copies"),
    Column.SENT_ON: _("Date sent"),
    Column.CHARGED: _("Charged to"),
    Column.PASSED_ON: _("Date passed on"),
    Column.RECEIVED_BY: _("Received by"),
    Column.DEADLINE: _("Deadline"),
    Column.PROGRESS: _("Progress"),
    Column.DONE_ON: _("Done on"),
    Column.ANSWER: _("Answering document"),
    Column.TASK: _("Task"),
    Column.SUPPORTING: _("Supporting units"),
    Column.PRODUCT: _("Product"),
    Column.NOTE: _("Note"),
}
DAYS = frozenset({Column.ARRIVED_ON, Column.DATED, Column.SENT_ON, Column.PASSED_ON, Column.DEADLINE, Column.DONE_ON})
WHOLES = frozenset({Column.COPIES})
NEEDED = {
    Kind.OUTGOING: (Column.SYMBOL, Column.DATED, Column.ABSTRACT),
    Kind.INCOMING: (Column.ARRIVED_ON, Column.ISSUER, Column.SYMBOL, Column.ABSTRACT),
    Kind.FOLLOW_UP: (Column.SYMBOL, Column.CHARGED),
    Kind.TASKS: (Column.TASK, Column.CHARGED, Column.DEADLINE),
}
_BELONGING = {
    Kind.OUTGOING: "symbol dated abstract signer recipients keeper copies sent_on received_by note",
    Kind.INCOMING: "arrived_on arrival_number issuer symbol dated abstract charged passed_on received_by note",
    Kind.FOLLOW_UP: "arrival_number symbol charged deadline progress done_on answer note",
    Kind.TASKS: "task charged supporting deadline product progress done_on note symbol",
}
_TELLING = {
    Kind.OUTGOING: {Column.SIGNER, Column.RECIPIENTS, Column.KEEPER, Column.COPIES},
    Kind.INCOMING: {Column.ARRIVED_ON, Column.ISSUER, Column.PASSED_ON},
    Kind.FOLLOW_UP: {Column.ANSWER, Column.ARRIVAL_NUMBER},
    Kind.TASKS: {Column.TASK, Column.PRODUCT, Column.SUPPORTING},
}
# How columns are headed, without diacritics; the longest that a heading holds decides.
_HEADINGS = {
    Column.LINE_NUMBER: "stt|tt|so tt|so thu tu",
    Column.ARRIVED_ON: "ngay den|ngay nhan|ngay thang den|ngay vb den|ngay van ban den",
    Column.ARRIVAL_NUMBER: "so den|so vb den|so van ban den|so thu tu den",
    Column.ISSUER: "tac gia|co quan ban hanh|don vi ban hanh|noi gui|co quan gui|noi ban hanh|don vi gui|noi phat hanh",
    Column.SYMBOL: "so ky hieu|so ki hieu|so va ky hieu|so va ki hieu|so hieu|so ky hieu van ban|so van ban|so vb"
    "|ten loai so va ky hieu|ten loai so ky hieu|so ky hieu ngay thang van ban|van ban giao|van ban chi dao|van ban",
    Column.DATED: "ngay thang|ngay thang van ban|ngay van ban|ngay ban hanh|ngay thang nam|ngay vb|ngay ky"
    "|ngay thang vb|ngay thang ban hanh",
    Column.ABSTRACT: "trich yeu|ten loai va trich yeu|ten loai va trich yeu noi dung"
    "|ten loai va trich yeu noi dung van ban|trich yeu noi dung|noi dung van ban|ten van ban",
    Column.SIGNER: "nguoi ky",
    Column.RECIPIENTS: "noi nhan|noi nhan van ban|noi nhan vb|don vi nhan van ban",
    Column.KEEPER: "don vi luu|nguoi nhan ban luu|don vi nhan ban luu|don vi nguoi nhan ban luu|noi luu|luu",
    Column.COPIES: "so luong ban|so ban|so luong",
    Column.SENT_ON: "ngay chuyen di|ngay gui|ngay phat hanh|ngay di",
    Column.CHARGED: "don vi hoac nguoi nhan|don vi nguoi nhan|don vi nhan|don vi xu ly|nguoi xu ly|don vi thuc hien"
    "|don vi chu tri|co quan chu tri|chu tri|don vi hoac ca nhan nhan|don vi giai quyet|nguoi giai quyet"
    "|don vi duoc giao|don vi ca nhan thuc hien|don vi hoac ca nhan|co quan don vi chu tri|don vi chu tri thuc hien",
    Column.PASSED_ON: "ngay chuyen|ngay chuyen giao|ngay giao",
    Column.RECEIVED_BY: "ky nhan",
    Column.DEADLINE: "thoi han|han xu ly|thoi han giai quyet|han giai quyet|thoi han hoan thanh|han hoan thanh"
    "|thoi gian hoan thanh|thoi han xu ly|thoi gian thuc hien|han",
    Column.PROGRESS: "tien do|tien do giai quyet|ket qua|ket qua thuc hien|tinh trang|trang thai|tinh hinh thuc hien"
    "|tien do thuc hien|ket qua giai quyet",
    Column.DONE_ON: "ngay hoan thanh|ngay hoan thanh thuc te|thoi gian hoan thanh thuc te|ngay thuc hien xong"
    "|ngay giai quyet xong|ngay tra loi|ngay van ban tra loi|ngay vb tra loi",
    Column.ANSWER: "so ky hieu van ban tra loi|van ban tra loi|so ky hieu vb tra loi|vb tra loi"
    "|so va ky hieu van ban tra loi|van ban phuc dap",
    Column.TASK: "nhiem vu|noi dung nhiem vu|noi dung cong viec|cong viec|noi dung chi dao|nhiem vu duoc giao"
    "|ten nhiem vu|noi dung|noi dung thuc hien",
    Column.SUPPORTING: "don vi phoi hop|co quan phoi hop|phoi hop|co quan don vi phoi hop|don vi phoi hop thuc hien",
    Column.PRODUCT: "san pham|ket qua dau ra|san pham dau ra|hinh thuc van ban|san pham hoan thanh|ket qua san pham",
    Column.NOTE: "ghi chu",
}


@dataclass(frozen=True, slots=True)
class Head:
    """The line that heads the columns: its number, the kind of list, and for each cell its words and what it is."""

    line: int
    kind: Kind
    cells: tuple[tuple[str, Column | None], ...]

    @property
    def columns(self) -> set[Column]:
        """What was recognised."""
        return {column for _words, column in self.cells if column}


def column_of(words: str) -> Column | None:
    """Return what a heading means: one that is known whole, else the longest known one that stands in it."""
    plain, by_heading = " ".join(_NOT_A_WORD.sub(" ", fold(words)).split()), _by_heading()
    if plain in by_heading:
        return by_heading[plain]
    inside = [known for known in by_heading if len(known) > 4 and f" {known} " in f" {plain} "]
    return by_heading[max(inside, key=lambda known: (len(known), known))] if inside else None


@cache
def _by_heading() -> dict[str, Column]:
    """Return the column of each heading; the English ones are those of our own registers, which come back as well."""
    with translation.override("en"):
        own = {fold(str(name)): column for column, name in NAMES.items()}
    usual = {heading: column for column, headings in _HEADINGS.items() for heading in headings.split("|")}
    return {**own, "document": Column.SYMBOL, "lead unit": Column.CHARGED, **usual}


def head_of(lines: Sequence[tuple[int, Sequence[object]]], kind: Kind | None = None) -> Head | None:
    """Return the head among the first lines, the one of the most known columns; None if no line has two.

    A column that is headed twice counts once, the first time. Where merged cells stand above their parts, the parts of
    the next line say what the columns are. Without a `kind` the columns decide what list it is.
    """
    best: Head | None = None
    for place, (number, row) in enumerate(lines[:SEARCHED_LINES]):
        words = [" ".join(str(cell).split()) for cell in row]
        found = [(number, words)]
        below = lines[place + 1 : place + 2]
        if below and (parts := _parts(words, [" ".join(str(cell).split()) for cell in below[0][1]])):
            found.append((below[0][0], parts))
        for line, heads in found:
            cells = _known(heads)
            taken = {column for _words, column in cells if column}
            if len(taken) >= _LEAST_KNOWN and (best is None or len(taken) > len(best.columns)):
                best = _head(line, kind or _kind_of(taken), cells)
    return best


def _known(heads: Sequence[str]) -> list[tuple[str, Column | None]]:
    taken: set[Column] = set()
    cells: list[tuple[str, Column | None]] = []
    for words in heads:
        column = column_of(words) if words else None
        cells.append((words, None if column in taken else column))
        taken |= {column} if column else set()
    return cells


def _parts(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return the heads of two lines as one, the lower one where it has words; nothing if the lower one is no head."""
    if not any(lower) or not all(column_of(words) for words in lower if words):
        return []
    return [below or above for above, below in zip_longest(upper, lower, fillvalue="")]


def _head(line: int, kind: Kind, cells: Sequence[tuple[str, Column | None]]) -> Head:
    """Return a head; what a register of outgoing documents calls passed on is what was sent."""
    sent = kind == Kind.OUTGOING and Column.SENT_ON not in {column for _words, column in cells}
    told = ((words, Column.SENT_ON if sent and column == Column.PASSED_ON else column) for words, column in cells)
    return Head(line, kind, tuple(told))


def is_count(row: Sequence[object]) -> bool:
    """Whether a line only counts the columns: "(1) (2) (3)"."""
    texts = [text for cell in row if (text := str(cell).strip().removesuffix(".0"))]
    numbers = [match[1] for text in texts if (match := _COUNTED.fullmatch(text))]
    return (
        len(texts) > 1
        and len(numbers) == len(texts)
        and [int(each) for each in numbers] == list(range(1, len(texts) + 1))
    )


def _kind_of(found: set[Column]) -> Kind:
    def likeness(kind: Kind) -> tuple[int, int, int]:
        belonging = set(map(Column, _BELONGING[kind].split()))
        needed = len(found & set(NEEDED[kind])) - len(NEEDED[kind])
        return 2 * len(found & _TELLING[kind]) + needed, len(found & belonging), -list(Kind).index(kind)

    return max(Kind, key=likeness)
