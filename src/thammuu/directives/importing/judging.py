"""Lists judged line by line: what each cell means, what is wrong with it, and which lines name the same document."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from thammuu.directives.importing.columns import DAYS, NAMES, NEEDED, WHOLES, Column, Head, Kind, head_of, is_count
from thammuu.directives.importing.values import (
    Progress,
    Symbol,
    dated_in,
    day_of,
    days_in,
    next_of,
    progress_of,
    symbol_of,
)
from thammuu.kernel.errors import BadInput
from thammuu.kernel.text import LookAlike, clean, fold
from thammuu.paper.cells import read_cells

MOST_LINES = 20_000
MOST_SIGNS = 5_000
FAR = timedelta(days=3650)

_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
# The first may not be later than the second.
_ORDER = (
    (Column.DATED, Column.ARRIVED_ON),
    (Column.DATED, Column.SENT_ON),
    (Column.DATED, Column.DEADLINE),
    (Column.DATED, Column.DONE_ON),
    (Column.ARRIVED_ON, Column.PASSED_ON),
    (Column.ARRIVED_ON, Column.DEADLINE),
)

Value = str | int | date
Known = tuple[int, str, str, int | None]
"""A document by its number, symbol, issuer (folded) and year; the year is None where it is not known."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line; `column` is None for the line as a whole. A grave one keeps the line out."""

    column: Column | None
    reason: str
    grave: bool = True


