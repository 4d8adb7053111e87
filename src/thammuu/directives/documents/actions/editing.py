"""The sections of a draft: added, taken up, changed, moved, struck. The document's row is locked for each."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import filled, stored
from thammuu.directives.documents import policies
from thammuu.directives.documents.actions.holding import Held, document_of, fields_of, hold, in_draft, placed
from thammuu.directives.documents.facts import (
    DocumentRearranged,
    SectionChanged,
    SectionStruck,
    SectionTakenUp,
    SectionWritten,
)
from thammuu.directives.documents.models import Document, DocumentSection
from thammuu.directives.documents.rules import EDITING, LONGEST_SECTION, MOST_SECTIONS
from thammuu.directives.kept_words import words_of
from thammuu.journal.facts import Fact
from thammuu.journal.recording import Submission, record
from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import is_within
from thammuu.kernel.errors import BadInput, Conflict
from thammuu.kernel.ids import new_id
from thammuu.paper.clauses import ClauseKind


class Outdated(Conflict):
    """A section was changed while someone else edited it; nothing of either text is lost."""


class TakenUp(Conflict):
    """Another post is editing the section; it can be taken over."""


def add_section(
    *,
    actor: Actor,
    now: datetime,
    document: UUID,
    kind: ClauseKind,
    text: str,
    label: str = "",
    after: UUID | None = None,
    submission: Submission | None = None,
) -> UUID:
    """Write a section into a draft, after the named one (None, or one that was struck: at the end); return its id."""
    with transaction.atomic():
        held = hold(actor, document, policies.may_edit, submission)
        if held.again is not None:
            return held.again
        row = held.row
        in_draft(row)
        if len(row.order) >= MOST_SECTIONS:
            raise BadInput("text", _("A document has at most {most} sections.").format(most=MOST_SECTIONS))
        section = DocumentSection(
            id=new_id(), document=row, kind=str(kind), label=stored("label", label), text=_text(text), **placed(row)
        )
        section.search_text = words_of(f"{section.label} {section.text}")
        place = row.order.index(after) + 1 if after in row.order else len(row.order)
        row.order = [*row.order[:place], section.id, *row.order[place:]]
        return _record(held, now, written(section), _rearranged(row), new=section, submission=submission)


def take_up_section(
    *, actor: Actor, now: datetime, section: UUID, take_over: bool = False, submission: Submission | None = None
) -> UUID:
    """Say that the actor's post edits the section now. Raises `TakenUp` if another does, unless it is to be taken over.

    It only warns others, and is forgotten after `rules.EDITING`: what is saved is guarded by the version.
    """
    with transaction.atomic():
        held, row = _held(actor, section, submission)
        if held.again is not None:
            return held.again
        if not take_over and is_taken(row, held.post, now):
            raise TakenUp(_("Another post is editing this section."))
        row.taken_by_id, row.taken_at = held.post, now
        row.save(update_fields=["taken_by_id", "taken_at"])
        told = SectionTakenUp(subject_id=row.id, taken_by_id=held.post, taken_at=now)
        return _record(held, now, told, submission=submission)


def change_section(
    *,
    actor: Actor,
    now: datetime,
    section: UUID,
    version: int,
    kind: ClauseKind,
    text: str,
    label: str = "",
    submission: Submission | None = None,
) -> UUID:
    """Give a section another text. `version` is the one the actor began from: a newer one raises `Outdated`."""
    with transaction.atomic():
        held, row = _held(actor, section, submission)
        if held.again is not None:
            return held.again
        if row.version != version:
            raise Outdated(_("This section was changed while you were editing it."))
        row.kind, row.label, row.text = str(kind), stored("label", label), _text(text)
        row.version, row.taken_by_id, row.taken_at = version + 1, None, None
        row.search_text = words_of(f"{row.label} {row.text}")
        row.save(update_fields=["kind", "label", "text", "search_text", "version", "taken_by_id", "taken_at"])
        told = SectionChanged(subject_id=row.id, **fields_of(SectionChanged, row))
        return _record(held, now, told, submission=submission)


def move_section(
    *, actor: Actor, now: datetime, section: UUID, places: int, submission: Submission | None = None
) -> UUID:
    """Move a section by so many places down (negative: up), to the ends at most."""
    with transaction.atomic():
        held, row = _held(actor, section, submission)
        if held.again is not None:
            return held.again
        order = list(held.row.order)
        place = order.index(row.id)
        order.insert(max(0, min(place + places, len(order) - 1)), order.pop(place))
        held.row.order = order
        return _record(held, now, _rearranged(held.row), submission=submission)


def strike_section(
    *, actor: Actor, now: datetime, section: UUID, version: int, submission: Submission | None = None
) -> UUID:
    """Strike a section out of the draft; it stays on record. Raises `Outdated` if it was changed meanwhile."""
    with transaction.atomic():
        held, row = _held(actor, section, submission)
        if held.again is not None:
            return held.again
        if row.version != version:
            raise Outdated(_("This section was changed meanwhile; read it before you strike it."))
        row.struck, row.version = True, version + 1
        row.save(update_fields=["struck", "version"])
        held.row.order = [id for id in held.row.order if id != row.id]
        told = SectionStruck(subject_id=row.id, version=row.version)
        return _record(held, now, told, _rearranged(held.row), submission=submission)


def is_taken(row: DocumentSection, post: UUID | None, now: datetime) -> bool:
    """Say whether another post than this one is editing the section."""
    taken = row.taken_by_id is not None and row.taken_by_id != post
    return taken and row.taken_at is not None and is_within(row.taken_at, now, EDITING)


def written(section: DocumentSection) -> SectionWritten:
    """Return the fact of a new section; it names its document, and no link: threads are not walked over sections."""
    return SectionWritten(subject_id=section.id, **fields_of(SectionWritten, section))


def _held(actor: Actor, section: UUID, submission: Submission | None) -> tuple[Held, DocumentSection]:
    held = hold(actor, document_of(actor, section), policies.may_edit, submission)
    row = DocumentSection.objects.get(id=section)
    if held.again is None:
        in_draft(held.row)
        if row.struck:
            raise Conflict(_("This section was struck; it is not edited any more."))
    return held, row


def _rearranged(row: Document) -> DocumentRearranged:
    row.save(update_fields=["order"])
    return DocumentRearranged(subject_id=row.id, order=tuple(row.order))


def _record(
    held: Held,
    now: datetime,
    *facts: Fact,
    new: DocumentSection | None = None,
    submission: Submission | None = None,
) -> UUID:
    done = record(
        *facts,
        actor=held.actor,
        at=now,
        now=now,
        units=held.row.units,
        event=held.row.event_id,
        classification=held.row.classification,
        rows=[new] if new else [],
        submission=submission,
    )
    return done.answer


def _text(text: str) -> str:
    if len(text) > LONGEST_SECTION:
        raise BadInput("text", _("A section has at most {most} characters.").format(most=LONGEST_SECTION))
    return filled("text", text)
