"""The only writers of signatures: a PDF prepared, signed with the unit's seal, or taken in, signed elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from thammuu.directives.documents.actions.holding import Held, fields_of, hold, placed
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.outputs import file_name, room_in, set_pdf
from thammuu.directives.documents.rules import ENDED, DocumentState, Standing
from thammuu.directives.documents.signing import policies, seals
from thammuu.directives.documents.signing.facts import DocumentSigned, SigningPrepared
from thammuu.directives.documents.signing.models import DocumentSignature
from thammuu.directives.documents.signing.queries import content_of
from thammuu.directives.documents.signing.rules import Way
from thammuu.journal.facts import Fact, Link
from thammuu.journal.recording import Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput, Conflict
from thammuu.kernel.ids import new_id
from thammuu.paper.intake import Kept, attachments_of, keep_pdf, take_in
from thammuu.paper.signatures import State, Verdict, Why, verify
from thammuu.paper.signatures.prints import mark_in
from thammuu.paper.signatures.sealing import Mark, Seal, Unstamped, prepared, sealed
from thammuu.paper.signatures.words import REASONS

# Our own seal is known from its file, whether or not its issuer is among the roots.
_SEALED = frozenset({Why.INTACT, Why.NO_ROOTS, Why.UNKNOWN_ISSUER})


@dataclass(frozen=True, slots=True)
class Made:
    """A signed PDF in the store, and what was found of it."""

    kept: Kept
    verdict: Verdict
    way: Way


@dataclass(slots=True)
class _Handed:
    """A file that was read already, as the intake of attachments takes it."""

    name: str | None
    size: int | None
    content: bytes

    def read(self) -> bytes:
        """Return the whole content."""
        return self.content


@dataclass(slots=True)
class Told:
    """Facts and new rows, gathered on the way; the first fact is that of the signature."""

    facts: list[Fact]
    rows: list[models.Model]


def prepare_signing(*, actor: Actor, now: datetime, document: UUID, submission: Submission | None = None) -> UUID:
    """Set the PDF of an issued document and keep its bytes, to be signed elsewhere; return the signature's id.

    Raises `Missing`, `Refused`, or `Conflict` unless it is issued, in force, and neither prepared nor signed yet.
    """
    return _signed(actor, now, document, None, submission)


def sign_document(*, actor: Actor, now: datetime, document: UUID, submission: Submission | None = None) -> UUID:
    """Sign an issued document's PDF with the seal of the issuing unit; return the signature's id.

    Raises `Missing`, `Refused`; `Conflict` unless it is issued, in force and not signed yet, if the seal cannot be
    used, or if the time-stamping authority gives no stamp.
    """

    def make(row: Document, copy: bytes) -> Made:
        seal = seals.seal_of(row.unit_id, now)
        try:
            content = sealed(copy, seal, mark=_mark(actor, row, copy, seal), authority=settings.SIGNING_TSA)
        except Unstamped:
            raise Conflict(_("The time-stamping authority gave no stamp, so nothing was signed. Try again.")) from None
        verdict = verify(content, over=copy, now=now)
        if verdict.why not in _SEALED:
            raise Conflict(_("What the seal made does not hold: {why}").format(why=REASONS[verdict.why]))
        return Made(keep_pdf(content, f"{file_name(row)}.pdf"), verdict, Way.SEAL)

    return _signed(actor, now, document, make, submission)


def take_signed_document(
    *, actor: Actor, now: datetime, document: UUID, content: bytes, submission: Submission | None = None
) -> UUID:
    """Take in the prepared PDF as it was signed elsewhere; return the signature's id.

    Raises `BadInput` for `file`, and keeps nothing, unless it begins with the prepared bytes, nothing but intact
    signatures was added, and each leads to a trusted root. Otherwise as `sign_document`.
    """

    def make(row: Document, copy: bytes) -> Made:
        verdict = verify(content, over=copy, now=now)
        if verdict.state != State.TRUSTED:
            raise BadInput("file", str(REASONS[verdict.why]))
        kept = take_in(_Handed(f"{file_name(row)}.pdf", len(content), content), "file")
        return Made(kept, verdict, Way.ELSEWHERE)

    return _signed(actor, now, document, make, submission)


def _signed(
    actor: Actor,
    now: datetime,
    document: UUID,
    make: Callable[[Document, bytes], Made] | None,
    submission: Submission | None,
) -> UUID:
    """Prepare the PDF unless it is, have it signed by `make`, if there is one, and record both."""
    with transaction.atomic():
        held = hold(actor, document, policies.may_sign, submission)
        if held.again is not None:
            return held.again
        row, told = held.row, Told([], [])
        signature = _open(row) or _prepared(held, now, told)
        if make is not None:
            _sign(held, now, signature, make(row, content_of(signature.copy_digest)), told)
        if not told.facts:
            raise Conflict(_("The PDF is prepared already."))
        done = record(
            *told.facts, actor=held.actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification, rows=told.rows, submission=submission,
        )  # fmt: skip
    return done.answer


def _mark(actor: Actor, row: Document, copy: bytes, seal: Seal) -> Mark | None:
    """Return the seal's print where it belongs in the copy; None if it has none or the place is not known."""
    room = room_in(actor, row, copy) if seal.picture else None
    return mark_in(room, seal.picture) if room and seal.picture else None


