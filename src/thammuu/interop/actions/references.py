"""What an Update or a Cancel does to the messages that it names, in whatever order they arrive.

Only the sender of a message may change it, and only like changes like: an exercise cancels no real alert.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from thammuu.interop import facts
from thammuu.interop.cap import Alert as Message
from thammuu.interop.cap import Fault
from thammuu.interop.cap.faults import fault
from thammuu.interop.cap.message import Reference
from thammuu.interop.models import Alert
from thammuu.interop.rules import State, reference_key, refers_to
from thammuu.journal.facts import Link
from thammuu.journal.recording import record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor

CHANGING = frozenset({"Update", "Cancel"})


@dataclass
class Settled:
    """What a message did: the incidents of those it named, and the references that it may not follow."""

    incidents: list[UUID] = field(default_factory=list)
    ignored: list[Fault] = field(default_factory=list)


def settle(row: Alert, message: Message, *, actor: Actor, now: datetime) -> Settled:
    """Let a new, unsaved alert take its place among those that are here, and end those that it replaces."""
    settled = Settled()
    _take_place_of_late_arrival(row)
    if message.message_type not in CHANGING:
        return settled
    for reference in message.references:
        if reference.sender != row.sender:
            settled.ignored.append(fault("reference-sender", "alert/references", value=reference.sender))
            continue
        for target in _named(reference, row):
            if target.mark != row.mark:
                settled.ignored.append(fault("reference-mark", "alert/references", value=target.identifier))
                continue
            # What is over stays as it is; what is not named stands, since an alert may be split in two.
            if target.state not in {State.SUPERSEDED, State.CANCELLED}:
                _replace(target, row, actor=actor, now=now)
            if target.incident_id is not None and target.incident_id not in settled.incidents:
                settled.incidents.append(target.incident_id)
    return settled


def _take_place_of_late_arrival(row: Alert) -> None:
    """Where a later message that replaces or cancels this one came first, this one is over as it arrives."""
    later = _same_sender(row).filter(
        refers_to__contains=[reference_key(row.sender, row.identifier)], message_type__in=CHANGING, mark=row.mark
    )
    for other in later.order_by("-sent", "-received_at"):
        references = [Reference.model_validate(item) for item in other.content["references"]]
        if any(item.sender == row.sender and refers_to(item, row.identifier, row.sent) for item in references):
            _end(row, other)
            return


def _named(reference: Reference, row: Alert) -> list[Alert]:
    """The alerts of this sender that a reference names, locked."""
    found = _same_sender(row).filter(identifier=reference.identifier).select_for_update().order_by("id")
    return [target for target in found if refers_to(reference, target.identifier, target.sent)]


def _replace(target: Alert, row: Alert, *, actor: Actor, now: datetime) -> None:
    _end(target, row)
    target.save(update_fields=["state", "successor"])
    told = facts.AlertCancelled if target.state == State.CANCELLED else facts.AlertSuperseded
    record(
        told(
            subject_id=target.id, state=target.state, successor_id=row.id, headline=target.headline,
            links=(Link(Relation.REFERENCES, Subject.ALERT, row.id),),
        ),
        actor=actor, at=row.sent, now=now, units=target.units,
    )  # fmt: skip


def _end(alert: Alert, by: Alert) -> None:
    alert.state = State.CANCELLED if by.message_type == "Cancel" else State.SUPERSEDED
    alert.successor = by


def _same_sender(row: Alert) -> QuerySet[Alert]:
    return Alert.objects.filter(world=row.world, unit_id=row.unit_id, sender=row.sender)
