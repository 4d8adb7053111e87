from datetime import datetime
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from tests.ground import Organisation
from thammuu.journal import feed
from thammuu.journal.models import Entry
from thammuu.journal.models import Submission as SubmissionRow
from thammuu.journal.recording import Submission, SubmissionConflict, record
from thammuu.kernel.ids import new_id
from thammuu.org import facts
from thammuu.org.models import Post

pytestmark = pytest.mark.django_db


def _record_post(organisation: Organisation, now: datetime, title: str, submission: Submission | None = None):
    post = Post(id=new_id(), unit_id=organisation.hanoi, title=title)
    told = facts.PostCreated(subject_id=post.id, unit_id=organisation.hanoi, title=title)
    return record(
        told,
        actor=organisation.duty,
        at=now,
        now=now,
        units=[organisation.hanoi],
        rows=[post],
        submission=submission,
    )


@pytest.mark.usefixtures("fold_equals_tables")
def test_a_fact_and_its_row_arrive_together_with_every_column(organisation: Organisation, now: datetime) -> None:
    recorded = _record_post(organisation, now, "Trực ban đêm")
    [entry] = feed.of_subjects([recorded.answer])
    assert entry.id == recorded.entries[0]
    assert entry.kind == "org.post_created"
    assert entry.body == {
        "sets": {"unit_id": str(organisation.hanoi), "title": "Trực ban đêm"},
        "context": {},
        "links": [],
    }
    assert (entry.account, entry.post) == (organisation.duty.account, organisation.duty.post)
    assert (entry.world, entry.units, entry.classification, entry.event) == (
        "real",
        (organisation.hanoi,),
        0,
        None,
    )
    assert Post.objects.get(id=recorded.answer).title == "Trực ban đêm"


def test_the_same_submission_is_stored_once_and_answered_the_same(organisation: Organisation, now: datetime) -> None:
    sending = Submission(id=new_id(), digest=b"x" * 32)
    first = _record_post(organisation, now, "A", sending)
    count = Entry.objects.count()
    again = _record_post(organisation, now, "A", sending)
    assert again.replayed
    assert again.answer == first.answer
    assert Entry.objects.count() == count
    assert Post.objects.filter(title="A").count() == 1


def test_a_submission_with_another_body_is_a_conflict(organisation: Organisation, now: datetime) -> None:
    id: UUID = new_id()
    _record_post(organisation, now, "A", Submission(id=id, digest=b"x" * 32))
    with pytest.raises(SubmissionConflict):
        _record_post(organisation, now, "B", Submission(id=id, digest=b"y" * 32))
    assert not Post.objects.filter(title="B").exists()
    assert SubmissionRow.objects.filter(id=id).count() == 1


@pytest.mark.parametrize("table", ["entry", "body", "link", "sealed", "submission", "epoch"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_cannot_change_history(organisation: Organisation, table: str, statement: str) -> None:
    column = {"link": "id", "sealed": "position", "epoch": "number", "body": "entry"}.get(table, "id")
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE thammuu_app")
        cursor.execute(statement.format(f"journal_{table}", column, column))
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)


def test_the_application_can_insert_and_read(organisation: Organisation, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE thammuu_app")
    recorded = _record_post(organisation, now, "As the application")
    assert feed.of_subjects([recorded.answer])
