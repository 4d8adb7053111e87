"""The register of incoming documents and the follow-up register, as lines, as XLSX and as PDF.

Columns and their order: Decree 30/2020/NĐ-CP, appendix IV.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thammuu.directives.incoming.rows import IncomingRow
from thammuu.paper.tabular import Table, TablePaper, typeset


@dataclass(frozen=True, slots=True)
class Register:
    """A register's title and its columns, each with its width as a spreadsheet counts it."""

    title: Promise
    columns: Sequence[tuple[Promise, int]]


INCOMING = Register(
    _("Incoming register"),
    (
        (_("Date of arrival"), 12),
        (_("Number of arrival"), 9),
        (_("Issuer"), 26),
        (_("Number and symbol"), 18),
        (_("Date of the document"), 12),
        (_("Type and abstract"), 60),
        (_("Charged to"), 24),
        (_("Date passed on"), 12),
        (_("Received by"), 24),
        (_("Note"), 24),
    ),
)
FOLLOW_UP = Register(
    _("Follow-up register"),
    (
        (_("Number of arrival"), 9),
        (_("Document"), 60),
        (_("Charged to"), 24),
        (_("Deadline"), 12),
        (_("Progress"), 20),
        (_("Answering document"), 36),
        (_("Note"), 24),
    ),
)


def incoming_cells(row: IncomingRow) -> tuple[str, ...]:
    """Return a line of the incoming register."""
    return (
        _day(row.arrived_on), f"{row.number:02}", row.issuer, row.symbol, _day(row.dated), row.subject, row.lead,
        _day(row.passed_on), row.received_by, row.note,
    )  # fmt: skip


def follow_up_cells(row: IncomingRow) -> tuple[str, ...]:
    """Return a line of the follow-up register: the document is told as the decree has it, with day and issuer."""
    named = ", ".join(part for part in (row.symbol, _day(row.dated), row.issuer) if part)
    answer = row.answer.title if row.answer else row.reason
    step = f"{row.word}, {_day(row.settled_on)}" if row.settled_on else str(row.word)
    progress = f"{step} – {row.timing_word}" if row.timing_word else step
    return (
        f"{row.number:02}", f"{named} – {row.subject}", row.lead, _day(row.due_on), progress, answer, row.note,
    )  # fmt: skip


def table_of(register: Register, lines: Sequence[Sequence[str]]) -> Table:
    """Return a register as the one table of a workbook or a paper; every cell is text."""
    return Table(
        "", [str(name) for name, _width in register.columns], lines, [width for _name, width in register.columns]
    )


def sheet(register: Register, lines: Sequence[Sequence[str]], told: str) -> bytes:
    """Return a register as PDF, A4 across; `told` says which year and unit it is of."""
    return typeset(TablePaper(str(register.title), [told], [table_of(register, lines)]))


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
