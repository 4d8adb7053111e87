"""The rows of the board and of the log as HTML: the same for a page, the live feed and the time machine.

They are the same for every reader, so they hold no button and no right. Written with `format_html` instead of a
template, because a board has hundreds of them.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from thammuu.org import directory
from thammuu.ui.ages import age_text
from thammuu.ui.templatetags.ui import icon, status
from thammuu.watch.queries import IncidentRow, LogRow
from thammuu.watch.rules import LOG_KIND_WORDS, MARK_WORDS, SEVERITY_WORDS, STATUS_WORDS, URGENCY, Severity


def time_html(instant: datetime) -> SafeString:
    """Return hours and minutes in the organisation's zone, with the whole instant as its title."""
    local = timezone.localtime(instant)
    # Every part is a number or comes from a format of our own: nothing to escape.
    return mark_safe(  # noqa: S308
        f'<time datetime="{local.isoformat(timespec="seconds")}" title="{local:%H:%M:%S %d/%m/%Y}">{local:%H:%M}</time>'
    )


def age_html(instant: datetime, now: datetime, *, kept: bool = True) -> SafeString:
    """Return how long before `now` an instant was; the page keeps it current unless told not to."""
    local = timezone.localtime(instant)
    shown = escape(age_text(instant, now))
    before, behind = ("<relative-age>", "</relative-age>") if kept else ("", "")
    return mark_safe(  # noqa: S308
        f'{before}<time datetime="{local.isoformat(timespec="seconds")}" title="{local:%H:%M:%S %d/%m/%Y}">'
        f"{shown}</time>{behind}"
    )


class RowWriter:
    """Writes rows in the language in force, looking icons and words up once for all of them."""

    def __init__(self, now: datetime, *, current: bool = True) -> None:
        """Write rows as of `now`; `current` lets the page keep the ages as time goes on."""
        self.now = now
        self.current = current
        self.known = directory.current()
        self.tones = {name: status(name, word, True) for name, word in SEVERITY_WORDS.items()}
        self.statuses = {name: str(word) for name, word in STATUS_WORDS.items()}
        self.kinds = {name: str(word) for name, word in LOG_KIND_WORDS.items()}
        self.marks = {name: str(word) for name, word in MARK_WORDS.items()}

    def incident(self, row: IncidentRow) -> SafeString:
        """Return an incident as a row of the board."""
        tone = row.severity if row.severity in (Severity.CRITICAL, Severity.SERIOUS, Severity.CAUTION) else ""
        note = " · ".join(part for part in (row.place_text, self.known.unit_label(row.unit_id)) if part)
        return format_html(
            '<li id="incident-{}" class="{}" data-sort="{}" data-lane="{}">{}<span class="row-main">'
            '<a class="row-title" href="/incidents/{}/">{}<span class="number">#{}</span> {}</a>'
            '<span class="row-note">{}</span></span><span class="row-end"><span class="badge">{}</span>{}</span></li>',
            row.id,
            tone,
            sort_of(row),
            row.severity,
            self.tones[row.severity],
            row.id,
            self._mark(row.mark),
            row.number,
            row.title,
            note,
            self.statuses[row.status],
            age_html(row.opened_at, self.now, kept=self.current),
        )

    def entry(self, row: LogRow, anchor: str = "log") -> SafeString:
        """Return an entry as a row of the log; a struck one is crossed out and says why."""
        struck = row.struck_at is not None
        words: SafeString | str = format_html("<s>{}</s>", row.text) if struck else row.text
        end = format_html('<span class="badge">{}</span>', self.kinds[row.kind]) if row.kind != "note" else ""
        incident = (
            format_html('<a class="badge" href="/incidents/{}/">#{}</a>', row.incident_id, row.incident_number or "…")
            if row.incident_id
            else ""
        )
        clip = icon("paperclip", label=_("With attachment")) if row.attachments else ""
        return format_html(
            '<li id="{}-{}" class="log-row{}" data-sort="{}">{}<span class="row-main">'
            '<a class="row-title" href="/watch/log/{}/">{}{}</a><span class="row-note">{}</span></span>'
            '<span class="row-end">{}{}{}</span></li>',
            anchor,
            row.id,
            " struck" if struck else "",
            row.id,
            time_html(row.happened_at),
            row.id,
            self._mark(row.incident_mark),
            words,
            self._note(row),
            clip,
            incident,
            end,
        )

    def _mark(self, mark: str) -> SafeString | str:
        return format_html('<span class="badge exercise">{}</span> ', self.marks[mark]) if mark else ""

    def _note(self, row: LogRow) -> str:
        parts = [row.place_text, self.known.unit_label(row.unit_id)]
        if row.post_id is not None:
            parts.append(self.known.posts[row.post_id].title if row.post_id in self.known.posts else "")
        if row.struck_at is not None:
            parts.append(_("Struck: {reason}").format(reason=row.struck_reason))
        return " · ".join(part for part in parts if part)


def sort_of(row: IncidentRow) -> str:
    """Return the place of an incident on the board as text: urgent first, then the one that is open longest."""
    return f"{URGENCY[Severity(row.severity)]}-{row.opened_at.isoformat()}"
