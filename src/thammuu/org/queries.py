"""Reads of the directory, as plain rows."""

from uuid import UUID

from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.directory import UnitRow
from thammuu.org.models import Event
from thammuu.org.policies import visible_to
from thammuu.org.rules import Permission


def visible_units(actor: Actor) -> list[UnitRow]:
    """Return the units the actor may see, in Vietnamese order."""
    return directory.current().in_order(actor.scope.units)


def units_for(actor: Actor, permission: Permission) -> list[UnitRow]:
    """Return the units at which the actor holds the permission, in Vietnamese order."""
    if not actor.may_somewhere(permission):
        return []
    return directory.current().in_order(actor.permits[permission])


def unit_options(units: list[UnitRow]) -> list[tuple[str, str]]:
    """Return (id, name) pairs for a select."""
    return [(str(unit.id), unit.name) for unit in units]


def unit_label(unit: UUID | None) -> str:
    """Return a unit's short name."""
    return directory.current().unit_label(unit)


def unit_labels(units: list[UUID]) -> list[str]:
    """Return the short names of the units, in the order given."""
    known = directory.current()
    return [known.unit_label(unit) for unit in units]


def post_label(post: UUID | None) -> str:
    """Return "title, unit" of a post."""
    return directory.current().post_label(post)


def events(actor: Actor) -> list[Event]:
    """Return the events that the actor may see, the latest first."""
    return list(Event.objects.filter(visible_to(actor)).order_by("-starts_on"))
