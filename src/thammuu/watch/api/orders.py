"""Orders over the programming interface."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from thammuu.directives.rules import Urgency
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing
from thammuu.org import directory
from thammuu.org.api.asking import (
    FAULTS,
    PAGE,
    Cursor,
    Instant,
    Key,
    Limit,
    LongText,
    Page,
    Words,
    newest_first,
    sending,
    typed,
)
from thammuu.org.api.bearer import Bearer
from thammuu.org.rules import Role
from thammuu.org.web import actor_of
from thammuu.watch.orders import actions, queries
from thammuu.watch.orders.actions import Draft
from thammuu.watch.orders.models import Order
from thammuu.watch.orders.receivers import Addressee, whom
from thammuu.watch.orders.rows import late_of
from thammuu.watch.orders.rules import LONGEST_ACKNOWLEDGEMENT, OrderState

router = Router(tags=["orders"])
READS, WRITES = Bearer("orders:read"), Bearer("orders:write")
Which = Annotated[
    Literal["", "open", "to_acknowledge", "mine", "given", "overdue", "to_control"],
    Query(description="Of the orders you see, those that stand so with one of their addressees; “”: all"),
]


class AddresseeIn(Schema):
    """To whom: a unit, or whoever has a role at it, or a post."""

    unit: UUID | None = Field(None, description="The unit; with a post it may be left out")
    role: Role | None = Field(None, description="Only those who have this role at the unit")
    post: UUID | None = None


class OrderIn(Schema):
    """An order to be given."""

    text: LongText
    to: list[AddresseeIn]
    urgency: Urgency = Urgency.URGENT
    minutes: Annotated[int, Field(ge=1, le=LONGEST_ACKNOWLEDGEMENT)] | None = Field(
        None, description="Within how many minutes it is acknowledged; null: as its urgency asks for"
    )
    report_by: Instant | None = None
    wants_read_back: bool = False
    incident: UUID | None = None


class AddresseeOut(Schema):
    """How an order stands with one addressee."""

    id: UUID
    unit: UUID
    role: str
    post: UUID | None
    state: OrderState
    answered_at: datetime | None
    read_back: str
    read_back_ruling: str = Field(description="“confirmed”, “corrected”, or “” until it is ruled")
    correction: str
    refusal: str
    report: str = Field(description="The last one")
    reported_at: datetime | None
    completed_at: datetime | None
    confirmed_at: datetime | None
    overdue: str = Field(description="“acknowledgement” or “report” while its clock has run out unanswered")


class OrderOut(Schema):
    """An order as it stands. It is never changed: a corrected one supersedes it."""

    id: UUID
    number: int
    text: str
    urgency: Urgency
    unit: UUID = Field(description="The unit that gave it")
    incident: UUID | None
    given_at: datetime
    acknowledge_by: datetime
    report_by: datetime | None
    wants_read_back: bool
    raised_for: str = Field(description="The clock that raised it by itself; “”: an officer gave it")
    ended_at: datetime | None
    end: str
    end_reason: str
    superseded_by: UUID | None
    addressees: list[AddresseeOut]


class AcknowledgementIn(Schema):
    """That the order has arrived, and how it was understood."""

    read_back: LongText = ""


class ReportIn(Schema):
    """How far it is, or how it stands now that it is done."""

    report: LongText
    is_completed: bool = False


def shown(rows: Sequence[Order]) -> list[OrderOut]:
    """Return orders as the interface shows them."""
    found: dict[UUID, list[AddresseeOut]] = {}
    for one in queries.addressees_by_id([row.id for row in rows]):
        found.setdefault(one.order_id, []).append(
            AddresseeOut(
                id=one.id, unit=one.unit_id, role=one.role, post=one.post_id, state=OrderState(one.state),
                answered_at=one.answered_at, read_back=one.read_back, read_back_ruling=one.read_back_ruling,
                correction=one.correction, refusal=one.refusal, report=one.report, reported_at=one.reported_at,
                completed_at=one.completed_at, confirmed_at=one.confirmed_at, overdue=str(late_of(one) or ""),
            )
        )  # fmt: skip
    return [
        OrderOut(
            id=row.id, number=row.number, text=row.text, urgency=Urgency(row.urgency), unit=row.unit_id,
            incident=row.incident_id, given_at=row.given_at, acknowledge_by=row.acknowledge_by,
            report_by=row.report_by, wants_read_back=row.wants_read_back, raised_for=row.raised_for,
            ended_at=row.ended_at, end=row.end, end_reason=row.end_reason, superseded_by=row.superseded_by_id,
            addressees=sorted(found.get(row.id, []), key=lambda one: one.id),
        )
        for row in rows
    ]  # fmt: skip


@router.get("", response={200: Page[OrderOut], **FAULTS}, auth=READS, url_name="orders", summary="List orders")
def orders(
    request: HttpRequest,
    which: Which = "",
    unit: UUID | None = None,
    q: Words = "",
    cursor: Cursor = "",
    limit: Limit = PAGE,
) -> dict[str, object]:
    """The orders that you may see, the newest first; narrowed by the unit that is addressed."""
    filters = queries.Filters(which=which, unit=unit, words=q.strip())
    return newest_first(queries.order_query(actor_of(request), filters, clock.now()), cursor, limit, shown)


@router.post(
    "",
    response={200: OrderOut, 201: OrderOut, **FAULTS},
    auth=WRITES,
    url_name="orders",
    summary="Give an order",
)
def giving(request: HttpRequest, said: OrderIn, key: Key) -> Status[OrderOut]:
    """Give an order to one or several addressees; 200 and the first one if the same sending came before."""
    actor = actor_of(request)
    draft = Draft(
        text=typed("text", said.text),
        to=[_to(one) for one in said.to],
        urgency=said.urgency,
        minutes=said.minutes,
        report_by=said.report_by,
        wants_read_back=said.wants_read_back,
        incident=said.incident,
    )
    recorded = actions.give_order(actor=actor, now=clock.now(), draft=draft, submission=sending(request, key, said))
    return Status(200 if recorded.replayed else 201, _order(actor, recorded.answer))


def _to(said: AddresseeIn) -> Addressee:
    known = directory.current().posts
    unit = said.unit or (known[said.post].unit if said.post in known else None)
    if unit is None:
        raise BadInput("to", _("Say to whom the order goes."))
    return Addressee(unit, said.post, "" if said.role is None or said.post else str(said.role))


@router.get("/{uuid:order}", response={200: OrderOut, **FAULTS}, auth=READS, url_name="order", summary="Read an order")
def order(request: HttpRequest, order: UUID) -> OrderOut:
    """One order as it stands with each of its addressees."""
    return _order(actor_of(request), order)


@router.put(
    "/{uuid:order}/acknowledgement",
    response={200: OrderOut, **FAULTS},
    auth=WRITES,
    url_name="order_acknowledgement",
    summary="Acknowledge an order",
)
def acknowledgement(request: HttpRequest, order: UUID, said: AcknowledgementIn) -> OrderOut:
    """Say that the order has arrived, for each of its addressees that you are. The same again changes nothing."""
    actor, now, words = actor_of(request), clock.now(), typed("read_back", said.read_back)
    for one in _mine(actor, order, now):
        actions.acknowledge_order(actor=actor, now=now, addressee=one, read_back=words)
    return _order(actor, order)


@router.post(
    "/{uuid:order}/reports",
    response={200: OrderOut, 201: OrderOut, **FAULTS},
    auth=WRITES,
    url_name="order_reports",
    summary="Report on an order",
)
def reports(request: HttpRequest, order: UUID, said: ReportIn, key: Key) -> Status[OrderOut]:
    """Say how far it is, or that it is completed; 200 if the same sending came before."""
    actor, now, words = actor_of(request), clock.now(), typed("report", said.report)
    act = actions.complete_order if said.is_completed else actions.report_on_order
    first, *_others = _mine(actor, order, now)
    done = act(actor=actor, now=now, addressee=first, report=words, submission=sending(request, key, said))
    return Status(200 if done is actions.Outcome.KNOWN else 201, _order(actor, order))


def _order(actor: Actor, id: UUID) -> OrderOut:
    row = queries.order(actor, id)
    if row is None:
        raise Missing(_("This order does not exist."))
    return shown([row])[0]


def _mine(actor: Actor, order: UUID, now: datetime) -> list[UUID]:
    """Return the addressees that the actor is; where it is none, all: the action then refuses with the reason."""
    row = queries.order(actor, order)
    if row is None:
        raise Missing(_("This order does not exist."))
    everyone, mine = queries.addressees(row), whom(actor, now)
    own = [one.id for one in everyone if mine.is_addressed(one.unit_id, one.post_id, one.role)]
    return own or [one.id for one in everyone]
