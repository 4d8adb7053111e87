"""What a post lets another do: how far, how long, on whose behalf, and what is refused."""

from collections.abc import Callable
from copy import copy
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from tests.ground import Organisation, client_of
from tests.org.test_granting_pages import proved
from tests.org.test_grants import again, turns
from thammuu.directives import actions as directives
from thammuu.directives.models import Decision
from thammuu.journal import feed
from thammuu.journal.models import Entry
from thammuu.journal.redaction.restating import restated
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Missing, OnBehalf, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import actions, authority, policies
from thammuu.org.account.scopes import narrowed
from thammuu.org.lending import lent_by
from thammuu.org.models import Delegation, Grant
from thammuu.org.rules import Permission, Role, Source
from thammuu.org.words import CLASSIFICATION_WORDS
from thammuu.watch import actions as watch

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def grant_of(organisation: Organisation) -> UUID:
    return Grant.objects.get(post=organisation.chief.post).id


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def delegate(organisation: Organisation, now: datetime) -> Callable[..., UUID]:
    """Let Huế's officer use the chief's role at Hà Nội for two hours, or what is said otherwise."""

    def make(**said: Any) -> UUID:
        common: dict[str, Any] = {
            "actor": organisation.chief, "now": now, "grant": grant_of(organisation),
            "post": organisation.hue_officer.post, "unit": organisation.hanoi, "ends_at": now + 2 * HOUR,
            "reason": "Đi công tác",
        }  # fmt: skip
        return actions.delegate_right(**common | said).answer

    return make


def test_what_is_delegated_is_done_on_behalf(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID], fold_equals_tables: None
) -> None:
    id = delegate(classification=1)
    row = Delegation.objects.get(id=id)
    assert (row.reason, row.classification, row.ends_at) == ("Đi công tác", 1, now + 2 * HOUR)
    hue = again(organisation.hue_officer)
    assert hue.may(Permission.DECIDE, organisation.hanoi, classification=1)
    assert hue.may(Permission.DECIDE, organisation.commune)
    assert not hue.may(Permission.DECIDE, organisation.hanoi, classification=2)
    assert not hue.may(Permission.DECIDE, organisation.hue)
    assert hue.own[Permission.LOG_WRITE].knows(organisation.hue) and Permission.DECIDE not in hue.own
    assert not authority.alone(hue).may(Permission.DECIDE, organisation.hanoi)
    assert not narrowed(authority.alone(hue), ["incidents:write"], None).scope.knows(organisation.hanoi)
    title: dict[str, Any] = {"at": now, "title": "Cháy", "now": now}
    lent = watch.open_incident(actor=hue, unit=organisation.hanoi, **title).answer
    own = watch.open_incident(actor=hue, unit=organisation.hue, **title).answer
    told, by_itself = (feed.of_subjects([one])[0] for one in (lent, own))
    assert (told.post, told.behalf) == (hue.post, organisation.chief.post)
    assert (by_itself.post, by_itself.behalf) == (hue.post, None)


def test_who_holds_a_right_both_ways_uses_its_own(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID]
) -> None:
    delegate(post=organisation.duty.post)
    duty = again(organisation.duty)
    one = watch.open_incident(actor=duty, now=now, at=now, title="Cháy", unit=organisation.hanoi).answer
    assert feed.of_subjects([one])[0].behalf is None
    decided = directives.take_decision(actor=duty, now=now, unit=organisation.hanoi, title="Điều động", reason="Cháy")
    assert feed.of_subjects([decided])[0].behalf == organisation.chief.post


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"starts_at": -HOUR}, "starts_at"),
        ({"ends_at": -HOUR}, "ends_at"),
        ({"starts_at": 2 * HOUR, "ends_at": HOUR}, "ends_at"),
        ({"ends_at": 9 * HOUR}, "ends_at"),
        ({"event": new_id()}, "event"),
        ({"post": "chief"}, "post"),
    ],
)
def test_a_faulty_delegation_leaves_nothing(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID], said: dict[str, Any], field: str
) -> None:
    Grant.objects.update(ends_at=now + 8 * HOUR)
    before = Entry.objects.count()
    made = {name: now + value if isinstance(value, timedelta) else value for name, value in said.items()}
    if "post" in said:
        made["post"] = organisation.chief.post
    with pytest.raises(BadInput) as fault:
        delegate(**made)
    assert fault.value.field == field
    assert (Delegation.objects.count(), Entry.objects.count()) == (0, before)


def test_a_right_that_begins_later_is_not_delegated_before(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID]
) -> None:
    Grant.objects.update(starts_at=now + HOUR)
    with pytest.raises(BadInput) as fault:
        delegate()
    assert fault.value.field == "starts_at"
    assert delegate(starts_at=now + HOUR)


