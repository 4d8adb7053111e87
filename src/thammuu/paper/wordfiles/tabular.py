"""Tables as a Word file: real tables with a heading row that every page repeats."""

import unicodedata
from collections.abc import Sequence
from typing import cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Row
from docx.text.paragraph import Paragraph

from thammuu.paper.tabular import Table, TablePaper, is_number, shown
from thammuu.paper.wordfiles.elements import add_page_number, element

FONT = "Times New Roman"
WIDTH = Mm(257)


def filled(paper: TablePaper) -> Document:
    """Return the tables as a document of python-docx."""
    file = docx.Document()
    _set_page(file, paper.language)
    _say(file.add_paragraph(), paper.title.upper(), 15, bold=True)
    for line in paper.told:
        _say(file.add_paragraph(), line, 11, italic=True)
    for table in paper.tables:
        heading = file.add_paragraph()
        _say(heading, table.name, 13, bold=True)
        heading.alignment = WD_ALIGN_PARAGRAPH.LEFT
        heading.paragraph_format.space_before, heading.paragraph_format.keep_with_next = Mm(4), True
        _fill(file, table)
    return file


def _set_page(file: Document, language: str) -> None:
    style = cast(ParagraphStyle, file.styles["Normal"])
    style.font.name, style.font.size = FONT, Pt(11)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    for one in file.styles.element.iter(qn("w:lang")):
        one.set(qn("w:val"), "en-GB" if language == "en" else "vi-VN")
    section = file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)
    section.left_margin = section.right_margin = Mm(20)
    add_page_number(section.footer.paragraphs[0], 10)


def _fill(file: Document, table: Table) -> None:
    made = file.add_table(1, len(table.columns))
    made.style = file.styles["Table Grid"]
    made.autofit = False
    signs = table.widths_of()
    widths = [Length(WIDTH * one // sum(signs)) for one in signs]
    head = made.rows[0]
    head._tr.get_or_add_trPr().append(element("tblHeader"))
    _fill_row(head, table.columns, widths, bold=True)
    for row in table.rows:
        _fill_row(made.add_row(), [shown(cell) for cell in row], widths, numbers=[is_number(cell) for cell in row])


def _fill_row(
    row: _Row, texts: Sequence[str], widths: Sequence[Length], *, numbers: Sequence[bool] = (), bold: bool = False
) -> None:
    row._tr.get_or_add_trPr().append(element("cantSplit"))
    for place, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
        cell.width = width
        paragraph = cell.paragraphs[0]
        _say(paragraph, text, 11, bold=bold)
        if not bold:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if numbers[place] else WD_ALIGN_PARAGRAPH.LEFT


def _say(paragraph: Paragraph, text: str, points: float, *, bold: bool = False, italic: bool = False) -> None:
    kept = (sign for sign in unicodedata.normalize("NFC", text) if sign == "\n" or unicodedata.category(sign) != "Cc")
    run = paragraph.add_run("".join(kept))
    run.font.size, run.bold, run.italic = Pt(points), bold or None, italic or None
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
