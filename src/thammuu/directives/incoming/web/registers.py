"""The incoming register and the follow-up register: as pages, as files for a spreadsheet, and as PDF."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thammuu.directives import labels as common
from thammuu.directives.incoming import labels, queries, registers
from thammuu.directives.incoming.policies import registering_units
from thammuu.directives.incoming.queries import Asked
from thammuu.directives.incoming.registers import FOLLOW_UP, INCOMING, Register
from thammuu.directives.incoming.rows import IncomingRow, incoming_rows
from thammuu.directives.incoming.rules import IncomingState
from thammuu.directives.rules import Timing
from thammuu.directives.web.files import handed_out
from thammuu.kernel import clock
from thammuu.org import queries as org
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.rules import MediaType
from thammuu.paper.workbooks import workbook_of

PAGE = 50
MOST_LINES = 20_000
MOST_SET = 3_000
LONGEST_WORDS = 100
Cells = Callable[[IncomingRow], tuple[str, ...]]


@signed_in
@require_GET
def incoming_register(request: HttpRequest) -> HttpResponse:
    """Show the incoming register; what it is narrowed to stands in the address."""
    return _page(request, due=False)


@signed_in
@require_GET
def follow_up_register(request: HttpRequest) -> HttpResponse:
    """Show what must be answered by when, and how it stands."""
    return _page(request, due=True)


@signed_in
@require_GET
def incoming_table(request: HttpRequest) -> HttpResponse:
    """Hand the incoming register out as XLSX."""
    return _table(request, INCOMING, registers.incoming_cells, "incoming")


@signed_in
@require_GET
def incoming_sheet(request: HttpRequest) -> HttpResponse:
    """Hand the incoming register out as PDF."""
    return _sheet(request, INCOMING, registers.incoming_cells, "incoming")


@signed_in
@require_GET
def follow_up_table(request: HttpRequest) -> HttpResponse:
    """Hand the follow-up register out as XLSX."""
    return _table(request, FOLLOW_UP, registers.follow_up_cells, "follow-up")


@signed_in
@require_GET
def follow_up_sheet(request: HttpRequest) -> HttpResponse:
    """Hand the follow-up register out as PDF."""
    return _sheet(request, FOLLOW_UP, registers.follow_up_cells, "follow-up")


def _page(request: HttpRequest, due: bool) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    asked, today = _asked(request, due), clock.day_of(now)
    page = Paginator(queries.incoming(actor, asked, today), PAGE).get_page(request.GET.get("page"))
    whole = Asked(asked.year, asked.unit, asked.lead, due=due)
    context: dict[str, Any] = {
        "page": page,
        "rows": incoming_rows(actor, page.object_list, now),
        "columns": (FOLLOW_UP if due else INCOMING).columns,
        "asked": asked,
        "query": request.GET.urlencode(),
        "years": sorted({asked.year, *queries.years(actor)}, reverse=True),
        "units": queries.units_in(actor, "unit"),
        "leads": queries.units_in(actor, "lead_unit"),
        "unit": str(asked.unit or ""),
        "lead": str(asked.lead or ""),
        "may_register": bool(registering_units(actor)),
    }
    if due:
        counted = queries.counts_by_timing(actor, whole, today)
        context["figures"] = [(str(one), common.TIMINGS[one], count) for one, count in counted.items()]
        context["name"] = "timing"
        template = "directives/incoming/follow_up.html"
    else:
        states = queries.counts_by_state(actor, whole, today)
        context["figures"] = [(str(one), labels.STATES[one], count) for one, count in states.items()]
        context["name"] = "state"
        template = "directives/incoming/register.html"
    return render(request, template, context)


def _rows(request: HttpRequest, due: bool, most: int) -> list[IncomingRow]:
    actor, now = actor_of(request), clock.now()
    found = queries.incoming(actor, _asked(request, due), clock.day_of(now))
    # A register on paper goes by the numbers of arrival.
    return incoming_rows(actor, found.order_by("year", "number", "id")[:most], now)


def _table(request: HttpRequest, register: Register, cells: Cells, name: str) -> HttpResponse:
    lines = [cells(row) for row in _rows(request, register is FOLLOW_UP, MOST_LINES)]
    return handed_out(workbook_of([registers.table_of(register, lines)]), MediaType.XLSX, f"{name}.xlsx")


def _sheet(request: HttpRequest, register: Register, cells: Cells, name: str) -> HttpResponse:
    asked = _asked(request, register is FOLLOW_UP)
    told = _("Year {year}").format(year=asked.year)
    if asked.unit is not None:
        told = f"{org.unit_label(asked.unit)} – {told}"
    lines = [cells(row) for row in _rows(request, register is FOLLOW_UP, MOST_SET)]
    return handed_out(registers.sheet(register, lines, told), MediaType.PDF, f"{name}.pdf")


def _asked(request: HttpRequest, due: bool) -> Asked:
    """Return what the address asks for; a value that is none is left out."""
    year, state, timing = (request.GET.get(name, "") for name in ("year", "state", "timing"))
    return Asked(
        year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else clock.day_of(clock.now()).year,
        unit=_id(request.GET.get("unit", "")),
        lead=_id(request.GET.get("lead", "")),
        state=IncomingState(state) if state in set(IncomingState) else None,
        timing=Timing(timing) if due and timing in set(Timing) else None,
        words=request.GET.get("q", "").strip()[:LONGEST_WORDS],
        due=due,
    )


def _id(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None
