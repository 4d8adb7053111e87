"""Opening in an emergency: what it lets an officer read, who is told, how it ends."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.ground import Organisation, client_of, proved
from thammuu.journal.models import Entry
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor, Lent, Reach, Scope, joined
from thammuu.kernel.errors import BadInput, Missing, OnBehalf, Refusal, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import actions, authority, policies
from thammuu.org.models import EmergencyOpening
from thammuu.org.rules import Permission
from thammuu.watch import actions as watch
from thammuu.watch import queries
from thammuu.watch.models import Incident

pytestmark = pytest.mark.django_db


def again(actor: Actor) -> Actor:
    assert actor.account is not None
    found = authority.actor_of(actor.account)
    assert found is not None
    return found


def opened(organisation: Organisation, named: str = "46", **said: Any) -> UUID:
    common: dict[str, Any] = {
        "actor": organisation.hanoi_officer, "now": clock.now(), "named": named, "hours": 2, "reason": "Cháy lan",
    }  # fmt: skip
    return actions.open_in_emergency(**common | said).answer


def incident(organisation: Organisation, now: datetime, **said: Any) -> Incident:
    common = {"actor": organisation.chief, "now": now, "at": now, "title": "Cháy", "unit": organisation.hue}
    return Incident.objects.get(id=watch.open_incident(**common | said).answer)


def test_one_incident_is_opened_with_its_log_whatever_its_level(
    organisation: Organisation, now: datetime, fold_equals_tables: None
) -> None:
    row, other = incident(organisation, now, classification=3), incident(organisation, now)
    line = watch.write_log_entry(
        actor=organisation.chief, now=now, at=now, text="Khói lan", unit=organisation.hue, incident=row.id
    ).answer
    contact = watch.give_contact(actor=organisation.chief, now=now, text="0900", incident=row.id).answer
    officer = organisation.hanoi_officer
    assert queries.incident(officer, row.id) is None
    opened(organisation, f"#{row.number}")
    reader = again(officer)
    assert queries.incident(reader, row.id) is not None and queries.incident(reader, other.id) is None
    assert [entry.id for entry in queries.log_rows_of(reader, row.id)] == [line]
    assert row.id in {shown.id for shown in queries.board_rows(reader)}
    assert row.id in reader.permits[Permission.CONTACT_READ].opened
    with pytest.raises(Refused):
        watch.change_severity(actor=reader, now=now, incident=row.id, severity="critical")
    writing: dict[str, Any] = {"actor": reader, "now": now, "at": now, "text": "tôi đây", "unit": organisation.hanoi}
    own = watch.write_log_entry(**writing).answer
    with pytest.raises(Refused):
        watch.write_log_entry(**writing, incident=row.id)
    with pytest.raises(Refused):
        watch.attach_log_entry(actor=reader, now=now, entry=own, incident=row.id)
    assert watch.show_contact(actor=reader, now=now, contact=contact) == "0900"
    with pytest.raises(Missing):
        watch.show_contact(actor=officer, now=now, contact=contact)
    assert reader.permits.keys() - officer.permits.keys() == {Permission.CONTACT_READ}


def test_what_is_added_to_an_opened_incident_is_seen_once_actors_that_opened_are_read_anew(
    organisation: Organisation, now: datetime
) -> None:
    row = incident(organisation, now)
    opened(organisation, f"#{row.number}")
    reader, others = again(organisation.hanoi_officer), again(organisation.hue_officer)
    line = watch.write_log_entry(
        actor=organisation.chief, now=now, at=now, text="Khói lan", unit=organisation.hue, incident=row.id
    ).answer
    assert again(reader) is reader and queries.log_entry(reader, line) is None
    authority.forget_opened()
    assert queries.log_entry(again(reader), line) is not None
    assert again(others) is others


def test_a_unit_is_opened_up_to_ones_own_level_to_read_only(organisation: Organisation, now: datetime) -> None:
    low, high = incident(organisation, now), incident(organisation, now, classification=1)
    opened(organisation, "hue")
    reader = again(organisation.hanoi_officer)
    assert queries.incident(reader, low.id) is not None and queries.incident(reader, high.id) is None
    assert reader.may(Permission.CONTACT_READ, organisation.hue)
    assert not reader.may(Permission.CONTACT_READ, organisation.hanoi)
    for permission in set(Permission) - {Permission.CONTACT_READ}:
        assert not reader.may(permission, organisation.hue), permission
    with pytest.raises(Refused):
        watch.write_log_entry(actor=reader, now=now, at=now, text="tôi đây", unit=organisation.hue)


def test_it_ends_by_itself_and_before_its_time(organisation: Organisation, fold_equals_tables: None) -> None:
    late = clock.now() - timedelta(hours=2)
    opened(organisation, now=late)
    assert not again(organisation.hanoi_officer).scope.knows(organisation.hue)
    now = clock.now()
    id = opened(organisation, now=now)
    assert again(organisation.hanoi_officer).scope.knows(organisation.hue)
    assert authority.next_change(now) == now + timedelta(hours=2)
    with pytest.raises(Refused):
        actions.end_opening(actor=organisation.duty, now=clock.now(), opening=id)
    actions.end_opening(actor=organisation.chief, now=clock.now(), opening=id)
    assert not again(organisation.hanoi_officer).scope.knows(organisation.hue)
    assert authority.next_change(clock.now()) is None
    with pytest.raises(Missing):
        actions.end_opening(actor=organisation.chief, now=clock.now(), opening=new_id())


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"named": "#999999"}, "named"),
        ({"named": "Không có"}, "named"),
        ({"hours": 0}, "hours"),
        ({"hours": 9}, "hours"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_faulty_opening_leaves_nothing(organisation: Organisation, said: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as fault:
        opened(organisation, **said)
    assert fault.value.field == field and not EmergencyOpening.objects.exists()


def test_only_posts_of_the_watch_and_the_staff_open(organisation: Organisation) -> None:
    for actor in (organisation.viewer, organisation.admin, authority.SYSTEM):
        with pytest.raises(Refused):
            opened(organisation, actor=actor)
    assert not EmergencyOpening.objects.exists()


def test_superiors_are_told_at_once_and_review_it_once(organisation: Organisation, fold_equals_tables: None) -> None:
    chief, hue = client_of(organisation.chief), client_of(organisation.hue_officer)
    assert "Opened in an emergency" not in chief.get("/").content.decode()
    id = opened(organisation)
    told = Entry.objects.get(subject_id=id)
    assert set(told.units) == {organisation.hanoi, organisation.hue}
    for page in ("/", "/watch/"):
        assert "Opened in an emergency" in chief.get(page).content.decode()
        assert "Opened in an emergency" not in hue.get(page).content.decode()
    with pytest.raises(Refused):
        actions.review_opening(actor=organisation.hue_officer, now=clock.now(), opening=id, review="rõ")
    with pytest.raises(Refused):
        own = opened(organisation, actor=organisation.chief)
        actions.review_opening(actor=organisation.chief, now=clock.now(), opening=own, review="rõ")
    assert chief.post(f"/rights/openings/{id}/review/", {"review": ""}).status_code == 422
    assert chief.post(f"/rights/openings/{id}/review/", {"review": "Cần thiết"}).status_code == 302
    assert "Opened in an emergency" not in chief.get("/").content.decode()
    assert chief.post(f"/rights/openings/{id}/review/", {"review": "lại"}).status_code == 422


def test_a_superior_of_either_unit_reviews_by_the_right_that_reaches_it(organisation: Organisation) -> None:
    row = EmergencyOpening.objects.select_related("post").get(id=opened(organisation, "hue"))

    def at(unit: UUID) -> dict[str, Scope]:
        return {Permission.EMERGENCY_REVIEW: joined([Reach(frozenset([unit]), None, 2)])}

    elsewhere, other = new_id(), new_id()
    assert isinstance(policies.may_review_opening(replace(organisation.chief, permits={}), row), Refusal)
    assert isinstance(
        policies.may_review_opening(replace(organisation.chief, permits=at(organisation.commune)), row), Refusal
    )
    for unit in (organisation.hanoi, organisation.hue):
        own = replace(organisation.chief, permits=at(unit))
        assert policies.may_review_opening(own, row) is True
        lent = (Lent(elsewhere, at(organisation.commune)), Lent(other, at(unit)))
        assert policies.may_review_opening(replace(own, lent=lent), row) == OnBehalf(other)


def test_an_officer_opens_on_the_page_and_sees_why(organisation: Organisation, now: datetime) -> None:
    row = incident(organisation, now)
    officer = proved(organisation.hanoi_officer)
    assert officer.get(f"/incidents/{row.id}/").status_code == 404
    said = {"named": f"#{row.number}", "hours": "1", "reason": "Cháy lan sang Hà Nội"}
    assert officer.post("/rights/openings/new/", said | {"hours": "99"}).status_code == 422
    assert officer.post("/rights/openings/new/", said).status_code == 302
    assert officer.get(f"/incidents/{row.id}/").status_code == 200
    why = officer.get(f"/why/incident/{row.id}/").content.decode()
    assert "Emergency opening" in why and "Belongs to what was opened" in why and "Not seen" not in why
    assert "Cháy lan sang Hà Nội" in officer.get(f"/rights/posts/{organisation.hanoi_officer.post}/").content.decode()
    id = EmergencyOpening.objects.get().id
    assert client_of(organisation.hue_officer).post(f"/rights/openings/{id}/end/").status_code == 404
    assert officer.post(f"/rights/openings/{id}/end/").status_code == 302
    assert officer.get(f"/incidents/{row.id}/").status_code == 404
