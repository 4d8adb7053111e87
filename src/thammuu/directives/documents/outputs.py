"""A document as a file, for whoever may see it: as it stands, before its issue without number and date."""

from django.utils.translation import gettext as _

from thammuu.directives.documents import queries
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.printing import printed
from thammuu.directives.documents.signing.queries import signed_pdf
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.paper import wordfiles
from thammuu.paper.typesetting.official import OfficialDocument, Room, room_for_signature, typeset


def pdf_of(actor: Actor, row: Document) -> bytes:
    """Return the document as PDF: the signed one where there is one. Raises `Missing` if it was redacted."""
    return signed_pdf(actor, row) or set_pdf(actor, row)


def set_pdf(actor: Actor, row: Document) -> bytes:
    """Return the document as PDF without any signature. Raises `Missing` if it was redacted."""
    return typeset(_printed(actor, row))


def room_in(actor: Actor, row: Document, pdf: bytes) -> Room | None:
    """Return where one signs in the document's PDF; None where the PDF was set by another edition of the layout."""
    document = _printed(actor, row)
    return room_for_signature(document) if pdf.startswith(typeset(document)) else None


def word_of(actor: Actor, row: Document) -> bytes:
    """Return the document as DOCX, to be worked on elsewhere. Raises `Missing` if it was redacted."""
    return wordfiles.write(_printed(actor, row))


def file_name(row: Document) -> str:
    """Return the name of the document's files, without an ending: its symbol, or the day on which it was begun."""
    return row.symbol.replace("/", "-") or f"draft-{row.drafted_at:%Y%m%d}"


def _printed(actor: Actor, row: Document) -> OfficialDocument:
    if not row.abstract:
        raise Missing(_("This document has been redacted."))
    return printed(row, queries.text_of(actor, row))
