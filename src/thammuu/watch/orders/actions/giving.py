"""Orders are given, by an officer or by a clock that ran out, and corrected by another order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from thammuu.directives.rules import Urgency
from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Recorded, Submission, Told, answered, record_each
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing, Refused, require
from thammuu.kernel.ids import new_id
from thammuu.org.facts import values_of
from thammuu.org.policies import visible_to
from thammuu.watch.models import Incident, LogEntry
from thammuu.watch.orders import facts, policies
from thammuu.watch.orders.models import Order, OrderAddressee
from thammuu.watch.orders.receivers import Addressee, checked
from thammuu.watch.orders.rules import (
    LONGEST_ACKNOWLEDGEMENT,
    MOST_ADDRESSEES,
    TEXT_LIMIT,
    WITHIN,
    End,
    OrderState,
    acknowledge_by,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an order says. `minutes`: within how many it is acknowledged; None: what its urgency asks for."""

    text: str
    to: Sequence[Addressee]
    urgency: str = Urgency.NORMAL
    minutes: int | None = None
    report_by: datetime | None = None
    wants_read_back: bool = False
    incident: UUID | None = None
    log_entry: UUID | None = None
    event: UUID | None = None
    classification: int = 0


def give_order(*, actor: Actor, now: datetime, draft: Draft, submission: Submission | None = None) -> Recorded:
    """Give one order to one or several addressees; in an incident it has at least that one's level, and its event.

    Raises `BadInput`, `Missing` for an incident or a log entry that the actor does not see, and `Refused`.
    """
    actor, row, addressees, links = _prepared(actor, now, draft)
    with transaction.atomic():
        return _recorded(actor, now, [told_of(row, addressees, links)], submission)


def correct_order(
    *, actor: Actor, now: datetime, order: UUID, draft: Draft, submission: Submission | None = None
) -> Recorded:
    """Give an order in the place of another one, which stands struck and holds no more.

    Where another officer corrected or withdrew it meanwhile, this one's order is given all the same. Raises as
    `give_order` does, and `Missing`.
    """
    with transaction.atomic():
        old = Order.objects.select_for_update().filter(visible_to(actor), id=order).first()
        if old is None:
            raise Missing(_("This order does not exist."))
        actor = acting(actor, policies.may_control(actor, old))
        first = answered(actor, submission)
        if first is not None:
            return first
        actor, row, addressees, links = _prepared(actor, now, draft)
        row.supersedes_id = old.id
        links = [*links, Link(Relation.SUPERSEDES, Subject.ORDER, old.id)]
        old.superseded_by_id, old.end = row.id, str(End.SUPERSEDED)
        old.ended_at = old.ended_at or now
        old.save(update_fields=["superseded_by_id", "end", "ended_at"])
        superseded = facts.OrderSuperseded(
            subject_id=old.id, ended_at=old.ended_at, end=old.end, superseded_by_id=row.id, number=old.number,
            by=row.number,
        )  # fmt: skip
        before = Told([superseded], old.units, (), old.event_id, old.classification)
        return _recorded(actor, now, [told_of(row, addressees, links), before], submission)


def _prepared(actor: Actor, now: datetime, draft: Draft) -> tuple[Actor, Order, list[OrderAddressee], list[Link]]:
    """Return who acts, the order and its addressees, not stored yet, and what the order arises from."""
    require(policies.may_give_orders(actor))
    text = draft.text.strip()
    _check(text, draft, now)
    to = checked(draft.to, now)
    incident, entry = _incident(actor, draft.incident), _log_entry(actor, draft.log_entry)
    level = max([draft.classification, *(row.classification for row in (incident, entry) if row is not None)])
    event = draft.event or (incident.event_id if incident else None)
    for unit in dict.fromkeys(one.unit for one in to):
        actor = acting(actor, policies.may_give_order(actor, unit, event=event, classification=level))
    if actor.unit is None:
        raise Refused(_("Your account holds no post today, so it gives no orders."))
    minutes = draft.minutes or WITHIN[Urgency(draft.urgency)]
    row = Order(
        id=new_id(), world=actor.scope.world, classification=level, event_id=event, number=next_number(), text=text,
        urgency=str(draft.urgency), unit_id=actor.unit, post_id=actor.post, behalf_id=actor.behalf,
        incident_id=draft.incident, acknowledge_by=acknowledge_by(now, minutes), report_by=draft.report_by,
        wants_read_back=draft.wants_read_back, given_at=now, units=units_of(actor.unit, to),
    )  # fmt: skip
    links = [Link(Relation.ARISES_FROM, Subject.INCIDENT, incident.id)] if incident else []
    if entry is not None:
        links.append(Link(Relation.ARISES_FROM, Subject.LOG_ENTRY, entry.id))
    return actor, row, addressees_of(row, to), links


