"""Reading the journal in its sealed order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext as _

from thammuu.journal.facts import UnknownFact, rebuild
from thammuu.journal.models import Epoch
from thammuu.journal.subjects import Subject
from thammuu.kernel.ids import seen

_COLUMNS = """
    s.position, e.id, e.kind, e.version, e.subject_kind, e.subject_id, e.claimed_at, e.recorded_at, e.world,
    e.classification, e.units, e.event, e.account, e.post, coalesce(r.text, b.text), r.redaction
"""
_SAID = """
    LEFT JOIN LATERAL (SELECT text, redaction FROM journal_restated WHERE entry = e.id OFFSET 0) r ON true
    LEFT JOIN LATERAL (SELECT text FROM journal_body WHERE entry = e.id OFFSET 0) b ON true
"""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry as read. `position` is None while it is not sealed.

    Of a redacted entry, `redaction` names by what, and `body` is what is said in place of the one that was taken away.
    """

    position: int | None
    id: UUID
    kind: str
    version: int
    subject_kind: Subject
    subject_id: UUID
    claimed_at: datetime
    recorded_at: datetime
    world: str
    classification: int
    units: tuple[UUID, ...]
    event: UUID | None
    account: UUID | None
    post: UUID | None
    body: dict[str, Any] | None
    redaction: UUID | None = None

    @property
    def behalf(self) -> UUID | None:
        """Return the post on whose behalf it was done, None if by the post's own right (or the words are gone)."""
        found = self.body.get("behalf") if self.body else None
        return UUID(found) if found else None

    @property
    def device_at(self) -> datetime | None:
        """Return what the sending device's clock said, None if it was with the server's (or the words are gone)."""
        found = self.body.get("device_at") if self.body else None
        return datetime.fromisoformat(found) if found else None

    def say(self, language: str) -> str:
        """Return the entry's fact as one line; its kind if this release does not know it or it is gone."""
        if self.redaction is not None:
            with translation.override(language):
                return _("Redacted by two persons")
        if self.body is None:
            return self.kind
        try:
            return rebuild(self.kind, self.version, self.subject_id, self.body).say(language)
        except UnknownFact:
            return self.kind


@dataclass(frozen=True, slots=True, order=True)
class StreamId:
    """A place in the stream: the epoch's number and the last position read."""

    epoch: int
    position: int

    def __str__(self) -> str:
        return f"{self.epoch}.{self.position}"

    @classmethod
    def parse(cls, text: str) -> "StreamId | None":
        """Return the id that "epoch.position" names, or None if it is not one."""
        epoch, _dot, position = text.partition(".")
        if epoch.isdecimal() and position.isdecimal() and len(text) < 30:
            return cls(int(epoch), int(position))
        return None


def head() -> StreamId:
    """Return the current epoch and the last sealed position (0 in an empty journal)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce((SELECT max(number) FROM journal_epoch), 1),"
            " coalesce(last.position, 0), last.entry FROM (SELECT) one"
            " LEFT JOIN (SELECT position, entry FROM journal_sealed ORDER BY position DESC LIMIT 1) last ON true"
        )
        epoch, position, newest = cursor.fetchone()
    if newest is not None:
        seen(newest)
    return StreamId(epoch, position)


def after(position: int, limit: int = 1000) -> list[FeedEntry]:
    """Return up to `limit` sealed entries behind the position, in order."""
    # OFFSET 0 keeps the planner to one look-up an entry; without statistics it would read the whole journal instead.
    return _read(
        "FROM (SELECT position, entry FROM journal_sealed WHERE position > %s ORDER BY position LIMIT %s) s"  # noqa: S608 - own clauses
        " CROSS JOIN LATERAL (SELECT * FROM journal_entry WHERE id = s.entry OFFSET 0) e"
        f"{_SAID} ORDER BY s.position",
        [position, limit],
    )


def lag(position: int) -> float:
    """Return the age in seconds of the oldest committed entry behind the position, sealed or not; 0 if none is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM clock_timestamp() - least("
            "(SELECT min(e.recorded_at) FROM journal_entry e"
            " WHERE e.sequence > coalesce((SELECT settled FROM journal_sealer), 0)"
            " AND NOT EXISTS (SELECT FROM journal_sealed s WHERE s.entry = e.id)),"
            " (SELECT s.sealed_at FROM journal_sealed s WHERE s.position > %s ORDER BY s.position LIMIT 1))), 0)",
            [position],
        )
        return max(0.0, float(cursor.fetchone()[0]))


def of_subjects(subjects: Iterable[UUID], until: datetime | None = None) -> list[FeedEntry]:
    """Return every entry about the subjects, sealed or not yet, oldest first; with `until`, recorded by then."""
    return _read(
        "FROM journal_entry e LEFT JOIN journal_sealed s ON s.entry = e.id"
        f" {_SAID} WHERE e.subject_id = ANY(%s) AND (%s::timestamptz IS NULL OR e.recorded_at <= %s)"
        " ORDER BY e.sequence",
        [list(subjects), until, until],
    )


def of_entries(ids: Iterable[UUID]) -> list[FeedEntry]:
    """Return the entries with these ids, sealed or not yet, oldest first."""
    return _read(
        "FROM journal_entry e LEFT JOIN journal_sealed s ON s.entry = e.id"
        f" {_SAID} WHERE e.id = ANY(%s) ORDER BY e.sequence",
        [list(ids)],
    )


def epochs() -> Sequence[Epoch]:
    """Return the journal's epochs, oldest first."""
    return list(Epoch.objects.order_by("number"))


def _read(source: str, parameters: list[Any]) -> list[FeedEntry]:
    with connection.cursor() as cursor:
        # The source is one of this module's own clauses; every value is a parameter.
        cursor.execute(f"SELECT {_COLUMNS} {source}", parameters)
        entries = [_entry(row) for row in cursor.fetchall()]
    if entries:
        seen(max(entry.id for entry in entries))
    return entries


def _entry(row: tuple[Any, ...]) -> FeedEntry:
    return FeedEntry(
        position=row[0],
        id=row[1],
        kind=row[2],
        version=row[3],
        subject_kind=Subject(row[4]),
        subject_id=row[5],
        claimed_at=row[6],
        recorded_at=row[7],
        world=row[8],
        classification=row[9],
        units=tuple(row[10]),
        event=row[11],
        account=row[12],
        post=row[13],
        body=None if row[14] is None else orjson.loads(row[14]),
        redaction=row[15],
    )
