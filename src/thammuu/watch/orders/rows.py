"""How an order stands with an addressee, as a row in the language in force."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.labels import URGENCIES
from thammuu.directives.rules import Urgency
from thammuu.journal.redaction.words import said
from thammuu.org import queries as org
from thammuu.watch.orders import words
from thammuu.watch.orders.models import OrderAddressee
from thammuu.watch.orders.rules import OPEN, TONES, Clock, End, OrderState


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One addressee of an order. `clock` is what runs now, None if none does; `late` names the clock that ran out."""

    id: UUID
    order: UUID
    number: int
    text: str
    to: str
    given_by: str
    state: OrderState
    word: str
    tone: str
    urgency: str
    urgency_tone: str
    clock: datetime | None
    classification: int
    ended: bool
    late: str
    sort: str


def rows_of(found: Iterable[OrderAddressee]) -> list[OrderRow]:
    """Return the rows, in the order given."""
    return [row_of(one) for one in found]


def row_of(row: OrderAddressee) -> OrderRow:
    """Return a row; `row.order` is there already."""
    order, state = row.order, OrderState(row.state)
    late = late_of(row)
    ended = order.ended_at is not None
    word = words.ENDS[End(order.end)] if ended else words.OVERDUE[late] if late else words.STATES[state]
    urgency = Urgency(order.urgency)
    return OrderRow(
        id=row.id,
        order=order.id,
        number=order.number,
        text=str(said(order.text)),
        to=words.addressee(row.unit_id, row.post_id, row.role),
        given_by=giver(order.unit_id, order.post_id, order.behalf_id),
        state=state,
        word=str(word),
        tone="off" if ended else "serious" if late else TONES[state],
        urgency="" if urgency is Urgency.NORMAL else str(URGENCIES[urgency]),
        urgency_tone="serious" if urgency is Urgency.IMMEDIATE else "caution",
        clock=_running(row),
        classification=row.classification,
        ended=ended,
        late=str(late or ""),
        sort=str(row.id),
    )


def late_of(row: OrderAddressee) -> Clock | None:
    """Return the clock that ran out and was not answered since; None if all is well."""
    if row.order.ended_at is not None or row.state not in OPEN:
        return None
    if row.acknowledgement_overdue_at is not None and row.answered_at is None:
        return Clock.ACKNOWLEDGEMENT
    if row.report_overdue_at is not None and row.reported_at is None:
        return Clock.REPORT
    return None


def giver(unit: UUID, post: UUID | None, behalf: UUID | None) -> str:
    """Return who gave an order; what raised itself says so."""
    if post is None:
        return _("raised by itself, {unit}").format(unit=org.unit_label(unit))
    return org.author_label(post, behalf)


def _running(row: OrderAddressee) -> datetime | None:
    if row.order.ended_at is not None or row.state not in OPEN:
        return None
    if row.answered_at is None:
        return row.order.acknowledge_by
    return row.order.report_by if row.reported_at is None else None
