"""Carrying what PostgreSQL archived, and new attachments, into the folder of backups, encrypted.

PostgreSQL copies each closed segment of its log into `archive` beside its data (`archive_command`), at the latest
30 seconds after something was written (`archive_timeout`); from there this carries it on, every five seconds. The
attachments go first: a committed entry never arrives without the file that it names.
"""

import fcntl
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyrage.x25519 import Recipient

from thammuu.config.backup import encryption
from thammuu.config.backup.store import ENCRYPTED, SEGMENT, Store, write_whole
from thammuu.journal.proofs.keeping import CHECKPOINTS
from thammuu.journal.proofs.notary import LATEST

ATTACHMENTS = "attachments"
LOCK = "backup.lock"


@dataclass(frozen=True)
class Shipping:
    """From a home and PostgreSQL's archive folder to the store."""

    home: Path
    archive: Path
    store: Store
    recipient: Recipient

    def ship(self) -> int:
        """Carry everything that waits; return how many segments."""
        waiting = sorted(file for file in self.archive.iterdir() if not file.name.startswith("."))
        self._ship_attachments()
        for file in waiting:
            content = gzip.compress(file.read_bytes(), compresslevel=1, mtime=0)
            write_whole(self.store.wal / f"{file.name}{SEGMENT}", encryption.encrypt(content, self.recipient))
            file.unlink()
        self._publish()
        return len(waiting)

    def _ship_attachments(self) -> None:
        for name, file in attachments(self.home):
            target = self.store.files / name[:2] / f"{name}{ENCRYPTED}"
            if not target.exists():
                write_whole(target, encryption.encrypt(file.read_bytes(), self.recipient))

    def _publish(self) -> None:
        """The checkpoint is public, and the last to go: what it covers may still be lost, and then this tells."""
        last, copy = self.home / CHECKPOINTS / LATEST, self.store.folder / LATEST
        if last.exists() and (not copy.exists() or copy.read_bytes() != last.read_bytes()):
            write_whole(copy, last.read_bytes())


def attachments(home: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and place of every attachment and thumbnail in the home."""
    for file in (home / ATTACHMENTS).glob("??/*"):
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
