"""Polygons and circles of an alert: read, judged, and turned into GeoJSON.

CAP writes latitude before longitude, GeoJSON the other way round. Degrees, WGS 84; radii in kilometres.
"""

import math
import re

from lxml import etree

from thammuu.interop.cap.elements import Notes
from thammuu.interop.cap.message import Area, Circle, Point

_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_POINT = re.compile(rf"({_NUMBER}),({_NUMBER})")
EARTH_KM = 6371.0088
LONGEST_KM = math.pi * EARTH_KM
CIRCLE_SIDES = 64


def read_polygon(node: etree._Element, path: str, notes: Notes) -> tuple[Point, ...] | None:
    """The closed ring; None where it is empty (which some services write for “no polygon”) or wrong."""
    words = (node.text or "").split()
    if not words:
        notes.warn("geometry-empty", path, node, name="polygon")
        return None
    points = [_point(word, node, path, notes) for word in words]
    ring = tuple(point for point in points if point is not None)
    if len(ring) < len(points):
        return None
    if len(ring) < 4:
        notes.refuse("polygon-short", path, node, count=len(ring))
        return None
    if ring[0] != ring[-1]:
        notes.refuse("polygon-open", path, node)
        return None
    return ring


def read_circle(node: etree._Element, path: str, notes: Notes) -> Circle | None:
    """Centre and radius; None where it is empty or wrong."""
    words = (node.text or "").split()
    if not words:
        notes.warn("geometry-empty", path, node, name="circle")
        return None
    if len(words) != 2 or re.fullmatch(_NUMBER, words[1]) is None:
        notes.refuse("circle-form", path, node, value=node.text)
        return None
    centre, radius = _point(words[0], node, path, notes), float(words[1])
    if radius < 0:
        notes.refuse("radius-negative", path, node, value=words[1])
    elif radius > LONGEST_KM:
        notes.refuse("radius-range", path, node, value=words[1])
    elif centre is not None:
        return Circle(centre=centre, radius=radius)
    return None


def geojson(area: Area) -> dict[str, object] | None:
    """A GeoJSON geometry of everything that the area draws, longitude first; None where it draws nothing.

    A circle becomes a polygon of 64 sides, one with the radius 0 a point.
    """
    shapes: list[dict[str, object]] = [
        {"type": "Polygon", "coordinates": [[[lon, lat] for lat, lon in ring]]} for ring in area.polygons
    ]
    shapes += [_round(circle) for circle in area.circles]
    if len(shapes) < 2:
        return shapes[0] if shapes else None
    return {"type": "GeometryCollection", "geometries": shapes}


def centre(area: Area) -> Point | None:
    """The middle of the box around the first polygon, or of the first circle; None where nothing is drawn."""
    if area.polygons:
        latitudes, longitudes = zip(*area.polygons[0], strict=True)
        return round((min(latitudes) + max(latitudes)) / 2, 5), round((min(longitudes) + max(longitudes)) / 2, 5)
    return area.circles[0].centre if area.circles else None


def _round(circle: Circle) -> dict[str, object]:
    lat, lon = circle.centre
    if circle.radius == 0:
        return {"type": "Point", "coordinates": [lon, lat]}
    steps = [2 * math.pi * step / CIRCLE_SIDES for step in range(CIRCLE_SIDES)]
    ring = [_at(lat, lon, circle.radius, bearing) for bearing in steps]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _at(lat: float, lon: float, distance: float, bearing: float) -> list[float]:
    """The point at a distance (km) and bearing (radians, clockwise from north) along the great circle."""
    start, angle = math.radians(lat), distance / EARTH_KM
    across = math.sin(start) * math.cos(angle) + math.cos(start) * math.sin(angle) * math.cos(bearing)
    end = math.asin(max(-1.0, min(1.0, across)))
    turn = math.atan2(
        math.sin(bearing) * math.sin(angle) * math.cos(start),
        math.cos(angle) - math.sin(start) * math.sin(end),
    )
    return [round(lon + math.degrees(turn), 6), round(math.degrees(end), 6)]


def _point(word: str, node: etree._Element, path: str, notes: Notes) -> Point | None:
    match = _POINT.fullmatch(word)
    if match is None:
        notes.refuse("point-form", path, node, value=word)
        return None
    lat, lon = float(match[1]), float(match[2])
    if not -90 <= lat <= 90:
        notes.refuse("latitude-range", path, node, value=match[1])
        return None
    if not -180 <= lon <= 180:
        notes.refuse("longitude-range", path, node, value=match[2])
        return None
    return lat, lon
