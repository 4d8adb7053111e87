"""Extracts: chosen entries with their bodies and paths, a checkpoint over them, all of it signed once more.

The proofs make each entry believable by itself; the signature over the whole seals the choice, so that nothing can be
left out unnoticed. The text is a signed note; `proofs/offline.py` reads it with nothing but Python.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from thammuu.journal.proofs.leaves import Leaf, leaves_at
from thammuu.journal.proofs.merkle import leaf_hash, root_from_inclusion
from thammuu.journal.proofs.notes import BadNote, Checkpoint, Signer, Verifier
from thammuu.journal.proofs.reading import StoredTree
from thammuu.journal.redaction.absences import Absences, absences

MAGIC = "thammuu-extract/1"
AT_ONCE = 500
ABSENT = """
SELECT s.position FROM journal_sealed s WHERE s.position = ANY(%s) AND (
    NOT EXISTS (SELECT FROM journal_body b WHERE b.entry = s.entry)
    OR EXISTS (SELECT FROM journal_restated r WHERE r.entry = s.entry))
"""


class Unproven(Exception):
    """What is stored does not lead to the checkpoint: it was changed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which entries: about a subject or linked with it, of an event, recorded in a period; or at given positions."""

    subject: UUID | None = None
    event: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    positions: tuple[int, ...] = ()

    def told(self) -> dict[str, Any]:
        """Return the choice as JSON holds it."""
        said: Mapping[str, Any] = {
            "subject": self.subject and str(self.subject),
            "event": self.event and str(self.event),
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "positions": list(self.positions),
        }
        return {name: value for name, value in said.items() if value}


def choose(connection: psycopg.Connection[Any], choice: Choice, size: int) -> list[int]:
    """Return the positions of the chosen entries up to the size, in order."""
    rows = connection.execute(
        """
        SELECT s.position FROM journal_sealed s JOIN journal_entry e ON e.id = s.entry
        WHERE s.position <= %(size)s
          AND (%(subject)s::uuid IS NULL OR e.subject_id = %(subject)s OR e.id IN
              (SELECT entry FROM journal_link WHERE %(subject)s::uuid IN (from_id, to_id)))
          AND (%(event)s::uuid IS NULL OR e.event = %(event)s)
          AND (%(since)s::timestamptz IS NULL OR e.recorded_at >= %(since)s)
          AND (%(until)s::timestamptz IS NULL OR e.recorded_at < %(until)s)
          AND (%(positions)s::bigint[] IS NULL OR s.position = ANY(%(positions)s))
        ORDER BY s.position
        """,
        {
            "size": size,
            "subject": choice.subject,
            "event": choice.event,
            "since": choice.since,
            "until": choice.until,
            "positions": list(choice.positions) or None,
        },
    )
    return [int(row[0]) for row in rows]


def extract(
    connection: psycopg.Connection[Any],
    signer: Signer,
    note: str,
    choice: Choice,
    earlier: Sequence[str] = (),
) -> tuple[str, int]:
    """Return the extract of the chosen entries under the checkpoint `note`, and their number.

    `earlier` are notes of checkpoints from before, of which the extract shows that the journal went on from them.
    Raises `Unproven` if what is stored is not what was signed, `BadNote` for an earlier checkpoint that is not ours.
    """
    checkpoint = Checkpoint.open(note, signer.verifier)
    tree = StoredTree(connection, checkpoint.size)
    if tree.root() != checkpoint.root:
        raise Unproven("the entries stored are not those of the checkpoint; run 'thammuu journal verify'")
    chosen = choose(connection, choice, checkpoint.size)
    positions = sorted({*chosen, *_agreements(connection, signer.verifier, chosen, checkpoint.size)})
    head = {
        "about": choice.told(),
        "checkpoint": note,
        "earlier": [_earlier(tree, one, checkpoint, signer) for one in earlier],
        "entries": len(positions),
    }
    lines = [MAGIC, _line(head), *(_line(entry) for entry in _entries(connection, tree, checkpoint, positions))]
    return signer.sign("".join(f"{line}\n" for line in lines)), len(positions)


def _agreements(connection: psycopg.Connection[Any], verifier: Verifier, positions: list[int], size: int) -> set[int]:
    """Return the positions of the entries that show why bodies of the chosen ones are not there.

    Whoever checks the extract then sees the two accounts. Raises `Unproven` for a body that somebody just took.
    """
    rows = connection.execute(ABSENT, [positions]).fetchall()
    allowed = absences(connection, verifier) if rows else Absences()
    found: set[int] = set()
    for (position,) in rows:
        redaction = allowed.positions.get(position)
        if redaction is None:
            raise Unproven(f"the body of entry {position} is gone, and no redaction by two persons covers it")
        if max(allowed.agreed[redaction]) > size:
            raise Unproven(f"the redaction of entry {position} is not under a checkpoint yet; try again in a minute")
        found.update(allowed.agreed[redaction])
    return found


def _entries(
    connection: psycopg.Connection[Any], tree: StoredTree, checkpoint: Checkpoint, positions: list[int]
) -> Iterator[dict[str, Any]]:
    for start in range(0, len(positions), AT_ONCE):
        for leaf in leaves_at(connection, positions[start : start + AT_ONCE]):
            yield _entry(leaf, tree, checkpoint)


def _entry(leaf: Leaf, tree: StoredTree, checkpoint: Checkpoint) -> dict[str, Any]:
    path = tree.inclusion(leaf.position - 1)
    hashed = leaf_hash(leaf.text.encode())
    if root_from_inclusion(hashed, leaf.position - 1, checkpoint.size, path) != checkpoint.root:
        raise Unproven(f"entry {leaf.position} is not the one that was sealed")
    body = None if leaf.salt is None or leaf.body is None else {"salt": leaf.salt.hex(), "text": leaf.body}
    return {"body": body, "leaf": leaf.text, "path": [step.hex() for step in path]}


def _earlier(tree: StoredTree, note: str, checkpoint: Checkpoint, signer: Signer) -> dict[str, Any]:
    told = Checkpoint.open(note, signer.verifier)
    if not 0 < told.size <= checkpoint.size:
        raise BadNote("the earlier checkpoint is of a longer journal than this one")
    path = tree.consistency(told.size, checkpoint.size)
    return {"note": note, "path": [step.hex() for step in path], "size": told.size}


def _line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
