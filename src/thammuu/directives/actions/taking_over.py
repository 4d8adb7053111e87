"""Taking over what an office followed before: the chosen lines of its list become the assignments of one decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from thammuu.directives import policies
from thammuu.directives.actions.deciding import decided, record_taken
from thammuu.directives.actions.issuing import Task, assigned, joined, sets_of
from thammuu.directives.actions.wording import filled, stored
from thammuu.directives.models import Assignment, Decision
from thammuu.directives.rules import State
from thammuu.directives.taken_facts import AssignmentTakenOver
from thammuu.journal.facts import Link
from thammuu.journal.presentation import cards_of
from thammuu.journal.recording import Submission, answered
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel.actor import Actor, acting
from thammuu.kernel.clock import day_of, start_of
from thammuu.kernel.errors import BadInput, Conflict, require
from thammuu.kernel.text import fold
from thammuu.org import directory
from thammuu.org.policies import visible_to

ARISES_FROM = frozenset({Subject.DOCUMENT, Subject.INCOMING_DOCUMENT})
_LOCK = 0x74616B65


@dataclass(frozen=True, slots=True)
class Followed:
    """A line of a follow-up register or task list, by its number in the file. Times are aware.

    `deadline` is kept as it is, also on a day of rest or in the past; of what comes again, with `rhythm` as its words,
    it is the next day. `done_at` is when it was done by the list, None while it is open, and then `percent` is what the
    list says; `undated` says that it is done, and that the list does not say when. `document` is what it arises from
    and `words` what else the line says, both in the list's words; `arises_from` is that document where it is on record.
    `again` takes a line over that was taken over before.
    """

    line: int
    lead_unit: UUID
    title: str
    product: str
    deadline: datetime
    supporting_units: tuple[UUID, ...] = ()
    done_at: datetime | None = None
    undated: bool = False
    percent: int = 0
    rhythm: str = ""
    document: str = ""
    arises_from: tuple[Subject, UUID] | None = None
    words: str = ""
    again: bool = False


def take_over_assignments(
    *,
    actor: Actor,
    now: datetime,
    unit: UUID,
    title: str,
    reason: str,
    file: str,
    entries: Sequence[Followed],
    event: UUID | None = None,
    classification: int = 0,
    submission: Submission | None = None,
) -> UUID:
    """Follow the lines of the unit's own list from now on, in one transaction; return the id of their decision.

    `file` is the list's name. What is open waits to be acknowledged, what is done is closed and never verified. Raises
    `BadInput` for a line that cannot be, naming it, `Conflict` for one that was taken over before.
    """
    actor = acting(actor, policies.may_decide(actor, unit, event=event, classification=classification))
    units = joined([unit], *((one.lead_unit, *one.supporting_units) for one in entries))
    decision = decided(
        actor, unit, title, reason, units, now, event=event, classification=classification, arises_from=None
    )
    actor = acting(actor, policies.may_assign(actor, decision))
    _look_at(actor, decision, entries, now)
    name = filled("file", file)
    made = [_taken_over(decision, name, entry, now) for entry in entries]
    with transaction.atomic():
        # Two officers may confirm the same list at once; the second is told of what the first one took over.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK, str(unit)])
        again = answered(actor, submission)
        if again is not None:
            return again.answer
        if not entries:
            raise BadInput("entries", _("There is no line to be taken over."))
        _refuse_doubles(actor, decision, entries)
        return record_taken(actor, now, decision, made, submission)


def likeness_of(entry: Followed) -> str:
    """Return what two lines of one matter share, however it is typed: lead unit, task, document, day or rhythm."""
    words = (" ".join(fold(text).split()) for text in (entry.title, entry.document))
    due = " ".join(fold(entry.rhythm).split()) or day_of(entry.deadline).isoformat()
    told = "|".join((str(entry.lead_unit), *words, due))
    return sha256(told.encode()).hexdigest()[:32]


def taken_before(actor: Actor, unit: UUID) -> set[str]:
    """Return what the unit took over before, as far as the actor sees it, by `likeness_of`."""
    found = Assignment.objects.filter(visible_to(actor), unit=unit).exclude(likeness="")
    return set(found.values_list("likeness", flat=True))


def _look_at(actor: Actor, decision: Decision, entries: Sequence[Followed], now: datetime) -> None:
    """Raise what keeps any of the lines from being taken over."""
    known = directory.current()
    for unit in joined(*((one.lead_unit, *one.supporting_units) for one in entries)):
        require(policies.may_assign_to(actor, decision, unit))
        if not known.units[unit].stands:
            raise BadInput("lead_unit", _("{unit} is a closed unit.").format(unit=known.unit_label(unit)))
    origins = {one.arises_from for one in entries if one.arises_from}
    seen = cards_of({origin for origin in origins if origin[0] in ARISES_FROM}, actor.scope, actor.language)
    for one in entries:
        if one.lead_unit in one.supporting_units:
            told = _("Line {line}: the lead unit does not support itself.")
            raise BadInput("supporting_units", told.format(line=one.line))
        if one.done_at is not None and one.done_at > now:
            raise BadInput("done_at", _("Line {line}: the day on which it was done lies ahead.").format(line=one.line))
        if one.arises_from and one.arises_from[1] not in seen:
            told = _("Line {line}: the document does not exist, or your post may not see it.")
            raise BadInput("arises_from", told.format(line=one.line))


def _taken_over(
    decision: Decision, file: str, entry: Followed, now: datetime
) -> tuple[Assignment, AssignmentTakenOver]:
    task = Task(filled("task", entry.title), filled("product", entry.product), entry.deadline)
    row, issued = assigned(decision, task, entry.lead_unit, now, supporting=entry.supporting_units)
    row.percent = entry.percent
    done_at = start_of(day_of(now)) if entry.undated else entry.done_at
    if done_at is not None:
        row.state, row.percent, row.handed_in_at = str(State.CLOSED), 100, done_at
    row.taken_from, row.taken_line = file, entry.line
    row.taken_done_at, row.taken_undated = done_at, entry.undated
    row.taken_document, row.taken_words = stored("document", entry.document), stored("words", entry.words)
    links = issued.links
    if entry.arises_from is not None:
        row.arises_from_kind, row.arises_from = str(entry.arises_from[0]), entry.arises_from[1]
        links = (*links, Link(Relation.ARISES_FROM, *entry.arises_from))
    row.likeness = likeness_of(entry)
    row.search_text = fold(f"{row.title} {row.product} {row.taken_document}")
    return row, AssignmentTakenOver(subject_id=row.id, links=links, **sets_of(AssignmentTakenOver, row))


def _refuse_doubles(actor: Actor, decision: Decision, entries: Sequence[Followed]) -> None:
    taken = taken_before(actor, decision.unit_id)
    for entry in entries:
        likeness = likeness_of(entry)
        if likeness in taken and not entry.again:
            raise Conflict(_("Line {line} was taken over before.").format(line=entry.line))
        taken.add(likeness)
