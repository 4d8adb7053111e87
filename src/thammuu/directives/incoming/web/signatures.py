"""What the digital signatures of an incoming document's PDFs are worth, judged when it is asked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from thammuu.directives.documents.signing.queries import content_of
from thammuu.directives.documents.signing.web import told_of
from thammuu.directives.incoming import queries
from thammuu.directives.incoming.rows import incoming_rows
from thammuu.kernel import clock
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.queries import attachments
from thammuu.paper.rules import MediaType
from thammuu.paper.signatures import verify


@signed_in
@require_GET
def incoming_signatures(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show the verdict on each PDF of the document that was not redacted."""
    actor, now = actor_of(request), clock.now()
    row = queries.incoming_document(actor, id)
    files = [one for one in attachments(row.attachments).values() if one.media_type == MediaType.PDF and one.digest]
    checked = [{"name": one.name, **told_of(verify(content_of(one.digest), now=now))} for one in files]
    shown = {"row": incoming_rows(actor, [row], now)[0], "checked": checked}
    return render(request, "directives/incoming/signatures.html", shown)
