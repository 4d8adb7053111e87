"""GeoJSON as it is drawn and read from files: checked, and nothing else. Positions are lon, lat in degrees WGS 84."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.translation import gettext as _

from thammuu.kernel.errors import BadInput
from thammuu.watch.topology import BrokenTopology, unfold

# How deep the positions of each shape lie in lists.
SHAPES = {"Point": 0, "LineString": 1, "Polygon": 2, "MultiPolygon": 3}
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
        return [_feature(number, item) for number, item in enumerate(_unfolded(data), 1)]
    if kind == "FeatureCollection":
        items = data.get("features")
        if not isinstance(items, list):
            raise BadInput("file", _("The features of the file are not a list."))
        return [_feature(number, item) for number, item in enumerate(items, 1)]
    raise BadInput("file", _("The file is neither a GeoJSON feature collection nor a TopoJSON topology."))


def check_geometry(geometry: Any) -> dict[str, Any]:
    """Return a GeoJSON geometry if it is one of `SHAPES`, whole, and on earth; raises `BadInput`."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in SHAPES:
        raise BadInput("geometry", _("A shape is one of: {shapes}.").format(shapes=", ".join(SHAPES)))
    count = 0
    for line in _lines(geometry.get("coordinates"), SHAPES[kind]):
        count += len(line)
        for position in line:
            _check_position(position)
        if kind == "LineString" and len(line) < 2:
            raise BadInput("geometry", _("A line has at least two positions."))
        if SHAPES[kind] >= 2 and (len(line) < 4 or line[0] != line[-1]):
            raise BadInput("geometry", _("The edge of an area has at least four positions and ends where it begins."))
    if not 0 < count <= MOST_POSITIONS:
        raise BadInput("geometry", _("A shape has between 1 and {most} positions.").format(most=MOST_POSITIONS))
    return {"type": kind, "coordinates": geometry["coordinates"]}


def check_point(lat: float | None, lon: float | None) -> None:
    """Raise `BadInput` unless both are missing, or both are there and on earth; degrees WGS 84."""
    if lat is None and lon is None:
        return
    if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadInput("lat", _("A point has a latitude and a longitude on earth."))


def polygons(geometry: dict[str, Any]) -> int:
    """Return how many polygons a shape has."""
    return len(geometry["coordinates"]) if geometry["type"] == "MultiPolygon" else int(geometry["type"] == "Polygon")


def middle(geometry: dict[str, Any]) -> tuple[float, float]:
    """Return the latitude and longitude of the middle of a shape's box, in degrees."""
    positions = [place for line in _lines(geometry["coordinates"], SHAPES[geometry["type"]]) for place in line]
    west, east = min(place[0] for place in positions), max(place[0] for place in positions)
    south, north = min(place[1] for place in positions), max(place[1] for place in positions)
    return round((south + north) / 2, 6), round((west + east) / 2, 6)


def _feature(number: int, item: Any) -> Feature:
    properties = item.get("properties") or {} if isinstance(item, dict) else None
    if not isinstance(properties, dict):
        raise BadInput("file", _("Feature {number} is not an object.").format(number=number))
    try:
        return Feature(dict(properties), check_geometry(item.get("geometry")))
    except BadInput as fault:
        told = _("Feature {number}: {fault}").format(number=number, fault=fault.reason)
        raise BadInput("file", told) from fault


def _lines(value: Any, depth: int) -> Iterator[list[Any]]:
    """Yield the lists of positions in a shape's coordinates; a point is a list of one."""
    if not isinstance(value, list):
        raise BadInput("geometry", _("The coordinates are not a list."))
    if depth == 0:
        yield [value]
    elif depth == 1:
        yield value
    else:
        for part in value:
            yield from _lines(part, depth - 1)


def _check_position(position: Any) -> None:
    if not isinstance(position, list) or len(position) < 2 or not all(type(part) in (int, float) for part in position):
        raise BadInput("geometry", _("A position is a list of numbers: longitude, latitude."))
    lon, lat = position[:2]
    if not (math.isfinite(lon) and math.isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadInput("geometry", _("The position {lon}, {lat} is not on earth.").format(lon=lon, lat=lat))


def _unfolded(data: dict[str, Any]) -> list[Any]:
    try:
        return list(unfold(data))
    except BrokenTopology as fault:
        told = _("Shape {number} names an arc that the file does not have.").format(number=fault.shape)
        raise BadInput("file", told) from fault
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as fault:
        raise BadInput("file", _("The arcs or objects of the topology are broken.")) from fault
