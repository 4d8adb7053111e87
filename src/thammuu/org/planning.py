"""A plan of changes of the unit tree, judged change by change before anything is saved. Pure.

Whatever the way in (a file, a merger, a new name), a plan is a list of `Change`, one a unit. `judge` lays it onto the
dated tree and says of each change what it would do, or why it cannot be; on every day that follows, units must
stand below units that stand, and never in a circle.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import orjson
from django.utils.translation import gettext as _

from thammuu.kernel.text import fold
from thammuu.org.tree import Spell, adrift, days_of_change, in_circles, latest, standing

# Faults of the tree spread from line to line; a file whose lines hang from one fault in so long a chain is all fault.
MOST_ROUNDS = 50


class Outcome(StrEnum):
    """What a change would do."""

    NEW = "new"
    CHANGED = "changed"
    OPENED = "opened"
    CLOSED = "closed"
    CARRIED = "carried"
    SAME = "same"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Change:
    """What a unit is to be from a day on; `line` is its place in the file, 0 for what follows from another change.

    With `closes` the unit ceases to be on the day and `successors` inherit; otherwise it has the name and superior.
    `fault` is what was wrong with the line itself, and `column` where.
    """

    line: int
    code: str
    starts_on: date
    level: str = ""
    name: str = ""
    short_name: str = ""
    parent: str | None = None
    closes: bool = False
    successors: tuple[str, ...] = ()
    column: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A change with what it would do; a fault has its column and reason. `was` is the unit's last spell before."""

    change: Change
    outcome: Outcome
    was: Spell | None = None
    column: str = ""
    reason: str = ""

    @property
    def is_fault(self) -> bool:
        """Say whether this change cannot be."""
        return self.outcome is Outcome.FAULT

    def refused(self, column: str, reason: str) -> "Judged":
        """Return the same change as a fault."""
        return replace(self, outcome=Outcome.FAULT, column=column, reason=reason)


@dataclass(frozen=True, slots=True)
class Ground:
    """The tree that a plan is laid onto, and the units that the actor administers (None: every one)."""

    spells: Sequence[Spell]
    levels: Mapping[str, str]
    administered: Collection[str] | None = None


def judge(changes: Sequence[Change], ground: Ground) -> list[Judged]:
    """Return every change with its outcome, in their order, and after them the units carried along by closures."""
    last = latest(ground.spells)
    changes = [*changes, *_carried(changes, ground.spells)]
    first: dict[str, Change] = {}
    alike = {code.casefold(): code for code in ground.levels}
    judged = []
    for change in changes:
        found = _alone(change, last.get(change.code), ground.levels)
        key = change.code.casefold()
        if not found.is_fault and key in first:
            told = _("The code {code} stands in line {line} already.")
            found = found.refused("code", told.format(code=first[key].code, line=first[key].line))
        if not found.is_fault and alike.get(key, change.code) != change.code:
            told = _("The code differs from {code} by capital letters only.")
            found = found.refused("code", told.format(code=alike[key]))
        first.setdefault(key, change)
        judged.append(found)
    judged = _with_authority(judged, last, ground.administered)
    return _on_every_day(judged, ground.spells)


def out_of_reach(judged: Iterable[Judged], ground: Ground) -> set[str]:
    """Return the codes of units that the plan names, leaves as they are, and that the actor does not administer."""
    if ground.administered is None:
        return set()
    same = {one.change.code for one in judged if one.outcome is Outcome.SAME}
    return same.difference(ground.administered)


def namesakes(judged: Sequence[Judged], spells: Sequence[Spell]) -> set[str]:
    """Return the codes of the plan whose unit would have the name of another one below the same superior."""
    plan = {one.change.code for one in judged if one.outcome not in (Outcome.FAULT, Outcome.SAME)}
    called: dict[tuple[str | None, str], list[str]] = {}
    for spell in spells_after(judged, spells):
        if spell.ends_on is None:
            called.setdefault((spell.parent, fold(spell.name)), []).append(spell.code)
    return {code for codes in called.values() if len(codes) > 1 for code in codes if code in plan}


def digest_of(judged: Iterable[Judged]) -> str:
    """Return what stands for a rehearsal: another plan or another outcome has another digest."""
    told = [
        [one.outcome, one.change.code, one.change.parent, one.change.name, one.change.successors, one.reason]
        for one in judged
    ]
    return hashlib.sha256(orjson.dumps(told)).hexdigest()


def spells_after(judged: Iterable[Judged], spells: Sequence[Spell]) -> list[Spell]:
    """Return the tree as the plan leaves it; faults change nothing."""
    effects = {one.change.code: one for one in judged if one.outcome not in (Outcome.FAULT, Outcome.SAME)}
    after = [
        replace(spell, ends_on=effects[spell.code].change.starts_on)
        if spell.ends_on is None and spell.code in effects
        else spell
        for spell in spells
    ]
    for one in effects.values():
        change = one.change
        if not change.closes:
            after.append(Spell(change.code, change.parent, change.name, change.short_name, change.starts_on))
    return after


def _carried(changes: Sequence[Change], spells: Sequence[Spell]) -> list[Change]:
    """What stands below a unit that closes moves below its first successor, unless the plan says where it goes."""
    heirs = {change.code: change for change in changes if change.closes and change.successors and not change.fault}
    named = {change.code for change in changes}
    return [
        Change(
            0, spell.code, heirs[spell.parent].starts_on, "", spell.name, spell.short_name,
            heirs[spell.parent].successors[0],
        )
        for spell in spells
        if spell.ends_on is None and spell.parent in heirs and spell.code not in named
    ]  # fmt: skip


