"""What a list of assignments is narrowed to, and how assignments stood at a cut-off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from thammuu.directives.documents.models import Document
from thammuu.directives.followup.rules import SPANS, TIMINGS, Age, Among
from thammuu.directives.models import Assignment, AssignmentChange, Decision, Evidence
from thammuu.directives.rules import DONE, HOLDS, OPEN, WITH_LEAD, Hold, State, Timing, Urgency
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.clock import start_of
from thammuu.kernel.text import fold
from thammuu.org import directory
from thammuu.org.policies import visible_to

# In these, and in no other state that is counted, evidence waits or was verified.
SHOWN = (State.SUBMITTED, State.VERIFIED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class AssignmentFilters:
    """What a list of assignments is narrowed to; `unit` leads or supports, `holder` is where the open ones lie.

    `level` is that of the lead unit, `within` an assignment with all that stands below it, `below` without itself.
    `lead` leads, `under` is a unit that leads or stands above the one that does. `since` and `until` are days of issue
    in the organisation's zone, both included. `unshown` asks for what has no evidence. As of `at` (None: now) all of it
    is judged.
    """

    state: State | None = None
    timing: Timing | None = None
    unit: UUID | None = None
    words: str = ""
    decision: UUID | None = None
    within: UUID | None = None
    below: UUID | None = None
    level: str = ""
    hold: Hold | None = None
    holder: UUID | None = None
    lead: UUID | None = None
    under: UUID | None = None
    document: UUID | None = None
    urgency: Urgency | None = None
    since: date | None = None
    until: date | None = None
    among: Among | None = None
    age: Age | None = None
    unshown: bool = False
    at: datetime | None = None

    @property
    def any(self) -> bool:
        """Say whether anything is narrowed at all."""
        return self != AssignmentFilters()


class Names(NamedTuple):
    """The columns that say how an assignment stands."""

    state: str
    deadline: str
    handed_in: str


NOW = Names("state", "deadline", "handed_in_at")
THEN = Names("state_then", "deadline_then", "handed_in_then")


def names_at(at: datetime | None) -> Names:
    """Return the columns that say how assignments stood then, or stand now."""
    return NOW if at is None else THEN


def selected(actor: Actor, filters: AssignmentFilters, now: datetime) -> QuerySet[Assignment]:
    """Return the assignments of the filters that the actor may see, with the columns of `THEN` for a cut-off."""
    found = Assignment.objects.filter(visible_to(actor))
    if filters.at is not None:
        found = _as_of(found, filters.at)
    names = names_at(filters.at)
    found = found.filter(_parties(actor, filters) & _issued(filters) & _standing(filters, filters.at or now, names))
    return found.filter(in_timing(filters.timing, filters.at or now, names)) if filters.timing else found


def in_timing(timing: Timing, now: datetime, names: Names = NOW) -> Q:
    """Return the filter for assignments of a timing; the same as `rules.timing`."""
    states = DONE if timing in (Timing.DONE_ON_TIME, Timing.DONE_LATE) else OPEN
    counted = Coalesce(F(names.handed_in), Value(now))
    in_time = Q(**{f"{names.deadline}__gte": counted})
    on_time = timing in (Timing.DONE_ON_TIME, Timing.OPEN_WITHIN_TIME)
    return Q(**{f"{names.state}__in": states}) & (in_time if on_time else ~in_time)


def in_age(age: Age, now: datetime, names: Names = NOW) -> Q:
    """Return the filter for what is overdue by so many days; the same as `followup.rules.age_of`."""
    more_than, at_most = SPANS[age]
    counted = Coalesce(F(names.handed_in), Value(now))
    wanted = Q(**{f"{names.state}__in": OPEN, f"{names.deadline}__lt": counted - Value(more_than)})
    return wanted & Q(**{f"{names.deadline}__gte": counted - Value(at_most)}) if at_most is not None else wanted


def _as_of(found: QuerySet[Assignment], at: datetime) -> QuerySet[Assignment]:
    """Add how each assignment stood at an instant; what was not issued then is left out.

    The first change after it says what was before; where none follows, all is as it is now.
    """
    later = AssignmentChange.objects.filter(assignment=OuterRef("id"), changed_at__gt=at).order_by("changed_at", "id")
    moved = later.filter(deadline_before__isnull=False)
    handed_in = Evidence.objects.filter(assignment=OuterRef("id"), handed_in_at__lte=at).order_by("-handed_in_at")
    return (
        found.filter(issued_at__lte=at)
        .annotate(
            state_then=Coalesce(Subquery(later.values("state_before")[:1]), F("state")),
            deadline_then=Coalesce(Subquery(moved.values("deadline_before")[:1]), F("deadline")),
        )
        .annotate(
            handed_in_then=Case(
                When(
                    state_then__in=SHOWN,
                    then=Coalesce(Subquery(handed_in.values("handed_in_at")[:1]), F("taken_done_at")),
                ),
                default=Value(None),
                output_field=DateTimeField(null=True),
            )
        )
    )


def _parties(actor: Actor, filters: AssignmentFilters) -> Q:
    known, wanted = directory.current(), Q()
    if filters.unit:
        wanted &= taking_part(known.stands_for(filters.unit))
    if filters.lead:
        wanted &= Q(lead_unit=filters.lead)
    if filters.under and not known.is_everything(known.below(filters.under)):
        wanted &= Q(lead_unit__in=known.below(filters.under))
    if filters.level:
        wanted &= Q(lead_unit__level=filters.level)
    if filters.decision:
        wanted &= Q(decision=filters.decision)
    if filters.document:
        named = Document.objects.filter(visible_to(actor), id=filters.document)
        drafted = Q(decision__in=named.filter(arises_from_kind=Subject.DECISION).values("arises_from"))
        own = Decision.objects.filter(arises_from_kind=Subject.DOCUMENT, arises_from__in=named.values("id"))
        wanted &= drafted | Q(decision__in=own.values("id"))
    if filters.within:
        wanted &= Q(id=filters.within) | Q(above__contains=[filters.within])
    if filters.below:
        wanted &= Q(above__contains=[filters.below])
    return wanted


def _issued(filters: AssignmentFilters) -> Q:
    wanted = Q()
    if filters.words:
        wanted &= Q(search_text__contains=fold(filters.words))
    if filters.urgency:
        wanted &= Q(urgency=str(filters.urgency))
    if filters.since:
        wanted &= Q(issued_at__gte=start_of(filters.since))
    if filters.until:
        wanted &= Q(issued_at__lt=start_of(filters.until + timedelta(days=1)))
    return wanted


def _standing(filters: AssignmentFilters, now: datetime, names: Names) -> Q:
    wanted = Q()
    if filters.state:
        wanted &= Q(**{names.state: str(filters.state)})
    if filters.hold:
        wanted &= _held_as({filters.hold}, names)
    if filters.holder:
        with_lead = _held_as(WITH_LEAD, names) & Q(lead_unit=filters.holder)
        wanted &= with_lead | (_held_as(set(Hold) - WITH_LEAD, names) & Q(unit=filters.holder))
    if filters.among:
        any_of = Q()
        for timing in TIMINGS[filters.among]:
            any_of |= in_timing(timing, now, names)
        wanted &= any_of
    if filters.age:
        wanted &= in_age(filters.age, now, names)
    if filters.unshown:
        wanted &= Q(**{f"{names.state}__in": OPEN - {State.SUBMITTED}})
    return wanted


def _held_as(holds: Collection[Hold], names: Names) -> Q:
    return Q(**{f"{names.state}__in": [str(state) for state, hold in HOLDS.items() if hold in holds]})


def taking_part(units: frozenset[UUID] | None) -> Q:
    """Return the filter for what any of the units leads or supports; None is every unit."""
    return Q() if units is None else Q(lead_unit__in=units) | Q(supporting_units__overlap=list(units))
