"""What every change of an inspection begins with: the locked row, whether the actor may, whether it was sent before."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.inspection import labels
from thammuu.directives.inspection.models import Finding, Inspection
from thammuu.directives.inspection.policies import post_of
from thammuu.directives.inspection.rules import FindingState, InspectionState
from thammuu.journal.recording import Submission, answered
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import Conflict, Missing, Verdict
from thammuu.org.policies import visible_to


@dataclass(frozen=True, slots=True)
class Held:
    """An inspection's locked row and who acts on it; `again` is what an earlier sending was answered, None for none."""

    row: Inspection
    actor: Actor
    post: UUID
    again: UUID | None


@dataclass(frozen=True, slots=True)
class HeldFinding:
    """A finding, guarded by the lock on its inspection."""

    row: Finding
    inspection: Inspection
    actor: Actor
    post: UUID
    again: UUID | None


def hold(
    actor: Actor, inspection: UUID, allowed: Callable[[Actor, Inspection], Verdict], submission: Submission | None
) -> Held:
    """Lock an inspection within the caller's transaction. Raises `Missing` and `Refused`."""
    row = Inspection.objects.select_for_update().filter(visible_to(actor), id=inspection).first()
    if row is None:
        raise Missing(_("There is no such inspection, or your post may not see it."))
    actor = acting(actor, allowed(actor, row))
    again = answered(actor, submission)
    return Held(row, actor, post_of(actor), None if again is None else again.answer)


def hold_finding(
    actor: Actor,
    finding: UUID,
    allowed: Callable[[Actor, Finding, Inspection], Verdict],
    submission: Submission | None,
) -> HeldFinding:
    """Lock a finding with its inspection within the caller's transaction. Raises `Missing` and `Refused`."""
    seen = Finding.objects.filter(visible_to(actor), id=finding).values_list("inspection_id", flat=True).first()
    if seen is None:
        raise Missing(_("There is no such finding, or your post may not see it."))
    inspection = Inspection.objects.select_for_update().get(id=seen)
    row = Finding.objects.get(id=finding)
    actor = acting(actor, allowed(actor, row, inspection))
    again = answered(actor, submission)
    return HeldFinding(row, inspection, actor, post_of(actor), None if again is None else again.answer)


def in_state(row: Inspection, *states: InspectionState) -> None:
    """Raise `Conflict` unless the inspection stands at one of the states."""
    if row.state not in states:
        raise Conflict(stands_at(row))


def conclusion_of(row: Inspection) -> UUID:
    """Return the decision that is the conclusion of an inspection. Raises `Conflict` before there is one."""
    if row.decision_id is None:
        raise Conflict(stands_at(row))
    return row.decision_id


def open_finding(row: Finding) -> None:
    """Raise `Conflict` unless the finding is open."""
    if row.state != FindingState.OPEN:
        word = labels.FINDING_STATES[FindingState(row.state)]
        raise Conflict(_("The finding stands at “{state}”; this cannot be done any more.").format(state=word))


def stands_at(row: Inspection) -> str:
    """Return what is said where the state of an inspection does not allow something."""
    word = labels.STATES[InspectionState(row.state)]
    return _("The inspection stands at “{state}”; this cannot be done now.").format(state=word)


def placed(row: Inspection) -> dict[str, object]:
    """Return the columns that a row of an inspection shares with it; its units are those that inspect."""
    return {
        "world": row.world,
        "units": [row.unit_id],
        "classification": row.classification,
        "event_id": row.event_id,
    }
