"""Who may write the log, handle incidents and draw on the map."""

from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.kernel.actor import NOTHING, Actor
from thammuu.kernel.errors import Refusal, Verdict
from thammuu.org.policies import may, may_on, too_high
from thammuu.org.rules import Permission
from thammuu.watch.models import Incident, LogEntry
from thammuu.watch.queries import LogRow


def may_write_log(actor: Actor, unit: UUID, *, event: UUID | None = None, classification: int = 0) -> Verdict:
    """Say whether the actor may file an entry concerning the unit: it writes for its own unit about one it sees."""
    held = actor.permits.get(Permission.LOG_WRITE)
    if held is None:
        return Refusal(_("Your post does not write in the duty log."))
    ceiling = held.ceiling(None, event)
    if ceiling < 0:
        return Refusal(_("Your post writes in the duty log of an event only; say which."))
    seen = actor.permits.get(Permission.VIEW, NOTHING)
    if not seen.covers([unit], seen.world, 0, event):
        return Refusal(_("You may not file entries about this unit."))
    if classification > ceiling:
        return too_high(actor, Permission.LOG_WRITE, None, event)
    written = actor.by(Permission.LOG_WRITE, lambda right: right.ceiling(None, event) >= classification)
    if written is not True:
        return written
    return actor.by(Permission.VIEW, lambda right: right.covers([unit], seen.world, 0, event))


def may_write_in(actor: Actor, incident: Incident) -> Verdict:
    """Say whether the actor may write in the log of an incident that it sees: not if it was only opened to read."""
    seen = actor.permits.get(Permission.VIEW, NOTHING)
    of = (incident.units, incident.world, incident.classification, incident.event_id)
    if seen.covers(*of):
        return actor.by(Permission.VIEW, lambda right: right.covers(*of))
    return Refusal(_("What was opened in an emergency is only read."))


def may_strike(actor: Actor, entry: LogEntry | LogRow) -> Verdict:
    """Say whether the actor may strike the entry: its own post's, or as a duty officer of the unit."""
    if actor.post is not None and entry.post_id == actor.post:
        return True
    return may_on(actor, Permission.LOG_STRIKE, entry, _("Only its author or a duty officer may strike this entry."))


def may_open_incident(actor: Actor, unit: UUID, *, event: UUID | None = None, classification: int = 0) -> Verdict:
    """Say whether the actor may open an incident of the unit."""
    reason = _("Your post does not open incidents of this unit.")
    return may(actor, Permission.INCIDENT_OPEN, unit, reason, event=event, classification=classification)


def may_handle_incident(actor: Actor, incident: Incident) -> Verdict:
    """Say whether the actor may change the incident's severity, status or place."""
    return may_on(actor, Permission.INCIDENT_HANDLE, incident, _("Your post does not handle this incident."))


def may_close_incident(actor: Actor, incident: Incident) -> Verdict:
    """Say whether the actor may close or reopen the incident."""
    return may_on(actor, Permission.INCIDENT_CLOSE, incident, _("Your post does not close this incident."))


def may_edit_map(actor: Actor, unit: UUID | None) -> Verdict:
    """Say whether the actor may draw on the map of the unit."""
    return may(actor, Permission.MAP_EDIT, unit, _("Your post does not draw on this map."))
