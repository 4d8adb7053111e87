"""An administrative document, measured in its PDF (millimetres, points) against Decree 30/2020/NĐ-CP, appendix I."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pikepdf
import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTComponent, LTCurve, LTPage, LTTextLine

from thammuu.paper.typesetting.official import (
    Block,
    BlockKind,
    OfficialDocument,
    Signature,
    Urgency,
    dated,
    room_for_signature,
    typeset,
)

MM = 72 / 25.4
LONG = (
    "Giao Công an các tỉnh, thành phố chủ trì, phối hợp với các đơn vị có liên quan rà soát phương án; hoàn thành"
    " trước ngày 30 tháng 6 năm 2026; kịp thời báo cáo kết quả, khó khăn, vướng mắc về Văn phòng Bộ để tổng hợp."
)
DIRECTIVE = OfficialDocument(
    parent="Bộ Công an",
    issuer="Văn phòng Bộ",
    place="Hà Nội",
    day=date(2026, 2, 5),
    number="05/CT-VP",
    type="Chỉ thị",
    abstract="Về tăng cường bảo đảm an ninh, trật tự",
    grounds=("Căn cứ chương trình công tác năm 2026", "Theo đề nghị của Phòng Tham mưu"),
    blocks=(
        Block("Nhiệm vụ chung", "1.", BlockKind.HEADING),
        *(Block(LONG, f"{letter})") for letter in "abcdđeghiklm"),
    ),
    signature=Signature(("KT. Chánh Văn phòng", "Phó Chánh Văn phòng"), "Nguyễn Văn A"),
    recipients=("Như trên", "Lưu: VT, TM"),
)


@dataclass(frozen=True)
class Line:
    """A line as set: where its ink begins and ends, mm from the left and from the top; its fonts and sizes."""

    page: int
    text: str
    left: float
    right: float
    top: float
    bottom: float
    fonts: frozenset[tuple[str, float]]


def pages(document: OfficialDocument) -> list[LTPage]:
    return list(extract_pages(io.BytesIO(typeset(document))))


def parts(element: LTComponent) -> Iterator[LTComponent]:
    yield element
    if isinstance(element, LTPage) or hasattr(element, "__iter__"):
        for inner in element:
            yield from parts(inner)


def lines(document: OfficialDocument) -> list[Line]:
    found = []
    for number, page in enumerate(pages(document), 1):
        for line in parts(page):
            if not isinstance(line, LTTextLine):
                continue
            ink = [each for each in line if isinstance(each, LTChar) and each.get_text().strip()]
            if ink:
                fonts = frozenset((each.fontname.split("+")[-1], round(each.size, 1)) for each in ink)
                found.append(
                    Line(
                        number, line.get_text().strip(), ink[0].x0 / MM, ink[-1].x1 / MM, (page.height - line.y1) / MM,
                        (page.height - line.y0) / MM, fonts,
                    )
                )  # fmt: skip
    return found


def line_of(document: OfficialDocument, words: str) -> Line:
    [found] = [line for line in lines(document) if words in line.text]
    return found


def drawn(document: OfficialDocument) -> list[tuple[float, float, float, object]]:
    """Width, height and top in mm, and colour, of each rule and box of the first page."""
    first = pages(document)[0]
    return [
        (each.width / MM, each.height / MM, (first.height - each.y1) / MM, each.stroking_color)
        for each in parts(first)
        if isinstance(each, LTCurve)
    ]


def test_the_page_is_a4_and_the_margins_are_the_decrees() -> None:
    for page in pages(DIRECTIVE):
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
    body = [line for line in lines(DIRECTIVE) if not line.text.isdecimal()]
    assert len({line.page for line in body}) > 1
    assert 29.99 <= min(line.left for line in body) <= 35
    assert 15 <= 210 - max(line.right for line in body) <= 20.01
    assert 20 <= min(line.top for line in body) <= 25
    assert 297 - max(line.bottom for line in body) >= 20


def test_only_times_metrics_are_embedded_and_all_of_them_are() -> None:
    fonts = {name for line in lines(DIRECTIVE) for name, _size in line.fonts}
    assert fonts == {"Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"}
    with pikepdf.open(io.BytesIO(typeset(DIRECTIVE))) as file:
        described = [
            each.FontDescriptor
            for each in file.objects
            if isinstance(each, pikepdf.Dictionary) and "/FontDescriptor" in each
        ]
        assert len(described) == 4
        assert all("/FontFile2" in each or "/FontFile3" in each for each in described)


@pytest.mark.parametrize(
    ("words", "font", "least", "most"),
    [
        ("BỘ CÔNG AN", "Tinos-Regular", 12, 13),
        ("VĂN PHÒNG BỘ", "Tinos-Bold", 12, 13),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Tinos-Bold", 12, 13),
        ("Độc lập - Tự do - Hạnh phúc", "Tinos-Bold", 13, 14),
        ("Số: 05/CT-VP", "Tinos-Regular", 13, 13),
        ("Hà Nội, ngày 05 tháng 02 năm 2026", "Tinos-Italic", 13, 14),
        ("CHỈ THỊ", "Tinos-Bold", 13, 14),
        ("Về tăng cường", "Tinos-Bold", 13, 14),
        ("Căn cứ chương trình công tác năm 2026;", "Tinos-Italic", 13, 14),
        ("Theo đề nghị của Phòng Tham mưu.", "Tinos-Italic", 13, 14),
        ("1. Nhiệm vụ chung", "Tinos-Bold", 13, 14),
        ("Nơi nhận:", "Tinos-BoldItalic", 12, 12),
        ("- Như trên;", "Tinos-Regular", 11, 11),
        ("- Lưu: VT, TM.", "Tinos-Regular", 11, 11),
        ("KT. CHÁNH VĂN PHÒNG", "Tinos-Bold", 13, 14),
        ("Nguyễn Văn A", "Tinos-Bold", 13, 14),
    ],
)
def test_each_part_has_its_font_and_size(words: str, font: str, least: float, most: float) -> None:
    [(name, size)] = line_of(DIRECTIVE, words).fonts
    assert name == font
    assert least <= size <= most


def test_the_body_is_justified_indented_and_spaced() -> None:
    found = [line for line in lines(DIRECTIVE) if line.page == 1]
    first = next(number for number, line in enumerate(found) if line.text.startswith("a) "))
    opening, middle, last, following = found[first : first + 4]
    assert 10 <= opening.left - 30 <= 12.71
    assert middle.left == pytest.approx(30, abs=0.1)
    assert opening.right == pytest.approx(190, abs=0.3)
    assert middle.right == pytest.approx(190, abs=0.3)
    assert following.text.startswith("b) ")
    pitch = (middle.top - opening.top) * MM
    assert 14 <= pitch <= 1.5 * 14 * 1.15
    assert (following.top - last.top) * MM - pitch >= 5.9


def test_the_first_page_has_no_number_and_the_others_have_theirs_in_the_middle_above() -> None:
    numbers = [line for line in lines(DIRECTIVE) if line.text.isdecimal()]
    assert [(line.page, line.text) for line in numbers] == [(2, "2")]
    assert (numbers[0].left + numbers[0].right) / 2 == pytest.approx(30 + 80, abs=1)
    assert numbers[0].bottom < 20
    assert {size for _font, size in numbers[0].fonts} <= {13.0, 14.0}


def test_the_rules_have_the_lengths_of_what_they_stand_below() -> None:
    motto, issuer = line_of(DIRECTIVE, "Độc lập"), line_of(DIRECTIVE, "VĂN PHÒNG BỘ")
    rules = [(width, top) for width, height, top, _colour in drawn(DIRECTIVE) if height < 0.1]
    [below_motto] = [width for width, top in rules if abs(top - motto.bottom) < 2 and width > 40]
    [below_issuer] = [width for width, top in rules if abs(top - issuer.bottom) < 2 and width < 40]
    assert below_motto == pytest.approx(motto.right - motto.left, abs=1)
    assert 1 / 3 <= below_issuer / (issuer.right - issuer.left) <= 1 / 2


@pytest.mark.parametrize(("urgency", "width"), [(Urgency.FLASH, 30), (Urgency.MOST_URGENT, 40), (Urgency.URGENT, 20)])
def test_a_stamp_of_urgency_is_a_red_box_of_its_size(urgency: Urgency, width: float) -> None:
    boxes = [each for each in drawn(replace(DIRECTIVE, urgency=urgency)) if each[1] > 1]
    [(found, height, _top, colour)] = boxes
    assert (round(found, 1), round(height, 1)) == (width, 8)
    assert colour is not None
    assert line_of(replace(DIRECTIVE, urgency=urgency), str(urgency))
    assert not [each for each in drawn(DIRECTIVE) if each[1] > 1]


def test_an_official_letter_has_its_abstract_below_the_number_and_names_whom_it_addresses() -> None:
    letter = replace(DIRECTIVE, type="", number="05/VP-TM", addressed=("Công an thành phố Huế",))
    number, abstract = line_of(letter, "Số: 05/VP-TM"), line_of(letter, "V/v Về tăng cường")
    assert 0 < abstract.top - number.top < 8
    assert {size for _font, size in abstract.fonts} <= {12.0, 13.0}
    assert line_of(letter, "Kính gửi: Công an thành phố Huế")
    several = replace(letter, addressed=("Công an thành phố Huế", "Cục C06"))
    assert line_of(several, "- Công an thành phố Huế;")
    assert line_of(several, "- Cục C06.")


def test_without_number_and_day_there_is_room_for_both() -> None:
    draft = replace(DIRECTIVE, number="", day=None)
    assert line_of(draft, "Số:").text == "Số:"
    assert line_of(draft, "Hà Nội, ngày").text.split() == ["Hà", "Nội,", "ngày", "tháng", "năm"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
    ],
)
def test_days_and_the_first_two_months_are_padded(day: date, words: str) -> None:
    assert dated("Hà Nội", day) == f"Hà Nội, {words}"


def test_words_are_never_read_as_markup_and_are_set_composed() -> None:
    words = '#panic("x") $x$ *bold* <label> @ref \\ // [a] https://example.org'
    document = replace(DIRECTIVE, blocks=(Block(words), Block("Hoa\u0300 bi\u0300nh")), abstract="#import", issuer="=A")
    text = " ".join(line.text for line in lines(document))
    for part in words.split():
        assert part in text
    assert "Hoà bình" in text
    assert "#import" in text


def test_the_same_document_is_the_same_file() -> None:
    assert typeset(DIRECTIVE) == typeset(DIRECTIVE)


@pytest.mark.parametrize("blocks", [DIRECTIVE.blocks[:1], DIRECTIVE.blocks * 5])
def test_the_room_for_a_signature_is_what_is_left_free_between_capacity_and_name(blocks: tuple[Block, ...]) -> None:
    document = replace(DIRECTIVE, blocks=blocks)
    room, above, below = room_for_signature(document), line_of(document, "PHÓ CHÁNH"), line_of(document, "Nguyễn Văn A")
    assert room.page + 1 == above.page == below.page == len(pages(document))
    assert room.x / MM == pytest.approx((below.left + below.right) / 2, abs=0.2)
    assert 297 - room.y / MM == pytest.approx((above.bottom + below.top) / 2, abs=2)
    assert below.top - above.bottom >= 20
