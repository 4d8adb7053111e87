"""Many rows of many tables in one prepared statement: what `record()` writes with.

Django's own way from a row to its parameters costs more than the database does, so it is taken only by the fields
that change their values on that way (JSON); the driver adapts the others by itself.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, connection, connections, models

Values = tuple[Any, ...]
Columns = tuple[str, ...]

# Their values reach the driver as they are: `get_db_prep_save` returns what it was given.
AS_THEY_ARE = (
    models.BinaryField,
    models.BooleanField,
    models.DateTimeField,
    models.FloatField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
    models.UUIDField,
)


class Rows(NamedTuple):
    """New rows of one table: the names of their columns, and each row's values in that order."""

    model: type[models.Model]
    columns: Columns
    values: Sequence[Values]


def rows_of(instances: Iterable[models.Model]) -> list[Rows]:
    """Return unsaved instances as rows, each by itself, in their order."""
    return [Rows(type(one), columns_of(type(one)), [_values_of(type(one))(one)]) for one in instances]


@cache
def columns_of(model: type[models.Model], *left_out: str) -> Columns:
    """Return the names of a table's columns but those that the database fills."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname not in left_out)


def write(groups: Sequence[Rows], claim: Rows | None) -> bool:
    """Insert every group in one statement; return False if the claim was there already and nothing was inserted."""
    values: list[Any] = list(claim.values[0]) if claim else []
    for group in groups:
        for row in group.values:
            values.extend(row)
    shape = tuple((group.model, group.columns, len(group.values)) for group in groups)
    statement = _statement(shape, claim.model if claim else None)
    own = connections[DEFAULT_DB_ALIAS]
    own.ensure_connection()
    # A server-side-bound cursor on Django's own connection: the statement is prepared once and reused.
    with own.wrap_database_errors, psycopg.Cursor(own.connection) as cursor:
        cursor.execute(statement, values, prepare=True)
        found = cursor.fetchone()
    return bool(found and found[0])


def gathered(groups: Iterable[Rows]) -> list[Rows]:
    """Return the rows of each table together, tables and rows in the order in which they first come."""
    found: dict[tuple[type[models.Model], Columns], list[Values]] = {}
    for group in groups:
        found.setdefault((group.model, group.columns), []).extend(group.values)
    return [Rows(model, columns, values) for (model, columns), values in found.items()]


def copy(groups: Sequence[Rows], claim: Rows | None) -> bool:
    """Insert as `write` does, whatever the number of rows: a statement has room for 65,535 values only.

    It takes several statements, so it has to be called within a transaction.
    """
    own = connections[DEFAULT_DB_ALIAS]
    with own.wrap_database_errors, psycopg.Cursor(own.connection) as cursor:
        if claim is not None:
            cursor.execute(_statement((), claim.model), list(claim.values[0]), prepare=True)
            if cursor.fetchone() == (0,):
                return False
        for group in groups:
            names, _slots = _columns(group.model, group.columns)
            with cursor.copy(f'COPY "{group.model._meta.db_table}" ({names}) FROM STDIN'.encode()) as rows:
                for values in group.values:
                    rows.write_row(values)
    return True


@cache
def _values_of(model: type[models.Model]) -> Callable[[models.Model], Values]:
    names = columns_of(model)
    plain: Callable[[models.Model], Values] = attrgetter(*names)
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    prepared = [(place, by_name[name]) for place, name in enumerate(names) if not _goes_as_it_is(by_name[name])]
    if not prepared:
        return plain

    def values(row: models.Model) -> Values:
        found = list(plain(row))
        for place, field in prepared:
            found[place] = field.get_db_prep_save(found[place], connection)
        return tuple(found)

    return values


def _goes_as_it_is(field: models.Field[Any, Any]) -> bool:
    inner = field.base_field if isinstance(field, ArrayField) else field
    return isinstance(inner, AS_THEY_ARE)


@cache
def _statement(shape: tuple[tuple[type[models.Model], Columns, int], ...], claim: type[models.Model] | None) -> bytes:
    parts: list[str] = []
    if claim:
        columns, slots = _columns(claim, columns_of(claim))
        table = claim._meta.db_table
        parts.append(
            f'claim AS (INSERT INTO "{table}" ({columns}) VALUES ({slots}) ON CONFLICT DO NOTHING RETURNING 1)'
        )
    for number, (model, names, count) in enumerate(shape):
        columns, slots = _columns(model, names)
        rows = ", ".join([f"({slots})"] * count)
        table = model._meta.db_table
        source = f"SELECT * FROM (VALUES {rows}) AS v WHERE EXISTS (SELECT FROM claim)" if claim else f"VALUES {rows}"
        parts.append(f'part{number} AS (INSERT INTO "{table}" ({columns}) {source})')
    end = "SELECT count(*) FROM claim" if claim else "SELECT 1"
    return f"WITH {', '.join(parts)} {end}".encode()


def _columns(model: type[models.Model], names: Columns) -> tuple[str, str]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    columns = ", ".join(f'"{by_name[name].column}"' for name in names)
    # Casts, because a VALUES list behind a SELECT gives its parameters no type.
    slots = ", ".join(f"%s::{_column_type(by_name[name])}" for name in names)
    return columns, slots


def _column_type(field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.ForeignKey):
        return str(field.rel_db_type(connection))
    found = str(field.db_type(connection))
    return found.partition("(")[0] if "char" in found else found
