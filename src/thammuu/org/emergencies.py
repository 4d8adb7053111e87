"""What can be opened in an emergency besides units: packages above say which of their things."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from thammuu.kernel.text import fold
from thammuu.org import directory

UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Found:
    """What an officer named: its id, the unit that it belongs to, its level, and how it is called."""

    kind: str
    id: UUID
    unit: UUID
    classification: int
    title: str


@dataclass(frozen=True, slots=True)
class Openable:
    """A kind of thing: `find` by what was typed, `rows` that are seen with it, `grows` by subjects of these kinds."""

    find: Callable[[str], Found | None]
    rows: Callable[[UUID], frozenset[UUID]]
    grows: frozenset[str]


_kinds: dict[str, Openable] = {}


def register(kind: str, openable: Openable) -> None:
    """Say how things of a kind are found and what is seen with one."""
    _kinds[kind] = openable


def rows_of(kind: str, id: UUID) -> frozenset[UUID]:
    """Return the subjects that are seen with an opened thing; none for a unit, which is a reach."""
    return _kinds[kind].rows(id) if kind in _kinds else frozenset()


def may_grow(kinds: Iterable[str]) -> bool:
    """Say whether entries about subjects of these kinds may add to what somebody has opened."""
    return any(not openable.grows.isdisjoint(kinds) for openable in _kinds.values())


def find(typed: str) -> Found | None:
    """Return what was named: a thing by its number, or a unit by its code or its name; None if there is none."""
    for openable in _kinds.values():
        found = openable.find(typed)
        if found is not None:
            return found
    wanted = fold(typed.strip())
    units = [unit for unit in directory.current().units.values() if wanted in (fold(unit.code), fold(unit.name))]
    if len(units) != 1:
        return None
    return Found(UNIT, units[0].id, units[0].id, 0, units[0].name)
