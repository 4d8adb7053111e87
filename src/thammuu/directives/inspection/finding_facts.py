"""What happens to findings, and what inspected units say to them."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from thammuu.directives.documents.facts import Placed
from thammuu.journal.facts import Fact, fact
from thammuu.journal.subjects import Subject


@fact("directives.finding_made", subject=Subject.FINDING)
class FindingMade(Placed):
    """Something was found at an inspected unit."""

    inspection_id: UUID
    unit_id: UUID
    item: int | None
    severity: str
    text: str
    attachments: tuple[UUID, ...]
    post_id: UUID
    found_at: datetime
    state: str
    assignments: tuple[UUID, ...] = ()
    reason: str = ""
    settled_by_id: UUID | None = None
    settled_at: datetime | None = None
    sentence = _("Found: {text}")


@fact("directives.finding_shared", subject=Subject.FINDING)
class FindingShared(Fact):
    """The inspected unit reads the finding."""

    units: tuple[UUID, ...]
    sentence = _("Finding made known to the inspected unit")


@fact("directives.finding_assigned", subject=Subject.FINDING)
class FindingAssigned(Fact):
    """A task is to correct what was found."""

    assignments: tuple[UUID, ...]
    sentence = _("Task issued to correct the finding")


@fact("directives.finding_struck", subject=Subject.FINDING)
class FindingStruck(Fact):
    """The finding does not stand."""

    state: str
    reason: str
    settled_by_id: UUID
    settled_at: datetime
    sentence = _("Finding struck: {reason}")


@fact("directives.finding_closed", subject=Subject.FINDING)
class FindingClosed(Fact):
    """What was found is corrected."""

    state: str
    settled_by_id: UUID
    settled_at: datetime
    sentence = _("Finding closed")


@fact("directives.finding_reopened", subject=Subject.FINDING)
class FindingReopened(Fact):
    """A task that corrected it, to which the fact links, is not done after all."""

    state: str
    reason: str
    settled_by_id: None = None
    settled_at: None = None
    sentence = _("Finding open again, its task was reopened: {reason}")


@fact("directives.statement_made", subject=Subject.FINDING_STATEMENT)
class StatementMade(Placed):
    """The inspected unit said something to a finding."""

    finding_id: UUID
    unit_id: UUID
    post_id: UUID
    text: str
    attachments: tuple[UUID, ...]
    made_at: datetime
    sentence = _("Statement on a finding: {text}")
