"""Orders as XLSX, one row for each addressee."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from thammuu.directives.labels import URGENCIES
from thammuu.directives.rules import Urgency
from thammuu.kernel.clock import in_zone
from thammuu.org.words import CLASSIFICATION_WORDS
from thammuu.paper.tabular import Cell, Table
from thammuu.paper.workbooks import workbook_of
from thammuu.watch.orders.models import OrderAddressee
from thammuu.watch.orders.rows import row_of


def orders_workbook(found: Iterable[OrderAddressee]) -> bytes:
    """Return how orders stand with their addressees."""
    columns = [
        _("Order"), _("Number"), _("Addressee"), _("Given by"), _("Order given"), _("Urgency"),
        _("To be acknowledged by"), _("Answered"), _("To be reported by"), _("Reported"), _("State"),
        _("Read-back"), _("Last report"), _("Refusal"), _("Classification"),
    ]  # fmt: skip
    return workbook_of([Table(_("Orders"), columns, [_cells(one) for one in found])])


def _cells(one: OrderAddressee) -> Sequence[Cell]:
    row, order = row_of(one), one.order
    return (
        row.text, row.number, row.to, row.given_by, _at(order.given_at), str(URGENCIES[Urgency(order.urgency)]),
        _at(order.acknowledge_by), _at(one.answered_at), _at(order.report_by), _at(one.reported_at), row.word,
        one.read_back, one.report, one.refusal, str(CLASSIFICATION_WORDS[one.classification]),
    )  # fmt: skip


def _at(instant: datetime | None) -> str:
    """Return an instant in the organisation's zone, as it is sorted."""
    return f"{in_zone(instant):%Y-%m-%d %H:%M}" if instant else ""
