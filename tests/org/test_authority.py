"""From posts and grants to what an actor may see and do, day by day; and what is held in memory for a while."""

import time
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db.models import Q

from tests.ground import Organisation
from thammuu.kernel import clock
from thammuu.kernel.actor import EVERYTHING, NOTHING, Actor, Reach, Scope, joined
from thammuu.kernel.errors import Refusal
from thammuu.kernel.ids import new_id
from thammuu.org import actions, authority, policies
from thammuu.org.models import Account, Grant, Holding
from thammuu.org.rules import Permission, Role

pytestmark = pytest.mark.django_db


def test_an_actor_sees_and_does_what_its_posts_permit(organisation: Organisation) -> None:
    chief, officer = organisation.chief, organisation.hanoi_officer
    assert chief.scope.units is None  # everything is below the ministry
    assert chief.permits[Permission.DECIDE].units is None
    assert officer.scope.units == officer.units_of(Permission.LOG_WRITE) == {organisation.hanoi, organisation.commune}
    assert Permission.DECIDE not in officer.permits
    assert (officer.unit, officer.language) == (organisation.hanoi, "en")
    assert officer.label and officer.post is not None
    assert (authority.SYSTEM.account, authority.SYSTEM.scope) == (None, EVERYTHING)


def test_posts_add_up_and_the_latest_stands_for_the_actor(organisation: Organisation, now: datetime) -> None:
    account = organisation.commune_officer.account
    assert account is not None
    today = clock.day_of(clock.now())
    second = actions.create_post(actor=organisation.admin, now=now, unit=organisation.hue, title="Trực ban phụ")
    actions.take_post(actor=organisation.admin, now=now, account=account, post=second, starts_on=today)
    actions.grant_role(
        actor=organisation.admin, now=now, post=second, role=Role.VIEWER, unit=organisation.hue, reason="trực thay"
    )
    actor = authority.actor_of(account)
    assert actor is not None
    assert actor.scope.units == {organisation.commune, organisation.hue}
    assert actor.units_of(Permission.LOG_WRITE) == {organisation.commune}
    assert (actor.post, actor.unit) == (second, organisation.hue)


def test_of_several_posts_those_are_held_that_somebody_holds_on_the_day(organisation: Organisation) -> None:
    today = clock.day_of(clock.now())
    held, left, unasked = organisation.hue_officer.post, organisation.hanoi_officer.post, organisation.chief.post
    assert held and left and unasked
    assert authority.held_among([held, left], today) == {held, left}
    Holding.objects.filter(post=left).update(ends_on=today)
    assert authority.held_among([held, left], today) == {held}
    assert authority.held_among([held, left], today - timedelta(1)) == {held, left}


@pytest.mark.parametrize(("starts", "ends", "holds"), [(0, None, True), (0, 1, True), (-5, 0, False), (1, None, False)])
def test_posts_hold_from_their_first_day_until_before_their_end(
    organisation: Organisation, starts: int, ends: int | None, holds: bool
) -> None:
    today, actor = clock.day_of(clock.now()), organisation.hue_officer
    Holding.objects.filter(post=actor.post).update(
        starts_on=today + timedelta(starts), ends_on=None if ends is None else today + timedelta(ends)
    )
    assert sees_hue(organisation) is holds


@pytest.mark.parametrize(
    ("starts", "ends", "holds"), [(0, None, True), (-1, 1, True), (-5, 0, False), (1, None, False)]
)
def test_roles_hold_from_their_first_instant_until_before_their_end(
    organisation: Organisation, starts: int, ends: int | None, holds: bool
) -> None:
    now = clock.now()
    Grant.objects.filter(post=organisation.hue_officer.post).update(
        starts_at=now + timedelta(hours=starts), ends_at=None if ends is None else now + timedelta(hours=ends)
    )
    assert sees_hue(organisation) is holds
    due = [now + timedelta(hours=hours) for hours in (starts, ends) if hours is not None and hours > 0]
    assert authority.next_change(now) == (min(due) if due else None)


def sees_hue(organisation: Organisation) -> bool:
    authority.forget()
    assert organisation.hue_officer.account is not None
    found = authority.actor_of(organisation.hue_officer.account)
    assert found is not None
    assert found.may(Permission.VIEW, organisation.hue) is found.scope.covers([organisation.hue])
    return found.scope.covers([organisation.hue])


def test_whoever_holds_no_post_is_signed_in_and_sees_nothing(organisation: Organisation) -> None:
    account = organisation.duty.account
    assert account is not None
    Holding.objects.filter(account=account).delete()
    authority.forget()
    actor = authority.actor_of(account)
    assert actor is not None
    assert (actor.post, actor.unit, actor.label, actor.scope, dict(actor.permits)) == (None, None, "", NOTHING, {})


