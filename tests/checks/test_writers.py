"""Writing in the rooms for it passes; writing anywhere else, or making history outside an action, is caught."""

from collections.abc import Callable
from pathlib import Path

import pytest

from checks.writers import check

Write = Callable[[str, str], Path]
WRITES = [
    "Incident.objects.create(title='x')",
    "Incident.objects.filter(id=1).update(title='x')",
    "Incident.objects.filter(id=1).delete()",
    "Incident.objects.bulk_create([])",
    "row.save(update_fields=['title'])",
    "row.delete()",
    "cursor.execute('INSERT INTO watch_incident VALUES (1)')",
    "cursor.execute('with x as (select 1) update watch_incident set a = 1')",
]


@pytest.mark.parametrize("statement", [*WRITES, "record(fact)", "record_each(many)"])
def test_good_writers_pass(write: Write, statement: str) -> None:
    for name in ("watch/actions.py", "watch/actions/incidents.py", "journal/recording.py"):
        assert check(write(f"src/thammuu/{name}", statement), {}) == []
    assert check(write("src/thammuu/watch/migrations/0002_fill.py", statement), {}) == []


@pytest.mark.parametrize("statement", ["seen.update(a=1)", "digest.update(b'x')", "cursor.execute('SELECT 1')"])
def test_good_code_that_looks_like_writing_passes(write: Write, statement: str) -> None:
    assert check(write("src/thammuu/watch/web.py", statement), {}) == []


@pytest.mark.parametrize("statement", [*WRITES, "record(fact)", "record_each(many)"])
def test_bad_writers_are_caught(write: Write, statement: str) -> None:
    root = write("src/thammuu/watch/web.py", f"def view():\n    {statement}\n")
    assert [finding.line for finding in check(root, {})] == [2]
    assert check(root, {"src/thammuu/watch/web.py": "a reason"}) == []


def test_good_followers_write_and_bad_ones_make_history(write: Write) -> None:
    assert check(write("src/thammuu/watch/followers.py", "row.save()"), {}) == []
    assert check(write("src/thammuu/watch/followers.py", "record(fact)"), {})


def test_bad_history_in_a_model_is_caught(write: Write) -> None:
    assert check(write("src/thammuu/watch/models.py", "record(fact)"), {})


def test_an_exception_that_writes_nothing_is_caught(write: Write) -> None:
    assert check(write("src/thammuu/watch/web.py", ""), {"src/thammuu/watch/web.py": "a reason"})
