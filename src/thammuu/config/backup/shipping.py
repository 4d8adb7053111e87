"""Carrying what PostgreSQL archived, and new attachments, into the folder of backups, encrypted.

PostgreSQL copies each closed segment of its log into `archive` beside its data (`archive_command`), at the latest
30 seconds after something was written (`archive_timeout`); from there this carries it on, every five seconds. The
attachments go first: a committed entry never arrives without the file that it names.
"""

import fcntl
import gzip
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from pyrage.x25519 import Recipient

from thammuu.config.backup import encryption
from thammuu.config.backup.store import ENCRYPTED, REDACTIONS, SEGMENT, Store, write_whole
from thammuu.journal.proofs.keeping import CHECKPOINTS, read_signer
from thammuu.journal.proofs.notary import LATEST
from thammuu.journal.redaction.listing import write_list

ATTACHMENTS = "attachments"
LOCK = "backup.lock"
BLOCK = 8192
SETTLED_NS = 2_000_000_000
ZEROS = bytes(BLOCK)
_CONFIRMED = """
SELECT count(*), max(decided_at), (SELECT count(*) FROM journal_sealed s JOIN journal_entry e ON e.id = s.entry
    WHERE e.subject_id IN (SELECT id FROM journal_redaction))
FROM journal_redaction WHERE state IN ('confirmed', 'carried_out')
"""


@dataclass(frozen=True)
class Shipping:
    """From a home and PostgreSQL's archive folder to the store; `database` is the URL of the database while it runs."""

    home: Path
    archive: Path
    store: Store
    recipient: Recipient
    database: str = ""
    _carried: dict[Path, int] = field(default_factory=dict)
    """Folders of attachments of which everything is in the store, by the time (ns) of their last change then."""
    _listed: list[object] = field(default_factory=list)
    """What the list of redactions was last written for."""

    def ship(self) -> int:
        """Carry everything that waits; return how many segments."""
        waiting = sorted(file for file in self.archive.iterdir() if not file.name.startswith("."))
        last = self._last_checkpoint()
        self._list_redactions(last)
        self._ship_attachments()
        for file in waiting:
            content = gzip.compress(without_zeros(file.read_bytes()), compresslevel=1, mtime=0)
            write_whole(self.store.wal / f"{file.name}{SEGMENT}", encryption.encrypt(content, self.recipient))
            file.unlink()
        self._publish(last)
        return len(waiting)

    def _ship_attachments(self) -> None:
        for folder in (self.home / ATTACHMENTS).glob("??"):
            changed = folder.stat().st_mtime_ns
            if self._carried.get(folder) == changed:
                continue
            for name, file in attachments_in(folder):
                target = self.store.files / name[:2] / f"{name}{ENCRYPTED}"
                if not target.exists():
                    write_whole(target, encryption.encrypt(file.read_bytes(), self.recipient))
            # A file that comes within the clock's resolution would leave the folder's time as it is.
            if time.time_ns() - changed > SETTLED_NS:
                self._carried[folder] = changed

    def _list_redactions(self, last: bytes) -> None:
        """Keep the list of confirmed redactions beside the backups, before the log that tells of them.

        Written anew for every checkpoint that is to be published, so that a restore can tell an old list from one that
        knows everything up to the last checkpoint.
        """
        signer = read_signer(self.home) if self.database else None
        if signer is None:
            return
        with psycopg.connect(self.database, autocommit=True) as connection:
            known = connection.execute(_CONFIRMED).fetchone()
            if self._listed == [last, known] and (self.store.folder / REDACTIONS).exists():
                return
            text = write_list(connection, signer)
        write_whole(self.store.folder / REDACTIONS, encryption.encrypt(text.encode(), self.recipient))
        self._listed[:] = [last, known]

    def _last_checkpoint(self) -> bytes:
        file = self.home / CHECKPOINTS / LATEST
        return file.read_bytes() if file.exists() else b""

    def _publish(self, last: bytes) -> None:
        """The checkpoint is public, and the last to go: what it covers may still be lost, and then this tells."""
        copy = self.store.folder / LATEST
        if last and (not copy.exists() or copy.read_bytes() != last):
            write_whole(copy, last)


def without_zeros(content: bytes) -> bytes:
    """Return the content without the zeros at its end: a segment that was closed early has 16 MB of hardly anything."""
    end = len(content)
    while end and content.startswith(ZEROS[: min(end, BLOCK)], max(0, end - BLOCK)):
        end = max(0, end - BLOCK)
    return content[:end]


def attachments(home: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and place of every attachment and thumbnail in the home."""
    for folder in (home / ATTACHMENTS).glob("??"):
        yield from attachments_in(folder)


def attachments_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and place of what is in one folder of attachments."""
    for file in folder.iterdir():
        if not file.name.startswith("."):
            yield file.name, file


@contextmanager
def alone(home: Path, wait: bool) -> Iterator[bool]:
    """Hold the home's lock of backups; gives False if another process holds it and `wait` is false."""
    with (home / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
