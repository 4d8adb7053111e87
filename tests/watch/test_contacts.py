"""A reporter's contact: closed at rest, shown on a press to whom may see it, recorded, forgotten in time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.ground import Organisation, client_of
from tests.watch.floor import open_incident, write
from thammuu.journal.models import Body, Entry
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.org.authority import SYSTEM
from thammuu.watch import actions
from thammuu.watch.contact import queries, secrecy
from thammuu.watch.models import ReporterContact

SECRET = "Bà Hoa 0912 345 678"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


def give(organisation: Organisation, now: datetime, text: str = SECRET, **of: Any) -> ReporterContact:
    done = actions.give_contact(actor=organisation.hanoi_officer, now=now, text=text, **of)
    return ReporterContact.objects.get(id=done.answer)


def test_two_rows_of_one_contact_have_nothing_in_common() -> None:
    first, second = secrecy.close(SECRET), secrecy.close(SECRET)
    assert {first.salt, first.sealed, first.digest}.isdisjoint({second.salt, second.sealed, second.digest})
    assert secrecy.open_up(*first) == secrecy.open_up(*second) == SECRET
    assert secrecy.open_up(first.salt, second.sealed, first.digest) is None
    assert len(secrecy.close("1").sealed) == len(secrecy.close("0912 345 678").sealed)


def test_the_key_is_not_in_the_database(settings: Any) -> None:
    closed, before = secrecy.close(SECRET), settings.SECRET_KEY
    settings.SECRET_KEY = "another" * 10
    assert secrecy.open_up(*closed) is None
    settings.SECRET_KEY_FALLBACKS = [before]
    assert secrecy.open_up(*closed) == SECRET


def test_the_journal_does_not_know_it(organisation: Organisation, now: datetime) -> None:
    incident = open_incident(organisation, now)
    row = give(organisation, now, incident=incident.id)
    assert actions.show_contact(actor=organisation.duty, now=now, contact=row.id) == SECRET
    kinds = list(Entry.objects.filter(subject_id=row.id).order_by("sequence").values_list("kind", "account"))
    assert kinds == [
        ("watch.contact_given", organisation.hanoi_officer.account),
        ("watch.contact_shown", organisation.duty.account),
    ]
    assert not Body.objects.filter(text__contains="0912 345").exists()
    [shown] = queries.showings(row.id)
    assert shown.body is not None and shown.body["context"] == {"number": incident.number}


def test_to_see_the_incident_is_not_to_see_the_contact(organisation: Organisation, now: datetime) -> None:
    row = give(organisation, now, incident=open_incident(organisation, now).id)
    for actor in (organisation.hanoi_officer, organisation.staff, organisation.viewer, organisation.admin):
        with pytest.raises(Refused):
            actions.show_contact(actor=actor, now=now, contact=row.id)
    with pytest.raises(Missing):
        actions.show_contact(actor=organisation.hue_officer, now=now, contact=row.id)
    assert not Entry.objects.filter(kind="watch.contact_shown").exists()


def test_sharing_an_incident_does_not_share_the_contact(organisation: Organisation, now: datetime) -> None:
    incident = open_incident(organisation, now)
    row = give(organisation, now, incident=incident.id)
    actions.share_incident(actor=organisation.duty, now=now, incident=incident.id, units=[organisation.hue])
    assert queries.contacts(organisation.hue_officer, incident=incident.id) == []
    assert queries.contact(organisation.hue_officer, row.id) is None


@pytest.mark.parametrize("text", ["", "  ", "x" * 301])
def test_what_is_no_contact_is_refused(organisation: Organisation, now: datetime, text: str) -> None:
    with pytest.raises(BadInput):
        give(organisation, now, text, incident=open_incident(organisation, now).id)


def test_a_foreign_incident_or_entry_does_not_exist(organisation: Organisation, now: datetime) -> None:
    hue = organisation.hue_officer
    for of in ({"incident": open_incident(organisation, now).id}, {"log_entry": write(organisation, now)}):
        with pytest.raises(Missing):
            actions.give_contact(actor=hue, now=now, text=SECRET, **of)
    with pytest.raises(Refused):
        actions.give_contact(
            actor=organisation.viewer, now=now, text=SECRET, incident=open_incident(organisation, now).id
        )


def test_contacts_are_redacted_when_their_time_is_over(organisation: Organisation, now: datetime) -> None:
    units, later = [organisation.ministry], now + timedelta(days=30)
    open_, closed = open_incident(organisation, now), open_incident(organisation, now, "Tắc đường")
    entry, loose = write(organisation, now, incident=closed.id), write(organisation, now)
    rows = [
        give(organisation, now, incident=open_.id),
        give(organisation, now, incident=closed.id),
        give(organisation, now, log_entry=entry),
        give(organisation, now, log_entry=loose),
    ]
    actions.close_incident(actor=organisation.duty, now=now, incident=closed.id, outcome="xong")
    common: dict[str, Any] = {"actor": SYSTEM, "units": units, "days": 30}
    assert actions.redact_due_contacts(now=later - timedelta(seconds=1), **common) == 0
    assert not Entry.objects.filter(kind="watch.retention_applied").exists()
    assert actions.redact_due_contacts(now=later, **common) == 3
    assert actions.redact_due_contacts(now=later, **common) == 0
    for row in rows:
        row.refresh_from_db()
    assert [bool(row.sealed) for row in rows] == [True, False, False, False]
    assert [bytes(row.salt) == b"" for row in rows] == [False, True, True, True]
    with pytest.raises(BadInput):
        actions.show_contact(actor=organisation.duty, now=later, contact=rows[1].id)
    [run] = Entry.objects.filter(kind="watch.retention_applied")
    assert '"redacted":3' in Body.objects.get(entry=run.id).text and '"kept":1' in Body.objects.get(entry=run.id).text


def test_a_reopened_incident_keeps_its_contacts(organisation: Organisation, now: datetime) -> None:
    incident = open_incident(organisation, now)
    row = give(organisation, now, incident=incident.id)
    actions.close_incident(actor=organisation.duty, now=now, incident=incident.id, outcome="xong")
    actions.reopen_incident(actor=organisation.duty, now=now, incident=incident.id, reason="bùng lại")
    later = now + timedelta(days=90)
    assert actions.redact_due_contacts(actor=SYSTEM, now=later, units=[organisation.ministry], days=30) == 0
    found = queries.contact(organisation.duty, row.id)
    assert found is not None and found.due_at is None


def test_the_page_shows_it_only_on_a_press(organisation: Organisation, now: datetime) -> None:
    incident = open_incident(organisation, now)
    duty = client_of(organisation.duty)
    sent = duty.post(f"/incidents/{incident.id}/contact/", {"contact": SECRET}, follow=True)
    row = ReporterContact.objects.get()
    assert SECRET not in sent.content.decode()
    assert SECRET not in duty.get(f"/contacts/{row.id}/").content.decode()
    assert not Entry.objects.filter(kind="watch.contact_shown").exists()
    shown = duty.post(f"/contacts/{row.id}/showing/")
    assert SECRET in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert "Trực ban" in shown.content.decode()
    assert client_of(organisation.staff).post(f"/contacts/{row.id}/showing/").status_code == 403
    empty = duty.post(f"/incidents/{incident.id}/contact/", {"contact": ""})
    assert empty.status_code == 422


def test_an_entry_of_the_log_has_its_own(organisation: Organisation, now: datetime) -> None:
    entry, duty = write(organisation, now), client_of(organisation.duty)
    duty.post(f"/watch/log/{entry}/contact/", {"contact": SECRET})
    assert f"/contacts/{ReporterContact.objects.get().id}/" in duty.get(f"/watch/log/{entry}/").content.decode()


def test_no_plain_byte_of_it_is_in_any_table(
    organisation: Organisation, now: datetime, seal: Callable[[], int]
) -> None:
    give(organisation, now, incident=open_incident(organisation, now).id)
    seal()
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', ["%0912 345%"])
            assert cursor.fetchone() == (0,), table
