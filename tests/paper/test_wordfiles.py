"""An administrative document as DOCX, read back and measured against Decree 30/2020/NĐ-CP, appendix I."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from tests.paper.test_typesetting import DIRECTIVE, LONG, line_of
from thammuu.paper.examining import examine
from thammuu.paper.reading.apart import read
from thammuu.paper.rules import MediaType
from thammuu.paper.typesetting.official import Block, BlockKind, OfficialDocument, Urgency
from thammuu.paper.wordfiles import write
from thammuu.paper.wordfiles.elements import width_in_bold

TWENTIETHS = 20  # of a point: the unit of most measures in the file
LETTER = replace(
    DIRECTIVE, type="", number="", day=None, addressed=("Công an thành phố Huế", "Cục C06"), urgency=Urgency.FLASH,
    circulation="LƯU HÀNH NỘI BỘ",
    blocks=(Block("Quy định chung", "Chương I", BlockKind.CHAPTER), *DIRECTIVE.blocks[:3]),
)  # fmt: skip


@pytest.fixture(scope="module")
def directive() -> Document:
    return opened(DIRECTIVE)


@pytest.fixture(scope="module")
def letter() -> Document:
    return opened(LETTER)


def opened(document: OfficialDocument) -> Document:
    return docx.Document(io.BytesIO(write(document)))


def paragraphs(file: Document) -> Iterator[Paragraph]:
    """All paragraphs, those of tables too, in the order of the page."""
    for part in file.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                for cell in row.cells:
                    yield from cell.paragraphs
        else:
            yield part


def of(file: Document, words: str) -> Paragraph:
    return next(paragraph for paragraph in paragraphs(file) if words in paragraph.text)


def millimetres(twentieths: str | None) -> float:
    return int(twentieths or 0) / TWENTIETHS / 72 * 25.4


def measured(paragraph: Paragraph, path: str, name: str) -> float:
    [found] = paragraph._p.xpath(path)
    return millimetres(found.get(qn(f"w:{name}")))


def test_the_page_is_a4_with_the_decrees_margins_and_no_number_on_the_first(directive: Document) -> None:
    [section] = directive.sections
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(each.mm, 1) for each in sizes if each] == [210, 297, 21, 20]
    assert [round(each.mm, 1) for each in (section.left_margin, section.right_margin) if each] == [30, 20]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    [number] = section.header.paragraphs
    assert number._p.xpath("w:fldSimple/@w:instr") == ["PAGE"]
    assert number._p.xpath("w:fldSimple/w:r/w:rPr/w:sz/@w:val") == ["26"]
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER


@pytest.mark.parametrize(
    ("words", "points", "bold", "italic"),
    [
        ("BỘ CÔNG AN", 12, False, False),
        ("VĂN PHÒNG BỘ", 12, True, False),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, False),
        ("Số: 05/CT-VP", 13, False, False),
        ("Hà Nội, ngày 05 tháng 02 năm 2026", 13, False, True),
        ("CHỈ THỊ", 14, True, False),
        ("Về tăng cường", 14, True, False),
        ("Căn cứ chương trình công tác năm 2026;", 14, False, True),
        ("Theo đề nghị của Phòng Tham mưu.", 14, False, True),
        ("1. Nhiệm vụ chung", 14, True, False),
        (f"a) {LONG}", 14, False, False),
        ("Nơi nhận:", 12, True, True),
        ("- Như trên;", 11, False, False),
        ("- Lưu: VT, TM.", 11, False, False),
        ("KT. CHÁNH VĂN PHÒNG", 14, True, False),
        ("Nguyễn Văn A", 14, True, False),
    ],
)
def test_each_part_has_its_size_and_weight(
    directive: Document, words: str, points: float, bold: bool, italic: bool
) -> None:
    [run] = of(directive, words).runs
    assert run.font.size is not None
    assert (run.font.size.pt, bool(run.bold), bool(run.italic)) == (points, bold, italic)
    assert run.font.name is None


def test_every_script_is_in_times_new_roman_and_the_language_is_vietnamese(directive: Document) -> None:
    fonts = directive.styles["Normal"].element.rPr.rFonts
    assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert directive.styles.element.xpath("w:docDefaults//w:lang/@w:val") == ["vi-VN"]


def test_the_body_is_justified_indented_and_spaced(directive: Document) -> None:
    for words in (LONG, "Căn cứ"):
        style = of(directive, words).style
        assert style is not None
        form = style.paragraph_format
        assert form.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
        assert form.first_line_indent is not None and 10 <= form.first_line_indent.mm <= 12.71
        assert form.space_before is not None and form.space_before.pt >= 6
    assert directive.styles["Normal"].paragraph_format.line_spacing == 1.0


def test_the_head_stands_in_two_columns_and_its_rules_have_their_lengths(directive: Document) -> None:
    head = directive.tables[0]
    widths = [millimetres(each.get(qn("w:w"))) for each in head._tbl.xpath("w:tblGrid/w:gridCol")]
    assert widths == pytest.approx([68, 92], abs=0.05)
    assert {each.get(qn("w:w")) for each in head._tbl.xpath("w:tblPr/w:tblCellMar/*")} == {"0"}
    rules = [cell.paragraphs[-1] for cell in head.rows[0].cells]
    lengths = [
        width - measured(rule, "w:pPr/w:ind", "left") - measured(rule, "w:pPr/w:ind", "right")
        for rule, width in zip(rules, widths, strict=True)
    ]
    assert all(rule._p.xpath("w:pPr/w:pBdr/w:top[@w:val='single']") for rule in rules)
    assert 1 / 3 <= lengths[0] / width_in_bold("VĂN PHÒNG BỘ", 12).mm <= 1 / 2
    assert lengths[1] == pytest.approx(width_in_bold("Độc lập - Tự do - Hạnh phúc", 13).mm, abs=0.1)
    motto = line_of(DIRECTIVE, "Độc lập")
    assert lengths[1] == pytest.approx(motto.right - motto.left, abs=1)


@pytest.mark.parametrize(("urgency", "width"), [(Urgency.FLASH, 30), (Urgency.MOST_URGENT, 40), (Urgency.URGENT, 20)])
def test_a_stamp_of_urgency_is_a_red_box_of_its_size(urgency: Urgency, width: float) -> None:
    box = opened(replace(DIRECTIVE, urgency=urgency)).tables[1]
    assert box.cell(0, 0).text == urgency
    [column] = box._tbl.xpath("w:tblGrid/w:gridCol/@w:w")
    [height] = box._tbl.xpath("w:tr/w:trPr/w:trHeight[@w:hRule='exact']/@w:val")
    assert (round(millimetres(column), 1), round(millimetres(height), 1)) == (width, 8)
    assert set(box._tbl.xpath("w:tr/w:tc/w:tcPr/w:tcBorders/*/@w:color")) == {"FF0000"}
    assert len(box._tbl.xpath("w:tr/w:tc/w:tcPr/w:tcBorders/*")) == 4


def test_an_official_letter_has_its_abstract_below_the_number_and_names_whom_it_addresses(letter: Document) -> None:
    left = letter.tables[0].cell(1, 0)
    assert [paragraph.text for paragraph in left.paragraphs] == [
        "Số:       ",
        "V/v Về tăng cường bảo đảm an ninh, trật tự",
    ]
    texts = [paragraph.text for paragraph in letter.paragraphs if paragraph.text]
    assert texts[:3] == ["Kính gửi:", "- Công an thành phố Huế;", "- Cục C06."]
    assert of(letter, "LƯU HÀNH NỘI BỘ").runs[0].bold
    assert of(letter, "tháng      năm")
    single = opened(replace(LETTER, addressed=("Cục C06",)))
    assert of(single, "Kính gửi: Cục C06")


def test_a_chapter_is_centred_on_two_lines_and_stays_with_what_follows(letter: Document) -> None:
    chapter = of(letter, "Chương I")
    assert chapter.text == "Chương I\nQUY ĐỊNH CHUNG"
    assert chapter.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert chapter.paragraph_format.keep_with_next


def test_words_are_composed_and_what_no_file_may_hold_is_left_out() -> None:
    file = opened(replace(DIRECTIVE, blocks=(Block("Hoa\u0300 bi\u0300nh <w:p> & \x0b\x00"),)))
    assert of(file, "Hoà bình <w:p> & ")


def test_the_same_document_is_the_same_file_which_tells_nothing_of_its_writer_and_is_taken_in_again() -> None:
    content = write(LETTER)
    assert content == write(LETTER)
    assert examine(content, {"pixels": 1}).value["kind"] == MediaType.DOCX
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"python-docx" not in b"".join(package.read(name) for name in package.namelist())
        assert not [name for name in package.namelist() if "thumbnail" in name]


def test_its_own_clauses_are_read_back() -> None:
    clauses = [(label, text) for _kind, label, text in read(write(DIRECTIVE), {"name": "a.docx"}).value["clauses"]]
    assert ("", "Căn cứ chương trình công tác năm 2026") in clauses
    assert [label for label, text in clauses if text == LONG] == [f"{letter})" for letter in "abcdđeghiklm"]
