"""Signatures of PDFs: seals that are fit and not, and what is said of files that were signed, changed and damaged."""

import asyncio
import io
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from checks.finding import ROOT
from tests.paper.certificates import DAY, PASSPHRASE, Authority, a_print, prints_in, stamping
from tests.paper.certificates import pdf as plain
from thammuu.kernel import clock
from thammuu.paper.signatures import Level, State, Verdict, Why, verify, words
from thammuu.paper.signatures.prints import mark_in, size_of
from thammuu.paper.signatures.roots import faults_of_roots
from thammuu.paper.signatures.sealing import Mark, Seal, SealFault, UnfitSeal, Unstamped, opened, prepared, sealed
from thammuu.paper.typesetting.official import Room

OURS = prepared(plain())


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.made()


@pytest.fixture(scope="module")
def seal(authority: Authority) -> Seal:
    return opened(authority.seal(), PASSPHRASE, clock.now())


@pytest.fixture(scope="module")
def signed(seal: Seal) -> bytes:
    return sealed(OURS, seal)


@pytest.fixture(autouse=True)
def roots(authority: Authority, settings: Any, tmp_path: Path) -> Path:
    settings.TRUST_ROOTS = tmp_path / "roots"
    authority.trusted_in(settings.TRUST_ROOTS)
    return Path(settings.TRUST_ROOTS)


def _with(content: bytes, key: str, value: str) -> bytes:
    """Add something to the catalogue of a PDF, as an incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.root[generic.pdf_name(key)] = generic.pdf_string(value)
    writer.update_root()
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _repainted(content: bytes) -> bytes:
    """Put other words on the first page, as an incremental update."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page, _resources = writer.find_page_for_modification(0)
    other = generic.StreamObject(stream_data=b"BT /F 12 Tf 72 700 Td (Khac) Tj ET")
    page.get_object()[generic.pdf_name("/Contents")] = writer.add_object(other)
    writer.update_container(page.get_object())
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _said(verdict: Verdict) -> tuple[State, Why]:
    return verdict.state, verdict.why


def test_a_seal_signs_over_the_very_bytes_and_is_known_again(seal: Seal, signed: bytes) -> None:
    assert signed.startswith(OURS)
    verdict = verify(signed, over=OURS)
    assert _said(verdict) == (State.TRUSTED, Why.INTACT) and verdict.trusted
    last = verdict.last
    assert last is not None and (last.organisation, last.issuer) == ("Văn phòng Bộ", "Trung tâm chứng thực")
    assert (last.serial, last.digest, last.level, last.whole) == (seal.serial, seal.digest, Level.BASIC, True)
    assert last.signed_at is not None and last.signed_at.tzinfo == UTC
    assert last.signed_at <= verdict.checked_at <= clock.now()
    assert last.stamped_at is None and last.valid_until == seal.valid_until
    assert "Con dấu" not in repr(verdict), "the common name can be a person's"


def test_a_thread_that_runs_a_loop_of_events_seals_too(seal: Seal) -> None:
    async def handled() -> bytes:
        return sealed(OURS, seal)

    # Not in this thread: the browser of other tests has left a loop running here.
    with ThreadPoolExecutor(max_workers=1) as thread:
        assert verify(thread.submit(asyncio.run, handled()).result(), over=OURS).trusted


def test_a_drawn_seal_is_a_signature_like_another(seal: Seal) -> None:
    mark = Mark(a_print(), 0, (300, 100, 402, 202))
    drawn = sealed(OURS, seal, mark=mark)
    assert verify(drawn, over=OURS).trusted
    assert _said(verify(_repainted(drawn))) == (State.CHANGED, Why.ADDED_TO)
    [[box, picture]] = prints_in(drawn)
    assert box == mark.box and picture.mode == "RGBA" and picture.size == (425, 425)
    assert not prints_in(sealed(OURS, seal))


def test_a_print_stands_over_the_left_third_of_a_signature_as_large_as_the_seal() -> None:
    assert [round(side, 1) for side in size_of(a_print())] == [36.0, 36.0]
    # Points of an inch of 72: the middle of the print is 24.7 mm left of the signature's, and as high.
    mark = mark_in(Room(2, 400.0, 300.0), a_print())
    assert mark.page == 2 and mark.box == (279, 249, 381, 351)


