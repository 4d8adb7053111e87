"""Who may plan, carry out, conclude and answer inspections. Who may see them is `org.policies.visible_to`."""

from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.inspection.models import Checklist, Finding, Inspection
from thammuu.directives.policies import deciding_units
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Refused, Verdict
from thammuu.org import directory
from thammuu.org.directory import UnitRow
from thammuu.org.policies import may, may_on
from thammuu.org.rules import Permission


def may_plan(actor: Actor, unit: UUID | None, *, event: UUID | None = None, classification: int = 0) -> Verdict:
    """Say whether the actor may plan inspections of the unit and keep its checklists: who assigns or decides for it."""
    reason = _("Your post plans no inspections of this unit.")
    assigns = may(actor, Permission.ASSIGN, unit, reason, event=event, classification=classification)
    return assigns or may(actor, Permission.DECIDE, unit, reason, event=event, classification=classification)


def may_inspect(actor: Actor, inspection: Inspection) -> Verdict:
    """Say whether the actor may carry the inspection out: who assigns or decides for the inspecting unit."""
    reason = _("Only the inspecting unit does this.")
    assigns = may_on(actor, Permission.ASSIGN, inspection, reason)
    return assigns or may_on(actor, Permission.DECIDE, inspection, reason)


def may_conclude(actor: Actor, inspection: Inspection) -> Verdict:
    """Say whether the actor may draw the conclusion: who decides for the inspecting unit."""
    return may_on(actor, Permission.DECIDE, inspection, _("Your post does not decide for this unit."))


def may_state(actor: Actor, finding: Finding) -> Verdict:
    """Say whether the actor may say something to a finding: the inspected unit does."""
    return may_on(actor, Permission.ASSIGNMENT_EXECUTE, finding, _("Only the inspected unit makes a statement."))


def may_keep(actor: Actor, checklist: Checklist) -> Verdict:
    """Say whether the actor may revise a checklist."""
    return may_plan(actor, checklist.unit_id, event=checklist.event_id, classification=checklist.classification)


def post_of(actor: Actor) -> UUID:
    """Return the post in which the actor acts. Raises `Refused` if it holds none."""
    if actor.post is None:
        raise Refused(_("An inspection is worked on by a post, and you hold none today."))
    return actor.post


def plans_somewhere(actor: Actor) -> bool:
    """Say whether the actor plans inspections of any unit."""
    return actor.may_somewhere(Permission.ASSIGN) or actor.may_somewhere(Permission.DECIDE)


def planning_units(actor: Actor) -> list[UUID]:
    """Return the units for which the actor plans, those with units below them first.

    They are its own, the highest that its right reaches, and those it decides for on behalf of another post.
    """
    known = directory.current()
    units_of = actor.units_of(Permission.ASSIGN)
    reach = known.units.keys() if units_of is None else units_of & known.units.keys()
    heads = [unit.id for unit in known.in_order([id for id in reach if known.units[id].parent not in reach])]
    units = dict.fromkeys([*([actor.unit] if actor.unit else []), *heads, *deciding_units(actor)])
    return sorted((unit for unit in units if may_plan(actor, unit)), key=lambda unit: unit not in known.children)


def inspectable(unit: UUID) -> list[UnitRow]:
    """Return the open units that stand below the unit, in Vietnamese order."""
    known = directory.current()
    return known.in_order(known.below(unit) - {unit})
