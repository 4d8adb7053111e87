"""Witnesses by files: checkpoints that came from elsewhere and are compared with what is known of their log.

What lies in the folder `witnessed` of the home is compared by every `journal verify`, however it came there. Earlier
checkpoints of this journal show whether it still begins with them; those of another log are compared with each other.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from thammuu.journal.proofs import merkle
from thammuu.journal.proofs.extracts import MAGIC
from thammuu.journal.proofs.notes import BadNote, Checkpoint, Verifier
from thammuu.journal.proofs.verifying import Kept

ENDING = ".checkpoint"


class Fork(Exception):
    """Two signed checkpoints of one log contradict each other."""


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A checkpoint as it lies in the folder."""

    file: Path
    note: str
    checkpoint: Checkpoint


def read(folder: Path) -> list[Witnessed]:
    """Return what lies in the folder, the smallest first; what is no checkpoint is left out."""
    found = []
    for file in sorted(folder.glob(f"*{ENDING}")) if folder.is_dir() else ():
        note = file.read_text()
        try:
            found.append(Witnessed(file, note, Checkpoint.parse(note.rpartition("\n\n")[0] + "\n")))
        except BadNote:
            continue
    return sorted(found, key=lambda one: (one.checkpoint.origin, one.checkpoint.size))


def kept(folder: Path, verifier: Verifier) -> list[Kept]:
    """Return the checkpoints in the folder that say they are of the verifier's log."""
    return [Kept(str(one.file), one.note) for one in read(folder) if one.checkpoint.origin == verifier.name]


def take(folder: Path, note: str, verifier: Verifier, path: list[bytes] | None = None) -> tuple[Path, bool]:
    """Keep a checkpoint; return its file, and whether it is proven to go on from the one before it.

    `path` is the proof of consistency with the largest one that is kept of the same log. Raises `BadNote` if it is
    not signed by the verifier's key, and `Fork` if it contradicts one that is kept.
    """
    told = Checkpoint.open(note, verifier)
    before = [one.checkpoint for one in read(folder) if one.checkpoint.origin == told.origin]
    for one in before:
        if one.size == told.size and (one.root, one.epoch) != (told.root, told.epoch):
            raise Fork(f"{told.origin} has signed two different journals of {told.size} entries")
    smaller = [one for one in before if one.size < told.size]
    proven = any(one.size == told.size for one in before)
    if smaller and path is not None:
        last = smaller[-1]
        if not merkle.is_consistent(last.size, last.root, told.size, told.root, path):
            raise Fork(f"the journal of {told.size} entries is not shown to begin with the one of {last.size}")
        proven = True
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{verifier.id.hex()}-{told.epoch}-{told.size}{ENDING}"
    file.write_text(note)
    return file, proven


def path_from(extract: str, note: str, verifier: Verifier, folder: Path) -> list[bytes]:
    """Return the proof that an extract of the same log holds, from the largest checkpoint kept here to this note's.

    Raises `BadNote` if the extract is not signed by that log, or holds no such proof.
    """
    lines = verifier.text_of(extract).split("\n")
    if lines[0] != MAGIC:
        raise BadNote("this is not an extract")
    head = json.loads(lines[1])
    told = Checkpoint.open(note, verifier)
    if Checkpoint.open(head["checkpoint"], verifier) != told:
        raise BadNote("the extract is not under this checkpoint")
    sizes = [one.checkpoint.size for one in read(folder) if one.checkpoint.origin == told.origin]
    last = max((size for size in sizes if size < told.size), default=0)
    for earlier in head["earlier"]:
        if earlier["size"] == last:
            return [bytes.fromhex(step) for step in earlier["path"]]
    raise BadNote(f"the extract shows nothing about the journal of {last} entries")
