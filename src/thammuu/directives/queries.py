"""Reads of decisions and assignments. All of them go through `visible_to`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thammuu.directives import labels
from thammuu.directives.models import Assignment, Decision, Evidence
from thammuu.directives.rows import AssignmentRow, DecisionRow, assignment_rows, decision_row
from thammuu.directives.rules import DONE, OPEN, EvidenceState, State, Tally, Timing
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.kernel.text import fold
from thammuu.org import directory
from thammuu.org.policies import visible_to
from thammuu.org.rules import Permission
from thammuu.paper.models import Attachment
from thammuu.paper.queries import attachments

Wait = Literal["acknowledge", "report", "verify", "close", "urge"]
MOST_WAITING = 300


@dataclass(frozen=True, slots=True)
class AssignmentFilters:
    """What a list of assignments is narrowed to; `unit` leads or supports."""

    state: State | None = None
    timing: Timing | None = None
    unit: UUID | None = None
    words: str = ""

    @property
    def any(self) -> bool:
        """Say whether anything is narrowed at all."""
        return self != AssignmentFilters()


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
    return [decision_row(row, row.seen, row.done) for row in found]  # type: ignore[attr-defined]


def decisions_from(actor: Actor, origin: UUID) -> list[DecisionRow]:
    """Return the decisions that arose from an incident, log entry, alert or decision."""
    return decision_rows(decisions(actor).filter(arises_from=origin))


def assignments_of(actor: Actor, decision: UUID, now: datetime) -> list[AssignmentRow]:
    """Return the assignments from a decision that the actor may see, by deadline."""
    found = Assignment.objects.filter(visible_to(actor), decision=decision).order_by("deadline", "id")
    return assignment_rows(found, now)


def assignments(actor: Actor, filters: AssignmentFilters, now: datetime) -> QuerySet[Assignment]:
    """Return the assignments the actor may see, the open ones first, by deadline."""
    found = Assignment.objects.filter(visible_to(actor), _narrowed(filters))
    if filters.timing:
        found = found.filter(in_timing(filters.timing, now))
    open_first = Case(When(state__in=OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.order_by(open_first, "deadline", "id")


def tally(actor: Actor, filters: AssignmentFilters, now: datetime) -> Tally:
    """Count the assignments of the filters (but the one on timing) by their timing, in one query."""
    counts = {str(timing): Count("id", filter=in_timing(timing, now)) for timing in Timing}
    return Tally(**Assignment.objects.filter(visible_to(actor), _narrowed(filters)).aggregate(**counts))


def in_timing(timing: Timing, now: datetime) -> Q:
    """Return the filter for assignments of a timing; the same as `rules.timing`."""
    states = DONE if timing in (Timing.DONE_ON_TIME, Timing.DONE_LATE) else OPEN
    counted = Coalesce(F("handed_in_at"), Value(now))
    in_time = Q(deadline__gte=counted)
    on_time = timing in (Timing.DONE_ON_TIME, Timing.OPEN_WITHIN_TIME)
    return Q(state__in=states) & (in_time if on_time else ~in_time)


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
    """Return what waits for the actor's post, by deadline: to acknowledge, report, verify, close, or urge.

    To urge is what the actor's unit issued and is overdue in another's hands.
    """
    executes = actor.units_of(Permission.ASSIGNMENT_EXECUTE)
    verifies = actor.units_of(Permission.ASSIGNMENT_VERIFY)
    lead, taking_part, issuing = _among("lead_unit", executes), _taking_part(executes), _among("unit", verifies)
    working = [str(State.ACKNOWLEDGED), str(State.IN_PROGRESS), str(State.RETURNED)]
    waits: list[tuple[Wait, Q]] = [
        ("acknowledge", lead & Q(state=State.ISSUED.value)),
        ("report", taking_part & Q(state__in=working)),
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


def _narrowed(filters: AssignmentFilters) -> Q:
    wanted = Q()
    if filters.state:
        wanted &= Q(state=str(filters.state))
    if filters.unit:
        wanted &= _taking_part(directory.current().stands_for(filters.unit))
    if filters.words:
        wanted &= Q(search_text__contains=fold(filters.words))
    return wanted


def _among(field: str, units: frozenset[UUID] | None) -> Q:
    return Q() if units is None else Q(**{f"{field}__in": units})


def _taking_part(units: frozenset[UUID] | None) -> Q:
    return Q() if units is None else Q(lead_unit__in=units) | Q(supporting_units__overlap=list(units))
