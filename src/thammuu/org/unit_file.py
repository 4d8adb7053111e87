"""Units from a workbook (XLSX, ODS) or a CSV file: each line read into a change of the tree, or a fault.

Nothing is saved here. A workbook's cells are read as values; formulas are not computed and macros not run.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import gettext as _

from thammuu.kernel.errors import BadInput
from thammuu.kernel.text import LookAlike, clean
from thammuu.org.planning import Change
from thammuu.paper.cells import read_cells

NEEDED = ("code", "level", "name", "parent_code")
OPTIONAL = ("short_name", "starts_on", "closes_on", "successor_codes")
COLUMNS = (*NEEDED, *OPTIONAL)
MOST_LINES = 20_000
MOST_DAYS = 30

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")

Cells = dict[str, object]


class LineFault(Exception):
    """A line cannot be read: in this column, for this reason."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def read_unit_file(content: bytes, starts_on: date) -> list[Change]:
    """Return a change for each line of the file, valid from `starts_on` where the line names no day.

    A line that cannot be read is a change with a fault. Raises `BadInput` if the file as a whole cannot be read.
    """
    changes = [_change(line, cells, starts_on) for line, cells in _lines(content)]
    if not changes:
        raise BadInput("file", _("There are no units in the file."))
    if len({change.starts_on for change in changes}) > MOST_DAYS:
        raise BadInput("file", _("The file names more than {most} days.").format(most=MOST_DAYS))
    return changes


def _lines(content: bytes) -> Iterator[tuple[int, Cells]]:
    table = iter(read_cells(content, MOST_LINES))
    line, head = next(table, (1, []))
    names = [str(cell).strip().lower() for cell in head]
    missing = [column for column in NEEDED if column not in names]
    if missing:
        told = _("Line {line}: the header lacks the columns {columns}.")
        raise BadInput("file", told.format(line=line, columns=", ".join(missing)))
    twice = [name for name in set(names) & set(COLUMNS) if names.count(name) > 1]
    if twice:
        raise BadInput("file", _("The column {column} stands twice in the header.").format(column=twice[0]))
    for count, (line, row) in enumerate(table, 1):
        if count > MOST_LINES:
            raise BadInput("file", _("The file has more than {most} lines.").format(most=MOST_LINES))
        yield line, dict(zip(names, row, strict=False))


def _change(line: int, cells: Cells, default: date) -> Change:
    try:
        return _read(line, cells, default)
    except LineFault as fault:
        code, name = (_shown(_plain(cells, column)) for column in ("code", "name"))
        return Change(line, code, default, name=name, column=fault.column, fault=_shown(fault.reason))


def _shown(text: str) -> str:
    """Return what a faulty cell holds, as far as it can be shown and kept."""
    return "".join("\ufffd" if unicodedata.category(sign)[0] == "C" else sign for sign in text[:400])


def _read(line: int, cells: Cells, default: date) -> Change:
    closes_on = _day(cells, "closes_on")
    successors = [
        checked_code("successor_codes", code) for code in re.split(r"[;,\s]+", _plain(cells, "successor_codes")) if code
    ]
    closes = closes_on is not None or bool(successors)
    return Change(
        line=line,
        code=checked_code("code", cells.get("code", "")),
        starts_on=closes_on or _day(cells, "starts_on") or default,
        level=_plain(cells, "level"),
        name=checked_name("name", _plain(cells, "name")),
        short_name=checked_name("short_name", _plain(cells, "short_name")),
        parent=checked_code("parent_code", cells.get("parent_code", "")) if _plain(cells, "parent_code") else None,
        closes=closes,
        successors=tuple(dict.fromkeys(successors)),
    )


def _plain(cells: Cells, column: str) -> str:
    return str(cells.get(column, "")).strip()


def checked_code(column: str, value: object) -> str:
    """Return a unit's code. Raises `LineFault` for a number, which has lost its leading zeros, and for other signs."""
    if isinstance(value, float | int):
        told = _("The code {code} is a number in the workbook; make the column text, or leading zeros are lost.")
        raise LineFault(column, told.format(code=f"{value:g}"))
    code = str(value).strip()
    if not code:
        raise LineFault(column, _("The column {column} is empty.").format(column=column))
    if not _CODE.fullmatch(code):
        told = _("The code {code} may only have the letters A to Z, digits, dots and hyphens.")
        raise LineFault(column, told.format(code=code[:40]))
    return code


def checked_name(column: str, text: str) -> str:
    """Return a unit's name in its stored form. Raises `LineFault` for a letter that only looks Vietnamese."""
    try:
        name = " ".join(clean(text).split())
    except LookAlike as error:
        told = _("The name has a look-alike letter: {fault}.").format(fault=error)
        raise LineFault(column, told) from error
    for letter in name:
        if letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN "):
            told = _("The name has a look-alike letter: {letter} (U+{number}) is not Latin.")
            raise LineFault(column, told.format(letter=letter, number=f"{ord(letter):04X}"))
        if unicodedata.category(letter)[0] == "C":
            told = _("The name has an unprintable character (U+{number}).")
            raise LineFault(column, told.format(number=f"{ord(letter):04X}"))
    if len(name) > 200:
        raise LineFault(column, _("The name has more than 200 letters."))
    return name


def _day(cells: Cells, column: str) -> date | None:
    value = cells.get(column, "")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if not text:
        return None
    parts = _DAY.fullmatch(text)
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1])) if parts else date.fromisoformat(text)
    except ValueError as error:
        told = _("{text} is no day; write it as 2025-07-01 or 01/07/2025.").format(text=text[:40])
        raise LineFault(column, told) from error
