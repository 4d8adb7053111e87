"""Epochs and who vouches for them.

A later epoch sets aside what checkpoints say of entries that a restore lost. Were a row of the database enough for
that, whoever may write there could set aside any checkpoint. So an epoch counts only if the journal's key has signed
where it begins and the root over everything before, and if an entry within the epoch tells of the restore.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import psycopg

from thammuu.journal.proofs.notes import BadNote, Checkpoint, Verifier

MAGIC = "thammuu-epoch/1"
OPENED_BY = "config.backup_restored"
"""The kind of fact that opens an epoch; its context names the `epoch`."""

_FORM = re.compile(rf"{MAGIC}\n(\S+)\n(\d+)\n(\S+)\nepoch (\d+) from (\d+)\n")
_TOLD = """
SELECT EXISTS (
    SELECT FROM journal_entry e JOIN journal_body b ON b.entry = e.id LEFT JOIN journal_sealed s ON s.entry = e.id
    WHERE e.kind = %(kind)s AND (b.text::json -> 'context' ->> 'epoch') = %(number)s
      AND (s.position IS NULL OR s.position >= %(first)s)
)
"""


class Opened(NamedTuple):
    """An epoch as the database tells of it."""

    number: int
    first_position: int
    note: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An epoch and what is wrong with it: "" or the fault's code. `before` is what was signed of the entries before
    it, None if nothing was that can be believed."""

    epoch: Opened
    fault: str
    before: Checkpoint | None


def statement(before: Checkpoint) -> str:
    """Return what the key signs of an epoch: `before` tells the size and root up to it, and the epoch's beginning."""
    return f"{MAGIC}\n{before.text()}"


def opened(note: str, verifier: Verifier | None) -> Checkpoint:
    """Return what an epoch's note says of the entries before it. Raises `BadNote`.

    Without a verifier nothing can be told of the signature.
    """
    text = verifier.text_of(note) if verifier else note.rpartition("\n\n")[0] + "\n"
    if not _FORM.fullmatch(text):
        raise BadNote("this says nothing of an epoch")
    told = Checkpoint.parse(text.removeprefix(f"{MAGIC}\n"))
    if verifier and told.origin != verifier.name:
        raise BadNote("this is an epoch of another log")
    if told.size != told.first_position - 1:
        raise BadNote("the epoch does not begin behind the entries that it tells of")
    return told


def epochs(connection: psycopg.Connection[Any]) -> list[Opened]:
    """Return every epoch, oldest first."""
    rows = connection.execute("SELECT number, first_position, note FROM journal_epoch ORDER BY number")
    return [Opened(*row) for row in rows]


def judge(connection: psycopg.Connection[Any], verifier: Verifier | None) -> Iterator[Judged]:
    """Yield every epoch with what is wrong with it."""
    for one in epochs(connection):
        if one.number == 1 and one.first_position == 1:
            yield Judged(one, "", None)
            continue
        before = vouched(one, verifier)
        if before is None:
            yield Judged(one, "epoch-bare", None)
            continue
        asked = {"kind": OPENED_BY, "number": str(one.number), "first": one.first_position}
        row = connection.execute(_TOLD, asked).fetchone()
        yield Judged(one, "" if row and row[0] else "epoch-untold", before)


def vouched(one: Opened, verifier: Verifier | None) -> Checkpoint | None:
    """Return what the key has signed of the entries before the epoch; None if it has not signed this epoch."""
    try:
        before = opened(one.note, verifier)
    except BadNote:
        return None
    return before if (before.epoch, before.first_position) == (one.number, one.first_position) else None
