"""Signed notes and checkpoints as C2SP defines them (signed-note, tlog-checkpoint), with Ed25519."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
PRIVATE = "PRIVATE+KEY+"
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
_NAME = re.compile(r"[^\s+]+")


class BadNote(ValueError):
    """A note, a checkpoint or a key that is not one, or is not signed by whom it should be."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """Whose signatures are believed: a name and an Ed25519 key; as text "name+hash+key"."""

    name: str
    key: bytes

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        """Return the verifier that the text (C2SP vkey) tells. Raises `BadNote`."""
        name, _plus, rest = text.strip().partition("+")
        told, _plus, encoded = rest.partition("+")
        raw = bytes_of(encoded)
        if not _NAME.fullmatch(name) or len(raw) != 33 or raw[:1] != ED25519:
            raise BadNote("this is not the verifier key of a journal")
        verifier = cls(name, raw[1:])
        if verifier.id.hex() != told:
            raise BadNote("the verifier key does not match its own hash")
        return verifier

    @property
    def id(self) -> bytes:
        """Return the four bytes that name the key in signatures."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64_of(ED25519 + self.key)}"

    def text_of(self, note: str) -> str:
        """Return the text of a note that this key has signed, its last newline included. Raises `BadNote`."""
        text, divided, signatures = note.rpartition("\n\n")
        if not divided or not signatures.endswith("\n"):
            raise BadNote("this is not a signed note")
        text += "\n"
        for line in signatures[:-1].split("\n"):
            dash, _space, rest = line.partition(" ")
            name, _space, encoded = rest.rpartition(" ")
            if dash != "—" or not name:
                raise BadNote("a signature line is malformed")
            raw = bytes_of(encoded)
            if name == self.name and raw[:4] == self.id:
                self._check(raw[4:], text)
                return text
        raise BadNote(f"the note is not signed by {self.name}")

    def _check(self, signature: bytes, text: str) -> None:
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            raise BadNote("the signature is not of this text") from None


@dataclass(frozen=True, slots=True)
class Signer:
    """The journal's own key. Its text holds the secret."""

    name: str
    secret: bytes = field(repr=False)

    @classmethod
    def make(cls, name: str) -> "Signer":
        """Return a new key."""
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> "Signer":
        """Return the key that the text tells. Raises `BadNote`."""
        name, _plus, rest = text.strip().removeprefix(PRIVATE).partition("+")
        _told, _plus, encoded = rest.partition("+")
        raw = bytes_of(encoded)
        if not text.startswith(PRIVATE) or not _NAME.fullmatch(name) or len(raw) != 33 or raw[:1] != ED25519:
            raise BadNote("this is not the key of a journal")
        return cls(name, raw[1:])

    def text(self) -> str:
        """Return the key as one line, for its file."""
        return f"{PRIVATE}{self.name}+{self.verifier.id.hex()}+{base64_of(ED25519 + self.secret)}"

    @property
    def verifier(self) -> Verifier:
        """Return what others check its signatures with."""
        return Verifier(self.name, Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """Return the note of a text that ends with a newline."""
        signature = Ed25519PrivateKey.from_private_bytes(self.secret).sign(text.encode())
        return f"{text}\n— {self.name} {base64_of(self.verifier.id + signature)}\n"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The journal's size and root at one time, in an epoch that began at a position."""

    origin: str
    size: int
    root: bytes
    epoch: int
    first_position: int

    def text(self) -> str:
        """Return what is signed."""
        return f"{self.origin}\n{self.size}\n{base64_of(self.root)}\nepoch {self.epoch} from {self.first_position}\n"

    @classmethod
    def open(cls, note: str, verifier: Verifier) -> "Checkpoint":
        """Return the checkpoint of a note that the verifier's key has signed. Raises `BadNote`."""
        text = verifier.text_of(note)
        found = cls.parse(text)
        if found.origin != verifier.name:
            raise BadNote("the checkpoint is of another log")
        return found

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Return the checkpoint of a text whose signature is checked elsewhere. Raises `BadNote`."""
        lines = text.split("\n")
        if len(lines) < 5 or lines[-1] or not _SIZE.fullmatch(lines[1]):
            raise BadNote("this is not a checkpoint")
        root = bytes_of(lines[2])
        epoch = re.fullmatch(r"epoch ([1-9][0-9]{0,8}) from ([1-9][0-9]{0,17})", lines[3])
        if len(root) != 32 or epoch is None:
            raise BadNote("this is not a checkpoint of a Thammuu journal")
        return cls(lines[0], int(lines[1]), root, int(epoch[1]), int(epoch[2]))


def base64_of(raw: bytes) -> str:
    """Return bytes as text."""
    return base64.b64encode(raw).decode()


def bytes_of(text: str) -> bytes:
    """Return the bytes of canonical base64. Raises `BadNote`."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise BadNote("the base64 is malformed") from None
    if base64_of(raw) != text:
        raise BadNote("the base64 is not canonical")
    return raw
