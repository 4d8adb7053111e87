"""Boundaries that come with a plan of units: read and saved by the package that keeps the map.

The map lies above this package, so it says here who reads and saves boundaries.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from thammuu.kernel.actor import Actor


class Reader(Protocol):
    """Returns the unit codes in a GeoJSON or TopoJSON file; raises `BadInput` saying what is wrong and where."""

    def __call__(self, content: bytes) -> Collection[str]: ...


class Keeper(Protocol):
    """Saves the boundaries of a file for a level of units, inside the caller's transaction."""

    def __call__(self, *, actor: Actor, now: datetime, content: bytes, level: str) -> int: ...


_kept: list[tuple[Reader, Keeper]] = []


def provide(reader: Reader, keeper: Keeper) -> None:
    """Say who reads boundaries and who saves them."""
    _kept[:] = [(reader, keeper)]


def codes_in(content: bytes) -> Collection[str]:
    """Return the codes of the units whose boundaries are in the file. Raises `BadInput`."""
    return _kept[0][0](content)


def save(*, actor: Actor, now: datetime, content: bytes, level: str) -> int:
    """Save the boundaries of the file."""
    return _kept[0][1](actor=actor, now=now, content=content, level=level)
