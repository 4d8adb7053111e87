"""Search over the journal's words: the newest first, filtered by what the reader may see.

The journal is asked chunk by chunk from its newest end, within one statement that stops at enough rows: a frequent
word is found in the first chunk, a rare one costs a look into each. Within a chunk the index alone intersects words,
chunk and units, so the plan is the same for every word and needs no luck with estimates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, F, QuerySet
from django.db.models.expressions import RawSQL

from thammuu.desk.lexemes import Piece, Wanted, chunk_of, marked, wanted
from thammuu.desk.models import SearchEntry
from thammuu.journal import feed
from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.policies import visible_to

NEWEST = 50
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
    rows = _narrowed(actor, asked).filter(_holds(words.query(exact=exact), asked.kind))
    for phrase in words.phrases(exact=exact):
        column = "accented" if exact else "folded"
        # One of two column names of our own; the phrase is a parameter.
        rows = rows.filter(RawSQL(f"strpos({column}, %s) > 0", [phrase], BooleanField()))  # noqa: S611
    # Not the bare column: its index would lead through every entry until enough of them match.
    sql, parameters = rows.order_by((F("position") + 0).desc()).values_list(*_SHOWN)[:limit].query.sql_with_params()
    first, last = _chunks(asked)
    with connection.cursor() as cursor:
        cursor.execute(
            # The inner statement is the ORM's own, its values are parameters.
            f"SELECT found.* FROM generate_series(%s, %s, -1) AS chunk(number) CROSS JOIN LATERAL ({sql}) AS found"  # noqa: S608
            " LIMIT %s",
            [last, first, *parameters, limit],
        )
        hits = [Hit(*row) for row in cursor.fetchall()]
    return sorted(hits, key=lambda hit: -hit.position)


def _narrowed(actor: Actor, asked: Asked) -> QuerySet[SearchEntry]:
    rows = SearchEntry.objects.filter(visible_to(actor))
    if asked.unit:
        rows = rows.filter(units__overlap=list(directory.current().below(asked.unit)))
    if asked.since:
        rows = rows.filter(at__gte=asked.since)
    if asked.until:
        rows = rows.filter(at__lt=asked.until)
    return rows


def _holds(query: str, kind: str) -> RawSQL:
    """Return the condition that the lexemes of a row of the chunk at hand match the query."""
    narrowed = f"{query} & '@{kind}'" if kind else query
    return RawSQL("lexemes @@ ((%s || chunk.number || '''')::tsquery)", [f"{narrowed} & '#"], BooleanField())


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
