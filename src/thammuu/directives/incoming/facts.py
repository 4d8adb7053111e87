"""What happens to incoming documents, to their text, and to what carries their clauses out."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from thammuu.directives.documents.facts import Placed
from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import Subject
from thammuu.org import queries as org


class Described(Fact):
    """What stands on an incoming document and on the stamp of its arrival."""

    arrived_on: date
    issuer: str
    symbol: str
    dated: date | None
    type_name: str
    abstract: str
    urgency: str
    copy_of: UUID | None


@fact("directives.incoming_registered", subject=Subject.INCOMING_DOCUMENT)
class IncomingRegistered(Placed, Described):
    """A document came in and has its number of arrival."""

    unit_id: UUID
    post_id: UUID
    registered_at: datetime
    year: int
    number: int
    attachments: tuple[UUID, ...]
    state: str
    lead_unit_id: UUID | None = None
    passed_on_at: datetime | None = None
    due_on: date | None = None
    note: str = ""
    acknowledged_by_id: UUID | None = None
    acknowledged_at: datetime | None = None
    answer_kind: str = ""
    answer: UUID | None = None
    reason: str = ""
    settled_on: date | None = None
    sentence = _("Incoming document {number} registered: {symbol} of {issuer} – {abstract}")


@fact("directives.incoming_corrected", subject=Subject.INCOMING_DOCUMENT)
class IncomingCorrected(Described):
    """What was registered is corrected, with the reason."""

    correction: Annotated[str, CONTEXT]
    sentence = _("Registration corrected: {symbol} of {issuer} – {abstract}. Reason: {correction}")


@fact("directives.incoming_files_added", subject=Subject.INCOMING_DOCUMENT)
class IncomingFilesAdded(Fact):
    """Files that came later were added to it; `attachments` are all that it has now."""

    attachments: tuple[UUID, ...]
    added: Annotated[int, CONTEXT]
    sentence = _("Files added: {added}")


@fact("directives.incoming_passed_on", subject=Subject.INCOMING_DOCUMENT)
class IncomingPassedOn(Fact):
    """An incoming document was passed on to the unit that deals with it."""

    units: tuple[UUID, ...]
    state: str
    lead_unit_id: UUID
    passed_on_at: datetime
    due_on: date | None
    note: str
    acknowledged_by_id: None = None
    acknowledged_at: None = None
    sentence = _("Passed on to {unit}. {note}")

    def say(self, language: str) -> str:
        """Name the unit."""
        with translation.override(language):
            return str(self.sentence).format(unit=org.unit_label(self.lead_unit_id), note=self.note).strip()


@fact("directives.incoming_acknowledged", subject=Subject.INCOMING_DOCUMENT)
class IncomingAcknowledged(Fact):
    """The unit that it was passed on to has received it."""

    state: str
    acknowledged_by_id: UUID
    acknowledged_at: datetime
    sentence = _("Received by the unit that deals with it")


@fact("directives.incoming_answered", subject=Subject.INCOMING_DOCUMENT)
class IncomingAnswered(Fact):
    """An issued document or a decision answers it."""

    state: str
    answer_kind: str
    answer: UUID
    settled_on: date
    sentence = _("Answered on {day}")

    def say(self, language: str) -> str:
        """Write the day as documents do."""
        with translation.override(language):
            return str(self.sentence).format(day=f"{self.settled_on:%d/%m/%Y}")


@fact("directives.incoming_settled", subject=Subject.INCOMING_DOCUMENT)
class IncomingSettled(Fact):
    """It needs no answer, with the reason."""

    state: str
    reason: str
    settled_on: date
    sentence = _("No answer needed: {reason}")


@fact("directives.incoming_reopened", subject=Subject.INCOMING_DOCUMENT)
class IncomingReopened(Fact):
    """What was settled is dealt with again, with the reason."""

    state: str
    answer_kind: str = ""
    answer: None = None
    reason: str = ""
    settled_on: None = None
    why: Annotated[str, CONTEXT]
    sentence = _("Taken up again: {why}")


@fact("directives.incoming_traced", subject=Subject.INCOMING_DOCUMENT)
class IncomingTraced(Fact):
    """A clause of it is carried out by a measure, which the links name."""

    label: Annotated[str, CONTEXT]
    sentence = _("A measure carries out “{label}”")


@fact("directives.incoming_text_kept", subject=Subject.INCOMING_TEXT)
class IncomingTextKept(Placed):
    """The text of an incoming document, as its file was read."""

    document_id: UUID
    clauses: tuple[dict[str, str], ...]
    sentence = _("Text of the incoming document kept")


@fact("directives.incoming_text_shared", subject=Subject.INCOMING_TEXT)
class IncomingTextShared(Fact):
    """More units see the text."""

    units: tuple[UUID, ...]
    sentence = _("Text of the incoming document made known")


@fact("directives.measure_linked", subject=Subject.CLAUSE_MEASURE)
class MeasureLinked(Placed):
    """A measure carries a clause out."""

    document_id: UUID
    clause: UUID
    clause_at: int | None = None
    kind: str
    measure: UUID
    post_id: UUID
    linked_at: datetime
    struck: bool = False
    sentence = _("Measure linked with a clause")


@fact("directives.measure_shared", subject=Subject.CLAUSE_MEASURE)
class MeasureShared(Fact):
    """More units see what carries the clause out."""

    units: tuple[UUID, ...]
    sentence = _("Measure of a clause made known")


@fact("directives.measure_struck", subject=Subject.CLAUSE_MEASURE)
class MeasureStruck(Fact):
    """A measure does not carry the clause out any more."""

    struck: bool = True
    sentence = _("Measure of a clause struck")
