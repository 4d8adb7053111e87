"""Workbooks that are handed out: whatever a cell holds, it is text or a number and nothing in it is live."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

# It comes without types.
import xlsxwriter

from thammuu.paper.tabular import Table


def workbook_in(out: BytesIO) -> Any:
    """Return a workbook of `xlsxwriter`, to be used by `with`, that takes no text for a formula or an address."""
    return xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})


def workbook_of(tables: Iterable[Table]) -> bytes:
    """Return tables as the sheets of one XLSX: text stays text, fractions are shares, the head stays in sight."""
    out = BytesIO()
    with workbook_in(out) as book:
        bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        share = book.add_format({"num_format": "0.00%"})
        for table in tables:
            sheet = book.add_worksheet(table.name[:31] or None)
            for place, (column, width) in enumerate(zip(table.columns, table.widths_of(), strict=True)):
                sheet.set_column(place, place, width)
                sheet.write_string(0, place, column, bold)
            for number, cells in enumerate(table.rows, 1):
                for place, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(number, place, cell, wrapped)
                    elif cell is not None:
                        sheet.write_number(number, place, cell, share if isinstance(cell, float) else None)
            sheet.freeze_panes(1, 0)
    return out.getvalue()
