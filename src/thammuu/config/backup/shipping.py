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

from pyrage.x25519 import Recipient

from thammuu.config.backup import encryption
from thammuu.config.backup.store import ENCRYPTED, SEGMENT, Store, write_whole
from thammuu.journal.proofs.keeping import CHECKPOINTS
from thammuu.journal.proofs.notary import LATEST

ATTACHMENTS = "attachments"
LOCK = "backup.lock"
BLOCK = 8192
SETTLED_NS = 2_000_000_000
ZEROS = bytes(BLOCK)


@dataclass(frozen=True)
class Shipping:
    """From a home and PostgreSQL's archive folder to the store."""

    home: Path
    archive: Path
    store: Store
    recipient: Recipient
    _carried: dict[Path, int] = field(default_factory=dict)
    """Folders of attachments of which everything is in the store, by the time (ns) of their last change then."""

    def ship(self) -> int:
        """Carry everything that waits; return how many segments."""
        waiting = sorted(file for file in self.archive.iterdir() if not file.name.startswith("."))
        self._ship_attachments()
        for file in waiting:
            content = gzip.compress(without_zeros(file.read_bytes()), compresslevel=1, mtime=0)
            write_whole(self.store.wal / f"{file.name}{SEGMENT}", encryption.encrypt(content, self.recipient))
            file.unlink()
        self._publish()
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

    def _publish(self) -> None:
        """The checkpoint is public, and the last to go: what it covers may still be lost, and then this tells."""
        last, copy = self.home / CHECKPOINTS / LATEST, self.store.folder / LATEST
        if last.exists() and (not copy.exists() or copy.read_bytes() != last.read_bytes()):
            write_whole(copy, last.read_bytes())


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
