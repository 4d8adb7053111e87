"""Reads of the directory, as plain rows."""

from collections.abc import Set
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from thammuu.kernel.actor import Actor
from thammuu.org import directory
from thammuu.org.directory import UnitRow
from thammuu.org.models import Event, Unit, UnitPlan, UnitSpell
from thammuu.org.planning import Change, Ground
from thammuu.org.policies import visible_to
from thammuu.org.rules import Permission
from thammuu.org.tree import Spell


def visible_units(actor: Actor) -> list[UnitRow]:
    """Return the units the actor may see, in Vietnamese order."""
    return directory.current().in_order(actor.scope.everywhere())


def units_for(actor: Actor, permission: Permission) -> list[UnitRow]:
    """Return the units at which the actor holds the permission, in Vietnamese order."""
    return directory.current().in_order(actor.units_of(permission))


def units_by_code() -> dict[str, UUID]:
    """Return the id of every unit there ever was."""
    return {unit.code: unit.id for unit in directory.current().units.values()}


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


def post_options(units: Set[UUID]) -> list[tuple[str, str]]:
    """Return the posts of the units for a select, by their labels."""
    known = directory.current()
    found = [(str(row.id), known.post_label(row.id)) for row in known.posts.values() if row.unit in units]
    return sorted(found, key=lambda pair: pair[1])


def post_units(posts: list[UUID]) -> list[UUID]:
    """Return the units of the posts, in the order given."""
    known = directory.current().posts
    return [known[post].unit for post in posts if post in known]


def author_label(post: UUID | None, behalf: UUID | None) -> str:
    """Return who did something: the post, and on whose behalf if not by its own right."""
    done_by = post_label(post)
    if behalf is None:
        return done_by
    return _("{post}, on behalf of {other}").format(post=done_by, other=post_label(behalf))


def events(actor: Actor) -> list[Event]:
    """Return the events that the actor may see, the latest first."""
    return list(Event.objects.filter(visible_to(actor, event="id")).order_by("-starts_on"))


def event_options(actor: Actor) -> list[tuple[str, str]]:
    """Return (id, name) pairs of the events that the actor may see, for a select."""
    return [(str(event.id), event.name) for event in events(actor)]


def events_to_write(actor: Actor, permission: Permission, day: date) -> list[tuple[str, str]]:
    """Return (id, name) pairs of the events that are not over by the day and for which the permission holds."""
    held = actor.permits.get(permission)
    if held is None:
        return []
    lasting = (event for event in events(actor) if event.ends_on >= day)
    return [(str(event.id), event.name) for event in lasting if held.ceiling(None, event.id) >= event.classification]


def ground_for(actor: Actor) -> Ground:
    """Return the whole dated tree by codes, and the codes of the units that the actor administers."""
    units = {id: (code, level) for id, code, level in Unit.objects.values_list("id", "code", "level")}
    rows = UnitSpell.objects.order_by("starts_on").values_list(
        "unit_id", "parent_id", "name", "short_name", "starts_on", "ends_on"
    )
    spells = [
        Spell(units[unit][0], units[parent][0] if parent else None, name, short_name, starts_on, ends_on)
        for unit, parent, name, short_name, starts_on, ends_on in rows
    ]
    reach = actor.units_of(Permission.UNIT_ADMIN)
    administered = None if reach is None else frozenset(units[id][0] for id in reach if id in units)
    return Ground(spells, dict(units.values()), administered)


def spells_of(unit: UUID) -> list[UnitSpell]:
    """Return what a unit was called and where it stood, oldest first."""
    return list(UnitSpell.objects.filter(unit_id=unit).order_by("starts_on"))


def waiting_plan(actor: Actor, id: UUID) -> UnitPlan | None:
    """Return a plan of the actor's own post that waits for its confirmation."""
    return UnitPlan.objects.filter(id=id, post_id=actor.post).first()


def changes_of(plan: UnitPlan) -> list[Change]:
    """Return a waiting plan's changes."""
    return [
        Change(
            **{
                **change,
                "starts_on": date.fromisoformat(change["starts_on"]),
                "successors": tuple(change["successors"]),
            }
        )
        for change in plan.changes
    ]
