"""A clock that ran out is told once, and raises an order to whoever stands above the addressee."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from thammuu.directives.rules import Urgency
from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Told, record_each
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.ids import new_id
from thammuu.watch.orders import facts, words
from thammuu.watch.orders.actions.answering import clocks_of, of_addressee, taken
from thammuu.watch.orders.actions.giving import addressees_of, next_number, told_of, units_of
from thammuu.watch.orders.models import Order, OrderAddressee
from thammuu.watch.orders.receivers import above
from thammuu.watch.orders.rules import WITHIN, Clock, acknowledge_by, overdue

_LANGUAGE: str = settings.LANGUAGE_CODE
"""What an order that raises itself is written in: everybody of the organisation reads it."""


def note_overdue(*, actor: Actor, now: datetime, addressee: UUID) -> int:
    """Tell the clocks of an addressee that ran out and were not told yet; each raises an order. Return how many.

    What was raised so raises the next one, step by step, up to the unit that gave the first; nobody above that is told.
    """
    with transaction.atomic():
        row = taken(actor, addressee)
        ran_out = [one for one in overdue(clocks_of(row, row.order), now) if not _is_told(row, one)]
        if not ran_out:
            return 0
        told = Told([_note(row, one, now) for one in ran_out], row.units, (), row.event_id, row.classification)
        row.save(update_fields=["acknowledgement_overdue_at", "report_overdue_at"])
        raised = [_raised(row, one, now) for one in ran_out]
        record_each([told, *(one for one in raised if one is not None)], actor=actor, at=now, now=now)
        return len(ran_out)


def _is_told(row: OrderAddressee, one: Clock) -> bool:
    at = row.acknowledgement_overdue_at if one is Clock.ACKNOWLEDGEMENT else row.report_overdue_at
    return at is not None


def _note(row: OrderAddressee, one: Clock, now: datetime) -> Fact:
    if one is Clock.ACKNOWLEDGEMENT:
        row.acknowledgement_overdue_at = now
        return facts.OrderAcknowledgementMissed(**of_addressee(row), acknowledgement_overdue_at=now)
    row.report_overdue_at = now
    return facts.OrderReportMissed(**of_addressee(row), report_overdue_at=now)


def _raised(row: OrderAddressee, one: Clock, now: datetime) -> Told | None:
    """Return the order to whoever stands above; None where that is who gave it."""
    of = row.order
    to = above(row.unit_id, of.unit_id, now)
    if to is None:
        return None
    urgency = max(Urgency(of.urgency), Urgency.URGENT, key=list(Urgency).index)
    order = Order(
        id=new_id(), world=of.world, units=units_of(of.unit_id, [to]), classification=of.classification,
        event_id=of.event_id, number=next_number(), text=_text(row, one), urgency=str(urgency), unit_id=of.unit_id,
        incident_id=of.incident_id, acknowledge_by=acknowledge_by(now, WITHIN[urgency]), given_at=now,
        raised_by_id=row.id, raised_for=str(one),
    )  # fmt: skip
    return told_of(order, addressees_of(order, [to]), [Link(Relation.ARISES_FROM, Subject.ORDER, of.id)])


def _text(row: OrderAddressee, one: Clock) -> str:
    of = row.order
    with translation.override(_LANGUAGE):
        if one is Clock.ACKNOWLEDGEMENT:
            due = of.acknowledge_by
            text = _("{to} has not acknowledged order {number} by {due}. Reach them, and report.")
        else:
            due = of.report_by or of.acknowledge_by
            text = _("{to} has not reported on order {number} by {due}. Reach them, and report how it stands.")
        to = words.addressee(row.unit_id, row.post_id, row.role)
        return text.format(to=to, number=of.number, due=clock.format_instant(due, _LANGUAGE))
