"""An issued document is approved, and signed only by its own act: with the unit's seal, or elsewhere."""

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pdfminer.high_level import extract_text

from tests.directives.documents.desk import Desk
from tests.directives.documents.test_web import page, proved
from tests.ground import client_of
from tests.paper import certificates
from tests.paper.certificates import DAY, PASSPHRASE, Authority, a_print, pdf, prints_in, stamping
from thammuu.directives.documents import outputs
from thammuu.directives.documents.models import Document
from thammuu.directives.documents.signing import actions, queries
from thammuu.directives.documents.signing.models import DocumentSignature
from thammuu.journal import feed
from thammuu.journal.recording import Submission
from thammuu.kernel import clock
from thammuu.kernel.errors import BadInput, Conflict, Missing, Refused
from thammuu.kernel.ids import new_id
from thammuu.org import directory
from thammuu.paper import storage
from thammuu.paper.models import Attachment
from thammuu.paper.signatures import verify
from thammuu.paper.signatures.prints import mark_in
from thammuu.paper.signatures.sealing import opened, sealed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fold_equals_tables")]


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.made()


@pytest.fixture(scope="module")
def seal(authority: Authority) -> bytes:
    return authority.seal()


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path, authority: Authority) -> Iterator[None]:
    settings.HOME, settings.SIGNING, settings.TRUST_ROOTS = tmp_path, tmp_path / "signing", tmp_path / "roots"
    authority.trusted_in(settings.TRUST_ROOTS)
    with translation.override("en"):
        yield


def lay_down(desk: Desk, folder: Path, seal: bytes, passphrase: str = PASSPHRASE, mode: int = 0o600) -> None:
    """Give the ministry a seal."""
    code = directory.current().units[desk.organisation.ministry].code
    certificates.lay_down(folder, code, seal, passphrase, mode)


def sign(desk: Desk, row: Document, **values: Any) -> DocumentSignature:
    given = {"actor": desk.organisation.staff, "now": desk.now, "document": row.id, **values}
    return DocumentSignature.objects.get(id=actions.sign_document(**given))


def copy_of(desk: Desk, row: Document) -> bytes:
    actions.prepare_signing(actor=desk.organisation.staff, now=desk.now, document=row.id)
    return queries.prepared_copy(desk.organisation.staff, row.id)


def hand_in(desk: Desk, row: Document, content: bytes) -> DocumentSignature:
    staff = desk.organisation.staff
    id = actions.take_signed_document(actor=staff, now=desk.now, document=row.id, content=content)
    return DocumentSignature.objects.get(id=id)


def files_in(folder: Path) -> set[str]:
    return {file.name for file in folder.rglob("attachments/*/*")}


def test_the_seal_signs_what_was_set_and_the_journal_says_with_what(desk: Desk, settings: Any, seal: bytes) -> None:
    row = desk.issued()
    lay_down(desk, settings.SIGNING, seal)
    submission = Submission(new_id(), b"1" * 32)
    signature = sign(desk, row, submission=submission)
    assert sign(desk, row, submission=submission) == signature, "sent twice, signed once"
    known = opened(seal, PASSPHRASE, desk.now)
    assert (signature.way, signature.standing, signature.level) == ("seal", "trusted", "B-B")
    assert (signature.serial, signature.certificate, signature.organisation) == (
        known.serial, known.digest, "Văn phòng Bộ",
    )  # fmt: skip
    copy, signed = queries.content_of(signature.copy_digest), queries.content_of(signature.signed_digest)
    assert signed.startswith(copy) and verify(signed, over=copy).trusted
    assert "Số: 01/CT-VPB" in " ".join(extract_text(io.BytesIO(signed)).split())
    assert queries.signed_pdf(desk.organisation.hanoi_officer, row) == signed, "it is what is handed out"
    told = [entry.say("en") for entry in feed.of_subjects([signature.id])]
    assert told == ["PDF prepared to be signed", "Document digitally signed by Văn phòng Bộ"]
    kept = {one.id: one for one in Attachment.objects.all()}
    assert set(kept) == {signature.copy_id, signature.signed_id}
    assert all(one.units == row.units and one.name == "01-CT-VPB.pdf" for one in kept.values())


def test_the_print_of_a_seal_stands_where_the_signatory_signs(desk: Desk, settings: Any, seal: bytes) -> None:
    row, code = desk.issued(), directory.current().units[desk.organisation.ministry].code
    lay_down(desk, settings.SIGNING, seal)
    (settings.SIGNING / f"{code}.png").write_bytes(a_print())
    signature = sign(desk, row)
    assert signature.standing == "trusted"
    room = outputs.room_in(desk.organisation.staff, row, queries.content_of(signature.copy_digest))
    assert room is not None
    [[box, _picture]] = prints_in(queries.content_of(signature.signed_digest))
    assert box == mark_in(room, a_print()).box
    assert outputs.room_in(desk.organisation.staff, row, pdf()) is None, "set by another edition: no place is known"


