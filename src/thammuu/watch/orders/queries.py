"""Reads of orders, every one of them filtered by `visible_to`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import F, Q, QuerySet

from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.org.rules import Permission
from thammuu.watch.orders.models import Order, OrderAddressee, OrderLink
from thammuu.watch.orders.receivers import whom
from thammuu.watch.orders.rules import OPEN, OrderState, ReadBack

Which = Literal["", "open", "to_acknowledge", "mine", "given", "overdue", "to_control"]
WHICH: tuple[Which, ...] = ("open", "to_acknowledge", "mine", "given", "to_control", "overdue", "")

_STANDS = Q(order__ended_at=None)
_OPEN = _STANDS & Q(state__in=[str(state) for state in OPEN])
OVERDUE = _OPEN & (
    Q(acknowledgement_overdue_at__isnull=False, answered_at=None) | Q(report_overdue_at__isnull=False, reported_at=None)
)
"""A clock ran out, and there is no answer yet."""
_TO_READ_BACK = Q(read_back_ruling=str(ReadBack.CORRECTED))
_TO_ACKNOWLEDGE = _STANDS & (Q(state=str(OrderState.GIVEN)) | (_OPEN & _TO_READ_BACK))
_TO_RULE = _OPEN & Q(order__wants_read_back=True, read_back_ruling="") & ~Q(read_back="")
TO_CONTROL = OVERDUE | _TO_RULE | (_STANDS & Q(state__in=[str(OrderState.REFUSED), str(OrderState.COMPLETED)]))
"""The next step is with whoever gave the order."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of orders is narrowed to; empty values narrow nothing."""

    which: Which = ""
    unit: UUID | None = None
    words: str = ""


def addressee_query(actor: Actor, filters: Filters, now: datetime) -> QuerySet[OrderAddressee]:
    """Return how orders stand with their addressees, as far as the actor sees them, the newest first."""
    found = OrderAddressee.objects.filter(visible_to(actor), _narrowed(actor, filters.which, now))
    if filters.unit:
        found = found.filter(unit_id__in=directory.current().stands_for(filters.unit))
    if filters.words:
        number = filters.words.lstrip("#")
        wanted = Q(order__text__icontains=filters.words)
        found = found.filter(wanted | Q(order__number=int(number)) if _is_number(number) else wanted)
    return found.select_related("order").order_by("-order__number", "id")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _narrowed(actor: Actor, which: Which, now: datetime) -> Q:
    match which:
        case "open":
            return _OPEN
        case "to_acknowledge":
            return _TO_ACKNOWLEDGE & whom(actor, now).filter()
        case "mine":
            return whom(actor, now).filter()
        case "given":
            return _given_by(actor)
        case "to_control":
            return TO_CONTROL & _given_by(actor)
        case "overdue":
            return OVERDUE
        case "":
            return Q()


def _given_by(actor: Actor) -> Q:
    """Return the filter for orders of the actor's floor: of its post, and of its unit where it gives orders itself."""
    own = Q(order__post_id=actor.post) if actor.post else Q(pk__in=())
    if actor.unit is None or not actor.may(Permission.ORDER_GIVE, actor.unit):
        return own
    return own | Q(order__unit_id__in=directory.current().stands_for(actor.unit))


def order_query(actor: Actor, filters: Filters, now: datetime) -> QuerySet[Order]:
    """Return the orders behind `addressee_query`, each once."""
    return Order.objects.filter(id__in=addressee_query(actor, filters, now).order_by().values("order_id"))


def to_acknowledge(actor: Actor, now: datetime) -> list[OrderAddressee]:
    """Return what waits for the actor's acknowledgement, the most urgent clock first."""
    found = addressee_query(actor, Filters("to_acknowledge"), now)
    return list(found.order_by("order__acknowledge_by", "id"))


def under_way(actor: Actor, now: datetime) -> list[OrderAddressee]:
    """Return what the actor has acknowledged and not completed, what is to be reported first."""
    found = addressee_query(actor, Filters("mine"), now).filter(_OPEN).exclude(_TO_ACKNOWLEDGE)
    return list(found.order_by(F("order__report_by").asc(nulls_last=True), "id"))


def to_control(actor: Actor, now: datetime) -> list[OrderAddressee]:
    """Return what waits for the floor that gave it: overdue, refused, read back, completed."""
    return list(addressee_query(actor, Filters("to_control"), now)[:100])


def overdue(actor: Actor, now: datetime) -> list[OrderAddressee]:
    """Return what is overdue, the newest first."""
    return list(addressee_query(actor, Filters("overdue"), now)[:100])


def of_incident(actor: Actor, incident: UUID) -> list[OrderAddressee]:
    """Return the orders of an incident, the newest first."""
    found = OrderAddressee.objects.filter(visible_to(actor), order__incident_id=incident)
    return list(found.select_related("order").order_by("-order__number", "id"))


def order(actor: Actor, id: UUID) -> Order | None:
    """Return one order, None if the actor may not see it."""
    return Order.objects.filter(visible_to(actor), id=id).first()


def addressee(actor: Actor, id: UUID) -> OrderAddressee | None:
    """Return how an order stands with one addressee, None if the actor may not see it."""
    return OrderAddressee.objects.select_related("order").filter(visible_to(actor), id=id).first()


def addressees(order: Order) -> list[OrderAddressee]:
    """Return the addressees of an order that is seen."""
    return list(order.addressees.select_related("order").order_by("id"))


def addressees_by_id(ids: Collection[UUID]) -> list[OrderAddressee]:
    """Return addressees of these ids, or of orders of these ids, whoever may see them: for the feed."""
    found = OrderAddressee.objects.filter(Q(id__in=ids) | Q(order_id__in=ids))
    return list(found.select_related("order"))


def numbers(ids: Collection[UUID | None]) -> dict[UUID, int]:
    """Return the numbers of orders, by id."""
    return dict(Order.objects.filter(id__in=[id for id in ids if id]).values_list("id", "number"))


def order_of(addressee: UUID) -> Order | None:
    """Return the order of an addressee, whoever may see it."""
    row = OrderAddressee.objects.select_related("order").filter(id=addressee).first()
    return row.order if row else None


def raised_by(actor: Actor, addressees: Collection[UUID]) -> list[Order]:
    """Return the orders that clocks of these addressees raised, as far as the actor sees them."""
    found = Order.objects.filter(visible_to(actor), raised_by_id__in=addressees)
    return list(found.order_by("number"))


def links_of(addressees: Collection[OrderAddressee]) -> list[OrderLink]:
    """Return every link there was to addressees that are seen, the newest last."""
    return list(OrderLink.objects.filter(addressee__in=addressees).order_by("id"))
