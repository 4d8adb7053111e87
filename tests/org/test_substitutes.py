"""Who may act in a post, who does, from when until when, and what it does then."""

from collections.abc import Callable
from copy import copy
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from tests.ground import Organisation, client_of
from tests.org.test_granting_pages import proved
from tests.org.test_grants import again, turns
from thammuu.journal import feed
from thammuu.journal.models import Entry
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, OnBehalf, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import actions, authority
from thammuu.org.granting.substituting import candidates, first_free
from thammuu.org.models import Grant, Post, Substitution
from thammuu.org.rules import Permission, Role
from thammuu.watch import actions as watch

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def post_of(actor: Actor) -> UUID:
    assert actor.post is not None
    return actor.post


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def announce(organisation: Organisation, now: datetime) -> Callable[..., UUID]:
    """Let Hà Nội's officer act as the chief for two hours, or what is said otherwise."""
    post, substitutes = post_of(organisation.chief), [post_of(organisation.hanoi_officer), post_of(organisation.staff)]
    actions.name_substitutes(actor=organisation.chief, now=now, post=post, substitutes=substitutes)

    def make(**said: Any) -> UUID:
        common: dict[str, Any] = {
            "actor": organisation.chief, "now": now, "post": post, "substitute": substitutes[0],
            "ends_at": now + 2 * HOUR,
        }  # fmt: skip
        return actions.announce_substitution(**common | said).answer

    return make


def test_a_substitute_does_on_behalf_what_the_post_may(
    organisation: Organisation, now: datetime, announce: Callable[..., UUID], fold_equals_tables: None
) -> None:
    announce()
    officer = again(organisation.hanoi_officer)
    assert officer.may(Permission.DECIDE, organisation.hue, classification=3)
    common: dict[str, Any] = {"actor": officer, "now": now, "at": now, "title": "Cháy"}
    as_chief = watch.open_incident(unit=organisation.hue, **common).answer
    own = watch.open_incident(unit=organisation.hanoi, **common).answer
    assert [feed.of_subjects([one])[0].behalf for one in (as_chief, own)] == [organisation.chief.post, None]
    assert feed.of_subjects([as_chief])[0].post == officer.post


def test_what_was_granted_to_the_post_later_is_the_substitutes_too_but_not_what_was_delegated_to_it(
    organisation: Organisation, now: datetime, announce: Callable[..., UUID]
) -> None:
    announce()
    grant: dict[str, Any] = {"actor": organisation.admin, "now": now, "role": Role.UNIT_OFFICER, "reason": "Kiêm"}
    assert not again(organisation.hanoi_officer).may(Permission.ASSIGNMENT_EXECUTE, organisation.hue)
    held = Grant.objects.get(post=organisation.hue_officer.post)
    actions.delegate_right(
        actor=organisation.hue_officer, now=now, grant=held.id, post=post_of(organisation.chief),
        unit=organisation.hue, ends_at=now + HOUR, reason="Nghỉ",
    )  # fmt: skip
    assert again(organisation.chief).may(Permission.ASSIGNMENT_EXECUTE, organisation.hue)
    assert not again(organisation.hanoi_officer).may(Permission.ASSIGNMENT_EXECUTE, organisation.hue)
    actions.grant_role(**grant, post=post_of(organisation.chief), unit=organisation.hue)
    assert again(organisation.hanoi_officer).may(Permission.ASSIGNMENT_EXECUTE, organisation.hue)


def test_nobody_administers_rights_or_accounts_as_a_substitute(organisation: Organisation, now: datetime) -> None:
    admin, staff = post_of(organisation.admin), post_of(organisation.staff)
    actions.name_substitutes(actor=organisation.admin, now=now, post=admin, substitutes=[staff])
    actions.announce_substitution(actor=organisation.admin, now=now, post=admin, substitute=staff, ends_at=now + HOUR)
    acting = again(organisation.staff)
    assert not acting.may_somewhere(Permission.GRANT) and not acting.may_somewhere(Permission.ACCOUNT_ADMIN)
    with pytest.raises(Refused):
        actions.name_substitutes(actor=acting, now=now, post=admin, substitutes=[post_of(organisation.duty)])
    unit = actions.create_unit(
        actor=acting, now=now, code="00008", level="commune", name="Cửa Nam", parent=organisation.hanoi,
        starts_on=clock.day_of(now),
    )  # fmt: skip
    assert feed.of_subjects([unit])[0].behalf == admin


