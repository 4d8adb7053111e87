"""Carrying a confirmed redaction out: files and bodies go, statistics are drawn anew, a search looks for what is left.

Whatever breaks off is done again from the beginning: the words to look for and the files to remove stand in the bodies,
which go last.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

import orjson
from django.db import connection, transaction

from thammuu.desk.redaction.copies import parse
from thammuu.desk.redaction.scanning import rows_with
from thammuu.journal.models import Body, Entry, Redaction, Sealed
from thammuu.journal.recording import record
from thammuu.journal.redaction.facts import CONFIRMED, REAPPLIED, RedactionCarriedOut
from thammuu.journal.redaction.registry import redactable_as
from thammuu.journal.redaction.restating import words_of
from thammuu.journal.redaction.words import State
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.paper.actions import remove_files

READ_BY_ALL = ("journal_body", "journal_restated", "desk_search")


def carry_out_redaction(*, actor: Actor, now: datetime, redaction: UUID) -> bool:
    """Carry a confirmed redaction out. Return False if that is done, or if its confirmation is not sealed yet."""
    with transaction.atomic():
        row = Redaction.objects.select_for_update().get(id=redaction)
        confirmed = Entry.objects.filter(subject_id=row.id, kind__in=(CONFIRMED, REAPPLIED)).values("id")
        if row.state != State.CONFIRMED or not Sealed.objects.filter(entry__in=confirmed).exists():
            return False
        words, digests = _said(row.entries)
        files = remove_files(digests)
        tables = sorted({*READ_BY_ALL, *_tables(row.subjects)})
        with connection.cursor() as cursor:
            cursor.execute("SELECT journal_redact(%s)", [row.id])
            bodies = int(cursor.fetchone()[0])
            cursor.execute("SELECT journal_sample_anew(%s)", [tables])
        row.state, row.carried_out_at, row.remaining = str(State.CARRIED_OUT), now, rows_with(words)
        row.save(update_fields=["state", "carried_out_at", "remaining"])
        told = RedactionCarriedOut(
            subject_id=row.id,
            state=row.state,
            carried_out_at=now,
            remaining=row.remaining,
            bodies=bodies,
            files=files,
        )
        record(
            told, actor=actor, at=now, now=now, units=row.units, classification=row.classification, event=row.event_id
        )
        return True


def _said(entries: Sequence[UUID]) -> tuple[set[str], set[str]]:
    """Return the texts that the bodies say and that go, and the digests of the files that they name."""
    kinds = dict(Entry.objects.filter(id__in=entries).values_list("id", "subject_kind"))
    words: set[str] = set()
    digests: set[str] = set()
    for entry, text in Body.objects.filter(entry__in=entries).values_list("entry", "text"):
        subject, body = Subject(kinds[entry]), orjson.loads(text)
        how = redactable_as(subject)
        words.update(words_of(body, how.blank) if how else ())
        if subject is Subject.ATTACHMENT:
            digests.add(body["sets"]["digest"])
    return words - digests, digests


def _tables(subjects: Sequence[str]) -> Iterator[str]:
    for key in subjects:
        named = parse(key)
        how = redactable_as(named[0]) if named else None
        if how is not None:
            yield how.model._meta.db_table
