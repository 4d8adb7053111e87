"""The rows of the board and of the log as HTML: the same for a page, the live feed and the time machine.

They are the same for every reader, so they hold no button and no right. Written in Python instead of a template,
because a board has hundreds of them; a row of the board that says what it said before is not written again.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from html import escape
from itertools import groupby
from uuid import UUID

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from thammuu.kernel import clock
from thammuu.org import directory
from thammuu.org.words import level_mark
from thammuu.ui.ages import age_text
from thammuu.ui.templatetags.ui import icon, skew, status
from thammuu.watch.queries import BoardRow, LogRow
from thammuu.watch.rules import LOG_KIND_WORDS, MARK_WORDS, ON_BOARD, SEVERITY_WORDS, STATUS_WORDS, URGENCY, Severity


def time_html(instant: datetime) -> SafeString:
    """Return hours and minutes in the organisation's zone, with the whole instant as its title."""
    local = timezone.localtime(instant)
    # Every part is a number or comes from a format of our own: nothing to escape.
    return mark_safe(  # noqa: S308
        f'<time datetime="{local.isoformat(timespec="seconds")}" title="{local:%H:%M:%S %d/%m/%Y}">{local:%H:%M}</time>'
    )


class RowWriter:
    """Writes rows in the language in force, looking icons and words up once for all of them."""

    def __init__(self, now: datetime, *, current: bool = True) -> None:
        """Write rows as of `now`; `current` lets the page keep the ages as time goes on."""
        self.now = now
        self.current = current
        self.zone = timezone.get_current_timezone()
        self.known = directory.current()
        self._ages: dict[int, str] = {}
        self.tones = {name: status(name, word, True) for name, word in SEVERITY_WORDS.items()}
        self.over = {name: status("off", word, True) for name, word in SEVERITY_WORDS.items()}
        self.statuses = {name: str(word) for name, word in STATUS_WORDS.items()}
        self.kinds = {name: str(word) for name, word in LOG_KIND_WORDS.items()}
        self.redacted = _("Redacted")
        self.marks = {name: str(word) for name, word in MARK_WORDS.items()}

    def incident(self, row: BoardRow) -> SafeString:
        """Return an incident as a row of the board."""
        note = " · ".join(part for part in (row.place_text, self.known.unit_label(row.unit_id)) if part)
        severity, on_board = Severity(row.severity), row.status in ON_BOARD
        return _incident_html(
            row.id,
            row.number,
            row.title or self.redacted,
            severity,
            row.opened_at.astimezone(self.zone),
            self.zone,
            note,
            # What is over alarms nobody: it keeps the word of its severity and loses the colour.
            severity in TONED and on_board,
            (self.tones if on_board else self.over)[severity],
            self._mark(row.mark, row.classification),
            self.statuses[row.status],
            self._age(row.opened_at),
            self.current,
        )

    def incidents(self, rows: Iterable[BoardRow]) -> SafeString:
        """Return incidents as rows of the board, one after the other."""
        return mark_safe("".join(map(self.incident, rows)))  # noqa: S308 - rows are safe

    def entry(self, row: LogRow, anchor: str = "log") -> SafeString:
        """Return an entry as a row of the log; a struck one is crossed out and says why."""
        struck, text = row.struck_at is not None, row.text or self.redacted
        words: SafeString | str = format_html("<s>{}</s>", text) if struck else text
        end = format_html('<span class="badge">{}</span>', self.kinds[row.kind]) if row.kind != "note" else ""
        incident = (
            format_html('<a class="badge" href="/incidents/{}/">#{}</a>', row.incident_id, row.incident_number or "…")
            if row.incident_id
            else ""
        )
        clip = icon("paperclip", label=_("With attachment")) if row.attachments else ""
        return format_html(
            '<li id="{}-{}" class="log-row{}" data-sort="{}">{}<span class="row-main">'
            '<a class="row-title" href="/watch/log/{}/" title="{}">{}{}</a><span class="row-note">{}</span>{}</span>'
            '<span class="row-end">{}{}{}</span></li>',
            anchor,
            row.id,
            " struck" if struck else "",
            row.id,
            time_html(row.happened_at),
            row.id,
            text,
            self._mark(row.incident_mark, row.classification),
            words,
            self._note(row),
            skew(row.device_at, row.recorded_at),
            clip,
            incident,
            end,
        )

    def entries(self, rows: Iterable[LogRow], anchor: str = "log") -> SafeString:
        """Return entries, newest first, as rows of the log; the days before today have headings."""
        html: list[str] = []
        for day, of_day in groupby(rows, lambda row: clock.day_of(row.recorded_at)):
            if day != clock.day_of(self.now):
                html.append(day_html(day))
            html.extend(self.entry(row, anchor) for row in of_day)
        return mark_safe("".join(html))  # noqa: S308 - rows are safe

    def _age(self, instant: datetime) -> str:
        """Return the words of an age, looked up once for all rows of the same minute."""
        minute = int((self.now - instant).total_seconds() / 60)
        if minute not in self._ages:
            self._ages[minute] = age_text(instant, self.now)
        return self._ages[minute]

    def _mark(self, mark: str, classification: int) -> SafeString | str:
        said = format_html('<span class="badge exercise">{}</span> ', self.marks[mark]) if mark else ""
        return format_html("{}{}", said, level_mark(classification)) if classification else said

    def _note(self, row: LogRow) -> str:
        parts = [row.place_text, self.known.unit_label(row.unit_id)]
        if row.post_id is not None:
            title = self.known.posts[row.post_id].title if row.post_id in self.known.posts else ""
            parts.append(title if row.behalf_id is None else self._behalf(title, row.behalf_id))
        if row.struck_at is not None:
            parts.append(_("Struck: {reason}").format(reason=row.struck_reason))
        return " · ".join(part for part in parts if part)

    def _behalf(self, title: str, post: UUID) -> str:
        return _("{post}, on behalf of {other}").format(post=title, other=self.known.post_label(post))


