"""Entries in number, and naive trees to compare with."""

import hashlib
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection

FILL = """
WITH made AS (
    INSERT INTO journal_entry (id, kind, version, world, classification, units, claimed_at, recorded_at, subject_kind,
        subject_id, body_digest)
    SELECT gen_random_uuid(), 'test.told', 1, 'real', 0, '{}', now(), now(), 'post', gen_random_uuid(),
        sha256('salt'::bytea || convert_to('{"context":{},"links":[],"sets":{"n":' || n || '}}', 'UTF8'))
    FROM generate_series(1, %s) AS n RETURNING id, sequence, body_digest
)
INSERT INTO journal_body (entry, salt, text)
SELECT made.id, 'salt'::bytea, body FROM made JOIN (
    SELECT '{"context":{},"links":[],"sets":{"n":' || n || '}}' AS body FROM generate_series(1, %s) AS n
) AS bodies ON made.body_digest = sha256('salt'::bytea || convert_to(body, 'UTF8'))
"""


def driver() -> psycopg.Connection[Any]:
    """The driver's connection under the test's own transaction."""
    connection.ensure_connection()
    own: psycopg.Connection[Any] = connection.connection
    return own


def fill(count: int) -> None:
    """Put so many small entries with bodies into the journal, not sealed yet."""
    driver().execute(FILL, [count, count])


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:half]) + naive_root(leaves[half:])).digest()


def naive_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of RFC 6962, 2.1.1."""
    if len(leaves) == 1:
        return []
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    if index < half:
        return [*naive_path(index, leaves[:half]), naive_root(leaves[half:])]
    return [*naive_path(index - half, leaves[half:]), naive_root(leaves[:half])]


def naive_proof(first: int, leaves: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF of RFC 6962, 2.1.2."""
    if first == len(leaves):
        return [] if whole else [naive_root(leaves)]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    if first <= half:
        return [*naive_proof(first, leaves[:half], whole), naive_root(leaves[half:])]
    return [*naive_proof(first - half, leaves[half:], False), naive_root(leaves[:half])]
