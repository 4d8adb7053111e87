"""What happens to decisions and assignments."""

from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from thammuu.directives.labels import STATES
from thammuu.directives.rules import State
from thammuu.journal.facts import CONTEXT, Fact, fact, renews
from thammuu.journal.subjects import Subject
from thammuu.kernel.clock import format_instant
from thammuu.org import queries as org

NAMED = 12


@renews("directives.decision_taken", 1)
@renews("directives.assignment_issued", 1)
def _event_by_id(sets: dict[str, Any]) -> dict[str, Any]:
    """In their first version both called the event's id `event`."""
    return {"event_id" if name == "event" else name: value for name, value in sets.items()}


@fact("directives.decision_taken", subject=Subject.DECISION, version=2)
class DecisionTaken(Fact):
    """A post decided something, for a reason."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    unit_id: UUID
    post_id: UUID
    behalf_id: UUID | None = None
    title: str
    reason: str
    decided_at: datetime
    arises_from_kind: str
    arises_from: UUID | None
    sentence = _("Decision taken: {title}")


@fact("directives.decision_shared", subject=Subject.DECISION)
class DecisionShared(Fact):
    """More units see a decision, because they have an assignment from it."""

    units: tuple[UUID, ...]
    sentence = _("Decision made known to: {names}")
    many: ClassVar[Any] = _("Decision made known to {count} units: {names} …")

    def say(self, language: str) -> str:
        """Name the units; of very many, the first."""
        names = ", ".join(org.unit_labels(list(self.units[:NAMED])))
        sentence = self.sentence if len(self.units) <= NAMED else self.many
        return _in(language, sentence, names=names, count=len(self.units))


@fact("directives.assignment_issued", subject=Subject.ASSIGNMENT, version=2)
class AssignmentIssued(Fact):
    """A unit received a task with its product and deadline."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    decision_id: UUID
    clause_id: UUID | None = None
    clause_at: int | None = None
    parent_id: UUID | None = None
    above: tuple[UUID, ...] = ()
    unit_id: UUID
    lead_unit_id: UUID
    supporting_units: tuple[UUID, ...]
    watching_units: tuple[UUID, ...] = ()
    lead_post_id: UUID | None = None
    title: str
    product: str
    urgency: str
    issued_at: datetime
    term_days: int | None
    original_deadline: datetime
    deadline: datetime
    extensions: int = 0
    state: str
    percent: int = 0
    handed_in_at: datetime | None = None
    sentence = _("Assigned to {lead}, due {deadline}: {title}")

    def say(self, language: str) -> str:
        """Name the lead unit and the deadline."""
        deadline = format_instant(self.deadline, language)
        return _in(language, self.sentence, lead=org.unit_label(self.lead_unit_id), deadline=deadline, title=self.title)


@fact("directives.assignment_clause_named", subject=Subject.ASSIGNMENT)
class AssignmentClauseNamed(Fact):
    """The clause of a document that gives the task is named, another one than before, or none any more."""

    clause_id: UUID | None
    clause_at: None = None
    sentence = _("Clause that gives the task named")


@fact("directives.assignment_post_named", subject=Subject.ASSIGNMENT)
class AssignmentPostNamed(Fact):
    """The lead unit says which of its posts answers for the assignment, or that none does any more."""

    lead_post_id: UUID | None
    sentence = _("Post that answers for it: {post}")

    def say(self, language: str) -> str:
        """Name the post."""
        return _in(language, self.sentence, post=org.post_label(self.lead_post_id) or "–")


@fact("directives.assignment_acknowledged", subject=Subject.ASSIGNMENT)
class AssignmentAcknowledged(Fact):
    """The lead unit has taken note of the assignment."""

    state: str
    sentence = _("Assignment acknowledged")


@fact("directives.assignment_advanced", subject=Subject.ASSIGNMENT)
class AssignmentAdvanced(Fact):
    """Work on the assignment went on; the report says how far."""

    state: str
    percent: int
    sentence = _("Assignment in progress: {percent} %")


