"""The reader of signatures, which runs in the sandbox: what pyHanko finds of each, without asking any network.

pyHanko's validation is written for an event loop that fetches revocation lists. Nothing is fetched here, so nothing is
ever waited for, and the confined process needs no loop.
"""

import base64
import io
from collections.abc import Coroutine, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

import pikepdf
from cryptography import x509
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as certificate_of
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel, SuspiciousModification
from pyhanko.sign.general import UnacceptableSignerError
from pyhanko.sign.validation import PdfSignatureStatus, async_validate_pdf_signature
from pyhanko.sign.validation.errors import DisallowedAlgorithmError, SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from thammuu.paper.sandbox.answers import Answer
from thammuu.paper.signatures.verdicts import Level, State, Why

MOST_SIGNATURES = 50
# A seal is used for either: the first says that it may sign, the second that whoever signed cannot deny it.
_USAGES = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
_BAD_PDF = (PdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, NotImplementedError)
T = TypeVar("T")


def judge(content: bytes, arguments: Mapping[str, Any]) -> Answer:
    """Return `findings`, one for each signature (the fields of a `Finding`, times in ISO format).

    `roots` are the trusted certificates (DER in base64), `now` the moment (ISO), `over` the length of the PDF that was
    handed out to be signed, or 0: beyond that length nothing but signatures may have been added.
    """
    now, over = datetime.fromisoformat(arguments["now"]), int(arguments.get("over", 0))
    roots = [certificate_of(x509.load_der_x509_certificate(base64.b64decode(one))) for one in arguments["roots"]]
    try:
        marked = _bears_signature(content)
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, RuntimeError):
        return _only(State.BROKEN, Why.UNREADABLE)
    if not marked:
        return Answer({"findings": []})
    try:
        reader = PdfFileReader(io.BytesIO(content))
        embedded = reader.embedded_regular_signatures
        if not embedded:
            return _only(State.BROKEN, Why.WITHOUT_FIELD)
        if len(embedded) > MOST_SIGNATURES:
            return _only(State.BROKEN, Why.TOO_MUCH)
        if over and _shows_more(reader, content[:over]):
            return _only(State.CHANGED, Why.SHOWS_MORE)
    except _BAD_PDF:
        return _only(State.BROKEN, Why.UNREADABLE)
    embedded.sort(key=lambda one: one.signed_revision)
    return Answer({"findings": [_finding(one, roots, now, one is embedded[-1]) for one in embedded]})


def _bears_signature(content: bytes) -> bool:
    """Whether any dictionary has a range of signed bytes: a PDF that is merely odd is no broken signature."""
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True, inherit_page_attributes=False) as document:
        return any(isinstance(one, pikepdf.Dictionary) and "/ByteRange" in one for one in document.objects)


def _shows_more(reader: PdfFileReader, handed_out: bytes) -> bool:
    """Whether anything but signatures and their fields came to the PDF that was handed out."""
    before = PdfFileReader(io.BytesIO(handed_out)).xrefs.total_revisions - 1
    found = DEFAULT_DIFF_POLICY.review_file(reader, before)
    return isinstance(found, SuspiciousModification) or found.modification_level > ModificationLevel.FORM_FILLING


def _finding(one: EmbeddedPdfSignature, roots: list[Any], now: datetime, last: bool) -> dict[str, Any]:
    told: dict[str, Any] = {}
    try:
        told = told_of(one.signer_cert)
        status = _validated(one, roots, now)
        stamped = _stamped_at(status)
        if stamped is not None:
            # Who could sign then may have signed: a time stamp outlives the certificate.
            status = _validated(one, roots, stamped)
        state, why = _state(status, told, roots, stamped or now, last)
    except (DisallowedAlgorithmError, UnacceptableSignerError, NotImplementedError):
        return {**told, "state": State.BROKEN, "why": Why.UNSUPPORTED}
    except (SignatureValidationError, *_BAD_PDF):
        return {**told, "state": State.BROKEN, "why": Why.DOES_NOT_VERIFY}
    level = Level.NONE
    if one.sig_object.get("/SubFilter") == "/ETSI.CAdES.detached":
        level = Level.TIMESTAMPED if stamped else Level.BASIC
    return {
        **told,
        "state": state,
        "why": why,
        "signed_at": _iso(status.signer_reported_dt),
        "stamped_at": _iso(stamped),
        "level": level,
        "whole": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
    }


def _state(
    status: PdfSignatureStatus, told: Mapping[str, Any], roots: list[Any], at: datetime, last: bool
) -> tuple[State, Why]:
    if not status.intact:
        return State.CHANGED, Why.CONTENT_CHANGED
    if not status.valid:
        return State.BROKEN, Why.DOES_NOT_VERIFY
    if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return State.BROKEN, Why.DOES_NOT_VERIFY
    # Behind the last signature only what serves its proof may stand; behind an earlier one, further signatures too.
    most = ModificationLevel.LTA_UPDATES if last else ModificationLevel.FORM_FILLING
    if not status.docmdp_ok or status.modification_level is None or status.modification_level > most:
        return State.CHANGED, Why.ADDED_TO
    if status.trusted:
        return State.TRUSTED, Why.INTACT
    if at > datetime.fromisoformat(told["valid_until"]):
        return State.UNTRUSTED, Why.EXPIRED
    if at < datetime.fromisoformat(told["valid_from"]):
        return State.UNTRUSTED, Why.NOT_YET_VALID
    if not roots:
        return State.UNTRUSTED, Why.NO_ROOTS
    unfit = status.trust_problem_indic == AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE
    return State.UNTRUSTED, Why.NOT_FOR_SIGNING if unfit else Why.UNKNOWN_ISSUER


def _validated(one: EmbeddedPdfSignature, roots: list[Any], at: datetime) -> PdfSignatureStatus:
    trust = ValidationContext(
        trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=at,
        other_certs=one.other_embedded_certs,
    )  # fmt: skip
    return _run(async_validate_pdf_signature(one, trust, key_usage_settings=_USAGES))


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Return what work that waits for nothing comes to."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]
    raise SignatureValidationError("the validation waits for something")


def _stamped_at(status: PdfSignatureStatus) -> datetime | None:
    stamp = status.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid and stamp.trusted):
        return None
    return stamp.timestamp


def told_of(certificate: Any) -> dict[str, Any]:
    """Return what is kept of a certificate: its organisations, number, digest and validity; never a person's name."""
    return {
        "organisation": _organisation(certificate.subject),
        "issuer": _organisation(certificate.issuer),
        "serial": f"{certificate.serial_number:x}",
        "digest": certificate.sha256.hex(),
        "valid_from": _iso(certificate.not_valid_before),
        "valid_until": _iso(certificate.not_valid_after),
    }


def _organisation(name: Any) -> str:
    found = name.native.get("organization_name", "")
    return ", ".join(found) if isinstance(found, list) else str(found)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()


def _only(state: State, why: Why) -> Answer:
    return Answer({"findings": [{"state": state, "why": why}]})
