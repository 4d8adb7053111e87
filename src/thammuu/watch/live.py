"""What the watch floor's facts change on open pages."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils import translation
from django.utils.html import format_html

from thammuu.journal.feed import FeedEntry
from thammuu.journal.presentation import Fragment, fragments
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.org import queries as org
from thammuu.watch import queries
from thammuu.watch.rows import RowWriter, sort_of, time_html
from thammuu.watch.rules import ON_BOARD


@fragments("watch.")
def render(entries: Sequence[FeedEntry], language: str) -> Mapping[UUID, Sequence[Fragment]]:
    """Return, for each entry, the log line or the board row it changed and its line in the incident's timeline."""
    found: dict[UUID, list[Fragment]] = {}
    with translation.override(language):
        writer = RowWriter(clock.now())
        logs = {row.id: row for row in queries.log_rows_by_id(_subjects(entries, Subject.LOG_ENTRY))}
        incidents = {row.id: row for row in queries.incident_rows_by_id(_subjects(entries, Subject.INCIDENT))}
        for entry in entries:
            pieces: list[Fragment] = []
            if entry.subject_id in logs:
                line = logs[entry.subject_id]
                pieces.append(
                    Fragment("log", f"log-{line.id}", writer.entry(line), str(line.id), {"unit": str(line.unit_id)})
                )
                if line.incident_id is not None:
                    pieces.append(_moment(entry, line.incident_id, language))
            if entry.subject_id in incidents:
                row = incidents[entry.subject_id]
                html = writer.incident(row) if row.status in ON_BOARD else ""
                pieces.append(Fragment("board", f"incident-{row.id}", html, sort_of(row), {"lane": row.severity}))
                pieces.append(_moment(entry, row.id, language))
            found[entry.id] = pieces
    return found


def _subjects(entries: Sequence[FeedEntry], kind: Subject) -> list[UUID]:
    return list({entry.subject_id for entry in entries if entry.subject_kind == kind})


def _moment(entry: FeedEntry, incident: UUID, language: str) -> Fragment:
    return Fragment(f"timeline-{incident}", f"entry-{entry.id}", moment_html(entry, language), sort_of_moment(entry))


def sort_of_moment(entry: FeedEntry) -> str:
    """Return an entry's place in a timeline as text."""
    return f"{entry.recorded_at.isoformat()} {entry.id}"


def moment_html(entry: FeedEntry, language: str) -> str:
    """Return an entry of the journal as a line of a timeline, in the language in force."""
    by = "by-person" if entry.account else "by-system"
    return format_html(
        '<li id="entry-{}" class="{}" data-sort="{}">{}'
        '<div class="timeline-body"><p>{}</p><p class="by">{}</p></div></li>',
        entry.id,
        by,
        sort_of_moment(entry),
        time_html(entry.claimed_at),
        entry.say(language),
        org.post_label(entry.post) or "Thammuu",
    )
