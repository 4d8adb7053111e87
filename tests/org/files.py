"""Files of units for the tests."""

import io
from collections.abc import Sequence

import xlsxwriter

HEAD = "code,level,name,parent_code"


def csv_of(*lines: str, head: str = HEAD) -> bytes:
    """A CSV file of the lines."""
    return "\n".join((head, *lines)).encode()


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook of the rows; numbers stay numbers, text stays text."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                if hasattr(cell, "year"):
                    sheet.write_datetime(line, column, cell, day)
                else:
                    sheet.write(line, column, cell)
    return content.getvalue()
