"""The board as XLSX, DOCX and PDF, and its rows as XLSX: numbers are numbers, all else is text, never computed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.directives import labels
from thammuu.directives.followup.board import STATES, Board, Line
from thammuu.directives.followup.rules import Among
from thammuu.directives.rows import AssignmentRow
from thammuu.kernel.clock import format_instant, in_zone
from thammuu.org.words import CLASSIFICATION_WORDS
from thammuu.paper.tabular import Cell, Table, TablePaper
from thammuu.paper.workbooks import workbook_of

LINE_COLUMNS: tuple[str | Promise, ...] = (
    gettext_lazy("In all"),
    *(labels.IN_SHORT[each] for each in STATES),
    gettext_lazy("Due or done"),
    gettext_lazy("On time of those due"),
)


def board_workbook(board: Board, told: Sequence[str]) -> bytes:
    """Return the board as XLSX; `told` are the filters in words."""
    first, *others = tables_of(board)
    return workbook_of([replace(first, rows=[*((words, None) for words in told), *first.rows]), *others])


def board_paper(board: Board, told: Sequence[str], now: datetime, at: datetime | None, language: str) -> TablePaper:
    """Return the board as it is set on paper: when it was printed, as of when (`at` None: now) and narrowed to what."""
    printed = _("Printed: {time}").format(time=format_instant(now, language))
    as_of = _("As of {time}").format(time=format_instant(at or now, language))
    lines = [f"{as_of} · {printed}", *(words for words in told if words != as_of)]
    return TablePaper(_("Follow-up"), lines, tables_of(board), language)


def tables_of(board: Board) -> Sequence[Table]:
    """Return what the board shows: its figures, the units, the loads, the decisions."""
    columns = [str(column) for column in LINE_COLUMNS]
    return (
        Table(_("Follow-up"), [_("Figure"), _("Number")], _figures(board)),
        Table(_("Units"), [_("Unit"), *columns], [_cells(line) for line in board.units]),
        Table(
            _("Load"),
            [_("Lead unit"), str(labels.AMONG[Among.OPEN]), str(labels.IN_SHORT[STATES[3]])],
            [(load.label, load.open.count, load.overdue.count) for load in board.loads],
        ),
        Table(
            _("Decisions"),
            [_("Decision"), _("Document"), *columns],
            [(line.label, line.note, *_cells(line)[1:]) for line in board.decisions],
        ),
    )


def assignments_workbook(rows: Iterable[AssignmentRow]) -> bytes:
    """Return assignments as XLSX, with the five things that must be clear and how they stand."""
    columns = [
        _("Task"), _("Lead unit"), _("Supporting units"), _("Watching units"), _("Answering post"),
        _("Deadline"), _("Product"), _("Issuing unit"), _("Issued at"),
        _("Urgency"), _("State"), _("Where they stand in time"), _("Progress in %"), _("Classification"),
    ]  # fmt: skip
    return workbook_of([Table(_("Assignments"), columns, [_row(row) for row in rows])])


def _figures(board: Board) -> Sequence[Sequence[Cell]]:
    sources = board.sources
    return [
        (_("Decisions"), sources.decisions),
        (_("Decisions without an assignment"), sources.decisions_untasked),
        (_("Issued documents"), sources.documents),
        (_("Issued documents without an assignment"), sources.documents_untasked),
        (_("Assignments"), board.total.total.count),
        (_("Without evidence"), board.unshown.count),
        *((str(labels.TIMINGS[each]), getattr(board.tally, each.value)) for each in STATES),
        *((_("Overdue: {days}").format(days=words), figure.count) for words, figure in board.ages),
    ]


def _row(row: AssignmentRow) -> Sequence[Cell]:
    return (
        row.title, row.lead_unit, "; ".join(row.supporting_units), "; ".join(row.watching_units),
        row.lead_post, f"{in_zone(row.deadline):%d/%m/%Y %H:%M}",
        row.product, row.issuing_unit, f"{in_zone(row.issued_at):%d/%m/%Y %H:%M}", str(row.urgency or ""),
        str(row.state_word), _timing(row), row.percent,
        str(CLASSIFICATION_WORDS[row.classification]),
    )  # fmt: skip


def _timing(row: AssignmentRow) -> str:
    """Return where it stands in time, and beside it if that is not known from the list it was taken over from."""
    word = str(row.timing_word or "")
    return f"{word} ({labels.UNDATED})" if row.undated else word


def _cells(line: Line) -> Sequence[Cell]:
    return (line.label, line.total.count, *(each.count for each in line.states), line.due.count, line.on_time)
