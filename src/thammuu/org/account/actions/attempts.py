"""Attempts to prove who one is. Each is counted before it is judged, so that many at once gain nothing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from thammuu.journal.recording import record
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.kernel.ids import new_id
from thammuu.org.account import facts, queries, rules
from thammuu.org.account.models import AddressBlock, SignInAttempt
from thammuu.org.account.policies import Locked
from thammuu.org.models import Account


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt under way: the how manieth failure of its name within the window it would be.

    `known` names the browser if it is one in which this name has signed in before.
    """

    id: UUID
    name: str
    address: str
    number: int
    known: str = ""


def begin_attempt(*, actor: Actor, now: datetime, name: str, address: str, known: str = "") -> Attempt:
    """Count an attempt for the name, whether it exists or not; those of a known browser by themselves. Raises `Locked`.

    Neither the failures of strangers nor those of others behind its address lock a known browser out.
    """
    block = queries.block_of(address, now) if address and not known else None
    if block is not None:
        raise Locked(block.ends_at)
    digest = _digest(name, known)
    with transaction.atomic():
        _alone(digest)
        earlier = SignInAttempt.objects.filter(queries.lately(now), name_digest=digest).order_by("at")
        failures = list(earlier.values_list("at", flat=True))
        until = rules.locked_until(failures)
        if until is not None:
            raise Locked(until)
        row = SignInAttempt.objects.create(id=new_id(), name_digest=digest, address=address, at=now)
    return Attempt(row.id, name, address, len(failures) + 1, known)


def withdraw_attempt(*, actor: Actor, now: datetime, attempt: Attempt) -> None:
    """It succeeded: it is no failure."""
    SignInAttempt.objects.filter(id=attempt.id).delete()


def fail_attempt(*, actor: Actor, now: datetime, attempt: Attempt) -> None:
    """It failed. Records that it locked the account, or that the address tries many names."""
    with transaction.atomic():
        account = Account.objects.filter(sign_in_name__iexact=attempt.name).first()
        if attempt.number >= rules.FAILURES and account is not None:
            until = now + rules.WINDOW
            told = facts.AccountLocked(subject_id=account.id, until=until, failures=attempt.number)
            units = queries.units_of(account.id, clock.day_of(now))
            record(told, actor=actor, at=now, now=now, units=units)
        if attempt.address and not attempt.known:
            _heed_spray(actor, now, attempt.address)


def forget_attempts(name: str, now: datetime, known: str = "") -> None:
    """Drop the failures of a name that has been proved (in the known browser only that one's), and what is too old."""
    SignInAttempt.objects.filter(name_digest=_digest(name, known)).delete()
    SignInAttempt.objects.filter(at__lt=now - 4 * rules.WINDOW).delete()


def _heed_spray(actor: Actor, now: datetime, address: str) -> None:
    _alone(address)
    recent = SignInAttempt.objects.filter(queries.lately(now), address=address)
    names = recent.values("name_digest").distinct().count()
    if names < rules.SPRAY_NAMES or queries.block_of(address, now) is not None:
        return
    block = AddressBlock(id=new_id(), address=address, began_at=now, ends_at=now + rules.BLOCK)
    told = facts.AddressBlocked(subject_id=block.id, address=address, began_at=now, ends_at=block.ends_at, names=names)
    record(told, actor=actor, at=now, now=now, units=[], rows=[block])


def _digest(name: str, known: str) -> str:
    """What is typed as name is sometimes the password: only a keyed digest is kept."""
    return salted_hmac("thammuu attempts", f"{known}\0{name.strip().lower()}").hexdigest()


def _alone(text: str) -> None:
    """Let one transaction at a time count for this name or address."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [text])
