"""What python-docx has no word for: rules of an exact length, boxes, fields, and measures of words."""

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from PIL import ImageFont

from thammuu.paper.typesetting.official import FONTS

EIGHTHS = 8
"""Word measures lines in eighths of a point."""

_MEASURED = 1000


@lru_cache
def _bold() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / "Tinos_700Bold.ttf", _MEASURED)


def width_in_bold(text: str, points: float) -> Length:
    """Return how long a line of bold text is; Tinos has the metrics of Times New Roman."""
    return Pt(_bold().getlength(text) * points / _MEASURED)


def element(name: str, **values: str) -> BaseOxmlElement:
    """Return an element of WordprocessingML, its attributes named without their prefix."""
    made = cast(BaseOxmlElement, OxmlElement(f"w:{name}"))
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def draw_rule(paragraph: Paragraph, width: Length, room: Length, points: float = 0.6) -> None:
    """Make an empty paragraph a rule of that width in the middle of the room that it has."""
    side = Emu((room - width) // 2)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    form.first_line_indent = Emu(0)
    form.space_before, form.space_after = Mm(1), Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(2)
    borders = element("pBdr")
    borders.append(element("top", val="single", sz=str(round(points * EIGHTHS)), space="0", color="000000"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def add_grid(document: Document, columns: Sequence[Length], rows: int = 1) -> Table:
    """Add a table of exact columns, without lines and without room around its cells; its rows stay whole."""
    table: Table = document.add_table(rows, len(columns))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    properties = table._tbl.tblPr
    properties.append(_margins())
    for column, width in zip(table.columns, columns, strict=True):
        column.width = width
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))
        for cell, width in zip(row.cells, columns, strict=True):
            cell.width = width
    return table


def add_box(document: Document, width: Length, height: Length, colour: str) -> _Cell:
    """Add a box of exact size with a line of one point around it, and return its inside."""
    table = add_grid(document, [width])
    row = table.rows[0]
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.EXACTLY, height
    cell = row.cells[0]
    borders = element("tcBorders")
    for side in ("top", "left", "bottom", "right"):
        borders.append(element(side, val="single", sz=str(EIGHTHS), space="0", color=colour))
    properties = cell._tc.get_or_add_tcPr()
    properties.append(borders)
    properties.append(element("vAlign", val="center"))
    return cell


def add_page_number(paragraph: Paragraph, points: float) -> None:
    """Set the number of the page in the middle."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = element("fldSimple", instr="PAGE")
    paragraph._p.append(field)
    run = paragraph.add_run("2")
    run.font.size = Pt(points)
    field.append(run._r)


def _margins() -> BaseOxmlElement:
    margins = element("tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        margins.append(element(side, w="0", type="dxa"))
    return margins
