"""Units over the programming interface."""

from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import Field

from thammuu.kernel.errors import Missing
from thammuu.kernel.text import fold
from thammuu.org import directory
from thammuu.org import queries as org
from thammuu.org.api.asking import FAULTS, MOST, Cursor, Limit, Page, Words, cursor_of, place_in
from thammuu.org.api.bearer import Bearer
from thammuu.org.directory import UnitRow
from thammuu.org.web import actor_of

router = Router(tags=["units"])
READS = Bearer("units:read")


class UnitOut(Schema):
    """A unit as it is called today."""

    id: UUID
    code: str
    level: str
    name: str
    short_name: str
    superior: UUID | None = Field(description="The unit above it; null at the top")


class UnitTree(UnitOut):
    """A unit with all that stands below it today and that you may see."""

    below: list["UnitTree"]


def shown(row: UnitRow) -> UnitOut:
    """Return a unit as the interface shows it."""
    return UnitOut(
        id=row.id, code=row.code, level=row.level, name=row.name, short_name=row.short_name, superior=row.parent
    )


@router.get("", response={200: Page[UnitOut], **FAULTS}, auth=READS, url_name="units", summary="List units")
def units(request: HttpRequest, q: Words = "", cursor: Cursor = "", limit: Limit = MOST) -> dict[str, object]:
    """The units that stand today and that you may see, in Vietnamese order; `q` narrows by name or code."""
    wanted = fold(q.strip())
    rows = [row for row in org.visible_units(actor_of(request)) if wanted in fold(f"{row.code} {row.name}")]
    start = int.from_bytes(place_in(cursor, 4)) if cursor else 0
    more = start + limit < len(rows)
    following = cursor_of((start + limit).to_bytes(4)) if more else None
    return {"items": [shown(row) for row in rows[start : start + limit]], "next": following}


@router.get("/{uuid:unit}", response={200: UnitOut, **FAULTS}, auth=READS, url_name="unit", summary="Read a unit")
def unit(request: HttpRequest, unit: UUID) -> UnitOut:
    """One unit as it is called today."""
    return shown(_found(request, unit))


@router.get(
    "/{uuid:unit}/tree", response={200: UnitTree, **FAULTS}, auth=READS, url_name="unit_tree", summary="Read a tree"
)
def tree(request: HttpRequest, unit: UUID) -> UnitTree:
    """A unit and everything below it that stands today, in Vietnamese order."""
    top = _found(request, unit)
    children: dict[UUID | None, list[UnitRow]] = {}
    for row in org.visible_units(actor_of(request)):
        children.setdefault(row.parent, []).append(row)
    return _tree(top, children)


def _tree(row: UnitRow, children: dict[UUID | None, list[UnitRow]]) -> UnitTree:
    below = [_tree(child, children) for child in children.get(row.id, ())]
    return UnitTree(**shown(row).model_dump(), below=below)


def _found(request: HttpRequest, id: UUID) -> UnitRow:
    row = directory.current().units.get(id)
    if row is None or not actor_of(request).scope.knows(id):
        raise Missing(_("This does not exist, or not for you."))
    return row
