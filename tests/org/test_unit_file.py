"""A file of units: every line is read or has a fault; a file that is none is refused as a whole."""

import io
import zipfile
from datetime import date, datetime

import pytest

from tests.org.files import HEAD, csv_of, workbook
from thammuu.kernel.errors import BadInput
from thammuu.org.planning import Change
from thammuu.org.unit_file import MOST_DAYS, read_unit_file

DAY = date(2026, 1, 1)


def test_a_line_is_read_into_a_change() -> None:
    head = f"{HEAD},short_name,starts_on,closes_on,successor_codes"
    content = csv_of("00008,commune,Ngọc  Hà,01,N. Hà,02/03/2026,,", '9,,,,,,2026-07-01,"01, 46"', head=head)
    assert read_unit_file(content, DAY) == [
        Change(2, "00008", date(2026, 3, 2), "commune", "Ngọc Hà", "N. Hà", "01"),
        Change(3, "9", date(2026, 7, 1), closes=True, successors=("01", "46")),
    ]


def test_a_workbook_reads_as_the_same_lines() -> None:
    rows = [
        [*HEAD.split(","), "starts_on"],
        ["00008", "commune", "Ngọc Hà", "01", datetime(2026, 3, 2)],
        [],
        ["B", "x", "y", "", ""],
    ]
    assert read_unit_file(workbook(rows), DAY) == [
        Change(2, "00008", date(2026, 3, 2), "commune", "Ngọc Hà", parent="01"),
        Change(4, "B", DAY, "x", "y"),
    ]


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ("A,team,Ðồng Nai,B", "name", "U+00D0"),
        ("A,team,Hà Nộі,B", "name", "U+0456"),
        ("A,team,H\u200bà,B", "name", "U+200B"),
        (",team,Một,B", "code", "code"),
        ("Á,team,Một,B", "code", "Á"),
        ("A,team,Một,Β", "parent_code", "Β"),
        ("A,team," + "x" * 201 + ",B", "name", "200"),
        ("A,team,Một,B,31/02/2026", "starts_on", "31/02/2026"),
        ("A,team,Một,B,soon", "starts_on", "soon"),
    ],
)
def test_a_line_that_cannot_be_read_names_column_and_reason(line: str, column: str, words: str) -> None:
    change = read_unit_file(csv_of("C,team,Hai,B", line, head=f"{HEAD},starts_on"), DAY)[1]
    assert (change.line, change.column) == (3, column)
    assert words in change.fault


def test_a_code_that_is_a_number_in_the_workbook_is_a_fault() -> None:
    change = read_unit_file(workbook([HEAD.split(","), [4, "commune", "Ba Đình", "01"]]), DAY)[0]
    assert change.column == "code"
    assert "4" in change.fault


def _of_days(count: int) -> bytes:
    lines = (f"A{number},x,N,B,{date.fromordinal(739_000 + number)}" for number in range(count))
    return csv_of(*lines, head=f"{HEAD},starts_on")


def _bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"code,level,name\nA,b,C\n", "parent_code"),
        (b"", "code"),
        (HEAD.encode(), "no units"),
        (b"code,code,level,name,parent_code\nA,A,b,C,\n", "twice"),
        (csv_of("A,x,Hà,B").decode().encode("utf-16"), "UTF-8"),
        (b"PK\x03\x04broken", "workbook"),
        (_bomb(), "larger"),
        (_of_days(MOST_DAYS + 1), "30"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_units_is_refused_as_a_whole(content: bytes, words: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_unit_file(content, DAY)
    assert refused.value.field == "file"
    assert words in refused.value.reason


def test_a_faulty_cell_is_shown_without_what_cannot_be_shown() -> None:
    [change] = read_unit_file(csv_of("01,province,a\0b\u202ec,"), date(2025, 7, 1))
    assert change.fault
    assert change.name == "a\ufffdb\ufffdc"
