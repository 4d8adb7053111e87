"""Texts as they come: typed elsewhere, without an order, long, in spoken lists."""

import re
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thammuu.directives.extraction import propose, readable
from thammuu.directives.extraction.clauses import clauses_of

SIGNED = date(2026, 3, 2)
INTERVIEW = Path(__file__).parents[3] / "shared/data/source/000_31235d404d81b38e.txt"


@pytest.mark.parametrize(
    ("typed", "given_as"),
    [
        (" ", "\u00a0"),
        (" ", "  "),
        (",", "，"),
        (", ", ","),
        ("ngày 30", "ngày\n30"),
        ("30/7/", "30/\n7/"),
        ("nhân dân tỉnh", "nhân dân\n2\ntỉnh"),
        ("2026", "２０２６"),
        ("ủ", "u\u0309"),
    ],
)
def test_texts_from_elsewhere_are_read_as_if_they_had_been_typed(typed: str, given_as: str) -> None:
    text = (
        "1. Giao Ủy ban nhân dân tỉnh Phú Thọ chủ trì, phối hợp với Sở Y tế, V01 lập hồ sơ, gửi trước ngày 30/7/2026."
    )
    assert typed in text
    assert propose(readable(text.replace(typed, given_as)), SIGNED) == propose(readable(text), SIGNED)


def _steps(text: str) -> int:
    """Return how many calls the reading takes, whichever machine does it."""
    steps = 0

    def step(*_event: object) -> None:
        nonlocal steps
        steps += 1

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        propose(readable(text), SIGNED)
    finally:
        sys.setprofile(before)
    return steps


@pytest.mark.parametrize(
    "words", ["Sở Y tế; ", "; Sở A làm ", "Sở A làm, ", "Sở A, Sở B; ", "- Sở Y tế:\n", "1. Sở Y tế:\n- a\n", "và; "]
)
def test_a_text_of_twice_the_length_takes_twice_the_steps(words: str) -> None:
    assert _steps(words * 800) < 2.2 * _steps(words * 400)


@given(st.text(alphabet=" \n\r\t,;:./-1aÂvà\u00a0，\u0301"))
def test_a_text_that_was_made_readable_stays_as_it_is(text: str) -> None:
    assert readable(readable(text)) == readable(text)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "…", "1.", "a) ;", "Kính gửi:", "x" * 20_000, "- " * 5_000, "1. " * 3_000]
)
def test_what_is_no_directive_proposes_nothing(text: str) -> None:
    assert [one for one in propose(readable(text), SIGNED) if one.leads or one.deadline or one.product] == []


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
        one
        for one in propose(readable(text), date(2022, 4, 16))
        if re.fullmatch(r"(?:Một|Hai|Ba|Bốn) là", one.clause.label)
    ]
    assert list(dict.fromkeys(one.clause.label for one in found)) == ["Một là", "Hai là", "Ba là", "Bốn là"]
    assert {one.leads[0].text for one in found} == {"Văn phòng Bộ"}
