"""Passwords are chosen by their officers; a superior unit gives back an account that was lost."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.recording import record
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.org.account import facts, policies, queries, recovery, rules
from thammuu.org.account.actions.attempts import forget_attempts
from thammuu.org.account.actions.ending import end_elsewhere, end_rows, open_rows, own_units
from thammuu.org.account.actions.factors import remove_rows
from thammuu.org.account.actions.identities import linked_rows, unlink_rows
from thammuu.org.account.actions.tokens import open_tokens, revoke_rows
from thammuu.org.account.models import Factor
from thammuu.org.models import Account


def change_password(*, actor: Actor, now: datetime, password: str, keep: UUID | None) -> None:
    """Set the actor's own new password; every session but `keep` ends. Raises `BadInput` for the same password."""
    if actor.account is None:
        raise Missing(_("This account is closed."))
    with transaction.atomic():
        account = Account.objects.select_for_update().get(id=actor.account)
        if account.check_password(password):
            raise BadInput("password", _("This is the password that you have; choose another."))
        account.set_password(password)
        account.first_use_ends = None
        account.save(update_fields=["password", "first_use_ends"])
        ended = end_rows([row for row in open_rows(account.id) if row.id != keep], now)
        told = facts.PasswordChanged(subject_id=account.id)
        record(told, *ended, actor=actor, at=now, now=now, units=own_units(actor))


def reset_account(*, actor: Actor, now: datetime, account: UUID, reason: str) -> str:
    """Give an account a first-use secret, which is returned this once; its second factors, sessions,
    tokens and identities end, and what other packages let end with it.

    Raises `Refused` for whoever is not its superior, `BadInput` without a reason.
    """
    if not reason.strip():
        raise BadInput("reason", _("State why the account is reset; its officer will read it."))
    secret = recovery.new_first_use_secret()
    with transaction.atomic():
        row = Account.objects.select_for_update().filter(id=account, is_active=True).first()
        if row is None:
            raise Missing(_("This account is closed."))
        units = queries.units_of(account, clock.day_of(now))
        require(policies.may_reset(actor, account, units))
        row.set_password(secret)
        row.first_use_ends = now + rules.FIRST_USE
        row.save(update_fields=["password", "first_use_ends"])
        factors = Factor.objects.select_for_update().filter(account_id=account, removed_at=None).order_by("id")
        removed = remove_rows(list(factors), now)
        ended = [
            *end_rows(open_rows(account), now),
            *revoke_rows(open_tokens(account), now, reason.strip()),
            *unlink_rows(linked_rows(account), now),
            *end_elsewhere(account, now),
        ]
        forget_attempts(row.sign_in_name, now)
        told = facts.AccountRestored(subject_id=account, first_use_ends=row.first_use_ends, reason=reason.strip())
        record(told, *removed, *ended, actor=actor, at=now, now=now, units=units)
    return secret
