"""What the facts of orders change on open pages."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation

from thammuu.journal.feed import FeedEntry
from thammuu.journal.presentation import Fragment, fragments
from thammuu.watch.live import moment_html, sort_of_moment
from thammuu.watch.orders import queries
from thammuu.watch.orders.models import Order
from thammuu.watch.orders.rows import OrderRow, row_of


@fragments("watch.order_")
def render(entries: Sequence[FeedEntry], language: str) -> Mapping[UUID, Sequence[Fragment]]:
    """Return, for each entry, the rows of the addressees that it changed, and its line in the timelines."""
    found: dict[UUID, list[Fragment]] = {}
    with translation.override(language):
        known = queries.addressees_by_id({entry.subject_id for entry in entries})
        shown = {row.id: _row(row_of(row)) for row in known}
        for entry in entries:
            concerned = [row for row in known if entry.subject_id in (row.id, row.order_id)]
            pieces = [piece for row in concerned for piece in shown[row.id]]
            orders: dict[UUID, Order] = {row.order_id: row.order for row in concerned}
            html, sort = moment_html(entry, language), sort_of_moment(entry)
            places = {place for order in orders.values() for place in (order.id, order.incident_id) if place}
            pieces.extend(Fragment(f"timeline-{place}", f"entry-{entry.id}", html, sort) for place in sorted(places))
            found[entry.id] = pieces
    return found


def _row(row: OrderRow) -> list[Fragment]:
    html = row_html(row)
    return [
        Fragment("orders", f"order-{row.id}", html, row.sort),
        Fragment("orders-overdue", f"order-{row.id}", html if row.late else "", row.sort),
    ]


def row_html(row: OrderRow) -> str:
    """Return the row as HTML, in the language in force."""
    return render_to_string("watch/orders/row.html", {"row": row})
