"""HTTPS as browsers meet it: the front behind its guard, over real sockets, by the local authority."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn

from tests.config.test_front import CLIENTS, NoStreams, Pages, get, native, post, status
from thammuu.config.front.application import Front
from thammuu.config.front.guard import Guard
from thammuu.config.front.limits import Limits
from thammuu.config.front.protocol import Protocol
from thammuu.config.serving import Serving, bind
from thammuu.config.transport import keeping
from thammuu.config.transport.plan import FOLDER, SERVER, Transport
from thammuu.config.transport.serving import Certificate
from thammuu.kernel import clock

HOSTS = ("thammuu.test", "localhost", "127.0.0.1")


@dataclass
class Secured:
    """A front that speaks TLS on `port`, and leads there from `plain`."""

    home: Path
    pages: Pages
    certificate: Certificate
    port: int
    plain: int

    def trusting(self) -> ssl.SSLContext:
        """A client that has installed the root, and trusts nothing else."""
        return ssl.create_default_context(cafile=str(self.home / FOLDER / keeping.ROOT))

    def connect(self, context: ssl.SSLContext | None = None, name: str = "thammuu.test") -> ssl.SSLSocket:
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        return (context or self.trusting()).wrap_socket(raw, server_hostname=name)

    def exchange(self, request: bytes) -> bytes:
        with self.connect() as client:
            client.sendall(request)
            return b"".join(iter(lambda: client.recv(65536), b""))

    def plainly(self, request: bytes, port: int = 0) -> bytes:
        with socket.create_connection(("127.0.0.1", port or self.port), timeout=30) as client:
            client.sendall(request)
            return b"".join(iter(lambda: client.recv(65536), b""))


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[Secured]:
    keeping.make_authority(tmp_path, HOSTS, (), clock.now())
    file = tmp_path / FOLDER / SERVER
    pages = Pages()
    with ExitStack() as stack:
        listeners = [stack.enter_context(bind("127.0.0.1", 0)) for _ in range(2)]
        port, plain = (listener.getsockname()[1] for listener in listeners)
        transport = Transport("local", https=True, certificate=file, key=file, http_port=plain)
        front = Front(pages, NoStreams(), {("POST", "/native"): native}, Limits(threads=2))
        guard = Guard(front, transport, HOSTS, port)
        certificate = Certificate(tmp_path, transport, HOSTS)
        config = uvicorn.Config(
            guard,
            loop="uvloop",
            http=Protocol,
            ws="none",
            log_config=None,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )
        server = Serving(config, guard, certificate)
        thread = threading.Thread(target=server.run, args=(listeners,))
        thread.start()
        yield Secured(tmp_path, pages, certificate, port, plain)
        server.should_exit = True
        thread.join()


def test_pages_come_over_tls_to_whoever_trusts_the_root(secured: Secured) -> None:
    with secured.connect() as client:
        assert client.version() == "TLSv1.3"
        assert client.selected_alpn_protocol() is None
        client.sendall(get("/"))
        assert status(client.recv(65536)) == 200
    for name in ("localhost", "127.0.0.1"):
        secured.connect(name=name).close()
    with pytest.raises(ssl.SSLCertVerificationError):
        secured.connect(ssl.create_default_context())
    with pytest.raises(ssl.SSLCertVerificationError):
        secured.connect(name="other.test")


def test_only_versions_and_ciphers_that_are_sound(secured: Secured) -> None:
    older = secured.trusting()
    older.maximum_version = ssl.TLSVersion.TLSv1_2
    with secured.connect(older) as client:
        cipher = client.cipher()
    assert cipher is not None
    assert cipher[0].startswith("ECDHE-ECDSA-")
    assert {one["kea"] for one in secured.certificate.context.get_ciphers()} <= {"kx-any", "kx-ecdhe"}
    assert all(one["aead"] for one in secured.certificate.context.get_ciphers())
    oldest = secured.trusting()
    oldest.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        oldest.minimum_version = oldest.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError):
        secured.connect(oldest)


def test_the_paths_of_the_front_work_over_tls(secured: Secured) -> None:
    assert status(secured.exchange(post("/", b"x" * 300_000))) == 200
    assert status(secured.exchange(post("/native", b"fast"))) == 202
    assert len(secured.exchange(get("/file"))) > 64 * 1024 * 1024
    with secured.connect() as client:
        client.sendall(get("/stream"))
        client.recv(65536)
    assert secured.pages.closed.wait(30)


@pytest.mark.parametrize("extra", ["", "?a=%C3%A9&b="])
def test_who_comes_plainly_is_led_to_https(secured: Secured, extra: str) -> None:
    host = f"Host: thammuu.test:{secured.port}"
    answer = secured.plainly(get(f"/incidents/{extra}").replace(b"Host: localhost", host.encode())).decode()
    assert answer.startswith("HTTP/1.1 308 ")
    assert f"location: https://thammuu.test:{secured.port}/incidents/{extra}\r\n" in answer
    assert "strict-transport-security" not in answer
    from_second = secured.plainly(get(f"/incidents/{extra}"), secured.plain).decode()
    assert f"location: https://localhost:{secured.port}/incidents/{extra}\r\n" in from_second
    assert secured.pages.seen == []


def test_what_is_sent_plainly_is_not_taken(secured: Secured) -> None:
    refused = secured.plainly(post("/watch/log/", b"text=x", None, "Accept-Language: en"))
    assert status(refused) == 403
    assert b"Nothing was saved" in refused
    assert secured.pages.seen == []


def test_nobody_is_led_to_a_name_that_is_not_ours(secured: Secured) -> None:
    for host in (b"evil.test", b"evil.test:443", b"thammuu.test@evil.test", b""):
        answer = secured.plainly(get("/").replace(b"localhost", host))
        assert status(answer) == 400
        assert b"\r\nlocation:" not in answer


def test_readiness_and_the_way_to_trust_are_answered_plainly(secured: Secured) -> None:
    for path in ("/ready", "/health/live", "/trust/", "/trust/thammuu.crt", "/static/ui/mark.svg"):
        assert status(secured.plainly(get(path))) == 200
    assert status(secured.plainly(post("/trust/", b""))) == 403
    assert status(secured.plainly(get("/trusted"))) == 308


def test_pages_answer_beside_handshakes_that_stall(secured: Secured) -> None:
    with ExitStack() as stalled:
        for began in (b"", b"\x16", b"\x16\x03\x01\x02\x00\x01\x00", b"G"):
            for _ in range(CLIENTS):
                client = stalled.enter_context(closing(socket.create_connection(("127.0.0.1", secured.port))))
                client.sendall(began)
        for _ in range(5):
            assert status(secured.exchange(get("/"))) == 200


def test_what_is_no_request_is_answered_and_ended(secured: Secured) -> None:
    answer = secured.exchange(b"NONSENSE\r\n\r\n")
    assert status(answer) == 400
    assert b"x-content-type-options: nosniff" in answer
    assert status(secured.exchange(get("/", f"X-Long: {'x' * 100_000}"))) == 400
    with socket.create_connection(("127.0.0.1", secured.port), timeout=30) as client:
        client.sendall(b"\x16\x03\x01\x00\x05hello")
        client.recv(65536)
        assert client.recv(65536) == b""
    assert status(secured.exchange(get("/"))) == 200


def serial(client: ssl.SSLSocket) -> str:
    held = client.getpeercert()
    assert held is not None
    return str(held["serialNumber"])


def test_a_renewal_reaches_new_connections_and_leaves_streams_alone(secured: Secured) -> None:
    with secured.connect() as stream:
        stream.sendall(get("/stream"))
        before = serial(stream)
        assert stream.recv(65536)
        assert keeping.renew(secured.home, HOSTS, clock.now())
        secured.certificate.look()
        with secured.connect() as client:
            assert serial(client) != before
        for _ in range(100):
            assert stream.recv(65536)


def test_a_broken_file_leaves_the_certificate_in_use(secured: Secured) -> None:
    with secured.connect() as client:
        before = serial(client)
    (secured.home / FOLDER / keeping.ROOT_KEY).unlink()
    (secured.home / FOLDER / SERVER).write_text("half a fi")
    secured.certificate.look()
    with secured.connect() as client:
        assert serial(client) == before
