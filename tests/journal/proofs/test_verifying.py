"""Verifying piece by piece: in the process itself, without a key, above the first level, and no flood of faults."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.journal.proofs.ground import driver, fill
from thammuu.config.working import parameters
from thammuu.journal.proofs import hashing, verifying
from thammuu.journal.proofs.cosigning import CosigningKey
from thammuu.journal.proofs.extracts import Choice, extract
from thammuu.journal.proofs.hashing import Range
from thammuu.journal.proofs.merkle import root_of
from thammuu.journal.proofs.notary import Notary
from thammuu.journal.proofs.notes import BadNote, Checkpoint, Signer, Verifier
from thammuu.journal.proofs.tree import WIDTH, Tree, grow, load_tree
from thammuu.journal.proofs.verifying import Kept, Report, verify

KEY = Signer("thammuu-test", bytes(range(32)))
pytestmark = pytest.mark.django_db


def codes(verifier: Verifier | None, *kept: Kept) -> list[str]:
    return [fault.code for fault in verify(driver(), {}, verifier, kept, processes=1).faults]


def test_without_a_key_signed_checkpoints_cannot_be_believed(seal: Callable[[], int]) -> None:
    fill(2)
    seal()
    assert codes(None) == []
    assert codes(None, Kept("auditor", "x")) == ["no-verifier"]
    Notary(KEY).sign_stored(driver())
    assert codes(None) == ["no-verifier"]
    assert codes(KEY.verifier) == []


def test_a_checkpoint_from_a_witness_has_to_bear_its_cosignature(seal: Callable[[], int]) -> None:
    fill(2)
    seal()
    note = Notary(KEY).sign_stored(driver())
    text = note.rpartition("\n\n")[0] + "\n"
    witness, other = CosigningKey("thammuu-witness", bytes(32)), CosigningKey("thammuu-other", bytes(32))
    cosigned = Kept("Huế", note + witness.cosign(text, 1), cosigner=witness.cosigner)
    report = verify(driver(), {}, KEY.verifier, [cosigned], processes=1)
    assert (report.sound, report.checkpoints, report.outside) == (True, 2, 1)
    for said in (note, note + other.cosign(text, 1)):
        report = verify(driver(), {}, KEY.verifier, [replace(cosigned, note=said)], processes=1)
        [fault] = report.faults
        assert (fault.code, fault.about) == ("checkpoint-forged", "Huế: the witness has not cosigned it")
        assert report.outside == 0


def test_no_more_faults_than_anybody_reads(seal: Callable[[], int]) -> None:
    fill(300)
    seal()
    driver().execute("DELETE FROM journal_body WHERE entry IN (SELECT entry FROM journal_sealed WHERE position > 20)")
    assert codes(None) == ["body-missing"] * verifying.MOST_FAULTS


def test_a_worker_of_a_pool_hashes_as_this_process_does(seal: Callable[[], int]) -> None:
    fill(3)
    seal()
    whole = hashing.hash_range(driver(), (1, 3))
    assert (whole.entries, len(whole.leaves), whole.roots, whole.faults) == (3, 96, [], [])
    hashing.prepare(parameters())
    try:
        # Its connection is another, which does not see what this test has not committed.
        found = hashing.hash_in_pool((1, 3))
        assert [fault.code for fault in found.faults] == ["position-missing"] * 3
        assert [fault.position for fault in found.faults] == [1, 2, 3]
        assert found.leaves == hashing.LOST * 3
    finally:
        assert hashing._own is not None
        hashing._own.close()


def tiles(levels: int, *changed: int) -> tuple[Report, Tree]:
    """Build a tree of a full tile of the first level over invented hashes, with a stored tile that says so or not."""
    roots = [bytes([number % 256]) * 32 for number in range(WIDTH)]
    told = [bytes(32) if number in changed else root for number, root in enumerate(roots)]
    driver().execute(
        "INSERT INTO journal_tile (level, number, root, hashes) VALUES (%s, 0, %s, %s)",
        [levels, root_of(told), b"".join(told)],
    )
    report = Report(0)
    builder = verifying._Builder(driver(), report, [])
    builder.take(Range(leaves=bytes(32 * WIDTH * WIDTH), roots=roots, entries=WIDTH * WIDTH))
    builder.end()
    return report, builder.tree


def test_a_tile_above_the_leaves_is_compared(seal: Callable[[], int]) -> None:
    report, tree = tiles(1)
    assert (report.sound, report.entries, tree.size) == (True, WIDTH**2, WIDTH**2)


def test_a_changed_tile_above_the_leaves_is_named(seal: Callable[[], int]) -> None:
    report, _tree = tiles(1, 7)
    assert [(fault.code, fault.position, fault.about) for fault in report.faults] == [
        ("tile-changed", WIDTH**2, "level 1")
    ]
    assert not report.sound


def test_a_tree_behind_what_is_sealed_is_not_signed(seal: Callable[[], int]) -> None:
    fill(2)
    seal()
    tree = load_tree(driver())
    grow(driver(), tree)
    fill(1)
    seal()
    notary = Notary(KEY, every=0.0)
    notary.sign_when_due(driver(), tree)
    assert driver().execute("SELECT count(*) FROM journal_checkpoint").fetchone() == (0,)
    grow(driver(), tree)
    notary.sign_when_due(driver(), tree)
    assert driver().execute("SELECT size FROM journal_checkpoint").fetchone() == (3,)


def test_an_extract_shows_nothing_about_a_longer_journal(seal: Callable[[], int], tmp_path: Path) -> None:
    fill(2)
    seal()
    note = Notary(KEY).sign_stored(driver())
    longer = KEY.sign(Checkpoint(KEY.name, 3, bytes(32), 1, 1).text())
    empty = KEY.sign(Checkpoint(KEY.name, 0, bytes(32), 1, 1).text())
    for earlier in (longer, empty):
        with pytest.raises(BadNote, match="longer journal"):
            extract(driver(), KEY, note, Choice(positions=(1,)), [earlier])
    assert extract(driver(), KEY, note, Choice(positions=(1,)), [note])[1] == 1


@pytest.mark.parametrize(
    "text",
    ["", "name", "na me+00000000+AA==", f"x+{'0' * 8}+{str(KEY.verifier).rpartition('+')[2]}", "x+00000000+*"],
)
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(BadNote):
        Verifier.parse(text)


@pytest.mark.parametrize("line", ["x thammuu-test AA==", "—  AA==", "— AA==", "- thammuu-test AA=="])
def test_a_malformed_signature_line_is_refused(line: str) -> None:
    with pytest.raises(BadNote, match="signature line is malformed"):
        KEY.verifier.text_of(f"a\n\n{line}\n")


def test_a_note_may_carry_others_signatures_too() -> None:
    other = Signer("thammuu-other", bytes(32))
    text, _divided, own = KEY.sign("hello\n").rpartition("\n\n")
    foreign = other.sign("hello\n").rpartition("\n\n")[2]
    assert KEY.verifier.text_of(f"{text}\n\n{foreign}{own}") == "hello\n"
    with pytest.raises(BadNote, match="not signed by thammuu-test"):
        KEY.verifier.text_of(f"{text}\n\n{foreign}")
