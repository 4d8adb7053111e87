"""A sealed journal that a reader has a checkpoint of: what the promises about tampering begin with."""

from dataclasses import dataclass

from tests.journal.proofs.ground import driver
from thammuu.journal.proofs.leaves import leaf_texts
from thammuu.journal.proofs.merkle import leaf_hash
from thammuu.journal.proofs.notary import Notary
from thammuu.journal.proofs.notes import Signer
from thammuu.journal.proofs.tree import Tree, store_tiles

KEY = Signer("thammuu-test", bytes(range(32)))
OTHER = Signer("thammuu-other", bytes(32))


@dataclass(frozen=True)
class Sealed:
    """A sealed journal of 600 entries and more, and the checkpoint that an auditor took away."""

    kept: str
    size: int


def rewrite(signer: Signer) -> None:
    """What a superuser with every right can do: change an entry, hash everything anew, sign it anew."""
    driver().execute(
        "UPDATE journal_entry SET classification = 3 WHERE id = (SELECT entry FROM journal_sealed WHERE position = 100)"
    )
    driver().execute("DELETE FROM journal_tile")
    driver().execute("DELETE FROM journal_checkpoint")
    tree = Tree()
    store_tiles(driver(), list(tree.add(leaf_hash(text.encode()) for text in leaf_texts(driver(), 0, 10_000))))
    Notary(signer).sign(driver(), tree.size, tree.root())
