"""What only committed rows show: verifying in processes of their own, and the sealer that signs or refuses."""

import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlencode

import psycopg
import pytest

from tests.ground import build_organisation
from tests.journal.proofs.ground import fill
from thammuu.config.working import connect, parameters
from thammuu.journal import fold, sealer
from thammuu.journal.models import Checkpoint, Entry
from thammuu.journal.proofs import keeping
from thammuu.journal.proofs.hashing import CHUNK
from thammuu.journal.proofs.notary import Mismatch, Notary
from thammuu.journal.proofs.sharing import Unfinished
from thammuu.journal.proofs.tree import Tree
from thammuu.journal.proofs.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)


class UntilSigned(Notary):
    """Stops the sealer once it has signed."""

    stop: Event

    def sign_when_due(self, connection: psycopg.Connection[Any], tree: Tree) -> None:
        super().sign_when_due(connection, tree)
        if tree.size == Entry.objects.count():
            self.stop.set()


@pytest.fixture
def own() -> Iterator[psycopg.Connection[Any]]:
    with connect() as connection:
        yield connection


def test_the_sealer_signs_and_workers_find_what_was_changed(own: psycopg.Connection[Any], tmp_path: Path) -> None:
    fill(CHUNK + 700)
    keeping.make_key(tmp_path)
    notary = UntilSigned(keeping.read_signer(tmp_path), tmp_path / "checkpoints", every=0.0)
    notary.stop = Event()
    sealer.run_sealer(connect, notary.stop, notary)
    signed = list(Checkpoint.objects.order_by("size").values_list("size", flat=True))
    assert signed[-1] == CHUNK + 700
    verifier, seen = keeping.read_verifier(tmp_path), []
    report = verify(own, parameters(), verifier, progress=lambda done, total: seen.append((done, total)), processes=2)
    assert (report.sound, report.entries, report.checkpoints) == (True, CHUNK + 700, len(signed))
    assert seen == [(CHUNK, CHUNK + 700), (CHUNK + 700, CHUNK + 700)]
    changed = "WHERE id = (SELECT entry FROM journal_sealed WHERE position = %s)"
    for position in (5, CHUNK + 5):
        own.execute(f"UPDATE journal_entry SET world = 'x' {changed}", [position])
    faults = verify(own, parameters(), verifier, processes=2).faults
    assert {fault.position for fault in faults if fault.code == "entry-changed"} == {5, CHUNK + 5}
    assert {fault.position for fault in faults if fault.code == "history-rewritten"} == set(signed)
    assert len(faults) == 2 + len(signed)
    own.execute("DELETE FROM journal_sealed WHERE position > 100")
    with pytest.raises(Mismatch, match="older state"), connect() as leader:
        sealer._lead(leader, Event(), notary)


def test_a_process_that_is_ended_from_outside_ends_the_verification(own: psycopg.Connection[Any]) -> None:
    build_organisation()
    fill(CHUNK + 1)
    sealer.seal_pending(own)
    waiting = "SELECT count(*) FROM pg_locks WHERE relation = 'journal_body'::regclass AND NOT granted"
    with connect() as other, connect() as holder, ThreadPoolExecutor(1) as thread, holder.transaction():
        holder.execute("LOCK TABLE journal_body IN ACCESS EXCLUSIVE MODE")
        told = thread.submit(verify, other, parameters(), None, processes=2)
        while own.execute(waiting).fetchone() != (2,):
            assert not told.done()
        multiprocessing.active_children()[0].kill()
        with pytest.raises(Unfinished):
            told.result(60)


def test_tables_are_compared_in_slices(monkeypatch: pytest.MonkeyPatch, own: psycopg.Connection[Any]) -> None:
    from thammuu.journal.proofs import tables

    build_organisation()
    assert list(tables.compare_tables(processes=1)) == []
    own.execute("UPDATE org_post SET title = 'Khác' WHERE title = 'Quản trị'")
    own.execute("DELETE FROM org_grant WHERE id = (SELECT max(id::text)::uuid FROM org_grant)")
    own.execute(
        "UPDATE org_holding SET id = gen_random_uuid() WHERE id = (SELECT max(id::text)::uuid FROM org_holding)"
    )
    whole = {(one.subject, one.field) for one in fold.differences()}
    assert whole == {("post", "title"), ("grant", ""), ("holding", "")}
    monkeypatch.setattr(tables, "SUBJECTS_AT_ONCE", 3)
    done: list[tuple[int, int]] = []
    sliced = {(one.subject, one.field) for one in tables.compare_tables(lambda *at: done.append(at), processes=1)}
    assert sliced == whole
    assert done[-1][0] == done[-1][1] > len(fold.tables())


def test_processes_compare_what_one_compares(monkeypatch: pytest.MonkeyPatch, own: psycopg.Connection[Any]) -> None:
    from thammuu.journal.proofs import tables

    build_organisation()
    own.execute("UPDATE org_post SET title = 'Khác' WHERE title = 'Quản trị'")
    monkeypatch.setattr(tables, "SUBJECTS_AT_ONCE", 3)
    monkeypatch.setenv("DATABASE_URL", "postgresql://?" + urlencode(parameters()))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "thammuu.config.settings")
    alone = list(tables.compare_tables(processes=1))
    done: list[tuple[int, int]] = []
    assert list(tables.compare_tables(lambda *at: done.append(at), processes=2)) == alone
    assert [at for at, _of in done] == list(range(1, done[-1][1] + 1))
    assert [one for part in tables._slices(alone[0].subject) for one in tables._compare(part)] == alone
