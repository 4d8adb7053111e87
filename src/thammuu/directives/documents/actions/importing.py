"""Many sections at once: the text of a file, added to a draft or put in the place of what stands there."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import filled, stored
from thammuu.directives.documents import policies
from thammuu.directives.documents.actions.editing import Outdated, written
from thammuu.directives.documents.actions.holding import hold, in_draft, placed
from thammuu.directives.documents.facts import DocumentRearranged, SectionStruck
from thammuu.directives.documents.models import Document, DocumentSection
from thammuu.directives.documents.rules import LONGEST_SECTION, MOST_SECTIONS
from thammuu.directives.kept_words import words_of
from thammuu.journal.recording import Submission, record
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import BadInput
from thammuu.kernel.ids import new_id
from thammuu.paper.clauses import Clause


def import_sections(
    *,
    actor: Actor,
    now: datetime,
    document: UUID,
    clauses: Sequence[Clause],
    replacing: bool = False,
    seen: str = "",
    submission: Submission | None = None,
) -> UUID:
    """Write the clauses as sections at the end of a draft, all or none; `replacing` strikes what stood there before.

    `seen` is the digest of the text that is to be replaced ("": not asked): another one raises `Outdated`. Raises
    `BadInput` for `clauses` that cannot stand, naming the first, or are too many.
    """
    with transaction.atomic():
        held = hold(actor, document, policies.may_edit, submission)
        if held.again is not None:
            return held.again
        row = held.row
        in_draft(row)
        standing = list(DocumentSection.objects.filter(id__in=row.order))
        if replacing and seen and seen != digest_of_text(standing):
            raise Outdated(_("The text was changed meanwhile. Look at it, then send this again."))
        struck = sorted(standing, key=lambda section: row.order.index(section.id)) if replacing else []
        kept = [] if replacing else row.order
        sections = sections_of(row, clauses, MOST_SECTIONS - len(kept))
        for section in struck:
            section.struck, section.version = True, section.version + 1
        DocumentSection.objects.bulk_update(struck, ["struck", "version"])
        row.order = [*kept, *(section.id for section in sections)]
        row.save(update_fields=["order"])
        done = record(
            DocumentRearranged(subject_id=row.id, order=tuple(row.order)),
            *(SectionStruck(subject_id=section.id, version=section.version) for section in struck),
            *(written(section) for section in sections),
            actor=held.actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification, rows=sections, submission=submission,
        )  # fmt: skip
    return done.answer


def sections_of(row: Document, clauses: Sequence[Clause], most: int = MOST_SECTIONS) -> list[DocumentSection]:
    """Return the clauses as unsaved sections of the document. Raises `BadInput` for `clauses`."""
    if len(clauses) > most:
        raise BadInput("clauses", _("A document has at most {most} sections.").format(most=MOST_SECTIONS))
    found = []
    for number, clause in enumerate(clauses, 1):
        try:
            good = sound(clause)
        except BadInput as fault:
            told = _("Clause {number} (“{text}”): {reason}")
            text = f"{clause.label} {clause.text}".strip()[:60]
            raise BadInput("clauses", told.format(number=number, text=text, reason=fault.reason)) from None
        words = {
            "kind": str(good.kind), "label": good.label, "text": good.text,
            "search_text": words_of(f"{good.label} {good.text}"),
        }  # fmt: skip
        found.append(DocumentSection(id=new_id(), document=row, **placed(row), **words))
    return found


def sound(clause: Clause) -> Clause:
    """Return the clause as it is stored. Raises `BadInput` for one that is empty, too long or holds a wrong letter."""
    if len(clause.text) > LONGEST_SECTION:
        raise BadInput("text", _("A section has at most {most} characters.").format(most=LONGEST_SECTION))
    return replace(clause, text=filled("text", clause.text), label=stored("label", clause.label))


def digest_of_text(sections: Sequence[DocumentSection]) -> str:
    """Return a digest of sections that stand, by which a text that was changed meanwhile is told."""
    said = sorted((str(section.id), section.version) for section in sections)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]
