"""The follow-up board put together: every figure with the list of what it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import nsmallest
from uuid import UUID

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from thammuu.directives import labels
from thammuu.directives.filters import AssignmentFilters
from thammuu.directives.followup import counting, queries
from thammuu.directives.followup.queries import Sources
from thammuu.directives.followup.rules import (
    Age,
    Among,
    Counts,
    Figures,
    added,
    figures,
    open_and_overdue,
    standing,
    tally_of,
)
from thammuu.directives.rules import Tally, Timing
from thammuu.directives.web.filtering import address_of
from thammuu.journal.redaction.words import said
from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.directory import Directory

MOST_DECISIONS = 20
MOST_LOADED = 20
STATES = (Timing.DONE_ON_TIME, Timing.DONE_LATE, Timing.OPEN_WITHIN_TIME, Timing.OPEN_OVERDUE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count and the list of what it counts."""

    count: int
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of a unit (with those below it) or a decision: in all, the four states, due; and the rate."""

    label: str
    url: str
    note: str
    total: Figure
    states: tuple[Figure, ...]
    due: Figure
    on_time: float | None

    @property
    def share(self) -> str:
        """Return the share done on time as the page shows it."""
        return "–" if self.on_time is None else f"{number_format(100 * self.on_time, 2)} %"


@dataclass(frozen=True, slots=True)
class Load:
    """The open assignments of one lead unit."""

    label: str
    open: Figure
    overdue: Figure


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows. `units` are in the order of their share done on time, `path` leads up from `unit`."""

    tally: Tally
    total: Line
    sources: Sources
    unshown: Figure
    ages: tuple[tuple[str, Figure], ...]
    units: tuple[Line, ...]
    path: tuple[tuple[str, str], ...]
    loads: tuple[Load, ...]
    loads_left_out: int
    decisions: tuple[Line, ...]
    decisions_left_out: int


def board(actor: Actor, filters: AssignmentFilters, now: datetime) -> Board:
    """Return the board of the assignments that the actor may see."""
    known = directory.current()
    found = counting.counted(actor, filters, now)
    every = figures(added(found.by_unit.values()))
    loaded = {unit: counts for unit, counts in found.by_unit.items() if open_and_overdue(counts)[0]}
    of_decisions = {id: tally_of(counts) for id, counts in found.by_decision.items()}
    return Board(
        tally=every.tally,
        total=_line(_("In all"), filters, every.tally, ""),
        sources=queries.sources(actor, filters),
        unshown=Figure(every.unshown, address_of(replace(filters, unshown=True))),
        ages=tuple(_age(age, every, filters) for age in Age),
        units=_units(known, filters, found.by_unit),
        path=_path(known, filters),
        loads=_loads(known, filters, loaded),
        loads_left_out=max(0, len(loaded) - MOST_LOADED),
        decisions=_decisions(actor, filters, of_decisions),
        decisions_left_out=max(0, len(of_decisions) - MOST_DECISIONS),
    )


def _units(known: Directory, filters: AssignmentFilters, counts: Mapping[UUID, Counts]) -> tuple[Line, ...]:
    """Return the unit itself and those right below it, each with all that stands below, by their share on time."""
    top = filters.under or _top(known)
    lines: list[tuple[Tally, str, Line]] = []
    for unit in (top, *known.children.get(top, ())) if top else ():
        alone = unit == top
        tally = _sum(counts, [unit] if alone else known.below(unit))
        if not tally.total:
            continue
        label = known.unit_label(unit)
        own = replace(filters, under=None, lead=unit) if alone else replace(filters, under=unit)
        deeper = "" if alone or not known.children.get(unit) else address_of(own, reverse("follow_up"))
        lines.append((tally, known.units[unit].sort_key, _line(label, own, tally, deeper)))
    return tuple(line for _tally, _key, line in sorted(lines, key=lambda each: (standing(each[0]), each[1])))


def _sum(counts: Mapping[UUID, Counts], units: Iterable[UUID]) -> Tally:
    return tally_of(added(filter(None, map(counts.get, units))))


def _top(known: Directory) -> UUID | None:
    """Return the highest unit: of several, the first in Vietnamese order."""
    heads = [unit for unit in known.in_order() if unit.parent is None]
    return heads[0].id if heads else None


def _path(known: Directory, filters: AssignmentFilters) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    unit = filters.under
    while unit is not None and unit in known.units and len(found) < 10:
        found.append((known.unit_label(unit), address_of(replace(filters, under=unit), reverse("follow_up"))))
        unit = known.units[unit].parent
    return tuple(reversed(found))


def _loads(known: Directory, filters: AssignmentFilters, counts: Mapping[UUID, Counts]) -> tuple[Load, ...]:
    """Return the lead units with the most open assignments; of equally many, those with the most overdue first."""

    def place(unit: UUID) -> tuple[int, int, str]:
        open, overdue = open_and_overdue(counts[unit])
        return -open, -overdue, known.unit_label(unit)

    loads, rows = [], reverse("assignments")
    for unit in nsmallest(MOST_LOADED, counts, key=place):
        tally, own = tally_of(counts[unit]), replace(filters, under=None, lead=unit)
        every = Figure(tally.open, address_of(replace(own, among=Among.OPEN), rows))
        loads.append(Load(known.unit_label(unit), every, _state(Timing.OPEN_OVERDUE, tally, own, rows)))
    return tuple(loads)


def _decisions(actor: Actor, filters: AssignmentFilters, tallies: Mapping[UUID, Tally]) -> tuple[Line, ...]:
    """Return the decisions with the most overdue first."""
    worst = sorted(tallies.items(), key=lambda each: (-each[1].open_overdue, -each[1].open, -each[1].total, each[0]))
    shown = worst[:MOST_DECISIONS]
    names = queries.named(actor, [id for id, _tally in shown])
    lines = []
    for id, tally in shown:
        name = names.get(id)
        own = replace(filters, decision=id)
        label = said(name.title) if name else _("A decision that your post may not see")
        lines.append(
            _line(
                label,
                own,
                tally,
                reverse("decision", args=[id]) if name else "",
                ", ".join(name.symbols) if name else "",
            )
        )
    return tuple(lines)


def _line(label: str, filters: AssignmentFilters, tally: Tally, url: str, note: str = "") -> Line:
    rows = reverse("assignments")
    return Line(
        label=label,
        url=url,
        note=note,
        total=Figure(tally.total, address_of(replace(filters, among=Among.COUNTED), rows)),
        states=tuple(_state(timing, tally, filters, rows) for timing in STATES),
        due=Figure(tally.due, address_of(replace(filters, among=Among.DUE), rows)),
        on_time=tally.on_time_of_due,
    )


def _state(timing: Timing, tally: Tally, filters: AssignmentFilters, rows: str) -> Figure:
    count = int(getattr(tally, timing.value))
    tone = "serious" if count and timing == Timing.OPEN_OVERDUE else ""
    return Figure(count, address_of(replace(filters, timing=timing), rows), tone)


def _age(age: Age, found: Figures, filters: AssignmentFilters) -> tuple[str, Figure]:
    return str(labels.AGES[age]), Figure(found.ages.get(age, 0), address_of(replace(filters, age=age)))
