"""Search over the journal's words: the newest first, filtered by what the reader may see.

The journal is asked chunk by chunk from its newest end, within one statement that stops at enough rows: a frequent
word is found in the first chunk, a rare one costs a look into each. Within a chunk the index alone intersects words,
chunk and units, so the plan is the same for every word and needs no luck with estimates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, QuerySet
from django.db.models.expressions import RawSQL

from thammuu.desk.lexemes import CHUNK_BITS, Piece, Wanted, chunk_of, marked, wanted
from thammuu.desk.models import SearchEntry
from thammuu.journal import feed
from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.policies import visible_to

NEWEST = 50
FEW = 8
STRUCK = "watch.log_entry_struck"
_SHOWN = ("position", "entry", "kind", "subject_kind", "subject", "at", "text")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for; empty values narrow nothing. `since` and `until` are instants."""

    typed: str = ""
    kind: str = ""
    unit: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, its text cut into pieces so that the words looked for can be marked."""

    position: int
    entry: UUID
    kind: str
    subject_kind: str
    subject: UUID
    at: datetime
    text: str
    pieces: Sequence[Piece] = ()
    struck: bool = False


def search(actor: Actor, asked: Asked, limit: int = NEWEST) -> list[Hit]:
    """Return the newest entries with every word, those with the diacritics as typed before the others."""
    words = wanted(asked.typed)
    if not words.groups:
        return []
    exact = _found(actor, asked, words, limit, exact=True) if words.with_diacritics else []
    hits = exact
    if len(exact) < limit:
        known = {hit.position for hit in exact}
        hits = exact + [hit for hit in _found(actor, asked, words, limit, exact=False) if hit.position not in known]
    return _marked(hits[:limit], words)


def _found(actor: Actor, asked: Asked, words: Wanted, limit: int, *, exact: bool) -> list[Hit]:
    query = words.query(exact=exact) + (f" & '@{asked.kind}'" if asked.kind else "")
    rows = _narrowed(actor, asked)
    for phrase in words.phrases(exact=exact):
        column = "accented" if exact else "folded"
        # One of two column names of our own; the phrase is a parameter.
        rows = rows.filter(RawSQL(f"strpos({column}, %s) > 0", [phrase], BooleanField()))  # noqa: S611
    first, last = _chunks(asked)
    if actor.scope.units is None:
        return _by_chunk(rows, query, (first, last), limit)
    hits = _by_chunk(rows, query, (last, last), limit)
    if len(hits) < limit and len(hits) <= FEW:
        return hits + _at_once(rows, query, (first, last - 1), limit - len(hits))
    return hits if len(hits) >= limit else hits + _by_chunk(rows, query, (first, last - 1), limit - len(hits))


def _by_chunk(rows: QuerySet[SearchEntry], query: str, chunks: tuple[int, int], limit: int) -> list[Hit]:
    """Return the newest rows, from the last chunk to the first, as far as need be."""
    matching = RawSQL("lexemes @@ ((%s || chunk.number || '''')::tsquery)", [f"{query} & '#"], BooleanField())
    sql, parameters = _newest(rows.filter(matching), limit).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            # The inner statement is the ORM's own, its values are parameters.
            f"SELECT found.* FROM generate_series(%s, %s, -1) AS chunk(number) CROSS JOIN LATERAL ({sql}) AS found"  # noqa: S608
            " LIMIT %s",
            [chunks[1], chunks[0], *parameters, limit],
        )
        hits = [Hit(*row) for row in cursor.fetchall()]
    return sorted(hits, key=lambda hit: -hit.position)


def _at_once(rows: QuerySet[SearchEntry], query: str, chunks: tuple[int, int], limit: int) -> list[Hit]:
    """Return the newest rows of all these chunks: for a reader of few units, of whose words the newest chunk had few.

    A look into each chunk costs more than the rest, once many units have to be looked up each time.
    """
    matching = RawSQL("lexemes @@ %s::tsquery", [query], BooleanField())
    begin, end = chunks[0] << CHUNK_BITS, (chunks[1] + 1) << CHUNK_BITS
    found = rows.filter(matching, position__gte=begin, position__lt=end)
    return [Hit(*row) for row in _newest(found, limit)]


def _newest(rows: QuerySet[SearchEntry], limit: int) -> QuerySet[SearchEntry, tuple[Any, ...]]:
    # Not by the bare column: its index would lead through every entry until enough of them match.
    return rows.order_by((F("position") + 0).desc()).values_list(*_SHOWN)[:limit]


def _narrowed(actor: Actor, asked: Asked) -> QuerySet[SearchEntry]:
    rows = SearchEntry.objects.filter(visible_to(actor, subject="subject"))
    if asked.unit:
        rows = rows.filter(units__overlap=list(directory.current().below(asked.unit)))
    if asked.since:
        rows = rows.filter(at__gte=asked.since)
    if asked.until:
        rows = rows.filter(at__lt=asked.until)
    return rows


def _chunks(asked: Asked) -> tuple[int, int]:
    """Return the first and the last chunk to look into. Positions follow the clock but for entries recorded at once."""
    rows = SearchEntry.objects
    first, last = 0, chunk_of(feed.head().position)
    if asked.since:
        after = rows.filter(at__gte=asked.since).order_by("at").values_list("position", flat=True).first()
        first = last + 1 if after is None else max(0, chunk_of(after) - 1)
    if asked.until:
        before = rows.filter(at__lt=asked.until).order_by("-at").values_list("position", flat=True).first()
        last = first - 1 if before is None else min(last, chunk_of(before) + 1)
    return first, last


def _marked(hits: Sequence[Hit], words: Wanted) -> list[Hit]:
    subjects = [hit.subject for hit in hits]
    struck = set(SearchEntry.objects.filter(subject__in=subjects, kind=STRUCK).values_list("subject", flat=True))
    return [replace(hit, pieces=marked(hit.text, words), struck=hit.subject in struck) for hit in hits]
