"""TopoJSON unfolded into GeoJSON features: arcs that shapes share become the edges of each.

As the TopoJSON specification 1.0 says (section 2.1: quantized, delta-encoded arcs; negative index: reversed arc).
"""

from collections.abc import Iterator
from typing import Any

Line = list[list[float]]


class BrokenTopology(Exception):
    """A shape, counted from 1, names an arc that is not there."""

    def __init__(self, shape: int) -> None:
        super().__init__(shape)
        self.shape = shape


def unfold(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the polygons of a topology as GeoJSON features; other shapes have no area and are left out.

    Raises `BrokenTopology`, and the usual errors of reading for a topology of another form.
    """
    arcs = [_arc(arc, data.get("transform")) for arc in data["arcs"]]
    number = 0
    for collection in data["objects"].values():
        for item in collection.get("geometries", [collection]):
            number += 1
            if item.get("type") not in ("Polygon", "MultiPolygon"):
                continue
            try:
                geometry = {"type": item["type"], "coordinates": _rings(item["arcs"], arcs)}
            except (IndexError, TypeError) as error:
                raise BrokenTopology(number) from error
            yield {"properties": item.get("properties"), "geometry": geometry}


def _arc(arc: list[list[int]], transform: dict[str, list[float]] | None) -> Line:
    if transform is None:
        return [[float(x), float(y)] for x, y in arc]
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    line: Line = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        line.append([round(x * scale_x + move_x, 6), round(y * scale_y + move_y, 6)])
    return line


def _rings(indexes: list[Any], arcs: list[Line]) -> list[Any]:
    if indexes and isinstance(indexes[0], int):
        ring: Line = []
        for index in indexes:
            line = arcs[index] if index >= 0 else arcs[~index][::-1]
            ring.extend(line if not ring else line[1:])
        return ring
    return [_rings(part, arcs) for part in indexes]
