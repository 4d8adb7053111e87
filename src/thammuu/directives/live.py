"""What the facts of this package change on open pages."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation

from thammuu.directives.models import Assignment, Evidence, Progress
from thammuu.directives.rows import AssignmentRow, assignment_rows
from thammuu.directives.timeline import TOLD_ELSEWHERE, Moment, moments
from thammuu.journal.feed import FeedEntry
from thammuu.journal.presentation import Fragment, fragments
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock


@fragments("directives.")
def render(entries: Sequence[FeedEntry], language: str) -> Mapping[UUID, Sequence[Fragment]]:
    """Return, for each entry, the assignment's row in the list and the new line in its timeline."""
    with translation.override(language):
        evidence = Evidence.objects.in_bulk(_subjects(entries, Subject.EVIDENCE))
        reports = Progress.objects.in_bulk(_subjects(entries, Subject.PROGRESS))
        owners = {row.id: row.assignment_id for row in evidence.values()}
        owners |= {row.id: row.assignment_id for row in reports.values()}
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