@dataclass(slots=True)
class Line:
    """A line of the list by its number in the file: what was read, and what is wrong with it.

    `deadline_words` are the words of a deadline that was read out of them; `comes_again` says that they are a rhythm,
    of which the deadline is the next day.
    """

    number: int
    values: dict[Column, Value] = field(default_factory=dict)
    symbol: Symbol | None = None
    progress: Progress | None = None
    deadline_words: str = ""
    comes_again: bool = False
    faults: list[Fault] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        """Whether the line can be taken over."""
        return not any(fault.grave for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Judged:
    """A whole list: its head, its lines, and the columns that it should have and has not."""

    head: Head
    lines: tuple[Line, ...]
    missing: tuple[Column, ...]


def read_register(
    content: bytes, *, today: date, kind: Kind | None = None, issuer: str = "", known: Set[Known] = frozenset()
) -> Judged:
    """Read a register or a task list in the sandbox and judge every line of it.

    `kind` says what list it is, where its columns shall not decide. `issuer` is the office whose own outgoing register
    it is. `known` are the documents that are registered already. Raises `BadInput` for `file` where it is no such list.
    """
    lines = read_cells(content, MOST_LINES)
    head = head_of(lines, kind)
    if head is None:
        raise BadInput("file", _("No line of the file heads the columns of a register or a task list."))
    rows = [(number, row) for number, row in lines if number > head.line and not is_count(row)]
    if len(rows) > MOST_LINES:
        raise BadInput("file", _("The file has more than {most} lines.").format(most=MOST_LINES))
    judged = tuple(_judged(number, row, head, today) for number, row in rows)
    if not judged:
        raise BadInput("file", _("There are no lines below the head of the list."))
    if head.kind in (Kind.OUTGOING, Kind.INCOMING):
        _find_doubles(judged, issuer, known)
    return Judged(head, judged, tuple(column for column in NEEDED[head.kind] if column not in head.columns))


def document_of(line: Line, issuer: str = "") -> Known | None:
    """Return the document that a line names, None if its number and symbol cannot be told."""
    if line.symbol is None:
        return None
    dated = line.values.get(Column.DATED)
    year = dated.year if isinstance(dated, date) else line.symbol.year
    author = " ".join(fold(str(line.values.get(Column.ISSUER, issuer))).split())
    return line.symbol.number, line.symbol.notation, author, year


def _judged(number: int, row: Sequence[object], head: Head, today: date) -> Line:
    line = Line(number)
    for (_words, column), cell in zip(head.cells, row, strict=False):
        if column is not None:
            _take(line, column, cell)
    blamed = {fault.column for fault in line.faults}
    for column in NEEDED[head.kind]:
        if column in head.columns and column not in line.values and column not in blamed:
            line.faults.append(Fault(column, _("“{column}” is empty.").format(column=NAMES[column])))
    line.symbol = symbol_of(str(line.values.get(Column.SYMBOL, "")))
    if Column.SYMBOL in line.values and line.symbol is None and head.kind != Kind.TASKS:
        told = _("“{value}” is no number and symbol like 15/CT-BCA.")
        line.faults.append(Fault(Column.SYMBOL, told.format(value=line.values[Column.SYMBOL]), grave=False))
    if head.kind == Kind.FOLLOW_UP and Column.DATED not in head.columns:
        # The decree's register has number, symbol and day in one column.
        dated = dated_in(str(line.values.get(Column.SYMBOL, "")))
        line.values |= {Column.DATED: dated} if dated else {}
    _read_deadline(line, today)
    line.progress = progress_of(str(line.values.get(Column.PROGRESS, "")))
    line.faults += _of_days(line.values, today)
    return line


def _take(line: Line, column: Column, cell: object) -> None:
    """Read a cell into the line, or say what is wrong with it."""
    if isinstance(cell, date):
        line.values[column] = cell if column in DAYS else f"{cell:%d/%m/%Y}"
        return
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(str(cell).split())
    if not text:
        return
    try:
        line.values[column] = _value(column, clean(text))
    except LookAlike:
        told = _("“{value}” has a letter that only looks like Đ.").format(value=text[:80])
        line.faults.append(Fault(column, told))
    except BadInput as fault:
        line.faults.append(Fault(column, fault.reason))


def _read_deadline(line: Line, today: date) -> None:
    """Read a deadline that is put into words: around one day ("trước ngày 15/3/2026"), or one that comes again."""
    words = line.values.get(Column.DEADLINE)
    if not isinstance(words, str):
        return
    days = days_in(words)
    day, told = (days[0], _("“{value}” is read as {day}.")) if len(days) == 1 else (None, "")
    if not days and (day := next_of(words, today)) is not None:
        line.comes_again = True
        told = _("“{value}” comes again: its next day, {day}, is the deadline, and the rhythm stays in words.")
    if day is not None:
        line.values[Column.DEADLINE], line.deadline_words = day, words
        line.faults.append(Fault(Column.DEADLINE, told.format(value=words[:80], day=f"{day:%d/%m/%Y}"), grave=False))


def _value(column: Column, text: str) -> Value:
    if text.upper() in _ERRORS:
        raise BadInput(column, _("The cell holds the error {value} of a formula.").format(value=text))
    if len(text) > MOST_SIGNS:
        raise BadInput(column, _("A cell holds more than {most} characters.").format(most=MOST_SIGNS))
    if column in WHOLES:
        if not (text.isascii() and text.isdecimal() and len(text) < 7):
            raise BadInput(column, _("“{value}” is no whole number.").format(value=text))
        return int(text)
    if column not in DAYS:
        return text
    try:
        day = day_of(text)
    except ValueError:
        raise BadInput(column, _("“{value}” is a day that does not exist.").format(value=text)) from None
    if day is None and column != Column.DEADLINE:
        raise BadInput(column, _("“{value}” is no day like 05/02/2026.").format(value=text))
    # A deadline may stand in words: "hàng tháng", "quý II". It is kept as it is.
    return text if day is None else day


def _of_days(values: Mapping[Column, Value], today: date) -> Iterator[Fault]:
    days = {column: value for column, value in values.items() if isinstance(value, date)}
    for column, day in days.items():
        if column != Column.DEADLINE and day > today:
            yield Fault(column, _("{day} lies in the future.").format(day=f"{day:%d/%m/%Y}"))
        elif abs(day - today) > FAR:
            yield Fault(column, _("{day} is more than ten years away.").format(day=f"{day:%d/%m/%Y}"), grave=False)
    for first, second in _ORDER:
        if first in days and second in days and days[first] > days[second]:
            told = _("“{second}” is before “{first}”.").format(first=NAMES[first], second=NAMES[second])
            yield Fault(second, told, grave=second == Column.DEADLINE)
    deadline = values.get(Column.DEADLINE)
    if isinstance(deadline, str):
        told = _("“{value}” is no day; without one the line is not taken over.").format(value=deadline[:80])
        yield Fault(Column.DEADLINE, told, grave=False)


def _find_doubles(lines: Sequence[Line], issuer: str, known: Set[Known]) -> None:
    """Mark what names a document that an earlier line or the register has: number, symbol and issuer of one year."""
    first: dict[Known, int] = {}
    for line in lines:
        document = document_of(line, issuer)
        if document is None:
            continue
        if document in first:
            told = _("Line {line} names the same number, symbol and issuer.").format(line=first[document])
            line.faults.append(Fault(Column.SYMBOL, told, grave=False))
        elif document in known:
            told = _("A document of this number, symbol and issuer is registered already.")
            line.faults.append(Fault(Column.SYMBOL, told, grave=False))
        first.setdefault(document, line.number)
