"""Promise 4: whatever is changed in the database by a superuser is detected."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.ground import NOW, Organisation
from tests.journal.proofs.ground import driver
from tests.promises.sealed import KEY, OTHER, Sealed, rewrite
from thammuu.config import actions as installation
from thammuu.journal import fold
from thammuu.journal.proofs.leaves import leaf_texts
from thammuu.journal.proofs.merkle import leaf_hash
from thammuu.journal.proofs.notary import Mismatch, Notary
from thammuu.journal.proofs.notes import Signer
from thammuu.journal.proofs.tree import Tree
from thammuu.journal.proofs.verifying import Kept, Report, verify
from thammuu.org.authority import SYSTEM


def found(sealed: Sealed | None = None) -> set[str]:
    """The codes of the faults; with `sealed`, the auditor's checkpoint is compared as well."""
    kept = [Kept("auditor", sealed.kept, asked=True)] if sealed else []
    report: Report = verify(driver(), {}, KEY.verifier, kept, processes=1)
    return {fault.code for fault in report.faults}


@pytest.mark.django_db
def test_an_untouched_journal_is_sound(sealed: Sealed) -> None:
    assert found() == found(sealed) == set()
    report = verify(driver(), {}, KEY.verifier, [Kept("auditor", sealed.kept, asked=True)], processes=1)
    assert (report.size, report.entries, report.checkpoints, report.outside) == (sealed.size, sealed.size, 2, 1)


