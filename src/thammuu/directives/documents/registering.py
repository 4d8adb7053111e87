"""Which tables hold what the facts of documents tell, and how documents show themselves."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from thammuu.directives.documents import (  # noqa: F401 - facts register themselves
    cards,
    facts,
    models,
    number_facts,
    policies,
    template_facts,
)
from thammuu.directives.documents.signing import facts as signature_facts  # noqa: F401 - facts register themselves
from thammuu.directives.documents.signing import models as signatures
from thammuu.journal.fold import register_table
from thammuu.journal.presentation import present
from thammuu.journal.redaction.registry import redactable
from thammuu.journal.subjects import Subject
from thammuu.org.web import actor_or_none
from thammuu.ui import navigation


def register() -> None:
    """Register the tables, what of them can be redacted, the cards and the way in."""
    register_table(Subject.DOCUMENT, models.Document, derived={"search_text"})
    register_table(Subject.DOCUMENT_SECTION, models.DocumentSection, derived={"search_text"})
    register_table(Subject.DOCUMENT_VERSION, models.DocumentVersion)
    register_table(Subject.DOCUMENT_CHANGE, models.DocumentChange)
    register_table(Subject.DOCUMENT_COMMENT, models.DocumentComment)
    register_table(Subject.DOCUMENT_SIGNATURE, signatures.DocumentSignature)
    register_table(Subject.DOCUMENT_TYPE, models.DocumentType)
    register_table(Subject.DOCUMENT_TEMPLATE, models.DocumentTemplate)
    register_table(Subject.NUMBER_SERIES, models.NumberSeries)
    register_table(Subject.UNIT_SYMBOL, models.UnitSymbol)
    redactable(
        Subject.DOCUMENT,
        {"abstract": "", "others": "", "signer": "", "reason": ""},
        derived={"search_text": ""},
        related=_texts_and_files,
    )
    redactable(Subject.DOCUMENT_SECTION, {"text": ""}, derived={"search_text": ""}, related=models.versions_with)
    redactable(Subject.DOCUMENT_VERSION, {"clauses": []})
    redactable(Subject.DOCUMENT_TEMPLATE, {"name": "", "clauses": [], "others": "", "signer": ""})
    redactable(Subject.DOCUMENT_CHANGE, {"reason": ""})
    redactable(Subject.DOCUMENT_COMMENT, {"text": ""})
    present(Subject.DOCUMENT, cards.document_cards)
    navigation.register("documents", _("Documents"), "documents", icon="file-text", order=32, keys="g v")
    navigation.register_action(
        "draft-document", _("Draft a document"), "new_document", icon="file-text", order=32, shown=_may_draft
    )


def _texts_and_files(document: UUID) -> list[tuple[Subject, UUID]]:
    return [*models.texts_of(document), *signatures.files_of(document)]


def _may_draft(request: HttpRequest) -> bool:
    actor = actor_or_none(request)
    return actor is not None and bool(policies.drafting_units(actor))
