"""The encryption of what goes to a browser (RFC 8291): that browser alone reads it, its push service does not."""

import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD = 4096
"""Bytes of a record as its head says (RFC 8188). What is sent is one record, and shorter."""
LAST = b"\x02"
"""Stands after the content of a record that is the last."""


def encrypted(
    content: bytes, receiver: bytes, secret: bytes, *, key: ec.EllipticCurvePrivateKey | None = None, salt: bytes = b""
) -> bytes:
    """Return the body to post: one record of `aes128gcm` for the browser's public key and its secret of 16 bytes.

    `key` and `salt` are made for this message unless they are given; nobody gives them but a test of known values.
    Raises `ValueError` for a public key that is no point of the curve.
    """
    key = key or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    sender = point_of(key.public_key())
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, receiver))
    material = _derived(secret, shared, b"WebPush: info\0" + receiver + sender, 32)
    content_key = _derived(salt, material, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(salt, material, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4, "big") + len(sender).to_bytes(1, "big") + sender
    return head + AESGCM(content_key).encrypt(nonce, content + LAST, None)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as browsers write it: 65 bytes, uncompressed."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(salt: bytes, material: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=purpose).derive(material)
