"""The fold and the tables: every kind of disagreement is told, in whatever slices they are compared."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ground import Organisation, build_organisation
from tests.journal.proofs.ground import driver
from thammuu.journal import feed, fold
from thammuu.journal.facts import Link
from thammuu.journal.fold import Difference, Slice
from thammuu.journal.models import Body, LinkRow
from thammuu.journal.recording import record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.ids import new_id
from thammuu.org import actions, facts
from thammuu.org.models import Grant, Post

pytestmark = pytest.mark.django_db


def posts() -> list[UUID]:
    return list(Post.objects.order_by("id").values_list("id", flat=True))


def linked_post(organisation: Organisation, now: datetime) -> UUID:
    """Record a post whose fact links it to a unit, as no action does yet."""
    post = Post(id=new_id(), unit_id=organisation.hue, title="Trực đêm")
    link = Link(Relation.CONCERNS, Subject.UNIT, organisation.hue)
    told = facts.PostCreated(subject_id=post.id, unit_id=organisation.hue, title=post.title, links=(link,))
    record(told, actor=organisation.admin, at=now, now=now, units=[organisation.hue], rows=[post])
    return post.id


def test_the_last_fact_holds_and_a_redacted_one_tells_nothing(organisation: Organisation, now: datetime) -> None:
    entries = feed.of_subjects([organisation.hue])
    state = fold.fold(entries)[organisation.hue]
    assert state["code"] == "46"
    changed = [
        *entries,
        *[
            feed.FeedEntry(**{**as_dict(entries[0]), "body": body})
            for body in (None, {"sets": {"code": "47"}, "context": {}, "links": []})
        ],
    ]
    assert fold.fold(changed)[organisation.hue] == {**state, "code": "47"}
    assert fold.fold([]) == {}


def as_dict(entry: feed.FeedEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in entry.__slots__}


def test_a_row_and_a_fact_without_each_other_are_told(organisation: Organisation) -> None:
    first, *_between, last = posts()
    driver().execute("UPDATE journal_entry SET subject_id = gen_random_uuid() WHERE subject_id = %s", [last])
    stray = feed.of_subjects(feed_of_posts() - set(posts()))[0].subject_id
    assert set(fold.differences([Subject.POST])) == {
        Difference(Subject.POST, last, "", None, "a row that no fact tells of"),
        Difference(Subject.POST, stray, "", "facts without a row", None),
    }
    assert first != last
    assert list(fold.differences([Subject.UNIT])) == []
    assert len(list(fold.differences())) == 2


def feed_of_posts() -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject_id FROM journal_entry WHERE subject_kind = 'post'")
        return {row[0] for row in cursor.fetchall()}


def test_a_field_is_compared_by_its_plain_value(organisation: Organisation) -> None:
    [post, *_others] = posts()
    told = Post.objects.get(id=post).title
    Post.objects.filter(id=post).update(title="Khác", unit_id=organisation.commune)
    found = list(fold.differences())
    assert {(one.field, one.stored) for one in found} == {("title", "Khác"), ("unit_id", str(organisation.commune))}
    assert next(one.told for one in found if one.field == "title") == told


def test_a_link_too_many_or_too_few_is_told(organisation: Organisation, now: datetime) -> None:
    post = linked_post(organisation, now)
    assert list(fold.differences()) == []
    link = ["concerns", "unit", str(organisation.hue)]
    row = LinkRow.objects.get(from_id=post)
    LinkRow.objects.filter(id=row.id).delete()
    assert list(fold.differences()) == [Difference(Subject.POST, post, "links", link, None)]
    LinkRow.objects.bulk_create([row])
    row.id = None  # type: ignore[assignment]
    row.to_id = organisation.hanoi
    row.save(force_insert=True)
    stray = ["concerns", "unit", str(organisation.hanoi)]
    assert list(fold.differences()) == [Difference(Subject.POST, post, "links", None, stray)]
    Post.objects.filter(id=post).delete()
    assert Difference(Subject.POST, post, "", "facts without a row", None) in list(fold.differences())


def test_only_what_a_body_tells_is_folded(organisation: Organisation) -> None:
    [post, *_others] = posts()
    entry = feed.of_subjects([post])[0]
    Body.objects.filter(entry=entry.id).delete()
    assert list(fold.differences()) == [Difference(Subject.POST, post, "", None, "a row that no fact tells of")]


def test_what_is_derived_and_the_key_are_not_compared() -> None:
    columns = fold.tables()[Subject.ACCOUNT].columns
    assert "password" not in columns and "id" not in columns
    assert "sign_in_name" in columns
    kept = fold.tables()
    kept.clear()
    assert fold.tables()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.sets(st.integers(min_value=0, max_value=7), max_size=4))
def test_slices_together_find_what_the_whole_finds(disagreeing: list[UUID], cuts: set[int]) -> None:
    bounds = [None, *(disagreeing[cut] for cut in sorted(cuts) if cut < len(disagreeing)), None]
    whole = list(fold.compare(Slice(Subject.POST)))
    parts = [one for low, high in pairwise(bounds) for one in fold.compare(Slice(Subject.POST, low, high))]
    assert parts == whole
    assert len(whole) == 3


@pytest.fixture
def disagreeing(db: None) -> Iterator[list[UUID]]:
    organisation = build_organisation()
    first, second, third, *_rest = ids = posts()
    actions.create_post(
        actor=organisation.admin, now=datetime(2026, 1, 1).astimezone(), unit=organisation.hue, title="x"
    )
    driver().execute("DELETE FROM org_grant WHERE post_id = %s", [first])
    driver().execute("DELETE FROM org_holding WHERE post_id = %s", [first])
    driver().execute("DELETE FROM org_post WHERE id = %s", [first])
    driver().execute("UPDATE org_post SET title = 'Khác' WHERE id IN (%s, %s)", [second, third])
    yield ids


def test_a_registered_table_is_compared_without_its_key_and_what_it_derives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fold, "_tables", {})
    fold.register_table(Subject.GRANT, Grant, derived={"role"})
    table = fold._tables[Subject.GRANT]
    named = {field.attname for field in Grant._meta.concrete_fields}
    assert (table.model, set(table.columns)) == (Grant, named - {"id", "role"})
    assert table.initial["classification"] == 0 and "unit_id" not in table.initial
