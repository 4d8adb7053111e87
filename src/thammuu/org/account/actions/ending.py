"""Ending sessions: the browser's key is void at once, and the streams that it opened end with the fact."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session

from thammuu.journal.facts import Fact
from thammuu.kernel.actor import Actor
from thammuu.org.account.facts import SessionEnded
from thammuu.org.account.models import SignInSession

Ending = Callable[[UUID, datetime], Iterable[Fact]]
"""Changes what else belongs to an account that is taken from whoever had it, and returns what is to be recorded."""
_elsewhere: dict[Ending, None] = {}


def ends_with_account(ending: Ending) -> None:
    """Let something of another package end in the transaction that takes an account from whoever had it."""
    _elsewhere[ending] = None


def end_elsewhere(account: UUID, now: datetime) -> list[Fact]:
    """End what other packages have of the (locked) account, and return what is to be recorded of it."""
    return [told for ending in _elsewhere for told in ending(account, now)]


def end_rows(sessions: Iterable[SignInSession], now: datetime) -> list[SessionEnded]:
    """Change the locked rows and return what is to be recorded of them."""
    told = []
    keys = []
    for session in sessions:
        keys.append(session.key)
        session.ended_at, session.key = now, ""
        session.save(update_fields=["ended_at", "key"])
        told.append(
            SessionEnded(subject_id=session.id, ended_at=now, of_account=session.account_id, device=session.device)
        )
    Session.objects.filter(session_key__in=keys).delete()
    return told


def open_rows(account: UUID) -> list[SignInSession]:
    """Lock and return the account's sessions that nobody has ended."""
    return list(SignInSession.objects.select_for_update().filter(account_id=account, ended_at=None).order_by("id"))


def own_units(actor: Actor) -> list[UUID]:
    """Return the unit whose people may read what an officer did to the own account."""
    return [actor.unit] if actor.unit else []
