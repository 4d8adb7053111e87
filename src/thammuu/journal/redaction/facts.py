"""What happens to a redaction. The database itself reads these kinds before it lets a body go (`journal_redact`)."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from thammuu.journal.facts import CONTEXT, Fact, fact
from thammuu.journal.subjects import Subject


@fact("journal.redaction_proposed", subject=Subject.REDACTION)
class RedactionProposed(Fact):
    """An officer asked that what these entries say be taken away. `subjects` are "kind:id", `entries` sealed ones."""

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    reason_class: str
    reason: str
    subjects: tuple[str, ...]
    entries: tuple[UUID, ...]
    state: str
    proposed_at: datetime
    account_id: UUID
    post_id: UUID | None
    decided_at: datetime | None = None
    decided_post_id: UUID | None = None
    decided_reason: str = ""
    carried_out_at: datetime | None = None
    remaining: int | None = None
    sentence = _("Redaction proposed: {reason}")


@fact("journal.redaction_confirmed", subject=Subject.REDACTION)
class RedactionConfirmed(Fact):
    """A second officer agreed. `restated`: {entry: body}, what is said from now on in place of what goes."""

    state: str
    decided_at: datetime
    decided_post_id: UUID | None
    restated: Annotated[dict[str, Any], CONTEXT]
    sentence = _("Redaction confirmed by a second person")


@fact("journal.redaction_reapplied", subject=Subject.REDACTION)
class RedactionReapplied(Fact):
    """A restore had lost this redaction, and it was done again, as the list beside the backups says.

    `accounts` are the two persons who had agreed, `note` is what the journal's key had signed of it (`listing`);
    `restated` as in the confirmation. The words of the reason are lost with the proposal if that is.
    """

    world: str
    units: tuple[UUID, ...]
    classification: int = 0
    event_id: UUID | None = None
    reason_class: str
    reason: str
    subjects: tuple[str, ...]
    entries: tuple[UUID, ...]
    state: str
    proposed_at: datetime
    account_id: UUID
    post_id: UUID | None
    decided_at: datetime
    decided_post_id: UUID | None
    decided_reason: str = ""
    carried_out_at: datetime | None = None
    remaining: int | None = None
    restated: Annotated[dict[str, Any], CONTEXT]
    accounts: Annotated[tuple[UUID, UUID], CONTEXT]
    note: Annotated[str, CONTEXT]
    sentence = _("Redaction done again after a restore; two persons had agreed on it")


@fact("journal.redaction_refused", subject=Subject.REDACTION)
class RedactionRefused(Fact):
    """A second officer did not agree."""

    state: str
    decided_at: datetime
    decided_post_id: UUID | None
    decided_reason: str
    sentence = _("Redaction refused: {decided_reason}")


@fact("journal.redaction_withdrawn", subject=Subject.REDACTION)
class RedactionWithdrawn(Fact):
    """Whoever proposed it took it back."""

    state: str
    decided_at: datetime
    decided_post_id: UUID | None
    decided_reason: str
    sentence = _("Redaction withdrawn: {decided_reason}")


@fact("journal.redaction_carried_out", subject=Subject.REDACTION)
class RedactionCarriedOut(Fact):
    """The bodies and files are gone. `remaining`: places where a search still found what was taken away."""

    state: str
    carried_out_at: datetime
    remaining: int
    bodies: Annotated[int, CONTEXT]
    files: Annotated[int, CONTEXT]
    sentence = _(
        "Redaction carried out: {bodies} bodies and {files} files are gone; copies found elsewhere: {remaining}"
    )


PROPOSED, CONFIRMED, CARRIED_OUT, REAPPLIED = (
    one.fact_kind for one in (RedactionProposed, RedactionConfirmed, RedactionCarriedOut, RedactionReapplied)
)
ENDED = frozenset({RedactionRefused.fact_kind, RedactionWithdrawn.fact_kind})
