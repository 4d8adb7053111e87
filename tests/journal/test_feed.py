"""Reading the journal: places in the stream, what an entry says, and how far a reader is behind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.ground import Organisation
from tests.journal.proofs.ground import driver, fill
from thammuu.journal import feed
from thammuu.journal.facts import canonical
from thammuu.journal.feed import StreamId
from thammuu.journal.models import Body, Entry, Epoch
from thammuu.kernel.ids import new_id
from thammuu.org import actions

NUMBERS = st.integers(min_value=0, max_value=10**12)


@given(epoch=NUMBERS, position=NUMBERS)
def test_a_place_in_the_stream_is_read_as_it_is_written(epoch: int, position: int) -> None:
    place = StreamId(epoch, position)
    assert StreamId.parse(str(place)) == place


@pytest.mark.parametrize("text", ["", "1", "1.", ".1", "1.-2", "1.x", "x.1", "1.2.3", "1 .2", "٣.x", "1." + "9" * 28])
def test_what_is_no_place_is_none(text: str) -> None:
    assert StreamId.parse(text) is None


def test_places_follow_each_other_epoch_by_epoch() -> None:
    assert StreamId(1, 99) < StreamId(2, 5) < StreamId(2, 6)
    assert StreamId.parse("1." + "9" * 27) == StreamId(1, int("9" * 27))


@pytest.mark.django_db
def test_an_empty_journal_is_at_its_beginning() -> None:
    assert feed.head() == StreamId(1, 0)
    assert feed.after(0) == []
    assert feed.lag(0) == 0.0
    assert [epoch.number for epoch in feed.epochs()] == [1]


@pytest.mark.django_db
def test_entries_come_in_order_and_no_more_than_asked_for(seal: Callable[[], int]) -> None:
    fill(5)
    seal()
    assert [entry.position for entry in feed.after(1, 3)] == [2, 3, 4]
    assert [entry.position for entry in feed.after(4)] == [5]
    ids = [entry.id for entry in feed.after(0)]
    assert [entry.id for entry in feed.of_entries(reversed(ids[1:3]))] == ids[1:3]
    assert feed.of_entries([]) == []
    assert feed.head() == StreamId(1, 5)


@pytest.mark.django_db
def test_the_lag_is_the_age_of_the_oldest_unread(seal: Callable[[], int]) -> None:
    fill(2)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET recorded_at = clock_timestamp() - interval '1 hour'")
    assert 3599 < feed.lag(0) < 3700  # not sealed yet
    assert 3599 < feed.lag(99) < 3700
    seal()
    assert 0 < feed.lag(0) < 100  # counted from the sealing, when a reader could have it
    assert 0 < feed.lag(1) < 100
    assert feed.lag(2) == 0.0


@pytest.mark.django_db
def test_what_this_release_cannot_read_is_shown_by_its_kind(organisation: Organisation) -> None:
    [known] = [entry for entry in feed.of_subjects([organisation.hue]) if entry.kind == "org.unit_created"]
    assert known.say("vi") != known.kind
    driver().execute("UPDATE journal_entry SET version = 99 WHERE id = %s", [known.id])
    [unknown] = feed.of_entries([known.id])
    assert (unknown.version, unknown.say("vi")) == (99, "org.unit_created")
    Body.objects.filter(entry=known.id).delete()
    [redacted] = feed.of_entries([known.id])
    assert redacted.body is None
    assert redacted.say("vi") == "org.unit_created"
    assert feed.of_subjects([known.subject_id])[0].position is None


@pytest.mark.django_db
def test_an_entry_says_on_whose_behalf(organisation: Organisation, now: datetime) -> None:
    for post in (None, organisation.chief.post):
        actor = replace(organisation.admin, behalf=post)
        made = actions.create_post(actor=actor, now=now, unit=organisation.hue, title="Trực đêm")
        [entry] = feed.of_subjects([made])
        assert (entry.post, entry.behalf) == (organisation.admin.post, post)
    driver().execute("DELETE FROM journal_body WHERE entry = %s", [entry.id])
    assert feed.of_entries([entry.id])[0].behalf is None


@pytest.mark.django_db
def test_a_redacted_entry_says_so_and_nothing_else(organisation: Organisation) -> None:
    [known] = [entry for entry in feed.of_subjects([organisation.hue]) if entry.kind == "org.unit_created"]
    redaction = new_id()
    driver().execute("DELETE FROM journal_body WHERE entry = %s", [known.id])
    driver().execute(
        "INSERT INTO journal_restated (entry, redaction, text) VALUES (%s, %s, %s)",
        [known.id, redaction, canonical(known.body or {})],
    )
    [entry] = feed.of_entries([known.id])
    assert (entry.redaction, entry.body) == (redaction, known.body)
    assert entry.say("en") == "Redacted by two persons" != known.say("en")
    assert entry.say("vi") != known.say("vi")


@pytest.mark.django_db
def test_a_subject_is_read_as_it_stood_then(organisation: Organisation, now: datetime) -> None:
    later = now + timedelta(days=1)
    post = actions.create_post(actor=organisation.admin, now=later, unit=organisation.hue, title="Trực đêm")
    [entry] = feed.of_subjects([post])
    assert feed.of_subjects([post], until=later) == [entry]
    assert feed.of_subjects([post], until=later - timedelta(microseconds=1)) == []
    assert feed.of_subjects([]) == []
    assert Entry.objects.filter(subject_id=post).count() == 1
    Epoch.objects.create(number=2, first_position=1, opened_at=now)
    assert feed.head().epoch == 2
