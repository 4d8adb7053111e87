"""What happens between the units while an assignment is carried out: refused, handed on, asked about, asked for."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import Subject
from thammuu.kernel.clock import format_instant
from thammuu.org import queries as org


@fact("directives.assignment_refused", subject=Subject.ASSIGNMENT)
class AssignmentRefused(Fact):
    """The lead unit says that the assignment is not its own; the issuing unit takes it back or insists."""

    state: str
    reason: Annotated[str, CONTEXT]
    sentence = _("Refused by the lead unit: {reason}")


@fact("directives.assignment_insisted_on", subject=Subject.ASSIGNMENT)
class AssignmentInsistedOn(Fact):
    """The issuing unit leaves the assignment with the unit that refused it."""

    state: str
    reason: Annotated[str, CONTEXT]
    sentence = _("The assignment stays with the lead unit: {reason}")


@fact("directives.assignment_handed_on", subject=Subject.ASSIGNMENT)
class AssignmentHandedOn(Fact):
    """The lead unit passed the assignment to a unit below its own, and verifies what comes of it."""

    state: str
    to_unit: Annotated[UUID, CONTEXT]
    deadline_below: Annotated[datetime, CONTEXT]
    sentence = _("Handed on to {unit}, due {deadline}")

    def say(self, language: str) -> str:
        """Name the unit and its deadline."""
        with translation.override(language):
            deadline = format_instant(self.deadline_below, language)
            return str(self.sentence).format(unit=org.unit_label(self.to_unit), deadline=deadline)


@fact("directives.assignment_reopened", subject=Subject.ASSIGNMENT)
class AssignmentReopened(Fact):
    """What was found carried out is not; the clock runs again."""

    state: str
    handed_in_at: None = None
    reason: Annotated[str, CONTEXT]
    sentence = _("Assignment reopened: {reason}")


@fact("directives.guidance_asked", subject=Subject.GUIDANCE)
class GuidanceAsked(Fact):
    """A unit that carries the assignment out asks how."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    assignment_id: UUID
    unit_id: UUID
    question: str
    asked_at: datetime
    answer: str = ""
    answered_by_id: UUID | None = None
    answered_at: datetime | None = None
    sentence = _("Guidance asked for: {question}")


@fact("directives.guidance_given", subject=Subject.GUIDANCE)
class GuidanceGiven(Fact):
    """The issuing unit answered."""

    answer: str
    answered_by_id: UUID | None
    answered_at: datetime
    sentence = _("Guidance given: {answer}")


@fact("directives.guidance_ended", subject=Subject.GUIDANCE)
class GuidanceEnded(Fact):
    """The assignment ended, or was refused, before anybody answered."""

    ended_at: datetime
    sentence = _("The question ended with the assignment, unanswered")


@fact("directives.extension_requested", subject=Subject.EXTENSION_REQUEST)
class ExtensionRequested(Fact):
    """A unit that carries the assignment out asks for a later deadline."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    assignment_id: UUID
    unit_id: UUID
    deadline: datetime
    reason: str
    requested_at: datetime
    state: str
    ruling: str = ""
    decided_by_id: UUID | None = None
    decided_at: datetime | None = None
    sentence = _("Later deadline asked for, {deadline}: {reason}")

    def say(self, language: str) -> str:
        """Write the deadline as the language does."""
        with translation.override(language):
            return str(self.sentence).format(deadline=format_instant(self.deadline, language), reason=self.reason)


@fact("directives.extension_granted", subject=Subject.EXTENSION_REQUEST)
class ExtensionGranted(Fact):
    """The issuing unit moves the deadline as asked."""

    state: str
    ruling: str
    decided_by_id: UUID | None
    decided_at: datetime
    sentence = _("Later deadline granted: {ruling}")


@fact("directives.extension_refused", subject=Subject.EXTENSION_REQUEST)
class ExtensionRefused(Fact):
    """The issuing unit leaves the deadline as it is."""

    state: str
    ruling: str
    decided_by_id: UUID | None
    decided_at: datetime
    sentence = _("Later deadline refused: {ruling}")


@fact("directives.extension_ended", subject=Subject.EXTENSION_REQUEST)
class ExtensionEnded(Fact):
    """The assignment ended, or was refused, before anybody decided."""

    state: str
    decided_at: datetime
    sentence = _("The request for a later deadline ended with the assignment, unanswered")
