"""The list of confirmed redactions that is kept beside the backups, so that a restore which lost one does it again.

It holds ids, positions and digests, nothing of what was said. The list is a note signed by the journal's key; each of
its lines is one more, about one redaction: what a restore does again is vouched for by that note, in the journal.

    thammuu-redactions/1        thammuu-redaction/1
    a checkpoint's four lines   a checkpoint's four lines
    "note" of each, as JSON     {redaction, as JSON}
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from thammuu.journal.facts import plain
from thammuu.journal.proofs.notary import head_and_epoch
from thammuu.journal.proofs.notes import BadNote, Checkpoint, Signer, Verifier
from thammuu.journal.proofs.reading import StoredTree
from thammuu.journal.redaction.facts import CONFIRMED, PROPOSED, REAPPLIED

LIST = "thammuu-redactions/1"
ONE = "thammuu-redaction/1"
HEAD = 4
"""Lines of a checkpoint's text."""

_ROWS = """
SELECT id, subjects, entries, world, units, classification, event_id, reason_class, proposed_at, account_id, post_id,
    decided_at, decided_post_id
FROM journal_redaction WHERE state IN ('confirmed', 'carried_out') ORDER BY decided_at, id
"""
_TOLD = """
SELECT e.subject_id, s.position, e.account, e.kind, b.text::json -> 'context' -> 'accounts' ->> 1
FROM journal_entry e JOIN journal_sealed s ON s.entry = e.id JOIN journal_body b ON b.entry = e.id
WHERE e.subject_id = ANY(%s) AND e.kind = ANY(%s)
"""
_ENTRIES = """
SELECT e.id, s.position, encode(e.body_digest, 'hex') FROM journal_entry e JOIN journal_sealed s ON s.entry = e.id
WHERE e.id = ANY(%s)
"""


class Place(NamedTuple):
    """Where an entry stands, and the digest of its body (hexadecimal)."""

    position: int
    digest: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A confirmed redaction: the columns of its row but the reason's words, the places of its entries, the positions
    of those who agreed, and the two accounts. `note` is what the journal's key has signed of it."""

    id: UUID
    subjects: tuple[str, ...]
    entries: dict[UUID, Place]
    agreed: tuple[int, ...]
    accounts: tuple[UUID, UUID]
    world: str
    units: tuple[UUID, ...]
    classification: int
    event_id: UUID | None
    reason_class: str
    proposed_at: datetime
    post_id: UUID | None
    decided_at: datetime
    decided_post_id: UUID | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The list as of a checkpoint: it knows every redaction that was confirmed and sealed until then."""

    at: Checkpoint
    redactions: tuple[Listed, ...]


def write_list(connection: psycopg.Connection[Any], signer: Signer) -> str:
    """Return the list of everything that is confirmed and sealed now, signed."""
    head, (epoch, first) = head_and_epoch(connection)
    at = Checkpoint(signer.name, head, StoredTree(connection, head).root(), epoch, first).text()
    notes = [signer.sign(f"{ONE}\n{at}{_line(one)}\n") for one in _listed(connection)]
    return signer.sign(f"{LIST}\n{at}" + "".join(f"{json.dumps(note)}\n" for note in notes))


def read_list(note: str, verifier: Verifier) -> Listing:
    """Return the list. Raises `BadNote` if it is not signed by that key, or is no list."""
    at, lines = _parted(note, LIST, verifier)
    try:
        return Listing(at, tuple(read_one(json.loads(line), verifier) for line in lines))
    except (ValueError, TypeError) as fault:
        raise BadNote(f"the list of redactions cannot be read ({fault})") from None


def read_one(note: str, verifier: Verifier | None) -> Listed:
    """Return what a note says of one redaction. Without a verifier nothing can be told of the signature.

    Raises `BadNote`; also where one account agreed with itself.
    """
    _at, lines = _parted(note, ONE, verifier)
    try:
        told = json.loads("".join(lines))
        one = Listed(
            id=UUID(told["id"]),
            subjects=tuple(told["subjects"]),
            entries={UUID(id): Place(*place) for id, place in told["entries"].items()},
            agreed=tuple(told["agreed"]),
            accounts=(UUID(told["accounts"][0]), UUID(told["accounts"][1])),
            world=told["world"],
            units=tuple(map(UUID, told["units"])),
            classification=told["classification"],
            event_id=_id(told["event_id"]),
            reason_class=told["reason_class"],
            proposed_at=datetime.fromisoformat(told["proposed_at"]),
            post_id=_id(told["post_id"]),
            decided_at=datetime.fromisoformat(told["decided_at"]),
            decided_post_id=_id(told["decided_post_id"]),
            note=note,
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise BadNote("this is not a redaction of the list") from None
    if one.accounts[0] == one.accounts[1]:
        raise BadNote("one account agreed with itself")
    return one


def _parted(note: str, magic: str, verifier: Verifier | None) -> tuple[Checkpoint, list[str]]:
    text = verifier.text_of(note) if verifier else note.rpartition("\n\n")[0] + "\n"
    head, *lines = text.removesuffix("\n").split("\n")
    if head != magic or len(lines) < HEAD:
        raise BadNote("this is not a list of redactions")
    at = Checkpoint.parse("".join(f"{line}\n" for line in lines[:HEAD]))
    if verifier and at.origin != verifier.name:
        raise BadNote("this is a list of redactions of another log")
    return at, lines[HEAD:]


def _listed(connection: psycopg.Connection[Any]) -> list[Listed]:
    """Return what is confirmed, as far as the confirmation is sealed."""
    rows = connection.execute(_ROWS).fetchall()
    kinds = [PROPOSED, CONFIRMED, REAPPLIED]
    told: dict[UUID, dict[str, tuple[int, Any]]] = {}
    for id, position, account, kind, second in connection.execute(_TOLD, [[row[0] for row in rows], kinds]):
        told.setdefault(id, {})[kind] = (position, UUID(second) if kind == REAPPLIED else account)
    places = {
        id: Place(position, digest)
        for id, position, digest in connection.execute(_ENTRIES, [[one for row in rows for one in row[2]]])
    }
    found = []
    for id, subjects, entries, world, units, level, event, why, proposed_at, account, post, decided_at, other in rows:
        said = told.get(id, {})
        last = said.get(CONFIRMED) or said.get(REAPPLIED)
        if last is None:
            continue
        found.append(
            Listed(
                id=id,
                subjects=tuple(subjects),
                entries={one: places[one] for one in entries if one in places},
                agreed=tuple(sorted(position for position, _account in said.values())),
                accounts=(account, last[1]),
                world=world,
                units=tuple(units),
                classification=level,
                event_id=event,
                reason_class=why,
                proposed_at=proposed_at,
                post_id=post,
                decided_at=decided_at,
                decided_post_id=other,
            )
        )
    return found


def _line(one: Listed) -> str:
    told = {name: plain(getattr(one, name)) for name in Listed.__slots__ if name != "note"}
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
