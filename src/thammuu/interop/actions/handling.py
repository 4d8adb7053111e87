"""An officer decides about an alert: an incident arises from it, or nothing does."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.interop import facts, policies
from thammuu.interop.actions.incidents import open_from
from thammuu.interop.cap import Alert as Message
from thammuu.interop.models import Alert
from thammuu.interop.rules import State
from thammuu.journal.facts import Link
from thammuu.journal.recording import Recorded, Submission, answered, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing
from thammuu.org.policies import visible_to
from thammuu.watch import actions as watch
from thammuu.watch.models import Incident
from thammuu.watch.rules import Status


def accept_alert(*, actor: Actor, now: datetime, alert: UUID, submission: Submission | None = None) -> UUID:
    """Take an alert up: its draft becomes an incident, or a notice gets one. Returns the incident.

    Raises `Refused` for a test, for what is over or decided, and for want of authority over alert or incident.
    """
    with transaction.atomic():
        row = locked(actor, alert)
        if answered(actor, submission) is not None and row.incident_id is not None:
            return row.incident_id
        actor = acting(actor, policies.may_accept(actor, row))
        draft = _draft_of(row)
        if draft is not None:
            reason = _("Alert accepted")
            watch.change_status(actor=actor, now=now, incident=draft.id, status=Status.REPORTED, reason=reason)
            incident = draft.id
        else:
            message = Message.model_validate(row.content)
            incident = open_from(row, message, actor=actor, now=now, status=Status.REPORTED)
        _decide(row, State.ACCEPTED, incident=incident)
        told = facts.AlertAccepted(
            subject_id=row.id, state=row.state, incident_id=incident, headline=row.headline,
            links=(Link(Relation.CONCERNS, Subject.INCIDENT, incident),),
        )  # fmt: skip
        record(told, actor=actor, at=now, now=now, units=row.units, submission=submission)
        return incident


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
        actor = acting(actor, policies.may_dismiss(actor, row))
        draft = _draft_of(row)
        if draft is not None:
            watch.close_incident(actor=actor, now=now, incident=draft.id, outcome=reason)
        _decide(row, State.DISMISSED, reason=reason)
        return record(
            facts.AlertDismissed(subject_id=row.id, state=row.state, reason=reason, headline=row.headline),
            actor=actor,
            at=now,
            now=now,
            units=row.units,
            submission=submission,
        )


def follow_incident(*, actor: Actor, now: datetime, incident: UUID, taken_up: bool, reason: str) -> None:
    """Let the draft alerts of an incident go with what officers made of it on the watch floor."""
    with transaction.atomic():
        for row in Alert.objects.select_for_update().filter(incident_id=incident, state=State.DRAFT).order_by("id"):
            told: facts.AlertAccepted | facts.AlertDismissed
            if taken_up:
                _decide(row, State.ACCEPTED, incident=incident)
                told = facts.AlertAccepted(
                    subject_id=row.id, state=row.state, incident_id=incident, headline=row.headline
                )
            else:
                _decide(row, State.DISMISSED, reason=reason)
                told = facts.AlertDismissed(
                    subject_id=row.id, state=row.state, reason=row.reason, headline=row.headline
                )
            record(told, actor=actor, at=now, now=now, units=row.units)


def _draft_of(row: Alert) -> Incident | None:
    """The draft incident of an alert; None where it has none or officers have taken it up."""
    if row.incident_id is None:
        return None
    return Incident.objects.filter(id=row.incident_id, status=Status.DRAFT).first()


def _decide(row: Alert, state: State, *, incident: UUID | None = None, reason: str = "") -> None:
    row.state, row.reason = state, reason
    row.incident_id = incident or row.incident_id
    row.save(update_fields=["state", "reason", "incident_id"])


def locked(actor: Actor, alert: UUID) -> Alert:
    """The alert, locked until the transaction ends. Raises `Missing` where the actor may not see it."""
    row = Alert.objects.select_for_update().filter(visible_to(actor), id=alert).first()
    if row is None:
        raise Missing(_("This alert does not exist, or not for you."))
    return row
