"""An administrative document as DOCX, by the layout of Decree 30/2020/NĐ-CP, appendix I.

The measures are those of `typesetting/official.typ`. It names Times New Roman, which the reader's computer has.
"""

import io
import unicodedata
from collections.abc import Sequence
from typing import cast

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from thammuu.paper.packages import clean_package
from thammuu.paper.typesetting.official import Block, BlockKind, OfficialDocument, Urgency, dated
from thammuu.paper.wordfiles.elements import add_box, add_grid, add_page_number, draw_rule, element, width_in_bold

FONT = "Times New Roman"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
LEFT, RIGHT = Mm(68), Mm(92)
TEXT_WIDTH = Mm(160)
INDENT = Mm(12.7)
STAMPS = {Urgency.FLASH: Mm(30), Urgency.MOST_URGENT: Mm(40), Urgency.URGENT: Mm(20)}
STAMP_HEIGHT = Mm(8)
RED = "FF0000"

_ISSUER_RULE = 0.4
_ROOM_TO_SIGN = Mm(24)
_CENTRE, _JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


def written(document: OfficialDocument) -> bytes:
    """Return the document as DOCX; the same document gives the same bytes."""
    word_document = docx.Document()
    _set_page(word_document)
    _head(word_document, document)
    _stamps(word_document, document)
    _title(word_document, document)
    _text(word_document, document)
    _foot(word_document, document)
    saved = io.BytesIO()
    word_document.save(saved)
    # Written anew it has no dates, no properties and no picture of the library's template.
    return cast(bytes, clean_package(saved.getvalue()))


def _set_page(file: Document) -> None:
    style = cast(ParagraphStyle, file.styles["Normal"])
    style.font.name, style.font.size = FONT, Pt(14)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(21), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.header_distance = section.footer_distance = Mm(11)
    # The first page has a head of its own, which is empty: its number is hidden.
    section.different_first_page_header_footer = True
    add_page_number(section.header.paragraphs[0], 13)


def _add(cell: _Cell, text: str, points: float, *, bold: bool = False, italic: bool = False) -> Paragraph:
    """Add a centred line to a cell, its first one in the empty paragraph that every cell begins with."""
    first = cell.paragraphs[0]
    paragraph: Paragraph = cell.add_paragraph() if first.runs or len(cell.paragraphs) > 1 else first
    paragraph.alignment = _CENTRE
    _say(paragraph, text, points, bold=bold, italic=italic)
    return paragraph


def _say(paragraph: Paragraph, text: str, points: float = 14, *, bold: bool = False, italic: bool = False) -> None:
    shown = (sign for sign in unicodedata.normalize("NFC", text) if sign == "\n" or unicodedata.category(sign) != "Cc")
    run = paragraph.add_run("".join(shown))
    run.font.size, run.bold, run.italic = Pt(points), bold or None, italic or None


def _head(file: Document, document: OfficialDocument) -> None:
    table = add_grid(file, [LEFT, RIGHT], rows=2)
    left, right = table.rows[0].cells
    issuer = document.issuer.upper()
    if document.parent:
        _add(left, document.parent.upper(), 12)
    _add(left, issuer, 12, bold=True)
    length = min(width_in_bold(issuer, 12), LEFT)
    draw_rule(left.add_paragraph(), Length(int(length * _ISSUER_RULE)), LEFT)
    _add(right, COUNTRY, 12, bold=True)
    _add(right, MOTTO, 13, bold=True)
    draw_rule(right.add_paragraph(), width_in_bold(MOTTO, 13), RIGHT)
    left, right = table.rows[1].cells
    for cell, text, italic in (
        (left, f"Số: {document.number or ' ' * 6}", False),
        (right, dated(document.place, document.day), True),
    ):
        _add(cell, text, 13, italic=italic).paragraph_format.space_before = Mm(3)
    if not document.type:
        _add(left, f"V/v {document.abstract}", 12)


def _stamps(file: Document, document: OfficialDocument) -> None:
    boxes: list[tuple[str, Length, int]] = []
    if document.urgency:
        boxes.append((str(document.urgency), STAMPS[document.urgency], 14))
    if document.circulation:
        boxes.append((document.circulation, Length(width_in_bold(document.circulation, 13) + Mm(4)), 13))
    for text, width, points in boxes:
        file.add_paragraph().paragraph_format.line_spacing = Pt(6)
        cell = add_box(file, width, STAMP_HEIGHT, RED)
        _add(cell, text, points, bold=True).runs[0].font.color.rgb = RGBColor.from_string(RED)


def _title(file: Document, document: OfficialDocument) -> None:
    file.add_paragraph().paragraph_format.line_spacing = Mm(4)
    if document.type:
        for text in (document.type.upper(), document.abstract):
            paragraph = file.add_paragraph()
            paragraph.alignment = _CENTRE
            _say(paragraph, text, bold=True)
        draw_rule(file.add_paragraph(), Mm(30), TEXT_WIDTH)
    addressed = list(document.addressed)
    if addressed:
        lines = [f"Kính gửi: {addressed[0]}"] if len(addressed) == 1 else ["Kính gửi:", *_listed(addressed)]
        for line in lines:
            paragraph = file.add_paragraph()
            paragraph.paragraph_format.left_indent = Mm(20)
            _say(paragraph, line)


def _listed(each: Sequence[str]) -> list[str]:
    return [f"- {one}{'.' if number == len(each) else ';'}" for number, one in enumerate(each, 1)]


def _text(file: Document, document: OfficialDocument) -> None:
    style = cast(ParagraphStyle, file.styles.add_style("Official Text", WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = file.styles["Normal"]
    form = style.paragraph_format
    form.alignment, form.first_line_indent, form.space_before = _JUSTIFIED, INDENT, Pt(6)
    form.widow_control = True
    for number, ground in enumerate(document.grounds, 1):
        end = "." if number == len(document.grounds) else ";"
        _say(_styled(file, style), ground + end, italic=True)
    for block in document.blocks:
        _block(_styled(file, style), block)


def _styled(file: Document, style: ParagraphStyle) -> Paragraph:
    """Add a paragraph of a style by its name: the library would look through all styles for each of them."""
    paragraph = file.add_paragraph()
    paragraph._p.style = style.style_id
    return paragraph


def _block(paragraph: Paragraph, block: Block) -> None:
    if block.kind == BlockKind.CHAPTER:
        paragraph.alignment, paragraph.paragraph_format.first_line_indent = _CENTRE, Pt(0)
        _say(paragraph, f"{block.label}\n{block.text.upper()}", bold=True)
    else:
        _say(paragraph, f"{block.label} {block.text}".strip(), bold=block.kind == BlockKind.HEADING)
    if block.kind != BlockKind.TEXT:
        paragraph.paragraph_format.keep_with_next = True
        level = "0" if block.kind == BlockKind.CHAPTER else "1"
        paragraph._p.get_or_add_pPr().append(element("outlineLvl", val=level))


def _foot(file: Document, document: OfficialDocument) -> None:
    file.add_paragraph().paragraph_format.line_spacing = Mm(6)
    left, right = add_grid(file, [Mm(80), Mm(80)]).rows[0].cells
    _say(left.paragraphs[0], "Nơi nhận:", 12, bold=True, italic=True)
    for line in _listed(document.recipients):
        _say(left.add_paragraph(), line, 11)
    for line in document.signature.capacity:
        _add(right, line.upper(), 14, bold=True)
    _add(right, document.signature.name, 14, bold=True).paragraph_format.space_before = _ROOM_TO_SIGN