@fact("directives.assignment_submitted", subject=Subject.ASSIGNMENT)
class AssignmentSubmitted(Fact):
    """Evidence came in and waits to be verified."""

    state: str
    handed_in_at: datetime
    sentence = _("Handed in for verification")


@fact("directives.assignment_verified", subject=Subject.ASSIGNMENT)
class AssignmentVerified(Fact):
    """The issuing unit found the assignment carried out."""

    state: str
    sentence = _("Assignment found carried out")


@fact("directives.assignment_returned", subject=Subject.ASSIGNMENT)
class AssignmentReturned(Fact):
    """The evidence did not suffice; the clock runs again."""

    state: str
    handed_in_at: None = None
    reason: Annotated[str, CONTEXT]
    sentence = _("Assignment returned: {reason}")


@fact("directives.deadline_extended", subject=Subject.ASSIGNMENT)
class DeadlineExtended(Fact):
    """The assignment has a later deadline; the original one stays on record."""

    deadline: datetime
    extensions: int
    reason: Annotated[str, CONTEXT]
    sentence = _("Deadline extended to {deadline}: {reason}")

    def say(self, language: str) -> str:
        """Write the deadline as the language does."""
        return _in(language, self.sentence, deadline=format_instant(self.deadline, language), reason=self.reason)


@fact("directives.assignment_closed", subject=Subject.ASSIGNMENT)
class AssignmentClosed(Fact):
    """Nothing more is expected of the assignment."""

    state: str
    sentence = _("Assignment closed")


@fact("directives.assignment_withdrawn", subject=Subject.ASSIGNMENT)
class AssignmentWithdrawn(Fact):
    """The issuing unit took the assignment back."""

    state: str
    reason: Annotated[str, CONTEXT]
    sentence = _("Assignment withdrawn: {reason}")


@fact("directives.assignment_change_noted", subject=Subject.ASSIGNMENT_CHANGE)
class AssignmentChangeNoted(Fact):
    """The row of one change, beside the fact of the assignment itself."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    assignment_id: UUID
    act: str
    state_before: str
    state_after: str
    reason: str
    deadline_before: datetime | None
    deadline_after: datetime | None
    post_id: UUID | None
    changed_at: datetime
    sentence = _("State: {state_before} → {state_after}")

    def say(self, language: str) -> str:
        """Return the states in the words of the language."""
        before, after = (STATES[State(told)] if told else "–" for told in (self.state_before, self.state_after))
        return _in(language, self.sentence, state_before=before, state_after=after)


@fact("directives.progress_reported", subject=Subject.PROGRESS)
class ProgressReported(Fact):
    """A unit said how far it has come."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    assignment_id: UUID
    unit_id: UUID
    percent: int
    note: str
    obstacle: str
    reported_at: datetime
    sentence = _("{percent} % reported: {note}")


@fact("directives.evidence_handed_in", subject=Subject.EVIDENCE)
class EvidenceHandedIn(Fact):
    """A unit showed that it carried the assignment out."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    assignment_id: UUID
    unit_id: UUID
    text: str
    attachments: tuple[UUID, ...]
    handed_in_at: datetime
    state: str
    reason: str = ""
    judged_by_id: UUID | None = None
    judged_at: datetime | None = None
    sentence = _("Evidence handed in: {text}")


@fact("directives.evidence_verified", subject=Subject.EVIDENCE)
class EvidenceVerified(Fact):
    """The issuing unit found the evidence good."""

    state: str
    judged_by_id: UUID | None
    judged_at: datetime
    sentence = _("Evidence verified")


@fact("directives.evidence_returned", subject=Subject.EVIDENCE)
class EvidenceReturned(Fact):
    """The issuing unit sent the evidence back with a reason."""

    state: str
    reason: str
    judged_by_id: UUID | None
    judged_at: datetime
    sentence = _("Evidence returned: {reason}")


def _in(language: str, sentence: object, **values: object) -> str:
    with translation.override(language):
        return str(sentence).format(**values)
