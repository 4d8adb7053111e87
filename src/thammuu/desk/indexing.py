"""The search index follows the journal: the raw words of each fact, with who may see it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from thammuu.desk.lexemes import Words, lexemes, spaced
from thammuu.desk.thread import STAGE_OF
from thammuu.journal.feed import FeedEntry
from thammuu.journal.followers import follower
from thammuu.journal.redaction.registry import cleans
from thammuu.journal.subjects import Subject

TOLD = (
    "number", "symbol", "title", "abstract", "headline", "text", "product", "reason", "note", "obstacle", "outcome",
    "struck_reason", "place_text", "areas", "question", "answer", "ruling",
)  # fmt: skip
# Whom a document is issued to, or an inspection announced, does not read how it came about.
UNSHARED = frozenset({Subject.DOCUMENT, Subject.INSPECTION})
COLUMNS = (
    "position", "entry", "kind", "subject_kind", "subject", "world", "units", "classification", "event_id",
    "at", "text", "folded", "accented", "lexemes",
)  # fmt: skip
INSERT = f"""
    INSERT INTO desk_search ({", ".join(COLUMNS)})
    VALUES (%s, %s, %s, %s, %s, %s, %s::uuid[], %s, %s, %s, %s, %s, %s, array_to_tsvector(%s::text[]))
    ON CONFLICT (position) DO NOTHING
"""  # noqa: S608 - the columns are named above
ANEW = """
    UPDATE desk_search SET text = %s, folded = %s, accented = %s, lexemes = array_to_tsvector(%s::text[])
    WHERE position = %s
"""
_KNOWN = "SELECT DISTINCT subject FROM desk_search WHERE subject = ANY(%s)"
_SHARE = """
    UPDATE desk_search SET units = ARRAY(SELECT DISTINCT unnest(units || %s::uuid[]))
    WHERE subject = %s AND NOT units @> %s::uuid[]
"""


@follower("desk.search_index")
def index(entries: Sequence[FeedEntry]) -> None:
    """Put the entries' words into the index; who comes to see a subject finds its earlier entries too."""
    found = [entry for entry in entries if _has_page(entry)]
    rows = [row_of(entry, entry.position) for entry in found if entry.position is not None]
    if not rows:
        return
    # Only who was told of twice has earlier entries to share: of a new line in the log there are none.
    told = Counter(entry.subject_id for entry in found)
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [list(told)])
        known = {subject for (subject,) in cursor.fetchall()}
        cursor.executemany(INSERT, rows)
        for entry in found:
            if (
                entry.body
                and entry.subject_kind not in UNSHARED
                and "units" in entry.body["sets"]
                and (entry.subject_id in known or told[entry.subject_id] > 1)
            ):
                units = [UUID(unit) for unit in entry.body["sets"]["units"]]
                cursor.execute(_SHARE, [units, entry.subject_id, units])


@cleans
def index_anew(entries: Sequence[FeedEntry]) -> None:
    """Put what is said in place of redacted entries where their words stood."""
    rows = [row_of(entry, entry.position) for entry in entries if entry.position is not None]
    with connection.cursor() as cursor:
        cursor.executemany(ANEW, [(*row[COLUMNS.index("text") :], row[0]) for row in rows])


def row_of(entry: FeedEntry, position: int) -> tuple[Any, ...]:
    """Return the row of an entry, its values in the order of `COLUMNS`; the lexemes as a list."""
    return search_row(
        position=position,
        entry=entry.id,
        kind=entry.kind,
        subject=(str(entry.subject_kind), entry.subject_id),
        world=entry.world,
        units=list(entry.units),
        classification=entry.classification,
        event=entry.event,
        at=entry.recorded_at,
        text=" · ".join(_said(entry)),
    )


def search_row(
    *,
    position: int,
    entry: UUID,
    kind: str,
    subject: tuple[str, UUID],
    world: str,
    units: list[UUID],
    at: datetime,
    text: str,
    classification: int = 0,
    event: UUID | None = None,
) -> tuple[Any, ...]:
    """Return a row of the index, its values in the order of `COLUMNS`; the lexemes as a list."""
    words = Words.of(text)
    folded, accented = spaced(words.folded), spaced(words.accented)
    found = lexemes(words, subject[0], position)
    return (position, entry, kind, *subject, world, units, classification, event, at, text, folded, accented, found)


def _said(entry: FeedEntry) -> Iterable[str]:
    """Return the words of the fact as they were typed, in the order of `TOLD`."""
    body = entry.body or {"sets": {}, "context": {}}
    told = {**body["context"], **body["sets"]}
    return [str(told[name]) for name in TOLD if told.get(name)]


def _has_page(entry: FeedEntry) -> bool:
    return entry.subject_kind in STAGE_OF
