"""Polygons and circles of an alert: read, judged, and turned into GeoJSON.

CAP writes latitude before longitude, GeoJSON the other way round. Degrees, WGS 84; radii in kilometres.
"""

import math
import re
from itertools import pairwise

from lxml import etree

from thammuu.interop.cap.elements import Notes
from thammuu.interop.cap.message import Area, Circle, Point

_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_POINT = re.compile(rf"({_NUMBER}),({_NUMBER})")
EARTH_KM = 6371.0088
LONGEST_KM = math.pi * EARTH_KM
CIRCLE_SIDES = 64
# Points of a polygon up to which it is looked through for crossings, which takes the square of their number.
MOST_CHECKED = 300


def read_polygon(node: etree._Element, path: str, notes: Notes) -> tuple[Point, ...] | None:
    """The closed ring; None where it is empty (which some services write for “no polygon”) or wrong."""
    words = (node.text or "").split()
    if not words:
        notes.warn("geometry-empty", path, node, name="polygon")
        return None
    points: list[Point] = []
    for word in words:
        point = _point(word, node, path, notes)
        if point is None:
            # The first wrong point tells what is wrong with the others.
            return None
        points.append(point)
    ring = tuple(points)
    if len(ring) < 4:
        notes.refuse("polygon-short", path, node, count=len(ring))
        return None
    if ring[0] != ring[-1]:
        notes.refuse("polygon-open", path, node)
        return None
    _outline(ring, node, path, notes)
    return ring


def _outline(ring: tuple[Point, ...], node: etree._Element, path: str, notes: Notes) -> None:
    """Warn of an outline that encloses nothing or crosses itself; long ones are not looked through for crossings."""
    (lat, lon), *others = ring
    first = next((point for point in others if point != (lat, lon)), (lat, lon))
    if all(_turn((lat, lon), first, point) == 0 for point in others):
        notes.warn("polygon-flat", path, node)
    elif len(ring) <= MOST_CHECKED:
        sides = list(pairwise(ring))
        for place, side in enumerate(sides):
            # Neighbours share a corner; the first and the last side are neighbours too.
            if any(_cross(side, other) for other in sides[place + 2 : len(sides) - (place == 0)]):
                notes.warn("polygon-crosses", path, node, point=f"{side[0][0]:g},{side[0][1]:g}")
                return


def _turn(a: Point, b: Point, c: Point) -> int:
    """Whether from a by b to c one turns left (1), right (-1) or not at all (0), on the flat map."""
    area = (b[1] - a[1]) * (c[0] - a[0]) - (b[0] - a[0]) * (c[1] - a[1])
    return 0 if abs(area) < 1e-12 else 1 if area > 0 else -1


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two sides cross within both; those that only touch do not."""
    (a, b), (c, d) = one, other
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


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
    if not -90 <= lat <= 90 and abs(lat) <= 180 and abs(lon) <= 90:
        notes.refuse("latitude-swapped", path, node, value=match[1], point=word)
        return None
    if not -90 <= lat <= 90:
        notes.refuse("latitude-range", path, node, value=match[1])
        return None
    if not -180 <= lon <= 180:
        notes.refuse("longitude-range", path, node, value=match[2])
        return None
    return lat, lon
