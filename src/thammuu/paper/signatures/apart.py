"""The door of the sandbox to the reader of signatures, with what it must have imported before any file comes."""

import base64
import io
import logging
from datetime import datetime, timedelta

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from thammuu.kernel import clock
from thammuu.paper.signatures.judging import judge
from thammuu.paper.signatures.sealing import opened, sealed

__all__ = ["judge", "rehearse"]


def rehearse() -> None:
    """Sign a blank page and judge it, with both kinds of keys, so that every library has imported what it imports."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # a verdict is no fault of the program
    now = clock.now()
    for key in (ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)):
        certificate = _certificate(key, now)
        packed = pkcs12.serialize_key_and_certificates(b"", key, certificate, None, serialization.NoEncryption())
        signed = sealed(_blank(), opened(packed, "", now))
        root = base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()
        for roots in ([], [root]):
            judge(signed, {"roots": roots, "now": now.isoformat()})
        judge(signed.replace(b"/MediaBox", b"/MediaBoy", 1), {"roots": [root], "now": now.isoformat()})


def _certificate(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Rehearsal")])
    usage = x509.KeyUsage(True, True, False, False, False, True, False, False, False)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return made.add_extension(usage, critical=True).sign(key, hashes.SHA256())


def _blank() -> bytes:
    document, written = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(written)
    return written.getvalue()
