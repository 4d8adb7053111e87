"""An order for the tests: of the ministry's watch to Hà Nội, unless another is said."""

from datetime import datetime
from typing import Any
from uuid import UUID

from tests.ground import Organisation
from thammuu.journal.models import Entry
from thammuu.kernel.actor import Actor
from thammuu.watch.orders import actions
from thammuu.watch.orders.models import Order, OrderAddressee
from thammuu.watch.orders.receivers import Addressee


def give(organisation: Organisation, now: datetime, actor: Actor | None = None, **said: Any) -> Order:
    usual: dict[str, Any] = {"text": "Chốt cổng số 2", "to": [Addressee(organisation.hanoi)], "urgency": "urgent"}
    recorded = actions.give_order(
        actor=actor or organisation.duty, now=now, draft=actions.Draft(**{**usual, **said})
    )  # fmt: skip
    return Order.objects.get(id=recorded.answer)


def addressee_of(order: Order, unit: UUID | None = None) -> OrderAddressee:
    rows = order.addressees.select_related("order")
    return rows.get(unit_id=unit) if unit else rows.get()


def told(order: Order) -> list[str]:
    """The kinds of facts told of the order and its addressees, in the order told."""
    subjects = [order.id, *order.addressees.values_list("id", flat=True)]
    found = Entry.objects.filter(subject_id__in=subjects).order_by("sequence")
    return [kind.removeprefix("watch.order_") for kind in found.values_list("kind", flat=True)]
