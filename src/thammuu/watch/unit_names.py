"""How units are called on the command bar, indexed once for as long as the tree stays as it is."""

from collections.abc import Iterator
from uuid import UUID

from thammuu.kernel.actor import Scope
from thammuu.kernel.names import NameIndex
from thammuu.kernel.text import fold
from thammuu.org.directory import Directory, UnitRow

AREAS = {
    "city": "thành phố",
    "province": "tỉnh",
    "ward": "phường",
    "commune": "xã",
    "special_zone": "đặc khu",
}
"""The word before an area's name, by the level of its unit."""

KEPT = 64

_held: dict[frozenset[UUID] | None, tuple[Directory, list[UnitRow], NameIndex[UUID]]] = {}


def unit_names(known: Directory, scope: Scope) -> NameIndex[UUID]:
    """Return the names of the units of the scope; built anew only when one of them has changed."""
    held = _held.get(scope.everywhere())
    if held is not None and held[0] is known:
        return held[2]
    rows = known.in_order(scope.everywhere())
    if held is not None and held[1] == rows:
        index = held[2]
    else:
        index = NameIndex((row.id, list(names_of(row))) for row in rows)
    if len(_held) >= KEPT:
        _held.clear()
    _held[scope.everywhere()] = (known, rows, index)
    return index


def names_of(unit: UnitRow) -> Iterator[str]:
    """Yield the code, the name, the short name, and the full names: "tỉnh Nghệ An", "Công an tỉnh Nghệ An"."""
    yield unit.code
    yield unit.name
    yield unit.short_name
    area = AREAS.get(unit.level)
    if area is None:
        return
    full = unit.name if fold(unit.name).startswith(f"{fold(area)} ") else f"{area} {unit.name}"
    yield full
    yield f"Công an {full}"
