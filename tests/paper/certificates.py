"""Authorities, certificates and PDFs, made anew for each run: nothing in them is anybody's."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pikepdf
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from PIL import Image, ImageDraw
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as certificate_of
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1 as key_of
from pyhanko.sign.timestamps import DummyTimeStamper

from thammuu.kernel import clock

PASSPHRASE = "đủ dài và không ai đoán"
DAY = timedelta(days=1)


def _name(organisation: str) -> x509.Name:
    named = [x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, organisation)] if organisation else []
    return x509.Name([*named, x509.NameAttribute(x509.NameOID.COMMON_NAME, "Con dấu")])


def _usage(signs: bool, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(signs, signs, not signs, False, False, authority, authority, False, False)


@dataclass(frozen=True)
class Authority:
    """A root of our own, and what it certifies."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def made(cls, organisation: str = "Trung tâm chứng thực", valid: timedelta = 3650 * DAY) -> "Authority":
        key, name = ec.generate_private_key(ec.SECP256R1()), _name(organisation)
        made = _built(name, name, key, key, clock.now() - 400 * DAY, clock.now() + valid, _usage(True, True), True)
        return cls(key, made)

    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def trusted_in(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{self.certificate.serial_number}.pem").write_bytes(self.pem())

    def seal(
        self,
        organisation: str = "Văn phòng Bộ",
        *,
        since: timedelta = -30 * DAY,
        until: timedelta = 300 * DAY,
        signs: bool = True,
        passphrase: str = PASSPHRASE,
        timestamps: bool = False,
    ) -> bytes:
        """Return a PKCS#12 file with a key, its certificate and this authority's."""
        key = rsa.generate_private_key(65537, 2048) if timestamps else ec.generate_private_key(ec.SECP256R1())
        now = clock.now()
        made = _built(
            _name(organisation), self.certificate.subject, key, self.key, now + since, now + until,
            _usage(signs, False), False, timestamps,
        )  # fmt: skip
        locked = serialization.BestAvailableEncryption(passphrase.encode())
        return pkcs12.serialize_key_and_certificates(b"seal", key, made, [self.certificate], locked)


def _built(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    by: ec.EllipticCurvePrivateKey,
    since: datetime, until: datetime, usage: x509.KeyUsage, authority: bool, timestamps: bool = False,
) -> x509.Certificate:  # fmt: skip
    made = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number(), since, until)
    made = made.add_extension(x509.BasicConstraints(authority, None), critical=True).add_extension(usage, critical=True)
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    made = made.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    if timestamps:
        made = made.add_extension(x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return made.sign(by, hashes.SHA256())


def lay_down(folder: Path, name: str, seal: bytes, passphrase: str = PASSPHRASE, mode: int = 0o600) -> None:
    """Put a seal of that name into the folder, as an operator would."""
    folder.mkdir(exist_ok=True)
    for file, holds in ((f"{name}.p12", seal), (f"{name}.passphrase", f"{passphrase}\n".encode())):
        (folder / file).write_bytes(holds)
        (folder / file).chmod(mode)


def pdf(words: bytes = b"Van ban") -> bytes:
    """Return a PDF of one page with a line of text; for the same words the same bytes."""
    document, written = pikepdf.new(), io.BytesIO()
    page = document.add_blank_page(page_size=(595, 842))
    page.obj.Contents = document.make_stream(b"BT /F 12 Tf 72 700 Td (" + words + b") Tj ET")
    document.save(written, compress_streams=False, deterministic_id=True)
    return written.getvalue()


@contextmanager
def stamping(authority: Authority) -> Iterator[str]:
    """Serve time stamps of an authority of that root; the address is what to ask."""
    key, certificate, _chain = pkcs12.load_key_and_certificates(
        authority.seal("Cấp dấu thời gian", until=3000 * DAY, timestamps=True), PASSPHRASE.encode()
    )
    assert isinstance(key, rsa.RSAPrivateKey) and certificate is not None
    stamper = DummyTimeStamper(certificate_of(certificate), key_of(key))

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = stamper.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def a_print(dpi: int | None = 300, kind: str = "PNG") -> bytes:
    """Return a seal's print: a red ring of 425 pixels across, 36 mm at 300 to the inch, on nothing."""
    picture, written = Image.new("RGBA", (425, 425)), io.BytesIO()
    ImageDraw.Draw(picture).ellipse((8, 8, 416, 416), outline=(214, 0, 0, 230), width=18)
    picture = picture if kind == "PNG" else picture.convert("RGB")
    picture.save(written, kind, **({"dpi": (dpi, dpi)} if dpi else {}))
    return written.getvalue()


def prints_in(content: bytes) -> list[tuple[tuple[int, ...], Image.Image]]:
    """Return the pictures that signatures of a PDF draw, each with its box in points."""
    found = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for drawn in page.get("/Annots", []):
                box = tuple(int(side) for side in drawn.Rect)
                found += (
                    [(box, pikepdf.PdfImage(one).as_pil_image()) for one in _pictures(drawn.AP.N)]
                    if "/AP" in drawn
                    else []
                )
    return found


def _pictures(form: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the pictures of a form, and of the forms in it."""
    for one in form.get("/Resources", {}).get("/XObject", {}).values():
        if one.Subtype == "/Image":
            yield one
        else:
            yield from _pictures(one)
