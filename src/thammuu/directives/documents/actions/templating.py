"""Keeping the text of a document for others to begin with, and striking what was kept."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.wording import filled
from thammuu.directives.documents import policies
from thammuu.directives.documents.actions.holding import fields_of, hold
from thammuu.directives.documents.models import Document, DocumentSection, DocumentTemplate
from thammuu.directives.documents.template_facts import TemplateKept, TemplateStruck
from thammuu.journal.facts import Link
from thammuu.journal.recording import Submission, answered, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Missing
from thammuu.kernel.ids import new_id
from thammuu.org.policies import visible_to

AROUND = ("circulation", "place", "others", "capacity", "signs_for", "signer")
"""What stands around a text and is kept with it; what concerns one document alone is not."""


def keep_template(
    *, actor: Actor, now: datetime, document: UUID, name: str, submission: Submission | None = None
) -> UUID:
    """Keep the text of a document as a template of its unit and type, whatever becomes of the document.

    Raises `BadInput` for an empty or a known name, a document without a text, and one that is classified: whoever
    drafts for the unit sees a template.
    """
    with transaction.atomic():
        held = hold(actor, document, policies.may_edit, submission)
        if held.again is not None:
            return held.again
        source, known_as = held.row, filled("name", name)
        if source.classification:
            raise BadInput("name", _("What is classified becomes no template: whoever drafts for the unit sees it."))
        clauses = _clauses(held.actor, source)
        if not clauses:
            raise BadInput("name", _("This document has no text to be kept."))
        row = DocumentTemplate(
            id=new_id(), world=source.world, units=[source.unit_id], unit_id=source.unit_id, type=source.type,
            type_name=source.type_name, name=known_as, clauses=clauses, post_id=held.post, kept_at=now,
            **{part: getattr(source, part) for part in AROUND},
        )  # fmt: skip
        known = DocumentTemplate.objects.filter(world=row.world, unit=row.unit_id, type=row.type, struck=False)
        if known.filter(name=known_as).exists():
            raise BadInput("name", _("There is a template of this name and type already."))
        link = Link(Relation.REFERENCES, Subject.DOCUMENT, source.id)
        told = TemplateKept(subject_id=row.id, links=(link,), **fields_of(TemplateKept, row))
        done = record(
            told, actor=held.actor, at=now, now=now, units=row.units, rows=[row], submission=submission
        )  # fmt: skip
    return done.answer


def strike_template(*, actor: Actor, now: datetime, template: UUID, submission: Submission | None = None) -> UUID:
    """Let documents no longer begin with a template; those that did stay as they are."""
    with transaction.atomic():
        row = DocumentTemplate.objects.select_for_update().filter(visible_to(actor), id=template).first()
        if row is None:
            raise Missing(_("There is no such template, or your post may not see it."))
        actor = acting(actor, policies.may_draft(actor, row.unit_id))
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        if not row.struck:
            row.struck = True
            row.save(update_fields=["struck"])
            told = TemplateStruck(subject_id=row.id)
            return record(told, actor=actor, at=now, now=now, units=row.units, submission=submission).answer
    return row.id


def _clauses(actor: Actor, row: Document) -> list[dict[str, str]]:
    """Return the sections that stand, without what was redacted; a label that its place gives one is left open."""
    found = DocumentSection.objects.filter(visible_to(actor), id__in=row.order).in_bulk()
    standing = (found[id] for id in row.order if id in found)
    return [{"kind": one.kind, "label": one.label, "text": one.text} for one in standing if one.text]
