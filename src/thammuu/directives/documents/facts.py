"""What happens to documents, to what is said in them, and to the numbers they take."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from thammuu.directives.documents.labels import STANDINGS, STATES
from thammuu.directives.documents.rules import DocumentState, Standing
from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import Subject
from thammuu.org import queries as org


class Placed(Fact):
    """What stands in a table of its own: its world, the units that see it, its level and event."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None


@fact("directives.document_drafted", subject=Subject.DOCUMENT)
class DocumentDrafted(Placed):
    """A post began a document of its unit."""

    unit_id: UUID
    drafting_unit_id: UUID
    post_id: UUID
    drafted_at: datetime
    arises_from_kind: str
    arises_from: UUID | None
    type: str
    type_name: str
    abbreviation: str
    series: str
    abstract: str
    urgency: str
    circulation: str
    place: str
    addressees: tuple[UUID, ...]
    recipients: tuple[UUID, ...]
    others: str
    capacity: str
    signs_for: str
    signer: str
    effect: str
    alters: UUID | None
    order: tuple[UUID, ...]
    state: str
    version: int = 0
    submitted_by_id: UUID | None = None
    approved_by_id: UUID | None = None
    approved_behalf_id: UUID | None = None
    approved_at: datetime | None = None
    number: int | None = None
    symbol: str = ""
    issued_at: datetime | None = None
    issued_year: int | None = None
    standing: str = ""
    sentence = _("Document begun: {type_name} – {abstract}")


@fact("directives.document_taken_over", subject=Subject.DOCUMENT)
class DocumentTakenOver(DocumentDrafted):
    """A document that was issued before stands on record, from the register that was kept until now."""

    sentence = _("On record from an earlier register: {symbol} – {abstract}")


@fact("directives.document_described", subject=Subject.DOCUMENT)
class DocumentDescribed(Fact):
    """What stands around the text was changed: type, abstract, addressees, signature, effect."""

    type: str
    type_name: str
    abbreviation: str
    series: str
    abstract: str
    urgency: str
    circulation: str
    place: str
    addressees: tuple[UUID, ...]
    recipients: tuple[UUID, ...]
    others: str
    capacity: str
    signs_for: str
    signer: str
    effect: str
    alters: UUID | None
    sentence = _("Document described anew: {type_name} – {abstract}")


@fact("directives.document_rearranged", subject=Subject.DOCUMENT)
class DocumentRearranged(Fact):
    """The sections that stand, in their order, became others."""

    order: tuple[UUID, ...]
    sentence = _("The document's sections were put in order")


@fact("directives.section_written", subject=Subject.DOCUMENT_SECTION)
class SectionWritten(Placed):
    """A section came into a document."""

    document_id: UUID
    kind: str
    label: str
    text: str
    version: int = 1
    struck: bool = False
    taken_by_id: None = None
    taken_at: None = None
    gives: tuple[UUID, ...] = ()
    sentence = _("Section written: {text}")


@fact("directives.section_changed", subject=Subject.DOCUMENT_SECTION)
class SectionChanged(Fact):
    """A section has another text."""

    kind: str
    label: str
    text: str
    version: int
    taken_by_id: None = None
    taken_at: None = None
    sentence = _("Section changed: {text}")


@fact("directives.section_taken_up", subject=Subject.DOCUMENT_SECTION)
class SectionTakenUp(Fact):
    """A post began to edit a section; others are warned for a while."""

    taken_by_id: UUID
    taken_at: datetime
    sentence = _("Section being edited by {post}")

    def say(self, language: str) -> str:
        """Name the post."""
        return _in(language, self.sentence, post=org.post_label(self.taken_by_id))


@fact("directives.section_struck", subject=Subject.DOCUMENT_SECTION)
class SectionStruck(Fact):
    """A section stands in the document no more."""

    struck: bool = True
    version: int
    sentence = _("Section struck")


@fact("directives.comment_made", subject=Subject.DOCUMENT_COMMENT)
class CommentMade(Placed):
    """A post remarked something on a section."""

    section_id: UUID
    post_id: UUID
    text: str
    made_at: datetime
    sentence = _("Comment: {text}")


