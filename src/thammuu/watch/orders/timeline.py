"""The timeline of an order: everything told of it and of its addressees."""

from collections.abc import Sequence
from itertools import groupby

from django.utils import translation

from thammuu.journal import feed
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.watch.live import moment_html
from thammuu.watch.orders.models import Order, OrderAddressee, OrderLink
from thammuu.watch.rows import day_html


def moments_of(
    actor: Actor, order: Order, addressees: Sequence[OrderAddressee], links: Sequence[OrderLink]
) -> list[str]:
    """Return the lines of the timeline as HTML, newest first; whoever sees the order sees all that happened to it."""
    entries = feed.of_subjects([order.id, *(one.id for one in addressees), *(one.id for one in links)])
    with translation.override(actor.language):
        return [
            line
            for day, of_day in groupby(reversed(entries), lambda entry: clock.day_of(entry.recorded_at))
            for line in (day_html(day), *(moment_html(entry, actor.language) for entry in of_day))
        ]
