"""Whatever is planned, units stand below units that stand, never in a circle, on every day; filter equals predicate."""

import os
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ground import NOW, Organisation
from thammuu.journal import fold
from thammuu.kernel.errors import BadInput
from thammuu.org import actions, authority, directory
from thammuu.org.models import Account, Event, Unit
from thammuu.org.planning import Change, Ground, judge, spells_after
from thammuu.org.policies import can_view, visible_to
from thammuu.org.tree import Spell, adrift, days_of_change, in_circles, standing

EXAMPLES = int(os.environ.get("THAMMUU_EXAMPLES", "500"))
START = date(2026, 1, 1)
CODES = ["B", "P", "Q", "R", "X", "Y", "Z"]
DAYS = st.integers(1, 6).map(lambda days: START + timedelta(days=days))
CHANGES = st.builds(
    lambda code, day, parent, closes, successors: Change(
        1, code, day, "unit", f"{code}", parent=None if closes else parent, closes=closes,
        successors=tuple(successors) if closes else (),
    ),
    st.sampled_from(CODES), DAYS, st.sampled_from([*CODES, None]), st.booleans(),
    st.lists(st.sampled_from(CODES), max_size=2, unique=True),
)  # fmt: skip
PLANS = st.lists(st.lists(CHANGES, min_size=1, max_size=3), min_size=1, max_size=8)


def _ground(spells: list[Spell]) -> Ground:
    return Ground(spells, {spell.code: "unit" for spell in spells})


@settings(max_examples=EXAMPLES, deadline=None)
@given(plans=PLANS)
def test_any_sequence_of_plans_keeps_a_tree_on_every_day(plans: list[list[Change]]) -> None:
    spells = [Spell("B", None, "B", "B", START), Spell("P", "B", "P", "P", START), Spell("Q", "B", "Q", "Q", START)]
    for plan in plans:
        judged = judge(plan, _ground(spells))
        if not any(one.is_fault for one in judged):
            spells = spells_after(judged, spells)
        for day in days_of_change(spells, START):
            parents = standing(spells, day)
            assert adrift(parents) == set()
            assert in_circles(parents) == set()
            assert len(parents) == sum(spell.stands_on(day) for spell in spells)


@pytest.mark.django_db
@settings(
    max_examples=max(EXAMPLES // 20, 5), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(plans=st.lists(st.lists(CHANGES, min_size=1, max_size=2), min_size=1, max_size=4))
def test_after_any_plan_the_filter_equals_the_predicate(organisation: Organisation, plans: list[list[Change]]) -> None:
    with transaction.atomic():
        _carry_out(organisation, plans)
        units = list(Unit.objects.values_list("id", flat=True))
        day = date(2026, 1, 1)
        events = Event.objects.bulk_create(
            Event(id=unit, units=[unit], code=str(unit), name="x", starts_on=day, ends_on=day) for unit in units
        )
        for account in Account.objects.all():
            authority.forget()
            actor = authority.actor_of(account.id)
            assert actor is not None
            seen = set(Event.objects.filter(visible_to(actor)).values_list("id", flat=True))
            assert seen == {event.id for event in events if can_view(actor, event)}
        known = directory.current()
        tops = [unit.id for unit in known.units.values() if unit.stands and unit.parent is None]
        reached = frozenset[UUID]().union(*(known.below(top) for top in tops))
        assert reached == set(units), "what a closed unit left is lost to everyone"
        assert all(known.units[heir].stands for heirs in known.successors for heir in known.present(heirs))
        Event.objects.all().delete()
        assert list(fold.differences()) == []
        transaction.set_rollback(True)
    authority.forget()


def _carry_out(organisation: Organisation, plans: list[list[Change]]) -> None:
    """Do of the plans, in the codes of the organisation, those that can be done, on days that have passed."""
    named = {"P": "01", "Q": "46", "R": "00004"}
    known = {"B", *named.values()}
    for plan in plans:
        changes = [
            replace(
                change,
                code=named.get(change.code, change.code),
                parent=named.get(change.parent or "", change.parent),
                successors=tuple(named.get(code, code) for code in change.successors),
                level="" if named.get(change.code, change.code) in known else "unit",
            )
            for change in plan
        ]
        try:
            with transaction.atomic():
                actions.reorganise(actor=organisation.admin, now=NOW, changes=changes)
        except BadInput:
            continue
        known |= {change.code for change in changes}
