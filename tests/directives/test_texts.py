"""What a kept text offers to be assigned; no database."""

from datetime import date

from thammuu.directives.carrying_out import Carried
from thammuu.directives.texts import Offers, TextClause, composed, offers_of, recognised, taken_of
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


def read(*whole: str, parts: Carried | None = None) -> Offers:
    carried = {**{id: {None} for id in whole}, **(parts or {})}
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


def test_a_clause_of_which_one_task_is_carried_out_offers_the_other() -> None:
    tasks = recognised(TEXT, date(2026, 11, 20), NameIndex(()))
    first, second = tasks["e"]
    assert [one.at for one in read().of_clause("e")] == [first, second]
    part = read(parts={"e": {first}})
    assert (keys(part)[0], part.assigned, "e" in part.done) == (["c-0", "d-0", "e-1"], 1, False)
    for places in ({first, second}, {None}, {None, first}, {first, second + 1}):
        assert "e" in read(parts={"e": places}).done

    def taken(*asked: tuple[str, int | None], **carried: set[int | None]) -> set[str]:
        return taken_of(TEXT, tasks, carried, asked)

    assert taken(("e", second), ("e", first), ("c", None)) == set()
    assert taken(("e", first), ("c", None), e={first}) == {"e"}
    assert taken(("e", second), e={first}) == set()
    assert taken(("e", None), e={first}) == {"e"}
    assert taken(("e", second), ("c", 3), e={None}, b={None}) == {"e", "c"}


def test_one_clause_offers_its_tasks_else_itself_and_nothing_if_it_is_no_task_or_has_no_words() -> None:
    offers = read()
    found = {id: [one.key for one in offers.of_clause(id)] for id in "abcdefg"}
    assert found == {"a": [], "b": [], "c": ["c-0"], "d": ["d-0"], "e": ["e-0", "e-1"], "f": [], "g": ["g-text"]}


def test_an_offset_leads_to_its_clause() -> None:
    whole = composed(TEXT)
    id, at = whole.place_of(whole.text.index("Sở Nội vụ"))
    assert id == "e" and TEXT[4].line()[at:].startswith("Sở Nội vụ")
    assert whole.place_of(0) == ("a", 0)
