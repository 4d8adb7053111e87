"""The directory: today's unit tree and the posts in it, held in memory by each process.

Whatever is read here is as old as the last org fact that this process heard of (its live tail calls `forget`), and
never older than `KEEP_SECONDS`.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from thammuu.kernel import clock
from thammuu.org.models import Post, Unit, UnitSpell
from thammuu.org.rules import subtree

KEEP_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it is called today."""

    id: UUID
    code: str
    level: str
    name: str
    short_name: str
    sort_key: str
    parent: UUID | None


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post and the unit it stands in."""

    id: UUID
    title: str
    unit: UUID


@dataclass(frozen=True, slots=True)
class Directory:
    """One reading of the tree."""

    units: dict[UUID, UnitRow]
    children: dict[UUID, tuple[UUID, ...]]
    posts: dict[UUID, PostRow]

    def below(self, unit: UUID) -> frozenset[UUID]:
        """Return the unit and everything below it."""
        return subtree(unit, self.children)

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
        """Return the units (of the scope) in Vietnamese order of their names."""
        wanted = self.units.values() if scope is None else (self.units[id] for id in scope if id in self.units)
        return sorted(wanted, key=lambda unit: (unit.sort_key, unit.code))


_held: Directory | None = None
_read_at = 0.0


def current() -> Directory:
    """Return the directory, read anew if it was forgotten or is older than `KEEP_SECONDS`."""
    global _held, _read_at
    held = _held
    if held is None or time.monotonic() - _read_at > KEEP_SECONDS:
        held = _read()
        _held, _read_at = held, time.monotonic()
    return held


def forget() -> None:
    """Drop what is held: something about units or posts has changed."""
    global _held
    _held = None


def _read() -> Directory:
    today = clock.day_of(clock.now())
    spells = (
        UnitSpell.objects.filter(starts_on__lte=today)
        .filter(Q(ends_on=None) | Q(ends_on__gt=today))
        .select_related("unit")
    )
    units = {
        spell.unit_id: UnitRow(
            spell.unit_id,
            spell.unit.code,
            spell.unit.level,
            spell.name,
            spell.short_name,
            spell.sort_key,
            spell.parent_id,
        )
        for spell in spells
    }
    for unit in Unit.objects.exclude(id__in=units):
        units[unit.id] = UnitRow(unit.id, unit.code, unit.level, unit.code, unit.code, unit.code, None)
    children: dict[UUID, list[UUID]] = {}
    for row in units.values():
        if row.parent is not None:
            children.setdefault(row.parent, []).append(row.id)
    posts = {post.id: PostRow(post.id, post.title, post.unit_id) for post in Post.objects.all()}
    return Directory(units, {unit: tuple(below) for unit, below in children.items()}, posts)
