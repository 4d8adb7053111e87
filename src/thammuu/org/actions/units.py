"""The only writers of the unit tree: single units, and whole plans of changes at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from thammuu.journal.facts import Fact
from thammuu.journal.recording import record
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Conflict, Missing, require
from thammuu.kernel.ids import new_id
from thammuu.kernel.text import sort_key
from thammuu.org import authority, boundaries, facts, policies
from thammuu.org.models import Unit, UnitPlan, UnitSpell, UnitSuccession
from thammuu.org.planning import Change, Ground, Judged, Outcome, digest_of, judge, out_of_reach
from thammuu.org.queries import changes_of, ground_for
from thammuu.org.rules import Permission

# The one lock that changes of the tree take: two at once could make a circle that neither sees.
TREE_LOCK = 0x7468_7472
KEEP_PLANS = timedelta(days=1)


def create_unit(
    *,
    actor: Actor,
    now: datetime,
    code: str,
    level: str,
    name: str,
    parent: UUID | None,
    starts_on: date,
    short_name: str = "",
) -> UUID:
    """Create a unit with its first name and place. Raises `BadInput` for a code in use or an unknown superior."""
    actor = acting(actor, policies.may_administer_units(actor, parent))
    with transaction.atomic():
        _lock_tree()
        if Unit.objects.filter(code=code).exists():
            raise BadInput("code", _("The code {code} is in use already.").format(code=code))
        above = Unit.objects.filter(id=parent).first() if parent is not None else None
        if parent is not None and above is None:
            raise BadInput("parent", _("The superior unit does not exist."))
        change = Change(1, code, starts_on, level, name, short_name, above.code if above else None)
        return _carry_out(actor, now, [change])[0]


def rename_unit(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    name: str,
    parent: UUID | None,
    starts_on: date,
    short_name: str = "",
) -> None:
    """Give a unit another name or place from a day on; what it was before stays on record.

    Raises `BadInput` if the unit would come to stand below itself or the day is not after the present spell's start.
    """
    actor = acting(actor, policies.may_administer_units(actor, unit))
    with transaction.atomic():
        _lock_tree()
        codes = dict(Unit.objects.filter(id__in=[unit, parent]).values_list("id", "code"))
        if not UnitSpell.objects.filter(unit_id=unit, ends_on=None).exists():
            raise Missing(_("This unit does not exist or is closed."))
        if parent is not None and parent not in codes:
            raise BadInput("parent", _("The superior unit does not exist."))
        above = codes[parent] if parent is not None else None
        _carry_out(actor, now, [Change(1, codes[unit], starts_on, "", name, short_name, above)])


def reorganise(*, actor: Actor, now: datetime, changes: Sequence[Change]) -> list[UUID]:
    """Carry out a plan, all of it or nothing. Returns the ids of the units that are new, in the plan's order.

    Raises `BadInput` naming the first faults.
    """
    with transaction.atomic():
        _lock_tree()
        return _carry_out(actor, now, changes)


def draft_plan(
    *,
    actor: Actor,
    now: datetime,
    title: str,
    changes: Sequence[Change],
    provinces: bytes = b"",
    communes: bytes = b"",
) -> UUID:
    """Keep a plan for its rehearsal; nothing changes. Plans older than a day go.

    Raises `Refused` if it brings the boundary of a unit that the actor does not administer.
    """
    require(policies.may_plan_units(actor))
    UnitPlan.objects.filter(made_at__lt=now - KEEP_PLANS).delete()
    ground = ground_for(actor)
    _require_reach(judge(changes, ground), ground, (provinces, communes))
    plan = UnitPlan(
        id=new_id(),
        post_id=actor.post,
        title=title,
        changes=[{**asdict(change), "starts_on": change.starts_on.isoformat()} for change in changes],
        provinces=provinces,
        communes=communes,
        made_at=now,
    )
    plan.save(force_insert=True)
    return plan.id


def drop_plan(*, actor: Actor, now: datetime, plan: UUID) -> None:
    """Throw a plan away that was not confirmed."""
    require(policies.may_plan_units(actor))
    UnitPlan.objects.filter(id=plan, post_id=actor.post, made_at__lte=now).delete()


def confirm_plan(*, actor: Actor, now: datetime, plan: UUID, seen: str) -> int:
    """Carry out a plan as it was rehearsed; returns how many units it changed. `seen` is the rehearsal's digest.

    Raises `Conflict` if the tree has changed since, so that the plan would do something else now, and `BadInput` if it
    has faults.
    """
    with transaction.atomic():
        _lock_tree()
        row = UnitPlan.objects.select_for_update().filter(id=plan, post_id=actor.post).first()
        if row is None:
            raise Missing(_("This plan was confirmed already or is older than a day."))
        changes = changes_of(row)
        ground = ground_for(actor)
        judged = judge(changes, ground)
        files = {level: bytes(content) for level, content in (("province", row.provinces), ("commune", row.communes))}
        _require_reach(judged, ground, files.values())
        if digest_of(judged) != seen:
            raise Conflict(_("The units have changed since the rehearsal. Nothing was saved; look at the plan again."))
        _save(actor, now, judged)
        for level, content in files.items():
            if content:
                boundaries.save(actor=actor, now=now, content=content, level=level)
        row.delete()
    return sum(one.outcome is not Outcome.SAME for one in judged)


def _require_reach(judged: Sequence[Judged], ground: Ground, contents: Iterable[bytes]) -> None:
    barred = out_of_reach(judged, ground)
    if barred:
        bounded = {code for content in contents if content for code in boundaries.codes_in(content)}
        require(policies.may_bound_units(barred & bounded))


def _lock_tree() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


def _carry_out(actor: Actor, now: datetime, changes: Sequence[Change]) -> list[UUID]:
    return _save(actor, now, judge(changes, ground_for(actor)))


def _save(actor: Actor, now: datetime, judged: Sequence[Judged]) -> list[UUID]:
    """Write what was judged; the tree is locked. A fault of a single unit keeps its column."""
    faults = [one for one in judged if one.is_fault]
    if faults:
        if len(judged) == 1:
            column = {"parent_code": "parent"}.get(faults[0].column, faults[0].column)
            raise BadInput(column, faults[0].reason)
        told = "; ".join(
            _("line {line}: {reason}").format(line=one.change.line, reason=one.reason) for one in faults[:10]
        )
        raise BadInput("", _("Nothing was saved. {faults}").format(faults=told))
    ids = dict(Unit.objects.values_list("code", "id"))
    created = {one.change.code: new_id() for one in judged if one.outcome is Outcome.NEW}
    ids.update(created)
    open_spells, names = _open_spells(judged), _names(judged)
    actor = _on_behalf(actor, judged)
    for one in judged:
        if one.outcome is not Outcome.SAME:
            _save_one(actor, now, one, ids, open_spells.get(one.change.code), names)
    authority.forget()
    return list(created.values())


def _on_behalf(actor: Actor, judged: Sequence[Judged]) -> Actor:
    """Return the actor as it carries the plan out: on behalf of another post where its own right does not suffice."""
    if not actor.lent:
        return actor
    alone = judge([one.change for one in judged], ground_for(authority.alone(actor)))
    suffices = not any(one.is_fault for one in alone)
    return acting(actor, actor.by(Permission.UNIT_ADMIN, lambda _held: suffices))


def _open_spells(judged: Sequence[Judged]) -> dict[str, UnitSpell]:
    ending = [one.change.code for one in judged if one.outcome not in (Outcome.NEW, Outcome.SAME, Outcome.OPENED)]
    rows = UnitSpell.objects.select_for_update(of=("self",)).filter(unit__code__in=ending, ends_on=None)
    return {row.unit.code: row for row in rows.select_related("unit")}


def _names(judged: Sequence[Judged]) -> dict[str, str]:
    """Return the names of successors by code: as the plan calls them, or as they are called now."""
    wanted = {code for one in judged for code in one.change.successors}
    known = UnitSpell.objects.filter(unit__code__in=wanted).order_by("starts_on").values_list("unit__code", "name")
    return {**dict(known), **{one.change.code: one.change.name for one in judged if one.change.code in wanted}}


def _save_one(
    actor: Actor,
    now: datetime,
    one: Judged,
    ids: Mapping[str, UUID],
    ending: UnitSpell | None,
    names: Mapping[str, str],
) -> None:
    change, unit = one.change, ids[one.change.code]
    told: list[Fact] = []
    rows: list[Model] = []
    if one.outcome is Outcome.NEW:
        rows.append(Unit(id=unit, code=change.code, level=change.level))
        told.append(facts.UnitCreated(subject_id=unit, code=change.code, level=change.level))
    if one.outcome is Outcome.OPENED:
        told.extend(_end_successions(unit, change))
    if ending is not None:
        ending.ends_on = change.starts_on
        ending.save(update_fields=["ends_on"])
        told.append(facts.UnitSpellEnded(subject_id=ending.id, ends_on=change.starts_on, name=ending.name))
    for place, code in enumerate(change.successors):
        row = UnitSuccession(id=new_id(), unit_id=unit, successor_id=ids[code], place=place, starts_on=change.starts_on)
        rows.append(row)
        told.append(_succeeded(row, change.name, names[code]))
    if not change.closes:
        spell = _spell(unit, change, ids)
        rows.append(spell)
        told.append(_named(spell))
    concerned = [unit, *(ids[code] for code in change.successors)]
    record(*told, actor=actor, at=now, now=now, units=concerned, rows=rows)


def _succeeded(row: UnitSuccession, name: str, successor: str) -> facts.UnitSucceeded:
    return facts.UnitSucceeded(
        subject_id=row.id,
        unit_id=row.unit_id,
        successor_id=row.successor_id,
        place=row.place,
        starts_on=row.starts_on,
        name=name,
        successor=successor,
    )


def _spell(unit: UUID, change: Change, ids: Mapping[str, UUID]) -> UnitSpell:
    return UnitSpell(
        id=new_id(),
        unit_id=unit,
        parent_id=ids[change.parent] if change.parent is not None else None,
        name=change.name,
        short_name=change.short_name,
        sort_key=sort_key(change.name),
        starts_on=change.starts_on,
    )


def _named(spell: UnitSpell) -> facts.UnitNamed:
    return facts.UnitNamed(
        subject_id=spell.id,
        unit_id=spell.unit_id,
        parent_id=spell.parent_id,
        name=spell.name,
        short_name=spell.short_name,
        sort_key=spell.sort_key,
        starts_on=spell.starts_on,
    )


def _end_successions(unit: UUID, change: Change) -> list[Fact]:
    told: list[Fact] = []
    for row in UnitSuccession.objects.select_for_update().filter(unit_id=unit, ends_on=None):
        row.ends_on = change.starts_on
        row.save(update_fields=["ends_on"])
        told.append(facts.UnitSuccessionEnded(subject_id=row.id, ends_on=change.starts_on, name=change.name))
    return told
