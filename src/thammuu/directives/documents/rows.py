"""Documents as pages show them: labels instead of ids."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from thammuu.directives import labels as common
from thammuu.directives.documents import labels
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import DocumentState, Standing
from thammuu.directives.rules import Urgency
from thammuu.journal.redaction.words import said
from thammuu.org import directory
from thammuu.org.queries import author_label


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document. `title` is number and symbol with the abstract, `word` its state or, once issued, its standing."""

    id: UUID
    title: str
    type_name: str
    symbol: str
    abstract: str
    unit: str
    unit_id: UUID
    drafting_unit: str
    state: DocumentState
    standing: Standing
    word: Promise
    tone: str
    urgency: Promise | None
    drafted_at: datetime
    drafted_by: str
    approved_by: str
    approved_at: datetime | None
    issued_at: datetime | None
    classification: int


def document_row(row: Document) -> DocumentRow:
    """Return a document as a row."""
    known = directory.current()
    state, standing = DocumentState(row.state), Standing(row.standing)
    urgency = Urgency(row.urgency)
    abstract = said(row.abstract)
    return DocumentRow(
        id=row.id,
        title=f"{row.symbol} – {abstract}" if row.symbol else abstract,
        type_name=row.type_name,
        symbol=row.symbol,
        abstract=abstract,
        unit=known.unit_label(row.unit_id),
        unit_id=row.unit_id,
        drafting_unit=known.unit_label(row.drafting_unit_id),
        state=state,
        standing=standing,
        word=labels.STANDINGS[standing] if standing else labels.STATES[state],
        tone=labels.tone_of(state, standing),
        urgency=None if urgency == Urgency.NORMAL else common.URGENCIES[urgency],
        drafted_at=row.drafted_at,
        drafted_by=known.post_label(row.post_id),
        approved_by=author_label(row.approved_by_id, row.approved_behalf_id) if row.approved_by_id else "",
        approved_at=row.approved_at,
        issued_at=row.issued_at,
        classification=row.classification,
    )
