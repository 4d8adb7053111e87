"""The key by which push services know this installation (VAPID, RFC 8292): `push.key` of the home, mode 0600.

Browsers bind what they receive to this key. With another one each must be set up anew.
"""

import base64
import os
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from joserfc import jwt
from joserfc.jwk import ECKey

from thammuu.directives.urging.push.encryption import CURVE, point_of

KEY = "push.key"
LASTS = 12 * 3600
"""Seconds for which a token holds; push services refuse more than a day."""


def make_key(home: Path) -> bool:
    """Make the key unless there is one; return whether it was made."""
    file = home / KEY
    if file.exists():
        return False
    made = ec.generate_private_key(CURVE)
    with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return True


def public_key(file: Path) -> str:
    """Return the public key as browsers take it, "" if there is no key that can be read."""
    try:
        key = load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError):
        return ""
    return text_of(point_of(key.public_key())) if isinstance(key, ec.EllipticCurvePrivateKey) else ""


def authorization(file: Path, origin: str, contact: str) -> str:
    """Return the header by which the push service of this origin lets a message in."""
    claims = {"aud": origin, "exp": int(time.time()) + LASTS, "sub": contact}
    token = jwt.encode({"typ": "JWT", "alg": "ES256"}, claims, ECKey.import_key(file.read_bytes()))
    return f"vapid t={token}, k={public_key(file)}"


def text_of(value: bytes) -> str:
    """Return bytes as base64url without padding."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def bytes_of(text: str) -> bytes:
    """Return the bytes of base64url, padded or not. Raises `ValueError`."""
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
