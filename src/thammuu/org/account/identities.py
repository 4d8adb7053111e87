"""The digest by which the journal knows an identity without naming it."""

import hashlib


def digest_of(salt: bytes, issuer: str, subject: str) -> str:
    """Return SHA-256 of the salt, the issuer and the subject, each with its length before it."""
    told = hashlib.sha256()
    for part in (salt, issuer.encode(), subject.encode()):
        told.update(len(part).to_bytes(4, "big") + part)
    return told.hexdigest()
