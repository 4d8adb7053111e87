"""Confirming, refusing and withdrawing a redaction.

With the confirmation, in one transaction, every reading is without the words already: rows, search, what is said in
place of the entries. Bodies and files go when it is sealed (`carrying_out`).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.desk.redaction.actions.taking import locked, restated_of, take_words
from thammuu.desk.redaction.copies import Copies
from thammuu.desk.redaction.policies import may_decide, may_withdraw
from thammuu.desk.redaction.rules import REASON_LIMIT
from thammuu.journal.facts import Fact
from thammuu.journal.models import Redaction
from thammuu.journal.recording import record
from thammuu.journal.redaction import facts, registry
from thammuu.journal.redaction.words import STATE_WORDS, State
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Conflict, Missing, require
from thammuu.org.policies import visible_to


def confirm_redaction(*, actor: Actor, now: datetime, redaction: UUID) -> None:
    """Agree to a redaction that another person proposed. Raises `Conflict` if more was said since then."""
    with transaction.atomic():
        row, found = _taken(actor, redaction)
        actor = acting(actor, may_decide(actor, row, [unit for one in found for unit in one.owners]))
        _require_open(row)
        said = restated_of(found)
        if sorted(said) != sorted(row.entries) or not all(one.all_sealed for one in found):
            raise Conflict(_("Since this was proposed more was said about it. Withdraw it and propose it anew."))
        take_words(row.id, found, said)
        row.state, row.decided_at, row.decided_post_id = str(State.CONFIRMED), now, actor.post
        row.save(update_fields=["state", "decided_at", "decided_post_id"])
        told = facts.RedactionConfirmed(
            subject_id=row.id,
            state=row.state,
            decided_at=now,
            decided_post_id=actor.post,
            restated={str(entry): body for entry, body in said.items()},
        )
        record(
            told, actor=actor, at=now, now=now, units=row.units, classification=row.classification, event=row.event_id
        )
        transaction.on_commit(registry.forget)


def refuse_redaction(*, actor: Actor, now: datetime, redaction: UUID, reason: str) -> None:
    """Do not agree, with a reason."""
    with transaction.atomic():
        row, found = _taken(actor, redaction)
        actor = acting(actor, may_decide(actor, row, [unit for one in found for unit in one.owners]))
        _end(actor, now, row, State.REFUSED, reason, facts.RedactionRefused)


def withdraw_redaction(*, actor: Actor, now: datetime, redaction: UUID, reason: str) -> None:
    """Take one's own proposal back, with a reason."""
    with transaction.atomic():
        row, _found = _taken(actor, redaction)
        require(may_withdraw(actor, row))
        _end(actor, now, row, State.WITHDRAWN, reason, facts.RedactionWithdrawn)


def _end(
    actor: Actor,
    now: datetime,
    row: Redaction,
    state: State,
    reason: str,
    fact: type[facts.RedactionRefused] | type[facts.RedactionWithdrawn],
) -> None:
    _require_open(row)
    reason = " ".join(reason.split())
    if not reason or len(reason) > REASON_LIMIT:
        raise BadInput("reason", _("Say why, in at most {limit} characters.").format(limit=REASON_LIMIT))
    row.state, row.decided_at, row.decided_post_id, row.decided_reason = str(state), now, actor.post, reason
    row.save(update_fields=["state", "decided_at", "decided_post_id", "decided_reason"])
    told: Fact = fact(
        subject_id=row.id, state=row.state, decided_at=now, decided_post_id=actor.post, decided_reason=reason
    )
    record(told, actor=actor, at=now, now=now, units=row.units, classification=row.classification, event=row.event_id)


def _taken(actor: Actor, id: UUID) -> tuple[Redaction, Sequence[Copies]]:
    """Return the redaction and its subjects, all locked, so that nothing more is said of them meanwhile."""
    row = Redaction.objects.select_for_update().filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("This redaction does not exist, or not for you."))
    return row, locked(row.subjects)


def _require_open(row: Redaction) -> None:
    if row.state != State.PROPOSED:
        raise Conflict(_("This redaction is decided already: {state}.").format(state=STATE_WORDS[row.state]))
