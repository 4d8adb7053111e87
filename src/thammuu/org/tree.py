"""The dated tree: which units stand on a day, and below which. Pure.

Units are named by their codes here. A unit has spells, one after the other; where none stands, it is closed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Spell:
    """What a unit is called and below which it stands, from `starts_on` until before `ends_on` (None: still)."""

    code: str
    parent: str | None
    name: str
    short_name: str
    starts_on: date
    ends_on: date | None = None

    def stands_on(self, day: date) -> bool:
        """Say whether the spell holds on the day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


Parents = Mapping[str, str | None]


def standing(spells: Iterable[Spell], day: date) -> dict[str, str | None]:
    """Return the superior of each unit that stands on the day."""
    return {spell.code: spell.parent for spell in spells if spell.stands_on(day)}


def latest(spells: Iterable[Spell]) -> dict[str, Spell]:
    """Return the last spell of each unit."""
    found: dict[str, Spell] = {}
    for spell in spells:
        if spell.code not in found or spell.starts_on > found[spell.code].starts_on:
            found[spell.code] = spell
    return found


def days_of_change(spells: Iterable[Spell], since: date) -> list[date]:
    """Return the days, from `since` on, on which the tree is another than the day before."""
    ends = {spell.ends_on for spell in spells if spell.ends_on is not None}
    return sorted(day for day in {since, *(spell.starts_on for spell in spells), *ends} if day >= since)


def adrift(parents: Parents) -> set[str]:
    """Return the units whose superior does not stand."""
    return {code for code, parent in parents.items() if parent is not None and parent not in parents}


def in_circles(parents: Parents) -> set[str]:
    """Return the units that stand below themselves."""
    done: set[str] = set()
    circles: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        code: str | None = start
        while code is not None and code in parents and code not in done and code not in path:
            path[code] = None
            code = parents[code]
        if code is not None and code in path:
            way = list(path)
            circles.update(way[way.index(code) :])
        done.update(path)
    return circles
