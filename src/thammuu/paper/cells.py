"""The cells of a table (XLSX, ODS, XLS or CSV), line by line, read in the sandbox: nothing is computed or run."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from thammuu.kernel.errors import BadInput
from thammuu.paper.rules import COMPOUND_START
from thammuu.paper.sandbox import Answer, Broken, TooMuch, read_apart

# What a workbook may unpack to; the largest honest one, of 20,000 lines, has a tenth of it.
MOST_BYTES = 60_000_000
FIRST_LINES = 20
MOST_SIGNS = 32_767  # of a cell, as Excel has it

_READER = "thammuu.paper.cells:cells"
Line = tuple[int, Sequence[object]]


def read_cells(content: bytes, most: int) -> list[Line]:
    """Return the lines that hold anything, at most a few more than `most`, each with its number and cells.

    A cell is a text, a number, a truth value or a day. Raises `BadInput` if the file cannot be read.
    """
    try:
        found = read_apart(_READER, content, {"most": most}).value
        return [(int(line), [_cell(cell) for cell in row]) for line, row in found]
    except TooMuch:
        raise BadInput("file", _("The file takes more time or memory to read than a file may.")) from None
    except (Broken, TypeError, ValueError):
        raise BadInput("file", _("The file is damaged and cannot be read.")) from None


def cells(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    """In the sandbox: the lines of a workbook or of a text, with a day as {"day": "2025-07-01"}."""
    most = int(arguments["most"])
    packed = content.startswith((b"PK", COMPOUND_START))
    table = _workbook_cells(content, most) if packed else _text_cells(content)
    lines: list[Any] = []
    for line, row in table:
        if len(lines) > most + 1:
            break
        lines.append((line, [_told(cell) for cell in row]))
    return Answer(lines)


def rehearse() -> None:
    """Read a little of each kind, so that nothing is imported later."""
    cells(b"a;b\n", {"most": 1})
    try:
        cells(b"PK", {"most": 1})
    except BadInput:
        return


def _cell(told: Any) -> object:
    return date.fromisoformat(told["day"]) if isinstance(told, dict) else told


def _told(cell: object) -> object:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, bool | int | float):
        return cell
    text = str(cell)
    if len(text) > MOST_SIGNS:
        raise BadInput("file", _("A cell holds more than {most} characters.").format(most=MOST_SIGNS))
    return text


def _text_cells(content: bytes) -> Iterator[tuple[int, Sequence[object]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadInput(
            "file", _("Line {line} is not UTF-8 text, and the file is no workbook.").format(line=line)
        ) from error
    # A title may stand above the head, without any delimiter.
    first = "\n".join(text.split("\n", FIRST_LINES)[:FIRST_LINES])
    rows = csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                yield rows.line_num, row
    except csv.Error as error:
        told = _("Line {line}: {reason}").format(line=rows.line_num, reason=error)
        raise BadInput("file", told) from error


def _workbook_cells(content: bytes, most: int) -> Iterator[tuple[int, Sequence[object]]]:
    try:
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                size = sum(part.file_size for part in packed.infolist())
            if size > MOST_BYTES:
                raise BadInput("file", _("The workbook is larger than a list may be."))
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = (book.get_sheet_by_index(place) for place in range(len(book.sheet_names)))
        # An empty sheet may stand before the one with the list.
        rows = next(filter(None, (each.to_python(skip_empty_area=False, nrows=most + 2) for each in sheets)), [])
    except (CalamineError, zipfile.BadZipFile, IndexError, ValueError) as error:
        raise BadInput("file", _("The workbook cannot be read: {fault}.").format(fault=error)) from error
    for line, row in enumerate(rows, 1):
        if any(str(cell).strip() for cell in row):
            yield line, row
