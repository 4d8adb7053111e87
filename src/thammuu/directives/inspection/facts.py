"""What happens to inspections, to the sheets that are filled, and to checklists."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from thammuu.directives.documents.facts import Placed
from thammuu.directives.inspection.labels import STATES
from thammuu.directives.inspection.rules import InspectionState
from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import Subject
from thammuu.kernel.clock import format_date
from thammuu.org import queries as org


@fact("directives.inspection_planned", subject=Subject.INSPECTION)
class InspectionPlanned(Placed):
    """A unit plans a visit to units below it."""

    unit_id: UUID
    post_id: UUID
    behalf_id: UUID | None = None
    planned_at: datetime
    title: str
    purpose: str
    inspected_units: tuple[UUID, ...]
    starts_on: date
    ends_on: date
    responsible_id: UUID
    arises_from_kind: str
    arises_from: UUID | None
    checklist_id: UUID | None
    checklist_name: str
    checklist_version: int | None
    state: str
    decision_id: UUID | None = None
    sentence = _("Inspection planned for {day}: {title}")

    def say(self, language: str) -> str:
        """Name the first day."""
        return _in(language, self.sentence, day=format_date(self.starts_on, language), title=self.title)


@fact("directives.inspection_announced", subject=Subject.INSPECTION)
class InspectionAnnounced(Fact):
    """The inspected units know of the visit."""

    state: str
    units: tuple[UUID, ...]
    title: Annotated[str, CONTEXT]
    sentence = _("Inspection announced: {title}")


@fact("directives.inspection_moved", subject=Subject.INSPECTION)
class InspectionMoved(Fact):
    """The visit takes place on other days."""

    starts_on: date
    ends_on: date
    reason: Annotated[str, CONTEXT]
    sentence = _("Inspection moved to {day}: {reason}")

    def say(self, language: str) -> str:
        """Name the first day."""
        return _in(language, self.sentence, day=format_date(self.starts_on, language), reason=self.reason)


@fact("directives.inspection_cancelled", subject=Subject.INSPECTION)
class InspectionCancelled(Fact):
    """The visit does not take place, or was broken off."""

    state: str
    reason: Annotated[str, CONTEXT]
    sentence = _("Inspection cancelled: {reason}")


@fact("directives.inspection_begun", subject=Subject.INSPECTION)
class InspectionBegun(Fact):
    """The visit is under way; the inspected units know of it by now at the latest."""

    state: str
    units: tuple[UUID, ...]
    title: Annotated[str, CONTEXT]
    sentence = _("Inspection begun: {title}")


@fact("directives.inspection_reported", subject=Subject.INSPECTION)
class InspectionReported(Fact):
    """The inspected units read what was found at each of them."""

    state: str
    findings: Annotated[int, CONTEXT]
    sentence = _("Results of the inspection reported, findings: {findings}")


@fact("directives.inspection_concluded", subject=Subject.INSPECTION)
class InspectionConcluded(Fact):
    """A post that decides for the unit drew the conclusion; it is a decision of its own."""

    state: str
    decision_id: UUID
    sentence = _("Inspection concluded")


@fact("directives.inspection_closed", subject=Subject.INSPECTION)
class InspectionClosed(Fact):
    """Every finding is settled."""

    state: str
    sentence = _("Inspection closed")


@fact("directives.inspection_reopened", subject=Subject.INSPECTION)
class InspectionReopened(Fact):
    """A finding of it is open again."""

    state: str
    reason: Annotated[str, CONTEXT]
    sentence = _("Inspection open again with a finding: {reason}")


@fact("directives.inspection_change_noted", subject=Subject.INSPECTION_CHANGE)
class InspectionChangeNoted(Placed):
    """The row of one step, beside the fact of the inspection itself."""

    inspection_id: UUID
    step: str
    state_before: str
    state_after: str
    reason: str
    post_id: UUID
    behalf_id: UUID | None
    changed_at: datetime
    sentence = _("Inspection: {state_before} → {state_after}")

    def say(self, language: str) -> str:
        """Return the states in the words of the language."""
        with translation.override(language):
            before, after = (str(STATES[InspectionState(one)]) for one in (self.state_before, self.state_after))
            return str(self.sentence).format(state_before=before, state_after=after)


@fact("directives.sheet_drawn_up", subject=Subject.INSPECTION_SHEET)
class SheetDrawnUp(Placed):
    """The checklist stands ready to be filled at an inspected unit."""

    inspection_id: UUID
    unit_id: UUID
    items: tuple[dict[str, Any], ...]
    version: int = 0
    filled_by_id: UUID | None = None
    filled_at: datetime | None = None
    sentence = _("Checklist ready for {unit}")

    def say(self, language: str) -> str:
        """Name the unit."""
        return _in(language, self.sentence, unit=org.unit_label(self.unit_id))


@fact("directives.sheet_filled", subject=Subject.INSPECTION_SHEET)
class SheetFilled(Fact):
    """Results of items were written down."""

    items: tuple[dict[str, Any], ...]
    version: int
    filled_by_id: UUID
    filled_at: datetime
    sentence = _("Checklist filled, version {version}")


@fact("directives.sheet_shared", subject=Subject.INSPECTION_SHEET)
class SheetShared(Fact):
    """The inspected unit reads its results."""

    units: tuple[UUID, ...]
    sentence = _("Results made known to the inspected unit")


@fact("directives.checklist_drawn_up", subject=Subject.CHECKLIST)
class ChecklistDrawnUp(Placed):
    """A unit has a new checklist."""

    unit_id: UUID
    name: str
    items: tuple[str, ...]
    version: int
    post_id: UUID
    revised_at: datetime
    sentence = _("Checklist drawn up: {name}")


@fact("directives.checklist_revised", subject=Subject.CHECKLIST)
class ChecklistRevised(Fact):
    """A checklist has a new version; what was made from an earlier one stays."""

    name: str
    items: tuple[str, ...]
    version: int
    post_id: UUID
    revised_at: datetime
    sentence = _("Checklist revised, version {version}: {name}")


def _in(language: str, sentence: object, **values: object) -> str:
    with translation.override(language):
        return str(sentence).format(**values)
