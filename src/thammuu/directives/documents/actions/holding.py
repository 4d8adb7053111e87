"""What every change of a document begins with: the locked row, whether the actor may, whether it was sent before."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from thammuu.directives.documents import labels
from thammuu.directives.documents.models import Document, DocumentSection
from thammuu.directives.documents.rules import DocumentState
from thammuu.journal.facts import Fact
from thammuu.journal.recording import Submission, answered
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import Conflict, Missing, Refused, Verdict
from thammuu.org.policies import visible_to


@dataclass(frozen=True, slots=True)
class Held:
    """A document's locked row and who acts on it; `again` is the answer of an earlier sending, None for the first."""

    row: Document
    actor: Actor
    post: UUID
    again: UUID | None


def hold(
    actor: Actor, document: UUID, allowed: Callable[[Actor, Document], Verdict], submission: Submission | None
) -> Held:
    """Lock a document within the caller's transaction. Raises `Missing` and `Refused`."""
    row = Document.objects.select_for_update().filter(visible_to(actor), id=document).first()
    if row is None:
        raise Missing(_("There is no such document, or your post may not see it."))
    actor = acting(actor, allowed(actor, row))
    if actor.post is None:
        raise Refused(_("A document is worked on by a post, and you hold none today."))
    again = answered(actor, submission)
    return Held(row, actor, actor.post, None if again is None else again.answer)


def document_of(actor: Actor, section: UUID) -> UUID:
    """Return the document of a section that the actor may see. Raises `Missing`."""
    row = DocumentSection.objects.filter(visible_to(actor), id=section).only("document_id").first()
    if row is None:
        raise Missing(_("There is no such section, or your post may not see it."))
    return row.document_id


def in_draft(row: Document) -> None:
    """Raise `Conflict` unless the document is being drafted: what was submitted stays as it is."""
    if row.state != DocumentState.DRAFT:
        state = labels.STATES[DocumentState(row.state)]
        raise Conflict(_("The document stands at “{state}”; its text is not changed any more.").format(state=state))


def fields_of(kind: type[Fact], row: models.Model) -> dict[str, object]:
    """Return what a fact of the kind sets, as the row holds it."""
    return {name: getattr(row, name) for name in kind.model_fields if name not in Fact.model_fields}


def placed(row: Document) -> dict[str, object]:
    """Return the columns that a row of a document shares with it."""
    return {
        "world": row.world,
        "units": row.units,
        "classification": row.classification,
        "event_id": row.event_id,
    }
