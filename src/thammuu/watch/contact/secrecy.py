"""How a contact is closed: encrypted with a key that is not in the database, under a salt of its own.

The same telephone number in two rows gives two unlike texts, so that nobody can join incidents by who reported them.
The key comes from the installation's secret key; earlier ones in `SECRET_KEY_FALLBACKS` still open what they closed.
"""

import base64
import hashlib
import hmac
import os
from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"thammuu reporter contacts"
BLOCK = 64
SALT = 16


class Closed(NamedTuple):
    """What is stored: `salt` (16 bytes), `sealed` (ciphertext), and `digest`, hexadecimal, which facts may tell: it
    is keyed and salted, so it says nothing to whoever lacks either."""

    salt: bytes
    sealed: bytes
    digest: str


def close(text: str) -> Closed:
    """Return the text closed. It is padded, so that its length tells little."""
    salt = os.urandom(SALT)
    content = text.encode()
    padded = content + bytes(-len(content) % BLOCK)
    key = _key(str(settings.SECRET_KEY), salt)
    return Closed(salt, Fernet(base64.urlsafe_b64encode(key)).encrypt(padded), _digest(key, content))


def open_up(salt: bytes, sealed: bytes, digest: str) -> str | None:
    """Return the text again; None if its key is gone or the row is not what was kept."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = _key(str(secret), salt)
        try:
            content = Fernet(base64.urlsafe_b64encode(key)).decrypt(sealed).rstrip(b"\0")
        except InvalidToken:
            continue
        if hmac.compare_digest(_digest(key, content), digest):
            return content.decode()
    return None


def _digest(key: bytes, content: bytes) -> str:
    return hmac.new(key, content, hashlib.sha256).hexdigest()


def _key(secret: str, salt: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=PURPOSE).derive(secret.encode())