def test_who_acts_in_two_posts_does_each_thing_on_behalf_of_its_own(
    organisation: Organisation, now: datetime, announce: Callable[..., UUID]
) -> None:
    hue, staff = post_of(organisation.hue_officer), post_of(organisation.staff)
    announce(substitute=staff)
    actions.name_substitutes(actor=organisation.hue_officer, now=now, post=hue, substitutes=[staff])
    actions.announce_substitution(
        actor=organisation.hue_officer, now=now, post=hue, substitute=staff, ends_at=now + HOUR
    )
    acting = again(organisation.staff)
    assert {lent.post for lent in acting.lent} == {hue, organisation.chief.post}
    executes = acting.by(Permission.ASSIGNMENT_EXECUTE, lambda held: held.allows(organisation.hue))
    closes = acting.by(Permission.INCIDENT_CLOSE, lambda held: held.allows(organisation.hue))
    assert (executes, closes) == (OnBehalf(hue), OnBehalf(post_of(organisation.chief)))


def test_a_substitution_begins_and_ends_on_its_instant(
    organisation: Organisation, announce: Callable[..., UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    starts, ends = now + HOUR, now + 2 * HOUR
    announce(now=now, starts_at=starts, ends_at=ends)
    for at, holds, changes in turns(starts, ends):
        monkeypatch.setattr(clock, "now", partial(copy, at))
        assert bool(again(organisation.hanoi_officer).may(Permission.DECIDE, organisation.hue)) is holds
        assert authority.next_change(at) == changes


@pytest.mark.parametrize("who", ["chief", "admin", "hanoi_officer"])
def test_it_is_ended_before_its_time(
    organisation: Organisation, announce: Callable[..., UUID], who: str, fold_equals_tables: None
) -> None:
    id = announce()
    for stranger in (organisation.staff, organisation.hue_officer):
        with pytest.raises(Refused):
            actions.end_substitution(actor=stranger, now=clock.now(), substitution=id)
    actions.end_substitution(actor=getattr(organisation, who), now=clock.now(), substitution=id)
    assert not again(organisation.hanoi_officer).may(Permission.DECIDE, organisation.hue)
    told = Entry.objects.count()
    actions.end_substitution(actor=getattr(organisation, who), now=clock.now(), substitution=id)
    assert Entry.objects.count() == told
    with pytest.raises(Missing):
        actions.end_substitution(actor=organisation.chief, now=clock.now(), substitution=new_id())


def test_what_is_refused_leaves_nothing(
    organisation: Organisation, now: datetime, announce: Callable[..., UUID]
) -> None:
    before = Entry.objects.count()
    for said, field in (
        ({"substitute": post_of(organisation.duty)}, "substitute"),
        ({"starts_at": now - HOUR}, "starts_at"),
        ({"ends_at": now}, "ends_at"),
        ({"starts_at": now + 3 * HOUR}, "ends_at"),
    ):
        with pytest.raises(BadInput) as fault:
            announce(**said)
        assert fault.value.field == field
    with pytest.raises(Refused, match="Only its holder"):
        announce(actor=organisation.staff)
    with pytest.raises(Missing):
        announce(post=new_id())
    assert (Substitution.objects.count(), Entry.objects.count()) == (0, before)
    announce()
    with pytest.raises(BadInput):
        announce(substitute=post_of(organisation.staff), starts_at=now + HOUR, ends_at=now + 4 * HOUR)
    announce(substitute=post_of(organisation.staff), starts_at=now + 2 * HOUR, ends_at=now + 4 * HOUR)


def test_substitutes_are_named_in_order(organisation: Organisation, now: datetime, fold_equals_tables: None) -> None:
    chief, others = post_of(organisation.chief), [organisation.staff, organisation.duty, organisation.viewer]
    named = [post_of(one) for one in others]
    for substitutes in ([*named, post_of(organisation.admin)], [chief], [named[0], named[0]], [new_id()]):
        with pytest.raises(BadInput):
            actions.name_substitutes(actor=organisation.chief, now=now, post=chief, substitutes=substitutes)
    with pytest.raises(Refused):
        actions.name_substitutes(actor=organisation.staff, now=now, post=chief, substitutes=named)
    actions.name_substitutes(actor=organisation.admin, now=now, post=chief, substitutes=named)
    told = Entry.objects.count()
    actions.name_substitutes(actor=organisation.chief, now=now, post=chief, substitutes=named)
    assert Entry.objects.count() == told
    assert Post.objects.get(id=chief).substitutes == named


def test_the_first_that_is_free_is_proposed(
    organisation: Organisation, now: datetime, announce: Callable[..., UUID]
) -> None:
    chief, hanoi, staff = (post_of(one) for one in (organisation.chief, organisation.hanoi_officer, organisation.staff))
    row = Post.objects.get(id=chief)
    assert first_free(candidates(row, now)) == hanoi
    actions.name_substitutes(actor=organisation.admin, now=now, post=hanoi, substitutes=[staff])
    away = actions.announce_substitution(
        actor=organisation.admin, now=now, post=hanoi, substitute=staff, ends_at=now + HOUR
    ).answer
    busy = [one.busy for one in candidates(row, now)]
    assert first_free(candidates(row, now)) is None and all(busy)
    actions.end_substitution(actor=organisation.admin, now=clock.now(), substitution=away)
    empty = actions.create_post(actor=organisation.admin, now=now, unit=organisation.hanoi, title="Phó")
    actions.name_substitutes(actor=organisation.chief, now=now, post=chief, substitutes=[empty, staff])
    assert first_free(candidates(Post.objects.get(id=chief), clock.now())) == staff


def test_the_pages_name_announce_and_end(organisation: Organisation) -> None:
    chief, post, staff = proved(organisation.chief), post_of(organisation.chief), post_of(organisation.staff)
    empty = chief.get(f"/rights/posts/{post}/substitutions/new/").content.decode()
    assert "No substitute is named" in empty
    twice = {"first": str(staff), "second": str(staff), "third": ""}
    answer = chief.post(f"/rights/posts/{post}/substitutes/", twice)
    assert answer.status_code == 422 and "each is named once" in answer.content.decode()
    assert chief.post(f"/rights/posts/{post}/substitutes/", twice | {"second": ""}).status_code == 302
    assert f'value="{staff}" selected' in chief.get(f"/rights/posts/{post}/substitutes/").content.decode()
    proposed = chief.get(f"/rights/posts/{post}/substitutions/new/").content.decode()
    assert f'value="{staff}" selected' in proposed
    until = clock.in_zone(clock.now() + 8 * HOUR)
    said = {"substitute": str(staff), "starts_at": "", "ends_at": f"{until:%Y-%m-%dT%H:%M}"}
    late = chief.post(f"/rights/posts/{post}/substitutions/new/", said | {"ends_at": "2020-01-01T00:00"})
    assert late.status_code == 422 and "must lie ahead" in late.content.decode()
    assert chief.post(f"/rights/posts/{post}/substitutions/new/", said).status_code == 302
    row = Substitution.objects.get()
    for who, shown in (
        (organisation.chief, True), (organisation.admin, True), (organisation.staff, True),
        (organisation.hue_officer, False),
    ):  # fmt: skip
        page = client_of(who).get("/rights/substitutions/").content.decode()
        assert ("Acts now" in page) is shown
    assert client_of(organisation.hue_officer).post(f"/rights/substitutions/{row.id}/end/").status_code == 404
    assert "As a substitute" in client_of(organisation.staff).get(f"/rights/posts/{staff}/").content.decode()
    assert client_of(organisation.staff).post(f"/rights/substitutions/{row.id}/end/").status_code == 302
    assert Substitution.objects.get().ends_at <= clock.now()