def _alone(change: Change, was: Spell | None, levels: Mapping[str, str]) -> Judged:
    judged = Judged(_completed(change, was), Outcome.NEW, was)
    change = judged.change
    if change.fault:
        return judged.refused(change.column, change.fault)
    if was is None:
        return _new(judged)
    if change.level and change.level != levels[change.code]:
        told = _("The level of a unit cannot change; it is {level}.").format(level=levels[change.code])
        return judged.refused("level", told)
    if was.ends_on is not None:
        if change.closes:
            return judged.refused("code", _("The unit is closed already."))
        if change.starts_on < was.ends_on:
            told = _("The unit is closed from {day} only.").format(day=was.ends_on)
            return judged.refused("starts_on", told)
        return replace(judged, outcome=Outcome.OPENED)
    if not change.closes and (change.name, change.short_name, change.parent) == (was.name, was.short_name, was.parent):
        return replace(judged, outcome=Outcome.SAME)
    if change.starts_on <= was.starts_on:
        told = _("The change must come after {day}.").format(day=was.starts_on)
        return judged.refused("starts_on", told)
    if change.closes:
        return _closing(judged, was)
    return replace(judged, outcome=Outcome.CHANGED if change.line else Outcome.CARRIED)


def _completed(change: Change, was: Spell | None) -> Change:
    name = change.name or (was.name if was else "")
    kept = was.short_name if was and was.name == name else name
    return replace(change, name=name, short_name=change.short_name or kept)


def _new(judged: Judged) -> Judged:
    if judged.change.closes:
        return judged.refused("code", _("There is no unit with the code {code}.").format(code=judged.change.code))
    for column in ("level", "name"):
        if not getattr(judged.change, column):
            return judged.refused(column, _("The column {column} is empty.").format(column=column))
    return judged


def _closing(judged: Judged, was: Spell) -> Judged:
    if judged.change.code in judged.change.successors:
        return judged.refused("successor_codes", _("A unit cannot be its own successor."))
    if was.parent is None and not judged.change.successors:
        told = _("A unit without a superior needs a successor, or nobody would see what it leaves.")
        return judged.refused("successor_codes", told)
    return replace(judged, outcome=Outcome.CLOSED)


def _with_authority(
    judged: list[Judged], last: Mapping[str, Spell], administered: Collection[str] | None
) -> list[Judged]:
    """Refuse what touches a unit that the actor does not administer; a new unit counts with the unit above it."""
    if administered is None:
        return judged
    above = {one.change.code: one.change.parent for one in judged if one.change.code not in last}

    def may(code: str | None) -> bool:
        passed = set()
        while code is not None and code in above and code not in passed:
            passed.add(code)
            code = above[code]
        return code is not None and code in administered

    def touched(one: Judged) -> list[str | None]:
        moves = one.was is None or one.was.parent != one.change.parent
        places = one.change.successors if one.change.closes else (one.change.parent,) if moves else ()
        return [*([one.change.code] if one.was else []), *places]

    told = _("Your post does not administer this unit.")
    return [
        one if one.outcome in (Outcome.FAULT, Outcome.SAME) or all(map(may, touched(one))) else one.refused("", told)
        for one in judged
    ]


def _on_every_day(judged: list[Judged], spells: Sequence[Spell]) -> list[Judged]:
    """Refuse what would leave, on some day, a unit below one that does not stand or below itself."""
    for _round in range(MOST_ROUNDS):
        blamed = _blame(judged, spells)
        if not blamed:
            return judged
        judged = [
            one.refused(*blamed[one.change.code]) if one.change.code in blamed and not one.is_fault else one
            for one in judged
        ]
    told = _("Lines on which this one depends are faulty.")
    return [one if one.outcome is Outcome.SAME else one.refused("parent_code", told) for one in judged]


def _blame(judged: Sequence[Judged], spells: Sequence[Spell]) -> dict[str, tuple[str, str]]:
    plan = {one.change.code: one for one in judged if one.outcome not in (Outcome.FAULT, Outcome.SAME)}
    if not plan:
        return {}
    after = spells_after(plan.values(), spells)
    blamed: dict[str, tuple[str, str]] = {}
    for day in days_of_change(after, min(one.change.starts_on for one in plan.values())):
        parents = standing(after, day)
        for code in adrift(parents):
            blamed.update(_of_loose(code, parents[code], day, plan))
        for code in in_circles(parents) & plan.keys():
            blamed[code] = ("parent_code", _("A unit cannot stand below itself."))
    for one in plan.values():
        blamed.update(_without_successor(one, standing(after, one.change.starts_on)) if one.change.closes else {})
    return blamed


def _without_successor(one: Judged, parents: Mapping[str, str | None]) -> dict[str, tuple[str, str]]:
    lacking = [successor for successor in one.change.successors if successor not in parents]
    if not lacking:
        return {}
    told = _("The successor {code} does not exist on {day}.")
    return {one.change.code: ("successor_codes", told.format(code=lacking[0], day=one.change.starts_on))}


def _of_loose(code: str, parent: str | None, day: date, plan: Mapping[str, Judged]) -> dict[str, tuple[str, str]]:
    """Blame the change that placed the unit, or else the one that closed its superior."""
    if code in plan and not plan[code].change.closes:
        told = _("The superior unit {code} does not exist on {day}.").format(code=parent, day=day)
        return {code: ("parent_code", told)}
    if parent is not None and parent in plan:
        told = _("Units still stand below it: {code}.").format(code=code)
        return {parent: ("code", told)}
    return {}
