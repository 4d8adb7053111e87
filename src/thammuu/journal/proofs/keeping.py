"""The journal's key in the home: made once, mode 0600, with the verifier key for everybody beside it."""

import os
import secrets
from pathlib import Path

from thammuu.journal.proofs.notary import Notary
from thammuu.journal.proofs.notes import Signer, Verifier

KEY = "journal.key"
VERIFIER = "journal.vkey"
CHECKPOINTS = "checkpoints"
WITNESSED = "witnessed"


def make_key(home: Path) -> bool:
    """Make the key unless there is one; return whether it was made."""
    file = home / KEY
    if file.exists():
        return False
    signer = Signer.make(f"thammuu-{secrets.token_hex(6)}")
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
        out.write(signer.text() + "\n")
    (home / VERIFIER).write_text(f"{signer.verifier}\n")
    return True


def read_signer(home: Path) -> Signer | None:
    """Return the key of the home, None if there is none. Raises `BadNote`."""
    file = home / KEY
    return Signer.parse(file.read_text()) if file.exists() else None


def read_verifier(home: Path) -> Verifier | None:
    """Return whom this installation believes: its own verifier key; None if there is none. Raises `BadNote`."""
    file = home / VERIFIER
    return Verifier.parse(file.read_text()) if file.exists() else None


def notary_of(home: Path) -> Notary:
    """Return who signs in this home. Raises `BadNote` if the key is malformed."""
    return Notary(read_signer(home), home / CHECKPOINTS)
