"""The blocks of an alert: what happened (info), where (area), and the files that belong to it (resource)."""

import base64
import binascii

from lxml import etree

from thammuu.interop.cap import geometry, lexical
from thammuu.interop.cap.elements import Notes, child, children, pairs, plain, text, time
from thammuu.interop.cap.message import Area, Info, Resource


def read_info(node: etree._Element, path: str, notes: Notes) -> Info:
    """One `info` block."""
    if not plain(node, "event"):
        notes.warn("blank", f"{path}/event", child(node, "event"), name="event")
    certainty = text(node, "certainty")
    return Info(
        # The schema's default, for an element that is empty or left out.
        language=lexical.collapse(text(node, "language")) or "en-US",
        categories=tuple(item.text or "" for item in children(node, "category")),
        event=plain(node, "event"),
        responses=tuple(item.text or "" for item in children(node, "responseType")),
        urgency=text(node, "urgency"),
        severity=text(node, "severity"),
        # CAP 1.1 replaced the “Very Likely” of 1.0 and reads it as “Likely”.
        certainty="Likely" if certainty == "Very Likely" else certainty,
        audience=plain(node, "audience"),
        event_codes=pairs(node, "eventCode"),
        effective=time(node, "effective", f"{path}/effective", notes),
        onset=time(node, "onset", f"{path}/onset", notes),
        expires=time(node, "expires", f"{path}/expires", notes),
        sender_name=plain(node, "senderName"),
        headline=plain(node, "headline"),
        description=plain(node, "description"),
        instruction=plain(node, "instruction"),
        web=lexical.collapse(text(node, "web")),
        contact=plain(node, "contact"),
        parameters=pairs(node, "parameter"),
        resources=tuple(
            _resource(item, f"{path}/resource[{place}]", notes)
            for place, item in enumerate(children(node, "resource"), 1)
        ),
        areas=tuple(
            _area(item, f"{path}/area[{place}]", notes) for place, item in enumerate(children(node, "area"), 1)
        ),
    )


def _resource(node: etree._Element, path: str, notes: Notes) -> Resource:
    size = lexical.collapse(text(node, "size"))
    if size.startswith("-") and size.strip("-0"):
        notes.warn("size-negative", f"{path}/size", child(node, "size"), value=size)
        size = ""
    enclosed = "".join(text(node, "derefUri").split())
    try:
        base64.b64decode(enclosed, validate=True)
    except (binascii.Error, ValueError):
        notes.warn("base64", f"{path}/derefUri", child(node, "derefUri"))
        enclosed = ""
    return Resource(
        description=plain(node, "resourceDesc"),
        mime_type=plain(node, "mimeType"),
        size=int(size) if size and len(size) < 19 else None,
        uri=lexical.collapse(text(node, "uri")),
        enclosed=bool(enclosed),
        digest=plain(node, "digest"),
    )


def _area(node: etree._Element, path: str, notes: Notes) -> Area:
    if not plain(node, "areaDesc"):
        notes.warn("blank", f"{path}/areaDesc", child(node, "areaDesc"), name="areaDesc")
    polygons = [
        geometry.read_polygon(item, f"{path}/polygon[{place}]", notes)
        for place, item in enumerate(children(node, "polygon"), 1)
    ]
    circles = [
        geometry.read_circle(item, f"{path}/circle[{place}]", notes)
        for place, item in enumerate(children(node, "circle"), 1)
    ]
    altitude, ceiling = plain(node, "altitude"), plain(node, "ceiling")
    if ceiling and not altitude:
        notes.warn("ceiling-alone", f"{path}/ceiling", child(node, "ceiling"))
    elif lexical.is_decimal(altitude) and lexical.is_decimal(ceiling) and float(ceiling) < float(altitude):
        notes.warn("ceiling-low", f"{path}/ceiling", child(node, "ceiling"), ceiling=ceiling, altitude=altitude)
    return Area(
        description=plain(node, "areaDesc"),
        polygons=tuple(ring for ring in polygons if ring),
        circles=tuple(circle for circle in circles if circle),
        geocodes=pairs(node, "geocode"),
        altitude=altitude,
        ceiling=ceiling,
    )
