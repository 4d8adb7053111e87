"""The front before a small WSGI application, over real sockets."""

import io
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn

from thammuu.config.front.application import Front
from thammuu.config.front.limits import Limits
from thammuu.config.front.native import NativeAnswer, NativeRequest
from thammuu.config.front.types import Receive, Scope, Send

BIG = 64 * 1024 * 1024
CLIENTS = 20


@dataclass
class Pages:
    """A WSGI application that notes what reached it."""

    seen: list[tuple[str, str, bytes]] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        body = environ["wsgi.input"].read()
        self.seen.append((method, path, body))
        if path == "/file":
            start_response("200 OK", [("Content-Length", str(BIG))])
            return environ["wsgi.file_wrapper"](io.BytesIO(bytes(BIG)))
        if path == "/stream":
            start_response("200 OK", [])
            return Endless(self.closed)
        said = repr((environ.get("HTTP_X_TWO"), environ.get("HTTP_X_ODD"), len(body))).encode()
        start_response("200 OK", [("Content-Length", str(len(said)))])
        return [b"" if method == "HEAD" else said]


class Endless:
    """An answer that never ends by itself."""

    streaming = True

    def __init__(self, closed: threading.Event) -> None:
        self._closed = closed

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield bytes(64 * 1024)

    def close(self) -> None:
        self._closed.set()


