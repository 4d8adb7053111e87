"""The areas of alerts as GeoJSON, for maps."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from thammuu.interop.cap import geometry
from thammuu.interop.models import Alert
from thammuu.interop.queries.alerts import HEAD, alert_row, message_of
from thammuu.interop.rules import IDLE_MARKS, OPEN, preferred
from thammuu.kernel.actor import Actor
from thammuu.org.policies import visible_to

ON_MAP = 500
LINGERS = timedelta(hours=24)


def map_features(actor: Actor, now: datetime) -> dict[str, Any]:
    """Return GeoJSON of the alerts in force, and of those that ran out for another day, marked expired.

    Tests are left out: they are no danger anywhere.
    """
    in_force = Q(expires=None) | Q(expires__gt=now) | Q(received_at__gt=now - LINGERS)
    alerts = (
        Alert.objects.filter(visible_to(actor), in_force, state__in=OPEN, message_type__in=("Alert", "Update"))
        .exclude(mark__in=IDLE_MARKS)
        .only(*HEAD, "content")
        .order_by("-received_at")[:ON_MAP]
    )
    features = [item for alert in alerts for item in alert_features(alert, actor.language, now)]
    return {"type": "FeatureCollection", "features": features}


def alert_features(alert: Alert, language: str, now: datetime) -> Iterable[dict[str, Any]]:
    """Yield a feature for each area that the alert draws, in the reader's language where there is one."""
    message = message_of(alert)
    info = preferred(message, language)
    drawn = info if info and any(area.polygons or area.circles for area in info.areas) else None
    drawn = drawn or next((each for each in message.infos if any(a.polygons or a.circles for a in each.areas)), None)
    row = alert_row(alert, now)
    for index, area in enumerate(drawn.areas if drawn else ()):
        shape = geometry.geojson(area)
        if shape is not None:
            yield {
                "type": "Feature",
                "id": f"{alert.id}-{index}",
                "geometry": shape,
                "properties": {
                    "kind": "alert", "alert": str(alert.id), "url": row.url, "title": row.headline,
                    "name": f"[{row.mark}] {area.description}" if row.mark else area.description,
                    "tone": row.tone, "severity": alert.severity, "mark": alert.mark, "state": alert.state,
                    "expired": row.expired, "expires": alert.expires.isoformat() if alert.expires else None,
                },
            }  # fmt: skip


def bounds_of(features: Iterable[dict[str, Any]]) -> str:
    """Return "west,south,east,north" around the features with a margin, "" where there are none."""
    points = [point for feature in features for point in _points(feature["geometry"])]
    if not points:
        return ""
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    margin = max(max(longitudes) - min(longitudes), max(latitudes) - min(latitudes), 0.2) / 2
    west, south = max(min(longitudes) - margin, -180), max(min(latitudes) - margin, -85)
    east, north = min(max(longitudes) + margin, 180), min(max(latitudes) + margin, 85)
    return f"{west:.4f},{south:.4f},{east:.4f},{north:.4f}"


def _points(shape: dict[str, Any]) -> Iterable[list[float]]:
    if shape["type"] == "GeometryCollection":
        return [point for part in shape["geometries"] for point in _points(part)]
    return [shape["coordinates"]] if shape["type"] == "Point" else [p for ring in shape["coordinates"] for p in ring]
