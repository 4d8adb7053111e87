"""The dated tree, by examples small enough to see and by laws."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from thammuu.org import tree
from thammuu.org.rules import PERMITS, Permission, Role, subtree
from thammuu.org.tree import Spell

DAY = date(2026, 1, 1)


def spell(code: str, parent: str | None = None, start: int = 0, end: int | None = None) -> Spell:
    ends = None if end is None else DAY + timedelta(end)
    return Spell(code, parent, code, code, DAY + timedelta(start), ends)


def test_a_spell_stands_from_its_first_day_until_before_its_end() -> None:
    one = spell("A", start=2, end=5)
    assert [one.stands_on(DAY + timedelta(day)) for day in range(1, 7)] == [False, True, True, True, False, False]
    assert spell("A", start=2).stands_on(date.max)


def test_units_stand_below_who_they_stand_below_that_day() -> None:
    spells = [spell("A"), spell("B", "A", 0, 5), spell("B", "C", 5), spell("C", "A", 3, 9)]
    assert tree.standing(spells, DAY) == {"A": None, "B": "A"}
    assert tree.standing(spells, DAY + timedelta(5)) == {"A": None, "B": "C", "C": "A"}
    assert tree.standing(spells, DAY - timedelta(1)) == {}


def test_the_last_spell_is_the_one_that_begins_last_wherever_it_lies() -> None:
    early, late = spell("A", start=0, end=5), spell("A", start=5)
    assert tree.latest([early, late]) == tree.latest([late, early]) == {"A": late}
    same = spell("A", "B", start=5)
    assert tree.latest([late, same]) == {"A": late}


def test_the_tree_changes_where_a_spell_begins_or_ends() -> None:
    spells = [spell("A", start=-3, end=4), spell("B", start=2, end=4), spell("C", start=7)]
    days = [DAY + timedelta(day) for day in (1, 2, 4, 7)]
    assert tree.days_of_change(spells, DAY + timedelta(1)) == days
    assert tree.days_of_change([], DAY) == [DAY]
    assert tree.days_of_change(spells, DAY + timedelta(4)) == days[2:]


def test_who_stands_below_what_does_not_stand_is_adrift() -> None:
    assert tree.adrift({"A": None, "B": "A", "C": "X"}) == {"C"}


def test_only_those_in_a_circle_are_told() -> None:
    parents = {"A": None, "B": "A", "C": "D", "D": "E", "E": "C", "F": "C", "G": "G", "H": "X"}
    assert tree.in_circles(parents) == {"C", "D", "E", "G"}
    assert tree.in_circles({"F": "C", "C": "D", "D": "C"}) == {"C", "D"}
    assert tree.in_circles({}) == set()


CODES = st.sampled_from("ABCDEFG")


@given(st.dictionaries(CODES, st.none() | CODES, max_size=7))
def test_a_unit_is_in_a_circle_if_it_meets_itself(parents: dict[str, str | None]) -> None:
    def meets_itself(code: str) -> bool:
        here = parents[code]
        for _step in parents:
            if here is None or here == code or here not in parents:
                break
            here = parents[here]
        return here == code

    assert tree.in_circles(parents) == {code for code in parents if meets_itself(code)}


def test_a_subtree_is_the_unit_and_everything_below_even_in_a_circle() -> None:
    a, b, c, d = (uuid4() for _number in range(4))
    children: dict[UUID, list[UUID]] = {a: [b], b: [c], c: [a]}
    assert subtree(a, children) == {a, b, c}
    assert subtree(d, children) == {d}
    assert subtree(a, {a: [b, c], b: [d], c: [d]}) == {a, b, c, d}


def test_every_role_may_view_and_only_some_may_what_matters() -> None:
    assert set(PERMITS) == set(Role)
    assert all(Permission.VIEW in permits for permits in PERMITS.values())
    for permission, roles in {
        Permission.DECIDE: {Role.CHIEF, Role.STAFF_OFFICER},
        Permission.ACCOUNT_ADMIN: {Role.ADMINISTRATOR},
        Permission.GRANT: {Role.ADMINISTRATOR},
        Permission.UNIT_ADMIN: {Role.ADMINISTRATOR},
        Permission.JOURNAL_READ: {Role.CHIEF, Role.AUDITOR},
    }.items():
        assert {role for role, permits in PERMITS.items() if permission in permits} == roles
