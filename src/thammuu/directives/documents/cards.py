"""How documents show themselves to other packages: one line each."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils import translation

from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rows import document_row
from thammuu.journal.presentation import Card
from thammuu.kernel.actor import Scope
from thammuu.org.policies import visible_in


def document_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of the documents that the scope may see."""
    with translation.override(language):
        found = {}
        for row in map(document_row, Document.objects.filter(visible_in(scope), id__in=ids)):
            at = row.issued_at or row.drafted_at
            found[row.id] = Card(row.title, str(row.word), row.tone, f"/documents/{row.id}/", at, row.unit_id)
        return found
