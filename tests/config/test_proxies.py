"""The documented set-ups of proxies, run as they are documented where the proxy is installed."""

import os
import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import uvicorn

from tests.config.test_front import NoStreams, get, post, status
from thammuu.config.front.application import Front
from thammuu.config.front.guard import Guard
from thammuu.config.front.native import NATIVE
from thammuu.config.front.protocol import Protocol
from thammuu.config.serving import Serving, bind
from thammuu.config.transport import keeping
from thammuu.config.transport.plan import FOLDER, SERVER, Transport
from thammuu.kernel import clock

PROXIES = Path(__file__).resolve().parents[2] / "docs/operators/proxies"
NAME = "thammuu.example.vn"
FORWARDED = "X-Forwarded-For: 8.8.8.8"


@dataclass
class Visitors:
    """A WSGI application that notes who asks."""

    seen: list[tuple[str, str, str]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        length = len(environ["wsgi.input"].read())
        self.seen.append((environ["REMOTE_ADDR"], environ["wsgi.url_scheme"], environ["HTTP_HOST"]))
        start_response("200 OK", [("Content-Length", str(len(str(length))))])
        return [str(length).encode()]


@dataclass
class Behind:
    """Thammuu's front behind a proxy: it believes this machine."""

    visitors: Visitors
    port: int
    certificate: Path
    root: Path


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[Behind]:
    keeping.make_authority(tmp_path, [NAME], (), clock.now())
    visitors = Visitors()
    transport = Transport("off", https=True, proxies=(ip_network("127.0.0.1"),))
    guard = Guard(Front(visitors, NoStreams(), NATIVE), transport, [NAME], 0)
    config = uvicorn.Config(
        guard,
        loop="uvloop",
        http=Protocol,
        ws="none",
        log_config=None,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    server = Serving(config, guard)
    with bind("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        port = listener.getsockname()[1]
        yield Behind(visitors, port, tmp_path / FOLDER / SERVER, tmp_path / FOLDER / keeping.ROOT)
        server.should_exit = True
        thread.join()


def test_spoofed_headers_do_not_pass_the_guard(behind: Behind) -> None:
    """Who is no named proxy is led to HTTPS whatever it says; through one, only its own word counts."""
    from_proxy = get("/", FORWARDED, "X-Forwarded-Proto: https").replace(b"localhost", NAME.encode())
    plain = get("/", FORWARDED, "X-Forwarded-Proto: http").replace(b"localhost", NAME.encode())
    for request, expected in ((from_proxy, 200), (plain, 308)):
        with closing(socket.create_connection(("127.0.0.1", behind.port))) as client:
            client.sendall(request)
            answer = b"".join(iter(lambda: client.recv(65536), b""))
        assert status(answer) == expected
    assert b"location: https://thammuu.example.vn/\r\n" in answer
    assert behind.visitors.seen == [("8.8.8.8", "https", NAME)]


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return int(free.getsockname()[1])


def nginx(text: str, behind: Behind, work: Path) -> tuple[str, list[str]]:
    site = work / "site.conf"
    site.write_text(text.replace("/etc/ssl/thammuu.key", str(behind.certificate)))
    folders = "\n".join(
        f"{kind}_temp_path {work / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = work / "nginx.conf"
    main.write_text(
        f"daemon off; pid {work / 'pid'}; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {folders}\ninclude {site}; }}"
    )
    return "nginx", ["-e", "stderr", "-p", str(work), "-c", str(main)]


def caddy(text: str, behind: Behind, work: Path) -> tuple[str, list[str]]:
    file = work / "Caddyfile"
    text = text.replace("/etc/ssl/thammuu.key", str(behind.certificate))
    ports = re.findall(r":(\d+)", text.split("{")[0])
    head = f"{{\nadmin off\nauto_https disable_redirects\nhttps_port {ports[-1]}\nhttp_port {free_port()}\n}}\n"
    file.write_text(head + text)
    return "caddy", ["run", "--adapter", "caddyfile", "--config", str(file)]


def haproxy(text: str, behind: Behind, work: Path) -> tuple[str, list[str]]:
    file = work / "haproxy.cfg"
    file.write_text(text)
    return "haproxy", ["-db", "-f", str(file)]


@pytest.mark.parametrize(("file", "prepare"), [("nginx.conf", nginx), ("Caddyfile", caddy), ("haproxy.cfg", haproxy)])
def test_a_proxy_as_documented(behind: Behind, tmp_path: Path, file: str, prepare: Any) -> None:
    work = tmp_path / "proxy"
    work.mkdir()
    public, plain = free_port(), free_port()
    text = (PROXIES / file).read_text()
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{behind.port}").replace(
        "/etc/ssl/thammuu.pem", str(behind.certificate)
    )
    text = text.replace("listen 443", f"listen 127.0.0.1:{public}").replace("listen 80", f"listen 127.0.0.1:{plain}")
    text = text.replace("bind :443", f"bind 127.0.0.1:{public}").replace("bind :80", f"bind 127.0.0.1:{plain}")
    text = text.replace(f"\n{NAME} {{", f"\n{NAME}:{public} {{")
    name, arguments = prepare(text, behind, work)
    binary = which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if binary is None:
        pytest.skip(f"{name} is not installed here")
    environ = {**os.environ, "HOME": str(work), "XDG_DATA_HOME": str(work), "XDG_CONFIG_HOME": str(work)}
    with (work / "log").open("w") as log:
        process = subprocess.Popen([binary, *arguments], env=environ, stdout=log, stderr=log)
    try:
        answers = [
            exchange(behind, public, get("/", FORWARDED, "X-Forwarded-Proto: http"), process),
            exchange(behind, public, post("/", b"x" * 100_000, None, FORWARDED), process),
        ]
    finally:
        process.terminate()
        process.wait()
    assert [status(answer) for answer in answers] == [200, 200]
    assert answers[1].endswith(b"100000")
    assert behind.visitors.seen == [("127.0.0.1", "https", NAME)] * 2  # the visitor's own address, not what it claimed
    assert b"strict-transport-security" in answers[0].lower()


def exchange(behind: Behind, port: int, request: bytes, process: subprocess.Popen[bytes]) -> bytes:
    """Ask the proxy once it listens."""
    context = ssl.create_default_context(cafile=str(behind.root))
    until = clock.now().timestamp() + 30
    while True:
        try:
            raw = socket.create_connection(("127.0.0.1", port), timeout=30)
            break
        except ConnectionRefusedError:
            assert process.poll() is None, "the proxy ended"
            assert clock.now().timestamp() < until
    with context.wrap_socket(raw, server_hostname=NAME) as client:
        client.sendall(request.replace(b"localhost", NAME.encode()))
        return b"".join(iter(lambda: client.recv(65536), b""))