def test_a_seal_whose_print_is_unfit_signs_nothing_and_says_so(desk: Desk, settings: Any, seal: bytes) -> None:
    row, code = desk.issued(), directory.current().units[desk.organisation.ministry].code
    lay_down(desk, settings.SIGNING, seal)
    for content in (b"no picture", a_print(dpi=30), bytes(2 * 1024 * 1024)):
        (settings.SIGNING / f"{code}.png").write_bytes(content)
        with pytest.raises(Conflict, match="20 to 50 mm"):
            sign(desk, row)
    assert not DocumentSignature.objects.exists()


def test_who_may_not_issue_may_not_sign_and_only_what_is_in_force_is_signed(
    desk: Desk, settings: Any, seal: bytes
) -> None:
    lay_down(desk, settings.SIGNING, seal)
    organisation, row = desk.organisation, desk.issued()
    for actor, fault in (
        (organisation.hanoi_officer, Refused), (organisation.duty, Refused), (organisation.hue_officer, Missing),
    ):  # fmt: skip
        with pytest.raises(fault):
            sign(desk, row, actor=actor)
        with pytest.raises(fault):
            actions.prepare_signing(actor=actor, now=desk.now, document=row.id)
        with pytest.raises(fault):
            actions.take_signed_document(actor=actor, now=desk.now, document=row.id, content=b"")
    with pytest.raises(Conflict):
        sign(desk, desk.row(desk.approved()))
    desk.issued(effect="revokes", alters=row.id)
    with pytest.raises(Conflict):
        sign(desk, row)
    assert not DocumentSignature.objects.exists() and not Attachment.objects.exists()


def test_a_document_is_signed_once(desk: Desk, settings: Any, seal: bytes, authority: Authority) -> None:
    row = desk.issued()
    copy = copy_of(desk, row)
    with pytest.raises(Conflict):
        actions.prepare_signing(actor=desk.organisation.staff, now=desk.now, document=row.id)
    lay_down(desk, settings.SIGNING, seal)
    signature = sign(desk, row)
    assert queries.content_of(signature.copy_digest) == copy, "what was prepared is what is signed"
    other = sealed(copy, opened(authority.seal("Cục B"), PASSPHRASE, desk.now))
    for again in (lambda: sign(desk, row), lambda: hand_in(desk, row, other)):
        with pytest.raises(Conflict):
            again()


@pytest.mark.parametrize(
    ("values", "passphrase", "mode", "words"),
    [
        ({}, "another", 0o600, "the passphrase is missing or wrong"),
        ({"until": -DAY}, PASSPHRASE, 0o600, "the certificate has expired"),
        ({"signs": False}, PASSPHRASE, 0o600, "the certificate may not sign documents"),
        ({}, PASSPHRASE, 0o640, "others on the machine may read"),
    ],
)
def test_a_seal_that_is_not_fit_signs_nothing_and_the_reason_is_told(
    desk: Desk, settings: Any, authority: Authority, values: dict[str, Any], passphrase: str, mode: int, words: str
) -> None:
    row = desk.issued()
    with pytest.raises(Conflict, match="no seal here"):
        sign(desk, row)
    lay_down(desk, settings.SIGNING, authority.seal(**values), passphrase, mode)
    with pytest.raises(Conflict, match=words):
        sign(desk, row)
    assert not DocumentSignature.objects.exists()


def test_a_time_stamp_makes_it_b_t_and_without_an_answer_nothing_is_signed(
    desk: Desk, settings: Any, seal: bytes, authority: Authority
) -> None:
    row = desk.issued()
    lay_down(desk, settings.SIGNING, seal)
    with stamping(authority) as settings.SIGNING_TSA:
        signature = sign(desk, row)
    assert signature.level == "B-T" and signature.stamped_at is not None
    with pytest.raises(Conflict, match="time-stamping authority"):
        sign(desk, desk.issued())


def test_what_was_signed_elsewhere_is_taken_only_if_it_is_ours_intact_and_trusted(
    desk: Desk, settings: Any, authority: Authority
) -> None:
    row = desk.issued()
    copy = copy_of(desk, row)
    kept = files_in(settings.HOME)
    theirs = opened(authority.seal("Cục Tin học"), PASSPHRASE, desk.now)
    stranger = opened(Authority.made("Xa lạ").seal("Người ngoài"), PASSPHRASE, desk.now)
    signed = sealed(copy, theirs)
    changed = bytearray(signed)
    changed[len(copy) + 1500] ^= 1  # within what the signature itself says
    for content, words in (
        (b"no PDF", "not the PDF that was handed out"),
        (copy, "bears no digital signature"),
        (sealed(pdf(), theirs), "not the PDF that was handed out"),
        (sealed(copy, stranger), "leads to no root"),
        (sealed(signed, stranger, field="Second"), "leads to no root"),
        (signed + b"\n%%EOF", "cannot be read as a PDF"),
    ):
        with pytest.raises(BadInput, match=words):
            hand_in(desk, row, content)
    with pytest.raises(BadInput):
        hand_in(desk, row, bytes(changed))
    assert files_in(settings.HOME) == kept and not DocumentSignature.objects.exclude(way="").exists()
    signature = hand_in(desk, row, signed)
    assert (signature.way, signature.organisation, signature.standing) == ("elsewhere", "Cục Tin học", "trusted")
    assert queries.signed_pdf(desk.organisation.staff, row) == signed


