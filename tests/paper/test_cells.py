"""The cells of tables: which sheet is read, and what a cell becomes."""

import io
from datetime import date, datetime

import pytest
import xlsxwriter
from django.utils import translation

from thammuu.kernel.errors import BadInput
from thammuu.paper.cells import read_cells
from thammuu.paper.rules import COMPOUND_START


def test_the_first_sheet_that_holds_anything_is_read_and_its_formulas_are_not() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("Trống")
        sheet = book.add_worksheet("Sổ")
        sheet.write_row(1, 0, ["Số", 7, True])
        sheet.write_datetime(1, 3, datetime(2026, 2, 5), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_formula(1, 4, "=1+1", value=2)
        book.add_worksheet("Khác").write(0, 0, "x")
    [(line, cells)] = read_cells(content.getvalue(), 10)
    assert (line, list(cells)) == (2, ["Số", 7, True, date(2026, 2, 5), 2])


@pytest.mark.parametrize("content", [COMPOUND_START + bytes(600), b"PK\x03\x04" + bytes(50)])
def test_a_broken_workbook_is_refused(content: bytes) -> None:
    with translation.override("en"), pytest.raises(BadInput, match="workbook cannot be read"):
        read_cells(content, 10)