STATEMENTS = {
    "UPDATE journal_entry SET kind = 'x' WHERE id = (SELECT entry FROM journal_sealed WHERE position = 300)": {
        "entry-changed",
        "history-rewritten",
    },
    # The last entries fill no tile yet; the checkpoint covers them.
    "UPDATE journal_entry SET units = '{}', world = 'x' WHERE sequence = (SELECT max(sequence) FROM journal_entry)": {
        "history-rewritten"
    },
    "UPDATE journal_sealed SET sealed_at = now() WHERE position = 7": {"entry-changed", "history-rewritten"},
    "UPDATE journal_body SET text = text || ' ' WHERE entry = (SELECT entry FROM journal_sealed WHERE position = 9)": {
        "body-changed"
    },
    "UPDATE journal_body SET salt = '' WHERE entry = (SELECT entry FROM journal_sealed WHERE position = 9)": {
        "body-changed"
    },
    "DELETE FROM journal_body WHERE entry = (SELECT entry FROM journal_sealed WHERE position = 9)": {"body-missing"},
    "DELETE FROM journal_entry WHERE id = (SELECT entry FROM journal_sealed WHERE position = 9)": {
        "entry-missing",
        "body-stray",
        "history-rewritten",
    },
    "DELETE FROM journal_sealed WHERE position = 9": {"position-missing", "entry-unsealed", "history-rewritten"},
    "UPDATE journal_sealed SET position = -position WHERE position = 9": {
        "position-missing",
        "position-stray",
        "history-rewritten",
    },
    "DELETE FROM journal_sealed WHERE position > 500": {"rolled-back", "entry-unsealed"},
    "UPDATE journal_tile SET root = '\\x00' WHERE number = 1": {"tile-changed"},
    "UPDATE journal_tile SET hashes = sha256('x') || substr(hashes, 33) WHERE number = 1": {"entry-changed"},
    "UPDATE journal_checkpoint SET root = '\\x00'": {"checkpoint-changed"},
    "UPDATE journal_checkpoint SET note = replace(note, 'epoch 1', 'epoch 2')": {
        "checkpoint-forged",
        "checkpoint-changed",
    },
    "UPDATE journal_checkpoint SET note = 'x'": {"checkpoint-forged"},
    "UPDATE journal_epoch SET first_position = 5": {"epoch-changed", "epoch-bare"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("statement", STATEMENTS)
def test_what_a_superuser_changes_is_found(sealed: Sealed, statement: str) -> None:
    driver().execute("UPDATE journal_sealer SET settled = (SELECT max(sequence) FROM journal_entry)")
    driver().execute("INSERT INTO journal_sealer SELECT 1, max(sequence) FROM journal_entry ON CONFLICT DO NOTHING")
    driver().execute(statement)
    assert found() == STATEMENTS[statement]


@pytest.mark.django_db
def test_swapped_entries_are_found(sealed: Sealed) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT entry FROM journal_sealed WHERE position IN (20, 21) ORDER BY position")
        one, other = (row[0] for row in cursor.fetchall())
        cursor.execute("DELETE FROM journal_sealed WHERE position IN (20, 21)")
        cursor.execute("INSERT INTO journal_sealed VALUES (20, %s, now()), (21, %s, now())", [other, one])
    assert found() == {"entry-changed", "history-rewritten"}


@pytest.mark.django_db
def test_a_row_changed_behind_the_journal_is_named(sealed: Sealed) -> None:
    with connection.cursor() as cursor:
        # The invented entries tell of posts that no table holds.
        cursor.execute("DELETE FROM journal_entry WHERE kind = 'test.told'")
        cursor.execute("UPDATE org_post SET title = 'Khác' WHERE title = 'Quản trị'")
    [difference] = fold.differences()
    assert (str(difference.subject), difference.field, difference.stored) == ("post", "title", "Khác")


@pytest.mark.django_db
def test_a_link_changed_behind_the_journal_is_named(sealed: Sealed) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE kind = 'test.told'")
        cursor.execute(
            "INSERT INTO journal_link (entry, relation, from_kind, from_id, to_kind, to_id) SELECT e.id, 'concerns',"
            " 'unit', e.subject_id, 'unit', e.subject_id FROM journal_entry e WHERE e.subject_kind = 'unit' LIMIT 1"
        )
    [difference] = fold.differences()
    assert (difference.field, difference.told) == ("links", None)


@pytest.mark.django_db
def test_a_history_that_was_hashed_and_signed_anew_is_found_by_an_earlier_checkpoint(sealed: Sealed) -> None:
    rewrite(KEY)
    assert found() == set()  # nothing inside can tell
    assert found(sealed) == {"history-rewritten"}


@pytest.mark.django_db
def test_a_bare_epoch_sets_no_checkpoint_aside(sealed: Sealed) -> None:
    driver().execute("INSERT INTO journal_epoch VALUES (2, 50, now())")
    assert found() == {"epoch-bare"}
    with pytest.raises(Mismatch, match="does not vouch for epoch 2"):
        Notary(KEY).compare(driver())
    rewrite(KEY)
    assert found(sealed) == {"epoch-bare", "history-rewritten"}


def restored(organisation: Organisation, signer: Signer, size: int) -> None:
    """An epoch as a restore opens it, over what verifying found."""
    tree = Tree()
    list(tree.add(leaf_hash(text.encode()) for text in leaf_texts(driver(), 0, size)))
    told = {"entries": size, "root": tree.root().hex(), "published": None, "lost": 0}
    installation.open_epoch(
        actor=SYSTEM, now=NOW, units=[organisation.ministry], backup="B", told=told, signer=signer
    )  # fmt: skip


@pytest.mark.django_db
def test_the_epoch_of_a_restore_is_believed_and_every_part_of_it_is_needed(
    sealed: Sealed, organisation: Organisation, seal: Callable[[], int]
) -> None:
    restored(organisation, KEY, sealed.size)
    assert found() == found(sealed) == set()
    seal()
    Notary(KEY).sign_stored(driver())
    assert found() == found(sealed) == set()
    statements = {
        "UPDATE journal_epoch SET first_position = first_position - 1 WHERE number = 2": {
            "epoch-bare",
            "epoch-changed",
        },
        "UPDATE journal_epoch SET note = replace(note, 'epoch 2', 'epoch 3') WHERE number = 2": {"epoch-bare"},
        "UPDATE journal_epoch SET number = 3 WHERE number = 2": {"epoch-bare"},
        "UPDATE journal_epoch SET note = (SELECT note FROM journal_checkpoint LIMIT 1) WHERE number = 2": {
            "epoch-bare"
        },
        # The entry that told of the restore sealed before the epoch, or taken away.
        f"UPDATE journal_sealed SET position = -position WHERE position = {sealed.size + 1}": {
            "position-stray",
            "epoch-untold",
            "rolled-back",
        },
        "UPDATE journal_body SET text = replace(text, '2', '4') WHERE text LIKE '%first_position%'": {
            "body-changed",
            "epoch-untold",
        },
    }
    for statement, faults in statements.items():
        with transaction.atomic():
            driver().execute(statement)
            assert found() == faults, statement
            transaction.set_rollback(True)


@pytest.mark.django_db
def test_an_epoch_signed_by_another_key_is_bare(sealed: Sealed, organisation: Organisation) -> None:
    restored(organisation, Signer(KEY.name, bytes(32)), sealed.size)
    assert found(sealed) == {"epoch-bare"}


@pytest.mark.django_db
def test_an_epoch_vouches_for_what_came_before(sealed: Sealed, organisation: Organisation) -> None:
    restored(organisation, KEY, sealed.size)
    rewrite(KEY)
    assert found() == {"history-rewritten"}


@pytest.mark.django_db
def test_whoever_has_the_key_can_pretend_a_restore_and_an_earlier_checkpoint_tells(
    sealed: Sealed, organisation: Organisation
) -> None:
    driver().execute("DELETE FROM journal_sealed WHERE position > 500")
    rewrite(KEY)
    restored(organisation, KEY, 500)
    driver().execute("DELETE FROM journal_checkpoint")
    assert found() == set()
    assert found(sealed) == {"superseded"}


@pytest.mark.django_db
def test_a_history_signed_with_another_key_is_found(sealed: Sealed) -> None:
    rewrite(OTHER)
    assert found() == {"checkpoint-forged"}


@pytest.mark.django_db
def test_a_journal_that_does_not_match_is_not_added_to(
    sealed: Sealed, organisation: Organisation, tmp_path: Path
) -> None:
    notary = Notary(KEY, tmp_path)
    notary.sign_stored(driver())
    notary.compare(driver())
    with transaction.atomic():
        rewrite(KEY)
        with pytest.raises(Mismatch, match="not those that were signed"):
            notary.compare(driver())
        transaction.set_rollback(True)
    with transaction.atomic():
        for table in ("sealed", "checkpoint", "tile"):
            driver().execute(f"DELETE FROM journal_{table}")
        with pytest.raises(Mismatch, match="older state"):
            notary.compare(driver())
        # A restore that lost entries opens an epoch and says so; then it goes on.
        driver().execute("DELETE FROM journal_entry")
        restored(organisation, KEY, 0)
        notary.compare(driver())
        transaction.set_rollback(True)
    (tmp_path / "latest.checkpoint").write_text(sealed.kept.replace("epoch", "Epoch"))
    with pytest.raises(Mismatch, match="cannot be believed"):
        notary.compare(driver())
