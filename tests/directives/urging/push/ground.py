"""The other side of web push: a push service on this machine, and a browser that opens what it is sent."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jwt
from joserfc.jwk import ECKey

from thammuu.directives.urging.carriers import Outgoing
from thammuu.directives.urging.push import vapid

CONTACT = "mailto:quan-tri@example.vn"


def text_of(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hkdf(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869 for at most one block, as RFC 8291 writes it out."""
    extracted = hmac.new(salt, material, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()[:length]


@dataclass
class Browser:
    """What a browser holds of a subscription."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = b"0123456789abcdef"

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def gives(self, **changed: Any) -> str:
        keys = {"p256dh": text_of(self.public), "auth": text_of(self.secret)}
        return json.dumps({"endpoint": self.endpoint, "expirationTime": None, "keys": keys, **changed})

    def opens(self, body: bytes) -> bytes:
        """Take the content out of one record of aes128gcm."""
        salt, length = body[:16], body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        material = hkdf(self.secret, shared, b"WebPush: info\x00" + self.public + sender, 32)
        content_key = hkdf(salt, material, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = hkdf(salt, material, b"Content-Encoding: nonce\x00", 12)
        content, mark = AESGCM(content_key).decrypt(nonce, sealed, None).rstrip(b"\x00"), b"\x02"
        assert content.endswith(mark) and len(sealed) <= int.from_bytes(body[16:20], "big")
        return content[:-1]


@dataclass
class PushService:
    """A push service that keeps what it is sent and answers with `status`."""

    port: int
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    status: int = 201

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def browser(self, path: str = "/send/a?x=1") -> Browser:
        return Browser(f"http://{self.host}{path}")

    def token(self, place: int = -1) -> dict[str, Any]:
        """The claims of a message's VAPID token, verified with the key that stands beside it."""
        scheme, _space, rest = self.got[place][1]["Authorization"].partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        point = bytes_of(parts["k"])
        key = {"kty": "EC", "crv": "P-256", "x": text_of(point[1:33]), "y": text_of(point[33:])}
        found = jwt.decode(parts["t"], ECKey.import_key(key), algorithms=["ES256"])
        assert scheme == "vapid" and found.header["alg"] == "ES256"
        return {**found.claims, "k": parts["k"]}


@contextmanager
def push_service() -> Iterator[PushService]:
    """Run one."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.got.append((self.path, dict(self.headers), body))
            self.send_response(service.status)
            self.send_header("Location", f"http://{service.host}/elsewhere")
            self.end_headers()

        def log_message(self, *_said: Any) -> None:
            """Keep quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    service = PushService(server.server_port)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield service
    server.shutdown()
    thread.join()
    server.server_close()


def settings_of(service: PushService, home: Path) -> Outgoing:
    """The settings of an installation with a key in this home that may send to the service alone."""
    vapid.make_key(home)
    return Outgoing(push_hosts=(service.host,), push_contact=CONTACT, push_key=home / vapid.KEY)