def test_an_actor_is_held_until_authority_changes(organisation: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    account = organisation.duty.account
    assert account is not None
    held = authority.actor_of(account)
    assert held == organisation.duty
    assert authority.held_actor(account) is authority.actor_of(account) is held
    authority.forget()
    assert authority.held_actor(account) is None
    read = authority.actor_of(account)
    assert read == held and read is not held
    assert authority.held_actor(account) is read
    monkeypatch.setattr(authority, "KEEP_SECONDS", 0.0)
    assert authority.held_actor(account) is None


def test_whoever_is_closed_or_unknown_is_nobody_and_is_not_held(organisation: Organisation) -> None:
    account = organisation.duty.account
    assert account is not None
    Account.objects.filter(id=account).update(is_active=False)
    authority.forget()
    for one in (account, new_id()):
        assert authority.actor_of(one) is None
        assert authority.held_actor(one) is None


def test_what_was_read_while_authority_changed_is_not_held(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = organisation.duty.account
    assert account is not None
    authority.forget()
    read = authority._read

    def reading(one: object) -> object:
        found = read(account)
        authority.forget()  # another request withdraws something meanwhile
        return found

    monkeypatch.setattr(authority, "_read", reading)
    assert authority.actor_of(account) is not None
    assert authority.held_actor(account) is None


def test_policies_say_why_not(organisation: Organisation) -> None:
    admin, officer = organisation.admin, organisation.hanoi_officer
    judged = [
        policies.may_administer_units,
        policies.may_administer_accounts,
        policies.may_grant,
    ]
    for policy in judged:
        assert policy(admin, organisation.commune) is True
        assert policy(admin, None) is True
        refusal = policy(officer, organisation.hanoi)
        assert isinstance(refusal, Refusal) and refusal.reason
    assert len({policy(officer, None).reason for policy in judged}) == 3  # type: ignore[union-attr]
    assert policies.may_plan_units(admin) is True
    assert isinstance(policies.may_plan_units(officer), Refusal)


def test_an_actor_is_read_anew_once_it_was_kept_as_long_as_it_may_be(
    organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = organisation.hue_officer.account
    assert account is not None
    authority.forget()
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)
    first = authority.actor_of(account)
    for seconds, kept in ((authority.KEEP_SECONDS - 0.5, True), (authority.KEEP_SECONDS, False)):
        monkeypatch.setattr(time, "monotonic", partial(sum, (1000.0, seconds)))
        assert (authority.actor_of(account) is first) is kept


def test_whoever_is_lent_nothing_is_the_same_alone(organisation: Organisation) -> None:
    assert authority.alone(organisation.duty) is organisation.duty


def test_a_file_may_bound_the_units_that_one_administers() -> None:
    assert policies.may_bound_units(frozenset()) is True
    refusal = policies.may_bound_units({f"{number:02}" for number in range(12, 0, -1)})
    assert isinstance(refusal, Refusal)
    assert "01, 02, 03, 04, 05, 06, 07, 08, 09, 10" in refusal.reason and "11" not in refusal.reason


def test_who_grants_for_an_event_says_which_and_goes_up_to_its_level(organisation: Organisation) -> None:
    event, unit = new_id(), organisation.hanoi
    held = joined([Reach(frozenset([unit]), event, 1)])
    actor: Actor = replace(organisation.admin, permits={Permission.GRANT: held})
    assert policies.may_grant_role(actor, Role.VIEWER, unit, event, 1) is True
    unsaid, elsewhere, above, further = (
        policies.may_grant_role(actor, role, place, about, level)
        for role, place, about, level in [
            (Role.VIEWER, unit, None, 0),
            (Role.VIEWER, organisation.hue, event, 0),
            (Role.VIEWER, unit, event, 2),
            (Role.ADMINISTRATOR, unit, event, 0),
        ]
    )
    assert isinstance(unsaid, Refusal) and "for its event only" in unsaid.reason
    assert isinstance(elsewhere, Refusal) and "may not grant roles at this unit" in elsewhere.reason
    assert isinstance(above, Refusal) and "goes up to the level" in above.reason
    assert isinstance(further, Refusal) and "for all events" in further.reason
    lowest = replace(actor, permits={Permission.GRANT: joined([Reach(frozenset([unit]), event, 0)])})
    assert policies.may_grant_role(lowest, Role.VIEWER, unit, event, 0) is True


def test_the_filter_covers_every_unit_or_those_of_the_scope(organisation: Organisation) -> None:
    whole, own = organisation.chief.scope, organisation.hue_officer.scope
    assert policies.visible_to(organisation.chief) == Q(world="real") & Q(classification__lte=whole.classification)
    level = Q(classification__lte=own.classification)
    assert policies.visible_to(organisation.hue_officer) == Q(world="real") & (
        level & Q(units__overlap=[organisation.hue])
    )
    assert policies.visible_in(Scope(None, world="exercise:1", classification=2), within="post__") == Q(
        post__world="exercise:1"
    ) & Q(post__classification__lte=2)
