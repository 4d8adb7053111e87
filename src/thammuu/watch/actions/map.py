"""Drawing on the command centre's map and importing the boundaries of units."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.recording import Recorded, Submission, record
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.kernel.ids import new_id
from thammuu.org import queries as org
from thammuu.org.policies import may_bound_units, visible_to
from thammuu.watch import facts, policies
from thammuu.watch.geometry import Feature, check_geometry, polygons
from thammuu.watch.models import Boundary, Drawing
from thammuu.watch.rules import DRAWING_KIND_WORDS
from thammuu.watch.shape_files import features_of

LEVELS = ("province", "commune")


def make_drawing(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    kind: str,
    geometry: dict[str, Any],
    unit: UUID,
    submission: Submission | None = None,
) -> Recorded:
    """Draw a site, sector, route or area for a unit; GeoJSON geometry, lon/lat degrees."""
    actor = acting(actor, policies.may_edit_map(actor, unit))
    if not name.strip():
        raise BadInput("name", _("A drawing needs a name."))
    if kind not in DRAWING_KIND_WORDS:
        raise BadInput("kind", _("There is no such kind of drawing."))
    row = Drawing(
        id=new_id(),
        world=actor.scope.world,
        units=[unit],
        kind=kind,
        name=name.strip(),
        geometry=check_geometry(geometry),
        drawn_at=now,
    )
    told = facts.DrawingMade(
        subject_id=row.id,
        world=row.world,
        units=tuple(row.units),
        kind=kind,
        name=row.name,
        geometry=row.geometry,
        drawn_at=now,
    )
    return record(told, actor=actor, at=now, now=now, units=row.units, rows=[row], submission=submission)


def remove_drawing(*, actor: Actor, now: datetime, drawing: UUID) -> None:
    """Take a drawing off the map; it stays on record."""
    with transaction.atomic():
        row = Drawing.objects.select_for_update().filter(visible_to(actor), id=drawing).first()
        if row is None:
            raise Missing(_("This drawing does not exist."))
        actor = acting(actor, policies.may_edit_map(actor, row.units[0]))
        if row.removed_at is None:
            row.removed_at = now
            row.save(update_fields=["removed_at"])
            told = facts.DrawingRemoved(subject_id=row.id, removed_at=now, name=row.name)
            record(told, actor=actor, at=now, now=now, units=row.units)


def import_boundaries(*, actor: Actor, now: datetime, content: bytes, level: str) -> int:
    """Import the boundaries of a GeoJSON or TopoJSON file whose features have `code` and `name`; all or none.

    Boundaries are public geography and are seen by everyone signed in. Returns how many were new or changed.
    Raises `Refused` for a unit on whose map the actor does not draw; what is no unit's takes the right at every unit.
    """
    actor = acting(actor, policies.may_edit_map(actor, actor.unit))
    units = org.units_by_code()
    barred = {code for code in codes_in(content) if not policies.may_edit_map(actor, units.get(code))}
    require(may_bound_units(barred))
    return keep_boundaries(actor=actor, now=now, content=content, level=level)


def keep_boundaries(*, actor: Actor, now: datetime, content: bytes, level: str) -> int:
    """Do what `import_boundaries` does, for a plan of units that has judged whose boundaries it brings."""
    if level not in LEVELS:
        raise BadInput("level", _("There is no such level of boundaries."))
    features = _with_codes(features_of(content))
    with transaction.atomic():
        known = {row.code: row for row in Boundary.objects.select_for_update()}
        changed = 0
        for code, feature in features.items():
            called = (code, str(feature.properties["name"]), level)
            changed += _import_one(actor, now, known, called, feature.geometry)
    return changed


def codes_in(content: bytes) -> Collection[str]:
    """Return the codes in a file of boundaries that could be imported. Raises `BadInput`."""
    return _with_codes(features_of(content)).keys()


def _with_codes(features: Sequence[Feature]) -> dict[str, Feature]:
    found: dict[str, Feature] = {}
    for number, feature in enumerate(features, 1):
        code = str(feature.properties.get("code") or "")
        if not code or not feature.properties.get("name"):
            raise BadInput("file", _("Feature {number} lacks a code or a name.").format(number=number))
        if code in found:
            raise BadInput("file", _("Feature {number} repeats the code {code}.").format(number=number, code=code))
        if not polygons(feature.geometry):
            raise BadInput("file", _("Feature {number} has no area, so it bounds nothing.").format(number=number))
        found[code] = feature
    if not found:
        raise BadInput("file", _("There are no boundaries in the file."))
    return found


def _import_one(
    actor: Actor,
    now: datetime,
    known: dict[str, Boundary],
    called: tuple[str, str, str],
    geometry: dict[str, Any],
) -> int:
    code, name, level = called
    digest = hashlib.sha256(orjson.dumps(geometry)).hexdigest()
    row = known.get(code)
    if row is not None and (row.digest, row.name, row.level) == (digest, name, level):
        return 0
    rows: Collection[Boundary] = []
    if row is None:
        row = Boundary(id=new_id(), code=code)
        rows = [row]
    row.name, row.level, row.digest, row.geometry, row.imported_at = name, level, digest, geometry, now
    if not rows:
        row.save()
    known[code] = row
    told = facts.BoundaryImported(subject_id=row.id, code=code, name=name, level=level, digest=digest, imported_at=now)
    record(told, actor=actor, at=now, now=now, units=[actor.unit] if actor.unit else [], rows=list(rows))
    return 1
