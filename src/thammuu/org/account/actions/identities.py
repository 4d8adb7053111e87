"""Identities of other providers are linked to accounts and unlinked; none ever makes an account."""

import os
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from thammuu.journal.recording import record
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.kernel.ids import new_id
from thammuu.org.account import facts, policies, queries
from thammuu.org.account.identities import digest_of
from thammuu.org.account.models import SignInIdentity
from thammuu.org.models import Account


def link_identity(*, actor: Actor, now: datetime, account: UUID, issuer: str, subject: str) -> UUID:
    """Let the provider's word for this subject open an account: one's own, or one that the actor may reset.

    Raises `BadInput` for an identity that opens an account already, `Missing` for a closed account, `Refused`.
    """
    subject = subject.strip()
    if not subject:
        raise BadInput("subject", _("Say how the provider calls the officer (“sub”)."))
    units = queries.units_of(account, clock.day_of(now))
    require(policies.may_link(actor, account, units))
    salt = os.urandom(16)
    row = SignInIdentity(
        id=new_id(),
        account_id=account,
        issuer=issuer,
        subject=subject,
        salt=salt,
        digest=digest_of(salt, issuer, subject),
        linked_at=now,
    )
    told = facts.IdentityLinked(
        subject_id=row.id, account_id=account, issuer=issuer, digest=row.digest, linked_at=row.linked_at
    )
    try:
        with transaction.atomic():
            if not Account.objects.select_for_update().filter(id=account, is_active=True).exists():
                raise Missing(_("This account is closed."))
            record(told, actor=actor, at=now, now=now, units=units, rows=[row])
    except IntegrityError as taken:
        raise BadInput("subject", _("This identity opens an account already.")) from taken
    return row.id


def unlink_identity(*, actor: Actor, now: datetime, identity: UUID) -> None:
    """Let an identity open nothing any more. Raises `Missing` for one that is not there or not the actor's affair."""
    with transaction.atomic():
        row = SignInIdentity.objects.select_for_update().filter(id=identity, unlinked_at=None).first()
        units = queries.units_of(row.account_id, clock.day_of(now)) if row else []
        if row is None or not policies.may_link(actor, row.account_id, units):
            raise Missing(_("This identity is not linked any more."))
        record(*unlink_rows([row], now), actor=actor, at=now, now=now, units=units)


def unlink_rows(identities: Iterable[SignInIdentity], now: datetime) -> list[facts.IdentityUnlinked]:
    """Change the locked rows, what the provider calls them gone, and return what is to be recorded of them."""
    told = []
    for row in identities:
        row.unlinked_at, row.subject, row.salt = now, "", b""
        row.save(update_fields=["unlinked_at", "subject", "salt"])
        told.append(facts.IdentityUnlinked(subject_id=row.id, unlinked_at=now, at=row.issuer))
    return told


def linked_rows(account: UUID) -> list[SignInIdentity]:
    """Lock and return the identities that open the account."""
    return list(SignInIdentity.objects.select_for_update().filter(account_id=account, unlinked_at=None).order_by("id"))
