"""Which sections of documents have the words that are looked for, as far as their reader may read the text."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from thammuu.directives.documents.models import DocumentSection, DocumentVersion
from thammuu.directives.documents.rules import DocumentState
from thammuu.directives.kept_words import holding
from thammuu.kernel.actor import Actor
from thammuu.org.policies import visible_to


def sections_with(actor: Actor, typed: str) -> QuerySet[DocumentSection]:
    """Return the sections that stand and have every word that is typed, of the texts that the actor may read.

    Whoever a document is issued to reads its frozen text, which its sections are; the drafting units read these.
    """
    kept = DocumentVersion.objects.filter(
        visible_to(actor), document=OuterRef("document"), number=OuterRef("document__version")
    )
    issued = Q(Exists(kept.exclude(clauses=[])), document__state=str(DocumentState.ISSUED))
    return holding(DocumentSection.objects.filter(visible_to(actor) | issued, struck=False), typed)


def found_in(actor: Actor, documents: Collection[UUID], typed: str) -> dict[UUID, DocumentSection]:
    """Return the first section of each of the documents that has the words, for those that have one."""
    found = sections_with(actor, typed).filter(document__in=documents).order_by("-id")
    return {row.document_id: row for row in found}
