"""An officer decides about an alert: an incident arises from it, or nothing does."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.interop import facts, policies
from thammuu.interop.models import Alert
from thammuu.interop.rules import State
from thammuu.journal.recording import Recorded, Submission, answered, record
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.org.policies import visible_to


def dismiss_alert(
    *, actor: Actor, now: datetime, alert: UUID, reason: str, submission: Submission | None = None
) -> Recorded:
    """Put an alert aside. Raises `BadInput` without a reason, `Refused` where it is over or led to an incident."""
    reason = " ".join(reason.split())
    if not reason:
        raise BadInput("reason", _("Say why nothing follows from the alert."))
    with transaction.atomic():
        row = locked(actor, alert)
        if (before := answered(actor, submission)) is not None:
            return before
        require(policies.may_dismiss(actor, row))
        row.state, row.reason = State.DISMISSED, reason
        row.save(update_fields=["state", "reason"])
        return record(
            facts.AlertDismissed(subject_id=row.id, state=row.state, reason=reason, headline=row.headline),
            actor=actor,
            at=now,
            now=now,
            units=row.units,
            submission=submission,
        )


def locked(actor: Actor, alert: UUID) -> Alert:
    """The alert, locked until the transaction ends. Raises `Missing` where the actor may not see it."""
    row = Alert.objects.select_for_update().filter(visible_to(actor), id=alert).first()
    if row is None:
        raise Missing(_("This alert does not exist, or not for you."))
    return row
