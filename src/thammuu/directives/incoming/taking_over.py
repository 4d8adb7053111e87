"""The lists that an office has today, read and judged, as what is taken over: incoming documents, or tasks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.actions import Order
from thammuu.directives.documents.actions import Issued
from thammuu.directives.documents.actions.taking_over import numbers_taken
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.rules import DocumentState
from thammuu.directives.documents.types import types_of
from thammuu.directives.importing import Column, Judged, Kind, Known, Line, read_register
from thammuu.directives.importing.columns import NAMES
from thammuu.directives.importing.judging import document_of
from thammuu.directives.importing.values import symbol_of
from thammuu.directives.incoming.actions.describing import Arrival
from thammuu.directives.incoming.actions.importing import Entry
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.incoming.taking_over_issued import IssuedReader
from thammuu.kernel.actor import Actor
from thammuu.kernel.calendar import END_OF_WORKING_DAY
from thammuu.kernel.clock import ORGANISATION_ZONE
from thammuu.kernel.names import NameIndex, words_of
from thammuu.kernel.text import fold
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.org.unit_names import unit_names

TAKEN = frozenset({Kind.INCOMING, Kind.OUTGOING, Kind.TASKS})
"""The lists that can be taken over; a register of the follow-up is read and judged only."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of a list as it is looked at: what stands in it, what is wrong, and what it would become.

    `left` says that it is left out unless an officer says otherwise, as a document that is registered already.
    """

    number: int
    cells: tuple[str, ...]
    faults: tuple[str, ...]
    usable: bool
    left: bool
    entry: Entry | None = None
    order: Order | None = None
    issued: Issued | None = None


@dataclass(frozen=True, slots=True)
class ReadList:
    """A whole list: what it is, its columns, its lines, and the columns that it lacks."""

    kind: Kind
    columns: tuple[str, ...]
    lines: tuple[ReadLine, ...]
    missing: tuple[str, ...]

    @property
    def taken(self) -> bool:
        """Whether anything of it can be taken over."""
        return self.kind in TAKEN and not self.missing

    @property
    def missing_words(self) -> str:
        """The missing columns in one line."""
        return ", ".join(self.missing)

    def without(self, left: Collection[int]) -> list[ReadLine]:
        """Return the lines that can be taken over but those that are left out, by their numbers in the file."""
        return [line for line in self.lines if line.usable and line.number not in left]


def read_list(
    actor: Actor, unit: UUID, content: bytes, today: date, receivers: Collection[UUID], product: str = ""
) -> ReadList:
    """Read a list for the unit. `receivers` may be charged with its tasks; `product` stands in where a task names none.

    Raises `BadInput` for `file` where it is no such list.
    """
    known = _known(actor, unit)
    judged = read_register(content, today=today, known=set(known))
    columns = [column for _words, column in judged.head.cells if column and column != Column.LINE_NUMBER]
    names = unit_names(directory.current(), actor.scope)
    within = directory.current().below(unit)
    issuing = IssuedReader(types_of(unit, actor.scope.world), numbers_taken(unit, actor.scope.world))
    reader = _Reader(judged, columns, names, within, frozenset(receivers), today, product, issuing)
    seen = dict.fromkeys(known)
    taken = _numbers(actor, unit)
    return ReadList(
        judged.head.kind,
        tuple(str(NAMES[column]) for column in columns),
        tuple(reader.read(line, seen, taken) for line in judged.lines),
        tuple(str(NAMES[column]) for column in judged.missing),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    judged: Judged
    columns: Sequence[Column]
    names: NameIndex[UUID]
    within: Collection[UUID]
    receivers: Collection[UUID]
    today: date
    product: str
    issuing: IssuedReader

    def read(self, line: Line, seen: dict[Known, None], taken: set[tuple[int, int]]) -> ReadLine:
        faults = [fault.reason for fault in line.faults]
        document = document_of(line)
        left = document is not None and document in seen
        usable, entry, order, issued = line.usable and not self.judged.missing, None, None, None
        if usable and self.judged.head.kind == Kind.INCOMING:
            entry, told = self._entry(line, taken)
            faults += told
        elif usable and self.judged.head.kind == Kind.TASKS:
            order, told = self._order(line)
            faults += told
        elif usable and self.judged.head.kind == Kind.OUTGOING:
            issued, told = self.issuing.read(line, left)
            faults += told
        if document is not None:
            seen[document] = None
        cells = tuple(_shown(line, column) for column in self.columns)
        return ReadLine(line.number, cells, tuple(faults), bool(entry or order or issued), left, entry, order, issued)

    def _entry(self, line: Line, taken: set[tuple[int, int]]) -> tuple[Entry | None, list[str]]:
        values = line.values
        arrived = cast(date, values[Column.ARRIVED_ON])
        dated = cast("date | None", values.get(Column.DATED))
        number = str(values.get(Column.ARRIVAL_NUMBER, ""))
        if number and not (number.isascii() and number.isdecimal() and 0 < int(number) < 100_000):
            return None, [_("“{value}” is no number of arrival.").format(value=number[:20])]
        if number and (arrived.year, int(number)) in taken:
            return None, [
                _("The number of arrival {number} of {year} is taken.").format(number=number, year=arrived.year)
            ]
        if dated is not None and dated > arrived:
            return None, []
        if number:
            taken.add((arrived.year, int(number)))
        charged, note = (str(values.get(column, "")) for column in (Column.CHARGED, Column.NOTE))
        lead = self._unit(charged)
        lead = lead if lead in self.within else None
        arrival = Arrival(
            arrived_on=arrived, issuer=str(values[Column.ISSUER]), abstract=str(values[Column.ABSTRACT]),
            symbol=str(values[Column.SYMBOL]), dated=dated,
        )  # fmt: skip
        told = (
            []
            if lead or not charged
            else [_("“{name}” is no unit here; it goes into the note.").format(name=charged[:80])]
        )
        noted = "; ".join(part for part in ("" if lead else charged, note) if part)
        passed_on = cast("date | None", values.get(Column.PASSED_ON))
        return Entry(arrival, int(number) if number else None, lead, passed_on, noted), told

    def _order(self, line: Line) -> tuple[Order | None, list[str]]:
        values = line.values
        lead, deadline = self._unit(str(values[Column.CHARGED])), values[Column.DEADLINE]
        told = []
        if lead is None or lead not in self.receivers:
            told.append(
                _("“{name}” is no unit that takes orders from here.").format(name=str(values[Column.CHARGED])[:80])
            )
        if not isinstance(deadline, date) or deadline <= self.today:
            told.append(_("Without a deadline to come it is not taken over."))
        if told or lead is None or not isinstance(deadline, date):
            return None, told
        supporting = [self._unit(name) for name in str(values.get(Column.SUPPORTING, "")).replace(";", ",").split(",")]
        order = Order(
            lead_unit=lead,
            title=str(values[Column.TASK])[:300],
            product=str(values.get(Column.PRODUCT, "") or self.product)[:500],
            supporting_units=tuple(
                dict.fromkeys(one for one in supporting if one and one in self.receivers and one != lead)
            ),
            deadline=datetime.combine(deadline, END_OF_WORKING_DAY, ORGANISATION_ZONE),
        )
        return order, []

    def _unit(self, text: str) -> UUID | None:
        """Return the one unit that the whole text names."""
        words = words_of(text)
        mention = self.names.mention(text, words, 0) if words else None
        if mention is None or mention.past != len(words) or len(mention.things) != 1:
            return None
        return mention.things[0]


def _shown(line: Line, column: Column) -> str:
    value = line.values.get(column, "")
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _known(actor: Actor, unit: UUID) -> list[Known]:
    """Return the documents that the unit has registered or issued, as a list names them: its own without an issuer."""
    issued = Document.objects.filter(visible_to(actor), unit=unit, state=str(DocumentState.ISSUED))
    own = ((symbol_of(symbol), year) for symbol, year in issued.values_list("symbol", "issued_year"))
    found = IncomingDocument.objects.filter(visible_to(actor), unit=unit)
    known: list[Known] = [(read.number, read.notation, "", year) for read, year in own if read is not None]
    for symbol, issuer, dated, year in found.values_list("symbol", "issuer", "dated", "year"):
        read = symbol_of(symbol)
        if read is not None:
            named = " ".join(fold(issuer).split())
            known.append((read.number, read.notation, named, dated.year if dated else read.year or year))
    return known


def _numbers(actor: Actor, unit: UUID) -> set[tuple[int, int]]:
    """Return the years and numbers of arrival that are taken, whoever may see the documents."""
    rows = IncomingDocument.objects.filter(world=actor.scope.world, unit=unit)
    return set(rows.values_list("year", "number"))
