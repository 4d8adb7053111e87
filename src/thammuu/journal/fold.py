"""The generic fold: facts in order give, for each subject, the fields its row must hold.

It serves the world as of an instant, the replay test of every action, and the search for rows that were changed
behind the journal's back.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import orjson
from django.db import connection, models

from thammuu.journal.facts import plain, renewed
from thammuu.journal.feed import FeedEntry
from thammuu.journal.subjects import Subject

State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Where a subject's state is kept; `columns` are the fields that facts set, by attribute name.

    `initial` is what the columns hold of which no fact told, because they came into the table later.
    """

    model: type[models.Model]
    columns: tuple[str, ...]
    initial: Mapping[str, Any]


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
    """Say which table holds the subject's state; `derived` names columns that are computed and not told by facts.

    A column that came later has a default in the database (`db_default`): what earlier rows hold, untold.
    """
    left_out = {*derived, key}
    fields = [field for field in model._meta.concrete_fields if field.attname not in left_out]
    initial = {field.attname: field.db_default for field in fields if field.has_db_default()}
    _tables[subject] = Table(model, tuple(field.attname for field in fields), initial)


_checks: list[Callable[[], Iterable[Difference]]] = []


def register_check(differences: Callable[[], Iterable[Difference]]) -> None:
    """Have what a table derives, and readers rely on, compared with the rest of its row as well."""
    _checks.append(differences)


def checked() -> Iterator[Difference]:
    """Yield what the registered checks find."""
    for differences in _checks:
        yield from differences()


def tables() -> dict[Subject, Table]:
    """Return every registered table by subject."""
    return dict(_tables)


def fold(entries: Iterable[FeedEntry]) -> dict[UUID, State]:
    """Return each subject's fields as the entries, oldest first, leave them; values plain."""
    states: dict[UUID, State] = {}
    for entry in entries:
        if entry.body is not None:
            _version, sets = renewed(entry.kind, entry.version, entry.body["sets"])
            states.setdefault(entry.subject_id, _initial(entry.subject_kind)).update(sets)
    return states


def _initial(subject: Subject) -> State:
    table = _tables.get(subject)
    return dict(table.initial) if table else {}


def differences(subjects: Collection[Subject] | None = None) -> Iterator[Difference]:
    """Yield every disagreement between the fold of all entries and the tables; none if all is well."""
    for subject in _tables:
        if subjects is None or subject in subjects:
            yield from compare(Slice(subject))


@dataclass(frozen=True, slots=True)
class Slice:
    """The subjects of a kind from `low` (included) up to `high` (not included); None: no end on that side."""

    subject: Subject
    low: UUID | None = None
    high: UUID | None = None

    def parameters(self) -> dict[str, Any]:
        """Return the slice as the parameters of a query."""
        return {"kind": str(self.subject), "low": self.low, "high": self.high}


def compare(part: Slice) -> Iterator[Difference]:
    """Yield the disagreements of a slice: what is told and what is stored are read side by side, in the ids' order."""
    table = _tables[part.subject]
    told, stored = _told(part), _stored(part, table)
    links: Counter[tuple[Any, ...]] = Counter()
    fact, row = next(told, None), next(stored, None)
    while fact is not None or row is not None:
        if row is None or (fact is not None and fact[0] < row[0]):
            assert fact is not None  # noqa: S101 - for mypy: one of the two is there
            links.update(fact[2])
            yield Difference(part.subject, fact[0], "", "facts without a row", None)
            fact = next(told, None)
        elif fact is None or row[0] < fact[0]:
            yield Difference(part.subject, row[0], "", None, "a row that no fact tells of")
            row = next(stored, None)
        else:
            links.update(fact[2])
            for name, value in zip(table.columns, row[1:], strict=True):
                found = plain(value)
                said = fact[1].get(name, table.initial.get(name))
                if said != found:
                    yield Difference(part.subject, row[0], name, said, found)
            fact, row = next(told, None), next(stored, None)
    yield from _compare_links(part, links)


def _stored(part: Slice, table: Table) -> Iterator[tuple[Any, ...]]:
    rows = table.model._default_manager.order_by("pk").values_list("pk", *table.columns)
    if part.low is not None:
        rows = rows.filter(pk__gte=part.low)
    if part.high is not None:
        rows = rows.filter(pk__lt=part.high)
    return rows.iterator(chunk_size=2000)


def _told(part: Slice) -> Iterator[tuple[UUID, State, list[tuple[Any, ...]]]]:
    """Yield each subject's id, fields and links (id, entry, relation, kind, id), folded."""
    for id, rows in groupby(_rows(_FACTS, part), key=itemgetter(0)):
        state: State = {}
        links: list[tuple[Any, ...]] = []
        for _id, entry, text, kind, version in rows:
            body = orjson.loads(text)
            state.update(renewed(kind, version, body["sets"])[1])
            links.extend((id, entry, relation, to_kind, UUID(target)) for relation, to_kind, target in body["links"])
        yield id, state, links


def _compare_links(part: Slice, told: "Counter[tuple[Any, ...]]") -> Iterator[Difference]:
    stored = Counter(_rows(_LINKS, part))
    for link in told - stored:
        yield Difference(part.subject, link[0], "links", [str(item) for item in link[2:]], None)
    for link in stored - told:
        yield Difference(part.subject, link[0], "links", None, [str(item) for item in link[2:]])


_FACTS = """
SELECT e.subject_id, e.id, coalesce(r.text, b.text), e.kind, e.version
FROM journal_entry e LEFT JOIN journal_body b ON b.entry = e.id LEFT JOIN journal_restated r ON r.entry = e.id
WHERE coalesce(r.text, b.text) IS NOT NULL AND e.subject_kind = %(kind)s
  AND (%(low)s::uuid IS NULL OR e.subject_id >= %(low)s)
  AND (%(high)s::uuid IS NULL OR e.subject_id < %(high)s)
ORDER BY e.subject_id, e.sequence
"""
_LINKS = """
SELECT from_id, entry, relation, to_kind, to_id FROM journal_link
WHERE from_kind = %(kind)s AND (%(low)s::uuid IS NULL OR from_id >= %(low)s)
  AND (%(high)s::uuid IS NULL OR from_id < %(high)s)
"""


def _rows(query: str, part: Slice) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, part.parameters())
        while rows := cursor.fetchmany(2000):
            yield from rows
