"""What an auditor is shown: how far the journal is signed, and the proof of one entry."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
import segno
from django.conf import settings
from django.db import connection

from thammuu.desk.journal_pages import entry_of
from thammuu.journal.feed import FeedEntry
from thammuu.journal.models import Checkpoint, Sealed
from thammuu.journal.proofs import keeping, merkle
from thammuu.journal.proofs.asking import Standing as Witnessed
from thammuu.journal.proofs.leaves import leaves_at
from thammuu.journal.proofs.notary import head_and_epoch
from thammuu.journal.proofs.notes import BadNote, Verifier
from thammuu.journal.proofs.reading import StoredTree
from thammuu.kernel import clock
from thammuu.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Standing:
    """How far everything is sealed and signed. `signed` is None before the first checkpoint."""

    head: int
    epoch: int
    signed: Checkpoint | None
    verifier: Verifier | None


@dataclass(frozen=True, slots=True)
class Cosigned:
    """What a witness has cosigned last: up to which size and when; `fault` says why nothing newer."""

    name: str
    size: int | None
    at: datetime | None
    fault: str


_ask: Callable[[], Sequence[Witnessed]] = tuple


def provide_witnesses(ask: Callable[[], Sequence[Witnessed]]) -> None:
    """Let the settings of the installation say how the journal stands with its witnesses."""
    global _ask
    _ask = ask


def witnesses() -> list[Cosigned]:
    """Return the witnesses of this journal with what they cosigned last."""
    return [
        Cosigned(one.neighbour.name, one.size, datetime.fromtimestamp(one.at, UTC) if one.at else None, one.fault)
        for one in _ask()
    ]


@dataclass(frozen=True, slots=True)
class Step:
    """A hash of the path, and whether it stands to the left of what is known so far."""

    hash: str
    left: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry with everything that one needs to check it. `leaf` is the line that is hashed."""

    position: int
    entry: FeedEntry
    leaf: str
    salt: str
    body: str
    path: Sequence[Step]
    checkpoint: Checkpoint

    def for_browser(self, verifier: Verifier | None) -> dict[str, Any]:
        """Return what the page's script computes from."""
        return {
            "position": self.position,
            "salt": self.salt,
            "body": self.body,
            "path": [step.hash for step in self.path],
            "note": self.checkpoint.note,
            "verifier": str(verifier or ""),
        }


def standing() -> Standing:
    """Return how far the journal is sealed and signed."""
    head, (epoch, _first) = head_and_epoch(_driver())
    return Standing(head, epoch, latest(), own_verifier())


def own_verifier() -> Verifier | None:
    """Return the key of this journal; None if there is none that can be read here."""
    try:
        return keeping.read_verifier(settings.HOME)
    except (BadNote, OSError):
        return None


def latest(day: date | None = None) -> Checkpoint | None:
    """Return the newest checkpoint, or the last one that was signed on the organisation's day."""
    found = Checkpoint.objects.order_by("-epoch", "-size")
    if day is not None:
        began = datetime(day.year, day.month, day.day, tzinfo=clock.ORGANISATION_ZONE)
        ended = datetime.fromordinal(day.toordinal() + 1).replace(tzinfo=clock.ORGANISATION_ZONE)
        found = found.filter(signed_at__gte=began, signed_at__lt=ended)
    return found.first()


def entry_at(position: int) -> UUID | None:
    """Return the entry at the position."""
    return Sealed.objects.filter(position=position).values_list("entry", flat=True).first()


def proof_of(actor: Actor, id: UUID) -> tuple[FeedEntry, Proof | None]:
    """Return an entry that the actor may read and its proof; None while no checkpoint covers it. Raises `Missing`."""
    entry, _row, _told = entry_of(actor, id)
    signed = latest()
    if signed is None or entry.position is None or entry.position > signed.size:
        return entry, None
    index = entry.position - 1
    [leaf] = leaves_at(_driver(), [entry.position])
    path = StoredTree(_driver(), signed.size).inclusion(index)
    steps = [Step(hash.hex(), left) for hash, left in zip(path, merkle.is_left(index, signed.size), strict=True)]
    salt, body = (leaf.salt or b"").hex(), leaf.body or ""
    return entry, Proof(entry.position, entry, leaf.text, salt, body, steps, signed)


def qr_code(note: str) -> str:
    """Return the note as a QR code: SVG without styles, on white."""
    code = segno.make(note, error="m", micro=False, encoding="utf-8")
    return str(code.svg_inline(scale=4, border=4, light="#fff", svgclass="qr", lineclass=None))


def _driver() -> psycopg.Connection[Any]:
    connection.ensure_connection()
    own: psycopg.Connection[Any] = connection.connection
    return own
