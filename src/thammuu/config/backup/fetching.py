"""From the folder of backups back to plain files: base backup, log, settings and keys, attachments."""

import hashlib
import io
import os
import re
import tarfile
import threading
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from pyrage.x25519 import Identity

from thammuu.config.backup import encryption
from thammuu.config.backup.shipping import ATTACHMENTS
from thammuu.config.backup.store import BASE, ENCRYPTED, HOME, REDACTIONS, SEGMENT, Damaged, Manifest, Store
from thammuu.config.language import _

Progress = Callable[[int, int], None]
GZIP = 31  # zlib's number for the gzip format
SEGMENT_NAME = 24
SEGMENT_BYTES = 16 * 1024 * 1024
DIGEST = re.compile(r"[0-9a-f]{64}")


def choose(store: Store, id: str) -> Manifest:
    """Return the base backup with this id, the newest if it is ""; raises `Damaged` if it is not whole."""
    store.system()
    manifests = store.manifests()
    found = [one for one in manifests if id in ("", one.id)]
    if not found:
        says = (
            _("There is no finished backup {id} in {folder}.") if id else _("There is no finished backup in {folder}.")
        )
        raise Damaged(says.format(id=id, folder=store.folder))
    store.whole(found[-1])
    return found[-1]


def fetch_home(store: Store, manifest: Manifest, identity: Identity, home: Path) -> None:
    """Put settings, passwords, keys and checkpoints into the home; the first to meet a wrong key."""
    content = encryption.decrypt((store.base(manifest.id) / HOME).read_bytes(), identity, f"{manifest.id}/{HOME}")
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        tar.extractall(home, filter="data")


def fetch_redactions(store: Store, identity: Identity) -> str:
    """Return the list of confirmed redactions that lies beside the backups, "" if there is none that can be read."""
    file = store.folder / REDACTIONS
    try:
        return encryption.decrypt(file.read_bytes(), identity, REDACTIONS).decode() if file.exists() else ""
    except (encryption.Unreadable, UnicodeDecodeError):
        return ""


def fetch_base(store: Store, manifest: Manifest, identity: Identity, data: Path, progress: Progress) -> None:
    """Unpack the base backup into the new folder `data`, as it streams; raises `Unreadable`, `Damaged`, `OSError`."""
    file, name = store.base(manifest.id) / BASE, f"{manifest.id}/{BASE}"
    reading, writing = os.pipe()
    unpacking = _Unpacking(reading, data)
    unpacking.start()
    fault: Exception | None = None
    with file.open("rb") as source, os.fdopen(writing, "wb") as target:
        try:
            counted = _Counted(source, lambda done: progress(done, manifest.sizes[BASE]))
            encryption.decrypt_stream(counted, target, identity, name)  # type: ignore[arg-type]  # it reads like a file, and only that is asked of it
        except (encryption.Unreadable, OSError) as error:
            fault = error
    unpacking.join()
    if isinstance(unpacking.fault, OSError):
        raise unpacking.fault
    if fault is not None and not isinstance(fault, BrokenPipeError):
        raise fault
    if unpacking.fault is not None:
        raise Damaged(_("{name} was cut short or changed; it cannot be used.").format(name=name))


class _Unpacking(threading.Thread):
    """Unpacks a tar from a pipe; `fault` says why it ended early."""

    def __init__(self, reading: int, folder: Path) -> None:
        super().__init__(name="unpacking")
        self._reading, self._folder = reading, folder
        self.fault: Exception | None = None

    def run(self) -> None:
        with os.fdopen(self._reading, "rb") as stream:
            try:
                with tarfile.open(fileobj=stream, mode="r|gz") as tar:
                    tar.extractall(self._folder, filter="data")
                while stream.read(1 << 20):
                    pass
            except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
                self.fault = error


class _Counted:
    def __init__(self, stream: IO[bytes], progress: Callable[[int], None]) -> None:
        self._stream, self._progress, self._done = stream, progress, 0

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        self._done += len(content)
        self._progress(self._done)
        return content


def fetch_log(store: Store, manifest: Manifest, identity: Identity, folder: Path, progress: Progress) -> str:
    """Put the segments of the log since the base backup into the folder; return the last one.

    Raises `Damaged` if one is missing among them: what was written after it could not be replayed, and silence would
    pass for completeness.
    """
    names = [
        name
        for name in store.segments()
        if name.endswith(".history") or (len(name) == SEGMENT_NAME and name[8:] >= manifest.first_wal[8:])
    ]
    numbers = sorted({_number(name) for name in names if len(name) == SEGMENT_NAME})
    missing = sorted(set(range(_number(manifest.first_wal), numbers[-1] + 1)) - set(numbers)) if numbers else [0]
    if missing or _number(manifest.last_wal) > numbers[-1]:
        lost = _named(missing[0]) if numbers and missing else manifest.last_wal[8:]
        raise Damaged(_("The log is not whole: the segment …{name} is missing.").format(name=lost))
    for done, name in enumerate(names, 1):
        content = encryption.decrypt((store.wal / f"{name}{SEGMENT}").read_bytes(), identity, f"wal/{name}{SEGMENT}")
        with (folder / name).open("wb") as out:
            out.write(zlib.decompress(content, GZIP))
            if len(name) == SEGMENT_NAME:
                out.truncate(SEGMENT_BYTES)  # the zeros that were left out; they take no room
        progress(done, len(names))
    return _named(numbers[-1])


def _number(name: str) -> int:
    return int(name[8:16], 16) * 256 + int(name[16:24], 16)


def _named(number: int) -> str:
    return f"{number // 256:08X}{number % 256:08X}"


def fetch_attachments(store: Store, identity: Identity, home: Path, progress: Progress) -> int:
    """Put every attachment back into the home; return how many. Raises `Damaged` if one is not what its name says."""
    files = sorted(store.files.glob(f"??/*{ENCRYPTED}"))
    for done, file in enumerate(files, 1):
        name = file.name.removesuffix(ENCRYPTED)
        content = encryption.decrypt(file.read_bytes(), identity, f"files/{file.name}")
        if DIGEST.fullmatch(name) and hashlib.sha256(content).hexdigest() != name:
            raise Damaged(_("The attachment {name} is not what was kept.").format(name=name))
        target = home / ATTACHMENTS / name[:2] / name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.write_bytes(content)
        progress(done, len(files))
    return len(files)
