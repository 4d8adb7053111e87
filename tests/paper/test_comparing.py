"""Two texts set against each other: laws that hold for any two, and what a reader is told of common changes."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thammuu.paper.clauses import Clause, ClauseKind
from thammuu.paper.comparing import Change, Pair, RunKind, compare, runs_of

WORDS = st.sampled_from(["giao", "công", "an", "rà", "soát", "báo", "cáo", "và", ",", ".", "5"])
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
CLAUSES = st.builds(
    Clause,
    st.sampled_from([ClauseKind.ARTICLE, ClauseKind.CLAUSE, ClauseKind.PARAGRAPH]),
    TEXTS,
    st.sampled_from(["", "1.", "2.", "Điều 1."]),
)
DOCUMENTS = st.lists(CLAUSES, max_size=10)
QUICK = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def clause(number: int, text: str) -> Clause:
    return Clause(ClauseKind.CLAUSE, text, f"{number}.")


def directive(*texts: str) -> list[Clause]:
    return [clause(number, text) for number, text in enumerate(texts, 1)]


def told(pairs: Sequence[Pair]) -> list[tuple[Change, str]]:
    return [(pair.change, (pair.new or pair.old or clause(0, "")).text) for pair in pairs]


def mirrored(pair: Pair) -> tuple[object, ...]:
    change = {Change.ADDED: Change.REMOVED, Change.REMOVED: Change.ADDED}.get(pair.change, pair.change)
    return change, pair.new, pair.old, pair.new_at, pair.old_at


PLAN = directive(
    "Rà soát phương án bảo đảm an ninh, trật tự tại các địa bàn trọng điểm.",
    "Tổ chức ứng trực 24/24 giờ trong thời gian diễn ra sự kiện.",
    "Báo cáo kết quả về Văn phòng Bộ trước ngày 20 hàng tháng.",
    "Kiểm tra điều kiện phòng cháy và chữa cháy của các cơ sở lưu trú.",
)


@QUICK
@given(DOCUMENTS, DOCUMENTS)
def test_the_pairs_are_both_texts_whole_and_their_runs_are_both_wordings(old: list[Clause], new: list[Clause]) -> None:
    pairs = compare(old, new)
    assert [pair.new for pair in pairs if pair.new] == new
    assert [pair.new_at for pair in pairs if pair.new] == list(range(len(new)))
    assert sorted(pair.old_at for pair in pairs if pair.old_at is not None) == list(range(len(old)))
    for pair in pairs:
        assert pair.old is None or pair.old == old[pair.old_at or 0]
        before = "".join(run.text for run in pair.runs if run.kind != RunKind.INSERTED)
        after = "".join(run.text for run in pair.runs if run.kind != RunKind.DELETED)
        assert before == (pair.old.text if pair.old else "")
        assert after == (pair.new.text if pair.new else "")


@QUICK
@given(DOCUMENTS, DOCUMENTS)
def test_the_other_way_round_the_same_pairs_are_found(old: list[Clause], new: list[Clause]) -> None:
    backwards = {mirrored(pair) for pair in compare(new, old)}
    assert {(pair.change, pair.old, pair.new, pair.old_at, pair.new_at) for pair in compare(old, new)} == backwards


@QUICK
@given(DOCUMENTS)
def test_a_text_is_the_same_as_itself(text: list[Clause]) -> None:
    assert {pair.change for pair in compare(text, list(text))} <= {Change.SAME}
    assert {pair.change for pair in compare([], text)} <= {Change.ADDED}


@QUICK
@given(TEXTS, TEXTS)
def test_runs_alternate_and_what_was_deleted_stands_before_what_was_inserted(old: str, new: str) -> None:
    kinds = [run.kind for run in runs_of(old, new)]
    assert all(one != other for one, other in pairwise(kinds))
    assert (RunKind.INSERTED, RunKind.DELETED) not in set(pairwise(kinds))


def test_changed_words_are_told_in_their_clause() -> None:
    new = [*PLAN]
    new[2] = clause(3, "Báo cáo kết quả về Văn phòng Bộ trước ngày 15 hàng tháng.")
    pairs = compare(PLAN, new)
    assert [pair.change for pair in pairs] == [Change.SAME, Change.SAME, Change.CHANGED, Change.SAME]
    assert [(run.kind, run.text) for run in pairs[2].runs] == [
        (RunKind.KEPT, "Báo cáo kết quả về Văn phòng Bộ trước ngày "),
        (RunKind.DELETED, "20"),
        (RunKind.INSERTED, "15"),
        (RunKind.KEPT, " hàng tháng."),
    ]


def test_an_added_clause_renumbers_the_others_and_changes_no_word_of_them() -> None:
    added = "Bố trí lực lượng dự phòng."
    pairs = compare(PLAN, directive(PLAN[0].text, added, *(each.text for each in PLAN[1:])))
    assert [pair.change for pair in pairs] == [Change.SAME, Change.ADDED, *[Change.CHANGED] * 3]
    assert all(pair.relabelled and [run.kind for run in pair.runs] == [RunKind.KEPT] for pair in pairs[2:])


def test_a_removed_clause_stands_where_it_was() -> None:
    assert [pair.change for pair in compare(PLAN, [PLAN[0], *PLAN[2:]])] == [
        Change.SAME, Change.REMOVED, Change.SAME, Change.SAME,
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["", " Chủ trì: Công an tỉnh."])
def test_a_clause_put_elsewhere_has_moved_even_if_it_was_changed(end: str) -> None:
    moved = clause(4, PLAN[0].text + end)
    pairs = compare(PLAN, [*PLAN[1:], moved])
    assert told(pairs)[-1] == (Change.MOVED, moved.text)
    assert [pair.change for pair in pairs[:-1]] == [Change.SAME] * 3
    assert (pairs[-1].old_at, pairs[-1].new_at) == (0, 3)


def test_unlike_clauses_in_the_same_place_are_one_removed_and_one_added() -> None:
    other = clause(2, "Mời đại diện cơ quan báo chí dự họp giao ban.")
    assert [pair.change for pair in compare(PLAN[:3], [PLAN[0], other, PLAN[2]])] == [
        Change.SAME, Change.REMOVED, Change.ADDED, Change.SAME,
    ]  # fmt: skip


def test_a_long_text_whose_every_clause_was_changed_is_compared_clause_with_clause() -> None:
    old = directive(*(f"Đơn vị thứ {number} rà soát phương án số {number} và báo cáo." for number in range(2000)))
    new = directive(*(each.text.replace("báo cáo", "tổng hợp kết quả") for each in old))
    pairs = compare(old, new)
    assert {pair.change for pair in pairs} == {Change.CHANGED}
    assert all(pair.old_at == pair.new_at for pair in pairs)
