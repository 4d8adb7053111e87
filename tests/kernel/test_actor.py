"""What a scope covers and what an actor may: every combination, because the whole product asks here."""

from uuid import uuid4

import pytest

from thammuu.kernel.actor import EVERYTHING, NOTHING, REAL, Actor, Scope

HUE, HANOI, COMMUNE = uuid4(), uuid4(), uuid4()


@pytest.mark.parametrize(
    ("scope", "covered"),
    [
        (Scope(frozenset({HUE})), True),
        (Scope(frozenset({HUE, HANOI})), True),
        (Scope(frozenset({COMMUNE})), False),
        (Scope(frozenset()), False),
        (Scope(None), True),
        (Scope(None, world="exercise:1"), False),
        (Scope(frozenset({HUE}), world="exercise:1"), False),
        (NOTHING, False),
        (EVERYTHING, True),
    ],
)
def test_a_scope_covers_what_concerns_one_of_its_units(scope: Scope, covered: bool) -> None:
    assert scope.covers([HUE, uuid4()]) is covered


def test_another_world_is_covered_by_its_own_scope_only() -> None:
    assert Scope(None, world="exercise:1").covers([HUE], "exercise:1")
    assert not Scope(None).covers([HUE], "exercise:1")


@pytest.mark.parametrize(("classification", "covered"), [(0, True), (1, True), (2, False)])
def test_what_is_classified_higher_is_not_covered(classification: int, covered: bool) -> None:
    assert Scope(None, classification=1).covers([], REAL, classification) is covered


def test_what_concerns_no_unit_is_for_those_who_see_every_unit() -> None:
    assert Scope(None).covers([])
    assert not Scope(frozenset({HUE})).covers([])


def test_a_permission_holds_at_its_units() -> None:
    actor = Actor(None, None, None, permits={"view": None, "decide": frozenset({HUE}), "grant": frozenset()})
    assert [actor.may("view", unit) for unit in (HUE, HANOI, None)] == [True, True, True]
    assert [actor.may("decide", unit) for unit in (HUE, HANOI, None)] == [True, False, False]
    assert [actor.may("grant", unit) for unit in (HUE, None)] == [False, False]
    assert [actor.may("assign", unit) for unit in (HUE, None)] == [False, False]
    assert [actor.may_somewhere(name) for name in ("view", "decide", "assign")] == [True, True, False]


def test_who_is_given_nothing_may_nothing() -> None:
    actor = Actor(None, None, None)
    assert actor.scope is NOTHING
    assert not actor.may("view", None)
    assert not actor.may_somewhere("view")
