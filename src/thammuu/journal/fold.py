"""The generic fold: facts in order give, for each subject, the fields its row must hold.

It serves the world as of an instant, the replay test of every action, and the search for rows that were changed
behind the journal's back.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, models

from thammuu.journal.facts import plain
from thammuu.journal.feed import FeedEntry
from thammuu.journal.subjects import Subject

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Where a subject's state is kept; `columns` are the fields that facts set, by attribute name."""

    model: type[models.Model]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a table's row and the fold disagree; `field` is "" if the whole row is missing on one side."""

    subject: Subject
    id: UUID
    field: str
    told: Any
    stored: Any


_tables: dict[Subject, Table] = {}


def register_table(
    subject: Subject, model: type[models.Model], *, derived: Collection[str] = (), key: str = "id"
) -> None:
    """Say which table holds the subject's state; `derived` names columns that are computed and not told by facts."""
    left_out = {*derived, key}
    columns = tuple(field.attname for field in model._meta.concrete_fields if field.attname not in left_out)
    _tables[subject] = Table(model, columns)


def tables() -> dict[Subject, Table]:
    """Return every registered table by subject."""
    return dict(_tables)


def fold(entries: Iterable[FeedEntry]) -> dict[UUID, State]:
    """Return each subject's fields as the entries, oldest first, leave them; values plain."""
    states: dict[UUID, State] = {}
    for entry in entries:
        if entry.body is not None:
            states.setdefault(entry.subject_id, {}).update(entry.body["sets"])
    return states


def differences(subjects: Collection[Subject] | None = None) -> Iterator[Difference]:
    """Yield every disagreement between the fold of all entries and the tables; none if all is well."""
    for subject, table in _tables.items():
        if subjects is None or subject in subjects:
            yield from _compare(subject, table)


def _compare(subject: Subject, table: Table) -> Iterator[Difference]:
    told = _fold_kind(subject)
    for row in table.model._default_manager.values_list("pk", *table.columns).iterator(chunk_size=2000):
        state = told.pop(row[0], None)
        if state is None:
            yield Difference(subject, row[0], "", None, "a row that no fact tells of")
            continue
        for name, value in zip(table.columns, row[1:], strict=True):
            stored = plain(value)
            if state.get(name) != stored:
                yield Difference(subject, row[0], name, state.get(name), stored)
    for id in told:
        yield Difference(subject, id, "", "facts without a row", None)


def _fold_kind(subject: Subject) -> dict[UUID, State]:
    states: dict[UUID, State] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.subject_id, b.text FROM journal_entry e JOIN journal_body b ON b.entry = e.id"
            " WHERE e.subject_kind = %s ORDER BY e.sequence",
            [str(subject)],
        )
        for id, text in cursor.fetchall():
            states.setdefault(id, {}).update(orjson.loads(text)["sets"])
    return states
