"""Audiences: kept by the database beside the units of a row; `verify --tables` finds those that were changed."""

import threading
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings

from tests.org.test_visibility import REACHES, ROWS, WORLDS
from thammuu.config.working import connect
from thammuu.journal import fold
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor, Reach, joined
from thammuu.kernel.ids import new_id
from thammuu.org import audiences
from thammuu.org.models import Audience, AudienceUnit
from thammuu.org.policies import visible_to
from thammuu.watch.models import LogEntry
from thammuu.watch.rules import LogKind

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
A, B, C = new_id(), new_id(), new_id()


def entry(units: list[UUID], world: str = "real", level: int = 0) -> LogEntry:
    now = clock.now()
    return LogEntry(
        id=new_id(), world=world, units=units, classification=level, unit_id=A, kind=LogKind.NOTE, happened_at=now,
        recorded_at=now, text="x",
    )  # fmt: skip


def audience_of(units: list[UUID]) -> int:
    row = entry(units)
    row.save(force_insert=True)
    row.refresh_from_db()
    assert row.audience is not None
    return row.audience


@pytest.mark.django_db
def test_the_same_units_are_one_audience_however_they_are_written() -> None:
    both = audience_of([A, B])
    assert audience_of([B, A]) == audience_of([A, B, A]) == both
    assert audience_of([A]) != both
    assert set(AudienceUnit.objects.filter(audience_id=both).values_list("unit_id", flat=True)) == {A, B}
    assert not AudienceUnit.objects.filter(audience_id=audience_of([])).exists()
    third = audience_of([C])
    assert set(audiences.of([B, C])) == {both, third}
    assert audiences.of([]) == []


@pytest.mark.django_db
def test_an_audience_follows_the_units_and_nobody_sets_it() -> None:
    row = entry([A])
    row.save(force_insert=True)
    LogEntry.objects.filter(id=row.id).update(units=[C])
    LogEntry.objects.filter(id=row.id).update(audience=-1)
    row.refresh_from_db()
    assert row.audience == audience_of([C])


@pytest.mark.django_db
def test_a_set_of_every_commune_is_an_audience_as_well() -> None:
    many = [new_id() for _number in range(3321)]
    assert AudienceUnit.objects.filter(audience_id=audience_of(many)).count() == 3321


@pytest.mark.django_db(transaction=True)
def test_two_who_write_a_new_set_at_once_get_one_audience() -> None:
    found: list[int] = []

    def second() -> None:
        try:
            found.append(audience_of([A, C]))
        finally:
            connection.close()

    with transaction.atomic():
        first = audience_of([A, C])
        thread = threading.Thread(target=second)
        thread.start()
        with connect() as other:
            while other.execute(WAITING).fetchone() == (0,):
                assert thread.is_alive()
    thread.join()
    assert found == [first]
    assert Audience.objects.count() == 1
    assert set(AudienceUnit.objects.values_list("unit_id", flat=True)) == {A, C}


def covered(actor: Actor, row: LogEntry) -> bool:
    return actor.scope.covers(row.units, row.world, row.classification, row.event_id, row.id)


@pytest.mark.django_db
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reaches=REACHES, world=WORLDS, rows=ROWS)
def test_the_filter_by_audience_equals_the_predicate(
    reaches: list[Reach], world: str, rows: list[tuple[list[UUID], str, int]]
) -> None:
    actor = Actor(account=None, post=None, unit=None, scope=joined(reaches, [], world))
    LogEntry.objects.all().delete()
    entries = LogEntry.objects.bulk_create([entry(*row) for row in rows])
    seen = set(LogEntry.objects.filter(visible_to(actor, audience=True)).values_list("id", flat=True))
    assert seen == {row.id for row in entries if covered(actor, row)}


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["row", "added", "taken", "none"])
def test_what_is_changed_behind_the_journals_back_is_found(change: str) -> None:
    mine, other = audience_of([A, B]), audience_of([C])
    row = LogEntry.objects.get(audience=mine)
    assert list(fold.checked()) == []
    with connection.cursor() as cursor:
        # A superuser sets triggers aside like this.
        cursor.execute("SET LOCAL session_replication_role = replica")
    if change == "row":
        LogEntry.objects.filter(id=row.id).update(audience=other)
    elif change == "added":
        AudienceUnit.objects.create(unit_id=C, audience_id=mine)
    elif change == "taken":
        AudienceUnit.objects.filter(audience_id=mine).delete()
    else:
        LogEntry.objects.filter(id=row.id).update(audience=None)
    found = [(one.subject, one.id, one.field, one.told) for one in fold.checked()]
    told = "other units" if change in ("added", "taken") else "another"
    assert found == [(Subject.LOG_ENTRY, row.id, "audience", told)]


def test_migrations_leave_out_what_every_audience_field_has() -> None:
    field = audiences.AudienceField(db_index=True)
    assert (field.null, field.editable) == (True, False)
    _name, path, arguments, options = field.deconstruct()
    assert path == "thammuu.org.audiences.AudienceField" and (arguments, options) == ([], {"db_index": True})
