"""An organisation's seal: its certificate and key out of a PKCS#12 file, and the signature that they make of a PDF."""

import dataclasses
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import pkcs12

FIELD = "Seal"
TSA_SECONDS = 10
_APPEND_ONLY = 3  # there are signatures, and what follows is only appended (ISO 32000-1, 12.7.2)
_DATA = bytes.fromhex("2a864886f70d0107")  # the object identifier of PKCS#7


class SealFault(StrEnum):
    """Why a file is no seal."""

    UNREADABLE = "unreadable"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a fault
    KEYLESS = "keyless"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    NOT_FOR_SIGNING = "not_for_signing"
    NO_ORGANISATION = "no_organisation"
    PICTURE = "picture"
    OPEN = "open"


class UnfitSeal(Exception):
    """A PKCS#12 file that cannot seal."""

    def __init__(self, fault: SealFault) -> None:
        super().__init__(fault)
        self.fault = fault


class Unstamped(Exception):
    """The time-stamping authority gave no time stamp."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal that may sign now. `serial` and `digest` (SHA-256) are the certificate's, hexadecimal.

    `picture` is what the seal's print looks like, a PNG that says its size by its resolution; None if there is none.
    """

    organisation: str
    serial: str
    digest: str
    valid_until: datetime
    content: bytes = dataclasses.field(repr=False)
    passphrase: str = dataclasses.field(repr=False)
    picture: bytes | None = dataclasses.field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is drawn where the seal stands: a PNG, on `page` (0 is the first), within `box` in points.

    `box` is left, bottom, right and top, from the page's lower left corner.
    """

    picture: bytes
    page: int
    box: tuple[int, int, int, int]


def opened(content: bytes, passphrase: str, now: datetime) -> Seal:
    """Return the seal in a PKCS#12 file. Raises `UnfitSeal`."""
    key, certificate = _pair(content, passphrase)
    if now > certificate.not_valid_after_utc:
        raise UnfitSeal(SealFault.EXPIRED)
    if now < certificate.not_valid_before_utc:
        raise UnfitSeal(SealFault.NOT_YET_VALID)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) or not _may_sign(certificate):
        raise UnfitSeal(SealFault.NOT_FOR_SIGNING)
    named = certificate.subject.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)
    if not named:
        raise UnfitSeal(SealFault.NO_ORGANISATION)
    return Seal(
        organisation=", ".join(str(one.value) for one in named),
        serial=f"{certificate.serial_number:x}",
        digest=certificate.fingerprint(SHA256()).hex(),
        valid_until=certificate.not_valid_after_utc.astimezone(UTC),
        content=content,
        passphrase=passphrase,
    )


def prepared(pdf: bytes) -> bytes:
    """Return the PDF with an empty form behind it: a signature then changes nothing but the list of its fields."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer, written = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    form = {"/Fields": generic.ArrayObject(), "/SigFlags": generic.NumberObject(_APPEND_ONLY)}
    named = generic.DictionaryObject({generic.pdf_name(name): value for name, value in form.items()})
    writer.root[generic.pdf_name("/AcroForm")] = writer.add_object(named)
    writer.update_root()
    writer.write(written)
    return written.getvalue()


def sealed(pdf: bytes, seal: Seal, *, mark: Mark | None = None, authority: str = "", field: str = FIELD) -> bytes:
    """Return the PDF, its own bytes first, with a PAdES signature behind them.

    Level B-B (ETSI EN 319 142-1); B-T with the time stamp of the `authority` at that address. Raises `Unstamped`.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers, timestamps
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter

    about = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=seal.organisation
    )
    signer = signers.PdfSigner(
        about,
        _signer(seal),
        timestamper=timestamps.HTTPTimeStamper(authority, timeout=TSA_SECONDS) if authority else None,
        stamp_style=_style(mark.picture) if mark else None,
        new_field_spec=SigFieldSpec(field, on_page=mark.page, box=mark.box) if mark else None,
    )
    # The library runs a loop of events of its own, which a thread that already runs one refuses.
    with ThreadPoolExecutor(max_workers=1) as thread:
        signing = thread.submit(signer.sign_pdf, IncrementalPdfFileWriter(io.BytesIO(pdf)))
    try:
        return bytes(signing.result().getvalue())
    except (timestamps.TimestampRequestError, OSError) as error:
        raise Unstamped(str(error)) from error


def _pair(content: bytes, passphrase: str) -> tuple[object, x509.Certificate]:
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(content, passphrase.encode() or None)
    except (ValueError, TypeError):
        raise UnfitSeal(SealFault.PASSPHRASE if _is_pkcs12(content) else SealFault.UNREADABLE) from None
    if key is None or certificate is None:
        raise UnfitSeal(SealFault.KEYLESS)
    return key, certificate


def _is_pkcs12(content: bytes) -> bool:
    """Whether a file begins as PKCS#12 does (RFC 7292, 4): what then cannot be opened wants another passphrase."""
    return content.startswith(b"\x30") and _DATA in content[:64]


def _may_sign(certificate: x509.Certificate) -> bool:
    """Whether the certificate's key usage (RFC 5280, 4.2.1.3), where it names any, includes signing documents."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def _signer(seal: Seal) -> Any:
    from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as certificate_of
    from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1 as key_of
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key, own, others = pkcs12.load_key_and_certificates(seal.content, seal.passphrase.encode() or None)
    chain = SimpleCertificateStore()
    chain.register_multiple([certificate_of(one) for one in others])
    return SimpleSigner(signing_cert=certificate_of(own), signing_key=key_of(key), cert_registry=chain)


def _style(picture: bytes) -> Any:
    from PIL import Image
    from pyhanko.pdf_utils.images import PdfImage
    from pyhanko.stamp import StaticStampStyle

    return StaticStampStyle(background=PdfImage(Image.open(io.BytesIO(picture))), border_width=0, background_opacity=1)