def test_nobody_delegates_what_is_not_theirs_or_beyond_it(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID]
) -> None:
    actions.announce_event(
        actor=organisation.admin, now=now, code="DH", name="Đại hội", units=[organisation.ministry],
        starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31),
    )  # fmt: skip
    hanoi = Grant.objects.get(post=organisation.hanoi_officer.post)
    before = Entry.objects.count()
    his: dict[str, Any] = {"actor": organisation.hanoi_officer, "grant": hanoi.id}
    level = CLASSIFICATION_WORDS[0]
    for said, words in (
        ({"actor": organisation.staff}, "was not granted this role itself"),
        ({"actor": organisation.admin}, "was not granted this role itself"),
        ({"actor": authority.SYSTEM}, "was not granted this role itself"),
        ({**his, "unit": organisation.hue}, "does not reach this unit"),
        ({**his, "unit": organisation.ministry}, "does not reach this unit"),
        ({**his, "classification": 1}, f"“{level}”"),
    ):
        with pytest.raises(Refused, match=words):
            delegate(**said)
    for missing in ({"grant": new_id()}, {"post": new_id()}):
        with pytest.raises(Missing):
            delegate(**missing)
    assert (Delegation.objects.count(), Entry.objects.count()) == (0, before)


def test_a_right_of_an_event_is_delegated_for_it_only(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID]
) -> None:
    events = [
        actions.announce_event(
            actor=organisation.admin, now=now, code=code, name=code, units=[organisation.ministry],
            starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 31),
        )
        for code in ("DH", "ASEAN")
    ]  # fmt: skip
    granted = actions.grant_role(
        actor=organisation.admin, now=now, post=organisation.staff.post or new_id(), role=Role.DUTY_OFFICER,
        unit=organisation.ministry, event=events[0], reason="Bảo vệ đại hội",
    ).answer  # fmt: skip
    with pytest.raises(Refused):
        delegate(actor=organisation.staff, grant=granted, event=events[1])
    delegate(actor=organisation.staff, grant=granted)
    hue = again(organisation.hue_officer)
    assert hue.may(Permission.INCIDENT_CLOSE, organisation.hanoi, event=events[0])
    assert not hue.may(Permission.INCIDENT_CLOSE, organisation.hanoi)
    assert not hue.may(Permission.INCIDENT_CLOSE, organisation.hanoi, event=events[1])


def test_what_was_delegated_goes_no_further(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID]
) -> None:
    id = delegate()
    hue = again(organisation.hue_officer)
    for grant in (id, grant_of(organisation)):
        with pytest.raises(Refused):
            delegate(actor=hue, grant=grant, post=organisation.staff.post)
    administrators = Grant.objects.get(post=organisation.admin.post).id
    delegate(actor=organisation.admin, grant=administrators)
    hue = again(hue)
    assert hue.may(Permission.UNIT_ADMIN, organisation.hanoi)
    assert not hue.may_somewhere(Permission.GRANT)


def test_what_suffices_wherever_it_holds_is_done_on_behalf_unless_one_has_it(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID]
) -> None:
    delegate(actor=organisation.admin, grant=Grant.objects.get(post=organisation.admin.post).id)
    delegate()
    hue = again(organisation.hue_officer)
    assert organisation.admin.post is not None
    assert policies.may_plan_units(hue) == OnBehalf(organisation.admin.post)
    assert policies.may_open_in_emergency(hue) is True


def test_it_ends_with_the_right_that_it_stands_on(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    delegate()
    soon = now + timedelta(minutes=1)
    actions.withdraw_role(
        actor=organisation.admin, now=now, grant=grant_of(organisation), reason="Thôi giữ chức", ends_at=soon
    )
    hue = organisation.hue_officer
    assert again(hue).may(Permission.DECIDE, organisation.hanoi) and authority.next_change(now) == soon
    monkeypatch.setattr(clock, "now", partial(copy, soon))
    assert not again(hue).may(Permission.DECIDE, organisation.hanoi)
    assert authority.rights_of([hue.post or new_id()], soon)[-1].source is Source.GRANT


def test_a_post_is_told_what_it_delegated_until_that_ends(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID]
) -> None:
    delegate(ends_at=now + HOUR)
    delegate(starts_at=now + HOUR)
    actions.withdraw_role(
        actor=organisation.admin, now=now, grant=grant_of(organisation), reason="Thôi giữ chức", ends_at=now + HOUR
    )
    giver = organisation.chief.post
    assert giver is not None
    # The second would begin when the right that it stands on is over already.
    assert [right.starts_at for right in lent_by(giver, now)] == [now]
    assert lent_by(giver, now + HOUR) == []


