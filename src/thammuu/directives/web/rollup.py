"""The roll-up of a decision or an assignment as pages show it: every figure leads to its rows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.directives import labels, queries, rollup
from thammuu.directives.rollup import Part, Sum
from thammuu.directives.rules import Hold, State, Timing
from thammuu.journal.redaction.words import said
from thammuu.kernel.actor import Actor
from thammuu.org import directory

MOST_BRANCHES = 100
MOST_HOLDERS = 10
TIMINGS = (Timing.DONE_ON_TIME, Timing.DONE_LATE, Timing.OPEN_WITHIN_TIME, Timing.OPEN_OVERDUE)
ALARMING = frozenset({Timing.OPEN_OVERDUE.value, Hold.REFUSED.value})
COLUMNS: tuple[str | Promise, ...] = (
    gettext_lazy("In all"),
    *(labels.IN_SHORT[each] for each in (*TIMINGS, *Hold)),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count and the list of what it counts."""

    count: int
    url: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one group, in the order of `COLUMNS`."""

    label: str
    url: str
    figures: tuple[Figure, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit with which open assignments lie."""

    label: str
    open: Figure
    overdue: Figure


@dataclass(frozen=True, slots=True)
class Rollup:
    """What became of all: in one line, by level, by unit below, and with whom the open ones lie."""

    columns: tuple[str | Promise, ...]
    total: Line
    withdrawn: Figure
    levels: tuple[Line, ...]
    branches: tuple[Line, ...]
    left_out: int
    holders: tuple[Holder, ...]


def of_decision(actor: Actor, decision: UUID, now: datetime) -> Rollup | None:
    """Return the roll-up of all assignments from a decision; None for fewer than two."""
    parts = queries.parts_of(actor, decision)
    return _rolled(parts, {"decision": str(decision)}, None, now) if len(parts) > 1 else None


def of_assignment(actor: Actor, decision: UUID, assignment: UUID, now: datetime) -> Rollup | None:
    """Return the roll-up of what stands below an assignment; None if nothing does."""
    parts = queries.parts_of(actor, decision, assignment)
    return _rolled(parts, {"below": str(assignment)}, assignment, now) if parts else None


def _rolled(parts: Collection[Part], base: Mapping[str, str], within: UUID | None, now: datetime) -> Rollup:
    known = directory.current()
    by_id = {part.id: part for part in parts}
    levels = rollup.grouped(parts, lambda part: part.level, now)
    branches = rollup.grouped(parts, lambda part: rollup.branch_of(part, within, by_id), now)
    worst = sorted(
        branches.items(),
        key=lambda item: (-item[1].tally.open_overdue, -item[1].tally.open, known.unit_label(by_id[item[0]].lead)),
    )
    # A unit may have several tasks from one decision: then each is called by its task as well.
    several = len({by_id[id].title for id in branches}) > 1
    total = rollup.summed(parts, now)
    return Rollup(
        columns=COLUMNS,
        total=_line(_("In all"), base, total),
        withdrawn=Figure(total.withdrawn, _list({**base, "state": State.WITHDRAWN.value})),
        levels=tuple(
            _line(labels.level_word(level), {**base, "level": level}, found) for level, found in levels.items()
        ),
        branches=tuple(
            _line(
                known.unit_label(by_id[id].lead),
                {"within": str(id)},
                found,
                reverse("assignment", args=[id]),
                said(by_id[id].title) if several else "",
            )
            for id, found in worst[:MOST_BRANCHES]
        ),
        left_out=max(0, len(worst) - MOST_BRANCHES),
        holders=tuple(_holder(base, *found) for found in rollup.holders(parts, now)[:MOST_HOLDERS]),
    )


def _holder(base: Mapping[str, str], unit: UUID, count: int, overdue: int) -> Holder:
    query = {**base, "holder": str(unit)}
    late = _figure(overdue, query, "due", Timing.OPEN_OVERDUE.value)
    return Holder(directory.current().unit_label(unit), Figure(count, _list(query)), late)


def _line(label: str, base: Mapping[str, str], found: Sum, url: str = "", note: str = "") -> Line:
    figures = [Figure(found.tally.total + found.withdrawn, _list(base))]
    for timing in TIMINGS:
        figures.append(_figure(getattr(found.tally, timing.value), base, "due", timing.value))
    for hold in Hold:
        figures.append(_figure(found.holds.get(hold, 0), base, "held", hold.value))
    return Line(label, url or _list(base), tuple(figures), note)


def _figure(count: int, base: Mapping[str, str], name: str, value: str) -> Figure:
    return Figure(count, _list({**base, name: value}), "serious" if count and value in ALARMING else "")


def _list(query: Mapping[str, str]) -> str:
    return f"{reverse('assignments')}?{urlencode(query)}"
