"""Texts of others as clauses: automatic numbers, what is left out and told, and what is refused."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation

from tests.paper.documents import docx, packed, pdf, xlsx
from tests.paper.test_typesetting import DIRECTIVE, LONG
from tests.paper.wordings import counted, open_levels, open_text, p, used, word
from thammuu.kernel.errors import BadInput
from thammuu.paper.clauses import ClauseKind
from thammuu.paper.reading import Unread, read_clauses
from thammuu.paper.reading.apart import read
from thammuu.paper.reading.asking import SENTENCES, sentence_of
from thammuu.paper.reading.pdf_text import MOST_PAGES
from thammuu.paper.rules import COMPOUND_START
from thammuu.paper.typesetting.official import typeset

DEEP = [
    ("upperRoman", "Chương %1"),
    ("decimal", "Điều %2."),
    ("decimal", "%3."),
    ("lowerLetter", "%4)"),
    ("bullet", "·"),
]
INTERVIEW = Path(__file__).parents[3] / "shared" / "data" / "source" / "000_31235d404d81b38e.txt"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def texts(content: bytes, name: str = "a.docx") -> list[tuple[str, str]]:
    return [(label, text) for _kind, label, text in read(content, {"name": name}).value["clauses"]]


def labels(content: bytes, name: str = "a.docx") -> list[str]:
    return [label for label, _text in texts(content, name)]


def noticed(content: bytes, name: str = "a.docx") -> dict[Unread, int]:
    return {Unread(what): count for what, _at, count in read(content, {"name": name}).value["notices"]}


def test_word_counts_through_its_levels_and_begins_again_below() -> None:
    levels = (0, 1, 2, 2, 3, 3, 4, 0, 1, 2)
    body = "".join(p(f"Đoạn {number}", level) for number, level in enumerate(levels))
    file = word(body, numbering=counted(1, DEEP) + used(1, 1))
    assert labels(file) == [
        "Chương I", "Điều 1.", "1.", "2.", "a)", "b)", "-", "Chương II", "Điều 1.", "1.",
    ]  # fmt: skip
    kinds = [kind for kind, _label, _text in read(file, {"name": "a.docx"}).value["clauses"]]
    assert kinds[:3] == [ClauseKind.CHAPTER, ClauseKind.ARTICLE, ClauseKind.CLAUSE]


def test_articles_that_never_begin_again_count_through_the_chapters() -> None:
    body = p("Một", 0) + p("Hai", 1) + p("Ba", 0) + p("Bốn", 1)
    numbering = counted(1, DEEP[:2], '<w:lvlRestart w:val="0"/>') + used(1, 1)
    assert labels(word(body, numbering=numbering)) == ["Chương I", "Điều 1.", "Chương II", "Điều 2."]


def test_lists_of_one_definition_count_on_and_one_that_starts_anew_does_not() -> None:
    body = p("Một", 0, 1) + p("Hai", 0, 2) + p("Ba", 0, 3) + p("Bốn", 0, 3)
    numbering = counted(1, [("decimal", "%1.")]) + used(1, 1) + used(2, 1) + used(3, 1, start=7)
    assert labels(word(body, numbering=numbering)) == ["1.", "2.", "7.", "8."]


def test_a_style_numbers_its_paragraphs_and_those_based_on_it() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Dieu"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Khong"><w:basedOn w:val="Khong"/></w:style>'
    )
    body = (
        p("Một", style="Dieu")
        + p("Hai", style="Con")
        + p("Ba", style="Khong")
        + p("", style="Dieu")
        + p("Bốn", 0, 0, "Dieu")
    )
    numbering = counted(1, [("decimal", "Điều %1.")]) + used(1, 1)
    assert labels(word(body, styles=styles, numbering=numbering)) == ["Điều 1.", "Điều 2.", "", ""]


def test_numbers_of_several_levels_and_an_unknown_kind() -> None:
    numbering = counted(1, [("decimal", "%1."), ("lowerLetter", "%1.%2.")]) + used(1, 1)
    body = p("Một", 0) + p("Hai", 1) + p("Ba", 0, 9)
    file = word(body, numbering=numbering.replace("lowerLetter", "decimal"))
    assert labels(file) == ["1.", "1.1.", ""]
    assert noticed(file) == {Unread.NUMBERING: 1}
    strange = word(p("Một", 0), numbering=counted(1, [("hebrew1", "%1.")]) + used(1, 1))
    assert noticed(strange) == {Unread.NUMBERING: 1}


def test_word_reads_as_it_prints_and_tells_what_it_leaves_out() -> None:
    body = (
        p("Giao ", inner="<w:ins><w:r><w:t>Công an tỉnh</w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>Sở</w:delText></w:r></w:del>")
        + p("Rà soát", inner="<w:r><w:footnoteReference w:id='2'/></w:r>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>")
        + p("Dòng một", inner="<w:r><w:br/><w:t>a) Dòng hai</w:t></w:r>")
        + f"<w:tbl><w:tr><w:tc>{p('1.')}</w:tc><w:tc>{p('Văn phòng')}{p('Bộ')}</w:tc></w:tr></w:tbl>"
        + f"<w:sdt><w:sdtContent>{p('Trong khung')}</w:sdtContent></w:sdt>"
        + "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        + f"<w:sdtContent>{p('Mục lục')}</w:sdtContent></w:sdt>"
        + p("Ảnh", inner="<w:r><w:drawing><pic:pic/></w:drawing></w:r><m:oMath/><w:r><w:commentReference/></w:r>")
        + p("Hộp", inner=f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>"
            f"<w:txbxContent>{p('1. Trong hộp')}</w:txbxContent>"
            f"</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{p('1. Trong hộp')}</w:txbxContent></w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>")
    )  # fmt: skip
    file = word(body, footnotes=f'<w:footnote w:id="2">{p("Theo biên bản")}</w:footnote>')
    assert texts(file) == [
        ("", "Giao Công an tỉnh"),
        ("", "Rà soát [1]"),
        ("", "Dòng một"),
        ("a)", "Dòng hai"),
        ("", "1. | Văn phòng Bộ"),
        ("", "Trong khung"),
        ("", "Ảnh"),
        ("", "Hộp"),
        ("1.", "Trong hộp"),
        ("[1]", "Theo biên bản"),
    ]
    assert noticed(file) == dict.fromkeys(
        (Unread.DELETED, Unread.HIDDEN, Unread.FOOTNOTE, Unread.TABLE, Unread.INDEX, Unread.PICTURE, Unread.EQUATION,
         Unread.COMMENT),
        1,
    )  # fmt: skip


def test_open_lists_count_go_on_and_begin_where_they_say() -> None:
    inner = open_levels(("1", "Điều ", "."), ("a", "", ")"), ("•", "", ""))
    levels = f'<text:list-style style:name="L">{inner}</text:list-style>'
    body = (
        '<text:list text:style-name="L"><text:list-item><text:p>Một</text:p><text:p>tiếp</text:p>'
        "<text:list><text:list-item>"
        "<text:p>Điểm</text:p></text:list-item><text:list-item><text:list><text:list-item>"
        "<text:p>Gạch</text:p></text:list-item>"
        "</text:list></text:list-item></text:list></text:list-item></text:list><text:p>Giữa</text:p>"
        '<text:list text:style-name="L" text:continue-numbering="true"><text:list-item>'
        "<text:p>Hai</text:p></text:list-item>"
        '<text:list-item text:start-value="9"><text:p>Chín</text:p></text:list-item></text:list>'
        '<text:list text:style-name="L"><text:list-item><text:p>Lại một</text:p></text:list-item></text:list>'
    )
    assert labels(open_text(body, levels), "a.odt") == [
        "Điều 1.", "", "a)", "-", "", "Điều 2.", "Điều 9.", "Điều 1.",
    ]  # fmt: skip


def test_open_headings_and_lists_of_paragraph_styles_are_numbered() -> None:
    styles = (
        f'<text:outline-style style:name="Outline">{open_levels(("I", "Chương ", ""))}</text:outline-style>'
        f'<text:list-style style:name="N">{open_levels(("1", "", "."))}</text:list-style>'
        '<style:style style:name="Số" style:family="paragraph" style:list-style-name="N"/>'
        '<style:style style:name="Con" style:family="paragraph" style:parent-style-name="Số"/>'
    ).replace('style:num-prefix="Chương " style:num-suffix=""', 'loext:num-list-format="Chương %1%"')
    body = (
        '<text:h text:outline-level="1">Quy định chung</text:h><text:list><text:list-item>'
        '<text:p text:style-name="Con">Một</text:p></text:list-item></text:list>'
    )
    assert texts(open_text(body, styles=styles), "a.odt") == [("Chương I", "Quy định chung"), ("1.", "Một")]


def test_open_texts_read_as_they_print_and_tell_what_they_leave_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>bỏ</text:p></text:deletion>"
        "</text:changed-region>"
        "</text:tracked-changes><text:table-of-content><text:p>Mục lục</text:p></text:table-of-content>"
        '<text:p>1.<text:tab/>Giao<text:s text:c="3"/><text:span>Công an</text:span> tỉnh<text:note>'
        "<text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>Ghi chú</text:p></text:note-body></text:note><office:annotation>"
        "<text:p>sửa</text:p></office:annotation>;<text:line-break/>a) rà soát</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>B"
        "</text:p></table:table-cell></table:table-row></table:table>"
        '<text:section text:display="none"><text:p>ẩn</text:p></text:section>'
        "<text:section><text:p>Trong mục</text:p></text:section>"
        "<text:p>Khung<draw:frame><draw:text-box><text:p>2. Trong hộp</text:p></draw:text-box>"
        '<draw:image xlink:href="a"/>'
        "</draw:frame></text:p>"
    )
    file = open_text(body)
    assert texts(file, "a.odt") == [
        ("1.", "Giao Công an tỉnh [1];"),
        ("a)", "rà soát"),
        ("", "A | B"),
        ("", "Trong mục"),
        ("", "Khung"),
        ("2.", "Trong hộp"),
        ("[1]", "Ghi chú"),
    ]
    assert set(noticed(file, "a.odt")) == {
        Unread.DELETED, Unread.INDEX, Unread.FOOTNOTE, Unread.COMMENT, Unread.TABLE, Unread.HIDDEN, Unread.PICTURE,
    }  # fmt: skip


def test_a_pdf_gives_its_paragraphs_whole_over_pages_without_their_numbers() -> None:
    found = texts(typeset(DIRECTIVE), "a.pdf")
    assert [text for label, text in found if label.endswith(")")] == [LONG] * 12
    assert ("1.", "Nhiệm vụ chung") in found
    assert noticed(typeset(DIRECTIVE), "a.pdf") == {Unread.RUNNING: 1}


def two_pages(document: pikepdf.Pdf) -> None:
    document.add_blank_page()


def too_many_pages(document: pikepdf.Pdf) -> None:
    for _page in range(MOST_PAGES):
        document.add_blank_page()


REFUSED: list[tuple[str, bytes, str]] = [
    ("a.docx", b"PK\3\4nothing", "of a type that is not taken"),
    ("a.docx", docx(kind="application/vnd.ms-word.document.macroEnabled.main+xml"), "carries macros"),
    ("a.docx", COMPOUND_START + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
    ("a.doc", COMPOUND_START + "WordDocument".encode("utf-16-le"), "Save it as DOCX"),
    ("a.docx", docx(word__bomb_xml='<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>'), "damaged"),
    ("a.docx", packed({"[Content_Types].xml": "<Types/>", "word/other.xml": "<x/>"}), "damaged"),
    ("a.docx", packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>"}), "damaged"),
    ("a.docx", xlsx(), "no text that clauses can be taken from"),
    ("a.docx", b"1. Text", "by its content it is a file of the kind .txt"),
    ("a.odt", word(p("x")), "by its content it is a file of the kind .docx"),
    ("a.pdf", pdf(two_pages), "holds pictures of pages and no text"),
    ("a.pdf", pdf(too_many_pages), "has more than 300 pages"),
    ("a.rtf", b"{\\rtf1 x}", "no text that clauses can be taken from"),
    ("a.txt", b" \n\t", "There is no text"),
    ("a.html", b"<html>", "can carry a script"),
]


@pytest.mark.parametrize(("name", "content", "reason"), REFUSED)
def test_what_is_no_text_or_not_what_it_says_is_refused_with_its_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as refused:
        read(content, {"name": name})
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", lambda: word(p("Một", 0), numbering=counted(1, DEEP) + used(1, 1))),
        ("a.odt", lambda: open_text("<text:p>Chương I</text:p><text:p>MỘT</text:p>")),
        ("a.pdf", lambda: typeset(DIRECTIVE)),
    ],
)
def test_every_kind_is_read_where_no_file_can_be_opened(name: str, content: Callable[[], bytes]) -> None:
    assert read_clauses(name, content()).clauses


def test_refusals_reach_the_sender_and_what_was_left_out_is_worded() -> None:
    with pytest.raises(BadInput, match="damaged"):
        read_clauses("a.docx", packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<x"}))
    with pytest.raises(BadInput, match="larger than 25 MB"):
        read_clauses("a.txt", bytes(26 << 20))
    [notice] = read_clauses("a.docx", word("<w:tbl><w:tr><w:tc>" + p("A") + "</w:tc></w:tr></w:tbl>")).notices
    assert "row by row" in sentence_of(notice)
    assert set(SENTENCES) == set(Unread)


@pytest.mark.skipif(not INTERVIEW.exists(), reason="the interview is not at hand")
def test_the_interview_gives_its_paragraphs_and_its_four_focal_tasks() -> None:
    clauses = read_clauses("phong-van.txt", INTERVIEW.read_bytes()).clauses
    tasks = {clause.label: clause.text for clause in clauses if clause.kind == ClauseKind.CLAUSE}
    assert [label for label in tasks if label.endswith("là,")] == ["Một là,", "Hai là,", "Ba là,", "Bốn là,"]
    assert [label for label in tasks if label.startswith("Thứ")] == ["Thứ nhất,", "Thứ hai,", "Thứ ba,", "Thứ tư,"]
    assert tasks["Một là,"].startswith("bám sát Nghị quyết")
    assert sum(clause.kind == ClauseKind.PARAGRAPH for clause in clauses) > 15
