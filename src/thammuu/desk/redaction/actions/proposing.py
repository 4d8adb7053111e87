"""Proposing a redaction: which subjects, why; the entries whose bodies will go are found here and named."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import reduce
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.desk.redaction.copies import Copies, copies_of, parse
from thammuu.desk.redaction.policies import may_redact, may_redact_somewhere
from thammuu.desk.redaction.rules import MOST_SUBJECTS, REASON_LIMIT, repeated
from thammuu.journal.models import Redaction
from thammuu.journal.recording import Recorded, Submission, record
from thammuu.journal.redaction.facts import RedactionProposed
from thammuu.journal.redaction.registry import redactable_as
from thammuu.journal.redaction.words import ReasonClass, State
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused, require
from thammuu.kernel.ids import new_id
from thammuu.org.policies import can_view


def propose_redaction(
    *,
    actor: Actor,
    now: datetime,
    subjects: Collection[str],
    reason_class: str,
    reason: str,
    submission: Submission | None = None,
) -> Recorded:
    """Propose that what the subjects ("kind:id") say be taken away. Nothing changes until another person confirms.

    Raises `BadInput`, `Conflict`, `Missing`, `Refused`.
    """
    require(may_redact_somewhere(actor))
    if actor.account is None:
        raise Refused(_("Only a person proposes a redaction."))
    account = actor.account
    reason = " ".join(reason.split())
    with transaction.atomic():
        found = [_copies(actor, key) for key in sorted(set(subjects))]
        _check(found, reason_class, reason)
        actor = acting(actor, may_redact(actor, [unit for one in found for unit in one.owners]))
        row = _row(actor, account, now, found, (reason_class, reason))
        return record(
            _told(row),
            actor=actor,
            at=now,
            now=now,
            units=row.units,
            classification=row.classification,
            event=row.event_id,
            rows=[row],
            submission=submission,
        )


def _row(actor: Actor, account: UUID, now: datetime, found: Sequence[Copies], why: tuple[str, str]) -> Redaction:
    rows: list[Any] = [one.row for one in found]
    events = {one.event for one in found}
    return Redaction(
        id=new_id(),
        world=actor.scope.world,
        units=_common_units(rows),
        classification=max(row.classification for row in rows),
        event_id=events.pop() if len(events) == 1 else None,
        reason_class=why[0],
        reason=why[1],
        subjects=[one.key for one in found],
        entries=sorted(entry.id for one in found for entry in one.told),
        state=str(State.PROPOSED),
        proposed_at=now,
        account_id=account,
        post_id=actor.post,
    )


def _told(row: Redaction) -> RedactionProposed:
    names = (name for name in RedactionProposed.model_fields if hasattr(row, name))
    return RedactionProposed(subject_id=row.id, **{name: getattr(row, name) for name in names})


def _copies(actor: Actor, key: str) -> Copies:
    named = parse(key)
    how = redactable_as(named[0]) if named else None
    if named is None or how is None:
        raise BadInput("subjects", _("Nothing of this kind can be redacted."))
    # Locked, so that of two proposals for the same the second sees the first.
    how.model._default_manager.select_for_update().filter(pk=named[1]).first()
    found = copies_of(named)
    if found is None or not can_view(actor, found.row):  # type: ignore[arg-type]  # each of these tables has the columns of what is placed
        raise Missing(_("This does not exist, or not for you."))
    require(may_redact(actor, found.owners))
    return found


def _check(found: Sequence[Copies], reason_class: str, reason: str) -> None:
    if not 0 < len(found) <= MOST_SUBJECTS:
        text = _("Choose what is to be redacted: from 1 to {most} objects at once.")
        raise BadInput("subjects", text.format(most=MOST_SUBJECTS))
    if reason_class not in set(ReasonClass):
        raise BadInput("reason_class", _("Choose why."))
    if not reason or len(reason) > REASON_LIMIT:
        raise BadInput("reason", _("Say why, in at most {limit} characters.").format(limit=REASON_LIMIT))
    again = repeated(reason, (word for one in found for word in one.words))
    if again:
        text = _("The reason stays for ever, and repeats what is to go: “{words}”. Say it in other words.")
        raise BadInput("reason", text.format(words=again))
    going = Redaction.objects.filter(
        subjects__overlap=[one.key for one in found], state__in=(State.PROPOSED, State.CONFIRMED)
    )
    if going.exists():
        raise Conflict(_("A redaction of this is proposed already. It has to be decided or withdrawn first."))
    if not any(one.told for one in found):
        raise BadInput("subjects", _("There is nothing to redact: it says nothing, or it was redacted before."))
    if not all(one.all_sealed for one in found):
        raise BadInput("subjects", _("It was written just now and is not sealed yet. Try again in a few seconds."))


def _common_units(rows: Sequence[Any]) -> list[UUID]:
    """Return the units that see every one of the subjects: they may know of the redaction."""
    units: set[UUID] = reduce(set.intersection, (set(row.units) for row in rows))
    if not units:
        raise BadInput("subjects", _("No unit sees all of this; propose its parts one by one."))
    return sorted(units)
