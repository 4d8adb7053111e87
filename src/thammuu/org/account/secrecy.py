"""Secrets that the server must be able to read again, kept encrypted: a stolen copy of the database gives none away.

The key comes from the installation's secret key, which is not in the database. Earlier keys in `SECRET_KEY_FALLBACKS`
still open what they closed.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"thammuu second factors"


def close(text: str) -> str:
    """Return the text encrypted."""
    return _box().encrypt(text.encode()).decode()


def open_up(closed: str) -> str | None:
    """Return the text again; None if it was closed with a key that is gone."""
    try:
        return _box().decrypt(closed.encode()).decode()
    except InvalidToken:
        return None


def _box() -> MultiFernet:
    return MultiFernet([_key(str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