@fact("directives.document_submitted", subject=Subject.DOCUMENT)
class DocumentSubmitted(Fact):
    """A document went to review; its text is frozen as a version."""

    state: str
    version: int
    submitted_by_id: UUID
    sentence = _("Submitted for review, version {version}")


@fact("directives.version_kept", subject=Subject.DOCUMENT_VERSION)
class VersionKept(Placed):
    """The text as it was submitted."""

    document_id: UUID
    number: int
    clauses: tuple[dict[str, str], ...]
    post_id: UUID
    frozen_at: datetime
    sentence = _("Text frozen as version {number}")


@fact("directives.version_shared", subject=Subject.DOCUMENT_VERSION)
class VersionShared(Fact):
    """The issued text is known to those it is addressed to."""

    units: tuple[UUID, ...]
    sentence = _("Issued text made known to: {names}")

    def say(self, language: str) -> str:
        """Name the units."""
        return _in(language, self.sentence, names=", ".join(org.unit_labels(list(self.units))))


@fact("directives.document_reviewed", subject=Subject.DOCUMENT)
class DocumentReviewed(Fact):
    """A post reviewed a document and agrees."""

    state: str
    sentence = _("Reviewed: agreed")


@fact("directives.document_returned", subject=Subject.DOCUMENT)
class DocumentReturned(Fact):
    """A document went back to be worked on; an approval that it had falls."""

    state: str
    approved_by_id: None = None
    approved_behalf_id: None = None
    approved_at: None = None
    reason: Annotated[str, CONTEXT]
    sentence = _("Document returned: {reason}")


@fact("directives.document_approved", subject=Subject.DOCUMENT)
class DocumentApproved(Fact):
    """A post that decides for the unit approved a document; nothing is signed by it."""

    state: str
    approved_by_id: UUID
    approved_behalf_id: UUID | None
    approved_at: datetime
    reason: Annotated[str, CONTEXT]
    sentence = _("Document approved: {reason}")


@fact("directives.document_issued", subject=Subject.DOCUMENT)
class DocumentIssued(Fact):
    """A document took its number and went to those it is addressed to."""

    state: str
    units: tuple[UUID, ...]
    number: int
    symbol: str
    issued_at: datetime
    issued_year: int
    standing: str
    abstract: Annotated[str, CONTEXT]
    sentence = _("Document issued: {symbol} – {abstract}")


@fact("directives.document_abandoned", subject=Subject.DOCUMENT)
class DocumentAbandoned(Fact):
    """A draft is not pursued."""

    state: str
    reason: Annotated[str, CONTEXT]
    sentence = _("Draft abandoned: {reason}")


@fact("directives.document_altered", subject=Subject.DOCUMENT)
class DocumentAltered(Fact):
    """A later document amended, replaced or revoked an issued one."""

    standing: str
    symbol_of_later: Annotated[str, CONTEXT]
    sentence = _("{standing} by {symbol_of_later}")

    def say(self, language: str) -> str:
        """Return the standing in the words of the language."""
        word = _spoken(language, STANDINGS[Standing(self.standing)])
        return _in(language, self.sentence, standing=word, symbol_of_later=self.symbol_of_later)


@fact("directives.document_change_noted", subject=Subject.DOCUMENT_CHANGE)
class DocumentChangeNoted(Placed):
    """The row of one step, beside the fact of the document itself."""

    document_id: UUID
    step: str
    state_before: str
    state_after: str
    version: int
    reason: str
    post_id: UUID
    behalf_id: UUID | None
    changed_at: datetime
    sentence = _("Document: {state_before} → {state_after}")

    def say(self, language: str) -> str:
        """Return the states in the words of the language."""
        before, after = (_spoken(language, STATES[DocumentState(s)]) for s in (self.state_before, self.state_after))
        return _in(language, self.sentence, state_before=before, state_after=after)


def _in(language: str, sentence: object, **values: object) -> str:
    with translation.override(language):
        return str(sentence).format(**values)


def _spoken(language: str, word: object) -> str:
    with translation.override(language):
        return str(word)
