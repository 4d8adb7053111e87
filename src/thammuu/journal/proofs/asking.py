"""Asking witnesses to cosign this journal's checkpoints, and keeping what they answered.

For each witness the folder `cosigned` of the home holds the last checkpoint with its cosignature, and, while the last
attempt failed, why. A witness that knows a longer or another journal of this name has seen a second history: that is
kept and shown, never overwritten by silence.
"""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from thammuu.journal.proofs.cosigning import Cosigner
from thammuu.journal.proofs.merkle import Hash
from thammuu.journal.proofs.notes import BadNote, Checkpoint
from thammuu.journal.proofs.verifying import Kept
from thammuu.journal.proofs.witnessing import SIZE, Asked

SECONDS = 10.0
LONGEST = 16 * 1024
CONTRADICTS = "contradicts"
Proof = Callable[[int, int], list[Hash]]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A witness of this journal: what it is called here, where it is asked, and its key."""

    name: str
    url: str
    cosigner: Cosigner


@dataclass(frozen=True, slots=True)
class Standing:
    """How this journal stands with a witness: up to which size it cosigned, when (POSIX), and what is wrong."""

    neighbour: Neighbour
    size: int | None
    at: int | None
    fault: str

    @property
    def contradicts(self) -> bool:
        """Say whether the witness knows another history of this journal."""
        return self.fault.startswith(CONTRADICTS)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


class Refused(Exception):
    """A witness did not cosign; the text says why."""


def ask(neighbour: Neighbour, folder: Path, note: str, proof: Proof) -> Standing:
    """Have the checkpoint of this note cosigned; keep what came of it and return how it stands.

    `proof` gives the proof of consistency from a smaller size to that of the note.
    """
    told = Checkpoint.parse(note.rpartition("\n\n")[0] + "\n")
    try:
        line = _cosigned(neighbour, note, told, proof, standing(neighbour, folder).size or 0)
        whole = note + line
        if neighbour.cosigner.cosigned_at(whole) is None:
            raise Refused("it answered with a cosignature of another key")
    except (Refused, BadNote) as fault:
        _write(_file(neighbour, folder, "fault"), str(fault))
    else:
        _write(_file(neighbour, folder, "checkpoint"), whole)
        _file(neighbour, folder, "fault").unlink(missing_ok=True)
    return standing(neighbour, folder)


def standing(neighbour: Neighbour, folder: Path) -> Standing:
    """Return how it stands, as far as is kept."""
    why = _file(neighbour, folder, "fault")
    fault = why.read_text() if why.exists() else ""
    kept = _file(neighbour, folder, "checkpoint")
    if not kept.exists():
        return Standing(neighbour, None, None, fault)
    note = kept.read_text()
    try:
        told = Checkpoint.parse(note.rpartition("\n\n")[0] + "\n")
        return Standing(neighbour, told.size, neighbour.cosigner.cosigned_at(note), fault)
    except BadNote as bad:
        return Standing(neighbour, None, None, str(bad))


def kept(neighbours: Sequence[Neighbour], folder: Path) -> list[Kept]:
    """Return the cosigned checkpoints, for verifying."""
    files = [(one, _file(one, folder, "checkpoint")) for one in neighbours]
    return [Kept(one.name, file.read_text(), cosigner=one.cosigner) for one, file in files if file.exists()]


def _cosigned(neighbour: Neighbour, note: str, told: Checkpoint, proof: Proof, old: int) -> str:
    """Ask from the size that the witness is thought to know; it says if that is another."""
    for _attempt in range(3):
        if old > told.size:
            raise Refused(f"{CONTRADICTS}: it has cosigned a journal of {old} entries, and this one has {told.size}")
        path: list[Hash] = proof(old, told.size) if 0 < old < told.size else []
        status, kind, said = _post(neighbour.url, Asked(old, tuple(path), note).text())
        if status == 200:
            return said
        if status == 422 or (status == 409 and said.strip() == str(old)):
            raise Refused(f"{CONTRADICTS}: it has cosigned another journal of {old} entries")
        if status != 409 or kind != SIZE or not said.strip().isdecimal() or len(said) > 20:
            raise Refused(f"it answered {status}: {' '.join(said.split())[:200]}")
        old = int(said)
    raise Refused("it names another size each time")


def _post(url: str, body: bytes) -> tuple[int, str, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirects())
    request = urllib.request.Request(  # noqa: S310 - the settings take http and https only
        f"{url.rstrip('/')}/add-checkpoint", body, {"Content-Type": "text/plain; charset=utf-8"}, method="POST"
    )
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read(LONGEST).decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers.get_content_type(), answer.read(LONGEST).decode(errors="replace")
    except (OSError, http.client.HTTPException, UnicodeDecodeError) as fault:
        raise Refused(f"it does not answer ({getattr(fault, 'reason', fault)})") from None


def _file(neighbour: Neighbour, folder: Path, ending: str) -> Path:
    return folder / f"{neighbour.cosigner.id.hex()}.{ending}"


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text(text)
    fresh.replace(file)
