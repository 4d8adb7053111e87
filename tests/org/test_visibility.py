"""The filter equals the predicate: `row in visible_to(actor)` if and only if `can_view(actor, row)`."""

import os
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ground import build_organisation
from thammuu.kernel.actor import Actor, Scope
from thammuu.kernel.ids import new_id
from thammuu.org.models import Event
from thammuu.org.policies import can_view, visible_to

# THAMMUU_EXAMPLES sets the scale: 500 here and in CI, 5,000 for a release.
EXAMPLES = int(os.environ.get("THAMMUU_EXAMPLES", "500"))
UNITS = [new_id() for _number in range(8)]
SCOPES = st.builds(
    Scope,
    units=st.one_of(st.none(), st.frozensets(st.sampled_from(UNITS))),
    world=st.sampled_from(["real", "exercise:1"]),
)
ROWS = st.lists(
    st.tuples(st.lists(st.sampled_from(UNITS), unique=True, max_size=4), st.sampled_from(["real", "exercise:1"])),
    min_size=1,
    max_size=12,
)


def _event(units: list[UUID], world: str) -> Event:
    id = new_id()
    day = date(2026, 1, 1)
    return Event(id=id, world=world, units=units, code=str(id), name="x", starts_on=day, ends_on=day)


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scope=SCOPES, rows=ROWS)
def test_the_filter_equals_the_predicate(scope: Scope, rows: list[tuple[list[UUID], str]]) -> None:
    actor = Actor(account=None, post=None, unit=None, scope=scope)
    Event.objects.all().delete()
    events = Event.objects.bulk_create([_event(units, world) for units, world in rows])
    seen = set(Event.objects.filter(visible_to(actor)).values_list("id", flat=True))
    assert seen == {event.id for event in events if can_view(actor, event)}


@pytest.mark.django_db
def test_a_superior_sees_what_a_subordinate_sees() -> None:
    organisation = build_organisation()
    event = _event([organisation.commune], "real")
    for actor, sees in [
        (organisation.commune_officer, True),
        (organisation.hanoi_officer, True),
        (organisation.chief, True),
        (organisation.hue_officer, False),
    ]:
        assert can_view(actor, event) is sees
