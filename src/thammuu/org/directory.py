"""The directory: today's unit tree and the posts in it, held in memory by each process.

Whatever is read here is as old as the last org fact that this process heard of (its live tail calls `forget`), and
never older than `KEEP_SECONDS`.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from thammuu.kernel import clock
from thammuu.org.models import Post, Unit, UnitSpell, UnitSuccession
from thammuu.org.rules import subtree

KEEP_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it is called on the day of the reading; a closed one as it was called last, a coming one as it will be.

    `stands` says whether it is open on that day.
    """

    id: UUID
    code: str
    level: str
    name: str
    short_name: str
    sort_key: str
    parent: UUID | None
    stands: bool = True


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post and the unit it stands in."""

    id: UUID
    title: str
    unit: UUID


@dataclass(frozen=True, slots=True)
class Directory:
    """One reading of the tree: every unit there ever was, by id.

    `children` is for who may see and do: a closed unit stands below its successors, or else below its last superior.
    """

    units: dict[UUID, UnitRow]
    children: dict[UUID, tuple[UUID, ...]]
    posts: dict[UUID, PostRow]
    successors: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)

    def below(self, unit: UUID) -> frozenset[UUID]:
        """Return the unit and everything below it, the closed units that they succeed included."""
        return subtree(unit, self.children)

    def present(self, unit: UUID) -> tuple[UUID, ...]:
        """Return the unit itself, or for a closed one those that succeed it today, the first of them first."""
        if unit not in self.successors:
            return (unit,)
        found = {heir: None for successor in self.successors[unit] for heir in self.present(successor)}
        return tuple(found)

    def reach(self, unit: UUID) -> frozenset[UUID]:
        """Return where a role counts that was granted at the unit: there and below, or at its successors."""
        return frozenset[UUID]().union(*(self.below(heir) for heir in self.present(unit)))

    def stands_for(self, unit: UUID) -> frozenset[UUID]:
        """Return the unit and the closed ones whose open work it inherits."""
        closed = {
            before: tuple(heir for heir in below if heir in self.successors) for before, below in self.children.items()
        }
        return subtree(unit, closed)

    def is_everything(self, units: Collection[UUID]) -> bool:
        """Say whether these are all the units there are."""
        return len(self.units) > 0 and self.units.keys() <= set(units)

    def unit_label(self, unit: UUID | None) -> str:
        """Return the unit's short name, "" for an unknown unit."""
        row = self.units.get(unit) if unit else None
        return row.short_name if row else ""

    def post_label(self, post: UUID | None) -> str:
        """Return "title, unit" of a post, "" for none."""
        row = self.posts.get(post) if post else None
        return f"{row.title}, {self.unit_label(row.unit)}" if row else ""

    def in_order(self, scope: Collection[UUID] | None = None) -> list[UnitRow]:
        """Return the units (of the scope) that stand, in Vietnamese order of their names."""
        wanted = self.units.values() if scope is None else (self.units[id] for id in scope if id in self.units)
        return sorted((unit for unit in wanted if unit.stands), key=lambda unit: (unit.sort_key, unit.code))


_held: Directory | None = None
_read_at = 0.0


def current() -> Directory:
    """Return the directory, read anew if it was forgotten or is older than `KEEP_SECONDS`."""
    global _held, _read_at
    held = _held
    if held is None or time.monotonic() - _read_at > KEEP_SECONDS:
        held = _read(clock.day_of(clock.now()))
        _held, _read_at = held, time.monotonic()
    return held


def forget() -> None:
    """Drop what is held: something about units or posts has changed."""
    global _held
    _held = None


def as_of(day: date) -> Directory:
    """Read the tree as it stood on a day: the period's tree, on which what was recorded then adds up."""
    return _read(day)


def _read(day: date) -> Directory:
    return assemble(stored(), day)


@dataclass(frozen=True, slots=True)
class Rows:
    """What a directory is made from; `spells` of each unit in the order of their days."""

    units: list[Unit]
    spells: list[UnitSpell]
    successions: list[UnitSuccession]
    posts: list[Post]


def stored() -> Rows:
    """Read the rows of the whole dated tree."""
    return Rows(
        list(Unit.objects.all()),
        list(UnitSpell.objects.order_by("starts_on")),
        list(UnitSuccession.objects.order_by("place")),
        list(Post.objects.all()),
    )


def assemble(rows: Rows, day: date) -> Directory:
    """Return the tree of the rows as it stands on a day."""
    spells: dict[UUID, list[UnitSpell]] = {}
    for spell in rows.spells:
        spells.setdefault(spell.unit_id, []).append(spell)
    units = {unit.id: _row(unit, spells.get(unit.id, []), day) for unit in rows.units}
    successors: dict[UUID, tuple[UUID, ...]] = {}
    for row in rows.successions:
        valid = row.starts_on <= day and (row.ends_on is None or day < row.ends_on)
        if valid and not units[row.unit_id].stands:
            successors[row.unit_id] = (*successors.get(row.unit_id, ()), row.successor_id)
    children: dict[UUID, list[UUID]] = {}
    for unit in units.values():
        for above in successors.get(unit.id) or ((unit.parent,) if unit.parent else ()):
            children.setdefault(above, []).append(unit.id)
    known = Directory(units, {unit: tuple(below) for unit, below in children.items()}, {}, successors)
    for post in rows.posts:
        known.posts[post.id] = PostRow(post.id, post.title, known.present(post.unit_id)[0])
    return known


def _row(unit: Unit, spells: list[UnitSpell], day: date) -> UnitRow:
    if not spells:
        return UnitRow(unit.id, unit.code, unit.level, unit.code, unit.code, unit.code, None)
    begun = [spell for spell in spells if spell.starts_on <= day]
    spell = begun[-1] if begun else spells[0]
    stands = bool(begun) and (spell.ends_on is None or spell.ends_on > day)
    return UnitRow(
        unit.id, unit.code, unit.level, spell.name, spell.short_name, spell.sort_key, spell.parent_id, stands
    )
