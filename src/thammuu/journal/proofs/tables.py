"""Comparing every registered table with the fold of its facts, slice by slice, in processes of their own."""

import os
from collections.abc import Iterator
from itertools import pairwise

import django
from django.db import connection

from thammuu.journal import fold
from thammuu.journal.fold import Difference, Slice
from thammuu.journal.proofs.sharing import shared_out
from thammuu.journal.proofs.verifying import Progress
from thammuu.journal.subjects import Subject

SUBJECTS_AT_ONCE = 20_000


def compare_tables(
    progress: Progress = lambda _done, _total: None, processes: int | None = None
) -> Iterator[Difference]:
    """Yield every row and field in which a table disagrees with the journal; needs Django's settings in place.

    Raises `sharing.Unfinished` when a process is ended from outside.
    """
    yield from fold.checked()
    parts = [part for subject in fold.tables() for part in _slices(subject)]
    count = min(processes or os.cpu_count() or 1, len(parts))
    if sum(part.low is not None for part in parts) == 0 or count < 2:
        for done, part in enumerate(parts, 1):
            yield from fold.compare(part)
            progress(done, len(parts))
        return
    with shared_out(count, django.setup) as pool:
        for done, found in enumerate(pool.map(_compare, parts), 1):
            yield from found
            progress(done, len(parts))


def _compare(part: Slice) -> list[Difference]:
    return list(fold.compare(part))


def _slices(subject: Subject) -> Iterator[Slice]:
    """Yield slices of one kind that hold some 20,000 rows each; the first and the last have no end."""
    table = fold.tables()[subject].model._meta
    with connection.cursor() as cursor:
        # Names of our own models, no input.
        key, name = table.pk.column, table.db_table
        cursor.execute(
            f'SELECT id FROM (SELECT "{key}" AS id, row_number() OVER (ORDER BY "{key}") AS place FROM "{name}") AS t'
            " WHERE place %% %s = 0 ORDER BY id",
            [SUBJECTS_AT_ONCE],
        )
        bounds = [None, *(row[0] for row in cursor.fetchall()), None]
    for low, high in pairwise(bounds):
        yield Slice(subject, low, high)
