"""Which bodies may be absent: those that a sealed redaction of two accounts covers. For verifying; believes only facts.

Read from the entries themselves, never from the table of redactions: that could be changed by whoever took a body.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import psycopg

from thammuu.journal.facts import canonical
from thammuu.journal.proofs.leaves import body_digest
from thammuu.journal.proofs.notes import BadNote, Verifier
from thammuu.journal.redaction.facts import CARRIED_OUT, CONFIRMED, ENDED, PROPOSED, REAPPLIED
from thammuu.journal.redaction.listing import read_one
from thammuu.journal.subjects import Subject

TOLD = """
SELECT e.subject_id, e.kind, e.account, e.sequence, s.position, b.salt, b.text, e.body_digest
FROM journal_entry e LEFT JOIN journal_sealed s ON s.entry = e.id JOIN journal_body b ON b.entry = e.id
WHERE e.subject_kind = %s ORDER BY e.subject_id, e.sequence
"""
COVERED = """
SELECT s.position, e.id, b.entry IS NOT NULL FROM journal_entry e JOIN journal_sealed s ON s.entry = e.id
LEFT JOIN journal_body b ON b.entry = e.id
WHERE e.id = ANY(%s) AND e.subject_kind <> %s AND e.sequence < %s
"""


class Told(NamedTuple):
    """An entry about a redaction, whose body is the one that was recorded."""

    subject: UUID
    kind: str
    account: UUID | None
    sequence: int
    position: int | None
    body: Mapping[str, Any]


@dataclass
class Absences:
    """`positions` whose bodies may be gone, by redaction; `kept` positions whose bodies should be gone and are not;
    `agreed` the positions of the two entries that agree on each redaction; `restated` what is said instead, by entry.
    """

    positions: dict[int, UUID] = field(default_factory=dict)
    kept: list[int] = field(default_factory=list)
    agreed: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    restated: dict[UUID, tuple[UUID, str]] = field(default_factory=dict)


def absences(connection: psycopg.Connection[Any], verifier: Verifier | None = None) -> Absences:
    """Return what the journal's redactions allow; of what a restore did again, only what the verifier has signed."""
    found = Absences()
    for redaction, told in _redactions(connection).items():
        agreed = agreement(told) or _done_again(told, verifier)
        if agreed is None:
            continue
        proposed, confirmed = agreed
        for entry, body in confirmed.body["context"]["restated"].items():
            found.restated[UUID(entry)] = (redaction, canonical(body))
        if proposed.position is None or confirmed.position is None:
            continue
        found.agreed[redaction] = (proposed.position, confirmed.position)
        carried_out = any(one.kind == CARRIED_OUT and one.position is not None for one in told)
        entries = [UUID(id) for id in proposed.body["sets"]["entries"]]
        rows = connection.execute(COVERED, [entries, str(Subject.REDACTION), proposed.sequence])
        for position, _entry, there in rows:
            found.positions[position] = redaction
            if there and carried_out:
                found.kept.append(position)
    return found


def agreement(told: Iterable[Told]) -> tuple[Told, Told] | None:
    """Return the proposal and the confirmation by another account, if nothing ended the redaction between them."""
    proposed: Told | None = None
    for one in told:
        if one.kind == PROPOSED and proposed is None and one.account is not None:
            proposed = one
        elif one.kind in ENDED:
            return None
        elif one.kind == CONFIRMED and proposed is not None and one.account not in (None, proposed.account):
            return proposed, one
    return None


def _done_again(told: Iterable[Told], verifier: Verifier | None) -> tuple[Told, Told] | None:
    """Return the entry that a restore wrote, as both, if the journal's key has signed that two accounts had agreed."""
    for one in told:
        if one.kind != REAPPLIED:
            continue
        try:
            listed = read_one(one.body["context"]["note"], verifier)
        except BadNote:
            continue
        if listed.id == one.subject and {UUID(id) for id in one.body["sets"]["entries"]} <= listed.entries.keys():
            return one, one
    return None


def restated_faults(connection: psycopg.Connection[Any], found: Absences) -> list[str]:
    """Return the entries that something else is said in place of than the confirmation told."""
    rows = connection.execute("SELECT entry, redaction, text FROM journal_restated")
    stored = {entry: (redaction, text) for entry, redaction, text in rows}
    wrong = {entry for entry in stored.keys() | found.restated.keys() if stored.get(entry) != found.restated.get(entry)}
    return sorted(str(entry) for entry in wrong)


def _redactions(connection: psycopg.Connection[Any]) -> dict[UUID, list[Told]]:
    found: dict[UUID, list[Told]] = {}
    rows = connection.execute(TOLD, [str(Subject.REDACTION)])
    for subject, kind, account, sequence, position, salt, text, digest in rows:
        if body_digest(salt, text) == digest:
            told = Told(subject, kind, account, sequence, position, orjson.loads(text))
            found.setdefault(subject, []).append(told)
    return found