class NoStreams:
    """Nothing live: the front alone is tested here."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})

    def close(self) -> None:
        pass


async def native(request: NativeRequest) -> NativeAnswer | None:
    return None if request.body == b"page" else NativeAnswer(202, request.body.upper())


@dataclass
class Served:
    pages: Pages
    port: int

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)

    def exchange(self, request: bytes) -> bytes:
        """Everything said until the server closes."""
        with self.connect() as client:
            client.sendall(request)
            return b"".join(iter(lambda: client.recv(65536), b""))


@pytest.fixture
def limits() -> Limits:
    return Limits(body=100_000, drained=1_000_000, in_memory=1000, pause=20, threads=2)


@pytest.fixture
def served(limits: Limits) -> Iterator[Served]:
    pages = Pages()
    front = Front(pages, NoStreams(), {("POST", "/native"): native}, limits)
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(front, http="httptools", ws="none", log_config=None, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    yield Served(pages, listener.getsockname()[1])
    server.should_exit = True
    thread.join()


def get(path: str, *headers: str, method: str = "GET") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode()


def post(path: str, body: bytes, announced: int | None = None, *headers: str) -> bytes:
    return get(path, f"Content-Length: {announced or len(body)}", *headers, method="POST") + body


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_pages_answer_beside_stalled_uploads_and_readers(served: Served) -> None:
    with ExitStack() as stalled:
        for _ in range(CLIENTS):
            upload = stalled.enter_context(closing(served.connect()))
            upload.sendall(post("/upload", b"x" * 100, 90_000))
            for path in ("/file", "/stream"):
                reader = stalled.enter_context(closing(served.connect()))
                reader.sendall(get(path))
                assert reader.recv(12) == b"HTTP/1.1 200"
        for _ in range(5):
            assert status(served.exchange(get("/"))) == 200
            assert status(served.exchange(post("/", b"body"))) == 200
    assert not [seen for seen in served.pages.seen if seen[1] == "/upload"]


def test_a_truncated_body_never_reaches_a_page(served: Served) -> None:
    with served.connect() as client:
        client.sendall(post("/upload", b"half", 8))
        client.shutdown(socket.SHUT_WR)
        assert b"200" not in client.recv(65536)
    with served.connect() as client:
        client.sendall(get("/upload", "Transfer-Encoding: chunked", method="POST") + b"4\r\nhalf\r\n8\r\nha")
        client.shutdown(socket.SHUT_WR)
        assert b" 200 " not in client.recv(65536)
    assert status(served.exchange(get("/"))) == 200
    assert [path for _, path, _ in served.pages.seen] == ["/"]


@pytest.mark.parametrize("language, words", [("vi", "Chưa có gì được lưu"), ("en-GB,en", "Nothing was saved")])
def test_a_body_over_the_limit_is_refused_in_a_sentence(served: Served, language: str, words: str) -> None:
    answer = served.exchange(post("/upload", b"x" * 200_000, None, f"Accept-Language: {language}"))
    assert status(answer) == 413
    assert words in answer.decode()
    assert status(served.exchange(post("/upload", b"", 2_000_000))) == 413
    assert served.pages.seen == []


def test_a_refusal_heeds_the_chosen_language_and_answers_scripts_in_json(served: Served) -> None:
    asked = "Accept-Language: vi\r\nAccept: application/json\r\nCookie: django_language=en"
    head, _blank, body = served.exchange(post("/upload", b"x" * 200_000, None, asked)).partition(b"\r\n\r\n")
    assert b"application/json" in head
    assert "Nothing was saved" in json.loads(body)["reason"]


@pytest.mark.parametrize("limits", [Limits(pause=0.2)])
def test_a_body_that_falls_silent_is_refused(served: Served) -> None:
    assert status(served.exchange(post("/upload", b"half", 8))) == 408
    assert served.pages.seen == []


@pytest.mark.parametrize("limits", [Limits(arrival=0.3)])
def test_a_body_that_trickles_for_ever_is_refused(served: Served) -> None:
    with served.connect() as client:
        client.settimeout(0.02)
        client.sendall(post("/upload", b"x", 10_000))
        answer = b""
        while not answer:
            client.sendall(b"x")
            try:
                answer = client.recv(65536)
            except TimeoutError:
                continue
    assert status(answer) == 408


def test_head_has_no_body(served: Served) -> None:
    answer = served.exchange(get("/", method="HEAD"))
    assert status(answer) == 200
    assert answer.endswith(b"\r\n\r\n")


def test_it_asks_for_a_body_that_waits_to_be_asked_for(served: Served) -> None:
    with served.connect() as client:
        client.sendall(post("/", b"", 4, "Expect: 100-continue"))
        assert client.recv(65536).startswith(b"HTTP/1.1 100 ")
        client.sendall(b"body")
        assert status(client.recv(65536)) == 200


def test_a_chunked_body_arrives_whole(served: Served) -> None:
    request = get("/", "Transfer-Encoding: chunked", method="POST")
    assert b"8)" in served.exchange(request + b"4\r\nfour\r\n4\r\nmore\r\n0\r\n\r\n")
    assert served.pages.seen[-1][2] == b"fourmore"


def test_a_connection_is_kept_for_the_next_request(served: Served) -> None:
    with served.connect() as client:
        for _ in range(3):
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert status(client.recv(65536)) == 200


def test_repeated_headers_join_and_underscores_cannot_pose_as_dashes(served: Served) -> None:
    answer = served.exchange(get("/", "X-Two: a", "X-Two: b", "X_Odd: forged"))
    assert b"('a,b', None, 0)" in answer


def test_a_reader_that_hangs_up_ends_the_stream(served: Served) -> None:
    with served.connect() as client:
        client.sendall(get("/stream"))
        client.recv(65536)
    assert served.pages.closed.wait(30)


def test_a_file_arrives_whole(served: Served) -> None:
    head, _, body = served.exchange(get("/file")).partition(b"\r\n\r\n")
    assert re.search(rb"(?i)content-length: %d" % BIG, head)
    assert len(body) == BIG


def test_a_native_handler_answers_or_leaves_it_to_the_pages(served: Served) -> None:
    assert status(served.exchange(post("/native", b"fast"))) == 202
    assert status(served.exchange(post("/native", b"page"))) == 200
    assert status(served.exchange(post("/native", b"x" * 99_000))) == 200
    assert [len(body) for _, _, body in served.pages.seen] == [4, 99_000]
