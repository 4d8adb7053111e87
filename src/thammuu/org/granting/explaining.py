"""Why a post sees something, or does not: each of its rights held against the thing, dimension by dimension."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thammuu.journal.fold import tables
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor, Reach
from thammuu.kernel.errors import Missing
from thammuu.org import authority, directory
from thammuu.org.granting.policies import may_oversee
from thammuu.org.granting.rows import RightRow, right_rows
from thammuu.org.models import Event
from thammuu.org.policies import visible_to
from thammuu.org.rights import Right, reached
from thammuu.org.rules import Permission, Source
from thammuu.org.words import CLASSIFICATION_WORDS

DIMENSIONS: dict[str, Promise] = {
    "permission": gettext_lazy("Permits to see"),
    "time": gettext_lazy("In effect now"),
    "units": gettext_lazy("Reaches its units"),
    "event": gettext_lazy("Reaches its event"),
    "level": gettext_lazy("Reaches its level"),
    "opened": gettext_lazy("Belongs to what was opened"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What is seen: the units that it concerns, its event and its level."""

    kind: Subject
    id: UUID
    units: tuple[UUID, ...]
    event: UUID | None
    classification: int


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a right goes as far as the thing in one dimension; `words` say what was compared."""

    name: Promise
    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class Path:
    """A right held against the thing. It opens it if every check holds."""

    row: RightRow
    checks: tuple[Check, ...]

    @property
    def opens(self) -> bool:
        """Say whether the thing is seen by this right."""
        return all(check.holds for check in self.checks)


def thing_of(actor: Actor, kind: str, id: UUID) -> Thing:
    """Return what the actor sees. Raises `Missing` for anything else."""
    table = tables().get(Subject(kind)) if kind in set(Subject) else None
    fields = {field.name for field in table.model._meta.get_fields()} if table else set()
    if table is None or not {"units", "classification"} <= fields:
        raise Missing(_("This does not exist, or not for you."))
    event = "event_id" if "event_id" in fields else "id"
    row = table.model._default_manager.filter(visible_to(actor, event=event), pk=id).first()
    if row is None:
        raise Missing(_("This does not exist, or not for you."))
    return Thing(Subject(kind), id, tuple(row.units), row.event_id, row.classification)  # type: ignore[attr-defined]  # each of these tables has the columns of what is placed


def paths_of(post: UUID, thing: Thing, now: datetime) -> list[Path]:
    """Return every right of the post that has not ended, held against the thing; those that open it first."""
    rights = authority.rights_of([post], now)
    names = event_names([thing.event, *(right.event for right in rights)])
    paths = [Path(row, tuple(_checks(row.right, thing, now, names))) for row in right_rows(rights, now)]
    return sorted(paths, key=lambda path: (not path.opens, sum(not check.holds for check in path.checks)))


def reason_against(paths: Sequence[Path]) -> str:
    """Return why the post does not see the thing: what its nearest right lacks; "" if it sees it."""
    if not paths:
        return _("The post has no right at all.")
    if paths[0].opens:
        return ""
    lacking = [f"{check.name}: {check.words}" for check in paths[0].checks if not check.holds]
    return _("Its nearest right, {role} at {unit}, does not reach: {lacking}").format(
        role=paths[0].row.role, unit=paths[0].row.unit, lacking="; ".join(lacking)
    )


def posts_that_see(actor: Actor, thing: Thing, now: datetime) -> list[tuple[UUID, str]]:
    """Return the posts, of the units that the actor oversees, that see the thing, with their labels."""
    known = directory.current()
    reach = cache(known.reach)
    found: dict[UUID, str] = {}
    for right in authority.rights_of(None, now):
        if right.source is Source.OPENING or right.post in found or right.post not in known.posts:
            continue
        extent = Reach(reached(right, reach), right.event, right.classification)
        sees = Permission.VIEW in right.permissions and right.holds_at(now)
        seen = sees and extent.covers(thing.units, thing.classification, thing.event)
        if seen and may_oversee(actor, known.posts[right.post].unit):
            found[right.post] = known.post_label(right.post)
    return sorted(found.items(), key=lambda item: item[1])


def event_names(ids: Collection[UUID | None]) -> dict[UUID, str]:
    """Return the names of events."""
    return dict(Event.objects.filter(id__in={id for id in ids if id}).values_list("id", "name"))


def _checks(right: Right, thing: Thing, now: datetime, names: dict[UUID, str]) -> list[Check]:
    known = directory.current()
    units = reached(right, known.reach)
    common = [known.unit_label(unit) for unit in thing.units if units is None or unit in units]
    concerned = ", ".join(known.unit_label(unit) for unit in thing.units) or "–"
    levels = f"{CLASSIFICATION_WORDS[thing.classification]} ≤ {CLASSIFICATION_WORDS[right.classification]}"
    belongs = names.get(thing.event, "–") if thing.event else _("no event")
    wanted = names.get(right.event, "–") if right.event else _("any event")
    opening = bool(right.opened)
    said = {
        "permission": (Permission.VIEW in right.permissions, str(DIMENSIONS["permission"])),
        "time": (right.holds_at(now), ""),
        "units": (bool(common), ", ".join(common) or f"{concerned} ∉ {known.unit_label(right.unit)}"),
        "opened": (thing.id in right.opened, ""),
        "event": (right.event is None or right.event == thing.event, f"{belongs} · {wanted}"),
        "level": (thing.classification <= right.classification, levels),
    }
    asked = ("permission", "time", "opened") if opening else ("permission", "time", "units", "event", "level")
    return [Check(DIMENSIONS[name], *said[name]) for name in asked]
