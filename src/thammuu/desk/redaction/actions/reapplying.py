"""Doing a redaction again that a restore had lost: the backup is older than the confirmation."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from thammuu.desk.redaction.actions.taking import locked, only, restated_of, take_words
from thammuu.journal.models import Entry, Redaction
from thammuu.journal.recording import record
from thammuu.journal.redaction import registry
from thammuu.journal.redaction.facts import RedactionReapplied
from thammuu.journal.redaction.listing import Listed
from thammuu.journal.redaction.words import IN_FORCE, State
from thammuu.kernel.actor import Actor

FIELDS = (
    "world", "units", "classification", "event_id", "reason_class", "reason", "subjects", "entries", "state",
    "proposed_at", "account_id", "post_id", "decided_at", "decided_post_id",
)  # fmt: skip


def reapply_redaction(*, actor: Actor, now: datetime, told: Listed) -> bool:
    """Do again what two persons had agreed on. Return False if it is in force, or nothing of it is there.

    Bodies and files go when this is sealed (`carry_out_redaction`), as after a confirmation.
    """
    with transaction.atomic():
        before = Redaction.objects.select_for_update().filter(id=told.id).first()
        if before is not None and before.state in IN_FORCE:
            return False
        found = locked(told.subjects)
        said = only(restated_of(found), _as_listed(told))
        if not said:
            return False
        take_words(told.id, found, said)
        row = before or Redaction(
            id=told.id, world=told.world, units=list(told.units), classification=told.classification,
            event_id=told.event_id, reason_class=told.reason_class, reason="", subjects=list(told.subjects),
            entries=sorted(told.entries), proposed_at=told.proposed_at, account_id=told.accounts[0],
            post_id=told.post_id,
        )  # fmt: skip
        row.state, row.decided_at, row.decided_post_id = str(State.CONFIRMED), told.decided_at, told.decided_post_id
        row.decided_reason = ""
        if before is not None:
            row.save(update_fields=["state", "decided_at", "decided_post_id", "decided_reason"])
        fact = RedactionReapplied(
            subject_id=row.id,
            restated={str(entry): body for entry, body in said.items()},
            accounts=told.accounts,
            note=told.note,
            **{name: getattr(row, name) for name in FIELDS},
        )
        record(
            fact, actor=actor, at=now, now=now, units=row.units, classification=row.classification,
            event=row.event_id, rows=[] if before else [row],
        )  # fmt: skip
        transaction.on_commit(registry.forget)
        return True


def _as_listed(told: Listed) -> set[UUID]:
    """Return the entries that are what the list says: of the same body."""
    rows = Entry.objects.filter(id__in=told.entries).values_list("id", "body_digest")
    return {id for id, digest in rows if bytes(digest).hex() == told.entries[id].digest}
