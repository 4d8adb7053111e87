"""A document handed out as a file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from thammuu.directives.documents import queries
from thammuu.directives.documents.outputs import file_name, pdf_of, word_of
from thammuu.directives.web.files import handed_out
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.rules import MediaType


@signed_in
@require_GET
def document_pdf(request: HttpRequest, id: UUID) -> HttpResponse:
    """Hand out the document as it stands, as PDF; before its issue it shows neither number nor date."""
    actor = actor_of(request)
    row = queries.document(actor, id)
    return handed_out(pdf_of(actor, row), MediaType.PDF, f"{file_name(row)}.pdf")


@signed_in
@require_GET
def document_docx(request: HttpRequest, id: UUID) -> HttpResponse:
    """Hand out the document as it stands, as DOCX with the same parts and measures."""
    actor = actor_of(request)
    row = queries.document(actor, id)
    return handed_out(word_of(actor, row), MediaType.DOCX, f"{file_name(row)}.docx")
