"""Being the witness of other logs (C2SP tlog-witness, add-checkpoint).

For each log the last checkpoint that was cosigned lies in a file; looking at it, checking that the new one goes on from
it and writing it down happen under one lock, and the file is on the disk before the cosignature leaves. So one key
never cosigns two histories of one log, whoever asks, and however many processes serve.
"""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from thammuu.journal.proofs import merkle
from thammuu.journal.proofs.cosigning import CosigningKey
from thammuu.journal.proofs.notes import BadNote, Checkpoint, Verifier, base64_of, bytes_of

TEXT = "text/plain; charset=utf-8"
SIZE = "text/x.tlog.size"
MOST_STEPS = 63
_OLD = re.compile(r"old (0|[1-9][0-9]{0,17})")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered over HTTP."""

    status: int
    body: str
    type: str = TEXT


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it was sent."""

    old: int
    path: tuple[bytes, ...]
    note: str

    @classmethod
    def parse(cls, body: bytes) -> "Asked":
        """Return what was asked. Raises `BadNote`."""
        try:
            head, divided, note = body.decode().partition("\n\n")
        except UnicodeDecodeError:
            raise BadNote("the request is not text") from None
        first, *steps = head.split("\n")
        old = _OLD.fullmatch(first)
        if old is None or not divided or len(steps) > MOST_STEPS:
            raise BadNote("the request is malformed")
        path = tuple(bytes_of(step) for step in steps)
        if any(len(step) != 32 for step in path):
            raise BadNote("a hash has not 32 bytes")
        return cls(int(old[1]), path, note)

    def text(self) -> bytes:
        """Return the request's body."""
        return "\n".join([f"old {self.old}", *map(base64_of, self.path), "", self.note]).encode()


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness: its key, the logs it knows by their names (each with the keys it believes), and its folder."""

    key: CosigningKey
    logs: Mapping[str, tuple[Verifier, ...]]
    folder: Path

    def add_checkpoint(self, body: bytes, now: int) -> Answer:
        """Cosign a checkpoint that goes on from the last one, or say why not. `now` is POSIX time."""
        try:
            asked = Asked.parse(body)
            origin = asked.note.partition("\n")[0]
            if origin not in self.logs:
                return Answer(404, "this log is not known here\n")
            told = _believed(asked.note, self.logs[origin])
            if told is None:
                return Answer(403, "the checkpoint is not signed by a key that is believed here\n")
        except BadNote as bad:
            return Answer(400, f"{bad}\n")
        if asked.old > told.size:
            return Answer(400, "the old size is beyond the checkpoint\n")
        with self._state(origin) as state:
            return self._judge(asked, told, state, now)

    def _judge(self, asked: Asked, told: Checkpoint, state: Path, now: int) -> Answer:
        last = _read(state)
        if asked.old != (last.size if last else 0):
            return Answer(409, f"{last.size if last else 0}\n", SIZE)
        if last is not None and last.size == told.size and last.root != told.root:
            _keep(state.with_suffix(".refused"), asked.note)
            return Answer(409, f"{last.size}\n", SIZE)
        root = last.root if last else merkle.EMPTY_ROOT
        if not merkle.is_consistent(asked.old, root, told.size, told.root, asked.path):
            _keep(state.with_suffix(".refused"), asked.note)
            return Answer(422, "the checkpoint is not shown to go on from the last one\n")
        _keep(state, asked.note)
        return Answer(200, self.key.cosign(asked.note.rpartition("\n\n")[0] + "\n", now))

    @contextmanager
    def _state(self, origin: str) -> Iterator[Path]:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = hashlib.sha256(origin.encode()).hexdigest()[:32]
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self.folder / f"{name}.cosigned"


def _believed(note: str, verifiers: tuple[Verifier, ...]) -> Checkpoint | None:
    for verifier in verifiers:
        try:
            text = verifier.text_of(note)
        except BadNote:
            continue
        return Checkpoint.parse(text)
    return None


def _read(state: Path) -> Checkpoint | None:
    """The last checkpoint that was cosigned; one that cannot be read is no reason to begin anew."""
    if not state.exists():
        return None
    return Checkpoint.parse(state.read_text().rpartition("\n\n")[0] + "\n")


def _keep(file: Path, note: str) -> None:
    fresh = file.with_name(f"{file.name}.new")
    with fresh.open("w") as out:
        out.write(note)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
