"""Beginning a document, empty or from a decision, and describing what stands around its text."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from thammuu.directives.actions.naming import name_given
from thammuu.directives.actions.wording import filled, stored
from thammuu.directives.documents import policies, types
from thammuu.directives.documents.actions.editing import Outdated, written
from thammuu.directives.documents.actions.holding import fields_of, hold, in_draft
from thammuu.directives.documents.actions.importing import sections_of
from thammuu.directives.documents.facts import DocumentDescribed, DocumentDrafted
from thammuu.directives.documents.models import Document, DocumentSection
from thammuu.directives.documents.rules import Capacity, Circulation, DocumentState, Effect
from thammuu.directives.rules import Urgency
from thammuu.journal.facts import Link
from thammuu.journal.presentation import cards_of
from thammuu.journal.recording import Submission, record
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.errors import BadInput, Refusal, Refused
from thammuu.kernel.ids import new_id
from thammuu.kernel.text import fold
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.paper.clauses import Clause

ORIGINS = frozenset({Subject.DECISION, Subject.DOCUMENT, Subject.INCOMING_DOCUMENT})


@dataclass(frozen=True, slots=True)
class Description:
    """What stands around a document's text. `type` is the code of a type; `others` are recipients outside, by line.

    `capacity`, `signs_for` and `signer` stand above the signature: "KT." of "BỘ TRƯỞNG", then "THỨ TRƯỞNG".
    `alters` is an issued document that this one changes when it is issued, `effect` how.
    """

    type: str
    abstract: str
    urgency: Urgency = Urgency.NORMAL
    circulation: Circulation = Circulation.NONE
    place: str = ""
    addressees: tuple[UUID, ...] = ()
    recipients: tuple[UUID, ...] = ()
    others: str = ""
    capacity: Capacity = Capacity.OWN
    signs_for: str = ""
    signer: str = ""
    effect: Effect = Effect.NONE
    alters: UUID | None = None


def draft_document(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    description: Description,
    clauses: Sequence[Clause] = (),
    carried: Sequence[Collection[UUID]] = (),
    arises_from: tuple[Subject, UUID] | None = None,
    event: UUID | None = None,
    classification: int = 0,
    submission: Submission | None = None,
) -> UUID:
    """Begin a document of the unit with the given clauses, in one transaction; return its id.

    `carried` are, for each clause, assignments from the decision whose task it gives: it is named in those that name
    no clause yet, and remembered for the others.
    Raises `BadInput` for empty words, an unknown type, unit or origin, or too many clauses.
    """
    actor = acting(actor, policies.may_draft(actor, unit, event=event, classification=classification))
    if actor.post is None or actor.unit is None:
        raise Refused(_("A document is drafted by a post, and you hold none today."))
    row = Document(
        id=new_id(),
        world=actor.scope.world,
        units=list(dict.fromkeys([unit, actor.unit])),
        classification=classification,
        event_id=event,
        unit_id=unit,
        drafting_unit_id=actor.unit,
        post_id=actor.post,
        drafted_at=now,
        arises_from_kind=str(arises_from[0]) if arises_from else "",
        arises_from=arises_from[1] if arises_from else None,
        state=str(DocumentState.DRAFT),
    )
    _describe(actor, row, description)
    sections = _giving(sections_of(row, clauses), carried)
    row.order = [section.id for section in sections]
    links = (*_origin_links(actor, arises_from), *_effect_links(row))
    told = DocumentDrafted(subject_id=row.id, links=links, **fields_of(DocumentDrafted, row))
    with transaction.atomic():
        done = record(
            told,
            *(written(section) for section in sections),
            actor=actor,
            at=now,
            now=now,
            units=row.units,
            event=event,
            classification=classification,
            rows=[row, *sections],
            submission=submission,
        )
        if done.answer == row.id:
            for section, assignments in zip(sections, carried, strict=False):
                name_given(actor, now, section, assignments)
    return done.answer


def _giving(sections: list[DocumentSection], carried: Sequence[Collection[UUID]]) -> list[DocumentSection]:
    for section, assignments in zip(sections, carried, strict=False):
        section.gives = list(assignments)
    return sections


def describe_document(
    *,
    actor: Actor,
    now: datetime,
    document: UUID,
    description: Description,
    seen: str = "",
    submission: Submission | None = None,
) -> UUID:
    """Change what stands around a draft's text. `seen` is the digest of what the actor began from ("": not asked).

    Raises `Outdated` if that was changed meanwhile, `Conflict` once the document is submitted.
    """
    with transaction.atomic():
        held = hold(actor, document, policies.may_edit, submission)
        if held.again is not None:
            return held.again
        row = held.row
        in_draft(row)
        if seen and seen != digest_of(row):
            raise Outdated(_("What stands around the text was changed while you were editing it."))
        _describe(held.actor, row, description)
        row.save()
        told = DocumentDescribed(subject_id=row.id, links=_effect_links(row), **fields_of(DocumentDescribed, row))
        done = record(
            told, actor=held.actor, at=now, now=now, units=row.units, event=row.event_id,
            classification=row.classification, submission=submission,
        )  # fmt: skip
    return done.answer


def digest_of(row: Document) -> str:
    """Return a digest of what stands around the text, by which two officers who change it at once are told apart."""
    said = [getattr(row, field.name) for field in fields(Description)]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:32]


def _describe(actor: Actor, row: Document, given: Description) -> None:
    kind = types.type_of(given.type, row.unit_id, row.world)
    if kind is None:
        raise BadInput("type", _("There is no such type of document."))
    if (given.effect == Effect.NONE) != (given.alters is None):
        raise BadInput("alters", _("Choose both an earlier document and what becomes of it, or neither."))
    known = directory.current().units
    if not known.keys() >= {*given.addressees, *given.recipients}:
        raise BadInput("addressees", _("There is no such unit."))
    for name in (field.name for field in fields(Description)):
        value = getattr(given, name)
        setattr(row, name, list(value) if isinstance(value, tuple) else value)
    row.type_name, row.abbreviation, row.series = kind.name, kind.abbreviation, kind.series
    row.abstract = filled("abstract", given.abstract)
    for name in ("place", "others", "signs_for", "signer"):
        setattr(row, name, stored(name, getattr(given, name)))
    for name in ("urgency", "circulation", "capacity", "effect"):
        setattr(row, name, str(getattr(given, name)))
    row.search_text = fold(f"{row.type_name} {row.abstract} {row.symbol}")
    if row.alters is not None:
        _alterable(actor, row.alters)


def _alterable(actor: Actor, document: UUID) -> None:
    """Raise `BadInput` unless the earlier document was issued by a unit whose documents the actor works on."""
    issued = Document.objects.filter(visible_to(actor), id=document, state=str(DocumentState.ISSUED)).first()
    if issued is None:
        raise BadInput("alters", _("Only a document that was issued can be amended, replaced or revoked."))
    verdict = policies.may_edit(actor, issued)
    if isinstance(verdict, Refusal):
        raise BadInput("alters", verdict.reason)


def _origin_links(actor: Actor, origin: tuple[Subject, UUID] | None) -> tuple[Link, ...]:
    if origin is None:
        return ()
    if origin[0] not in ORIGINS or origin[1] not in cards_of([origin], actor.scope, actor.language):
        raise BadInput("arises_from", _("What this document arises from does not exist, or your post may not see it."))
    return (Link(Relation.ARISES_FROM, *origin),)


def _effect_links(row: Document) -> tuple[Link, ...]:
    """A draft only refers to the earlier document; its issue is what supersedes it."""
    return (Link(Relation.REFERENCES, Subject.DOCUMENT, row.alters),) if row.alters else ()
