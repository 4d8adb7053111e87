"""Who may decide, assign, carry out and verify. Who may see is `org.policies.visible_to`."""

from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.models import Assignment, Decision
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Refusal, Verdict
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.policies import may, may_on
from thammuu.org.rules import Permission


def may_decide(actor: Actor, unit: UUID | None, *, event: UUID | None = None, classification: int = 0) -> Verdict:
    """Say whether the actor may decide for the unit."""
    reason = _("Your post does not decide for this unit.")
    return may(actor, Permission.DECIDE, unit, reason, event=event, classification=classification)


def deciding_units(actor: Actor) -> list[UUID]:
    """Return the units for which the actor decides: its own, and those of the posts that lend it the right."""
    known = org.post_units([lent.post for lent in actor.lent])
    units = dict.fromkeys([*([actor.unit] if actor.unit else []), *known])
    return [unit for unit in units if may_decide(actor, unit)]


def may_assign(actor: Actor, issued: Decision | Assignment) -> Verdict:
    """Say whether the actor may issue the assignments of a decision, or extend and withdraw an assignment."""
    return may_on(actor, Permission.ASSIGN, issued, _("Your post does not assign tasks for this unit."))


def may_assign_to(actor: Actor, decision: Decision, receiving_unit: UUID) -> Verdict:
    """Say whether the actor may give the unit a task: only units below one's own take orders."""
    reason = _("Your post does not direct {unit}.").format(unit=org.unit_label(receiving_unit))
    event, level = decision.event_id, decision.classification
    return may(actor, Permission.ASSIGN, receiving_unit, reason, event=event, classification=level)


def may_acknowledge(actor: Actor, assignment: Assignment) -> Verdict:
    """Say whether the actor may acknowledge: the lead unit does."""
    return _may_lead(actor, assignment, _("Only the lead unit acknowledges this assignment."))


def may_refuse(actor: Actor, assignment: Assignment) -> Verdict:
    """Say whether the actor may say that the assignment is not its unit's: the lead unit does."""
    return _may_lead(actor, assignment, _("Only the lead unit refuses this assignment."))


def may_hand_on(actor: Actor, assignment: Assignment) -> Verdict:
    """Say whether the actor may pass the assignment to a unit below the lead one: the lead unit does."""
    return _may_lead(actor, assignment, _("Only the lead unit hands this assignment on."))


def below_lead(assignment: Assignment) -> list[UUID]:
    """Return the units to which the lead unit may hand the assignment on: those that stand below it, in order."""
    known = directory.current()
    return [unit.id for unit in known.in_order(known.below(assignment.lead_unit_id) - {assignment.lead_unit_id})]


def may_execute(actor: Actor, assignment: Assignment) -> Verdict:
    """Say whether the actor may report and hand in: the lead unit and the supporting units do."""
    reason = _("Only the lead unit and the supporting units report and hand in evidence.")
    if not _acting_units(actor, assignment):
        return Refusal(reason)
    unit, event, level = acting_unit(actor, assignment), assignment.event_id, assignment.classification
    return may(actor, Permission.ASSIGNMENT_EXECUTE, unit, reason, event=event, classification=level)


def may_verify(actor: Actor, assignment: Assignment) -> Verdict:
    """Say whether the actor may verify or return evidence and close: the issuing unit does."""
    reason = _("Only the unit that issued this assignment verifies and closes it.")
    return may_on(actor, Permission.ASSIGNMENT_VERIFY, assignment, reason)


def acting_unit(actor: Actor, assignment: Assignment) -> UUID:
    """Return the unit for which an actor who `may_execute` reports: its own if it takes part, else the first."""
    allowed = _acting_units(actor, assignment)
    own = [unit for unit in allowed if unit == actor.unit]
    return [*own, *allowed][0]


def _may_lead(actor: Actor, assignment: Assignment, reason: str) -> Verdict:
    event, level, lead = assignment.event_id, assignment.classification, assignment.lead_unit_id
    return may(actor, Permission.ASSIGNMENT_EXECUTE, lead, reason, event=event, classification=level)


def _acting_units(actor: Actor, assignment: Assignment) -> list[UUID]:
    parts = [assignment.lead_unit_id, *assignment.supporting_units]
    return [unit for unit in parts if _executes(actor, assignment, unit)]


def _executes(actor: Actor, assignment: Assignment, unit: UUID) -> bool:
    event, level = assignment.event_id, assignment.classification
    return actor.may(Permission.ASSIGNMENT_EXECUTE, unit, event=event, classification=level)
