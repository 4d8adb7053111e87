"""How an order shows itself in threads, search and my work."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils import translation

from thammuu.directives.labels import URGENCIES
from thammuu.directives.rules import Urgency
from thammuu.journal.presentation import Card
from thammuu.journal.redaction.words import said
from thammuu.kernel.actor import Scope
from thammuu.org.policies import visible_in
from thammuu.watch.orders import words
from thammuu.watch.orders.models import Order
from thammuu.watch.orders.rows import late_of
from thammuu.watch.orders.rules import End, OrderState


def order_cards(scope: Scope, ids: Collection[UUID], language: str) -> Mapping[UUID, Card]:
    """Return the cards of those orders that the scope covers."""
    found = Order.objects.filter(visible_in(scope), id__in=ids).prefetch_related("addressees__order")
    with translation.override(language):
        return {row.id: _card(row) for row in found}


def _card(row: Order) -> Card:
    addressees = list(row.addressees.all())
    done = all(one.state == OrderState.CONFIRMED for one in addressees)
    late = next((late for one in addressees if (late := late_of(one))), None)
    state = str(URGENCIES[Urgency(row.urgency)])
    if row.end:
        state = str(words.ENDS[End(row.end)])
    elif late:
        state = str(words.OVERDUE[late])
    elif done:
        state = str(words.STATES[OrderState.CONFIRMED])
    return Card(
        title=f"{words.number_of(row.number)}: {said(row.text)}",
        state=state,
        tone="off" if row.end or done else "serious" if late else "normal",
        url=f"/orders/{row.id}/",
        at=row.given_at,
        unit=row.unit_id,
    )
