"""Searching the whole database for words, byte by byte: every column of every table, whatever it is for."""

from collections.abc import Collection, Iterator
from typing import Any

import orjson
from django.db import connection

SHORTEST = 8
"""Characters of the shortest text that is looked for: shorter ones say too little to be somebody's."""
MOST = 20

COLUMNS = """
SELECT c.table_name, c.column_name, c.udt_name FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.udt_name = ANY(%s)
ORDER BY c.table_name, c.ordinal_position
"""
TEXTS = ("text", "varchar", "json", "jsonb", "_text", "_varchar", "tsvector")
BYTES = "bytea"


def rows_with(words: Collection[str]) -> int:
    """Return how many rows of all tables still hold one of the longer words."""
    looked_for = sorted((word for word in words if len(word) >= SHORTEST), key=len, reverse=True)[:MOST]
    return sum(count for _table, count in found_in(looked_for))


def found_in(words: Collection[str]) -> Iterator[tuple[str, int]]:
    """Yield the tables that hold one of the words, with the number of their rows that do."""
    forms = sorted({form for word in words for form in (word, orjson.dumps(word).decode()[1:-1])})
    if not forms:
        return
    for table, columns in _tables().items():
        tests: list[str] = []
        values: list[Any] = []
        for name, kind in columns:
            for form in forms:
                # Names from the database's own catalogue, quoted; what is looked for is a parameter.
                tests.append(f'position(%s in "{name}") > 0' if kind == BYTES else f'strpos("{name}"::text, %s) > 0')
                values.append(form.encode() if kind == BYTES else form)
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {" OR ".join(tests)}', values)  # noqa: S608
            count = cursor.fetchone()[0]
        if count:
            yield table, count


def _tables() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [[*TEXTS, BYTES]])
        for table, column, kind in cursor.fetchall():
            found.setdefault(table, []).append((column, kind))
    return found
