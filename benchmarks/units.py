"""Units with their boundaries through the page: sent as files, rehearsed, confirmed, kept on disk.

With `--boundaries`, the folder of the two real files (34 provinces, 3,321 communes since July 2025); each commune is
put below the province that holds its middle, for the file of communes does not say. Without it, as many units of our
own making. The reference, measured in the same run, is the bare insertion of as many rows with the same shapes.
"""

import argparse
import csv
import io
import json
import re
import time
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks._ground import installation

GOAL = {"seconds": 20}
PROVINCES, COMMUNES = "vn-provinces-34.topojson", "vn-communes-3321.topojson"
# Communes that are archipelagos, and the fewest polygons that each must keep.
ISLANDS = {"20333": 46, "22736": 140}
SINCE = date(2025, 7, 1)
Shapes = dict[str, tuple[str, dict[str, Any]]]


def run(arguments: Sequence[str]) -> dict[str, Any]:
    """Measure sending and confirming, and the reference."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks units")
    parser.add_argument("--boundaries", type=Path)
    options = parser.parse_args(arguments)
    with installation():
        provinces, communes = _real(options.boundaries) if options.boundaries else _made()
        units = _file(provinces, communes)
        with_boundaries = _measure(
            units, _content(options.boundaries, PROVINCES, provinces), _content(options.boundaries, COMMUNES, communes)
        )
        reference = _reference(provinces | communes)
    return {
        "figures": with_boundaries,
        "reference": {"seconds": reference},
        "ratio": round(with_boundaries["seconds"] / reference, 1),
        "goal": GOAL,
        "met": with_boundaries["seconds"] <= GOAL["seconds"] and with_boundaries["faults"] == 0,
    }


def _measure(units: bytes, provinces: bytes, communes: bytes) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from thammuu.org.models import Account, Unit
    from thammuu.watch.models import Boundary

    client = Client(HTTP_HOST="localhost")
    client.force_login(Account.objects.get(id=_administrator()))
    form = {
        "file": SimpleUploadedFile("units.csv", units),
        "provinces": SimpleUploadedFile("provinces.json", provinces),
        "communes": SimpleUploadedFile("communes.json", communes),
        "starts_on": str(SINCE),
    }
    started = time.perf_counter()
    sent = client.post("/units/import/", form)
    page = client.get(sent["Location"])
    rehearsed = time.perf_counter()
    seen = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    answer = client.post(f"{sent['Location']}confirmation/", {"seen": seen[1] if seen else ""})
    ended = time.perf_counter()
    kept = {row.code: len(row.geometry["coordinates"]) for row in Boundary.objects.filter(code__in=ISLANDS)}
    return {
        "seconds": round(ended - started, 2),
        "rehearsal_seconds": round(rehearsed - started, 2),
        "confirmation_seconds": round(ended - rehearsed, 2),
        "units": Unit.objects.count() - 1,
        "boundaries": Boundary.objects.count(),
        "faults": int(answer.status_code != 302),
        "islands_kept": all(kept.get(code, 0) >= fewest for code, fewest in ISLANDS.items()),
    }


def _administrator() -> Any:
    from thammuu.kernel import clock
    from thammuu.org import actions, authority
    from thammuu.org.rules import Role

    now, system = clock.now(), authority.SYSTEM
    unit = actions.create_unit(
        actor=system, now=now, code="B", level="ministry", name="Văn phòng Bộ", parent=None, starts_on=SINCE
    )
    post = actions.create_post(actor=system, now=now, unit=unit, title="Quản trị")
    account = actions.create_account(actor=system, now=now, sign_in_name="admin", password="x", unit=unit)
    actions.take_post(actor=system, now=now, account=account, post=post, starts_on=SINCE)
    actions.grant_role(actor=system, now=now, post=post, role=Role.ADMINISTRATOR, unit=unit, reason="đo")
    return account


def _real(folder: Path) -> tuple[Shapes, Shapes]:
    from thammuu.watch.geometry import read_features

    found: list[Shapes] = []
    for name in (PROVINCES, COMMUNES):
        features = read_features((folder / name).read_bytes())
        found.append({str(one.properties["code"]): (str(one.properties["name"]), one.geometry) for one in features})
    return found[0], found[1]


def _made() -> tuple[Shapes, Shapes]:
    """34 squares of 10 × 10 smaller ones, which are the communes; each edge has 40 positions."""

    def square(west: float, south: float, side: float) -> dict[str, Any]:
        steps = [step * side / 10 for step in range(10)]
        edge = [
            *((west + step, south) for step in steps),
            *((west + side, south + step) for step in steps),
            *((west + side - step, south + side) for step in steps),
            *((west, south + side - step) for step in steps),
            (west, south),
        ]
        return {"type": "Polygon", "coordinates": [[[round(x, 6), round(y, 6)] for x, y in edge]]}

    provinces: Shapes = {}
    communes: Shapes = {}
    for number in range(34):
        west, south = 100.0 + number % 6, 8.0 + number // 6
        provinces[f"{number:02}"] = (f"Tỉnh {number}", square(west, south, 1.0))
        for part in range(98 if number < 33 else 87):
            place = square(west + part % 10 / 10, south + part // 10 / 10, 0.1)
            communes[f"{number:02}{part:03}"] = (f"Xã {number}.{part}", place)
    for code, fewest in ISLANDS.items():
        rings = [square(110 + part / 100, 10, 0.005)["coordinates"] for part in range(fewest)]
        communes[code] = ("Quần đảo", {"type": "MultiPolygon", "coordinates": rings})
    return provinces, communes


def _content(folder: Path | None, name: str, shapes: Shapes) -> bytes:
    if folder:
        return (folder / name).read_bytes()
    features = [
        {"type": "Feature", "properties": {"code": code, "name": called}, "geometry": geometry}
        for code, (called, geometry) in shapes.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _file(provinces: Shapes, communes: Shapes) -> bytes:
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("code", "level", "name", "parent_code"))
    rows.writerows((code, "province", name, "B") for code, (name, _shape) in provinces.items())
    for code, (name, shape) in communes.items():
        rows.writerow((code, "commune", name, _above(shape, provinces)))
    return text.getvalue().encode()


def _above(shape: dict[str, Any], provinces: Shapes) -> str:
    """The province that holds the middle of the first edge, or else the nearest: shores are drawn in few points."""
    ring = _rings(shape)[0]
    x, y = sum(place[0] for place in ring) / len(ring), sum(place[1] for place in ring) / len(ring)

    def distance(code: str) -> float:
        rings = _rings(provinces[code][1])
        if any(_holds(edge, x, y) for edge in rings):
            return 0.0
        return min((place[0] - x) ** 2 + (place[1] - y) ** 2 for edge in rings for place in edge)

    return min(provinces, key=distance)


def _rings(shape: dict[str, Any]) -> list[list[list[float]]]:
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [part[0] for part in parts]


def _holds(ring: list[list[float]], x: float, y: float) -> bool:
    inside = False
    for (x1, y1, *_rest1), (x2, y2, *_rest2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _reference(shapes: Shapes) -> float:
    """Seconds to insert as many bare rows of units and boundaries, in one transaction."""
    from django.db import transaction
    from django.db.models import Max

    from thammuu.kernel import clock
    from thammuu.kernel.ids import new_id
    from thammuu.org.models import Unit
    from thammuu.watch.models import Boundary

    assert Boundary.objects.aggregate(newest=Max("imported_at"))["newest"]
    now = clock.now()
    units = [Unit(id=new_id(), code=f"reference-{code}", level="x") for code in shapes]
    rows = [
        Boundary(
            id=new_id(), code=f"reference-{code}", name=name, level="x", digest="", geometry=shape, imported_at=now
        )
        for code, (name, shape) in shapes.items()
    ]
    started = time.perf_counter()
    with transaction.atomic():
        Unit.objects.bulk_create(units)
        Boundary.objects.bulk_create(rows)
    return round(time.perf_counter() - started, 2)
