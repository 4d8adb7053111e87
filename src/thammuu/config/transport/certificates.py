"""Reading certificates and keys, and judging whether they may serve an installation."""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from thammuu.config.language import _
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.config.transport.authority import address_in, dns_name
from thammuu.kernel.errors import BadInput

LEAST_RSA = 2048


@dataclass(frozen=True)
class Pair:
    """A server certificate with whatever certificates follow it in its file; its key is known to fit."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


def read_pair(certificate: Path, key: Path) -> Pair:
    """Return what the two files hold (they may be one); raises `CannotStart` with the remedy."""
    chain = read_certificates(certificate)
    try:
        private = load_pem_private_key(_bytes(key), password=None)
    except TypeError:
        raise CannotStart(
            _("The key {file} is encrypted; give one without a passphrase, readable by this account only.").format(
                file=key
            )
        ) from None
    except (ValueError, OverflowError):
        raise CannotStart(
            _("There is no private key in {file}; name its PEM file in tls_key.").format(file=key)
        ) from None
    if _spki(private.public_key()) != _spki(chain[0].public_key()):
        raise CannotStart(
            _(
                "The key {key} does not belong to the certificate {file}; put the server's own certificate first."
            ).format(key=key, file=certificate)
        )
    return Pair(chain[0], tuple(chain[1:]))


def read_certificates(file: Path) -> list[x509.Certificate]:
    """Return the certificates of a PEM file; raises `CannotStart`."""
    try:
        return x509.load_pem_x509_certificates(_bytes(file))
    except ValueError:
        raise CannotStart(_("There is no certificate in {file}; it must be a PEM file.").format(file=file)) from None


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CannotStart(
            _("{file} cannot be read ({reason}); name the right file, and let this account read it.").format(
                file=file, reason=error.strerror
            )
        ) from None


def _spki(public: object) -> bytes:
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined, no-any-return]  # whichever kind of key a certificate holds


def faults_of(certificate: x509.Certificate, hosts: Sequence[str], now: datetime) -> list[str]:
    """Return why browsers would not take the certificate for these hosts, each with its remedy; empty if they would."""
    found = []
    if now > certificate.not_valid_after_utc:
        found.append(
            _("The certificate expired on {day}; put a new one in its place.").format(
                day=f"{certificate.not_valid_after_utc:%Y-%m-%d}"
            )
        )
    if now < certificate.not_valid_before_utc:
        found.append(
            _("The certificate holds from {day} only; see whether this machine's clock is right.").format(
                day=f"{certificate.not_valid_before_utc:%Y-%m-%d %H:%M}"
            )
        )
    missing = [host for host in hosts if not covers(certificate, host)]
    if missing:
        found.append(
            _("The certificate does not name {hosts}; have it made for them, or take them out of 'hosts'.").format(
                hosts=", ".join(missing)
            )
        )
    if not _strong(certificate):
        found.append(
            _("The certificate's key or signature is too weak; have it made with ECDSA P-256 or RSA 2048, and SHA-256.")
        )
    return found


def covers(certificate: x509.Certificate, host: str) -> bool:
    """Say whether the certificate is for a host (as in `hosts`: a leading dot stands for all below a domain)."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return False  # browsers have long stopped reading the common name
    address = address_in(host)
    if address is not None:
        return address in names.get_values_for_type(x509.IPAddress)
    try:
        wanted = dns_name(host)
    except BadInput:
        return False
    held = {name.lower() for name in names.get_values_for_type(x509.DNSName)}
    return wanted in held or f"*.{wanted.partition('.')[2]}" in held


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of the certificate as devices show it: pairs of hexadecimal digits."""
    return certificate.fingerprint(SHA256()).hex(":").upper()


def _strong(certificate: x509.Certificate) -> bool:
    key, signed = certificate.public_key(), certificate.signature_hash_algorithm
    strong = isinstance(key, ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey)
    strong = strong or (isinstance(key, rsa.RSAPublicKey) and key.key_size >= LEAST_RSA)
    return strong and (signed is None or signed.digest_size >= SHA256().digest_size)


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """Return how we speak TLS: 1.2 and 1.3, forward secrecy and authenticated encryption only."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers("ECDHE+AESGCM:ECDHE+CHACHA20")
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_CIPHER_SERVER_PREFERENCE | ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])
    load(context, certificate, key)
    return context


def load(context: ssl.SSLContext, certificate: Path, key: Path) -> None:
    """Let new connections use these files; raises `CannotStart` and leaves the context as it was."""
    read_pair(certificate, key)
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise CannotStart(
            _("The certificate {file} cannot be used ({reason}); have a new one made.").format(
                file=certificate, reason=error
            )
        ) from error
