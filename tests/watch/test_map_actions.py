"""Drawings and boundaries: what is drawn and imported, from real files too; broken files say what is broken."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.ground import Organisation
from thammuu.journal import feed
from thammuu.journal.recording import Submission, SubmissionConflict
from thammuu.kernel.actor import Scope
from thammuu.kernel.errors import BadInput, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.watch import actions
from thammuu.watch.geometry import polygons, read_features
from thammuu.watch.models import Boundary, Drawing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]
REAL = Path(__file__).parents[3] / "shared/data/boundaries"
POINT = {"type": "Point", "coordinates": [105.85, 21.03]}
SQUARE = [[105.0, 21.0], [106.0, 21.0], [106.0, 22.0], [105.0, 21.0]]


def _draw(organisation: Organisation, now: datetime, **values: object) -> Drawing:
    given: dict[str, object] = {
        "actor": organisation.duty, "now": now, "name": " Cổng A ", "kind": "site", "geometry": POINT,
        "unit": organisation.ministry,
    }  # fmt: skip
    return Drawing.objects.get(id=actions.make_drawing(**{**given, **values}).answer)  # type: ignore[arg-type]


def _import(organisation: Organisation, now: datetime, content: object, level: str = "province") -> int:
    told = content if isinstance(content, bytes) else json.dumps(content).encode()
    return actions.import_boundaries(actor=organisation.duty, now=now, content=told, level=level)


def _collection(*codes: str, ring: list[list[float]] = SQUARE) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": f"Tỉnh {code}"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for code in codes
    ]
    return {"type": "FeatureCollection", "features": features}


def test_a_drawing_is_made_and_taken_off(organisation: Organisation, now: datetime) -> None:
    row = _draw(organisation, now)
    assert (row.name, row.kind, row.geometry, row.units) == ("Cổng A", "site", POINT, [organisation.ministry])
    for actor, error in ((organisation.viewer, Refused), (organisation.hue_officer, Missing)):
        with pytest.raises(error):
            actions.remove_drawing(actor=actor, now=now, drawing=row.id)
    for _twice in range(2):
        actions.remove_drawing(actor=organisation.duty, now=now, drawing=row.id)
    row.refresh_from_db()
    assert row.removed_at == now
    assert [entry.say("en") for entry in feed.of_subjects([row.id])] == [
        "Drawn on the map: Cổng A",
        "Taken off the map: Cổng A",
    ]


def test_a_drawing_sent_twice_is_made_once(organisation: Organisation, now: datetime) -> None:
    sending = Submission(new_id(), b"x" * 32)
    first = _draw(organisation, now, submission=sending)
    assert _draw(organisation, now, submission=sending).id == first.id
    with pytest.raises(SubmissionConflict):
        _draw(organisation, now, submission=Submission(sending.id, b"y" * 32))
    assert Drawing.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", {"name": " "}),
        ("kind", {"kind": "doodle"}),
        ("geometry", {"geometry": []}),
        ("geometry", {"geometry": {"type": "Circle", "coordinates": [0, 0]}}),
        ("geometry", {"geometry": {"type": "Point", "coordinates": [181, 0]}}),
        ("geometry", {"geometry": {"type": "Point", "coordinates": "here"}}),
        ("geometry", {"geometry": {"type": "LineString", "coordinates": []}}),
        ("geometry", {"geometry": {"type": "LineString", "coordinates": [[105, 21]]}}),
        ("geometry", {"geometry": {"type": "Polygon", "coordinates": [[[105, 21], [106, 21], [105, 21]]]}}),
        ("geometry", {"geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}}),
        ("geometry", {"geometry": {"type": "Polygon", "coordinates": [105, 21]}}),
        ("geometry", {"geometry": {"type": "Point", "coordinates": [[105, 21]]}}),
        ("geometry", {"geometry": {"type": "Point", "coordinates": [float("nan"), 21]}}),
        ("geometry", {"geometry": {"type": "Point", "coordinates": [True, False]}}),
    ],
)
def test_what_cannot_be_drawn_names_its_field(
    organisation: Organisation, now: datetime, field: str, given: dict[str, object]
) -> None:
    with pytest.raises(BadInput) as told:
        _draw(organisation, now, **given)
    assert (told.value.field, bool(told.value.reason)) == (field, True)
    assert not Drawing.objects.exists()


def test_drawing_needs_the_right(organisation: Organisation, now: datetime) -> None:
    for actor in (organisation.viewer, organisation.hanoi_officer):
        with pytest.raises(Refused):
            _draw(organisation, now, actor=actor)
        with pytest.raises(Refused):
            actions.import_boundaries(actor=actor, now=now, content=b"{}", level="province")


def test_boundaries_of_units_elsewhere_are_refused(organisation: Organisation, now: datetime) -> None:
    own = replace(
        organisation.duty, unit=organisation.hanoi, permits={"map_edit": Scope(frozenset({organisation.hanoi}))}
    )
    for codes in (["01", "46"], ["01", "77"]):
        with pytest.raises(Refused, match=codes[1]):
            actions.import_boundaries(
                actor=own, now=now, content=json.dumps(_collection(*codes)).encode(), level="province"
            )
    assert not Boundary.objects.exists()
    content = json.dumps(_collection("01")).encode()
    assert actions.import_boundaries(actor=own, now=now, content=content, level="province") == 1


def test_boundaries_are_imported_once_and_changed_when_they_change(organisation: Organisation, now: datetime) -> None:
    assert _import(organisation, now, _collection("01", "46")) == 2
    assert _import(organisation, now, _collection("01", "46")) == 0
    assert _import(organisation, now, _collection("46", ring=[*SQUARE[:2], [106.0, 23.0], SQUARE[0]])) == 1
    rows = {row.code: row for row in Boundary.objects.all()}
    assert {code: row.name for code, row in rows.items()} == {"01": "Tỉnh 01", "46": "Tỉnh 46"}
    assert rows["46"].geometry["coordinates"][0][2] == [106.0, 23.0]
    assert len(list(feed.of_subjects([rows["46"].id]))) == 2


def test_a_topology_is_unfolded(organisation: Organisation, now: datetime) -> None:
    """Two squares that share an edge: the second walks the shared arc backwards."""
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [100, 10]},
        "arcs": [[[2, 0], [0, 2]], [[2, 2], [-2, 0], [0, -2], [2, 0]], [[2, 0], [2, 0], [0, 2], [-2, 0]]],
        "objects": {
            "units": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "1", "name": "Tây"}},
                    {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"code": "2", "name": "Đông"}},
                ],
            }
        },
    }
    assert _import(organisation, now, topology, "commune") == 2
    west, east = Boundary.objects.order_by("code")
    assert west.geometry == {
        "type": "Polygon",
        "coordinates": [[[101, 10], [101, 11], [100, 11], [100, 10], [101, 10]]],
    }
    assert east.geometry["coordinates"] == [[[[101, 10], [102, 10], [102, 11], [101, 11], [101, 10]]]]


BROKEN: dict[str, tuple[object, str]] = {
    "no JSON": (b"<svg/>", "not JSON"),
    "nothing": (b"", "not JSON"),
    "a list": (b"[]", "neither"),
    "another type": ({"type": "Feature"}, "neither"),
    "no features": ({"type": "FeatureCollection", "features": []}, "no boundaries"),
    "features that are no list": ({"type": "FeatureCollection", "features": 5}, "not a list"),
    "a feature that is none": ({"type": "FeatureCollection", "features": ["x"]}, "Feature 1"),
    "properties that are none": ({"type": "FeatureCollection", "features": [{"properties": 5}]}, "Feature 1"),
    "no code": (_collection("01", ""), "Feature 2 lacks"),
    "the same code twice": (_collection("01", "01"), "Feature 2"),
    "off the earth": (_collection("01", ring=[[500.0, 0.0], [1.0, 1.0], [2.0, 2.0], [500.0, 0.0]]), "500"),
    "a point": (
        {"type": "FeatureCollection", "features": [{"properties": {"code": "1", "name": "A"}, "geometry": POINT}]},
        "Feature 1",
    ),
    "an arc that is missing": (
        {"type": "Topology", "arcs": [], "objects": {"a": {"geometries": [{"type": "Polygon", "arcs": [[7]]}]}}},
        "Shape 1",
    ),
    "broken arcs": ({"type": "Topology", "arcs": [5], "objects": {}}, "topology"),
    "a broken transform": ({"type": "Topology", "arcs": [[[0, 0]]], "transform": {}, "objects": {}}, "topology"),
    "objects that are none": ({"type": "Topology", "arcs": [], "objects": {"a": 5}}, "topology"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_says_what_is_broken_and_leaves_nothing(
    organisation: Organisation, now: datetime, name: str
) -> None:
    content, words = BROKEN[name]
    with pytest.raises(BadInput) as told:
        _import(organisation, now, content)
    assert told.value.field == "file"
    assert words in told.value.reason
    assert not Boundary.objects.exists()


def test_an_unknown_level_is_refused(organisation: Organisation, now: datetime) -> None:
    with pytest.raises(BadInput) as told:
        _import(organisation, now, _collection("01"), "galaxy")
    assert told.value.field == "level"


def _real(name: str) -> bytes:
    file = REAL / name
    if not file.is_file():
        pytest.skip(f"{name} is not beside the project; the own fixtures above cover the reader")
    return file.read_bytes()


def test_the_provinces_of_the_country_are_imported(organisation: Organisation, now: datetime) -> None:
    content = _real("vn-provinces-34.topojson")
    assert (_import(organisation, now, content), _import(organisation, now, content)) == (34, 0)
    assert Boundary.objects.filter(level="province").count() == 34


def test_the_communes_keep_their_islands(organisation: Organisation) -> None:
    features = read_features(_real("vn-communes-3321.topojson"))
    parts = {feature.properties["code"]: polygons(feature.geometry) for feature in features}
    assert (len(features), len(parts)) == (3321, 3321)
    assert parts["20333"] >= 46  # Hoàng Sa
    assert parts["22736"] >= 140  # Trường Sa
