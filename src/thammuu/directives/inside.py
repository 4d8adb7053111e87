"""What is said inside the texts of documents and incoming documents, found by its words."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from thammuu.directives.documents.inside import found_in, sections_with
from thammuu.directives.documents.models import Document
from thammuu.directives.incoming.queries import texts_with
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.text import tokens
from thammuu.org import directory
from thammuu.org.policies import visible_to

MOST = 20


@dataclass(frozen=True, slots=True)
class Inside:
    """A clause of a document with the words; `anchor` is its place on the document's page."""

    kind: Subject
    id: UUID
    anchor: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Where:
    """What is asked: empty values narrow nothing. `since` and `until` say when the document was begun or registered."""

    typed: str
    kind: str = ""
    unit: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


def found_inside(actor: Actor, where: Where) -> list[Inside]:
    """Return the documents whose text has the words, the newest first, each once with the clause that has them."""
    units = directory.current().below(where.unit) if where.unit else None
    told = []
    if where.kind in ("", Subject.DOCUMENT):
        told += list(_documents(actor, where, units))
    if where.kind in ("", Subject.INCOMING_DOCUMENT):
        told += list(_incoming(actor, where, units))
    return [one for _at, one in sorted(told, key=lambda pair: pair[0], reverse=True)[:MOST]]


def _documents(actor: Actor, where: Where, units: Collection[UUID] | None) -> Iterator[tuple[datetime, Inside]]:
    having = sections_with(actor, where.typed).values("document")
    rows = Document.objects.filter(visible_to(actor), id__in=having, **_within("drafted_at", where))
    if units is not None:
        rows = rows.filter(unit__in=units)
    at = dict(rows.order_by("-drafted_at", "-id").values_list("id", "drafted_at")[:MOST])
    for id, row in found_in(actor, at, where.typed).items():
        yield at[id], Inside(Subject.DOCUMENT, id, f"section-{row.id}", row.label, row.text)


def _incoming(actor: Actor, where: Where, units: Collection[UUID] | None) -> Iterator[tuple[datetime, Inside]]:
    texts = texts_with(actor, where.typed).select_related("document")
    if units is not None:
        texts = texts.filter(document__unit__in=units)
    wanted = set(tokens(where.typed))
    for row in texts.filter(**_within("document__registered_at", where)).order_by("-id")[:MOST]:
        best = max(row.clauses, key=lambda clause: len(wanted & set(tokens(f"{clause['label']} {clause['text']}"))))
        told = Inside(Subject.INCOMING_DOCUMENT, row.document_id, f"clause-{best['id']}", best["label"], best["text"])
        yield row.document.registered_at, told


def _within(field: str, where: Where) -> dict[str, datetime]:
    given = {f"{field}__gte": where.since, f"{field}__lt": where.until}
    return {name: at for name, at in given.items() if at is not None}
