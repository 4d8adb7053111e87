"""Second factors are added, used and removed; each use of one counts once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from thammuu.journal.recording import record
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing
from thammuu.kernel.ids import new_id
from thammuu.org.account import facts, recovery, secrecy, totp
from thammuu.org.account.actions.ending import own_units
from thammuu.org.account.models import Factor
from thammuu.org.account.rules import Kind
from thammuu.org.models import Account


def add_app(*, actor: Actor, now: datetime, secret: str, code: str, name: str) -> list[str]:
    """Add an authenticator app that has just shown `code`. Returns recovery codes if there were none yet.

    Raises `BadInput` for a code that the app cannot show now.
    """
    account = _own(actor)
    step = totp.matching_step(secret, code, now, used=0)
    if step is None:
        raise BadInput("code", _("The code is wrong. Is the phone's clock right?"))
    factor = _factor(account, Kind.APP, name or _("Authenticator app"), now)
    factor.closed, factor.counter = secrecy.close(secret), step
    return _add(actor, now, factor)


def add_passkey(*, actor: Actor, now: datetime, credential: str, public: bytes, counter: int, name: str) -> list[str]:
    """Add a passkey whose making was verified. Returns recovery codes if there were none yet."""
    account = _own(actor)
    if Factor.objects.filter(credential=credential, removed_at=None).exists():
        raise BadInput("", _("This passkey is in use already."))
    factor = _factor(account, Kind.PASSKEY, name or _("Passkey"), now)
    factor.credential, factor.public, factor.counter = credential, public, counter
    return _add(actor, now, factor)


def make_codes(*, actor: Actor, now: datetime) -> list[str]:
    """Make new recovery codes, which are returned this once; those from before are void."""
    with transaction.atomic():
        account = _lock(actor)
        in_use = list(_in_use(account).select_for_update())
        if all(row.kind == Kind.CODES for row in in_use):
            raise Missing(_("Recovery codes stand for a second factor; add one first."))
        removed = remove_rows([row for row in in_use if row.kind == Kind.CODES], now)
        codes, factor = _codes(account, now)
        record(*removed, _added(factor), actor=actor, at=now, now=now, units=own_units(actor), rows=[factor])
    return codes


def remove_factor(*, actor: Actor, now: datetime, factor: UUID) -> None:
    """Remove one of the actor's own second factors; with the last one, the recovery codes."""
    with transaction.atomic():
        account = _lock(actor)
        in_use = list(_in_use(account).select_for_update())
        going = [row for row in in_use if row.id == factor]
        if not going:
            raise Missing(_("This second factor does not exist any more."))
        staying = [row for row in in_use if row.id != factor]
        if all(row.kind == Kind.CODES for row in staying):
            going += staying
        record(*remove_rows(going, now), actor=actor, at=now, now=now, units=own_units(actor))


def remove_rows(factors: list[Factor], now: datetime) -> list[facts.FactorRemoved]:
    """Change the locked rows, their secrets gone, and return what is to be recorded of them."""
    for row in factors:
        row.removed_at, row.closed, row.digests = now, "", []
        row.save(update_fields=["removed_at", "closed", "digests"])
    return [facts.FactorRemoved(subject_id=row.id, removed_at=now, name=row.name) for row in factors]


def spend_code(*, actor: Actor, now: datetime, given: str) -> bool:
    """Take an app's code or a recovery code of the actor's account, once. False if it is neither, or spent."""
    with transaction.atomic():
        rows = list(_in_use(_lock(actor)).select_for_update())
        for row in rows:
            if row.kind == Kind.APP and _spend_step(row, given, now):
                return True
        sent = recovery.digest(given)
        for row in rows:
            if row.kind == Kind.CODES and sent in row.digests:
                row.digests = [one for one in row.digests if one != sent]
                row.codes_left = len(row.digests)
                row.save(update_fields=["digests", "codes_left"])
                told = facts.RecoveryCodeUsed(subject_id=row.id, codes_left=row.codes_left)
                record(told, actor=actor, at=now, now=now, units=own_units(actor))
                return True
    return False


def spend_passkey(*, actor: Actor, now: datetime, credential: str, counter: int) -> bool:
    """Take a verified use of a passkey. False if its own count did not go on: then there are two of it."""
    with transaction.atomic():
        found = _in_use(_lock(actor)).select_for_update().filter(kind=Kind.PASSKEY, credential=credential)
        row = found.first()
        if row is None or ((counter or row.counter) and counter <= row.counter):
            return False
        row.counter = counter
        row.save(update_fields=["counter"])
    return True


def _spend_step(row: Factor, given: str, now: datetime) -> bool:
    secret = secrecy.open_up(row.closed)
    step = totp.matching_step(secret, given, now, used=row.counter) if secret else None
    if step is None:
        return False
    row.counter = step
    row.save(update_fields=["counter"])
    return True


def _add(actor: Actor, now: datetime, factor: Factor) -> list[str]:
    rows = [factor]
    codes: list[str] = []
    with transaction.atomic():
        _lock(actor)
        if not _in_use(factor.account_id).filter(kind=Kind.CODES).exists():
            codes, more = _codes(factor.account_id, now)
            rows.append(more)
        told = [_added(row) for row in rows]
        record(*told, actor=actor, at=now, now=now, units=own_units(actor), rows=rows)
    return codes


def _codes(account: UUID, now: datetime) -> tuple[list[str], Factor]:
    codes = recovery.new_codes()
    factor = _factor(account, Kind.CODES, _("Recovery codes"), now)
    factor.digests, factor.codes_left = [recovery.digest(code) for code in codes], len(codes)
    return codes, factor


def _factor(account: UUID, kind: Kind, name: str, now: datetime) -> Factor:
    return Factor(id=new_id(), account_id=account, kind=str(kind), name=name, added_at=now)


def _added(row: Factor) -> facts.FactorAdded:
    return facts.FactorAdded(
        subject_id=row.id,
        account_id=row.account_id,
        kind=row.kind,
        name=row.name,
        added_at=row.added_at,
        codes_left=row.codes_left,
    )


def _in_use(account: UUID) -> QuerySet[Factor]:
    return Factor.objects.filter(account_id=account, removed_at=None).order_by("id")


def _lock(actor: Actor) -> UUID:
    """Lock the actor's account and return its id: one change of its factors at a time."""
    account = _own(actor)
    Account.objects.select_for_update().only("id").get(id=account)
    return account


def _own(actor: Actor) -> UUID:
    if actor.account is None:
        raise Missing(_("This account is closed."))
    return actor.account
