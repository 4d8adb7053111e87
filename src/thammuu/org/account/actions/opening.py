"""Many accounts at once: one for each unit below another that has none yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, require
from thammuu.org import actions as org
from thammuu.org import policies
from thammuu.org.account import queries, recovery, rules
from thammuu.org.rules import Role


@dataclass(frozen=True, slots=True)
class Opened:
    """An account that was opened, with the secret for its letter."""

    name: str
    unit: str
    secret: str


def open_accounts(
    *, actor: Actor, now: datetime, superior: UUID, title: str, role: Role, whole: bool = False
) -> list[Opened]:
    """Open an account with a post and a role for each unit below `superior` in which nobody holds a post.

    `whole` reaches to any depth, else directly below. At most `rules.LETTERS` at once, so that it can be gone on with
    after an interruption: who was opened is not opened again. The name to sign in with is the unit's code. Each secret
    is returned this once.
    Raises `BadInput` if no unit is without.
    """
    day = clock.day_of(now)
    require(policies.may_administer_accounts(actor, superior))
    units = queries.units_without_account(superior, day, whole)[: rules.LETTERS]
    if not units:
        raise BadInput("superior", _("Every unit below has an account already."))
    opened = []
    with transaction.atomic():
        for unit in units:
            secret = recovery.new_first_use_secret()
            post = org.create_post(actor=actor, now=now, unit=unit.id, title=title)
            account = org.create_account(
                actor=actor,
                now=now,
                sign_in_name=unit.code,
                password=secret,
                unit=unit.id,
                first_use_ends=now + rules.FIRST_USE,
            )
            org.take_post(actor=actor, now=now, account=account, post=post, starts_on=day)
            org.grant_role(
                actor=actor, now=now, post=post, role=role, unit=unit.id, reason=_("Account opened for the unit.")
            )
            opened.append(Opened(unit.code, unit.name, secret))
    return opened