def test_it_ends_on_its_instant_although_actors_are_held(
    organisation: Organisation, delegate: Callable[..., UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    starts, ends = now + HOUR, now + 2 * HOUR
    delegate(now=now, starts_at=starts, ends_at=ends)
    for at, holds, changes in turns(starts, ends):
        monkeypatch.setattr(clock, "now", partial(copy, at))
        assert bool(again(organisation.hue_officer).may(Permission.DECIDE, organisation.hanoi)) is holds
        assert authority.next_change(at) == changes


@pytest.mark.parametrize("who", ["chief", "admin"])
def test_it_is_taken_back_at_once(
    organisation: Organisation, delegate: Callable[..., UUID], who: str, fold_equals_tables: None
) -> None:
    id = delegate()
    end: Callable[..., None] = lambda actor, reason="Đã về": actions.end_delegation(  # noqa: E731 - the test's own short name
        actor=actor, now=clock.now(), delegation=id, reason=reason
    )
    for stranger in (organisation.hue_officer, organisation.staff, organisation.duty):
        with pytest.raises(Refused, match="Only the post that delegated this"):
            end(stranger)
    with pytest.raises(BadInput):
        end(getattr(organisation, who), reason="")
    end(getattr(organisation, who))
    assert not again(organisation.hue_officer).may(Permission.DECIDE, organisation.hanoi)
    with pytest.raises(BadInput):
        end(organisation.chief)
    with pytest.raises(Missing):
        actions.end_delegation(actor=organisation.chief, now=clock.now(), delegation=new_id(), reason="Không")


def test_the_receivers_administrator_takes_it_back(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID]
) -> None:
    id = delegate(post=organisation.hanoi_officer.post, unit=organisation.ministry)
    post = organisation.hue_officer.post
    assert post is not None
    actions.grant_role(
        actor=organisation.admin, now=now, post=post, role=Role.ADMINISTRATOR, unit=organisation.hanoi, reason="Kiêm"
    )
    hue = again(organisation.hue_officer)
    actions.end_delegation(actor=hue, now=clock.now(), delegation=id, reason="Chuyển công tác")
    assert Delegation.objects.get(id=id).ends_at <= clock.now()


def test_wherever_the_author_is_shown_it_says_on_whose_behalf(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID], fold_equals_tables: None
) -> None:
    delegate(classification=1)
    hue = again(organisation.hue_officer)
    line: dict[str, Any] = {"actor": hue, "now": now, "at": now, "unit": organisation.hanoi, "classification": 1}
    incident = watch.open_incident(actor=hue, now=now, at=now, title="Cháy", unit=organisation.hanoi).answer
    entry = watch.write_log_entry(**line, text="Đã rõ", incident=incident).answer
    decision = directives.take_decision(
        actor=hue, now=now, unit=organisation.hanoi, title="Điều động", reason="Cháy",
        arises_from=(Subject.INCIDENT, incident),
    )  # fmt: skip
    told = Entry.objects.get(subject_id=decision).id
    chief = client_of(organisation.chief)
    for address in (
        "/watch/", "/watch/log/", f"/watch/log/{entry}/", f"/incidents/{incident}/", f"/decisions/{decision}/",
        "/decisions/", f"/thread/incident/{incident}/", "/journal/", f"/journal/{told}/",
    ):  # fmt: skip
        page = chief.get(address).content.decode()
        assert "on behalf of Chánh Văn phòng, Văn phòng Bộ" in page, address


def test_who_decides_for_another_unit_chooses_it(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID]
) -> None:
    hue = proved(organisation.hue_officer)
    words = {"title": "Điều động", "reason": "Cháy", "order-urgency": "normal"}
    assert hue.get("/decisions/new/").status_code == 403
    delegate(unit=organisation.ministry)
    assert 'name="unit"' in hue.get("/decisions/new/").content.decode()
    assert hue.post("/decisions/new/", words | {"unit": str(organisation.commune)}).status_code == 422
    assert hue.post("/decisions/new/", words | {"unit": str(organisation.ministry)}).status_code == 302
    decided = Decision.objects.get()
    assert (decided.unit_id, decided.post_id) == (organisation.ministry, organisation.hue_officer.post)
    assert decided.behalf_id == organisation.chief.post


def test_a_redaction_keeps_on_whose_behalf(
    organisation: Organisation, now: datetime, delegate: Callable[..., UUID]
) -> None:
    delegate()
    hue = again(organisation.hue_officer)
    one = watch.open_incident(actor=hue, now=now, at=now, title="Cháy nhà bà Hoa", unit=organisation.hanoi).answer
    body = feed.of_subjects([one])[0].body
    assert body is not None
    left = restated(body, {"title": ""})
    assert left["sets"]["title"] == "" and left["behalf"] == str(organisation.chief.post)
