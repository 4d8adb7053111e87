"""What the facts of this package change on open pages."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import translation

from thammuu.directives.models import Assignment, Evidence, ExtensionRequest, Guidance, Progress
from thammuu.directives.rows import AssignmentRow, assignment_rows
from thammuu.directives.timeline import TOLD_ELSEWHERE, Moment, moments
from thammuu.directives.urging.models import Urging
from thammuu.journal.feed import FeedEntry
from thammuu.journal.presentation import Fragment, fragments
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock

_TOLD: Mapping[Subject, type[Model]] = {
    Subject.PROGRESS: Progress,
    Subject.GUIDANCE: Guidance,
    Subject.EXTENSION_REQUEST: ExtensionRequest,
    Subject.URGING: Urging,
}


@fragments("directives.")
def render(entries: Sequence[FeedEntry], language: str) -> Mapping[UUID, Sequence[Fragment]]:
    """Return, for each entry, the assignment's row in the list and the new line in its timeline."""
    with translation.override(language):
        evidence = Evidence.objects.in_bulk(_subjects(entries, Subject.EVIDENCE))
        owners = {row.id: row.assignment_id for row in evidence.values()}
        for kind, model in _TOLD.items():
            told = model._default_manager.filter(id__in=_subjects(entries, kind))
            owners |= dict(told.values_list("id", "assignment_id"))
        concerned = _subjects(entries, Subject.ASSIGNMENT)
        rows = {row.id: row for row in assignment_rows(Assignment.objects.filter(id__in=concerned), clock.now())}
        found: dict[UUID, list[Fragment]] = {}
        for entry in entries:
            owner = entry.subject_id if entry.subject_id in rows else owners.get(entry.subject_id)
            if owner is None:
                continue
            pieces = [_row(rows[owner])] if entry.subject_id in rows else []
            if entry.kind not in TOLD_ELSEWHERE:
                pieces.extend(_line(owner, moment) for moment in moments([entry], evidence, language))
            found[entry.id] = pieces
        return found


def _subjects(entries: Sequence[FeedEntry], kind: Subject) -> list[UUID]:
    return list({entry.subject_id for entry in entries if entry.subject_kind == kind})


def _row(row: AssignmentRow) -> Fragment:
    html = render_to_string("directives/parts/assignment_row.html", {"row": row})
    return Fragment("assignments", f"assignment-{row.id}", html, row.sort, {"state": str(row.state)})


def _line(assignment: UUID, moment: Moment) -> Fragment:
    html = render_to_string("directives/parts/moment.html", {"moment": moment})
    return Fragment(f"timeline-{assignment}", moment.key, html, moment.sort)