def test_pages_never_take_approval_for_a_signature(desk: Desk, settings: Any, seal: bytes) -> None:
    organisation, row = desk.organisation, desk.issued()
    home, reader = f"/documents/{row.id}/", client_of(organisation.hanoi_officer)
    assert "Approved and issued, not digitally signed." in page(reader, home)
    assert "Sign digitally" not in page(reader, home)
    assert reader.get(f"{home}signing/").status_code == reader.post(f"{home}signature/").status_code == 403
    assert client_of(organisation.hue_officer).get(f"{home}signing/").status_code == 404
    staff = proved(organisation.staff)
    assert "The operator has laid down no seal" in page(staff, f"{home}signing/")
    assert staff.post(f"{home}signature/").status_code == 409
    lay_down(desk, settings.SIGNING, seal)
    assert "Sign with the seal" in page(staff, f"{home}signing/")
    asked = client_of(organisation.staff).post(f"{home}signature/")
    assert asked.status_code == 403 and "Password" in asked.content.decode()
    assert staff.post(f"{home}signature/").status_code == 302
    told = page(reader, home)
    assert "Digitally signed by Văn phòng Bộ, certificate" in told and "Intact, signer trusted" in told
    assert "not digitally signed" not in told and "Revocation was not checked." in told
    answer = reader.get(f"{home}pdf/")
    assert verify(answer.content).trusted
    assert "Văn phòng Bộ" in page(staff, f"{home}signing/")
    edxml = reader.get(f"{home}edxml/")
    assert edxml.status_code == 200 and len(edxml.content) > len(answer.content)


def test_a_file_signed_elsewhere_is_handed_in_on_its_page(desk: Desk, authority: Authority) -> None:
    row, staff = desk.issued(), proved(desk.organisation.staff)
    home = f"/documents/{row.id}/signing/"
    assert staff.get(f"{home}pdf/").status_code == 409
    assert staff.post(f"{home}copy/")["Location"] == home
    assert "The PDF to be signed" in page(staff, home)
    copy = staff.get(f"{home}pdf/").content
    assert client_of(desk.organisation.hanoi_officer).get(f"{home}pdf/").status_code == 403
    assert staff.post(home).status_code == 422
    refused = staff.post(home, {"file": SimpleUploadedFile("a.pdf", copy)})
    assert refused.status_code == 422 and "bears no digital signature" in refused.content.decode()
    signed = sealed(copy, opened(authority.seal(), PASSPHRASE, desk.now))
    assert staff.post(home, {"file": SimpleUploadedFile("a.pdf", signed)}).status_code == 302
    assert staff.get(f"/documents/{row.id}/pdf/").content == signed


def test_any_pdf_can_be_checked_and_nothing_of_it_is_kept(desk: Desk, settings: Any, authority: Authority) -> None:
    reader = client_of(desk.organisation.viewer)
    address = "/documents/signature-check/"
    assert "looked at and not kept" in page(reader, address)
    signed = sealed(pdf(), opened(authority.seal("Sở Y"), PASSPHRASE, desk.now))
    for content, words in (
        (signed, ("Intact, signer trusted", "Sở Y", "PAdES B-B", "Revocation was not checked.")),
        (signed.replace(b"(Van ban)", b"(Van bam)"), ("Changed after signing",)),
        (pdf(), ("Not digitally signed",)),
        (b"", ("Signature broken", "cannot be read as a PDF")),
    ):
        answer = reader.post(address, {"file": SimpleUploadedFile("a.pdf", content)})
        assert answer.status_code == 200
        for word in words:
            assert word in answer.content.decode()
    assert reader.post(address).status_code == 422
    assert files_in(settings.HOME) == set() and not Attachment.objects.exists()


def test_the_page_asks_once_for_the_signature(desk: Desk, settings: Any, seal: bytes) -> None:
    row, reader = desk.issued(), client_of(desk.organisation.hanoi_officer)
    lay_down(desk, settings.SIGNING, seal)
    sign(desk, row)
    page(reader, f"/documents/{row.id}/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(reader, f"/documents/{row.id}/")
    assert sum("directives_document_signature" in one["sql"] for one in asked.captured_queries) == 1


def test_a_redacted_document_keeps_no_file(desk: Desk, settings: Any, seal: bytes) -> None:
    from thammuu.directives.documents.signing.models import files_of

    row = desk.issued()
    lay_down(desk, settings.SIGNING, seal)
    signature = sign(desk, row)
    assert {id for _subject, id in files_of(row.id)} == {signature.copy_id, signature.signed_id}
    assert storage.path_of(signature.signed_digest).exists()
