"""Lists of orders: all of them with their filters, those that wait for the reader, and the file."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET

from thammuu.directives.web.files import handed_out
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import queries as org
from thammuu.org.rules import Permission
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.rules import MediaType
from thammuu.watch.orders import queries, tables
from thammuu.watch.orders.queries import WHICH, Filters, Which
from thammuu.watch.orders.rows import row_of, rows_of
from thammuu.watch.web.asking import uuid_or_none

PAGE = 50
MOST_ROWS = 5000
LABELS: dict[Which, Promise] = {
    "open": pgettext_lazy("orders", "Open"),
    "to_acknowledge": _("Mine to acknowledge"),
    "mine": _("Mine"),
    "given": _("Given by us"),
    "to_control": _("To be controlled"),
    "overdue": _("Overdue"),
    "": _("All"),
}


@signed_in
@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """Show the orders that the reader may see, one row for each addressee; the filters are links."""
    actor, now = actor_of(request), clock.now()
    filters = filters_of(request.GET)
    found = queries.addressee_query(actor, filters, now)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": rows_of(page.object_list),
        "filters": filters,
        "tabs": _tabs(actor, filters, now),
        "units": org.visible_units(actor),
        "is_live": filters == Filters() and page.number == 1,
        "file": _address(reverse("orders_table"), filters, filters.which),
        "may_give": actor.may_somewhere(Permission.ORDER_GIVE),
    }
    return render(request, "watch/orders/orders.html", context)


def filters_of(query: QueryDict) -> Filters:
    """Return the filters in the address; a value that is none is left out."""
    which = query.get("which", "")
    return Filters(
        which=next((one for one in WHICH if one == which), ""),
        unit=uuid_or_none(query.get("unit", "")),
        words=query.get("q", "").strip()[:100],
    )


def _tabs(actor: Actor, filters: Filters, now: datetime) -> list[dict[str, object]]:
    address = reverse("orders")
    counted = {"to_acknowledge", "to_control", "overdue"}
    return [
        {
            "label": LABELS[one],
            "url": _address(address, filters, one),
            "current": one == filters.which,
            **({"count": queries.addressee_query(actor, Filters(one), now).count()} if one in counted else {}),
        }
        for one in WHICH
    ]


def _address(address: str, filters: Filters, which: Which) -> str:
    said = {"which": which, "unit": str(filters.unit or ""), "q": filters.words}
    given = urlencode({name: value for name, value in said.items() if value})
    return f"{address}?{given}" if given else address


@signed_in
@require_GET
def orders_table(request: HttpRequest) -> HttpResponse:
    """Hand the list out as XLSX, as it is filtered: at most `MOST_ROWS` of them."""
    found = queries.addressee_query(actor_of(request), filters_of(request.GET), clock.now())
    return handed_out(tables.orders_workbook(found[:MOST_ROWS]), MediaType.XLSX, "orders.xlsx")


@signed_in
@require_GET
def my_orders(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader's acknowledgement, each with one button, and what is under way: for a phone."""
    actor, now = actor_of(request), clock.now()
    context = {
        "waiting": [
            {"row": row_of(one), "order": one.order, "correction": one.correction if one.read_back_ruling else ""}
            for one in queries.to_acknowledge(actor, now)
        ],
        "under_way": rows_of(queries.under_way(actor, now)),
    }
    return render(request, "watch/orders/my_orders.html", context)
