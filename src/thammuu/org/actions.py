"""The only writers of units, posts, accounts and authority."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.recording import record
from thammuu.kernel.actor import REAL, Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.kernel.ids import new_id
from thammuu.kernel.text import sort_key
from thammuu.org import authority, directory, facts, policies
from thammuu.org.models import Account, Event, Grant, Holding, Post, Unit, UnitSpell
from thammuu.org.rules import Role, makes_cycle


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
    require(policies.may_administer_units(actor, parent))
    if Unit.objects.filter(code=code).exists():
        raise BadInput("code", _("The code {code} is in use already.").format(code=code))
    if parent is not None and not Unit.objects.filter(id=parent).exists():
        raise BadInput("parent", _("The superior unit does not exist."))
    unit = Unit(id=new_id(), code=code, level=level)
    spell = UnitSpell(
        id=new_id(),
        unit_id=unit.id,
        parent_id=parent,
        name=name,
        short_name=short_name or name,
        sort_key=sort_key(name),
        starts_on=starts_on,
    )
    record(
        facts.UnitCreated(subject_id=unit.id, code=code, level=level),
        _named(spell),
        actor=actor,
        at=now,
        now=now,
        units=[unit.id],
        rows=[unit, spell],
    )
    authority.forget()
    return unit.id


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
    require(policies.may_administer_units(actor, unit))
    with transaction.atomic():
        # Changes of the tree take one lock: two moves at once could make a cycle that neither sees.
        list(Unit.objects.select_for_update().order_by("code").values_list("id", flat=True)[:1])
        spell = _open_spell(unit, parent, starts_on)
        spell.ends_on = starts_on
        spell.save(update_fields=["ends_on"])
        following = UnitSpell(
            id=new_id(),
            unit_id=unit,
            parent_id=parent,
            name=name,
            short_name=short_name or name,
            sort_key=sort_key(name),
            starts_on=starts_on,
        )
        record(
            facts.UnitSpellEnded(subject_id=spell.id, ends_on=starts_on, name=spell.name),
            _named(following),
            actor=actor,
            at=now,
            now=now,
            units=[unit],
            rows=[following],
        )
    authority.forget()


def _open_spell(unit: UUID, parent: UUID | None, until: date) -> UnitSpell:
    """Lock and return the unit's present spell, which may end on the day and be followed below `parent`."""
    spell = UnitSpell.objects.select_for_update().filter(unit_id=unit, ends_on=None).first()
    if spell is None:
        raise Missing(_("This unit does not exist or is closed."))
    if until <= spell.starts_on:
        raise BadInput("starts_on", _("The change must come after {day}.").format(day=spell.starts_on))
    parents = {row.id: row.parent for row in directory.current().units.values()}
    if makes_cycle(unit, parent, parents):
        raise BadInput("parent", _("A unit cannot stand below itself."))
    return spell


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


def create_post(*, actor: Actor, now: datetime, unit: UUID, title: str) -> UUID:
    """Create a post in a unit."""
    require(policies.may_administer_accounts(actor, unit))
    post = Post(id=new_id(), unit_id=unit, title=title)
    told = facts.PostCreated(subject_id=post.id, unit_id=unit, title=title)
    record(told, actor=actor, at=now, now=now, units=[unit], rows=[post])
    authority.forget()
    return post.id


def create_account(
    *,
    actor: Actor,
    now: datetime,
    sign_in_name: str,
    password: str,
    unit: UUID,
    language: str = "vi",
    first_use_ends: datetime | None = None,
) -> UUID:
    """Open an account for an officer of the unit. Raises `BadInput` for a sign-in name in use.

    With `first_use_ends` the password is a first-use secret, to be changed before then.
    """
    require(policies.may_administer_accounts(actor, unit))
    if Account.objects.filter(sign_in_name__iexact=sign_in_name).exists():
        raise BadInput("sign_in_name", _("This sign-in name is in use already."))
    account = Account(id=new_id(), sign_in_name=sign_in_name, language=language, first_use_ends=first_use_ends)
    account.set_password(password)
    told = facts.AccountCreated(
        subject_id=account.id, sign_in_name=sign_in_name, language=language, first_use_ends=first_use_ends
    )
    record(told, actor=actor, at=now, now=now, units=[unit], rows=[account])
    return account.id


def take_post(*, actor: Actor, now: datetime, account: UUID, post: UUID, starts_on: date) -> UUID:
    """Let an account hold a post from a day on."""
    row = Post.objects.get(id=post)
    require(policies.may_administer_accounts(actor, row.unit_id))
    holding = Holding(id=new_id(), account_id=account, post_id=post, starts_on=starts_on)
    told = facts.PostTaken(
        subject_id=holding.id, account_id=account, post_id=post, starts_on=starts_on, title=row.title
    )
    record(told, actor=actor, at=now, now=now, units=[row.unit_id], rows=[holding])
    authority.forget()
    return holding.id


def leave_post(*, actor: Actor, now: datetime, holding: UUID, ends_on: date) -> None:
    """End the holding of a post from a day on."""
    with transaction.atomic():
        row = Holding.objects.select_for_update().select_related("post").get(id=holding)
        require(policies.may_administer_accounts(actor, row.post.unit_id))
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        told = facts.PostLeft(subject_id=row.id, ends_on=ends_on, title=row.post.title)
        record(told, actor=actor, at=now, now=now, units=[row.post.unit_id])
    authority.forget()


def grant_role(*, actor: Actor, now: datetime, post: UUID, role: Role, unit: UUID, starts_on: date) -> UUID:
    """Grant a post a role at a unit and below."""
    require(policies.may_grant(actor, unit))
    grant = Grant(id=new_id(), post_id=post, role=str(role), unit_id=unit, starts_on=starts_on)
    told = facts.RoleGranted(subject_id=grant.id, post_id=post, role=str(role), unit_id=unit, starts_on=starts_on)
    record(told, actor=actor, at=now, now=now, units=[unit], rows=[grant])
    authority.forget()
    return grant.id


def withdraw_role(*, actor: Actor, now: datetime, grant: UUID, ends_on: date, reason: str) -> None:
    """End a granted role from a day on, with a reason."""
    with transaction.atomic():
        row = Grant.objects.select_for_update().get(id=grant)
        require(policies.may_grant(actor, row.unit_id))
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        told = facts.RoleWithdrawn(subject_id=row.id, ends_on=ends_on, reason=reason)
        record(told, actor=actor, at=now, now=now, units=[row.unit_id])
    authority.forget()


def announce_event(
    *, actor: Actor, now: datetime, code: str, name: str, units: list[UUID], starts_on: date, ends_on: date
) -> UUID:
    """Announce an event that will be secured by these units."""
    for unit in units:
        require(policies.may_administer_units(actor, unit))
    event = Event(id=new_id(), world=REAL, units=units, code=code, name=name, starts_on=starts_on, ends_on=ends_on)
    told = facts.EventAnnounced(
        subject_id=event.id,
        world=REAL,
        units=tuple(units),
        code=code,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record(told, actor=actor, at=now, now=now, units=units, rows=[event])
    return event.id
