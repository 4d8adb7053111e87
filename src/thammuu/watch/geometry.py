"""GeoJSON and TopoJSON as read from files: checked, decoded, and nothing else. Positions are lon, lat in degrees."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.translation import gettext as _

from thammuu.kernel.errors import BadInput

SHAPES = ("Point", "LineString", "Polygon", "MultiPolygon")
MOST_POSITIONS = 200_000


@dataclass(frozen=True, slots=True)
class Feature:
    """A shape with its properties."""

    properties: dict[str, Any]
    geometry: dict[str, Any]


def read_features(content: bytes) -> list[Feature]:
    """Return the features of a GeoJSON or TopoJSON file. Raises `BadInput` saying what is wrong and where."""
    try:
        data = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise BadInput("file", _("The file is not JSON: {fault}.").format(fault=error)) from error
    kind = data.get("type") if isinstance(data, dict) else None
    if kind == "Topology":
        return list(_from_topology(data))
    if kind == "FeatureCollection":
        return [_feature(number, item) for number, item in enumerate(data.get("features") or [], 1)]
    raise BadInput("file", _("The file is neither a GeoJSON feature collection nor a TopoJSON topology."))


def check_geometry(geometry: Any) -> dict[str, Any]:
    """Return a GeoJSON geometry if it is one of `SHAPES` and lies on earth; raises `BadInput`."""
    if not isinstance(geometry, dict) or geometry.get("type") not in SHAPES:
        raise BadInput("geometry", _("A shape is one of: {shapes}.").format(shapes=", ".join(SHAPES)))
    count = 0
    for position in _positions(geometry.get("coordinates")):
        count += 1
        lon, lat = position
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise BadInput("geometry", _("The position {lon}, {lat} is not on earth.").format(lon=lon, lat=lat))
    if not 0 < count <= MOST_POSITIONS:
        raise BadInput("geometry", _("A shape has between 1 and {most} positions.").format(most=MOST_POSITIONS))
    return {"type": geometry["type"], "coordinates": geometry["coordinates"]}


def polygons(geometry: dict[str, Any]) -> int:
    """Return how many polygons a shape has."""
    return len(geometry["coordinates"]) if geometry["type"] == "MultiPolygon" else int(geometry["type"] == "Polygon")


def _feature(number: int, item: Any) -> Feature:
    if not isinstance(item, dict):
        raise BadInput("file", _("Feature {number} is not an object.").format(number=number))
    try:
        return Feature(dict(item.get("properties") or {}), check_geometry(item.get("geometry")))
    except BadInput as fault:
        told = _("Feature {number}: {fault}").format(number=number, fault=fault.reason)
        raise BadInput("file", told) from fault


def _positions(value: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(value, list):
        raise BadInput("geometry", _("The coordinates are not a list."))
    if len(value) >= 2 and all(isinstance(part, int | float) for part in value):
        yield float(value[0]), float(value[1])
        return
    for part in value:
        yield from _positions(part)


def _from_topology(data: dict[str, Any]) -> Iterator[Feature]:
    arcs = [_arc(arc, data.get("transform")) for arc in data.get("arcs") or []]
    number = 0
    for collection in (data.get("objects") or {}).values():
        for item in collection.get("geometries") or [collection]:
            number += 1
            if item.get("type") not in ("Polygon", "MultiPolygon"):
                continue
            try:
                geometry = {"type": item["type"], "coordinates": _rings(item["arcs"], arcs)}
            except (IndexError, TypeError) as error:
                told = _("Shape {number} names an arc that the file does not have.").format(number=number)
                raise BadInput("file", told) from error
            yield _feature(number, {"properties": item.get("properties"), "geometry": geometry})


def _arc(arc: list[list[int]], transform: dict[str, list[float]] | None) -> list[list[float]]:
    if transform is None:
        return [[float(x), float(y)] for x, y in arc]
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    line: list[list[float]] = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        line.append([round(x * scale_x + move_x, 6), round(y * scale_y + move_y, 6)])
    return line


def _rings(indexes: list[Any], arcs: list[list[list[float]]]) -> list[Any]:
    if indexes and isinstance(indexes[0], int):
        ring: list[list[float]] = []
        for index in indexes:
            line = arcs[index] if index >= 0 else arcs[~index][::-1]
            ring.extend(line if not ring else line[1:])
        return ring
    return [_rings(part, arcs) for part in indexes]
