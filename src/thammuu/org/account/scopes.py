"""What a token of another system may touch: areas, to read or to write, at a unit and below. Pure.

A token takes away from its post and never adds: what it may do is what the post may do now, narrowed.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from thammuu.kernel.actor import Actor, Scope, Units
from thammuu.org.rules import Permission

READ, WRITE = "read", "write"


class Area(StrEnum):
    """The parts of the product that the programming interface opens."""

    LOG = "log"
    INCIDENTS = "incidents"
    ORDERS = "orders"
    UNITS = "units"
    ASSIGNMENTS = "assignments"
    INSPECTIONS = "inspections"
    INCOMING = "incoming"
    ALERTS = "alerts"
    JOURNAL = "journal"
    CALENDAR = "calendar"


BY_ADDRESS = frozenset({Area.CALENDAR})
"""Areas that an address with the token in it opens, for programs that can send no header.

Such an address is handed on more easily than a header: its token opens that one area and nothing of the interface.
"""
_READS: Mapping[Area, frozenset[Permission]] = {
    area: frozenset({Permission.VIEW, Permission.JOURNAL_READ} if area == Area.JOURNAL else {Permission.VIEW})
    for area in Area
}
_WRITES: Mapping[Area, frozenset[Permission]] = {
    Area.LOG: frozenset({Permission.LOG_WRITE, Permission.LOG_STRIKE}),
    Area.INCIDENTS: frozenset({Permission.INCIDENT_OPEN, Permission.INCIDENT_HANDLE, Permission.INCIDENT_CLOSE}),
    Area.ORDERS: frozenset({Permission.ORDER_GIVE, Permission.ORDER_ANSWER}),
    Area.ASSIGNMENTS: frozenset({Permission.ASSIGNMENT_EXECUTE}),
    Area.ALERTS: frozenset({Permission.ALERT_HANDLE}),
}
SCOPES: tuple[str, ...] = tuple(
    f"{area}:{way}" for area in Area for way in (READ, WRITE) if way == READ or area in _WRITES
)
"""Every scope, "area:read" or "area:write"; to write includes to read."""


def is_covered(scope: str, held: Collection[str]) -> bool:
    """Say whether the scopes that are held include this one."""
    area, _colon, way = scope.partition(":")
    return scope in held or (way == READ and f"{area}:{WRITE}" in held)


def permissions_of(scopes: Iterable[str]) -> frozenset[Permission]:
    """Return every permission that the scopes can let through."""
    found: set[Permission] = set()
    for scope in scopes:
        name, _colon, way = scope.partition(":")
        found |= _READS[Area(name)]
        if way == WRITE:
            found |= _WRITES[Area(name)]
    return frozenset(found)


def holds_any(actor: Actor, scope: str) -> bool:
    """Say whether the actor's post permits anything that the scope stands for."""
    name, _colon, way = scope.partition(":")
    if way == WRITE:
        return any(actor.may_somewhere(permission) for permission in _WRITES[Area(name)])
    return all(actor.may_somewhere(permission) for permission in _READS[Area(name)])


def narrowed(actor: Actor, scopes: Collection[str], units: Units) -> Actor:
    """Return the actor with no more than the scopes let through, at these units (None: wherever the actor may).

    What an officer opened in an emergency is for the officer alone, never for a token.
    """
    let_through = permissions_of(scopes)
    permits = {name: within(held, units) for name, held in actor.permits.items() if name in let_through}
    return replace(actor, scope=within(actor.scope, units), permits=permits)


def within(held: Scope, units: Units) -> Scope:
    """Return the scope at these units only, without what was opened in an emergency."""
    further = tuple(replace(reach, units=_both(reach.units, units)) for reach in held.further)
    return replace(held, units=_both(held.units, units), further=further, opened=frozenset())


def _both(reach: Units, units: Units) -> Units:
    if reach is None or units is None:
        return units if reach is None else reach
    return reach & units
