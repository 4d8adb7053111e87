"""Identifiers go up, whatever the clock does."""

from uuid import UUID

import pytest

from thammuu.kernel import ids

DAY = 24 * 3600 * 1000


@pytest.fixture(autouse=True)
def _afterwards_by_the_clock_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_last", ids._last)


def test_what_is_made_after_one_of_a_clock_that_was_ahead_comes_behind_it() -> None:
    ahead = UUID(int=ids.new_id().int + (DAY << 80))
    ids.seen(ahead)
    made = [ids.new_id() for _number in range(1000)]
    assert [ahead, *made] == sorted([ahead, *made])
    assert len(set(made)) == 1000
    assert {(id.version, id.variant) for id in made} == {(7, ahead.variant)}
    assert (made[-1].int >> 80) - (ahead.int >> 80) == 1000


def test_one_of_a_clock_that_was_behind_changes_nothing() -> None:
    before = ids.new_id()
    ids.seen(UUID(int=before.int - (DAY << 80)))
    assert before < ids.new_id()
    assert (ids.new_id().int >> 80) - (before.int >> 80) < DAY


def test_one_without_a_time_changes_nothing() -> None:
    before = ids.new_id()
    ids.seen(UUID("ffffffff-ffff-4fff-bfff-ffffffffffff"))
    assert (ids.new_id().int >> 80) - (before.int >> 80) < DAY
