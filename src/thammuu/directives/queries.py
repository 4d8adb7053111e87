"""Reads of decisions and assignments. All of them go through `visible_to`."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thammuu.directives import labels
from thammuu.directives.filters import NOW, THEN, AssignmentFilters, in_timing, names_at, selected, taking_part
from thammuu.directives.models import Assignment, Decision, Evidence, ExtensionRequest, Guidance
from thammuu.directives.rollup import Part
from thammuu.directives.rows import AssignmentRow, DecisionRow, assignment_rows, decision_row
from thammuu.directives.rules import (
    DONE,
    OPEN,
    EvidenceState,
    RequestState,
    State,
    Tally,
    Timing,
)
from thammuu.journal.presentation import Card, cards_of
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.kernel.text import fold
from thammuu.org.policies import visible_to
from thammuu.org.rules import Permission
from thammuu.paper.models import Attachment
from thammuu.paper.queries import attachments

Wait = Literal["settle", "guide", "decide_request", "acknowledge", "report", "verify", "close", "urge"]
MOST_WAITING = 300
MOST_ARISING = 300


@dataclass(frozen=True, slots=True)
class Waiting:
    """An assignment that waits for the actor, and for what."""

    row: AssignmentRow
    wait: Wait
    url: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """Evidence with its files, as the assignment's page shows it."""

    evidence: Evidence
    files: tuple[Attachment, ...]
    waits: bool
    tone: str
    state_word: Promise


def decision(actor: Actor, id: UUID) -> Decision:
    """Return a decision the actor may see. Raises `Missing`."""
    row = Decision.objects.filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such decision, or your post may not see it."))
    return row


def assignment(actor: Actor, id: UUID) -> Assignment:
    """Return an assignment the actor may see, with its decision. Raises `Missing`."""
    row = Assignment.objects.select_related("decision").filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such assignment, or your post may not see it."))
    return row


def seen_above(actor: Actor, row: Assignment) -> list[Assignment]:
    """Return the assignments above one that the actor may see, the highest first."""
    if not row.above:
        return []
    found = Assignment.objects.filter(visible_to(actor), id__in=row.above)
    return sorted(found, key=lambda one: len(one.above))


def evidence(actor: Actor, id: UUID) -> Evidence:
    """Return evidence the actor may see. Raises `Missing`."""
    row = Evidence.objects.filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("There is no such evidence, or your post may not see it."))
    return row


def decisions(actor: Actor, words: str = "") -> QuerySet[Decision]:
    """Return the decisions the actor may see, the latest first, with `seen` and `done` assignments counted."""
    mine = visible_to(actor, within="assignments__")
    named = Q(search_text__contains=fold(words)) if words else Q()
    return (
        Decision.objects.filter(visible_to(actor), named)
        .annotate(
            seen=Count("assignments", filter=mine),
            done=Count("assignments", filter=mine & Q(assignments__state__in=DONE)),
        )
        .order_by("-decided_at", "-id")
    )


def decision_rows(found: QuerySet[Decision] | list[Decision]) -> list[DecisionRow]:
    """Return counted decisions (of `decisions`) as rows."""
    return [decision_row(row, row.seen, row.done) for row in found]  # type: ignore[attr-defined]  # annotated by `decisions`


def decisions_from(actor: Actor, origin: UUID) -> list[DecisionRow]:
    """Return the decisions that arose from an incident, log entry, alert or decision."""
    return decision_rows(decisions(actor).filter(arises_from=origin))


def source_of(actor: Actor, row: Assignment) -> Card | None:
    """Return the document on record from which what was taken over arises; None without one that the actor sees."""
    if row.arises_from is None:
        return None
    return cards_of([(Subject(row.arises_from_kind), row.arises_from)], actor.scope, actor.language).get(
        row.arises_from
    )


def arising_from(actor: Actor, document: UUID, now: datetime) -> list[AssignmentRow]:
    """Return what was taken over from lists and arises from a document, by deadline."""
    found = Assignment.objects.filter(visible_to(actor), arises_from=document).order_by("deadline", "id")
    return assignment_rows(found[:MOST_ARISING], now)


def assignments_of(actor: Actor, decision: UUID, now: datetime, most: int | None = None) -> list[AssignmentRow]:
    """Return assignments from a decision that the actor may see, at most `most`: the highest first, by deadline."""
    return assignment_rows(issued_from(actor, decision)[:most], now)


def parts_of(actor: Actor, decision: UUID, within: UUID | None = None) -> list[Part]:
    """Return the assignments from a decision that the actor may see, as they are counted; below one, if it is named."""
    found = Assignment.objects.filter(visible_to(actor), decision=decision)
    if within is not None:
        found = found.filter(above__contains=[within])
    rows = found.order_by("above__len", "id").values_list(
        "id", "above", "lead_unit_id", "unit_id", "lead_unit__level", "state", "deadline", "handed_in_at", "title"
    )
    return [
        Part(id, tuple(above), lead, issuer, level, State(state), deadline, handed_in_at, title)
        for id, above, lead, issuer, level, state, deadline, handed_in_at, title in rows
    ]