def _check(text: str, draft: Draft, now: datetime) -> None:
    if not text:
        raise BadInput("text", _("An order needs words."))
    if len(text) > TEXT_LIMIT:
        raise BadInput("text", _("An order has at most {limit} characters.").format(limit=TEXT_LIMIT))
    if draft.urgency not in set(Urgency):
        raise BadInput("urgency", _("There is no such degree of urgency."))
    if draft.minutes is not None and not 1 <= draft.minutes <= LONGEST_ACKNOWLEDGEMENT:
        most = _("An order is acknowledged within 1 to {most} minutes.")
        raise BadInput("minutes", most.format(most=LONGEST_ACKNOWLEDGEMENT))
    if draft.report_by is not None and draft.report_by <= now:
        raise BadInput("report_by", _("The time to report has passed already."))
    if len(draft.to) > MOST_ADDRESSEES:
        most = _("An order goes to at most {most} addressees; give an assignment to more.")
        raise BadInput("units", most.format(most=MOST_ADDRESSEES))


def _incident(actor: Actor, id: UUID | None) -> Incident | None:
    row = Incident.objects.filter(visible_to(actor), id=id).first() if id else None
    if id and row is None:
        raise Missing(_("This incident does not exist."))
    return row


def _log_entry(actor: Actor, id: UUID | None) -> LogEntry | None:
    row = LogEntry.objects.filter(visible_to(actor), id=id).first() if id else None
    if id and row is None:
        raise Missing(_("This log entry does not exist."))
    return row


def next_number() -> int:
    """Return the number of the next order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('watch_order_number')")
        return int(cursor.fetchone()[0])


def units_of(giver: UUID, to: Collection[Addressee]) -> list[UUID]:
    """Return the units whose people see an order: those addressed and the one that gave it."""
    return sorted({giver, *(one.unit for one in to)})


def addressees_of(row: Order, to: Collection[Addressee]) -> list[OrderAddressee]:
    """Return the addressees' rows of an order, not stored yet."""
    return [
        OrderAddressee(
            id=new_id(), world=row.world, units=row.units, classification=row.classification, event_id=row.event_id,
            order_id=row.id, unit_id=one.unit, post_id=one.post, role=one.role, state=str(OrderState.GIVEN),
        )
        for one in to
    ]  # fmt: skip


def given_fact(row: Order, links: Sequence[Link]) -> facts.OrderGiven:
    """Return what tells of the order."""
    return facts.OrderGiven(subject_id=row.id, links=tuple(links), **values_of(facts.OrderGiven, row))


def addressed_fact(order: Order, row: OrderAddressee) -> facts.OrderAddressed:
    """Return what tells that the order goes to this addressee."""
    links = [
        Link(Relation.CONCERNS, Subject.ORDER, order.id),
        Link(Relation.ASSIGNED_TO, Subject.UNIT, row.unit_id),
    ]
    return facts.OrderAddressed(
        subject_id=row.id, links=tuple(links), number=order.number, to_unit=row.unit_id, to_post=row.post_id,
        to_role=row.role, **values_of(facts.OrderAddressed, row),
    )  # fmt: skip


def _recorded(actor: Actor, now: datetime, told: Sequence[Told], submission: Submission | None) -> Recorded:
    recorded = record_each(told, actor=actor, at=now, now=now, submission=submission)
    if recorded.replayed:
        # The same was sent by another connection meanwhile: what this one changed must not stay.
        transaction.set_rollback(True)
    return recorded


def told_of(row: Order, addressees: Sequence[OrderAddressee], links: Sequence[Link]) -> Told:
    """Return what tells of a new order, for those who see it, with its rows."""
    told: list[Fact] = [given_fact(row, links), *(addressed_fact(row, one) for one in addressees)]
    return Told(told, row.units, [row, *addressees], row.event_id, row.classification)
