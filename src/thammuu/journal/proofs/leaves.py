"""What a leaf of the tree says: every column of an entry, its position and when it was sealed, as one line of JSON.

PostgreSQL writes the line, the same wherever it is asked: in the column order below, without spaces, times in UTC,
digests in hexadecimal. The body is covered by its salted digest. Whoever is given a leaf hashes it as it is; nobody
has to write it anew.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

LEAVES = {
    1: """s.position, s.sealed_at AT TIME ZONE 'UTC' AS sealed_at, e.id, e.transaction::text AS transaction, e.sequence,
    e.kind, e.version, e.world, e.event, e.classification, e.units, e.account, e.post,
    e.claimed_at AT TIME ZONE 'UTC' AS claimed_at, e.recorded_at AT TIME ZONE 'UTC' AS recorded_at,
    e.subject_kind, e.subject_id, e.submission, encode(e.body_digest, 'hex') AS body_digest""",
}
"""What a leaf holds, by its version. What was sealed keeps its leaf for ever, so no line of this is ever changed.

A release that adds a column to the entry adds the next version: all the columns of then, in front of them the version
as `leaf` (the first version names none). What is sealed from then on is of the newest.
"""
NEWEST = max(LEAVES)


def leaf_of(leaves: Mapping[int, str]) -> str:
    """Return the SQL for the leaf of `s`, a sealed position, and `e`, its entry; NULL for a version not known here."""
    arms = (
        f"WHEN {version} THEN row_to_json((SELECT whole FROM (SELECT {columns}) AS whole))::text"
        for version, columns in leaves.items()
    )
    return f"CASE s.leaf {' '.join(arms)} END"


LEAF = leaf_of(LEAVES)
SEALED = "journal_sealed s JOIN journal_entry e ON e.id = s.entry"


class UnknownLeaf(Exception):
    """A leaf is of a version that this release does not know: a later one has sealed it."""


class Leaf(NamedTuple):
    """A sealed entry as the tree holds it, with its body (None once it is redacted)."""

    position: int
    entry: UUID
    text: str
    salt: bytes | None
    body: str | None


def leaf_texts(connection: psycopg.Connection[Any], after: int, limit: int) -> list[str]:
    """Return the leaves behind the position, in order, at most `limit`. Raises `UnknownLeaf`."""
    rows = connection.execute(
        f"SELECT {LEAF} FROM {SEALED} WHERE s.position > %s AND s.position <= %s ORDER BY s.position",
        [after, after + limit],
    )
    texts = [row[0] for row in rows]
    if None in texts:
        raise UnknownLeaf("a later release has sealed entries here; this one cannot go on")
    return texts


def leaves_at(connection: psycopg.Connection[Any], positions: list[int]) -> Iterator[Leaf]:
    """Yield the leaves at these positions with their bodies, in order. Raises `UnknownLeaf`."""
    rows = connection.execute(
        f"SELECT s.position, s.entry, {LEAF}, b.salt, b.text FROM {SEALED}"
        " LEFT JOIN journal_body b ON b.entry = e.id"
        " AND NOT EXISTS (SELECT FROM journal_restated r WHERE r.entry = e.id)"
        " WHERE s.position = ANY(%s) ORDER BY s.position",
        [positions],
    )
    for row in rows:
        if row[2] is None:
            raise UnknownLeaf(f"a later release has sealed entry {row[0]}; this one cannot read its leaf")
        yield Leaf(*row)


def body_digest(salt: bytes, body: str) -> bytes:
    """Return the digest that stands in the leaf."""
    return hashlib.sha256(salt + body.encode()).digest()
