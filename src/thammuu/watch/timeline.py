"""One timeline of an incident: its own facts, its log, and what decisions and assignments made of it."""

from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Q
from django.utils import translation
from django.utils.dateparse import parse_datetime

from thammuu.journal import feed, links
from thammuu.journal.subjects import Relation, Subject
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor
from thammuu.org.policies import covers_entry
from thammuu.watch import queries
from thammuu.watch.live import files_of, moment_html
from thammuu.watch.models import IncidentChange
from thammuu.watch.rows import day_html

_THREAD = (Relation.ARISES_FROM, Relation.EVIDENCE_FOR, Relation.CONCERNS)
_TOLD = frozenset(
    {
        Subject.INCIDENT,
        Subject.LOG_ENTRY,
        Subject.DECISION,
        Subject.ASSIGNMENT,
        Subject.ORDER,
        Subject.ORDER_ADDRESSEE,
        Subject.EVIDENCE,
        Subject.PROGRESS,
        Subject.ALERT,
    }
)


def moments_of(actor: Actor, incident: UUID) -> list[str]:
    """Return the lines of the timeline as HTML, newest first: every entry of the thread that the actor may see.

    Whoever sees the incident or a log entry sees all that happened to it, also from before it was shared with them.
    """
    seen = {incident, *(row.id for row in queries.log_rows_of(actor, incident))}
    subjects = set(seen)
    for edge in links.reach(incident, _THREAD):
        subjects.update(id for kind, id in (edge.source, edge.target) if kind in _TOLD)
    entries = [
        entry
        for entry in feed.of_subjects(subjects)
        if (entry.subject_id in seen or covers_entry(actor.scope, entry)) and entry.subject_kind in _TOLD
    ]
    with translation.override(actor.language):
        files = files_of(entries)
        return [
            line
            for day, of_day in groupby(reversed(entries), lambda entry: clock.day_of(entry.recorded_at))
            for line in (day_html(day), *(moment_html(entry, actor.language, files) for entry in of_day))
        ]


def changed_meanwhile(actor: Actor, incident: UUID, seen: str, now: datetime) -> bool:
    """Say whether another post changed the incident after the page that `seen` names (ISO, when it last changed)."""
    try:
        at = parse_datetime(seen)
    except ValueError:
        return False
    if at is None or at.tzinfo is None:
        return False
    own = Q(post_id=actor.post, at=now)
    return IncidentChange.objects.filter(incident_id=incident, at__gt=at).exclude(own).exists()
