"""What is granted, refused and taken back; when it begins and ends."""

from collections.abc import Callable
from copy import copy
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from tests.ground import Organisation
from thammuu.journal.facts import rebuild
from thammuu.journal.models import Entry
from thammuu.kernel import clock
from thammuu.kernel.actor import HIGHEST, Actor
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import actions, authority
from thammuu.org.models import Grant
from thammuu.org.rules import Permission, Role
from thammuu.watch import actions as watch
from thammuu.watch import queries

pytestmark = pytest.mark.django_db


def again(actor: Actor) -> Actor:
    assert actor.account is not None
    found = authority.actor_of(actor.account)
    assert found is not None
    return found


def turns(starts: datetime, ends: datetime) -> list[tuple[datetime, bool, datetime | None]]:
    """Return instants around the two, whether a right holds at each, and when rights change next."""
    tick = timedelta(microseconds=1)
    return [(starts - tick, False, starts), (starts, True, ends), (ends - tick, True, ends), (ends, False, None)]


@pytest.fixture
def grant(organisation: Organisation, now: datetime) -> Callable[..., UUID]:
    """Grant Huế's officer a role over Hà Nội, or what is said otherwise; by the administrator, now."""

    def make(**said: Any) -> UUID:
        common: dict[str, Any] = {
            "actor": organisation.admin, "now": now, "post": organisation.hue_officer.post, "role": Role.VIEWER,
            "unit": organisation.hanoi, "reason": "Tăng cường",
        }  # fmt: skip
        return actions.grant_role(**common | said).answer

    return make


@pytest.fixture
def event(organisation: Organisation, now: datetime) -> UUID:
    return actions.announce_event(
        actor=organisation.admin, now=now, code="DH", name="Đại hội", units=[organisation.ministry],
        starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31),
    )  # fmt: skip


def incident(organisation: Organisation, now: datetime, **said: Any) -> UUID:
    common = {"actor": organisation.chief, "now": now, "at": now, "title": "Cháy", "unit": organisation.hanoi}
    return watch.open_incident(**common | said).answer


def test_a_role_says_who_gave_it_and_why(
    organisation: Organisation, now: datetime, grant: Callable[..., UUID], fold_equals_tables: None
) -> None:
    id = grant(ends_at=now + timedelta(hours=8), classification=2)
    row = Grant.objects.get(id=id)
    assert (row.granted_by_id, row.reason, row.classification) == (organisation.admin.post, "Tăng cường", 2)
    told = Entry.objects.get(subject_id=id)
    assert set(told.units) == {organisation.hanoi, organisation.hue}
    actions.withdraw_role(actor=organisation.admin, now=now, grant=id, reason="Xong việc")
    assert Grant.objects.get(id=id).ends_at == now


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 501}, "reason"),
        ({"starts_at": timedelta(hours=-1)}, "starts_at"),
        ({"ends_at": timedelta(hours=-1)}, "ends_at"),
        ({"ends_at": timedelta()}, "ends_at"),
        ({"starts_at": timedelta(hours=2), "ends_at": timedelta(hours=1)}, "ends_at"),
        ({"event": new_id()}, "event"),
    ],
)
def test_a_faulty_grant_leaves_nothing(
    now: datetime, grant: Callable[..., UUID], said: dict[str, Any], field: str
) -> None:
    before = (Grant.objects.count(), Entry.objects.count())
    timed = {name: now + value if isinstance(value, timedelta) else value for name, value in said.items()}
    with pytest.raises(BadInput) as fault:
        grant(**timed)
    assert fault.value.field == field
    assert (Grant.objects.count(), Entry.objects.count()) == before


def test_nobody_grants_what_is_not_theirs(
    organisation: Organisation, now: datetime, grant: Callable[..., UUID], event: UUID
) -> None:
    local = grant(post=organisation.hue_officer.post, role=Role.ADMINISTRATOR, unit=organisation.hue, classification=1)
    hue = again(organisation.hue_officer)
    before = (Grant.objects.count(), Entry.objects.count())
    for said in (
        {"actor": organisation.chief},
        {"actor": organisation.hanoi_officer},
        {"actor": hue},
        {"actor": hue, "unit": organisation.ministry},
        {"actor": hue, "unit": organisation.hue, "classification": 2},
        {"role": Role.ADMINISTRATOR, "event": event},
    ):
        with pytest.raises(Refused):
            grant(**said)
    for said in ({"post": new_id()}, {"unit": new_id()}):
        with pytest.raises(Missing):
            grant(**said)
    assert (Grant.objects.count(), Entry.objects.count()) == before
    assert grant(actor=hue, unit=organisation.hue, classification=1)
    for actor in (organisation.chief, organisation.hanoi_officer):
        with pytest.raises(Refused):
            actions.withdraw_role(actor=actor, now=now, grant=local, reason="không")


