"""The journal over the programming interface: following it, and checking it without trusting us."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from thammuu.desk import journal_pages, proof_pages
from thammuu.desk.journal_pages import may_read_journal
from thammuu.journal.feed import FeedEntry, StreamId
from thammuu.journal.models import Checkpoint
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Missing, require
from thammuu.org import queries as org
from thammuu.org.api.asking import FAULTS, PAGE, Limit
from thammuu.org.api.bearer import Bearer
from thammuu.org.web import actor_of

router = Router(tags=["journal"])
READS = Bearer("journal:read")
After = Annotated[
    str,
    Query(
        description="“epoch.position” behind which to go on; empty for the beginning",
        pattern=r"^([0-9]{1,9}\.[0-9]{1,18})?$",
    ),
]


class EntryOut(Schema):
    """A sealed entry: who recorded what of which subject, when, for which units; and the fact in full."""

    position: int
    id: UUID
    kind: str
    version: int
    subject_kind: str
    subject: UUID
    said: str = Field(description="The fact as one line, in the language asked for")
    post: str
    claimed_at: datetime
    recorded_at: datetime
    device_at: datetime | None = Field(
        description="What the sending device’s clock said; null if it was within 2 minutes of the server’s, or not sent"
    )
    units: list[UUID]
    body: dict[str, Any] | None = Field(description="What the fact sets, tells and links; null once it is redacted")


class EntriesOut(Schema):
    """Entries in their sealed order. `after` is where to go on: ask again with it, later if `complete`."""

    items: list[EntryOut]
    after: str
    complete: bool = Field(description="True at the end of what is sealed by now")


class CheckpointOut(Schema):
    """A signed statement of the journal's size and root, in the form of C2SP tlog-checkpoint."""

    epoch: int
    size: int
    root: str = Field(description="In hexadecimal digits")
    signed_at: datetime
    note: str
    verifier: str | None = Field(description="The key that checks the note; take it from elsewhere to be sure")


class StepOut(Schema):
    """A hash of the path; `left` says on which side of what is known so far it stands."""

    hash: str
    left: bool


class ProofOut(Schema):
    """An entry's leaf and its path to the root of a checkpoint (RFC 6962); hashes in hexadecimal digits."""

    position: int
    leaf: str = Field(description="The line that is hashed: every column of the entry")
    salt: str
    body: str = Field(description="SHA-256 of salt and body stands in the leaf; empty once it is redacted")
    path: list[StepOut]
    checkpoint: CheckpointOut


def _reader(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    require(may_read_journal(actor))
    return actor


@router.get(
    "/entries",
    response={200: EntriesOut, **FAULTS},
    auth=READS,
    url_name="journal_entries",
    summary="Follow the journal",
)
def entries(request: HttpRequest, after: After = "", limit: Limit = PAGE) -> EntriesOut:
    """The entries behind a position that you may read, the oldest first.

    Where `after` names a later epoch than you asked with, the journal was restored from a backup meanwhile: what
    follows takes the place of what you had from there on.
    """
    actor = _reader(request)
    since = StreamId.parse(after) if after else StreamId(1, 0)
    if since is None:
        raise BadInput("after", _("This is no position of the journal."))
    found, read_to = journal_pages.entries_after(actor, since, limit)
    language = get_language() or "vi"
    return EntriesOut(
        items=[_entry(entry, language) for entry in found],
        after=str(read_to),
        complete=len(found) < limit,
    )


@router.get(
    "/entries/{uuid:entry}",
    response={200: EntryOut, **FAULTS},
    auth=READS,
    url_name="journal_entry",
    summary="Read an entry",
)
def entry(request: HttpRequest, entry: UUID) -> EntryOut:
    """One sealed entry."""
    found, _row, _told = journal_pages.entry_of(_reader(request), entry)
    if found.position is None:
        raise Missing(_("This does not exist, or not for you."))
    return _entry(found, get_language() or "vi")


@router.get(
    "/entries/{uuid:entry}/proof",
    response={200: ProofOut, **FAULTS},
    auth=READS,
    url_name="journal_proof",
    summary="Prove an entry",
)
def proof(request: HttpRequest, entry: UUID) -> ProofOut:
    """The entry's place in the tree under the newest checkpoint; not found while no checkpoint covers it."""
    _entry, found = proof_pages.proof_of(_reader(request), entry)
    if found is None:
        raise Missing(_("This does not exist, or not for you."))
    return ProofOut(
        position=found.position,
        leaf=found.leaf,
        salt=found.salt,
        body=found.body,
        path=[StepOut(hash=step.hash, left=step.left) for step in found.path],
        checkpoint=_checkpoint(found.checkpoint),
    )


@router.get(
    "/checkpoint",
    response={200: CheckpointOut, **FAULTS},
    auth=READS,
    url_name="journal_checkpoint",
    summary="Read the newest checkpoint",
)
def checkpoint(request: HttpRequest) -> CheckpointOut:
    """The newest checkpoint: keep it elsewhere, and nobody can change what it covers unseen."""
    _reader(request)
    signed = proof_pages.latest()
    if signed is None:
        raise Missing(_("This does not exist, or not for you."))
    return _checkpoint(signed)


def _entry(entry: FeedEntry, language: str) -> EntryOut:
    return EntryOut(
        position=entry.position or 0,
        id=entry.id,
        kind=entry.kind,
        version=entry.version,
        subject_kind=str(entry.subject_kind),
        subject=entry.subject_id,
        said=entry.say(language),
        post=org.author_label(entry.post, entry.behalf),
        claimed_at=entry.claimed_at,
        recorded_at=entry.recorded_at,
        device_at=entry.device_at,
        units=list(entry.units),
        body=entry.body,
    )


def _checkpoint(signed: Checkpoint) -> CheckpointOut:
    verifier = proof_pages.own_verifier()
    return CheckpointOut(
        epoch=signed.epoch,
        size=signed.size,
        root=bytes(signed.root).hex(),
        signed_at=signed.signed_at,
        note=signed.note,
        verifier=str(verifier) if verifier else None,
    )
