"""One sealer leads: the others wait for it; a lost database is sought again; a history that does not fit is refused."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pytest

from tests.journal.proofs.ground import fill
from thammuu.config.working import connect
from thammuu.journal import feed, sealer
from thammuu.journal.models import Checkpoint
from thammuu.journal.proofs import keeping
from thammuu.journal.proofs.notary import Mismatch, Notary
from thammuu.journal.proofs.tree import Tree, load_tree

pytestmark = pytest.mark.django_db(transaction=True)


class Waiting(Event):
    """Does something at each wait instead of waiting, and notes for how long it should have been."""

    def __init__(self, *steps: Callable[[], object]) -> None:
        super().__init__()
        self.steps, self.waits = list(steps), []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout)
        (self.steps.pop(0) if self.steps else self.set)()
        return self.is_set()


class Stopping(Notary):
    """Tells the sealer to stop once it has nothing more to do, or raises first what it was given."""

    def told(self, stop: Event, *faults: Exception) -> "Stopping":
        self.stop, self.faults = stop, list(faults)
        return self

    def compare(self, connection: psycopg.Connection[Any]) -> None:
        if self.faults:
            raise self.faults.pop(0)
        super().compare(connection)

    def sign_when_due(self, connection: psycopg.Connection[Any], tree: Tree) -> None:
        super().sign_when_due(connection, tree)
        self.stop.set()


def test_a_lost_database_and_a_foreign_history_are_tried_again() -> None:
    fill(3)
    stop = Waiting(lambda: None, lambda: None)
    notary = Stopping().told(stop, psycopg.OperationalError("gone"), Mismatch("older"))
    sealer.run_sealer(connect, stop, notary)
    assert stop.waits == [0.3, sealer.REFUSED_SECONDS]
    assert feed.head().position == 3


def test_while_another_leads_nothing_is_sealed() -> None:
    fill(2)
    with connect() as leader:
        leader.execute("SELECT pg_advisory_lock(%s)", [sealer.LEADER_LOCK])
        waits = Waiting()
        with connect() as second:
            sealer._lead(second, waits, Notary())
        assert waits.waits == [0.2]
        assert feed.head().position == 0
        stop = Waiting(lambda: leader.execute("SELECT pg_advisory_unlock(%s)", [sealer.LEADER_LOCK]))
        sealer.run_sealer(connect, stop, Stopping().told(stop))
    assert stop.waits == [0.2]
    assert feed.head().position == 2


def test_a_sealer_that_is_told_to_stop_does_not_begin() -> None:
    stop = Event()
    stop.set()
    sealer.run_sealer(connect, stop, Notary())
    assert not sealer._takes_the_lead(connect(), stop)


def test_what_was_sealed_without_the_tree_is_caught_up_and_signed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sealer, "BATCH", 2)
    fill(5)
    with connect() as own:
        own.execute(
            "INSERT INTO journal_sealed (position, entry, sealed_at)"
            " SELECT row_number() OVER (ORDER BY sequence), id, now() FROM journal_entry"
        )
        assert load_tree(own).size == 0
    keeping.make_key(tmp_path)
    stop = Event()
    notary = Stopping(keeping.read_signer(tmp_path), None).told(stop)
    sealer.run_sealer(connect, stop, notary)
    assert Checkpoint.objects.get().size == 5
    assert feed.head().position == 5


def test_everything_below_the_note_is_sealed_before_it_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "BATCH", 2)
    with connect() as own:
        before = own.execute("SELECT last_value FROM journal_entry_sequence").fetchone()
        assert before is not None
        settling = sealer.Settling(before[0], Tree())
        settling.advance(own)
        assert settling.noted is None  # nothing came since
        fill(5)
        settling.advance(own)
        assert settling.noted is None  # it is not due yet
        settling.due = 0.0
        settling.advance(own)
        sequence = own.execute("SELECT last_value FROM journal_entry_sequence").fetchone()
        assert settling.noted is not None and sequence is not None
        assert settling.noted[0] == sequence[0]
        assert feed.head().position == 0
        while settling.settled < sequence[0]:
            settling.due = 0.0
            settling.advance(own)
        assert feed.head().position == 5
        assert sealer.settled_sequence(own) == sequence[0]
        assert settling.noted is None
        settling.due = 0.0
        settling.advance(own)
        assert settling.noted is None


def test_a_sealer_goes_on_until_it_is_told(tmp_path: Path) -> None:
    """It seals what comes while it sleeps, woken by the notification and not by its poll."""

    class Feeding(Stopping):
        turns = 0

        def sign_when_due(self, connection: psycopg.Connection[Any], tree: Tree) -> None:
            Notary.sign_when_due(self, connection, tree)
            if feed.head().position == 4:
                self.stop.set()
            elif feed.head().position == 2 and self.turns == 1:
                fill(2)
                with connect() as other:
                    other.execute(f"NOTIFY {sealer.CHANNEL}")
            self.turns += 1

    fill(2)
    stop = Event()
    sealer.run_sealer(connect, stop, Feeding().told(stop))
    assert feed.head().position == 4