def issued_from(actor: Actor, decision: UUID) -> QuerySet[Assignment]:
    """Return the assignments behind `assignments_of`."""
    return Assignment.objects.filter(visible_to(actor), decision=decision).order_by("above__len", "deadline", "id")


def assignments(actor: Actor, filters: AssignmentFilters, now: datetime) -> QuerySet[Assignment]:
    """Return the assignments the actor may see, the open ones first, by deadline."""
    names = names_at(filters.at)
    is_open = When(**{f"{names.state}__in": OPEN}, then=Value(0))
    open_first = Case(is_open, default=Value(1), output_field=IntegerField())
    return selected(actor, filters, now).order_by(open_first, names.deadline, "id")


def as_then(found: Iterable[Assignment], at: datetime | None) -> list[Assignment]:
    """Return rows of `assignments` as they stood at the cut-off of their filters; not to be saved."""
    rows = list(found)
    if at is not None:
        for row in rows:
            for now, then in zip(NOW, THEN, strict=True):
                setattr(row, now, getattr(row, then))
    return rows


def tally(actor: Actor, filters: AssignmentFilters, now: datetime) -> Tally:
    """Count the assignments of the filters (but the one on timing) by their timing, in one query."""
    at, names = filters.at or now, names_at(filters.at)
    counts = {str(timing): Count("id", filter=in_timing(timing, at, names)) for timing in Timing}
    return Tally(**selected(actor, replace(filters, timing=None), now).aggregate(**counts))


def evidence_of(actor: Actor, assignment: UUID) -> list[EvidenceRow]:
    """Return the evidence of an assignment with its files, the newest first."""
    found = list(Evidence.objects.filter(visible_to(actor), assignment=assignment).order_by("-handed_in_at", "-id"))
    files = attachments([id for row in found for id in row.attachments])
    return [
        EvidenceRow(
            evidence=row,
            files=tuple(files[id] for id in row.attachments if id in files),
            waits=row.state == EvidenceState.SUBMITTED,
            tone=labels.EVIDENCE_TONES[EvidenceState(row.state)],
            state_word=labels.EVIDENCE_STATES[EvidenceState(row.state)],
        )
        for row in found
    ]


def waiting_for(actor: Actor, now: datetime) -> list[Waiting]:
    """Return what waits for the actor's post, by deadline, each for the first thing that it waits for.

    Before all else come refusals, questions and requests, for which another unit waits. To urge is what the actor's
    unit issued and is overdue in another's hands.
    """
    executes = actor.units_of(Permission.ASSIGNMENT_EXECUTE)
    verifies = actor.units_of(Permission.ASSIGNMENT_VERIFY)
    lead, taken_up, issuing = _among("lead_unit", executes), taking_part(executes), _among("unit", verifies)
    working = [str(State.ACKNOWLEDGED), str(State.IN_PROGRESS), str(State.RETURNED)]
    directing = _among("unit", actor.units_of(Permission.ASSIGN)) & Q(state__in=OPEN)
    asked = Guidance.objects.filter(assignment=OuterRef("id"), answered_at=None, ended_at=None)
    requested = ExtensionRequest.objects.filter(assignment=OuterRef("id"), state=RequestState.OPEN)
    waits: list[tuple[Wait, Q]] = [
        ("settle", directing & Q(state=State.REFUSED.value)),
        ("guide", directing & Q(Exists(asked))),
        ("decide_request", directing & Q(Exists(requested))),
        ("acknowledge", lead & Q(state=State.ISSUED.value)),
        ("report", taken_up & Q(state__in=working)),
        ("verify", issuing & Q(state=State.SUBMITTED.value)),
        ("close", issuing & Q(state=State.VERIFIED.value)),
        ("urge", issuing & in_timing(Timing.OPEN_OVERDUE, now)),
    ]
    why = Case(*(When(condition, then=Value(wait)) for wait, condition in waits), default=Value(""))
    found = Assignment.objects.filter(visible_to(actor)).annotate(wait=why).exclude(wait="")
    rows = list(found.order_by("deadline", "id")[:MOST_WAITING])
    return [
        Waiting(shown, row.wait, f"/assignments/{row.id}/")
        for row, shown in zip(rows, assignment_rows(rows, now), strict=True)
    ]


def open_by_unit(actor: Actor, units: Collection[UUID]) -> dict[UUID, int]:
    """Return how many open assignments that the actor may see each of the units leads."""
    found = Assignment.objects.filter(visible_to(actor), lead_unit__in=units, state__in=OPEN)
    return dict(found.values_list("lead_unit").annotate(count=Count("id")))


def _among(field: str, units: frozenset[UUID] | None) -> Q:
    return Q() if units is None else Q(**{f"{field}__in": units})
