import hashlib
from datetime import datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from tests.ground import Organisation
from thammuu.journal import feed
from thammuu.journal.facts import Link
from thammuu.journal.models import Body, Entry, LinkRow
from thammuu.journal.models import Submission as SubmissionRow
from thammuu.journal.recording import Submission, SubmissionConflict, Told, answered, record, record_each
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.ids import new_id
from thammuu.org import authority, facts
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


def test_an_earlier_sending_is_asked_for_before_anything_is_judged(organisation: Organisation, now: datetime) -> None:
    sending = Submission(id=new_id(), digest=b"x" * 32)
    duty = organisation.duty
    assert answered(duty, None) is None
    assert answered(duty, sending) is None
    assert answered(authority.SYSTEM, sending) is None
    first = _record_post(organisation, now, "A", sending)
    again = answered(duty, sending)
    assert again is not None
    assert (again.entries, again.answer, again.replayed) == ((), first.answer, True)
    assert not first.replayed
    with pytest.raises(SubmissionConflict):
        answered(duty, Submission(id=sending.id, digest=b"y" * 32))
    # The id is the account's own: another officer's sending of the same id is another sending.
    assert answered(organisation.chief, sending) is None
    assert answered(authority.SYSTEM, sending) is None


def test_what_the_system_does_needs_no_submission(organisation: Organisation, now: datetime) -> None:
    told = facts.PostCreated(subject_id=new_id(), unit_id=organisation.hue, title="x")
    sending = Submission(id=new_id(), digest=b"x" * 32)
    for _again in range(2):
        recorded = record(told, actor=authority.SYSTEM, at=now, now=now, units=[organisation.hue], submission=sending)
        assert not recorded.replayed
    assert not SubmissionRow.objects.filter(id=sending.id).exists()


def test_every_fact_of_an_act_has_its_entry_with_its_own_salted_body(organisation: Organisation, now: datetime) -> None:
    link = Link(Relation.CONCERNS, Subject.UNIT, organisation.hue)
    told = [
        facts.PostCreated(subject_id=new_id(), unit_id=organisation.hue, title="x", links=(link,) * count)
        for count in (0, 2)
    ]
    claimed, event = now - timedelta(hours=3), new_id()
    recorded = record(
        *told,
        actor=organisation.duty,
        at=claimed,
        now=now,
        units={organisation.hue},
        event=event,
        classification=2,
    )
    first, second = (Entry.objects.get(id=id) for id in recorded.entries)
    assert recorded.answer == first.subject_id == told[0].subject_id
    assert (first.claimed_at, first.recorded_at, first.event, first.classification) == (claimed, now, event, 2)
    assert (first.submission, first.version, first.subject_kind) == (None, 1, "post")
    assert first.sequence < second.sequence
    bodies = [Body.objects.get(entry=entry.id) for entry in (first, second)]
    for entry, body in zip((first, second), bodies, strict=True):
        assert bytes(entry.body_digest) == hashlib.sha256(bytes(body.salt) + body.text.encode()).digest()
        assert len(body.salt) == 16
    assert bodies[0].salt != bodies[1].salt
    rows = LinkRow.objects.filter(entry=second.id)
    assert [(row.relation, row.from_kind, row.from_id, row.to_kind, row.to_id) for row in rows] == [
        ("concerns", "post", second.subject_id, "unit", organisation.hue)
    ] * 2
    assert not LinkRow.objects.filter(entry=first.id).exists()


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


def _many(organisation: Organisation, titles: list[str]) -> list[Told]:
    """A new post of each title, linked to its unit, seen by one province and the next in turn."""
    found = []
    for number, title in enumerate(titles):
        unit = (organisation.hanoi, organisation.hue)[number % 2]
        post = Post(id=new_id(), unit_id=unit, title=title)
        link = Link(Relation.CONCERNS, Subject.UNIT, unit)
        told = facts.PostCreated(subject_id=post.id, unit_id=unit, title=title, links=(link,))
        found.append(Told([told], [unit], rows=[post], classification=number % 2))
    return found


@pytest.mark.usefixtures("fold_equals_tables")
def test_many_are_recorded_as_one_after_the_other_would_be(organisation: Organisation, now: datetime) -> None:
    many = _many(organisation, ["một", "hai\t\\N", "ba\nbốn"])
    plain = _many(organisation, ["năm"])
    claimed = now - timedelta(hours=3)
    recorded = record_each([*many, *plain], actor=organisation.duty, at=claimed, now=now)
    assert recorded.answer == many[0].facts[0].subject_id
    rows = {row.id: row for row in Entry.objects.filter(id__in=recorded.entries)}
    entries = [rows[id] for id in recorded.entries]
    assert [entry.sequence for entry in entries] == sorted(entry.sequence for entry in entries)
    for told, entry in zip([*many, *plain], entries, strict=True):
        body = Body.objects.get(entry=entry.id)
        assert bytes(entry.body_digest) == hashlib.sha256(bytes(body.salt) + body.text.encode()).digest()
        assert (entry.units, entry.classification) == (list(told.units), told.classification)
        assert (entry.claimed_at, entry.recorded_at, entry.post) == (claimed, now, organisation.duty.post)
        assert LinkRow.objects.get(entry=entry.id).to_id == told.units[0]  # type: ignore[index]
        assert Post.objects.get(id=entry.subject_id).title == told.rows[0].title  # type: ignore[attr-defined]


def test_many_sent_twice_are_stored_once(organisation: Organisation, now: datetime) -> None:
    sending = Submission(new_id(), b"1" * 32)
    common = {"actor": organisation.duty, "at": now, "now": now}
    first = record_each(_many(organisation, ["một", "hai"]), submission=sending, **common)
    count = Entry.objects.count()
    again = record_each(_many(organisation, ["một", "hai"]), submission=sending, **common)
    assert (again.entries, again.answer, again.replayed) == ((), first.answer, True)
    assert Entry.objects.count() == count
    with pytest.raises(SubmissionConflict):
        record_each(_many(organisation, ["ba"]), submission=Submission(sending.id, b"2" * 32), **common)
    system = {**common, "actor": authority.SYSTEM}
    assert not record_each(_many(organisation, ["bốn"]), submission=sending, **system).replayed
