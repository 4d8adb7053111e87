"""What a kept text offers to be assigned; no database."""

from datetime import date

from thammuu.directives.texts import Offers, TextClause, composed, offers_of
from thammuu.kernel.names import NameIndex
from thammuu.paper.clauses import ClauseKind

TEXT = (
    TextClause("a", ClauseKind.GROUND, "", "Căn cứ Luật"),
    TextClause("b", ClauseKind.CLAUSE, "1.", "Sở Y tế:"),
    TextClause("c", ClauseKind.POINT, "a)", "Chủ trì lập danh sách trạm y tế trước ngày 30/6/2027."),
    TextClause("d", ClauseKind.POINT, "b)", "Báo cáo kết quả."),
    TextClause("e", ClauseKind.CLAUSE, "2.", "Giao Sở Tài chính bố trí kinh phí.\nGiao Sở Nội vụ lập báo cáo."),
    TextClause("f", ClauseKind.CLAUSE, "3.", ""),
    TextClause("g", ClauseKind.CLAUSE, "4.", "Giữ vững kỷ cương."),
)


def read(*carried: str) -> Offers:
    return offers_of(TEXT, carried, date(2026, 11, 20), NameIndex(()), ())


def keys(offers: Offers) -> tuple[list[str], list[str]]:
    return [one.key for one in offers.recognised], [one.key for one in offers.others]


def test_each_recognised_task_is_offered_with_its_clause_and_what_is_left_is_named() -> None:
    offers = read()
    assert keys(offers) == (["c-0", "d-0", "e-0", "e-1"], ["g-text"])
    assert offers.recognised[0].proposed is not None
    assert offers.recognised[0].proposed.proposal.inherited
    assert offers.others[0].initial() == {"task": "Giữ vững kỷ cương."}


def test_what_is_carried_out_itself_or_as_a_part_is_not_offered_again_and_keeps_its_key() -> None:
    assert keys(read("c")) == (["d-0", "e-0", "e-1"], ["g-text"])
    assert keys(read("b", "g")) == (["e-0", "e-1"], [])
    done = read("b", "e", "none of ours")
    assert (keys(done), done.assigned) == (([], ["g-text"]), 4)
    assert list(done.every) == ["c-0", "d-0", "e-0", "e-1", "g-text"]


def test_one_clause_offers_its_tasks_else_itself_and_nothing_if_it_is_no_task_or_has_no_words() -> None:
    offers = read()
    found = {id: [one.key for one in offers.of_clause(id)] for id in "abcdefg"}
    assert found == {"a": [], "b": [], "c": ["c-0"], "d": ["d-0"], "e": ["e-0", "e-1"], "f": [], "g": ["g-text"]}


def test_an_offset_leads_to_its_clause() -> None:
    whole = composed(TEXT)
    assert whole.clause_at(whole.text.index("Sở Nội vụ")) == "e"
    assert whole.clause_at(0) == "a"
