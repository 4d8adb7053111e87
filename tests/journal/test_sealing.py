from collections.abc import Callable
from datetime import datetime

import psycopg
import pytest
from django.db import connection

from tests.ground import Organisation, build_organisation
from thammuu.journal import feed, sealer
from thammuu.journal.feed import StreamId
from thammuu.journal.models import Entry
from thammuu.journal.proofs import tree
from thammuu.org import actions


def own_connection() -> psycopg.Connection:
    known = connection.get_connection_params()
    keys = ("host", "port", "dbname", "user", "password")
    return psycopg.connect(**{key: known[key] for key in keys if known.get(key)}, autocommit=True)


@pytest.mark.django_db
def test_positions_are_gap_free_and_in_order(organisation: Organisation, seal: Callable[[], int]) -> None:
    assert seal() == Entry.objects.count()
    entries = feed.after(0, 10_000)
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    assert seal() == 0
    assert feed.head() == StreamId(1, len(entries))


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_commits_late_gets_a_later_position(now: datetime) -> None:
    organisation = build_organisation()
    late, writer = own_connection(), own_connection()
    late.autocommit = False
    try:
        columns = (
            "id, kind, version, world, classification, units, claimed_at, recorded_at, subject_kind, subject_id,"
            " body_digest"
        )
        insert = f"INSERT INTO journal_entry ({columns}) VALUES (gen_random_uuid(), 'x', 1, 'real', 0, '{{}}',"
        insert += " now(), now(), 'post', gen_random_uuid(), '') RETURNING id, sequence"
        slow, slow_sequence = late.execute(insert).fetchone() or (None, 0)
        fast, fast_sequence = writer.execute(insert).fetchone() or (None, 0)
        assert slow_sequence < fast_sequence
        with own_connection() as own:
            settling = sealer.Settling(sealer.settled_sequence(own), tree.load_tree(own))
            sealer.seal_once(own, settling.settled, settling.tree)
            for _turn in range(3):
                settling.due = 0.0
                settling.advance(own)
            # The slow one is in flight: the sealer must not have passed it over.
            assert settling.settled < slow_sequence
            late.commit()
            sealer.seal_once(own, settling.settled, settling.tree)
            positions = dict(own.execute("SELECT entry, position FROM journal_sealed").fetchall())
            assert positions[slow] == positions[fast] + 1
            # Other transactions of the server, an automatic vacuum's for one, may hold the note back for a while; it
            # is theirs to end, so they are given a minute.
            for _turn in range(3000):
                settling.due = 0.0
                settling.advance(own)
                if settling.settled >= fast_sequence:
                    break
                own.execute("SELECT pg_sleep(0.02)")
            assert settling.settled >= fast_sequence
            assert sealer.seal_once(own, settling.settled, settling.tree) == 0
    finally:
        late.close()
        writer.close()
    assert organisation.ministry


@pytest.mark.django_db
def test_the_fold_finds_a_row_changed_behind_the_journal(organisation: Organisation) -> None:
    from thammuu.journal import fold

    assert list(fold.differences()) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE org_post SET title = 'Khác' WHERE title = 'Quản trị'")
    [difference] = fold.differences()
    assert (difference.field, difference.told, difference.stored) == ("title", "Quản trị", "Khác")


@pytest.mark.django_db
def test_renaming_a_unit_keeps_what_it_was(organisation: Organisation, now: datetime) -> None:
    from datetime import date

    from thammuu.journal import fold

    actions.rename_unit(
        actor=organisation.admin,
        now=now,
        unit=organisation.hue,
        name="Thành phố Huế",
        parent=organisation.ministry,
        starts_on=date(2026, 1, 1),
    )
    assert list(fold.differences()) == []
