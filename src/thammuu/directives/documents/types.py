"""The types of document that a unit has: those built in, and its own."""

from uuid import UUID

from thammuu.directives.documents.kinds import BUILT_IN, Kind
from thammuu.directives.documents.models import DocumentType
from thammuu.kernel.actor import REAL


def type_of(code: str, unit: UUID, world: str = REAL) -> Kind | None:
    """Return the type with the code (the abbreviation of a unit's own type); None if the unit has none such."""
    if code in BUILT_IN:
        return BUILT_IN[code]
    row = DocumentType.objects.filter(world=world, unit=unit, abbreviation=code).first()
    return None if row is None else Kind(row.name, row.abbreviation, row.series)


def types_of(unit: UUID, world: str = REAL) -> dict[str, Kind]:
    """Return every type that the unit has by its code: its own first, by name."""
    own = DocumentType.objects.filter(world=world, unit=unit).order_by("name", "id")
    return {**{row.abbreviation: Kind(row.name, row.abbreviation, row.series) for row in own}, **BUILT_IN}
