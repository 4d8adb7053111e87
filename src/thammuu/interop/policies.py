"""Who may take alerts in and decide about them. Who may see them: `org.policies.visible_to`, as everywhere."""

from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.interop.models import Alert
from thammuu.interop.rules import IDLE_MARKS, State
from thammuu.interop.words import MARKS, STATES
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Refusal, Verdict
from thammuu.org.policies import may
from thammuu.org.rules import Permission


def may_take_in(actor: Actor, unit: UUID | None) -> Verdict:
    """Say whether the actor may hand alerts to this unit."""
    return may(actor, Permission.ALERT_HANDLE, unit, _("Your post does not handle alerts at this unit."))


def may_accept(actor: Actor, alert: Alert) -> Verdict:
    """Say whether the actor may make an incident of this alert; an exercise makes one that is marked as such."""
    allowed = may_take_in(actor, alert.unit_id)
    if not allowed:
        return allowed
    if alert.mark in IDLE_MARKS:
        return Refusal(
            _("This message is marked {mark}: no incident is opened from it.").format(mark=MARKS[alert.mark])
        )
    if alert.state not in {State.DRAFT, State.NOTICE}:
        return Refusal(_("The alert is not open for a decision: {state}.").format(state=STATES[alert.state]))
    if alert.message_type not in {"Alert", "Update"}:
        return Refusal(_("No incident is opened from an acknowledgement, an error report or a cancellation."))
    return allowed


def may_dismiss(actor: Actor, alert: Alert) -> Verdict:
    """Say whether the actor may put this alert aside."""
    allowed = may_take_in(actor, alert.unit_id)
    if not allowed:
        return allowed
    if alert.state not in {State.DRAFT, State.NOTICE}:
        return Refusal(_("The alert is not open for a decision: {state}.").format(state=STATES[alert.state]))
    return allowed
