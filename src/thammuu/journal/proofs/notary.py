"""Who signs the journal's checkpoints, keeps copies of them outside the database, and compares before adding.

The newest checkpoint lies as `latest.checkpoint` in a folder of the home, and the last one of each day under the
day's name (the organisation's day). A database that was put back to an earlier state says nothing of it; the folder
does.
"""

import logging
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from thammuu.journal.proofs.epochs import epochs, vouched
from thammuu.journal.proofs.notes import BadNote, Checkpoint, Signer
from thammuu.journal.proofs.reading import StoredTree
from thammuu.journal.proofs.tree import Tree
from thammuu.kernel import clock

EVERY_SECONDS = 60.0
LATEST = "latest.checkpoint"
log = logging.getLogger(__name__)


class Mismatch(Exception):
    """The journal in the database does not go on from a checkpoint that was signed before."""

    loggable = True
    """Its words hold sizes only."""


@dataclass
class Notary:
    """The journal's signer (None: nothing is signed) and the folder of checkpoints (None: none is kept)."""

    signer: Signer | None = None
    folder: Path | None = None
    every: float = EVERY_SECONDS
    _signed: int = field(default=-1, init=False)
    _due: float = field(default=0.0, init=False)

    def compare(self, connection: psycopg.Connection[Any]) -> None:
        """Raise `Mismatch` if the journal does not begin with what the last checkpoints say."""
        head, epoch = head_and_epoch(connection)
        self._compare_epoch(connection)
        tree = StoredTree(connection, head)
        for told in (self._stored(connection), self._kept()):
            if told is None or (told.epoch < epoch[0] and told.size >= epoch[1]):
                continue
            if told.size > head:
                raise Mismatch(
                    f"a checkpoint of {told.size} entries was signed, and the database has {head}. Was an older state"
                    " put back?"
                )
            if tree.root(told.size) != told.root:
                raise Mismatch(f"the first {told.size} entries are not those that were signed. Run 'journal verify'.")

    def _compare_epoch(self, connection: psycopg.Connection[Any]) -> None:
        verifier = self.signer.verifier if self.signer else None
        for one in epochs(connection)[-1:]:
            if one.number > 1 and vouched(one, verifier) is None:
                raise Mismatch(
                    f"the journal's key does not vouch for epoch {one.number}, which a row of the database tells of"
                )

    def sign_when_due(self, connection: psycopg.Connection[Any], tree: Tree) -> None:
        """Sign a checkpoint if something was sealed since the last and its time has come."""
        if self.signer is None or tree.size in (0, self._signed) or time.monotonic() < self._due:
            return
        self._due = time.monotonic() + self.every
        head, _epoch = head_and_epoch(connection)
        if tree.size == head:
            self.sign(connection, tree.size, tree.root())

    def sign_stored(self, connection: psycopg.Connection[Any]) -> str:
        """Return a checkpoint of everything that is sealed, after comparing; raises `Mismatch`, `BadNote`."""
        self.compare(connection)
        head, _epoch = head_and_epoch(connection)
        return self.sign(connection, head, StoredTree(connection, head).root())

    def sign(self, connection: psycopg.Connection[Any], size: int, root: bytes) -> str:
        """Return the note of a checkpoint of this size, stored and kept; the earlier one if there is one."""
        if self.signer is None:
            raise BadNote("there is no key to sign with")
        _head, (epoch, first) = head_and_epoch(connection)
        note = self.signer.sign(Checkpoint(self.signer.name, size, root, epoch, first).text())
        now = clock.now()
        connection.execute(
            "INSERT INTO journal_checkpoint (epoch, size, root, note, signed_at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [epoch, size, root, note, now],
        )
        self._signed = size
        if self.folder is not None:
            _keep(self.folder / LATEST, note)
            _keep(self.folder / f"{clock.day_of(now).isoformat()}.checkpoint", note)
        return note

    def _stored(self, connection: psycopg.Connection[Any]) -> Checkpoint | None:
        row = connection.execute(
            "SELECT note FROM journal_checkpoint ORDER BY epoch DESC, size DESC LIMIT 1"
        ).fetchone()
        return self._opened(row[0], "in the database") if row else None

    def _kept(self) -> Checkpoint | None:
        if self.folder is None or not (self.folder / LATEST).exists():
            return None
        return self._opened((self.folder / LATEST).read_text(), f"in {self.folder}")

    def _opened(self, note: str, where: str) -> Checkpoint:
        try:
            if self.signer is None:
                return Checkpoint.parse(note.rpartition("\n\n")[0] + "\n")
            return Checkpoint.open(note, self.signer.verifier)
        except BadNote as bad:
            raise Mismatch(f"the last checkpoint {where} cannot be believed: {bad}.") from None


def head_and_epoch(connection: psycopg.Connection[Any]) -> tuple[int, tuple[int, int]]:
    """Return the last sealed position, and the newest epoch's number and first position."""
    row = connection.execute(
        "SELECT coalesce((SELECT max(position) FROM journal_sealed), 0), coalesce(max(number), 1),"
        " coalesce((SELECT first_position FROM journal_epoch ORDER BY number DESC LIMIT 1), 1) FROM journal_epoch"
    ).fetchone()
    return (int(row[0]), (int(row[1]), int(row[2]))) if row else (0, (1, 1))


def _keep(file: Path, note: str) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        with fresh.open("w") as out:
            out.write(note)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    except OSError as error:
        log.warning("the checkpoint was not kept in %s: %s", file.parent, error)
