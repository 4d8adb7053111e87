"""The PostgreSQL server process: started, awaited, stopped, and what an earlier one left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg

from thammuu.config.language import _
from thammuu.config.supervisor.account import ServerAccount
from thammuu.config.supervisor.places import Places
from thammuu.config.supervisor.refusals import CannotStart

PORT = 5432  # only names the socket file; nothing listens on the network
STOP_SECONDS = 20  # a fast stop that comes in the middle of a recovery never ends in PostgreSQL 18
RECOVERY_SECONDS = 600
REFUSED_SECONDS = 60
STRAGGLER_SECONDS = 1.0
LARGEST_LOG = 16 * 1024 * 1024
PASSING_REFUSALS = ("is still in use", "already exists", "is in use by another")
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)
SILENCE = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
"""What fails in a statement is told to whoever sent it; in the server's log its words might be personal."""


def stop_with_parent(number: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn`: the child receives `number` when the thread that started it dies, even by SIGKILL.

    Linux only; elsewhere a killed owner leaves an orphan, which the next start stops.
    """
    parent = os.getpid()

    def ask() -> None:
        if sys.platform == "linux":
            _libc.prctl(_PR_SET_PDEATHSIG, int(number))
            if os.getppid() != parent:
                os._exit(1)

    return ask


def settle(data: Path) -> None:
    """Make way for a new server: stop an orphan on `data`, drop a pid file whose server is gone.

    PostgreSQL itself refuses to start when the pid in the file is alive, also when it was given to
    another program after a crash or in a new container; so the process is looked at, not its number.
    """
    file = data / "postmaster.pid"
    try:
        pid = int(file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        file.unlink(missing_ok=True)
        return
    orphan = _server_on(data, pid)
    if orphan is None:
        file.unlink(missing_ok=True)
    else:
        _end(orphan)


def _server_on(data: Path, pid: int) -> psutil.Process | None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        if _belongs_to(process, data):
            return process
    return None


def _belongs_to(process: psutil.Process, data: Path) -> bool:
    try:
        return process.name() == "postgres" and Path(process.cwd()) == data.resolve()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def _end(orphan: psutil.Process) -> None:
    for number in (signal.SIGINT, signal.SIGQUIT):
        with contextlib.suppress(psutil.NoSuchProcess):
            orphan.send_signal(number)
        try:
            orphan.wait(STOP_SECONDS)
            return
        except psutil.TimeoutExpired:
            continue
    raise CannotStart(
        _(
            "An earlier PostgreSQL (process {process}) does not stop; end it with 'kill {process}' and start again."
        ).format(process=orphan.pid)
    )


def launch(places: Places, account: ServerAccount, url: str, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the server and wait until it answers.

    Must be called from a thread that lives as long as the server should (see `stop_with_parent`).
    Processes of a killed server hold its shared memory and a start is refused so long: such a refusal is
    tried again for a minute, while they go or are ended.
    """
    until = time.monotonic() + REFUSED_SECONDS
    while True:
        settle(places.data)
        process = _spawn(places, account, settings)
        if _answers(process, url):
            return process
        said = _last_lines(places.log)
        if not any(words in said for words in PASSING_REFUSALS) or time.monotonic() > until:
            raise CannotStart(
                _("PostgreSQL does not start; its log {log} says: {said}").format(log=places.log, said=said)
            )
        end_stragglers(places.data)


def end_stragglers(data: Path) -> None:
    """End what a killed server left: its processes notice its death and go, but not one that waits for a lock
    whose holder is gone. Only called when no server of ours runs, so that nothing shares their memory.
    """
    left = [process for process in psutil.process_iter() if _belongs_to(process, data)]
    _gone, waiting = psutil.wait_procs(left, timeout=STRAGGLER_SECONDS)
    for process in waiting:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(waiting, timeout=STRAGGLER_SECONDS)


def _spawn(places: Places, account: ServerAccount, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [str(places.bin / "postgres"), "-D", str(places.data)]
    for name, value in (SILENCE | settings).items():
        command += ["-c", f"{name}={value}"]
    mode = "ab" if places.log.exists() and places.log.stat().st_size < LARGEST_LOG else "wb"
    with places.log.open(mode) as log:
        return subprocess.Popen(  # noqa: S603 - our own program and settings
            command,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=stop_with_parent(signal.SIGINT),
            **account.run_as,
        )


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    until = time.monotonic() + RECOVERY_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            return False
        try:
            psycopg.connect(url, connect_timeout=5).close()
            return True
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                stop(process)
                raise CannotStart(
                    _("The database's passwords do not fit database.json; restore that file from the backup.")
                ) from error
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    stop(process)
    raise CannotStart(_("PostgreSQL is still recovering after ten minutes; look at its log and start again."))


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server: fast, and if that takes over a minute, at once (it recovers at the next start)."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        if process.poll() is None:
            process.send_signal(number)
        try:
            process.wait(STOP_SECONDS)
            return
        except subprocess.TimeoutExpired:
            continue


def _last_lines(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return " / ".join(line.split("] ", 1)[-1] for line in lines[-4:])
