"""Who registers, passes on and answers incoming documents. Who may see them is `org.policies.visible_to`."""

from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.incoming.models import IncomingDocument
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Refusal, Verdict
from thammuu.org import directory
from thammuu.org.policies import may
from thammuu.org.rules import Permission

_WORKS = (Permission.ASSIGN, Permission.DECIDE, Permission.ASSIGNMENT_EXECUTE)


def may_register(actor: Actor, unit: UUID | None, *, event: UUID | None = None, classification: int = 0) -> Verdict:
    """Say whether the actor may register what comes to the unit: who assigns, decides or carries out for it."""
    return _works(actor, unit, event, classification, _("Your post registers no documents of this unit."))


def may_keep(actor: Actor, row: IncomingDocument) -> Verdict:
    """Say whether the actor may correct it, add to it, pass it on, reopen it: who registers for the receiving unit."""
    reason = _("Only the unit that received this document does this.")
    return _works(actor, row.unit_id, row.event_id, row.classification, reason)


def may_pass_to(row: IncomingDocument, unit: UUID) -> Verdict:
    """Say whether it may go to the unit: the receiving one itself and what stands below it."""
    known = directory.current()
    if unit in known.units and unit in known.below(row.unit_id):
        return True
    return Refusal(_("A document is passed on within the unit that received it and the units below it."))


def may_take(actor: Actor, row: IncomingDocument) -> Verdict:
    """Say whether the actor may acknowledge: who works for the unit that it was passed on to."""
    reason = _("Only the unit that the document was passed on to does this.")
    return (
        _works(actor, row.lead_unit_id, row.event_id, row.classification, reason)
        if row.lead_unit_id
        else Refusal(reason)
    )


def may_deal(actor: Actor, row: IncomingDocument) -> Verdict:
    """Say whether the actor may answer, settle and trace: the unit that deals with it and the one that received it."""
    return may_take(actor, row) or may_keep(actor, row)


def may_assign_from(actor: Actor, row: IncomingDocument) -> Verdict:
    """Say whether the actor may assign tasks from its text: who assigns for the unit that received it or deals with it.

    It is judged for the actor's own unit first.
    """
    reason = _("Only the unit that received this document, or that deals with it, assigns tasks from it.")
    verdict: Verdict = Refusal(reason)
    for unit in _assigning(actor, row):
        verdict = may(actor, Permission.ASSIGN, unit, reason, event=row.event_id, classification=row.classification)
        if verdict:
            return verdict
    return verdict


def assigning_unit(actor: Actor, row: IncomingDocument) -> UUID | None:
    """Return the unit for which the actor assigns tasks from the document; None for who may not."""
    event, level = row.event_id, row.classification
    units = _assigning(actor, row)
    return next((one for one in units if actor.may(Permission.ASSIGN, one, event=event, classification=level)), None)


def _assigning(actor: Actor, row: IncomingDocument) -> list[UUID]:
    units = [row.unit_id, *([row.lead_unit_id] if row.lead_unit_id else [])]
    return sorted(units, key=lambda unit: unit != actor.unit)


def registering_units(actor: Actor) -> list[UUID]:
    """Return the units for which the actor registers: its own, and the highest ones that its rights reach."""
    known = directory.current()
    reach: set[UUID] = set()
    for permission in _WORKS:
        held = actor.units_of(permission)
        reach |= known.units.keys() if held is None else held & known.units.keys()
    heads = known.in_order({id for id in reach if known.units[id].parent not in reach})
    units = dict.fromkeys([*([actor.unit] if actor.unit else []), *(unit.id for unit in heads)])
    return [unit for unit in units if may_register(actor, unit)]


def _works(actor: Actor, unit: UUID | None, event: UUID | None, classification: int, reason: str) -> Verdict:
    verdict: Verdict = Refusal(reason)
    for permission in _WORKS:
        verdict = may(actor, permission, unit, reason, event=event, classification=classification)
        if verdict:
            return verdict
    return verdict
