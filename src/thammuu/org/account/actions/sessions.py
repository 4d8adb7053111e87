"""Sessions begin, are seen, and end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.journal.recording import record
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.kernel.ids import new_id
from thammuu.org import facts as org_facts
from thammuu.org.account import facts, queries, rules
from thammuu.org.account.actions.attempts import forget_attempts
from thammuu.org.account.actions.ending import end_rows, open_rows, own_units
from thammuu.org.account.models import SignInSession


def begin_session(*, actor: Actor, now: datetime, key: str, device: str, known: str = "") -> UUID:
    """Record that the actor signed in with the browser's session `key`; it ends after 13 hours at the latest.

    `known` names the browser if the actor has signed in there before.
    """
    if actor.account is None:
        raise Missing(_("This account is closed."))
    session = SignInSession(
        id=new_id(),
        account_id=actor.account,
        device=device,
        began_at=now,
        ends_at=now + rules.SESSION,
        key=key,
        seen_at=now,
    )
    with transaction.atomic():
        forget_attempts(queries.name_of(actor.account), now, known)
        began = facts.SessionOpened(
            subject_id=session.id, account_id=actor.account, device=device, began_at=now, ends_at=session.ends_at
        )
        signed_in = org_facts.SignedIn(subject_id=actor.account)
        record(signed_in, began, actor=actor, at=now, now=now, units=own_units(actor), rows=[session])
    return session.id


def sign_out(*, actor: Actor, now: datetime, session: UUID | None) -> None:
    """End the actor's own session (None: one that was not recorded when it began)."""
    if actor.account is None:
        return
    with transaction.atomic():
        ended = end_rows([row for row in open_rows(actor.account) if row.id == session], now)
        signed_out = org_facts.SignedOut(subject_id=actor.account)
        record(signed_out, *ended, actor=actor, at=now, now=now, units=own_units(actor))


def end_other_session(*, actor: Actor, now: datetime, session: UUID) -> None:
    """End one of the actor's own sessions. Raises `Missing` for another's, or one that is over."""
    with transaction.atomic():
        rows = [row for row in open_rows(actor.account) if row.id == session] if actor.account else []
        if not rows:
            raise Missing(_("This session is over."))
        record(*end_rows(rows, now), actor=actor, at=now, now=now, units=own_units(actor))


def end_other_sessions(*, actor: Actor, now: datetime, keep: UUID | None) -> int:
    """End every session of the actor but one, and return how many."""
    with transaction.atomic():
        rows = [row for row in open_rows(actor.account) if row.id != keep] if actor.account else []
        if rows:
            record(*end_rows(rows, now), actor=actor, at=now, now=now, units=own_units(actor))
    return len(rows)


def note_seen(*, actor: Actor, now: datetime, session: UUID) -> None:
    """Keep when the session was last used; no fact, it would be one a minute."""
    SignInSession.objects.filter(id=session, ended_at=None).update(seen_at=now)
