"""Cosignatures of witnesses on checkpoints, as C2SP defines them (tlog-cosignature, Ed25519).

A cosignature says: at this time, this is the longest journal of this name that the witness knows, and it goes on from
every one that it has cosigned before.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from thammuu.journal.proofs.notes import PRIVATE, BadNote, base64_of, bytes_of

COSIGNATURE = b"\x04"
LATEST_TIME = 2**63 - 1
_NAME = re.compile(r"[^\s+]+")


def _message(at: int, text: str) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A witness whose cosignatures are believed; as text "name+hash+key"."""

    name: str
    key: bytes

    @classmethod
    def parse(cls, text: str) -> "Cosigner":
        """Return the cosigner that the text (C2SP vkey) tells. Raises `BadNote`."""
        name, _plus, rest = text.strip().partition("+")
        told, _plus, encoded = rest.partition("+")
        raw = bytes_of(encoded)
        if not _NAME.fullmatch(name) or len(raw) != 33 or raw[:1] != COSIGNATURE:
            raise BadNote("this is not the key of a witness")
        cosigner = cls(name, raw[1:])
        if cosigner.id.hex() != told:
            raise BadNote("the key of the witness does not match its own hash")
        return cosigner

    @property
    def id(self) -> bytes:
        """Return the four bytes that name the key in cosignatures."""
        return hashlib.sha256(self.name.encode() + b"\n" + COSIGNATURE + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64_of(COSIGNATURE + self.key)}"

    def cosigned_at(self, note: str) -> int | None:
        """Return when (POSIX) this witness has cosigned the note, None if it has not. Raises `BadNote` if forged."""
        text, _divided, signatures = note.rpartition("\n\n")
        times = [self._time(line, text + "\n") for line in signatures.splitlines()]
        return max((at for at in times if at is not None), default=None)

    def _time(self, line: str, text: str) -> int | None:
        dash, _space, rest = line.partition(" ")
        name, _space, encoded = rest.rpartition(" ")
        if dash != "—" or name != self.name:
            return None
        raw = bytes_of(encoded)
        if raw[:4] != self.id:
            return None
        at = int.from_bytes(raw[4:12], "big")
        try:
            if len(raw) != 76 or at > LATEST_TIME:
                raise BadNote("a cosignature is malformed")
            Ed25519PublicKey.from_public_bytes(self.key).verify(raw[12:], _message(at, text))
        except (InvalidSignature, ValueError):
            raise BadNote(f"a cosignature is not of {self.name} or not of this text") from None
        return at


@dataclass(frozen=True, slots=True)
class CosigningKey:
    """The key of this installation as a witness. Its text holds the secret. It signs nothing but cosignatures."""

    name: str
    secret: bytes = field(repr=False)

    @classmethod
    def make(cls, name: str) -> "CosigningKey":
        """Return a new key."""
        return cls(name, secrets.token_bytes(32))

    @classmethod
    def parse(cls, text: str) -> "CosigningKey":
        """Return the key that the text tells. Raises `BadNote`."""
        name, _plus, rest = text.strip().removeprefix(PRIVATE).partition("+")
        raw = bytes_of(rest.partition("+")[2])
        if not text.startswith(PRIVATE) or not _NAME.fullmatch(name) or len(raw) != 33 or raw[:1] != COSIGNATURE:
            raise BadNote("this is not the key of a witness")
        return cls(name, raw[1:])

    def text(self) -> str:
        """Return the key as one line, for its file."""
        return f"{PRIVATE}{self.name}+{self.cosigner.id.hex()}+{base64_of(COSIGNATURE + self.secret)}"

    @property
    def cosigner(self) -> Cosigner:
        """Return what others check its cosignatures with."""
        return Cosigner(self.name, self._key().public_key().public_bytes_raw())

    def cosign(self, text: str, at: int) -> str:
        """Return the signature line for a checkpoint's text that ends with a newline."""
        signature = self._key().sign(_message(at, text))
        return f"— {self.name} {base64_of(self.cosigner.id + at.to_bytes(8, 'big') + signature)}\n"

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)
