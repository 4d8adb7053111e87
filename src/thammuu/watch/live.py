"""What the watch floor's facts change on open pages."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from thammuu.journal.feed import FeedEntry
from thammuu.journal.presentation import Fragment, fragments
from thammuu.journal.subjects import Subject
from thammuu.kernel import clock
from thammuu.org import queries as org
from thammuu.paper.models import Attachment
from thammuu.paper.queries import attachments
from thammuu.ui.templatetags.ui import skew
from thammuu.watch import queries
from thammuu.watch.queries import IncidentRow
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
        files = files_of(entries)
        for entry in entries:
            pieces: list[Fragment] = []
            if entry.subject_id in logs:
                line = logs[entry.subject_id]
                pieces.append(
                    Fragment("log", f"log-{line.id}", writer.entry(line), str(line.id), {"unit": str(line.unit_id)})
                )
                if line.incident_id is not None:
                    pieces.append(_moment(entry, line.incident_id, language, files))
            if entry.subject_id in incidents:
                row = incidents[entry.subject_id]
                html = writer.incident(row) if row.status in ON_BOARD else ""
                pieces.append(Fragment("board", f"incident-{row.id}", html, sort_of(row), {"lane": row.severity}))
                pieces.append(Fragment("map", str(row.id), "", "", _on_map(row)))
                pieces.append(_moment(entry, row.id, language, files))
            found[entry.id] = pieces
    return found


def _subjects(entries: Sequence[FeedEntry], kind: Subject) -> list[UUID]:
    return list({entry.subject_id for entry in entries if entry.subject_kind == kind})


def _on_map(row: IncidentRow) -> dict[str, str]:
    if row.status not in ON_BOARD or row.lat is None:
        return {}
    where = {"lon": str(row.lon), "lat": str(row.lat)}
    return where | {"tone": row.severity, "title": f"#{row.number} {row.title}", "url": f"/incidents/{row.id}/"}


def _moment(entry: FeedEntry, incident: UUID, language: str, files: Mapping[UUID, Attachment]) -> Fragment:
    html = moment_html(entry, language, files)
    return Fragment(f"timeline-{incident}", f"entry-{entry.id}", html, sort_of_moment(entry))


def sort_of_moment(entry: FeedEntry) -> str:
    """Return an entry's place in a timeline as text: its id grows with the journal, also when the clock is put back."""
    return str(entry.id)


def files_of(entries: Sequence[FeedEntry]) -> dict[UUID, Attachment]:
    """Return the files that came with log entries, by id; one query, none without files."""
    wanted = [id for entry in entries for id in _attached(entry)]
    return attachments(wanted) if wanted else {}


def _attached(entry: FeedEntry) -> list[UUID]:
    if entry.kind != "watch.log_entry_written" or entry.body is None:
        return []
    return [UUID(id) for id in entry.body["sets"]["attachments"]]


def moment_html(entry: FeedEntry, language: str, files: Mapping[UUID, Attachment] = MappingProxyType({})) -> str:
    """Return an entry of the journal as a line of a timeline, with its `files`, in the language in force."""
    by = "by-person" if entry.account or _by_link(entry) else "by-system"
    shown = [files[id] for id in _attached(entry) if id in files]
    return format_html(
        '<li id="entry-{}" class="{}" data-sort="{}">{}'
        '<div class="timeline-body"><p>{}</p>{}{}<p class="by">{}</p></div></li>',
        entry.id,
        by,
        sort_of_moment(entry),
        time_html(entry.claimed_at),
        entry.say(language),
        format_html("<p>{}</p>", skew(entry.device_at, entry.recorded_at)) if entry.device_at else "",
        mark_safe(render_to_string("directives/parts/files.html", {"files": shown})) if shown else "",  # noqa: S308 - a template of our own, which escapes
        _author(entry),
    )


def _author(entry: FeedEntry) -> str:
    if _by_link(entry):
        return _("By link")
    return org.author_label(entry.post, entry.behalf) or "Thammuu"


def _by_link(entry: FeedEntry) -> bool:
    """Say whether somebody without an account did it, who had opened an order by its link."""
    return entry.body is not None and bool(entry.body["context"].get("by_link"))