def day_html(day: date) -> SafeString:
    """Return the heading of a day. Its place is above every entry of the day: ids begin with their milliseconds."""
    midnight = datetime.combine(day + timedelta(days=1), time(), clock.ORGANISATION_ZONE)
    milliseconds = int(midnight.timestamp() * 1000)
    place = f"{milliseconds >> 16:08x}-{milliseconds & 0xFFFF:04x}"
    return format_html('<li class="day" data-sort="{}">{}</li>', place, f"{day:%d/%m/%Y}")


def forget() -> None:
    """Drop the rows held in memory: something was redacted."""
    _incident_html.cache_clear()


TONED = frozenset((Severity.CRITICAL, Severity.SERIOUS, Severity.CAUTION))


@lru_cache(maxsize=8192)
def _incident_html(
    id: UUID,
    number: int,
    title: str,
    severity: Severity,
    opened_at: datetime,
    zone: tzinfo,
    note: str,
    toned: bool,
    tone: SafeString,
    mark: SafeString | str,
    status_word: str,
    age: str,
    kept: bool,
) -> SafeString:
    """Return the row: a function of what it shows and of nothing else (`zone`, because equal instants differ in it).

    `opened_at` is in `zone`; `kept` lets the page keep the age current.
    """
    before, behind = ("<relative-age>", "</relative-age>") if kept else ("", "")
    shown = escape(title)
    # Typed words are escaped; the others are numbers, or words and formats of our own.
    return mark_safe(  # noqa: S308
        f'<li id="incident-{id}" class="{severity if toned else ""}"'
        f' data-sort="{_sort(severity, opened_at)}" data-lane="{severity}">{tone}<span class="row-main">'
        f'<a class="row-title" href="/incidents/{id}/" title="{shown}">{mark}<span class="number">#{number}</span>'
        f' {shown}</a><span class="row-note">{escape(note)}</span></span>'
        f'<span class="row-end"><span class="badge">{escape(status_word)}</span>{before}'
        f'<time datetime="{opened_at.isoformat(timespec="seconds")}" title="{opened_at:%H:%M:%S %d/%m/%Y}">'
        f"{escape(age)}</time>{behind}</span></li>"
    )


def sort_of(row: BoardRow) -> str:
    """Return the place of an incident on the board as text: urgent first, then the one that is open longest."""
    return _sort(Severity(row.severity), row.opened_at)


def _sort(severity: Severity, opened_at: datetime) -> str:
    return f"{URGENCY[severity]}-{opened_at.astimezone(UTC).isoformat()}"
