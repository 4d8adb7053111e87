"""The roots that the operator trusts: certificates in PEM files of one folder."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

ENDINGS = frozenset({".pem", ".crt", ".cer"})
# What is sent to the reading process with each file.
MOST_BYTES = 300 * 1024


def trust_roots() -> list[bytes]:
    """Return the trusted certificates as DER, without what cannot be read, which `faults_of_roots` names."""
    return _read()[0]


def faults_of_roots() -> list[str]:
    """Return the names of the files from which no certificate could be taken."""
    return _read()[1]


def _read() -> tuple[list[bytes], list[str]]:
    found: list[bytes] = []
    faults: list[str] = []
    folder = Path(settings.TRUST_ROOTS)
    for file in sorted(folder.iterdir()) if folder.is_dir() else []:
        if file.suffix.lower() not in ENDINGS:
            continue
        try:
            held = x509.load_pem_x509_certificates(file.read_bytes())
        except (OSError, ValueError):
            faults.append(file.name)
            continue
        content = [one.public_bytes(Encoding.DER) for one in held]
        if sum(map(len, [*found, *content])) > MOST_BYTES:
            faults.append(file.name)
            continue
        found += content
    return found, faults
