"""Acts on units as plans of changes: naming, closing, opening, merging, splitting. Pure.

What stands below a unit that closes goes to its first successor by the rules of plans; these only say the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thammuu.org.planning import Change


@dataclass(frozen=True, slots=True)
class Part:
    """A unit that comes of a split; `children` are the codes of the units that it takes."""

    code: str
    name: str
    children: tuple[str, ...] = ()


def naming(code: str, day: date, name: str, short_name: str, parent: str | None) -> list[Change]:
    """Give a unit another name or place, or open a closed one again."""
    return [Change(1, code, day, name=name, short_name=short_name, parent=parent)]


def closing(code: str, day: date, successors: Sequence[str]) -> list[Change]:
    """Close a unit; its successors inherit what it leaves."""
    return [Change(1, code, day, closes=True, successors=tuple(successors))]


def merging(codes: Sequence[str], day: date, into: Change) -> list[Change]:
    """Merge units into one, which is new or one of them."""
    merged = [code for code in codes if code != into.code]
    closed = (Change(line, code, day, closes=True, successors=(into.code,)) for line, code in enumerate(merged, 2))
    return [into, *closed]


def splitting(
    code: str, day: date, level: str, parent: str | None, parts: Sequence[Part], *, remains: bool
) -> list[Change]:
    """Split a unit into parts beside it; it closes unless it remains."""
    changes = [Change(line, part.code, day, level, part.name, parent=parent) for line, part in enumerate(parts, 1)]
    for part in parts:
        for child in part.children:
            changes.append(Change(len(changes) + 1, child, day, parent=part.code))
    if not remains:
        successors = tuple(part.code for part in parts)
        changes.append(Change(len(changes) + 1, code, day, closes=True, successors=successors))
    return changes
