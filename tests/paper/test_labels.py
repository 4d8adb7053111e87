"""Lines of a text told by the labels they begin with."""

import pytest

from thammuu.paper.clauses import Clause, ClauseKind
from thammuu.paper.reading.labels import clauses_of
from thammuu.paper.reading.lines import Line
from thammuu.paper.reading.plain import as_utf8, read_plain


def read(text: str) -> list[tuple[str, str, str]]:
    return [(clause.kind.value, clause.label, clause.text) for clause in clauses_of(read_plain(text.encode()).lines)]


@pytest.mark.parametrize(
    ("line", "kind", "label", "text"),
    [
        ("Phần thứ nhất. Quy định chung", "part", "Phần thứ nhất.", "Quy định chung"),
        ("PHẦN II - TỔ CHỨC", "part", "PHẦN II -", "TỔ CHỨC"),
        ("Chương IV. Điều khoản thi hành", "chapter", "Chương IV.", "Điều khoản thi hành"),
        ("Mục 1 TUẦN TRA", "section", "Mục 1", "TUẦN TRA"),
        ("Tiểu mục 2. Trực ban", "section", "Tiểu mục 2.", "Trực ban"),
        ("Điều 5. Hiệu lực", "article", "Điều 5.", "Hiệu lực"),
        ("Điều 12a: Chuyển tiếp", "article", "Điều 12a:", "Chuyển tiếp"),
        ("II. NHIỆM VỤ", "section", "II.", "NHIỆM VỤ"),
        ("1. Văn phòng tổng hợp.", "clause", "1.", "Văn phòng tổng hợp."),
        ("2/ Các phòng báo cáo", "clause", "2/", "Các phòng báo cáo"),
        ("1.2. Rà soát", "clause", "1.2.", "Rà soát"),
        ("1.2 Rà soát", "clause", "1.2", "Rà soát"),
        ("(3) Kiểm tra", "clause", "(3)", "Kiểm tra"),
        ("Một là, giữ liên lạc", "clause", "Một là,", "giữ liên lạc"),
        ("Thứ tư: tổng kết", "clause", "Thứ tư:", "tổng kết"),
        ("a) Trực chỉ huy;", "point", "a)", "Trực chỉ huy;"),
        ("đ) Trực ban;", "point", "đ)", "Trực ban;"),
        ("b. Ghi nhật ký", "point", "b.", "Ghi nhật ký"),
        ("- Tổ chức diễn tập;", "indent", "-", "Tổ chức diễn tập;"),
        ("–Báo cáo ngay", "indent", "-", "Báo cáo ngay"),
        ("+ Lực lượng", "indent", "+", "Lực lượng"),
        ("\uf0b7 Phương tiện", "indent", "-", "Phương tiện"),
        ("Chương II của Quy chế này được bãi bỏ.", "paragraph", "", "Chương II của Quy chế này được bãi bỏ."),
        ("Điều 5 của Quy chế này", "paragraph", "", "Điều 5 của Quy chế này"),
        ("Mục tiêu của kế hoạch", "paragraph", "", "Mục tiêu của kế hoạch"),
        ("30/6/2026 là hạn cuối", "paragraph", "", "30/6/2026 là hạn cuối"),
        ("12.5 tỷ đồng", "paragraph", "", "12.5 tỷ đồng"),
        ("2026. Năm bản lề", "paragraph", "", "2026. Năm bản lề"),
        ("-5 độ vào ban đêm", "paragraph", "", "-5 độ vào ban đêm"),
        ("Thứ hai hàng tuần giao ban", "paragraph", "", "Thứ hai hàng tuần giao ban"),
    ],
)
def test_a_line_is_told_by_its_label(line: str, kind: str, label: str, text: str) -> None:
    assert read(line) == [(kind, label, text)]


def test_a_title_on_the_line_below_belongs_to_its_chapter() -> None:
    found = read("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\nQuy chế này quy định việc trực ban.")
    assert [label for _kind, label, _text in found] == ["Chương I", "Điều 1.", ""]
    assert found[0] == ("chapter", "Chương I", "QUY ĐỊNH CHUNG")


def test_grounds_stand_before_everything_that_has_a_label() -> None:
    found = read(
        "QUYẾT ĐỊNH\nCăn cứ Luật A;\nTheo đề nghị của Văn phòng.\nĐiều 1. Ban hành\nCăn cứ tình hình, các đơn vị làm."
    )
    assert [(kind, text) for kind, _label, text in found] == [
        ("paragraph", "QUYẾT ĐỊNH"),
        ("ground", "Căn cứ Luật A"),
        ("ground", "Theo đề nghị của Văn phòng"),
        ("article", "Ban hành"),
        ("paragraph", "Căn cứ tình hình, các đơn vị làm."),
    ]


def test_capital_letters_are_parts_and_c_and_d_are_roman_only_where_they_do_not_follow_letters() -> None:
    found = read("A. KẾT QUẢ\nB. TỒN TẠI\nC. PHƯƠNG HƯỚNG\nI. CHUNG\nV. RIÊNG")
    assert [kind for kind, _label, _text in found] == ["part", "part", "part", "section", "section"]


def test_a_label_of_the_file_stands_apart_from_words_that_look_like_one() -> None:
    lines = [Line("1. Văn phòng", "Điều 3."), Line("Chuẩn bị", "Bước 2"), Line("Đơn vị", "7"), Line("1. ô", plain=True)]
    assert clauses_of(lines) == [
        Clause(ClauseKind.ARTICLE, "1. Văn phòng", "Điều 3."),
        Clause(ClauseKind.PARAGRAPH, "Chuẩn bị", "Bước 2"),
        Clause(ClauseKind.PARAGRAPH, "Đơn vị", "7"),
        Clause(ClauseKind.PARAGRAPH, "1. ô"),
    ]


def test_broken_lines_are_joined_and_labels_are_not() -> None:
    long = "Công an các đơn vị, địa phương chủ động rà soát phương án, bố trí lực lượng và"
    assert read(f"{long}\nphương tiện theo quy định.") == [("paragraph", "", f"{long} phương tiện theo quy định.")]
    assert len(read(f"{long}\na) phương tiện")) == 2
    assert len(read("Nơi nhận\nnhư trên")) == 2


def test_words_are_composed_without_hidden_signs_and_texts_of_sixteen_bits_are_read() -> None:
    assert read("1.\u00a0Hoa\u0300\u200b  bi\u0300nh") == [("clause", "1.", "Hoà bình")]
    assert as_utf8("Điều 1. Ở".encode("utf-16")).decode() == "Điều 1. Ở"
    assert as_utf8(b"\xff\xfe\x00\xd8a") == b"\xff\xfe\x00\xd8a"
