"""`thammuu demo` and its like as an operator meets them: real processes, a real database, real signals."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from thammuu.config.supervisor.throw_away import throw_away_home

ROOT = Path(__file__).resolve().parents[2]


def environment(home: Path) -> dict[str, str]:
    """As on a bare machine: nothing of this test run's database."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "THAMMUU_HOME")}
    return {
        **kept,
        "PYTHONPATH": str(ROOT / "src"),
        "THAMMUU_HOME": str(home),
        "COLUMNS": "200",
        "THAMMUU_LANGUAGE": "en",
    }


def thammuu(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "thammuu", *arguments]
    return subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False)


class Demo:
    """A running `thammuu demo`."""

    def __init__(self, home: Path, port: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "thammuu", "demo"],
            env={**environment(home), "THAMMUU_PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said, self.port = "", 0

    def wait_until_open(self) -> int:
        """The port it serves on."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if found := re.search(r"https?://localhost:(\d+)/", line):
                self.port = int(found[1])
                return self.port
        raise AssertionError(f"it ended with {self.process.wait()}: {self.said}")

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def interrupt(self) -> int:
        self.process.send_signal(signal.SIGINT)
        self.said += self.process.communicate()[0]
        return self.process.returncode


def status(port: int, path: str) -> int:
    connection = HTTPConnection("localhost", port)
    connection.request("GET", path)
    return connection.getresponse().status


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with throw_away_home() as made:
        yield made / "demo"


@pytest.fixture(scope="module")
def taken() -> Iterator[int]:
    """A port that another program has."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.fixture(scope="module")
def demo(home: Path, taken: int) -> Iterator[Demo]:
    """One running demo for the tests that leave it running; the last one kills it."""
    running = Demo(home, taken)
    running.wait_until_open()
    yield running
    if running.process.poll() is None:
        running.interrupt()


def test_the_demo_takes_the_next_port_and_serves(demo: Demo, taken: int) -> None:
    assert taken < demo.port < taken + 20
    assert status(demo.port, "/sign-in/") == 200


def test_a_second_run_from_the_same_home_is_refused(demo: Demo, home: Path) -> None:
    refused = thammuu(home, "demo")
    assert refused.returncode == 3
    assert f"process {demo.process.pid}" in refused.stderr


def test_check_answers_beside_a_running_demo(demo: Demo, home: Path) -> None:
    beside = thammuu(home, "check", "--json")
    assert (beside.returncode, json.loads(beside.stdout)["sound"]) == (0, True), beside.stdout


def test_whatever_is_killed_is_started_again(demo: Demo) -> None:
    for victim in psutil.Process(demo.process.pid).children():
        victim.kill()
    assert demo.process.stdout is not None
    restarted: set[str] = set()
    while len(restarted) < 7 and (line := demo.process.stdout.readline()):
        restarted |= set(re.findall(r"The process '(.+)' .* is started again", line))
    assert restarted == {"PostgreSQL", "sealer", "followers", "jobs", "folder", "serve 1", "serve 2"}
    assert status(demo.port, "/sign-in/") == 200  # the listening socket outlives its processes


def lives(process: psutil.Process) -> bool:
    """Say whether a process still does anything; one that has ended waits to be collected by whoever began it."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_killed_demo_is_followed_by_a_clean_start_and_ctrl_c_stops_all_of_it(demo: Demo, home: Path) -> None:
    left = demo.children()
    demo.process.kill()
    demo.process.communicate()
    following = Demo(home, demo.port)
    assert following.wait_until_open() == demo.port
    assert not [process for process in left if lives(process)]
    assert status(demo.port, "/sign-in/") == 200
    started = following.children()
    assert len(started) > 5
    assert following.interrupt() == 0
    assert not [process for process in started if lives(process)]
    assert "Everything is stopped" in following.said


def test_a_named_port_in_use_is_refused_with_the_remedy(taken: int) -> None:
    with throw_away_home() as fresh:
        refused = thammuu(fresh, "demo", "--port", str(taken))
    assert refused.returncode == 3
    assert f"Port {taken} is in use by another program" in refused.stderr
    assert "--port" in refused.stderr


def test_init_makes_a_home_that_runs() -> None:
    with throw_away_home() as fresh:
        first = thammuu(fresh / "home", "init", "--json", "--administrator", "chief")
        assert first.returncode == 0, first.stderr
        made = json.loads(first.stdout)
        assert made["administrator_made"] and len(made["password"]) >= 12
        assert (fresh / "home" / "thammuu.toml").stat().st_mode & 0o077 == 0
        again = json.loads(thammuu(fresh / "home", "init", "--json").stdout)
        assert not again["settings_made"] and not again["administrator_made"]
        assert json.loads(thammuu(fresh / "home", "migrate", "--json").stdout) == {"applied": []}
        (fresh / "no.cap").write_text("hello")
        judged = thammuu(fresh / "home", "cap", "--json", str(fresh / "no.cap"))
        assert (judged.returncode, json.loads(judged.stdout)[0]["verdict"], judged.stderr) == (1, "refused", "")


def test_run_without_settings_names_the_remedy(tmp_path: Path) -> None:
    refused = thammuu(tmp_path / "empty", "run")
    assert refused.returncode == 3
    assert "thammuu init" in refused.stderr


@pytest.mark.parametrize(
    ("settings", "environ", "says"),
    [
        ("port = [", {}, "thammuu.toml"),
        ("port = 65536", {}, "65536"),
        ('port = "http"', {}, "--port"),
        ("", {"THAMMUU_PORT": "abc"}, "THAMMUU_PORT"),
        ("", {"THAMMUU_PORT": "-1"}, "--port"),
        ("", {"THAMMUU_HOME": __file__}, "THAMMUU_HOME"),
        ("", {"THAMMUU_HOME": f"{__file__}/below"}, "THAMMUU_HOME"),
    ],
)
@pytest.mark.parametrize("command", ["demo", "check"])
def test_settings_that_cannot_be_read_are_one_sentence(
    tmp_path: Path, command: str, settings: str, environ: dict[str, str], says: str
) -> None:
    (tmp_path / "thammuu.toml").write_text(settings)
    where = {name: value for name, value in environment(tmp_path).items() if name != "THAMMUU_PORT"} | environ
    done = subprocess.run(
        [sys.executable, "-m", "thammuu", command], env=where, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Traceback" in done.stderr, says in done.stderr.replace("\n", " ")) == (3, False, True)


def test_check_names_a_database_that_does_not_answer(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "thammuu", "check", "--json"]
    silent = {**environment(tmp_path), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    done = subprocess.run(command, env=silent, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    findings = {finding["name"]: finding for finding in json.loads(done.stdout)["findings"]}
    assert not findings["database"]["ok"]
    assert "DATABASE_URL" in findings["database"]["remedy"]
    assert "thammuu init" in findings["secret key"]["remedy"]


def test_version_for_programs(tmp_path: Path) -> None:
    assert json.loads(thammuu(tmp_path, "version", "--json").stdout)["thammuu"]
