"""What a plan of changes would mean: the tree before and after, the open work carried, who would see more or less.

The tree is assembled twice for the plan's last day, without the plan and with it; nothing is saved.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import start_of
from thammuu.kernel.ids import new_id
from thammuu.kernel.text import sort_key
from thammuu.org import directory, open_work
from thammuu.org.directory import Directory, Rows, UnitRow
from thammuu.org.models import Grant, Unit, UnitSpell, UnitSuccession
from thammuu.org.planning import Judged, Outcome
from thammuu.org.rules import PERMITS, Permission, Role

# A tree of more changes than this is told by its levels only; its lines stand on the same page.
MOST_DRAWN = 60


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of a drawn tree: how deep it stands, and whether the plan touches it."""

    depth: int
    name: str
    touched: bool

    @property
    def steps(self) -> range:
        """Return as many steps as the branch stands deep, to be drawn before its name."""
        return range(self.depth)


@dataclass(frozen=True, slots=True)
class Estate:
    """What a closing unit leaves: the open things of each kind, and who takes them on."""

    name: str
    heirs: tuple[str, ...]
    open: Sequence[int]


@dataclass(frozen=True, slots=True)
class Sight:
    """A post that would see other units than without the plan, and how many."""

    post: str
    more: int
    less: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """Everything that is shown of a plan beside its lines. `levels`: level, units before, units after."""

    day: date
    levels: Sequence[tuple[str, int, int]]
    before: Sequence[Branch] = ()
    after: Sequence[Branch] = ()
    estates: Sequence[Estate] = ()
    kinds: Sequence[str] = ()
    homeless: Sequence[str] = ()
    sights: Sequence[Sight] = field(default=())


def rehearse(actor: Actor, judged: Sequence[Judged]) -> Meaning:
    """Return what the plan would mean on its last day, of the units that the actor sees and the new ones.

    Faults change nothing; at least one change must be none.
    """
    effects = [one for one in judged if one.outcome not in (Outcome.FAULT, Outcome.SAME)]
    day = max(one.change.starts_on for one in effects)
    rows = directory.stored()
    before = directory.assemble(rows, day)
    after = directory.assemble(_with(rows, effects), day)
    seen = {id for id in after.units if id not in before.units or actor.scope.knows(id)}
    drawn = len(effects) <= MOST_DRAWN
    touched = {one.change.code for one in effects}
    closing = [id for id, unit in before.units.items() if unit.stands and not after.units[id].stands]
    return Meaning(
        day=day,
        levels=_levels(before, after, seen),
        before=_drawn(before, touched, seen) if drawn else (),
        after=_drawn(after, touched, seen) if drawn else (),
        estates=_estates(actor, closing, before, after) if closing else (),
        kinds=open_work.labels(),
        homeless=[
            before.post_label(post.id)
            for post in before.posts.values()
            if before.units[post.unit].stands and not after.units[after.posts[post.id].unit].stands
        ],
        sights=_sights(before, after, day, seen),
    )


def _with(rows: Rows, effects: Sequence[Judged]) -> Rows:
    """Return the rows as the plan would leave them, in memory only."""
    units = [*rows.units, *(_unit(one) for one in effects if one.outcome is Outcome.NEW)]
    ids = {unit.code: unit.id for unit in units}
    ends = {ids[one.change.code]: one.change.starts_on for one in effects}
    spells = [_ended(spell, ends) for spell in rows.spells]
    opened = {ids[one.change.code] for one in effects if one.outcome is Outcome.OPENED}
    successions = [row for row in rows.successions if row.unit_id not in opened]
    for one in effects:
        change, unit = one.change, ids[one.change.code]
        for place, code in enumerate(change.successors):
            successions.append(
                UnitSuccession(unit_id=unit, successor_id=ids[code], place=place, starts_on=change.starts_on)
            )
        if not change.closes:
            parent = ids[change.parent] if change.parent is not None else None
            names = {"name": change.name, "short_name": change.short_name, "sort_key": sort_key(change.name)}
            spells.append(UnitSpell(unit_id=unit, parent_id=parent, starts_on=change.starts_on, **names))
    return Rows(units, sorted(spells, key=lambda spell: spell.starts_on), successions, rows.posts)


def _unit(one: Judged) -> Unit:
    return Unit(id=new_id(), code=one.change.code, level=one.change.level)


def _ended(spell: UnitSpell, ends: dict[UUID, date]) -> UnitSpell:
    if spell.ends_on is not None or spell.unit_id not in ends:
        return spell
    return UnitSpell(
        unit_id=spell.unit_id,
        parent_id=spell.parent_id,
        name=spell.name,
        short_name=spell.short_name,
        sort_key=spell.sort_key,
        starts_on=spell.starts_on,
        ends_on=ends[spell.unit_id],
    )


def _levels(before: Directory, after: Directory, seen: set[UUID]) -> list[tuple[str, int, int]]:
    counts = [Counter(unit.level for unit in tree.in_order(seen)) for tree in (before, after)]
    return [(level, counts[0][level], counts[1][level]) for level in sorted(counts[0] | counts[1])]


def _drawn(tree: Directory, touched: set[str], seen: set[UUID]) -> list[Branch]:
    """Draw the touched units with all above them, in Vietnamese order, each below its superior."""
    standing = {unit.id: unit for unit in tree.in_order(seen)}
    wanted: set[UUID] = set()
    for unit in standing.values():
        above: UnitRow | None = unit if unit.code in touched else None
        while above is not None and above.id not in wanted:
            wanted.add(above.id)
            above = standing.get(above.parent) if above.parent else None
    below: dict[UUID | None, list[UnitRow]] = {}
    for unit in standing.values():
        if unit.id in wanted:
            below.setdefault(unit.parent if unit.parent in wanted else None, []).append(unit)
    found: list[Branch] = []
    waiting = [(0, unit) for unit in reversed(below.get(None, []))]
    while waiting:
        depth, unit = waiting.pop()
        found.append(Branch(depth, unit.name, unit.code in touched))
        waiting.extend((depth + 1, child) for child in reversed(below.get(unit.id, [])))
    return found


def _estates(actor: Actor, closing: Sequence[UUID], before: Directory, after: Directory) -> list[Estate]:
    counted = open_work.count(actor, closing)
    found = []
    for unit in closing:
        heirs = [heir for heir in after.present(unit) if heir != unit]
        if not heirs and (above := before.units[unit].parent):
            heirs = list(after.present(above))
        names = tuple(after.units[heir].name for heir in heirs)
        found.append(Estate(before.units[unit].name, names, counted[unit]))
    return found


def _sights(before: Directory, after: Directory, day: date, seen: set[UUID]) -> list[Sight]:
    over = start_of(day + timedelta(days=1))
    valid = Q(starts_at__lt=over) & (Q(ends_at=None) | Q(ends_at__gte=over))
    reaches: dict[UUID, tuple[set[UUID], set[UUID]]] = {}
    for post, role, unit in Grant.objects.filter(valid).values_list("post_id", "role", "unit_id"):
        if Permission.VIEW in PERMITS[Role(role)]:
            without, with_plan = reaches.setdefault(post, (set(), set()))
            without.update(before.reach(unit))
            with_plan.update(after.reach(unit))
    known = before.units.keys()
    found = [
        Sight(before.post_label(post), len((with_plan & known) - without), len(without - with_plan))
        for post, (without, with_plan) in reaches.items()
        if before.posts[post].unit in seen
    ]
    return sorted((sight for sight in found if sight.more or sight.less), key=lambda sight: sight.post)
