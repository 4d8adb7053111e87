"""The sealer is woken by whoever recorded something, through a connection that may be lost and found again."""

from collections.abc import Iterator
from threading import Event
from typing import Any

import psycopg
import pytest

from thammuu.config.working import connect
from thammuu.journal import waking
from thammuu.journal.waking import CHANNEL, Waker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def listening() -> Iterator[psycopg.Connection[Any]]:
    with connect() as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        yield connection


@pytest.fixture
def waker() -> Iterator[Waker]:
    made = Waker()
    yield made
    made.close()


def told(listening: psycopg.Connection[Any], seconds: float = 30) -> list[str]:
    return [notice.channel for notice in listening.notifies(timeout=seconds, stop_after=1)]


def test_each_waking_is_heard_and_the_thread_is_one(listening: psycopg.Connection[Any], waker: Waker) -> None:
    for _again in range(2):
        waker.wake()
        assert told(listening) == [CHANNEL]
    thread = waker._thread
    waker._start()
    assert waker._thread is thread
    assert thread is not None and thread.daemon


def test_what_is_closed_can_be_woken_again(listening: psycopg.Connection[Any], waker: Waker) -> None:
    waker.close()  # nothing was opened
    waker.wake()
    assert told(listening) == [CHANNEL]
    thread = waker._thread
    assert thread is not None
    waker.close()
    assert not thread.is_alive()
    assert waker._thread is None
    waker.wake()
    assert told(listening) == [CHANNEL]


def test_a_lost_database_is_sought_again_at_the_next_waking(
    listening: psycopg.Connection[Any], waker: Waker, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused, real = Event(), psycopg.connect

    def connecting(**given: Any) -> psycopg.Connection[Any]:
        if not refused.is_set():
            refused.set()
            raise psycopg.OperationalError("not now")
        found: psycopg.Connection[Any] = real(**given)
        return found

    monkeypatch.setattr(waking.psycopg, "connect", connecting)
    waker.wake()
    assert refused.wait(30)
    thread = waker._thread
    while not told(listening, 0.1):
        waker.wake()
    assert waker._thread is thread


def test_a_waker_that_is_closed_while_it_seeks_the_database_ends(waker: Waker, monkeypatch: pytest.MonkeyPatch) -> None:
    seeking = Event()

    def connecting(**_given: Any) -> None:
        seeking.set()
        waker._ended.wait(30)
        raise psycopg.OperationalError("not now")

    monkeypatch.setattr(waking.psycopg, "connect", connecting)
    waker.wake()
    assert seeking.wait(30)
    thread = waker._thread
    waker.close()
    assert thread is not None and not thread.is_alive()


def test_a_waker_that_found_no_database_ends_when_closed(waker: Waker, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = Event()

    def connecting(**_given: Any) -> None:
        refused.set()
        raise psycopg.OperationalError("not now")

    monkeypatch.setattr(waking.psycopg, "connect", connecting)
    waker.wake()
    assert refused.wait(30)
    thread = waker._thread
    waker.close()
    assert thread is not None and not thread.is_alive()


def test_what_comes_during_the_pause_shares_the_next_notification(
    listening: psycopg.Connection[Any], waker: Waker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waking, "PAUSE_SECONDS", 600.0)
    waker.wake()
    assert told(listening) == [CHANNEL]
    waker.wake()
    # Whoever closes it ends the pause, and nothing more is sent; our own notification comes after any that was.
    waker.close()
    listening.execute(f"NOTIFY {CHANNEL}, 'the last'")
    assert [notice.payload for notice in listening.notifies(timeout=30, stop_after=1)] == ["the last"]
