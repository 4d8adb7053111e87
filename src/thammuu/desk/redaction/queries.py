"""Reads of redactions, and of where words stand that somebody wants to go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.utils.translation import gettext as _

from thammuu.desk.redaction.copies import Copies, copies_of, parse
from thammuu.journal.models import Redaction
from thammuu.journal.redaction.registry import redactable_as, redactable_subjects
from thammuu.journal.redaction.words import REASON_WORDS, STATE_WORDS, State
from thammuu.journal.subjects import Subject
from thammuu.kernel.actor import Actor
from thammuu.kernel.errors import Missing
from thammuu.org import queries as org
from thammuu.org.policies import can_view, visible_to

MOST_FOUND = 100
SHORTEST_WORDS = 3

_HOLDING = """
SELECT DISTINCT e.subject_kind, e.subject_id FROM journal_body b JOIN journal_entry e ON e.id = b.entry
WHERE e.subject_kind = ANY(%s) AND (strpos(lower(b.text), lower(%s)) > 0 OR strpos(b.text, %s) > 0)
    AND NOT EXISTS (SELECT FROM journal_restated r WHERE r.entry = b.entry)
ORDER BY e.subject_kind, e.subject_id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A redaction as lists show it."""

    id: UUID
    state: str
    says: Any
    reason_class: Any
    reason: str
    post: str
    proposed_at: datetime
    subjects: int

    @property
    def waits(self) -> bool:
        """Say whether a second person has to decide."""
        return self.state == State.PROPOSED


def redactions(actor: Actor) -> list[Row]:
    """Return the redactions that the actor may know of: those that wait first, then the newest."""
    found = Redaction.objects.filter(visible_to(actor)).order_by("-proposed_at")[:200]
    return sorted((_row(one) for one in found), key=lambda row: not row.waits)


def redaction(actor: Actor, id: UUID) -> Redaction:
    """Return one redaction. Raises `Missing`."""
    row = Redaction.objects.filter(visible_to(actor), id=id).first()
    if row is None:
        raise Missing(_("This redaction does not exist, or not for you."))
    return row


def subjects_of(actor: Actor, keys: Sequence[str]) -> list[Copies]:
    """Return the copies of those of the subjects that the actor sees."""
    found = (copies_of(named) for named in map(parse, keys) if named is not None)
    return [one for one in found if one is not None and _sees(actor, one)]


def related_to(actor: Actor, key: str) -> list[Copies]:
    """Return what says the same as the subject, or belongs to it."""
    named = parse(key)
    how = redactable_as(named[0]) if named else None
    keys = [f"{kind}:{id}" for kind, id in how.related(named[1])] if how and named else []
    return [one for one in subjects_of(actor, keys) if one.told]


def holding(actor: Actor, words: str) -> list[Copies]:
    """Return the subjects whose entries hold the words, whatever their case, as far as the actor sees them.

    Reads every body, so that nothing is left out which no index knows.
    """
    words = words.strip()
    if len(words) < SHORTEST_WORDS:
        return []
    written = orjson.dumps(words).decode()[1:-1]
    with connection.cursor() as cursor:
        kinds = [str(subject) for subject in redactable_subjects()]
        cursor.execute(_HOLDING, [kinds, written, written, MOST_FOUND])
        named = [(Subject(kind), id) for kind, id in cursor.fetchall()]
    found = [one for one in map(copies_of, named) if one is not None and one.told]
    return [one for one in found if _sees(actor, one)]


def _sees(actor: Actor, found: Copies) -> bool:
    return can_view(actor, found.row)  # type: ignore[arg-type]  # each of these tables has the columns of what is placed


def _row(row: Redaction) -> Row:
    return Row(
        row.id,
        row.state,
        STATE_WORDS[row.state],
        REASON_WORDS[row.reason_class],
        row.reason,
        org.post_label(row.post_id),
        row.proposed_at,
        len(row.subjects),
    )
