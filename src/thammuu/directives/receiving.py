"""Choosing the units that receive a task, by level, by region and by list, and what each of them then gets."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.directives import cascading, labels, policies
from thammuu.directives.cascading import MOST_REVIEW_DAYS, LevelSum, Step, Tree
from thammuu.directives.models import Decision
from thammuu.directives.rules import Urgency
from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import format_instant
from thammuu.kernel.errors import BadInput, require
from thammuu.kernel.text import fold
from thammuu.org import directory
from thammuu.org.directory import Directory, UnitRow
from thammuu.org.rules import Permission
from thammuu.org.unit_names import names_of

NAMED = 10


@dataclass(frozen=True, slots=True)
class Cascade:
    """A task for many units: all of `levels` within `regions` (all units, if none is named), and `units` besides.

    `reviews` gives the working days that a level has for examining what the level below it hands in. Either
    `term_days` or `deadline` (aware) says when all must lie examined before the issuing unit.
    """

    title: str
    product: str
    levels: tuple[str, ...] = ()
    regions: tuple[UUID, ...] = ()
    units: tuple[UUID, ...] = ()
    reviews: Mapping[str, int] | None = None
    term_days: int | None = None
    deadline: datetime | None = None
    urgency: Urgency = Urgency.NORMAL


@dataclass(frozen=True)
class Plan:
    """What a cascade would issue."""

    steps: Sequence[Step]
    final: datetime

    @cached_property
    def levels(self) -> list[LevelSum]:
        """Return the units and the deadline of each level."""
        return cascading.by_level(self.steps)

    @cached_property
    def digest(self) -> str:
        """Return what tells this plan from another: who receives it, below whom, until when."""
        told = hashlib.sha256()
        for step in self.steps:
            told.update(repr((step.unit, step.above, step.deadline.timestamp())).encode())
        return told.hexdigest()


def planned(actor: Actor, decision: Decision, cascade: Cascade, final: datetime, now: datetime) -> Plan:
    """Return what each unit would get, if all is issued now, `final` being the deadline of the whole.

    Raises `BadInput` where nobody receives anything, a unit is closed, or a level would be late before it begins;
    `Refused` where the actor does not direct a unit.
    """
    known = directory.current()
    chosen = _chosen(actor, decision, cascade, known)
    if not chosen:
        raise BadInput("levels", _("No unit fits: choose levels, or name units."))
    for unit in chosen:
        # Asked of thousands: the words of a refusal are only made where there is one.
        if not actor.may(Permission.ASSIGN, unit, event=decision.event_id, classification=decision.classification):
            require(policies.may_assign_to(actor, decision, unit))
    reviews = cascade.reviews or {}
    if any(not 0 <= days <= MOST_REVIEW_DAYS for days in reviews.values()):
        raise BadInput("reviews", _("A review takes between 0 and {most} days.").format(most=MOST_REVIEW_DAYS))
    tree = Tree(
        {unit.id: unit.parent for unit in known.units.values()},
        {unit.id: unit.level for unit in known.units.values()},
    )
    issuing = known.units[decision.unit_id].level
    plan = Plan(cascading.steps(chosen, tree, final, issuing, reviews), final)
    _refuse_late(plan, now, actor.language)
    return plan


def levels_for(actor: Actor, decision: Decision) -> list[tuple[str, int]]:
    """Return the levels below the deciding unit with how many units of each the actor directs, the highest first."""
    known = directory.current()
    counts: dict[str, list[int]] = {}
    for unit in _directed(actor, decision, known):
        counts.setdefault(unit.level, []).append(_depth(known, unit))
    ordered = sorted(counts.items(), key=lambda item: (min(item[1]), item[0]))
    return [(level, len(depths)) for level, depths in ordered]


def regions_for(actor: Actor, decision: Decision) -> list[UnitRow]:
    """Return the units that others stand below, in Vietnamese order: a region is such a unit with all below it."""
    known = directory.current()
    mine = {unit.id for unit in _directed(actor, decision, known)}
    return known.in_order([unit for unit in mine if not mine.isdisjoint(known.children.get(unit, ()))])


def named(actor: Actor, lines: Iterable[str]) -> list[UUID]:
    """Return the units that the lines name, one each, by code or name, among those that the actor sees.

    Raises `BadInput` for a name that is nobody's or several units'.
    """
    wanted = [line.strip() for line in lines if line.strip()]
    if not wanted:
        return []
    units = [unit for unit in directory.current().units.values() if actor.scope.knows(unit.id)]
    index: dict[str, dict[UUID, UnitRow]] = {}
    for unit in units:
        for name in names_of(unit):
            index.setdefault(fold(name), {})[unit.id] = unit
    codes = {unit.code: unit for unit in units}
    return [_one(line, codes, index) for line in dict.fromkeys(wanted)]


def _one(line: str, codes: Mapping[str, UnitRow], index: Mapping[str, Mapping[UUID, UnitRow]]) -> UUID:
    if line in codes:
        return codes[line].id
    found = list(index.get(fold(line), {}).values())
    standing = [unit for unit in found if unit.stands] or found
    if not standing:
        raise BadInput("units", _("No unit is called “{name}”.").format(name=line))
    if len(standing) > 1:
        told = ", ".join(f"{unit.name} ({unit.code})" for unit in standing[:NAMED])
        raise BadInput("units", _("“{name}” may be {units}: write the code.").format(name=line, units=told))
    return standing[0].id


def _chosen(actor: Actor, decision: Decision, cascade: Cascade, known: Directory) -> list[UUID]:
    regions: set[UUID] = set()
    for region in cascade.regions:
        regions |= known.below(region)
    found = [
        unit.id
        for unit in (_directed(actor, decision, known) if cascade.levels else ())
        if unit.level in cascade.levels and (not cascade.regions or unit.id in regions)
    ]
    closed = [known.units[unit].name for unit in cascade.units if unit in known.units and not known.units[unit].stands]
    if closed:
        names = ", ".join(closed[:NAMED])
        raise BadInput("units", _("Closed units receive no tasks: {names}.").format(names=names))
    if decision.unit_id in cascade.units:
        raise BadInput("units", _("The deciding unit does not give itself a task here."))
    return list(dict.fromkeys([*found, *(unit for unit in cascade.units if unit in known.units)]))


def _directed(actor: Actor, decision: Decision, known: Directory) -> list[UnitRow]:
    """Return the units that stand below the deciding one and that the actor directs."""
    reach = actor.units_of(Permission.ASSIGN)
    below = known.below(decision.unit_id) - {decision.unit_id}
    return known.in_order(below if reach is None else below & reach)


def _depth(known: Directory, unit: UnitRow) -> int:
    depth, up = 0, unit.parent
    while up is not None and depth < len(known.units):
        depth, up = depth + 1, known.units[up].parent
    return depth


def _refuse_late(plan: Plan, now: datetime, language: str) -> None:
    late: Collection[LevelSum] = [level for level in plan.levels if level.deadline <= now]
    if late:
        text = _(
            "Counted back from the end, these would be late before they begin: {levels}. "
            "Choose a later end or shorter reviews."
        )
        told = ", ".join(f"{labels.level_word(one.level)} ({format_instant(one.deadline, language)})" for one in late)
        raise BadInput("deadline", text.format(levels=told))
