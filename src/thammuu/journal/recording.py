"""`record()`: the last statement of every action, and the only one that makes history."""

import hashlib
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from thammuu.journal import waking
from thammuu.journal.facts import Fact, canonical
from thammuu.journal.models import Body, Entry, LinkRow
from thammuu.journal.models import Submission as SubmissionRow
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Conflict
from thammuu.kernel.ids import new_id

_ENTRY = [field for field in Entry._meta.concrete_fields if field.name not in ("transaction", "sequence")]
_LINK = [field for field in LinkRow._meta.concrete_fields if field.name != "id"]


@dataclass(frozen=True, slots=True)
class Submission:
    """What a client calls this sending: an id it made, unique per account for ever, and a digest of what it sent."""

    id: UUID
    digest: bytes


@dataclass(frozen=True, slots=True)
class Recorded:
    """The ids of the entries, in the facts' order; or, `replayed`, only what the first sending was answered."""

    entries: tuple[UUID, ...]
    answer: UUID
    replayed: bool = False


class SubmissionConflict(Conflict):
    """The same submission id arrived before with another content; what was recorded then stands."""


def record(
    *facts: Fact,
    actor: Actor,
    at: datetime,
    now: datetime,
    units: Collection[UUID],
    event: UUID | None = None,
    classification: int = 0,
    rows: Sequence[models.Model] = (),
    submission: Submission | None = None,
) -> Recorded:
    """Insert the facts, and `rows` (unsaved models) with them, in one statement; take no lock, send no notification.

    `at` is when it happened as claimed, `now` when the server recorded it; `units` whose people may see it. The first
    fact's subject is the answer of the submission. Rows that exist already are locked and changed *before* this call,
    in the same transaction, so that the journal's order of a subject's facts is the order of its changes.

    Raises `SubmissionConflict` if the submission's id came before with another digest.
    """
    answer = facts[0].subject_id
    common = _common(actor, at, now, units, event, classification, submission)
    ids = tuple(new_id() for _fact in facts)
    groups: list[list[models.Model]] = [[row] for row in rows]
    groups.append([])
    bodies: list[models.Model] = []
    links: list[models.Model] = []
    for entry_id, told in zip(ids, facts, strict=True):
        salt, text = os.urandom(16), canonical(told.body())
        digest = hashlib.sha256(salt + text.encode()).digest()
        groups[-1].append(_entry(entry_id, told, digest, common))
        bodies.append(Body(entry=entry_id, salt=salt, text=text))
        links.extend(_link_rows(entry_id, told))
    groups.append(bodies)
    if links:
        groups.append(links)
    claimed = _write(groups, _claim(actor, submission, answer, now))
    transaction.on_commit(waking.wake)
    if not claimed and submission is not None:
        return _first_answer(actor, submission)
    return Recorded(entries=ids, answer=answer)


def _entry(entry_id: UUID, told: Fact, digest: bytes, common: dict[str, Any]) -> Entry:
    return Entry(
        id=entry_id,
        kind=told.fact_kind,
        version=told.fact_version,
        subject_kind=str(told.subject),
        subject_id=told.subject_id,
        body_digest=digest,
        **common,
    )


def answered(actor: Actor, submission: Submission | None) -> Recorded | None:
    """Return what an earlier sending of this submission was answered, None if it is the first.

    An action that changes rows asks this once it has locked them, before it judges their state: sent twice, it was
    the first sending that changed it. Raises `SubmissionConflict`.
    """
    if submission is None or actor.account is None:
        return None
    if not SubmissionRow.objects.filter(account=actor.account, id=submission.id).exists():
        return None
    return _first_answer(actor, submission)


def _common(
    actor: Actor,
    at: datetime,
    now: datetime,
    units: Collection[UUID],
    event: UUID | None,
    classification: int,
    submission: Submission | None,
) -> dict[str, Any]:
    return {
        "world": actor.scope.world,
        "event": event,
        "classification": classification,
        "units": list(units),
        "account": actor.account,
        "post": actor.post,
        "claimed_at": at,
        "recorded_at": now,
        "submission": submission.id if submission else None,
    }


def _link_rows(entry: UUID, told: Fact) -> list[LinkRow]:
    return [
        LinkRow(
            entry=entry,
            relation=str(link.relation),
            from_kind=str(told.subject),
            from_id=told.subject_id,
            to_kind=str(link.kind),
            to_id=link.id,
        )
        for link in told.links
    ]


def _claim(actor: Actor, submission: Submission | None, answer: UUID, now: datetime) -> SubmissionRow | None:
    if submission is None or actor.account is None:
        return None
    return SubmissionRow(
        account=actor.account, id=submission.id, digest=submission.digest, answer=answer, recorded_at=now
    )


def _write(groups: list[list[models.Model]], claim: SubmissionRow | None) -> bool:
    """Insert every group in one statement; return False if the claim was there already and nothing was inserted."""
    shape = tuple((type(group[0]), len(group)) for group in groups)
    values: list[Any] = _values(claim) if claim else []
    for group in groups:
        for row in group:
            values.extend(_values(row))
    connection.ensure_connection()
    # A server-side-bound cursor on Django's own connection: the statement is prepared once and reused.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(_statement(shape, claim is not None), values, prepare=True)
        found = cursor.fetchone()
    return bool(found and found[0])


def _first_answer(actor: Actor, submission: Submission) -> Recorded:
    first = SubmissionRow.objects.get(account=_signed_in(actor), id=submission.id)
    if bytes(first.digest) != submission.digest:
        raise SubmissionConflict(_("This was sent before with another content; what was recorded then stands."))
    return Recorded(entries=(), answer=first.answer, replayed=True)


def _signed_in(actor: Actor) -> UUID:
    if actor.account is None:
        raise ValueError("the system itself sends no submissions")
    return actor.account


def _fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    if model is Entry:
        return _ENTRY
    if model is LinkRow:
        return _LINK
    return list(model._meta.concrete_fields)


def _values(row: models.Model) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in _fields(type(row))]


@cache
def _statement(shape: tuple[tuple[type[models.Model], int], ...], claimed: bool) -> bytes:
    parts: list[str] = []
    if claimed:
        columns, slots = _columns(SubmissionRow)
        parts.append(
            f"claim AS (INSERT INTO journal_submission ({columns}) VALUES ({slots}) ON CONFLICT DO NOTHING RETURNING 1)"
        )
    for number, (model, count) in enumerate(shape):
        columns, slots = _columns(model)
        rows = ", ".join([f"({slots})"] * count)
        table = model._meta.db_table
        source = f"SELECT * FROM (VALUES {rows}) AS v WHERE EXISTS (SELECT FROM claim)" if claimed else f"VALUES {rows}"
        parts.append(f'part{number} AS (INSERT INTO "{table}" ({columns}) {source})')
    end = "SELECT count(*) FROM claim" if claimed else "SELECT 1"
    return f"WITH {', '.join(parts)} {end}".encode()


def _columns(model: type[models.Model]) -> tuple[str, str]:
    fields = _fields(model)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    # Casts, because a VALUES list behind a SELECT gives its parameters no type.
    slots = ", ".join(f"%s::{_column_type(field)}" for field in fields)
    return columns, slots


def _column_type(field: models.Field[Any, Any]) -> str:
    if isinstance(field, models.ForeignKey | models.OneToOneField):
        return str(field.rel_db_type(connection))
    return (
        str(field.db_type(connection)).partition("(")[0]
        if "char" in str(field.db_type(connection))
        else str(field.db_type(connection))
    )
