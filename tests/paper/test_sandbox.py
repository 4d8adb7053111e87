"""What a reader of files can do (nothing else), and what becomes of one that takes too much."""

import os
import signal
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from django.utils import translation

from thammuu.kernel.errors import BadInput
from thammuu.paper.sandbox import Broken, Limits, TooMuch, read_apart, running
from thammuu.paper.sandbox.answers import send_frame

READERS = "tests.paper.readers"
LITTLE = Limits(seconds=20, processor=1, memory=200 << 20, answer=1 << 20)


def _server() -> psutil.Process:
    running.warm_up()
    process = running._server._process
    assert process is not None
    return psutil.Process(process.pid)


def test_a_reader_gets_the_bytes_and_its_arguments_and_answers() -> None:
    content = os.urandom(300_000)
    answer = read_apart(f"{READERS}:echo", content, {"unit": "px"})
    assert answer.value == {"size": 300_000, "unit": "px"}
    assert list(answer.blobs) == [content]


@pytest.mark.skipif(sys.platform != "linux", reason="the filter of system calls is Linux's")
def test_a_reader_reaches_no_file_no_network_no_process_and_no_secret() -> None:
    os.environ["THAMMUU_SECRET_OF_TEST"] = "x"
    found = dict(read_apart(f"{READERS}:tries", b"x").value)
    assert found.pop("environment") == ["LC_ALL", "PYTHONPATH"]
    assert {what: how for what, how in found.items() if how == "done"} == {}
    assert len(found) == 8


def test_a_reader_that_eats_is_stopped() -> None:
    with pytest.raises(TooMuch):
        read_apart(f"{READERS}:eats", b"x", limits=LITTLE)


@pytest.mark.parametrize("limits", [LITTLE, Limits(seconds=0.3)], ids=["processor", "clock"])
def test_a_reader_that_never_ends_is_ended(limits: Limits) -> None:
    with pytest.raises((TooMuch, Broken)):
        read_apart(f"{READERS}:spins", b"x", limits=limits)
    assert read_apart(f"{READERS}:echo", b"x").value == {"size": 1}


@pytest.mark.parametrize("reader", ["dies", "raises"])
def test_a_reader_that_falls_harms_nobody_and_repeats_nothing(reader: str) -> None:
    with pytest.raises(Broken) as fallen:
        read_apart(f"{READERS}:{reader}", b"SECRETWORDS")
    assert "SECRET" not in str(fallen.value)
    assert read_apart(f"{READERS}:echo", b"x").value == {"size": 1}


def test_an_answer_without_end_is_not_taken() -> None:
    with pytest.raises(Broken):
        read_apart(f"{READERS}:floods", b"x", limits=LITTLE)


@pytest.mark.parametrize(("language", "words"), [("vi", "Không có tệp này"), ("en", "There is no such file")])
def test_a_refusal_comes_in_the_language_of_who_asks(language: str, words: str) -> None:
    with translation.override(language), pytest.raises(BadInput) as refused:
        read_apart(f"{READERS}:refuses", b"x")
    assert refused.value.field == "file"
    assert refused.value.reason.startswith(words)


def test_a_server_that_is_gone_is_replaced() -> None:
    before = _server()
    before.send_signal(signal.SIGKILL)
    assert psutil.wait_procs([before], timeout=20)[1] == []
    assert read_apart(f"{READERS}:echo", b"x").value == {"size": 1}
    assert _server().pid != before.pid


def test_many_files_at_once_leave_no_process_and_no_descriptor_behind() -> None:
    server = _server()
    read_apart(f"{READERS}:echo", b"x")
    before = len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0
    with ThreadPoolExecutor(8) as pool:
        sizes = list(pool.map(lambda size: read_apart(f"{READERS}:echo", bytes(size)).value["size"], range(60)))
    assert sizes == list(range(60))
    if sys.platform == "linux":
        assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert psutil.wait_procs(server.children(), timeout=20)[1] == []


def test_a_frame_of_nothing_is_its_length_alone() -> None:
    # These sockets keep messages apart: one after the length might meet a reader that is gone.
    ours, theirs = socket.socketpair(type=socket.SOCK_DGRAM)
    with ours, theirs:
        send_frame(ours, b"")
        assert theirs.recv(100) == bytes(8)
        theirs.setblocking(False)
        with pytest.raises(BlockingIOError):
            theirs.recv(100)
