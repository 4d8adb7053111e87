"""The only writers of posts, accounts and authority."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.recording import record
from thammuu.kernel.actor import REAL, Actor, acting
from thammuu.kernel.errors import BadInput
from thammuu.kernel.ids import new_id
from thammuu.org import authority, facts, policies
from thammuu.org.models import Account, Event, Holding, Post


def create_post(*, actor: Actor, now: datetime, unit: UUID, title: str) -> UUID:
    """Create a post in a unit."""
    actor = acting(actor, policies.may_administer_accounts(actor, unit))
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
    actor = acting(actor, policies.may_administer_accounts(actor, unit))
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
    actor = acting(actor, policies.may_administer_accounts(actor, row.unit_id))
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
        actor = acting(actor, policies.may_administer_accounts(actor, row.post.unit_id))
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        told = facts.PostLeft(subject_id=row.id, ends_on=ends_on, title=row.post.title)
        record(told, actor=actor, at=now, now=now, units=[row.post.unit_id])
    authority.forget()


def announce_event(
    *, actor: Actor, now: datetime, code: str, name: str, units: list[UUID], starts_on: date, ends_on: date
) -> UUID:
    """Announce an event that will be secured by these units.

    Raises `BadInput` without words or units, for a code in use, or a last day before the first.
    """
    code, name = code.strip(), name.strip()
    if not units:
        raise BadInput("unit", _("Say which units secure it."))
    if not name or not code:
        raise BadInput("code" if name else "name", _("An event needs a name and a code."))
    if ends_on < starts_on:
        raise BadInput("ends_on", _("The last day lies before the first."))
    if Event.objects.filter(code=code).exists():
        raise BadInput("code", _("The code {code} is in use already.").format(code=code))
    for unit in units:
        actor = acting(actor, policies.may_administer_units(actor, unit))
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
