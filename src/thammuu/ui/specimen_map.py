"""A made-up island of three districts, so that the style page can show the map without any data."""

from typing import Any

Features = dict[str, Any]

_CORNERS = {
    "Bắc": [(107.0, 18.0), (109.2, 18.4), (109.6, 16.6), (107.4, 16.2)],
    "Nam": [(107.4, 16.2), (109.6, 16.6), (110.2, 14.4), (108.2, 13.6)],
    "Tây": [(105.6, 16.8), (107.0, 18.0), (107.4, 16.2), (108.2, 13.6), (106.2, 14.2)],
}
_PLACES = [
    ("critical", 108.40, 17.20),
    ("serious", 108.42, 17.23),
    ("normal", 108.44, 17.19),
    ("caution", 109.00, 15.20),
    ("normal", 106.80, 15.60),
]


def boundaries() -> Features:
    """Return the districts as GeoJSON polygons."""
    return _collection(
        {"type": "Polygon", "coordinates": [[*ring, ring[0]]]} | {"name": name} for name, ring in _CORNERS.items()
    )


def incidents() -> Features:
    """Return a few incidents as GeoJSON points; three of them close together, so that they cluster."""
    return _collection(
        {
            "type": "Point",
            "coordinates": [lon, lat],
            "id": str(number),
            "tone": tone,
            "title": f"2026-{number:04}",
            "url": "#map",
        }
        for number, (tone, lon, lat) in enumerate(_PLACES, 1)
    )


def drawings() -> Features:
    """Return a cordon as a GeoJSON line."""
    return _collection(
        [{"type": "LineString", "coordinates": [(107.6, 17.4), (108.6, 16.9), (109.4, 17.0)], "tone": "caution"}]
    )


def _collection(shapes: Any) -> Features:
    features = []
    for shape in shapes:
        geometry = {"type": shape.pop("type"), "coordinates": shape.pop("coordinates")}
        features.append({"type": "Feature", "geometry": geometry, "properties": shape})
    return {"type": "FeatureCollection", "features": features}
