"""The follow-up board as a page, and as a file for a spreadsheet."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from thammuu.directives import labels, queries
from thammuu.directives.filters import AssignmentFilters
from thammuu.directives.followup import queries as queries_of_board
from thammuu.directives.followup import tables
from thammuu.directives.followup.board import board
from thammuu.directives.rows import assignment_rows
from thammuu.directives.web.files import handed_out
from thammuu.directives.web.filtering import address_of, filters_of, narrowed, period_of, written
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.org.web import actor_of, signed_in
from thammuu.org.words import CLASSIFICATION_WORDS
from thammuu.paper import tabular
from thammuu.paper.rules import MediaType

MOST_ROWS = 20_000
PAPERS = {"pdf": (MediaType.PDF, tabular.typeset), "docx": (MediaType.DOCX, tabular.write)}
# What the board's form has fields for; the rest of its filters come from links and are kept.
FIELDS = ("since", "until", "urgency", "at")


@signed_in
@require_GET
def follow_up(request: HttpRequest) -> HttpResponse:
    """Show what became of what was decided and issued; the filters stand in the address."""
    actor, filters, now = actor_of(request), _filters(request), clock.now()
    period = replace(filters, under=None, urgency=None)
    context = {
        "board": board(actor, filters, now),
        "filters": filters,
        "columns": tables.LINE_COLUMNS,
        "urgencies": [(degree.value, word) for degree, word in labels.URGENCIES.items()],
        "kept": [(name, value) for name, value in written(filters) if name not in FIELDS],
        "at": f"{clock.in_zone(filters.at):%Y-%m-%dT%H:%M}" if filters.at else "",
        "as_of": filters.at or now,
        "is_frozen": filters.at is not None,
        "narrowed": narrowed(filters),
        "files": [
            (address_of(filters, reverse("follow_up_table")), _("Excel file")),
            (address_of(filters, reverse("follow_up_paper", args=["docx"])), _("Word file")),
            (address_of(filters, reverse("follow_up_paper", args=["pdf"])), _("PDF")),
        ],
        "untasked_decisions": f"{address_of(period, reverse('decisions'))}&untasked=1",
        "untasked_documents": f"{address_of(period, reverse('documents'))}&untasked=1",
        "issued_documents": f"{address_of(period, reverse('documents'))}&state=issued",
        "clause_gaps": address_of(period, reverse("clause_gaps")),
        "decisions": address_of(period, reverse("decisions")),
    }
    return render(request, "directives/followup/board.html", context)


@signed_in
@require_GET
def follow_up_table(request: HttpRequest) -> HttpResponse:
    """Hand the board out as XLSX."""
    actor, filters, now = actor_of(request), _filters(request), clock.now()
    content = tables.board_workbook(board(actor, filters, now), _told(actor, filters, now))
    return handed_out(content, MediaType.XLSX, "follow-up.xlsx")


@signed_in
@require_GET
def follow_up_paper(request: HttpRequest, ending: str) -> HttpResponse:
    """Hand the board out as PDF or DOCX, dated, with its cut-off and its filters."""
    if ending not in PAPERS:
        raise Missing(_("There is no such file of the board."))
    kind, make = PAPERS[ending]
    actor, filters, now = actor_of(request), _filters(request), clock.now()
    found = board(actor, filters, now)
    paper = tables.board_paper(found, _told(actor, filters, now), now, filters.at, get_language() or "vi")
    return handed_out(make(paper), kind, f"follow-up.{ending}")


@signed_in
@require_GET
def assignments_table(request: HttpRequest) -> HttpResponse:
    """Hand the list of assignments out as XLSX, as it is filtered: at most `MOST_ROWS` of them."""
    actor, filters, now = actor_of(request), filters_of(request.GET), clock.now()
    found = queries.as_then(queries.assignments(actor, filters, now)[:MOST_ROWS], filters.at)
    content = tables.assignments_workbook(assignment_rows(found, filters.at or now))
    return handed_out(content, MediaType.XLSX, "assignments.xlsx")


def _told(actor: Actor, filters: AssignmentFilters, now: datetime) -> list[str]:
    """Return what stands at the head of a file: the highest level of what it counts, and the filters."""
    level = queries_of_board.highest_level(actor, filters, now)
    mark = [_("Classification: {level}").format(level=CLASSIFICATION_WORDS[level])] if level else []
    return [*mark, *narrowed(filters)]


def _filters(request: HttpRequest) -> AssignmentFilters:
    """Return those of the filters in the address that a board has."""
    given = filters_of(request.GET)
    at = given.at if given.at and given.at < clock.now() else None
    return replace(period_of(request.GET), under=given.under, urgency=given.urgency, at=at)
