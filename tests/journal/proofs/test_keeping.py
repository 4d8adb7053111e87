"""The key in the home, the checkpoints beside it, and what each fault is called."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import translation

from tests.journal.proofs.ground import driver, fill
from thammuu.journal.models import Checkpoint
from thammuu.journal.proofs import epochs, faults, hashing, keeping, verifying
from thammuu.journal.proofs.hashing import Fault
from thammuu.journal.proofs.notary import Mismatch, Notary
from thammuu.journal.proofs.notes import BadNote
from thammuu.journal.proofs.tree import Tree, load_tree


def test_the_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    assert keeping.read_signer(tmp_path) is None and keeping.read_verifier(tmp_path) is None
    assert keeping.make_key(tmp_path) is True
    made = (tmp_path / "journal.key").read_text()
    assert keeping.make_key(tmp_path) is False
    assert (tmp_path / "journal.key").read_text() == made
    assert (tmp_path / "journal.key").stat().st_mode & 0o777 == 0o600
    notary = keeping.notary_of(tmp_path)
    assert notary.signer is not None and notary.signer.verifier == keeping.read_verifier(tmp_path)
    (tmp_path / "journal.key").write_text("x")
    with pytest.raises(BadNote):
        keeping.notary_of(tmp_path)


@pytest.mark.django_db
def test_a_checkpoint_is_signed_when_something_was_sealed_and_its_time_has_come(
    seal: Callable[[], int], tmp_path: Path
) -> None:
    keeping.make_key(tmp_path)
    notary, silent = keeping.notary_of(tmp_path), Notary()
    notary.sign_when_due(driver(), Tree())
    fill(3)
    seal()
    tree = load_tree(driver())
    notary.sign_when_due(driver(), tree)  # nothing is in this tree yet
    assert not Checkpoint.objects.exists()
    from thammuu.journal.proofs.tree import grow

    grow(driver(), tree)
    silent.sign_when_due(driver(), tree)
    assert not Checkpoint.objects.exists()
    for _again in range(2):
        notary.sign_when_due(driver(), tree)
        assert Checkpoint.objects.get().size == 3
    fill(1)
    seal()
    grow(driver(), tree)
    notary.sign_when_due(driver(), tree)  # within the same minute
    assert Checkpoint.objects.count() == 1
    kept = sorted(file.name for file in (tmp_path / "checkpoints").iterdir())
    assert len(kept) == 2 and kept[1] == "latest.checkpoint"
    assert (tmp_path / "checkpoints" / "latest.checkpoint").read_text() == Checkpoint.objects.get().note
    with pytest.raises(BadNote, match="no key"):
        silent.sign_stored(driver())


@pytest.mark.django_db
def test_without_the_key_the_journal_is_compared_all_the_same(seal: Callable[[], int], tmp_path: Path) -> None:
    keeping.make_key(tmp_path)
    fill(3)
    seal()
    keeping.notary_of(tmp_path).sign_stored(driver())
    Notary().compare(driver())
    driver().execute("UPDATE journal_entry SET version = 9")
    with pytest.raises(Mismatch):
        Notary().compare(driver())


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_does_not_stop_the_sealer(seal: Callable[[], int], tmp_path: Path) -> None:
    keeping.make_key(tmp_path)
    (tmp_path / "checkpoints").write_text("a file in the way")
    fill(1)
    seal()
    tree = load_tree(driver())
    notary = Notary(keeping.read_signer(tmp_path), tmp_path / "checkpoints")
    assert notary.sign(driver(), 1, tree.root())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_fault_has_a_sentence(language: str) -> None:
    sources = "".join(Path(str(module.__file__)).read_text() for module in (hashing, verifying))
    sources += Path(str(epochs.__file__)).read_text().replace('"epoch-', 'Fault("epoch-')
    codes = set(re.findall(r'Fault\("([\w-]+)"', sources)) | set(verifying.STRAYS)
    assert codes == set(faults.SENTENCES)
    with translation.override(language):
        for code in codes:
            said = faults.sentence(Fault(code, 17, "database"))
            assert said and "{" not in said
