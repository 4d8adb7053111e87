import pytest

from thammuu.directives.carrying_out import gaps, to_carry_out
from thammuu.paper.clauses import ClauseKind as K


@pytest.mark.parametrize(
    ("kinds", "asking"),
    [
        ([K.GROUND, K.ARTICLE, K.CLAUSE, K.POINT, K.CLAUSE, K.PARAGRAPH, K.ARTICLE], [3, 4, 6]),
        ([K.PART, K.CLAUSE, K.INDENT, K.INDENT], [2, 3]),
        ([K.GROUND, K.PARAGRAPH, K.PARAGRAPH], [1, 2]),
        ([], []),
    ],
)
def test_the_innermost_clauses_ask_for_a_measure(kinds: list[K], asking: list[int]) -> None:
    assert to_carry_out(kinds) == asking
    assert gaps(kinds, asking, []) == asking
    assert gaps(kinds, asking, range(len(kinds))) == []


def test_a_measure_for_a_clause_is_one_for_its_parts() -> None:
    kinds = [K.ARTICLE, K.CLAUSE, K.POINT, K.POINT, K.CLAUSE, K.ARTICLE, K.CLAUSE]
    asking = to_carry_out(kinds)
    assert gaps(kinds, asking, [0]) == [6]
    assert gaps(kinds, asking, [1]) == [4, 6]
    assert gaps(kinds, asking, [2]) == [3, 4, 6]


def test_what_asks_may_stand_beside_what_is_divided() -> None:
    kinds = [K.PARAGRAPH, K.ARTICLE, K.CLAUSE, K.PARAGRAPH]
    assert gaps(kinds, [0, 3], []) == [0, 3]
    assert gaps(kinds, [0, 3], [1]) == [0]
