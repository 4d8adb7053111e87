"""Who may write the log, handle incidents and draw on the map."""

from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Refusal, Verdict
from thammuu.org.policies import may
from thammuu.org.rules import Permission
from thammuu.watch.models import Incident, LogEntry


def may_write_log(actor: Actor, unit: UUID) -> Verdict:
    """Say whether the actor may file an entry concerning the unit: it writes for its own unit about one it sees."""
    if not actor.may_somewhere(Permission.LOG_WRITE):
        return Refusal(_("Your post does not write in the duty log."))
    if not actor.scope.covers([unit]):
        return Refusal(_("You may not file entries about this unit."))
    return True


def may_strike(actor: Actor, entry: LogEntry) -> Verdict:
    """Say whether the actor may strike the entry: its own post's, or as a duty officer of the unit."""
    if actor.post is not None and entry.post_id == actor.post:
        return True
    return may(
        actor, Permission.LOG_STRIKE, entry.unit_id, _("Only its author or a duty officer may strike this entry.")
    )


def may_open_incident(actor: Actor, unit: UUID) -> Verdict:
    """Say whether the actor may open an incident of the unit."""
    return may(actor, Permission.INCIDENT_OPEN, unit, _("Your post does not open incidents of this unit."))


def may_handle_incident(actor: Actor, incident: Incident) -> Verdict:
    """Say whether the actor may change the incident's severity, status or place."""
    return may(actor, Permission.INCIDENT_HANDLE, incident.unit_id, _("Your post does not handle this incident."))


def may_close_incident(actor: Actor, incident: Incident) -> Verdict:
    """Say whether the actor may close or reopen the incident."""
    return may(actor, Permission.INCIDENT_CLOSE, incident.unit_id, _("Your post does not close this incident."))


def may_edit_map(actor: Actor, unit: UUID | None) -> Verdict:
    """Say whether the actor may draw on the map of the unit."""
    return may(actor, Permission.MAP_EDIT, unit, _("Your post does not draw on this map."))
