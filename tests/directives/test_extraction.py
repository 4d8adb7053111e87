"""Assignments read from the words of directives: by rule, each value with the words it came from."""

import re
from datetime import date
from pathlib import Path

import pytest

from benchmarks.extraction import BUILT, GOALS, figures_of, judge
from thammuu.directives.extraction import Proposal, propose
from thammuu.directives.extraction.clauses import clauses_of

SIGNED = date(2026, 3, 2)
INTERVIEW = Path(__file__).parents[3] / "shared/data/source/000_31235d404d81b38e.txt"


def _one(text: str) -> Proposal:
    (found,) = propose(text, SIGNED)
    return found


def test_the_clauses_that_the_grammar_was_built_on_read_as_they_were_labelled() -> None:
    figures = figures_of(judge(BUILT)[0])
    assert min(figures[field]["f1"] for field in GOALS) >= 0.97
    assert figures["lead"]["f1"] >= 0.98


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("trước ngày 30/6/2026", "2026-06-30"),
        ("trong quý II", "2026-06-30"),
        ("trước quý II", "2026-03-31"),
        ("chậm nhất 05 ngày làm việc kể từ ngày ký", "5 working_day"),
        ("hàng tháng", "month"),
        ("định kỳ trước ngày 20", "month:20"),
        ("trước ngày 10/01", "2027-01-10"),
        ("trước 16h30 ngày 31 tháng 12 năm 2026", "2026-12-31T16:30"),
        ("đến hết ngày 30 tháng 11 năm 2026", "2026-11-30"),
        ("trong vòng 24 giờ kể từ khi nhận được tin", "24 hour"),
        ("trước ngày 31/02/2026", ""),
        ("chậm nhất 03 ngày trước ngày khai mạc", ""),
        ("theo Chỉ thị số 05/CT-BCA ngày 12/3/2026", ""),
    ],
)
def test_deadlines(words: str, value: str) -> None:
    found = _one(f"Giao Văn phòng Bộ xây dựng kế hoạch, {words}.").deadline
    assert (found.value() if found else "") == value
    assert found is None or found.words.text in words


def test_terms_count_working_days_from_the_day_of_signing() -> None:
    found = _one("Công an các xã gửi báo cáo chậm nhất 05 ngày làm việc kể từ ngày ký.").deadline
    assert found is not None
    assert found.last_day(SIGNED) == date(2026, 3, 9)
    other = _one("Công an các xã gửi báo cáo trong 05 ngày kể từ ngày nhận được hồ sơ.").deadline
    assert other is not None
    assert other.last_day(SIGNED) is None


def test_a_clause_below_another_has_its_lead() -> None:
    text = (
        "2. Công an các đơn vị, địa phương:\na) Rà soát phương án; \n"
        "b) Lập danh sách, gửi trước ngày 15/3.\n3. V01 theo dõi."
    )
    found = propose(text, SIGNED)
    assert [(one.clause.path, one.leads[0].text, one.inherited) for one in found] == [
        (("2", "a"), "Công an các đơn vị, địa phương", True),
        (("2", "b"), "Công an các đơn vị, địa phương", True),
        (("3",), "V01", False),
    ]


def test_every_value_is_the_words_where_it_stands() -> None:
    text = "1. Giao Cục A chủ trì, phối hợp với Sở Y tế và Cục B xây dựng Kế hoạch X, trình Bộ trước ngày 30/6/2026."
    found = _one(text)
    for words in (*found.leads, *found.supporting, found.task, found.product, found.deadline and found.deadline.words):
        assert words
        assert text[words.start : words.end] == words.text
    assert found.task.text.startswith("xây dựng Kế hoạch X")


@pytest.mark.parametrize(
    "text", ["", "\n\n", "…", "1.", "a) ;", "Kính gửi:", "x" * 20_000, "- " * 5_000, "1. " * 3_000]
)
def test_what_is_no_directive_proposes_nothing(text: str) -> None:
    assert [one for one in propose(text, SIGNED) if one.leads or one.deadline or one.product] == []


def test_the_order_of_clauses_is_the_text_s() -> None:
    text = "Mở đầu.\nI. MỘT\n1. Hai\na) ba; b) bốn;\n- năm\nĐiều 2. Sáu"
    assert [(clause.label, clause.path) for clause in clauses_of(text)] == [
        ("", ()), ("I", ("I",)), ("1", ("I", "1")), ("a", ("I", "1", "a")), ("b", ("I", "1", "b")),
        ("", ("I", "1", "b")), ("Điều 2", ("Điều 2",)),
    ]  # fmt: skip


@pytest.mark.skipif(not INTERVIEW.exists(), reason="the interview is not beside the project")
def test_the_four_focal_tasks_of_the_interview_come_out_as_clauses() -> None:
    text = INTERVIEW.read_text(encoding="utf-8")
    found = [
        one for one in propose(text, date(2022, 4, 16)) if re.fullmatch(r"(?:Một|Hai|Ba|Bốn) là", one.clause.label)
    ]
    assert list(dict.fromkeys(one.clause.label for one in found)) == ["Một là", "Hai là", "Ba là", "Bốn là"]
    assert {one.leads[0].text for one in found} == {"Văn phòng Bộ"}
