"""What a leaf of the tree says: every column of an entry, its position and when it was sealed, as one line of JSON.

PostgreSQL writes the line, the same wherever it is asked: in the column order below, without spaces, times in UTC,
digests in hexadecimal. The body is covered by its salted digest. Whoever is given a leaf hashes it as it is; nobody
has to write it anew.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

LEAF = """row_to_json((SELECT leaf FROM (SELECT
    s.position, s.sealed_at AT TIME ZONE 'UTC' AS sealed_at, e.id, e.transaction::text AS transaction, e.sequence,
    e.kind, e.version, e.world, e.event, e.classification, e.units, e.account, e.post,
    e.claimed_at AT TIME ZONE 'UTC' AS claimed_at, e.recorded_at AT TIME ZONE 'UTC' AS recorded_at,
    e.subject_kind, e.subject_id, e.submission, encode(e.body_digest, 'hex') AS body_digest
) AS leaf))::text"""

SEALED = "journal_sealed s JOIN journal_entry e ON e.id = s.entry"


class Leaf(NamedTuple):
    """A sealed entry as the tree holds it, with its body (None once it is redacted)."""

    position: int
    entry: UUID
    text: str
    salt: bytes | None
    body: str | None


def leaf_texts(connection: psycopg.Connection[Any], after: int, limit: int) -> list[str]:
    """Return the leaves behind the position, in order, at most `limit`."""
    rows = connection.execute(
        f"SELECT {LEAF} FROM {SEALED} WHERE s.position > %s AND s.position <= %s ORDER BY s.position",
        [after, after + limit],
    )
    return [row[0] for row in rows]


def leaves_at(connection: psycopg.Connection[Any], positions: list[int]) -> Iterator[Leaf]:
    """Yield the leaves at these positions with their bodies, in order."""
    rows = connection.execute(
        f"SELECT s.position, s.entry, {LEAF}, b.salt, b.text FROM {SEALED}"
        " LEFT JOIN journal_body b ON b.entry = e.id"
        " AND NOT EXISTS (SELECT FROM journal_restated r WHERE r.entry = e.id)"
        " WHERE s.position = ANY(%s) ORDER BY s.position",
        [positions],
    )
    for row in rows:
        yield Leaf(*row)


def body_digest(salt: bytes, body: str) -> bytes:
    """Return the digest that stands in the leaf."""
    return hashlib.sha256(salt + body.encode()).digest()
