"""The lists that an office has today, read and judged, as what is taken over: documents, or assignments."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives.actions import Followed
from thammuu.directives.actions.taking_over import taken_before
from thammuu.directives.documents.actions import Issued
from thammuu.directives.documents.actions.taking_over import numbers_taken
from thammuu.directives.documents.types import types_of
from thammuu.directives.importing import Column, Judged, Kind, Known, Line, read_register
from thammuu.directives.importing.columns import NAMES
from thammuu.directives.importing.judging import document_of
from thammuu.directives.incoming.actions.describing import Arrival
from thammuu.directives.incoming.actions.importing import Entry
from thammuu.directives.incoming.models import IncomingDocument
from thammuu.directives.incoming.on_record import known_of, records_of
from thammuu.directives.incoming.taking_over_issued import IssuedReader
from thammuu.directives.incoming.taking_over_tasks import TaskReader, shown
from thammuu.directives.incoming.unit_reading import UnitReader
from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.unit_names import unit_names

FOLLOWED = frozenset({Kind.FOLLOW_UP, Kind.TASKS})
"""The lists whose lines become assignments."""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of a list as it is looked at: what stands in it, what is wrong, and what it would become.

    `left` says that it is left out unless an officer says otherwise, as what is on record already. `becomes` are the
    words of an assignment that it would be, "" for a document.
    """

    number: int
    cells: tuple[str, ...]
    faults: tuple[str, ...]
    left: bool = False
    entry: Entry | None = None
    issued: Issued | None = None
    followed: Followed | None = None
    becomes: str = ""

    @property
    def usable(self) -> bool:
        """Whether it can be taken over."""
        return bool(self.entry or self.issued or self.followed)


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
        return not self.missing

    @property
    def missing_words(self) -> str:
        """The missing columns in one line."""
        return ", ".join(self.missing)

    def chosen(self, leave: Collection[int], again: Collection[int]) -> list[ReadLine]:
        """Return the lines that are taken over, by their numbers in the file: sound ones but those to `leave`.

        Of what is on record already, only those that are to be taken `again`.
        """
        wanted = (line for line in self.lines if line.usable and (line.number in again if line.left else True))
        return [
            replace(line, followed=replace(line.followed, again=True)) if line.left and line.followed else line
            for line in wanted
            if line.number not in leave
        ]


def read_list(
    actor: Actor, unit: UUID, content: bytes, today: date, receivers: Collection[UUID], product: str = ""
) -> ReadList:
    """Read a list for the unit. `receivers` may be charged with its tasks; `product` stands in where a task names none.

    Raises `BadInput` for `file` where it is no such list.
    """
    records, tree = records_of(actor, unit), directory.current()
    known = known_of(records)
    judged = read_register(content, today=today, known=known)
    heads = {column: words for words, column in judged.head.cells if column}
    columns = [column for column in heads if column != Column.LINE_NUMBER]
    units = UnitReader(tree, unit_names(tree, actor.scope), frozenset(receivers))
    kind, world = judged.head.kind, actor.scope.world
    reader = _Reader(
        judged,
        columns,
        units,
        tree.below(unit),
        IssuedReader(types_of(unit, world), numbers_taken(unit, world)),
        TaskReader(kind, heads, units, records, taken_before(actor, unit), product, today),
        dict.fromkeys(known),
        _numbers(actor, unit),
    )
    return ReadList(
        kind,
        tuple(str(NAMES[column]) for column in columns),
        tuple(reader.read(line) for line in judged.lines),
        tuple(str(NAMES[column]) for column in judged.missing),
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    """`seen` are the documents on record and in the lines before, `numbers` the years and numbers of arrival."""

    judged: Judged
    columns: Sequence[Column]
    units: UnitReader
    within: Collection[UUID]
    issuing: IssuedReader
    tasks: TaskReader
    seen: dict[Known, None] = field(default_factory=dict)
    numbers: set[tuple[int, int]] = field(default_factory=set)

    def read(self, line: Line) -> ReadLine:
        cells = tuple(shown(line, column) for column in self.columns)
        faults, kind = [fault.reason for fault in line.faults], self.judged.head.kind
        usable = line.usable and not self.judged.missing
        if kind in FOLLOWED:
            if not usable:
                return ReadLine(line.number, cells, tuple(faults))
            entry, told, left = self.tasks.read(line)
            becomes = self.tasks.becomes(entry) if entry else ""
            return ReadLine(line.number, cells, (*faults, *told), left, followed=entry, becomes=becomes)
        document = document_of(line)
        left = document is not None and document in self.seen
        arrival, issued = None, None
        if usable and kind == Kind.INCOMING:
            arrival, told = self._entry(line)
            faults += told
        elif usable:
            issued, told = self.issuing.read(line, left)
            faults += told
        if document is not None:
            self.seen[document] = None
        return ReadLine(line.number, cells, tuple(faults), left, arrival, issued)

    def _entry(self, line: Line) -> tuple[Entry | None, list[str]]:
        values = line.values
        arrived = cast(date, values[Column.ARRIVED_ON])
        dated = cast("date | None", values.get(Column.DATED))
        number = str(values.get(Column.ARRIVAL_NUMBER, ""))
        if number and not (number.isascii() and number.isdecimal() and 0 < int(number) < 100_000):
            return None, [_("“{value}” is no number of arrival.").format(value=number[:20])]
        if number and (arrived.year, int(number)) in self.numbers:
            return None, [
                _("The number of arrival {number} of {year} is taken.").format(number=number, year=arrived.year)
            ]
        if dated is not None and dated > arrived:
            return None, []
        if number:
            self.numbers.add((arrived.year, int(number)))
        charged, note = (str(values.get(column, "")) for column in (Column.CHARGED, Column.NOTE))
        lead = self.units.one(charged)
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


def _numbers(actor: Actor, unit: UUID) -> set[tuple[int, int]]:
    """Return the years and numbers of arrival that are taken, whoever may see the documents."""
    rows = IncomingDocument.objects.filter(world=actor.scope.world, unit=unit)
    return set(rows.values_list("year", "number"))
