"""What a scope covers and what an actor may: every combination, because the whole product asks here."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thammuu.kernel.actor import EVERYTHING, NOTHING, REAL, Actor, Lent, Reach, Scope, acting, joined
from thammuu.kernel.errors import OnBehalf, Refusal, Refused

HUE, HANOI, COMMUNE, EVENT, INCIDENT = (uuid4() for _number in range(5))


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
    of_hue, nowhere = Scope(frozenset({HUE}), classification=1), Scope(frozenset())
    actor = Actor(None, None, None, permits={"view": EVERYTHING, "decide": of_hue, "grant": nowhere})
    assert [actor.may("view", unit) for unit in (HUE, HANOI, None)] == [True, True, True]
    assert [actor.may("decide", unit) for unit in (HUE, HANOI, None)] == [True, False, False]
    assert [actor.may("decide", HUE, classification=level) for level in (1, 2)] == [True, False]
    assert [actor.may("view", None, classification=level) for level in (9, 10)] == [True, False]
    assert [actor.may("grant", unit) for unit in (HUE, None)] == [False, False]
    assert [actor.may("assign", unit) for unit in (HUE, None)] == [False, False]
    assert [actor.may_somewhere(name) for name in ("view", "decide", "assign")] == [True, True, False]
    assert [actor.units_of(name) for name in ("view", "decide", "assign")] == [None, {HUE}, frozenset()]


def test_an_events_right_reaches_what_belongs_to_it_and_no_higher() -> None:
    scope = Scope(frozenset({HUE}), further=(Reach(frozenset({HANOI}), EVENT, 2),))
    seen = [scope.covers([HANOI], classification=level, event=event) for level in (2, 3) for event in (EVENT, None)]
    assert seen == [True, False, False, False]
    assert not scope.covers([COMMUNE], event=EVENT)
    assert (scope.everywhere(), scope.knows(HANOI), scope.knows(COMMUNE)) == ({HUE, HANOI}, True, False)
    assert [scope.ceiling(unit, EVENT) for unit in (HUE, HANOI, COMMUNE, None)] == [0, 2, -1, 2]
    assert [scope.ceiling(unit) for unit in (HUE, HANOI, None)] == [0, -1, 0]
    assert NOTHING.ceiling(None) == NOTHING.ceiling(HUE) == -1
    assert EVERYTHING.ceiling(None) == EVERYTHING.ceiling(HUE) == 9
    assert Scope(frozenset(), further=(Reach(None),)).everywhere() is None
    assert Scope(frozenset(), further=(Reach(None),)).knows(COMMUNE)


def test_what_was_opened_in_an_emergency_is_seen_in_its_world() -> None:
    scope = Scope(frozenset(), opened=frozenset({INCIDENT}))
    assert scope.covers([HUE], classification=3, subject=INCIDENT)
    assert not scope.covers([HUE], subject=HUE)
    assert not scope.covers([HUE])
    assert not scope.covers([HUE], "exercise:1", subject=INCIDENT)


UNITS = st.none() | st.frozensets(st.sampled_from([HUE, HANOI, COMMUNE]))
REACHES = st.lists(st.builds(Reach, UNITS, st.sampled_from([None, EVENT, INCIDENT]), st.integers(0, 3)), max_size=5)


@settings(max_examples=300, deadline=None)
@given(REACHES, st.sampled_from([HUE, HANOI, COMMUNE]), st.integers(0, 3), st.sampled_from([None, EVENT, INCIDENT]))
def test_joined_reaches_cover_what_one_of_them_covers(
    reaches: list[Reach], unit: UUID, level: int, event: UUID | None
) -> None:
    scope = joined(reaches, [INCIDENT], "exercise:1")
    assert (scope.world, scope.opened) == ("exercise:1", {INCIDENT})
    alone = any(reach.covers([unit], level, event) for reach in reaches)
    assert scope.covers([unit], "exercise:1", level, event) is alone
    assert len(scope.further) <= len(set(reaches))
    levels = [reach.classification for reach in reaches if reach.covers([unit], reach.classification, event)]
    assert scope.ceiling(unit, event) == max(levels, default=-1)


def test_who_is_given_nothing_may_nothing() -> None:
    actor = Actor(None, None, None)
    assert actor.scope is NOTHING
    assert not actor.may("view", None)
    assert not actor.may_somewhere("view")


CHIEF, DEPUTY, CLERK = (uuid4() for _number in range(3))


def lent_to(own: dict[str, Scope]) -> Actor:
    """An actor to whom three posts lend: to decide at Huế, to decide in Hà Nội, and to see."""
    of_hue, of_hanoi = Scope(frozenset({HUE})), Scope(frozenset({HANOI}))
    lent = (Lent(CLERK, {"view": EVERYTHING}), Lent(CHIEF, {"decide": of_hue}), Lent(DEPUTY, {"decide": of_hanoi}))
    return Actor(None, None, None, own=own, lent=lent)


def test_it_is_done_by_ones_own_right_where_that_suffices_and_else_by_the_first_that_does() -> None:
    actor = lent_to({"decide": Scope(frozenset({COMMUNE}))})
    by = {unit: actor.by("decide", lambda held, unit=unit: held.allows(unit)) for unit in (COMMUNE, HUE, HANOI)}
    assert by == {COMMUNE: True, HUE: OnBehalf(CHIEF), HANOI: OnBehalf(DEPUTY)}
    assert lent_to({}).by("decide", lambda held: held.allows(HUE)) == OnBehalf(CHIEF)
    assert Actor(None, None, None).by("decide", lambda _held: False) is True


def test_where_no_right_suffices_alone_it_is_the_first_that_is_lent() -> None:
    assert lent_to({}).by("decide", lambda held: held.units == {HUE, HANOI}) == OnBehalf(CHIEF)
    assert lent_to({}).by("grant", lambda _held: False) is True, "nobody lends it"


def test_whoever_acts_does_so_on_behalf_of_the_first_post_that_it_needs() -> None:
    actor = lent_to({})
    assert acting(actor, True) is actor
    behalf = acting(actor, OnBehalf(CHIEF))
    assert (behalf.behalf, behalf.lent) == (CHIEF, actor.lent)
    assert acting(behalf, OnBehalf(DEPUTY)) is behalf
    assert acting(behalf, True) is behalf
    with pytest.raises(Refused, match="not yours"):
        acting(actor, Refusal("not yours"))


def test_reaches_are_joined_in_steps_and_what_lies_within_another_is_left_out() -> None:
    here, there, event = uuid4(), uuid4(), uuid4()
    wide, high = Reach(frozenset([here, there])), Reach(frozenset([here]), None, 2)
    scope = joined([high, wide])
    assert (scope.units, scope.classification, scope.further) == (frozenset([here, there]), 0, (high,))
    of_event = Reach(frozenset([here]), event, 2)
    assert joined([high, of_event]).further == ()
    assert joined([wide, of_event]).further == (of_event,)
    assert joined([high, Reach(frozenset([there]), event, 2)]).further == (Reach(frozenset([there]), event, 2),)


def test_what_is_above_its_level_or_of_another_event_lies_within_no_reach() -> None:
    here, event = uuid4(), uuid4()
    reach = Reach(frozenset([here]), event, 1)
    assert reach.covers([here], 1, event) is True
    assert reach.covers([here], 2, event) is False
    assert reach.covers([here], 1, uuid4()) is False
