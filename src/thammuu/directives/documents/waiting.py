"""The documents that wait for the reader: to be reviewed, approved, issued, or mended after they were returned."""

from dataclasses import dataclass

from django.db.models import Case, Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rows import DocumentRow, document_row
from thammuu.directives.documents.rules import DocumentState
from thammuu.kernel.actor import Actor, Units
from thammuu.org.policies import visible_to
from thammuu.org.rules import Permission

MOST = 50
WORDS: dict[str, Promise] = {
    "review": pgettext_lazy("what a document waits for", "Review"),
    "approve": pgettext_lazy("what a document waits for", "Approve"),
    "issue": pgettext_lazy("what a document waits for", "Issue"),
    "mend": pgettext_lazy("what a document waits for", "Mend: returned"),
}


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """A document that waits for the actor, and for what."""

    row: DocumentRow
    what: Promise


def waiting_documents(actor: Actor) -> list[WaitingDocument]:
    """Return what waits for the actor's post, the longest first."""
    works = _among(actor.units_of(Permission.ASSIGN)) | _among(actor.units_of(Permission.DECIDE))
    decides = _among(actor.units_of(Permission.DECIDE))
    own = Q(submitted_by_id=actor.post)
    waits = {
        "review": works & Q(state=str(DocumentState.IN_REVIEW)) & ~own,
        "approve": decides & Q(state=str(DocumentState.REVIEWED)),
        "issue": works & Q(state=str(DocumentState.APPROVED)),
        "mend": works & Q(state=str(DocumentState.DRAFT), version__gt=0) & own,
    }
    why = Case(*(When(condition, then=Value(wait)) for wait, condition in waits.items()), default=Value(""))
    found = Document.objects.filter(visible_to(actor)).annotate(wait=why).exclude(wait="")
    return [WaitingDocument(document_row(row), WORDS[row.wait]) for row in found.order_by("drafted_at", "id")[:MOST]]


def _among(units: Units) -> Q:
    return Q() if units is None else Q(unit__in=units)
