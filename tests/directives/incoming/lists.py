"""The lists of offices for the tests: as Excel writes them, as LibreOffice does, and as text."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from openpyxl import Workbook

FOLLOW_UP = [
    "Số đến", "Tên loại, số và ký hiệu, ngày tháng, cơ quan ban hành", "Đơn vị hoặc người nhận", "Thời hạn giải quyết",
    "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời", "Ghi chú",
]  # fmt: skip
TASKS = ["STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn", "Sản phẩm", "Kết quả thực hiện"]
Rows = Sequence[Sequence[object]]


def excel(rows: Rows, merged: Sequence[str] = (), day_cells: Sequence[str] = ()) -> bytes:
    """A workbook with merged ranges, and with day cells in the format of a day; "=…" is a formula never computed."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    for cell in day_cells:
        sheet[cell].number_format = "dd/mm/yyyy"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def libre(rows: Rows) -> bytes:
    """A spreadsheet of OpenDocument."""
    lines = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sổ">{lines}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("mimetype", kind, zipfile.ZIP_STORED)
        packed.writestr("content.xml", text)
        packed.writestr("META-INF/manifest.xml", listed)
    return content.getvalue()


def text(rows: Rows) -> bytes:
    """A text with semicolons, as Excel exports it here."""
    return "\n".join(";".join(str(cell) for cell in row) for row in rows).encode("utf-8-sig")


def _cell(value: object) -> str:
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"
