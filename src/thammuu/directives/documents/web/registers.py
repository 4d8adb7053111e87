"""The register of outgoing documents, by year and unit, as a page, as a file for a spreadsheet and on paper."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thammuu.directives.documents import registers
from thammuu.directives.documents.policies import drafting_units
from thammuu.directives.documents.registers import Asked
from thammuu.directives.web.files import handed_out
from thammuu.kernel import clock
from thammuu.org import queries as org
from thammuu.org.web import actor_of, signed_in
from thammuu.paper.rules import MediaType
from thammuu.paper.tabular import TablePaper, typeset
from thammuu.paper.workbooks import workbook_of

PAGE = 100
MOST_LINES = 20_000
MOST_SET = 3_000


@signed_in
@require_GET
def document_register(request: HttpRequest) -> HttpResponse:
    """Show the register; unit, year and type stand in the address."""
    actor, asked = actor_of(request), _asked(request)
    page = Paginator(registers.issued(actor, asked), PAGE).get_page(request.GET.get("page"))
    counted = registers.counts(actor, asked)
    context = {
        "page": page,
        "lines": registers.lines(page.object_list),
        "columns": registers.COLUMNS,
        "asked": asked,
        "counts": counted,
        "told": registers.told(counted),
        "years": sorted({asked.year, *registers.years(actor)}, reverse=True),
        "units": registers.issuers(actor),
        "unit": str(asked.unit or ""),
        "may_take": bool(drafting_units(actor)),
    }
    return render(request, "directives/documents/register.html", context)


@signed_in
@require_GET
def register_table(request: HttpRequest) -> HttpResponse:
    """Hand the register out as XLSX."""
    actor, asked = actor_of(request), _asked(request)
    table = registers.table_of(registers.lines(registers.issued(actor, asked)[:MOST_LINES]))
    return handed_out(workbook_of([table]), MediaType.XLSX, f"documents-{asked.year}.xlsx")


@signed_in
@require_GET
def register_sheet(request: HttpRequest) -> HttpResponse:
    """Hand the register out as PDF, A4 across."""
    actor, asked = actor_of(request), _asked(request)
    told = _("Year {year}").format(year=asked.year)
    if asked.unit is not None:
        told = f"{org.unit_label(asked.unit)} – {told}"
    counted = registers.told(registers.counts(actor, asked))
    table = registers.table_of(registers.lines(registers.issued(actor, asked)[:MOST_SET]))
    paper = TablePaper(_("Outgoing register"), [told, counted], [table], get_language() or "vi")
    return handed_out(typeset(paper), MediaType.PDF, f"documents-{asked.year}.pdf")


def _asked(request: HttpRequest) -> Asked:
    """Return what the address asks for; a value that is none is left out."""
    try:
        unit = UUID(request.GET.get("unit", ""))
    except ValueError:
        unit = None
    year = request.GET.get("year", "")
    this = clock.day_of(clock.now()).year
    return Asked(unit, int(year) if year.isdecimal() and len(year) == 4 else this, request.GET.get("type", "")[:20])