def test_a_role_is_not_taken_back_twice_or_in_the_past(
    organisation: Organisation, now: datetime, grant: Callable[..., UUID]
) -> None:
    id = grant(ends_at=now + timedelta(hours=1))
    withdraw: Callable[..., None] = lambda **said: actions.withdraw_role(  # noqa: E731 - the test's own short name
        **{"actor": organisation.admin, "now": now, "grant": id, "reason": "Xong"} | said
    )
    for said in ({"ends_at": now - timedelta(hours=1)}, {"ends_at": now + timedelta(hours=2)}, {"reason": ""}):
        with pytest.raises(BadInput):
            withdraw(**said)
    withdraw()
    with pytest.raises(BadInput):
        withdraw(now=now + timedelta(minutes=1))
    with pytest.raises(Missing):
        withdraw(grant=new_id())


def test_rights_begin_and_end_on_the_instant_although_actors_are_held(
    organisation: Organisation, grant: Callable[..., UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    starts, ends = now + timedelta(hours=1), now + timedelta(hours=2)
    grant(now=now, starts_at=starts, ends_at=ends)
    for at, holds, changes in turns(starts, ends):
        monkeypatch.setattr(clock, "now", partial(copy, at))
        assert again(organisation.hue_officer).scope.knows(organisation.hanoi) is holds
        assert authority.next_change(at) == changes


def test_a_right_for_an_event_reaches_what_belongs_to_it(
    organisation: Organisation, now: datetime, grant: Callable[..., UUID], event: UUID
) -> None:
    within, outside = incident(organisation, now, event=event), incident(organisation, now)
    grant(event=event, role=Role.DUTY_OFFICER)
    hue = again(organisation.hue_officer)
    seen = {row.id for row in queries.board_rows(hue)}
    assert within in seen and outside not in seen
    watch.change_severity(actor=hue, now=now, incident=within, severity="critical")
    with pytest.raises(Missing):
        watch.change_severity(actor=hue, now=now, incident=outside, severity="critical")
    line: dict[str, Any] = {"actor": hue, "now": now, "at": now, "text": "đã rõ", "unit": organisation.hanoi}
    with pytest.raises(Refused):
        watch.write_log_entry(**line)
    entry = watch.write_log_entry(**line, event=event).answer
    assert queries.log_entry(hue, entry) is not None
    told = watch.write_log_entry(**line, event=event, incident=within).answer
    assert [row.id for row in queries.log_rows_of(organisation.chief, within)] == [told]


def test_what_is_classified_is_seen_and_done_up_to_the_ceiling(
    organisation: Organisation, now: datetime, grant: Callable[..., UUID]
) -> None:
    high = incident(organisation, now, classification=2)
    for who in (organisation.duty, organisation.hanoi_officer):
        assert queries.incident(who, high) is None
    grant(post=organisation.duty.post, role=Role.DUTY_OFFICER, unit=organisation.ministry, classification=2)
    duty = again(organisation.duty)
    assert queries.incident(duty, high) is not None
    watch.change_severity(actor=duty, now=now, incident=high, severity="critical")
    told = Entry.objects.filter(subject_id=high).order_by("-sequence").first()
    assert told is not None and told.classification == 2
    line = watch.write_log_entry(
        actor=duty, now=now, at=now, text="bí mật", unit=organisation.hanoi, incident=high
    ).answer
    row = queries.log_entry(duty, line)
    assert row is not None and row.classification == 2
    assert queries.log_entry(organisation.hanoi_officer, line) is None
    for level in (3, HIGHEST):
        with pytest.raises(Refused, match=r"Limited|Hạn chế"):
            incident(organisation, now, actor=duty, classification=level)


def test_contacts_are_read_by_chief_and_duty_officers_at_their_units(organisation: Organisation) -> None:
    contact = Permission.CONTACT_READ
    assert organisation.chief.may(contact, organisation.hue)
    assert organisation.duty.may(contact, organisation.hue)
    others = (organisation.staff, organisation.admin, organisation.hanoi_officer, organisation.viewer)
    assert not any(who.may_somewhere(contact) for who in others)


def test_grants_recorded_by_days_are_read_as_instants() -> None:
    post, unit = new_id(), new_id()
    sets = {"post_id": str(post), "role": "chief", "unit_id": str(unit), "starts_on": "2025-07-01", "ends_on": None}
    fact: Any = rebuild("org.role_granted", 1, new_id(), {"sets": sets, "context": {}, "links": []})
    assert (fact.starts_at, fact.ends_at, fact.classification) == (clock.start_of(date(2025, 7, 1)), None, HIGHEST)
    assert fact.say("en")
    withdrawn = {"sets": {"ends_on": "2026-01-01"}, "context": {"reason": "thôi"}, "links": []}
    ended: Any = rebuild("org.role_withdrawn", 1, new_id(), withdrawn)
    assert ended.ends_at == clock.start_of(date(2026, 1, 1)) and "thôi" in ended.say("vi")
