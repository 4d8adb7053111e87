"""Followers: each entry once, in order, the position and the effect together, and none stops for another's fault."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from threading import Event

import pytest
from django.db import DatabaseError, OperationalError

from tests.ground import Organisation
from tests.journal.proofs.ground import fill
from thammuu.journal import feed, followers
from thammuu.journal.feed import FeedEntry
from thammuu.journal.models import FollowerPosition
from thammuu.org import actions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "_followers", {})


def noting(name: str, kinds: set[str] | None = None) -> list[int]:
    """Register a follower that notes the positions it is given."""
    seen: list[int] = []

    @followers.follower(name, kinds=kinds)
    def react(entries: Sequence[FeedEntry]) -> None:
        seen.extend(entry.position or 0 for entry in entries)

    return seen


def position(name: str) -> int:
    return FollowerPosition.objects.get(name=name).position


def test_each_entry_comes_once_and_in_order(seal: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "BATCH", 2)
    seen = noting("all")
    assert followers.step() == 0
    assert position("all") == 0
    fill(5)
    seal()
    assert [followers.step() for _turn in range(4)] == [2, 2, 1, 0]
    assert seen == [1, 2, 3, 4, 5]
    assert position("all") == 5


def test_kinds_that_do_not_concern_are_passed_over(
    organisation: Organisation, now: datetime, seal: Callable[[], int]
) -> None:
    seen, none, every = noting("posts", {"org.post_created"}), noting("none", set()), noting("every")
    actions.create_post(actor=organisation.admin, now=now, unit=organisation.hue, title="Trực đêm")
    head = seal()
    assert followers.step() == 3 * head
    kinds = [entry.kind for entry in feed.after(0)]
    assert seen == [place for place, kind in enumerate(kinds, 1) if kind == "org.post_created"]
    assert none == []
    assert every == list(range(1, head + 1))
    assert position("posts") == position("none") == position("every") == head


def test_who_is_equally_far_shares_what_was_read(seal: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, ahead = noting("first"), noting("second"), noting("ahead")
    FollowerPosition.objects.create(name="ahead", position=2)
    fill(3)
    seal()
    asked: list[tuple[int, int]] = []
    read = feed.after
    monkeypatch.setattr(feed, "after", lambda place, limit: asked.append((place, limit)) or read(place, limit))
    assert followers.step() == 7
    assert asked == [(0, followers.BATCH), (2, followers.BATCH)]
    assert (first, second, ahead) == ([1, 2, 3], [1, 2, 3], [3])


@pytest.fixture
def stop() -> Iterator[Event]:
    yield Event()


@pytest.mark.parametrize("fault", [ValueError("wrong"), DatabaseError("lost"), OperationalError("gone")])
def test_a_follower_that_fails_is_tried_again_and_the_others_go_on(
    seal: Callable[[], int], monkeypatch: pytest.MonkeyPatch, stop: Event, fault: Exception
) -> None:
    closed: list[bool] = []
    monkeypatch.setattr(followers.connection, "close", lambda: closed.append(True))
    tries: list[int] = []

    @followers.follower("faulty")
    def react(entries: Sequence[FeedEntry]) -> None:
        tries.append(len(entries))
        FollowerPosition.objects.filter(name="other").update(position=99)
        if len(tries) < 3:
            raise fault
        stop.set()

    seen = noting("other")
    fill(2)
    seal()
    followers.run(stop, idle_seconds=0.0)
    assert tries == [2, 2, 2]
    assert seen == [1, 2]
    assert position("faulty") == 2
    assert closed == [True] * 2 * isinstance(fault, DatabaseError)


def test_followers_with_nothing_to_do_wait_and_end_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    noting("all")
    waited: list[float] = []

    class Told(Event):
        """Is set by the second wait."""

        def wait(self, timeout: float | None = None) -> bool:
            waited.append(timeout or 0.0)
            if len(waited) == 2:
                self.set()
            return self.is_set()

    followers.run(Told())
    assert waited == [0.2, 0.2]