@pytest.mark.parametrize(
    "content", [b"", b"no picture", a_print(dpi=None), a_print(dpi=30), a_print(dpi=900), a_print(kind="JPEG")]
)
def test_a_print_of_another_size_or_kind_is_unfit(content: bytes) -> None:
    with pytest.raises(UnfitSeal) as unfit:
        size_of(content)
    assert unfit.value.fault == SealFault.PICTURE
    with pytest.raises(UnfitSeal):
        mark_in(Room(0, 400.0, 300.0), content)


def test_a_pdf_without_a_signature_is_told_of_as_such() -> None:
    assert _said(verify(OURS)) == (State.NONE, Why.UNSIGNED)


@pytest.mark.parametrize("content", [b"", b"no PDF", b"%PDF-1.7\n%nothing more", OURS[:300]])
def test_what_is_no_pdf_is_broken_and_nothing_is_raised(content: bytes) -> None:
    assert verify(content).state in (State.BROKEN, State.NONE)
    assert not verify(content).trusted


def test_a_signed_pdf_whose_end_is_missing_is_never_trusted(signed: bytes) -> None:
    for length in (len(signed) - 40, len(signed) // 2):
        assert verify(signed[:length]).state != State.TRUSTED


def test_a_byte_changed_in_what_was_signed_is_noticed(signed: bytes) -> None:
    assert _said(verify(signed.replace(b"(Van ban)", b"(Van bam)"))) == (State.CHANGED, Why.CONTENT_CHANGED)


def test_a_damaged_signature_is_broken(signed: bytes) -> None:
    start, end = signed.index(b"/Contents <") + 11, signed.index(b">", signed.index(b"/Contents <") + 11)
    value = len(signed[start:end].rstrip(b"0")) - 20  # what the key made stands at the end
    for place in (0, value):
        damaged = bytearray(signed)
        damaged[start + place : start + place + 8] = bytes(b"0123abcd" if damaged[start + place] != 48 else b"1123abcd")
        assert verify(bytes(damaged)).state == State.BROKEN


def test_what_is_added_after_the_signature_is_noticed(signed: bytes) -> None:
    assert _said(verify(_with(signed, "/Lang", "vi"))) == (State.CHANGED, Why.ADDED_TO)
    assert _said(verify(_repainted(signed))) == (State.CHANGED, Why.ADDED_TO)


def test_a_signature_over_another_pdf_or_over_more_than_ours_is_refused(seal: Seal, signed: bytes) -> None:
    assert _said(verify(signed, over=plain(b"Khac"))) == (State.CHANGED, Why.OTHER_PDF)
    repainted = sealed(_repainted(OURS), seal)
    assert verify(repainted).trusted, "by itself there is nothing wrong with it"
    assert _said(verify(repainted, over=OURS)) == (State.CHANGED, Why.SHOWS_MORE)


def test_a_file_signed_twice_is_trusted_when_both_are(seal: Seal, signed: bytes, authority: Authority) -> None:
    other = opened(authority.seal("Cục B"), PASSPHRASE, clock.now())
    twice = sealed(signed, other, field="Second")
    verdict = verify(twice, over=OURS)
    assert verdict.trusted and [one.organisation for one in verdict.findings] == ["Văn phòng Bộ", "Cục B"]
    assert [one.whole for one in verdict.findings] == [False, True]
    stranger = opened(Authority.made("Xa lạ").seal("Người ngoài"), PASSPHRASE, clock.now())
    verdict = verify(sealed(signed, stranger, field="Second"))
    assert _said(verdict) == (State.UNTRUSTED, Why.UNKNOWN_ISSUER)
    assert [one.state for one in verdict.findings] == [State.TRUSTED, State.UNTRUSTED]


def test_a_chain_to_a_root_of_others_is_not_trusted(signed: bytes, settings: Any, tmp_path: Path) -> None:
    settings.TRUST_ROOTS = tmp_path / "none"
    assert _said(verify(signed)) == (State.UNTRUSTED, Why.NO_ROOTS)
    Authority.made("Xa lạ").trusted_in(settings.TRUST_ROOTS)
    assert _said(verify(signed)) == (State.UNTRUSTED, Why.UNKNOWN_ISSUER)


def test_a_certificate_that_expired_since_and_one_not_valid_yet_are_not_trusted(signed: bytes) -> None:
    assert _said(verify(signed, now=clock.now() + 400 * DAY)) == (State.UNTRUSTED, Why.EXPIRED)
    assert _said(verify(signed, now=clock.now() - 60 * DAY)) == (State.UNTRUSTED, Why.NOT_YET_VALID)


def test_a_time_stamp_outlives_the_certificate(authority: Authority, seal: Seal) -> None:
    with stamping(authority) as address:
        stamped = sealed(OURS, seal, authority=address)
    later = verify(stamped, over=OURS, now=clock.now() + 400 * DAY)
    assert later.trusted and later.last is not None
    assert later.last.level == Level.TIMESTAMPED and later.last.stamped_at is not None
    with pytest.raises(Unstamped):
        sealed(OURS, seal, authority=address)  # nobody answers there any more


def test_a_certificate_that_may_not_sign_is_told_of(authority: Authority, seal: Seal) -> None:
    forged = replace(seal, content=authority.seal(signs=False))
    assert _said(verify(sealed(OURS, forged))) == (State.UNTRUSTED, Why.NOT_FOR_SIGNING)


@pytest.mark.parametrize(
    ("values", "passphrase", "fault"),
    [
        ({}, "another", SealFault.PASSPHRASE),
        ({"until": -DAY}, PASSPHRASE, SealFault.EXPIRED),
        ({"since": DAY}, PASSPHRASE, SealFault.NOT_YET_VALID),
        ({"signs": False}, PASSPHRASE, SealFault.NOT_FOR_SIGNING),
        ({"organisation": ""}, PASSPHRASE, SealFault.NO_ORGANISATION),
    ],
)
def test_a_file_that_is_no_seal_says_why(
    authority: Authority, values: dict[str, Any], passphrase: str, fault: SealFault
) -> None:
    with pytest.raises(UnfitSeal) as refused:
        opened(authority.seal(**values), passphrase, clock.now())
    assert refused.value.fault == fault


def test_what_is_no_pkcs12_is_unreadable_and_a_seal_shows_no_secret(seal: Seal) -> None:
    for content in (b"", b"text", OURS):
        with pytest.raises(UnfitSeal) as refused:
            opened(content, PASSPHRASE, clock.now())
        assert refused.value.fault == SealFault.UNREADABLE
    assert PASSPHRASE not in repr(seal) and "content" not in repr(seal)


def test_a_root_that_cannot_be_read_is_named_and_the_others_count(roots: Path, signed: bytes) -> None:
    (roots / "broken.pem").write_text("-----BEGIN CERTIFICATE-----")
    (roots / "notes.txt").write_text("not looked at")
    assert faults_of_roots() == ["broken.pem"]
    assert verify(signed).trusted


def test_every_verdict_has_words_in_both_languages() -> None:
    assert set(words.STATES) == set(words.TONES) == set(State) and set(words.REASONS) == set(Why)
    for known in (words.STATES, words.REASONS):
        for sentence in known.values():
            with translation.override("vi"):
                vietnamese = str(sentence)
            with translation.override("en"):
                assert str(sentence) not in ("", vietnamese)


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig (poppler-utils) is not on this machine")
def test_another_implementation_finds_the_same(signed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    for content, words_of_it in (
        (signed, "Signature is Valid"),
        (signed.replace(b"(Van ban)", b"(Van bam)"), "Digest Mismatch"),
    ):
        file.write_bytes(content)
        said = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
        assert words_of_it in said and "ETSI.CAdES.detached" in said and "Total document signed" in said


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not on this machine")
def test_the_commands_of_the_handbook_make_a_seal(tmp_path: Path, settings: Any) -> None:
    page = (ROOT / "docs" / "operators" / "signing.md").read_text()
    (commands,) = re.findall(r"^```sh\n(.*?)^```", page, re.M | re.S)
    subprocess.run(["sh", "-ec", commands], cwd=tmp_path, check=True, capture_output=True)
    seal = opened((tmp_path / "01.p12").read_bytes(), (tmp_path / "01.passphrase").read_text().strip(), clock.now())
    settings.TRUST_ROOTS = tmp_path
    assert seal.organisation == "Trial office" and verify(sealed(OURS, seal)).trusted
    assert (tmp_path / "01.p12").stat().st_mode & 0o077 == 0
