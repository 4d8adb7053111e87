"""Checkpoints of another log: kept, compared, and refused where they contradict each other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journal.proofs.ground import driver, fill
from thammuu.journal.proofs import witnesses
from thammuu.journal.proofs.extracts import Choice, extract
from thammuu.journal.proofs.notary import Notary
from thammuu.journal.proofs.notes import BadNote, Checkpoint, Signer

KEY = Signer("thammuu-test", bytes(range(32)))


def note(size: int, root: bytes = bytes(32), epoch: int = 1) -> str:
    return KEY.sign(Checkpoint(KEY.name, size, root, epoch, 1).text())


def test_two_journals_of_one_size_are_a_fork(tmp_path: Path) -> None:
    assert witnesses.take(tmp_path, note(7), KEY.verifier)[1] is False
    assert witnesses.take(tmp_path, note(7), KEY.verifier)[1] is True
    with pytest.raises(witnesses.Fork, match="two different journals of 7"):
        witnesses.take(tmp_path, note(7, b"x" * 32), KEY.verifier)
    assert [one.checkpoint.size for one in witnesses.read(tmp_path)] == [7]


def test_what_is_not_signed_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(BadNote):
        witnesses.take(tmp_path, note(7), Signer("other", bytes(32)).verifier)
    (tmp_path / "odd.checkpoint").write_text("nothing")
    assert witnesses.read(tmp_path) == [] == witnesses.read(tmp_path / "none")


@pytest.mark.django_db
def test_a_later_checkpoint_is_proven_by_the_other_logs_extract(seal: Callable[[], int], tmp_path: Path) -> None:
    fill(300)
    seal()
    first = Notary(KEY).sign_stored(driver())
    witnesses.take(tmp_path, first, KEY.verifier)
    fill(10)
    seal()
    between = Notary(KEY).sign_stored(driver())
    fill(5)
    seal()
    second = Notary(KEY).sign_stored(driver())
    # One extract for several auditors shows the way from what each of them has kept.
    proof, _count = extract(driver(), KEY, second, Choice(positions=(1,)), [between, first])
    path = witnesses.path_from(proof, second, KEY.verifier, tmp_path)
    with pytest.raises(witnesses.Fork, match="not shown to begin"):
        witnesses.take(tmp_path, second, KEY.verifier, path[:-1])
    assert witnesses.take(tmp_path, second, KEY.verifier, path)[1] is True
    assert len(witnesses.kept(tmp_path, KEY.verifier)) == 2
    without, _count = extract(driver(), KEY, second, Choice(positions=(1,)))
    (tmp_path / f"{KEY.verifier.id.hex()}-1-315.checkpoint").unlink()
    for wrong, told in ((without, second), (proof, first), (KEY.sign("x\ny\n"), second)):
        with pytest.raises(BadNote):
            witnesses.path_from(wrong, told, KEY.verifier, tmp_path)
