from itertools import product

import pytest

from thammuu.directives.documents.kinds import BUILT_IN, LETTER
from thammuu.directives.documents.labelling import labelled, letter, roman
from thammuu.directives.documents.rules import (
    ENDED,
    DocumentState,
    Effect,
    Standing,
    Step,
    after,
    initials,
    standing_after,
    symbol_of,
)
from thammuu.paper.clauses import Clause, ClauseKind


def test_only_what_went_through_review_and_approval_is_issued() -> None:
    ways = {(state, step): after(state, step) for state, step in product(DocumentState, Step)}
    assert {state for (state, step), then in ways.items() if step == Step.ISSUE and then} == {DocumentState.APPROVED}
    assert [way for way, then in ways.items() if then == DocumentState.APPROVED] == [
        (DocumentState.REVIEWED, Step.APPROVE)
    ]
    assert {state for (state, _step), then in ways.items() if then} == set(DocumentState) - {
        DocumentState.ISSUED,
        DocumentState.ABANDONED,
    }


@pytest.mark.parametrize(
    ("given", "symbol"),
    [
        ((5, "", "VPB", "TM"), "05/VPB-TM"),
        ((15, "CT", "VPB", ""), "15/CT-VPB"),
        ((9, "QĐ", "BCA", "TM"), "09/QĐ-BCA"),
        ((100, "CTr", "BCA", ""), "100/CTr-BCA"),
    ],
)
def test_number_and_symbol_are_written_as_the_decree_wants(given: tuple[int, str, str, str], symbol: str) -> None:
    assert symbol_of(*given) == symbol


def test_a_document_that_ended_is_changed_no_more() -> None:
    assert standing_after(Standing.IN_FORCE, Effect.AMENDS) == Standing.AMENDED
    assert standing_after(Standing.AMENDED, Effect.REVOKES) == Standing.REVOKED
    assert standing_after(Standing.IN_FORCE, Effect.NONE) is None
    assert all(standing_after(standing, effect) is None for standing in (*ENDED, Standing.NONE) for effect in Effect)


def test_an_abbreviation_is_guessed_from_the_name() -> None:
    assert [initials(name) for name in ("Văn phòng Bộ", "Hà Nội", "Phòng 1 – Tham mưu")] == ["VPB", "HN", "P1TM"]


def test_every_type_but_the_letter_stands_in_the_symbol() -> None:
    assert [code for code, kind in BUILT_IN.items() if not kind.abbreviation] == [LETTER]
    assert len(BUILT_IN) == 31
    assert all(kind.abbreviation in ("", code) for code, kind in BUILT_IN.items())


def test_labels_follow_from_the_places() -> None:
    kinds = (
        "ground chapter article clause clause point point article clause chapter article part clause indent paragraph"
    )
    found = [clause.label for clause in labelled(Clause(ClauseKind(kind), "x") for kind in kinds.split())]
    assert found == [
        "", "Chương I", "Điều 1.", "1.", "2.", "a)", "b)", "Điều 2.", "1.", "Chương II", "Điều 3.",
        "Phần I", "1.", "-", "",
    ]  # fmt: skip
    assert [one.label for one in labelled([Clause(ClauseKind.CLAUSE, "x", "1a."), Clause(ClauseKind.CLAUSE, "y")])] == [
        "1a.",
        "2.",
    ]


def test_points_go_by_the_vietnamese_alphabet_and_chapters_by_roman_numerals() -> None:
    assert [letter(number) for number in (1, 4, 5, 6, 23, 24)] == ["a", "d", "đ", "e", "y", "aa"]
    assert [roman(number) for number in (1, 4, 9, 14, 40, 99)] == ["I", "IV", "IX", "XIV", "XL", "XCIX"]
