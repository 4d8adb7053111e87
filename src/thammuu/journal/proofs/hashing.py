"""The part of verifying that costs: reads a range of the journal and hashes it. Runs in processes of its own."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import psycopg

from thammuu.journal.proofs.leaves import LEAF, body_digest
from thammuu.journal.proofs.merkle import leaf_hash, root_of
from thammuu.journal.proofs.tree import WIDTH

CHUNK = 64 * WIDTH
LOST = bytes(32)
"""Stands for the hash of an entry that is not there, so that the ones behind it keep their places."""

RANGE = f"""COPY (
    SELECT s.position, e.id IS NULL, {LEAF}, e.body_digest, b.salt, b.text
    FROM journal_sealed s LEFT JOIN journal_entry e ON e.id = s.entry LEFT JOIN journal_body b ON b.entry = s.entry
    WHERE s.position BETWEEN %s AND %s ORDER BY s.position
) TO STDOUT (FORMAT binary)"""
_TYPES = ["int8", "bool", "text", "bytea", "bytea", "text"]


class Fault(NamedTuple):
    """Something that is not as it was sealed: its code, the position concerned if there is one, and more about it."""

    code: str
    position: int | None
    about: str


@dataclass
class Range:
    """What a worker found: the hash of each leaf, the root over each full tile, and faults."""

    leaves: bytes = b""
    roots: list[bytes] = field(default_factory=list)
    entries: int = 0
    faults: list[Fault] = field(default_factory=list)


_own: psycopg.Connection[Any] | None = None


def prepare(parameters: dict[str, Any]) -> None:
    """Connect this process of a pool."""
    global _own
    _own = psycopg.connect(autocommit=True, **parameters)


def hash_in_pool(pair: tuple[int, int]) -> Range:
    """Do `hash_range` with the process's own connection."""
    assert _own is not None  # noqa: S101 - for mypy: `prepare` ran first
    return hash_range(_own, pair)


def hash_range(connection: psycopg.Connection[Any], pair: tuple[int, int]) -> Range:
    """Read and hash the positions from the first to the last of the pair; the first begins a tile."""
    first, last = pair
    found, hashes, expected = Range(), [], first
    with connection.cursor() as cursor, cursor.copy(RANGE, [first, last]) as copy:
        copy.set_types(_TYPES)
        for position, lost, text, digest, salt, body in copy.rows():
            while expected < position:
                hashes.append(LOST)
                found.faults.append(Fault("position-missing", expected, ""))
                expected += 1
            expected += 1
            if lost:
                hashes.append(LOST)
                found.faults.append(Fault("entry-missing", position, ""))
                continue
            if text is None:
                hashes.append(LOST)
                found.faults.append(Fault("leaf-unknown", position, ""))
                continue
            hashes.append(leaf_hash(text.encode()))
            if body is None:
                found.faults.append(Fault("body-missing", position, ""))
            elif body_digest(salt, body) != digest:
                found.faults.append(Fault("body-changed", position, ""))
    while expected <= last:
        hashes.append(LOST)
        found.faults.append(Fault("position-missing", expected, ""))
        expected += 1
    found.entries = len(hashes)
    found.leaves = b"".join(hashes)
    _compare_tiles(connection, found, first // WIDTH, hashes)
    return found


def _compare_tiles(connection: psycopg.Connection[Any], found: Range, number: int, hashes: list[bytes]) -> None:
    count = len(hashes) // WIDTH
    rows = connection.execute(
        "SELECT number, root, hashes FROM journal_tile WHERE level = 0 AND number >= %s AND number < %s",
        [number, number + count],
    )
    stored = {row[0]: (bytes(row[1]), bytes(row[2])) for row in rows}
    for place in range(count):
        own = hashes[place * WIDTH : (place + 1) * WIDTH]
        root = root_of(own)
        found.roots.append(root)
        told = stored.get(number + place)
        # A tile that is not there may be one that the sealer has yet to write.
        if told is None or told == (root, b"".join(own)):
            continue
        before = (number + place) * WIDTH
        changed = [i for i, hash in enumerate(own) if told[1][i * 32 : i * 32 + 32] != hash]
        found.faults += [Fault("entry-changed", before + i + 1, "") for i in changed if own[i] != LOST]
        if not changed:
            found.faults.append(Fault("tile-changed", before + WIDTH, "level 0"))
