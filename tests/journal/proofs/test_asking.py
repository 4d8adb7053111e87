"""Asking a witness over real HTTP: what is kept of its answers, and what is said when it refuses or is silent."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.journal.proofs.ground import naive_proof
from tests.journal.proofs.test_cosigning import FORGED, KEY, LOG, NOW, TRUE, checkpoint
from thammuu.journal.proofs import asking
from thammuu.journal.proofs.asking import Neighbour, Standing
from thammuu.journal.proofs.cosigning import CosigningKey
from thammuu.journal.proofs.witnessing import SIZE, Answer, Witness


class Serving(HTTPServer):
    """A witness on a port of its own; while there is something in `instead`, that is answered in its place."""

    witness: Witness
    instead: list[Answer]


class _Handler(BaseHTTPRequestHandler):
    server: Serving

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        known = self.path == "/witness/add-checkpoint"
        if self.server.instead:
            said = self.server.instead.pop(0)
        else:
            said = self.server.witness.add_checkpoint(body, NOW) if known else Answer(404, "")
        self.send_response(said.status)
        self.send_header("Content-Type", said.type)
        self.send_header("Location", "/witness/add-checkpoint")
        self.end_headers()
        self.wfile.write(said.body.encode())

    def log_message(self, *_args: object) -> None:
        return


@contextmanager
def serving(folder: Path) -> Iterator[Serving]:
    with Serving(("127.0.0.1", 0), _Handler) as server:
        server.instead = []
        server.witness = Witness(KEY, {LOG.name: (LOG.verifier,)}, folder)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Serving]:
    with serving(tmp_path / "witnessing") as made:
        yield made


def neighbour(server: Serving, key: CosigningKey = KEY) -> Neighbour:
    return Neighbour("Huế", f"http://127.0.0.1:{server.server_port}/witness/", key.cosigner)


def ask(one: Neighbour, folder: Path, leaves: list[bytes], size: int) -> Standing:
    return asking.ask(one, folder, checkpoint(leaves, size), partial(_proof, leaves))


def _proof(leaves: list[bytes], first: int, second: int) -> list[bytes]:
    return naive_proof(first, leaves[:second])


def test_each_checkpoint_is_cosigned_and_kept(server: Serving, tmp_path: Path) -> None:
    one = neighbour(server)
    assert asking.standing(one, tmp_path) == Standing(one, None, None, "") and asking.kept([one], tmp_path) == []
    for size in (3, 3, 7, 256):
        assert ask(one, tmp_path, TRUE, size) == Standing(one, size, NOW, "")
    [kept] = asking.kept([one], tmp_path)
    assert kept.cosigner is not None and kept.cosigner.cosigned_at(kept.note) == NOW
    # Whoever has forgotten how far the witness is learns it from the witness.
    assert ask(one, tmp_path / "fresh", TRUE, 300) == Standing(one, 300, NOW, "")


def test_a_second_history_is_refused_and_shown(server: Serving, tmp_path: Path) -> None:
    one = neighbour(server)
    ask(one, tmp_path, TRUE, 100)
    for leaves, size in ((FORGED, 100), (FORGED, 200), (TRUE, 60)):
        stands = ask(one, tmp_path, leaves, size)
        assert stands.contradicts and (stands.size, stands.at) == (100, NOW), size
    assert ask(one, tmp_path, TRUE, 200) == Standing(one, 200, NOW, "")


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (Answer(500, "broken"), "it answered 500: broken"),
        (Answer(302, ""), "it answered 302"),
        (Answer(409, "7\n"), "it answered 409"),
        (Answer(409, "x\n", "text/x.tlog.size"), "it answered 409"),
        (Answer(200, "nonsense\n"), "another key"),
        (Answer(200, KEY.cosign("other text\n", NOW)), "not of this text"),
    ],
)
def test_another_answer_is_no_cosignature(server: Serving, tmp_path: Path, said: Answer, fault: str) -> None:
    one = neighbour(server)
    ask(one, tmp_path, TRUE, 10)
    server.instead = [said]
    stands = ask(one, tmp_path, TRUE, 20)
    assert fault in stands.fault and not stands.contradicts and stands.size == 10


def test_a_witness_that_names_another_size_each_time_is_asked_three_times(server: Serving, tmp_path: Path) -> None:
    one = neighbour(server)
    server.instead = [Answer(409, f"{size}\n", SIZE) for size in (5, 6, 7, 8)]
    stands = ask(one, tmp_path, TRUE, 20)
    assert stands.fault == "it names another size each time" and not stands.contradicts
    assert [said.body for said in server.instead] == ["8\n"]


def test_what_was_kept_and_can_no_longer_be_read_is_said_and_asked_for_anew(server: Serving, tmp_path: Path) -> None:
    one = neighbour(server)
    ask(one, tmp_path, TRUE, 10)
    [file] = tmp_path.glob("*.checkpoint")
    file.write_text(file.read_text().replace("\n10\n", "\nten\n"))
    assert asking.standing(one, tmp_path) == Standing(one, None, None, "this is not a checkpoint")
    assert ask(one, tmp_path, TRUE, 20) == Standing(one, 20, NOW, "")


def test_a_silent_witness_and_one_with_another_key_are_shown(server: Serving, tmp_path: Path) -> None:
    other = neighbour(server, CosigningKey(KEY.name, bytes(32)))
    assert "another key" in ask(other, tmp_path, TRUE, 5).fault
    with serving(tmp_path / "gone") as gone:
        silent = neighbour(gone)
    assert "does not answer" in ask(silent, tmp_path / "silent", TRUE, 5).fault
