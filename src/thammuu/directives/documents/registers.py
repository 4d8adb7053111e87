"""The register of outgoing documents, its counts by type, and its file for a spreadsheet.

Columns and their order: Decree 30/2020/NĐ-CP, appendix IV. What is not known here (copies, receipts) stays empty.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thammuu.directives.documents import labels
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import DocumentState, Standing
from thammuu.journal.redaction.words import said
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.paper.tabular import Table

COLUMNS: tuple[Promise, ...] = (
    _("Number and symbol"),
    _("Date of the document"),
    _("Type and abstract"),
    _("Signer"),
    _("Recipients"),
    _("Unit keeping the file copy"),
    _("Copies"),
    _("Date sent"),
    _("Received by"),
    _("Note"),
)
WIDTHS = (18, 14, 60, 28, 40, 24, 8, 14, 18, 18)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which register: of an issuing unit and a year; `type` narrows it to one type by its code."""

    unit: UUID | None
    year: int
    type: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register."""

    id: UUID
    symbol: str
    day: date
    subject: str
    signer: str
    recipients: str
    keeper: str
    sent_at: datetime
    note: str

    def cells(self) -> tuple[str, ...]:
        """Return the line in the register's columns."""
        day = f"{self.day:%d/%m/%Y}"
        sent = f"{clock.day_of(self.sent_at):%d/%m/%Y}"
        return (
            self.symbol, day, self.subject, self.signer, self.recipients, self.keeper, "", sent, "", self.note,
        )  # fmt: skip


def issued(actor: Actor, asked: Asked) -> QuerySet[Document]:
    """Return the documents of a register that the actor may see, in the order of their issue."""
    wanted = Q(state=str(DocumentState.ISSUED), issued_year=asked.year)
    if asked.unit is not None:
        wanted &= Q(unit__in=directory.current().stands_for(asked.unit))
    if asked.type:
        wanted &= Q(type=asked.type)
    return Document.objects.filter(visible_to(actor), wanted).order_by("issued_at", "number", "id")


def counts(actor: Actor, asked: Asked) -> list[tuple[str, str, int]]:
    """Return how many documents of each type were issued in the year: (code, name, count), the most first."""
    every = issued(actor, Asked(asked.unit, asked.year)).order_by()
    found = every.values_list("type", "type_name").annotate(count=Count("id"))
    return sorted(found, key=lambda row: (-row[2], row[1]))


def told(counted: Iterable[tuple[str, str, int]]) -> str:
    """Return counts in one line, as an office tells its year: "05 Chỉ thị, 06 Thông tư"."""
    return ", ".join(f"{count:02} {name}" for _code, name, count in counted)


def years(actor: Actor) -> list[int]:
    """Return the years in which documents that the actor may see were issued, the latest first."""
    found = Document.objects.filter(visible_to(actor), issued_year__isnull=False).order_by("-issued_year")
    return [year for year in found.values_list("issued_year", flat=True).distinct() if year is not None]


def issuers(actor: Actor) -> list[tuple[str, str]]:
    """Return the units whose issued documents the actor may see, for a select."""
    found = Document.objects.filter(visible_to(actor), issued_year__isnull=False).order_by()
    known = directory.current()
    units = [known.units[id] for id in found.values_list("unit", flat=True).distinct() if id in known.units]
    return [(str(unit.id), unit.name) for unit in sorted(units, key=lambda unit: (unit.sort_key, unit.code))]


def lines(found: Iterable[Document]) -> list[Line]:
    """Return issued documents as lines of the register."""
    return [_line(row) for row in found]


def table_of(found: Sequence[Line]) -> Table:
    """Return the register as the one table of a workbook or a paper; every cell is text."""
    return Table("", [str(name) for name in COLUMNS], [line.cells() for line in found], WIDTHS)


def _line(row: Document) -> Line:
    known = directory.current()
    at = row.issued_at
    assert at is not None  # noqa: S101 - for mypy: the row was issued
    standing = Standing(row.standing)
    units = [known.unit_label(unit) for unit in (*row.addressees, *row.recipients)]
    others = [line.strip() for line in row.others.splitlines() if line.strip()]
    above = f"{row.capacity} {row.signs_for}".strip()
    return Line(
        id=row.id,
        symbol=row.symbol,
        day=clock.day_of(at),
        subject=f"{row.type_name}: {said(row.abstract)}",
        signer=", ".join(line for line in (above, row.signer) if line),
        recipients="; ".join([*units, *others]),
        keeper=known.unit_label(row.drafting_unit_id),
        sent_at=at,
        note="" if standing == Standing.IN_FORCE else str(labels.STANDINGS[standing]),
    )
