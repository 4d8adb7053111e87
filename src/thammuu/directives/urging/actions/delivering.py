"""Messages with urgings: prepared, begun, and how each attempt ended. Nothing is sent here."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from thammuu.directives.urging import facts
from thammuu.directives.urging.deliveries import MOST_ATTEMPTS, UNDER_WAY, Carriers, DeliveryState, pause_after
from thammuu.directives.urging.models import UrgingAddress, UrgingBrowser, UrgingDelivery
from thammuu.directives.urging.policies import may_set_address
from thammuu.directives.urging.push.subscription import Subscription
from thammuu.directives.urging.rules import Channel
from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Submission, answered, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput
from thammuu.kernel.ids import new_id
from thammuu.org.policies import visible_to

OPEN = (str(DeliveryState.WAITING), str(DeliveryState.UNCERTAIN))


def set_address(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    addresses: Mapping[str, str],
    carriers: Carriers,
    submission: Submission | None = None,
) -> UUID:
    """Say where a unit receives urgings, by channel; "" for not there. Raises `BadInput` for what no channel takes."""
    actor = acting(actor, may_set_address(actor, unit))
    for channel, address in addresses.items():
        if address and (reason := carriers[channel].refusal_of(address)):
            raise BadInput(channel, reason)
    with transaction.atomic():
        row = UrgingAddress.objects.select_for_update().filter(unit=unit).first()
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        mailbox, webhook = addresses.get("mail", ""), addresses.get("webhook", "")
        rows = []
        if row is None:
            row = UrgingAddress(id=new_id(), world=actor.scope.world, units=[unit], unit_id=unit, set_at=now)
            rows = [row]
        row.mailbox, row.webhook, row.set_at = mailbox, webhook, now
        if not rows:
            row.save(update_fields=["mailbox", "webhook", "set_at"])
        told = facts.UrgingAddressSet(subject_id=row.id, **_sets(facts.UrgingAddressSet, row))
        return record(told, actor=actor, at=now, now=now, units=row.units, rows=rows, submission=submission).answer


def prepare_delivery(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    channel: str,
    urgings: Collection[UUID],
    at_once: bool,
    carriers: Carriers,
    browser: UUID | None = None,
) -> UUID:
    """Put urgings into one message to a unit, or to a browser of one of its officers (None: for want of one).

    It fails at once, and says why, where nothing can be sent.
    """
    there, fault = _reached(browser, carriers) if channel == Channel.PUSH else _addressed(unit, channel, carriers)
    row = UrgingDelivery(
        id=new_id(),
        world=actor.scope.world,
        units=[unit],
        unit_id=unit,
        channel=channel,
        address=there,
        browser_id=browser,
        urgings=list(urgings),
        at_once=at_once,
        state=str(DeliveryState.FAILED if fault else DeliveryState.WAITING),
        fault=fault,
        made_at=now,
        next_at=None if fault else now,
        ended_at=now if fault else None,
    )
    links = (Link(Relation.ASSIGNED_TO, Subject.UNIT, unit),)
    told = facts.UrgingDeliveryPrepared(subject_id=row.id, links=links, **_sets(facts.UrgingDeliveryPrepared, row))
    with transaction.atomic():
        return record(told, actor=actor, at=now, now=now, units=row.units, rows=[row]).answer


def begin_delivery(*, actor: Actor, now: datetime, delivery: UUID) -> bool:
    """Note that an attempt begins: whoever dies in it leaves it uncertain. Return whether it is the caller's."""
    with transaction.atomic():
        row = _due(actor, now, delivery)
        if row is None:
            return False
        row.state, row.attempts, row.next_at = str(DeliveryState.UNCERTAIN), row.attempts + 1, now + UNDER_WAY
        row.save(update_fields=["state", "attempts", "next_at"])
        told = facts.UrgingDeliveryBegun(subject_id=row.id, state=row.state, attempts=row.attempts, next_at=row.next_at)
        record(told, actor=actor, at=now, now=now, units=row.units)
    return True


def end_delivery(*, actor: Actor, now: datetime, delivery: UUID, state: DeliveryState, fault: str = "") -> None:
    """Note how an attempt ended: `SENT`, `FAILED` for good, or `WAITING` for the next one, after a pause."""
    with transaction.atomic():
        row = UrgingDelivery.objects.select_for_update().get(visible_to(actor), id=delivery)
        if state is DeliveryState.WAITING and row.attempts >= MOST_ATTEMPTS:
            state = DeliveryState.FAILED
        row.state, row.fault = str(state), fault
        told: Fact
        if state is DeliveryState.WAITING:
            row.next_at = now + pause_after(row.attempts)
            told = facts.UrgingDeliveryPutOff(subject_id=row.id, state=row.state, fault=fault, next_at=row.next_at)
        else:
            row.next_at, row.ended_at = None, now
            kind = facts.UrgingDeliverySent if state is DeliveryState.SENT else facts.UrgingDeliveryFailed
            told = kind(subject_id=row.id, state=row.state, fault=fault, ended_at=now)
        row.save(update_fields=["state", "fault", "next_at", "ended_at"])
        record(told, actor=actor, at=now, now=now, units=row.units)


def _addressed(unit: UUID, channel: str, carriers: Carriers) -> tuple[str, str]:
    """Return the unit's address and why nothing can be sent there."""
    address = UrgingAddress.objects.filter(unit=unit).first()
    there = "" if address is None else address.mailbox if channel == Channel.MAIL else address.webhook
    return there, carriers[channel].refusal_of(there) if there else _("The unit has no address for this channel.")


def _reached(browser: UUID | None, carriers: Carriers) -> tuple[str, str]:
    """Return the host of the browser's push service and why nothing can be sent there."""
    if browser is None:
        return "", _("No officer of the unit who may see this receives urgings in a browser.")
    row = UrgingBrowser.objects.get(id=browser)
    return row.service, carriers[Channel.PUSH].refusal_of(Subscription(row.endpoint, row.p256dh, row.auth).text())


def _due(actor: Actor, now: datetime, id: UUID) -> UrgingDelivery | None:
    found = UrgingDelivery.objects.select_for_update(skip_locked=True)
    return found.filter(visible_to(actor), id=id, state__in=OPEN, next_at__lte=now).first()


def _sets(kind: type[Fact], row: models.Model) -> dict[str, object]:
    return {name: getattr(row, name) for name in kind.model_fields if name not in Fact.model_fields}
