"""The text of a token: made at random, told once, kept as a digest.

"thammuu_", eight characters by which a token is recognised in lists, "_", and 256 random bits. A digest of so much
chance cannot be turned round, so it needs no slow hashing, and a stolen copy of the database opens nothing.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass

MARK = "thammuu"
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_SHAPE = re.compile(rf"{MARK}_([{_LETTERS}]{{8}})_[A-Za-z0-9_-]{{43}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token as it is told, this once, with what is kept of it."""

    text: str
    prefix: str
    digest: str


def new_token() -> NewToken:
    """Return a token that nobody had before."""
    prefix = "".join(secrets.choice(_LETTERS) for _place in range(8))
    text = f"{MARK}_{prefix}_{secrets.token_urlsafe(32)}"
    return NewToken(text, prefix, digest_of(text))


def prefix_of(text: str) -> str | None:
    """Return what a token is recognised by, None for what has not the shape of one."""
    found = _SHAPE.fullmatch(text)
    return found[1] if found else None


def digest_of(text: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
