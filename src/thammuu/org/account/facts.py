"""What happens to accounts after they exist. No fact tells a secret, a digest of one, or what was typed."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import Subject


@fact("org.password_changed", subject=Subject.ACCOUNT)
class PasswordChanged(Fact):
    """An officer chose a new password."""

    first_use_ends: datetime | None = None
    sentence = _("Password changed")


@fact("org.account_restored", subject=Subject.ACCOUNT)
class AccountRestored(Fact):
    """A superior unit gave an account a first-use secret; its second factors and sessions ended."""

    first_use_ends: datetime
    reason: Annotated[str, CONTEXT]
    sentence = _("Account reset by a superior unit: {reason}")


@fact("org.account_locked", subject=Subject.ACCOUNT)
class AccountLocked(Fact):
    """Too many attempts failed; no further one is taken until then."""

    until: Annotated[datetime, CONTEXT]
    failures: Annotated[int, CONTEXT]
    sentence = _("Sign-in locked after {failures} failures")


@fact("org.address_blocked", subject=Subject.ADDRESS_BLOCK)
class AddressBlocked(Fact):
    """Many names were tried from one address."""

    address: str
    began_at: datetime
    ends_at: datetime
    names: Annotated[int, CONTEXT]
    sentence = _("Sign-in from {address} blocked: {names} names were tried")


@fact("org.factor_added", subject=Subject.FACTOR)
class FactorAdded(Fact):
    """An account has another second factor."""

    account_id: UUID
    kind: str
    name: str
    added_at: datetime
    removed_at: datetime | None = None
    codes_left: int | None = None
    sentence = _("Second factor added: {name}")


@fact("org.factor_removed", subject=Subject.FACTOR)
class FactorRemoved(Fact):
    """A second factor no longer counts."""

    removed_at: datetime
    name: Annotated[str, CONTEXT]
    sentence = _("Second factor removed: {name}")


@fact("org.recovery_code_used", subject=Subject.FACTOR)
class RecoveryCodeUsed(Fact):
    """A recovery code was given instead of a second factor, and is spent."""

    codes_left: int
    sentence = _("Recovery code used; {codes_left} left")


@fact("org.session_opened", subject=Subject.SESSION)
class SessionOpened(Fact):
    """A session is open."""

    account_id: UUID
    device: str
    began_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None
    sentence = _("Session opened: {device}")


@fact("org.session_ended", subject=Subject.SESSION)
class SessionEnded(Fact):
    """A session was ended before its time."""

    ended_at: datetime
    of_account: Annotated[UUID, CONTEXT]
    device: Annotated[str, CONTEXT] = ""
    sentence = _("Session ended: {device}")


@fact("org.token_made", subject=Subject.API_TOKEN)
class TokenMade(Fact):
    """Another system may act for a post, within scopes, at a unit and below, for a time."""

    account_id: UUID
    holding_id: UUID
    unit_id: UUID | None
    purpose: str
    scopes: tuple[str, ...]
    prefix: str
    made_at: datetime
    ends_at: datetime
    revoked_at: datetime | None = None
    sentence = _("Token {prefix} made: {purpose}")


@fact("org.token_revoked", subject=Subject.API_TOKEN)
class TokenRevoked(Fact):
    """A token opens nothing any more."""

    revoked_at: datetime
    prefix: Annotated[str, CONTEXT]
    purpose: Annotated[str, CONTEXT]
    reason: Annotated[str, CONTEXT] = ""
    sentence = _("Token {prefix} revoked: {purpose}")


@fact("org.identity_linked", subject=Subject.SIGN_IN_IDENTITY)
class IdentityLinked(Fact):
    """Whom a provider vouches for as this identity opens the account; told by a salted digest."""

    account_id: UUID
    issuer: str
    digest: str
    linked_at: datetime
    unlinked_at: datetime | None = None
    sentence = _("Identity of {issuer} linked")


@fact("org.identity_unlinked", subject=Subject.SIGN_IN_IDENTITY)
class IdentityUnlinked(Fact):
    """The identity opens no account any more."""

    unlinked_at: datetime
    at: Annotated[str, CONTEXT]
    sentence = _("Identity of {at} unlinked")


CHANGE_NO_AUTHORITY = frozenset(
    cls.fact_kind
    for cls in (
        PasswordChanged, AccountLocked, AddressBlocked, FactorAdded, FactorRemoved, RecoveryCodeUsed, SessionOpened,
        SessionEnded, TokenMade, TokenRevoked, IdentityLinked, IdentityUnlinked,
    )
)  # fmt: skip
"""Kinds after which everybody still sees and does the same."""
