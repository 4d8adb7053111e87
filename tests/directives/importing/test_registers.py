"""Registers and task lists of offices: which column is what, which line has which fault, what is named twice."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import pytest
from django.utils import translation

from tests.org.files import workbook
from thammuu.directives.importing import Column, Judged, Kind, read_register
from thammuu.directives.importing.columns import NAMES, column_of, is_count
from thammuu.directives.importing.judging import document_of
from thammuu.directives.importing.values import Progress, Symbol, day_of, next_of, progress_of, symbol_of
from thammuu.kernel.errors import BadInput

TODAY = date(2026, 7, 1)
OUTGOING = [
    "Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung văn bản", "Người ký",
    "Nơi nhận văn bản", "Đơn vị, người nhận bản lưu", "Số lượng bản", "Ngày chuyển", "Ký nhận", "Ghi chú",
]  # fmt: skip
INCOMING = [
    "Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung",
    "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú",
]  # fmt: skip
FOLLOW_UP = [
    "Số đến", "Tên loại, số và ký hiệu, ngày tháng, cơ quan ban hành", "Đơn vị hoặc người nhận", "Thời hạn giải quyết",
    "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời", "Ghi chú",
]  # fmt: skip
TASKS = ["STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn", "Sản phẩm", "Kết quả thực hiện"]
LETTER = ["02/02/2026", 7, "Sở A", "12/BC-SA", "30/01/2026", "Báo cáo tháng", "Phòng 1", "03/02/2026", "", ""]


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def judged(head: Sequence[object], *rows: Sequence[object], **more: object) -> Judged:
    table = [["SỔ ĐĂNG KÝ VĂN BẢN"], ["Năm 2026"], head, [f"({number})" for number in range(1, len(head) + 1)], *rows]
    return read_register(workbook(table), today=TODAY, **more)  # type: ignore[arg-type]


def reasons(list: Judged) -> list[list[tuple[Column | None, str]]]:
    return [[(fault.column, fault.reason) for fault in line.faults] for line in list.lines]


def with_cells(row: Sequence[object], cells: dict[int, object]) -> list[object]:
    return [cells.get(place, cell) for place, cell in enumerate(row)]


@pytest.mark.parametrize(
    ("head", "kind", "known"),
    [
        (OUTGOING, Kind.OUTGOING, "symbol dated abstract signer recipients keeper copies sent_on received_by note"),
        (INCOMING, Kind.INCOMING,
         "arrived_on arrival_number issuer symbol dated abstract charged passed_on received_by note"),
        (FOLLOW_UP, Kind.FOLLOW_UP, "arrival_number symbol charged deadline progress answer note"),
        (TASKS, Kind.TASKS, "line_number task charged supporting deadline product progress"),
    ],
)  # fmt: skip
def test_the_head_is_found_below_titles_and_tells_what_list_it_is(head: list[str], kind: Kind, known: str) -> None:
    found = judged(head, ["x"] * len(head)).head
    assert (found.line, found.kind) == (3, kind)
    assert [words for words, _column in found.cells] == head
    assert [column for _words, column in found.cells] == [Column(name) for name in known.split()]


def test_a_register_is_read_into_values() -> None:
    found = judged(
        OUTGOING,
        ["05/CT-BCA", datetime(2026, 2, 5), "Chỉ thị về trực ban", "Thứ trưởng", "Các đơn vị", "Văn thư", 12, "5.2.26"],
        [],
        ["Số: 06/2026/TT-BCA", "ngày 12 tháng 3 năm 2026", "Thông tư", "", "", "", "", ""],
    )
    first, second = found.lines
    assert (first.number, second.number) == (5, 7)
    assert first.usable and not first.faults
    assert first.values == {
        Column.SYMBOL: "05/CT-BCA", Column.DATED: date(2026, 2, 5), Column.ABSTRACT: "Chỉ thị về trực ban",
        Column.SIGNER: "Thứ trưởng", Column.RECIPIENTS: "Các đơn vị", Column.KEEPER: "Văn thư", Column.COPIES: 12,
        Column.SENT_ON: date(2026, 2, 5),
    }  # fmt: skip
    assert first.symbol == Symbol(5, "CT-BCA")
    assert second.symbol == Symbol(6, "TT-BCA", 2026)
    assert second.values[Column.DATED] == date(2026, 3, 12)
    assert document_of(first, "Bộ Công an") == (5, "CT-BCA", "bo cong an", 2026)


@pytest.mark.parametrize(
    ("cells", "column", "reason", "usable"),
    [
        ({3: ""}, Column.SYMBOL, "“Number and symbol” is empty", False),
        ({3: "12"}, Column.SYMBOL, "is no number and symbol like 15/CT-BCA", True),
        ({4: "31/02/2026"}, Column.DATED, "is a day that does not exist", False),
        ({4: "đầu năm"}, Column.DATED, "is no day like 05/02/2026", False),
        ({7: "02/08/2026"}, Column.PASSED_ON, "02/08/2026 lies in the future", False),
        ({4: "30/01/2006"}, Column.DATED, "more than ten years away", True),
        ({4: "03/02/2026"}, Column.ARRIVED_ON, "“Date of arrival” is before “Date of the document”", True),
        ({7: "01/02/2026"}, Column.PASSED_ON, "“Date passed on” is before “Date of arrival”", True),
        ({2: "Sở \u00d0"}, Column.ISSUER, "only looks like Đ", False),
        ({5: "#REF!"}, Column.ABSTRACT, "the error #REF! of a formula", False),
        ({5: "x" * 5001}, Column.ABSTRACT, "more than 5000 characters", False),
    ],
)
def test_a_fault_is_named_with_its_line_and_column(
    cells: dict[int, object], column: Column, reason: str, usable: bool
) -> None:
    good, bad = judged(INCOMING, with_cells(LETTER, {3: "1/BC-SA"}), with_cells(LETTER, cells)).lines
    assert good.usable and not good.faults
    [fault] = bad.faults
    assert (bad.number, fault.column, bad.usable) == (6, column, usable)
    assert reason in fault.reason


def test_the_same_number_symbol_and_issuer_of_one_year_is_told_once_and_not_for_another_issuer_or_year() -> None:
    rows = [
        LETTER,
        with_cells(LETTER, {3: "số 12 / bc-sa", 2: "SỞ A"}),
        with_cells(LETTER, {2: "Sở B"}),
        with_cells(LETTER, {4: "30/01/2025"}),
        with_cells(LETTER, {3: "13/BC-SA"}),
    ]
    found = judged(INCOMING, *rows, known={(13, "BC-SA", "so a", 2026)})
    assert reasons(found) == [
        [],
        [(Column.SYMBOL, "Line 5 names the same number, symbol and issuer.")],
        [],
        [],
        [(Column.SYMBOL, "A document of this number, symbol and issuer is registered already.")],
    ]
    assert all(line.usable for line in found.lines)


def test_a_task_list_keeps_deadlines_in_words_and_tells_progress() -> None:
    found = judged(
        TASKS,
        [1, "Rà soát phương án", "Phòng 1", "Phòng 2", "20/07/2026", "Báo cáo", "Đang thực hiện 60%"],
        [2, "Giao ban", "Phòng 2", "", "thường xuyên", "", "Đã hoàn thành"],
        [3, "Kiểm tra", "", "", datetime(2026, 6, 1), "", "Quá hạn, chưa xong"],
    )
    assert [line.progress for line in found.lines] == [Progress.OPEN, Progress.DONE, Progress.OVERDUE]
    assert reasons(found) == [
        [],
        [(Column.DEADLINE, "“thường xuyên” is no day; without one the line is not taken over.")],
        [(Column.CHARGED, "“Charged to” is empty.")],
    ]
    assert found.lines[1].values[Column.DEADLINE] == "thường xuyên"
    assert not found.lines[1].comes_again


@pytest.mark.parametrize(
    ("words", "today", "found"),
    [
        ("hàng tháng", "2026-03-10", "2026-03-31"), ("Hằng tháng", "2026-12-31", "2027-01-31"),
        ("định kỳ trước ngày 20", "2026-03-10", "2026-03-20"), ("Định kì trước ngày 20", "2026-03-20", "2026-04-20"),
        ("Trước ngày 31 hàng tháng", "2026-02-01", "2026-02-28"), ("hàng quý", "2026-12-05", "2026-12-31"),
        ("Hàng quý, trước ngày 05 tháng đầu quý", "2026-03-10", "2026-04-05"),
        ("hằng năm", "2026-03-10", "2026-12-31"), ("Hàng năm trước ngày 15/3", "2026-03-15", "2027-03-15"),
        ("6 tháng/lần", "2026-06-30", "2026-12-31"), ("hàng tuần", "2026-03-10", "2026-03-15"),
        ("thứ sáu hàng tuần", "2026-03-13", "2026-03-20"), ("Hàng ngày", "2026-03-10", "2026-03-11"),
        ("Báo cáo hàng tháng, hàng quý", "2026-03-10", "2026-03-31"),
        ("thường xuyên", "2026-03-10", None), ("trong 5 ngày", "2026-03-10", None), ("quý II", "2026-03-10", None),
    ],
)  # fmt: skip
def test_the_next_day_of_a_rhythm_lies_ahead(words: str, today: str, found: str | None) -> None:
    assert next_of(words, date.fromisoformat(today)) == (date.fromisoformat(found) if found else None)


def test_a_deadline_before_the_document_keeps_the_line_out_and_missing_columns_are_told() -> None:
    head = ["Số ký hiệu", "Ngày ban hành", "Nội dung", "Thời hạn"]
    found = judged(head, ["1/KH-X", "05/02/2026", "Việc", "01/02/2026"], kind=Kind.TASKS)
    assert found.missing == (Column.CHARGED,)
    assert not found.lines[0].usable
    assert reasons(found) == [[(Column.DEADLINE, "“Deadline” is before “Date of the document”.")]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (workbook([["a", "b"], ["1", "2"]]), "No line of the file heads the columns"),
        (workbook([TASKS]), "no lines below the head"),
        (b"PK\x03\x04", "cannot be read"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
        (b"", "No line of the file"),
    ],
)
def test_what_is_no_list_is_refused_as_a_whole(content: bytes, reason: str) -> None:
    with pytest.raises(BadInput, match=reason) as refused:
        read_register(content, today=TODAY)
    assert refused.value.field == "file"


def test_a_list_with_semicolons_is_read_too() -> None:
    found = read_register("Nhiệm vụ;Chủ trì;Thời hạn\nTrực ban;Phòng 1;05/08/2026\n".encode(), today=TODAY)
    assert found.lines[0].values[Column.DEADLINE] == date(2026, 8, 5)


@pytest.mark.parametrize(
    ("words", "column"),
    [
        ("SỐ/KÝ HIỆU", Column.SYMBOL),
        ("Cơ quan ban hành văn bản", Column.ISSUER),
        ("Cơ quan, đơn vị chủ trì thực hiện", Column.CHARGED),
        ("Thời hạn hoàn thành (ngày)", Column.DEADLINE),
        ("Ngày", None),
        ("Xếp loại", None),
    ],
)
def test_headings_are_known_by_their_words(words: str, column: Column | None) -> None:
    assert column_of(words) is column


def test_values_as_they_are_typed() -> None:
    assert [day_of(text) for text in ("5/2/2026", "05-02-26", "2026-02-05", "quý II")] == [
        *[date(2026, 2, 5)] * 3,
        None,
    ]
    assert symbol_of("15/QĐ-BNV ngày 05/02/2026") == Symbol(15, "QĐ-BNV")
    assert symbol_of("Quyết định 15") is None
    told = {
        "100%": Progress.DONE, "Hoàn thành chậm": Progress.DONE_LATE, "chưa hoàn thành": Progress.OPEN,
        "trễ hạn": Progress.OVERDUE, "150%": None, "Báo cáo số 3": None,
    }  # fmt: skip
    assert {text: progress_of(text) for text in told} == told
    assert is_count(["(1)", 2.0, "3", ""]) and not is_count([1, 3])
    assert set(NAMES) == set(Column)