def _open(row: Document) -> DocumentSignature | None:
    """Return what was prepared of the document. Raises `Conflict` if it cannot be signed any more, or not yet."""
    if row.state != DocumentState.ISSUED:
        raise Conflict(_("A document is signed when it is issued: before, it has neither number nor date."))
    if Standing(row.standing) in ENDED:
        raise Conflict(_("The document is not in force any more."))
    found = DocumentSignature.objects.filter(document=row).first()
    if found is not None and found.way:
        raise Conflict(_("The document is digitally signed already."))
    return found


def _prepared(held: Held, now: datetime, told: Told) -> DocumentSignature:
    row = held.row
    kept = keep_pdf(prepared(set_pdf(held.actor, row)), f"{file_name(row)}.pdf")
    signature = DocumentSignature(
        id=new_id(), document=row, version=row.version, copy_digest=kept.digest, post_id=held.post, prepared_at=now,
        **placed(row),
    )  # fmt: skip
    signature.copy_id = _attached(held, now, signature, kept, told)
    link = Link(Relation.CONCERNS, Subject.DOCUMENT, row.id)
    fields = fields_of(SigningPrepared, signature)
    told.facts.insert(0, SigningPrepared(subject_id=signature.id, links=(link,), **fields))
    told.rows.insert(0, signature)
    return signature


def _sign(held: Held, now: datetime, signature: DocumentSignature, made: Made, told: Told) -> None:
    last = made.verdict.last
    assert last is not None  # noqa: S101 - for mypy: what stands is of a signature
    signature.way, signature.signed_digest = str(made.way), made.kept.digest
    signature.standing, signature.why = str(made.verdict.state), str(made.verdict.why)
    signature.organisation, signature.issuer = last.organisation, last.issuer
    signature.serial, signature.certificate, signature.level = last.serial, last.digest, str(last.level)
    signature.valid_until, signature.told_at, signature.stamped_at = last.valid_until, last.signed_at, last.stamped_at
    signature.signed_by_id, signature.signed_behalf_id = held.post, held.actor.behalf
    signature.verified_at = signature.signed_at = now
    signature.signed_id = _attached(held, now, signature, made.kept, told)
    if not told.rows or told.rows[0] is not signature:
        signature.save()
    place = 1 if told.rows and told.rows[0] is signature else 0
    told.facts.insert(place, DocumentSigned(subject_id=signature.id, **fields_of(DocumentSigned, signature)))


def _attached(held: Held, now: datetime, signature: DocumentSignature, kept: Kept, told: Told) -> UUID:
    row = held.row
    link = Link(Relation.ATTACHED_TO, Subject.DOCUMENT_SIGNATURE, signature.id)
    attached, stored = attachments_of(
        [kept], world=row.world, units=row.units, now=now, links=[link], classification=row.classification,
        event=row.event_id,
    )  # fmt: skip
    told.facts.extend(stored)
    told.rows.extend(attached)
    return attached[0].id
