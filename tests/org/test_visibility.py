"""The filter equals the predicate: `row in visible_to(actor)` if and only if `can_view(actor, row)`."""

import os
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ground import build_organisation
from thammuu.kernel.actor import HIGHEST, Actor, Reach, joined
from thammuu.kernel.ids import new_id
from thammuu.org.models import Event
from thammuu.org.policies import can_view, visible_to

# THAMMUU_EXAMPLES sets the scale: 500 here and in CI, 5,000 for a release.
EXAMPLES = int(os.environ.get("THAMMUU_EXAMPLES", "500"))
UNITS = [new_id() for _number in range(8)]
EVENTS = [new_id() for _number in range(3)]
LEVELS = st.integers(0, HIGHEST)
WORLDS = st.sampled_from(["real", "exercise:1"])
REACHES = st.lists(
    st.builds(
        Reach,
        units=st.one_of(st.none(), st.frozensets(st.sampled_from(UNITS))),
        event=st.sampled_from([None, None, *EVENTS]),
        classification=LEVELS,
    ),
    max_size=4,
)
ROWS = st.lists(
    st.tuples(st.lists(st.sampled_from(UNITS), unique=True, max_size=4), WORLDS, LEVELS),
    min_size=1,
    max_size=12,
)


def _event(id: UUID, units: list[UUID], world: str, level: int) -> Event:
    day = date(2026, 1, 1)
    return Event(
        id=id, world=world, units=units, classification=level, code=str(id), name="x", starts_on=day, ends_on=day
    )


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reaches=REACHES, world=WORLDS, rows=ROWS, opened=st.sets(st.integers(0, 20), max_size=2))
def test_the_filter_equals_the_predicate(
    reaches: list[Reach], world: str, rows: list[tuple[list[UUID], str, int]], opened: set[int]
) -> None:
    ids = [*EVENTS, *(new_id() for _row in rows)][: len(rows)]
    scope = joined(reaches, [ids[number % len(ids)] for number in opened], world)
    actor = Actor(account=None, post=None, unit=None, scope=scope)
    Event.objects.all().delete()
    events = Event.objects.bulk_create([_event(id, *row) for id, row in zip(ids, rows, strict=True)])
    seen = set(Event.objects.filter(visible_to(actor, event="id")).values_list("id", flat=True))
    assert seen == {event.id for event in events if can_view(actor, event)}


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    reaches=REACHES,
    units=st.sets(st.sampled_from(UNITS), max_size=4),
    level=LEVELS,
    event=st.sampled_from([None, *EVENTS]),
)
def test_a_scope_covers_what_one_of_its_reaches_covers(
    reaches: list[Reach], units: set[UUID], level: int, event: UUID | None
) -> None:
    scope = joined(reaches)
    assert scope.covers(units, "real", level, event) is any(reach.covers(units, level, event) for reach in reaches)
    for unit in units:
        heights = [
            reach.classification
            for reach in reaches
            if (reach.event is None or reach.event == event) and (reach.units is None or unit in reach.units)
        ]
        assert scope.ceiling(unit, event) == max(heights, default=-1)
        assert scope.knows(unit) is any(reach.units is None or unit in reach.units for reach in reaches)


@pytest.mark.django_db
def test_a_superior_sees_what_a_subordinate_sees() -> None:
    organisation = build_organisation()
    event = _event(new_id(), [organisation.commune], "real", 0)
    for actor, sees in [
        (organisation.commune_officer, True),
        (organisation.hanoi_officer, True),
        (organisation.chief, True),
        (organisation.hue_officer, False),
    ]:
        assert can_view(actor, event) is sees
