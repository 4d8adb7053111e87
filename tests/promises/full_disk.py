"""What happens on a small disk that others fill: `python full_disk.py FOLDER STORY`; FOLDER is a disk of its own.

Officers file lines all the time and send again what was not confirmed. Ends with an AssertionError or prints what was
seen.
"""

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pikepdf
import psycopg

from tests.promises.evening import OFFICERS, Ballast, Evening, evening
from tests.promises.killing import environment
from tests.promises.test_2_killed_processes import reckon
from thammuu.config.supervisor.credentials import read_credentials
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.places import MAJOR
from thammuu.config.supervisor.throw_away import throw_away_home


def nearly_full(folder: Path) -> None:
    """Below the limit: read-only, with the reason in both languages; room again: it goes on by itself."""
    ballast, home = Ballast(folder), folder
    with evening(home, least_free=64) as told:
        reader = told.session()
        for language, banner in (
            ("en", "nothing can be recorded until there is room"),
            ("vi", "chưa thể ghi gì cho đến khi có chỗ trống"),
        ):
            ballast.leave(32)
            told.await_refused()
            reader.cookies["django_language"] = language
            # Each serve process looks at the disk once a second.
            for path in ("/", "/watch/", "/journal/"):
                told.await_shown(reader, path, banner)
            status, _page = reader.request("POST", "/watch/log/", {"text": "x"})
            assert status in (403, 507), status
            told.session()  # who was not signed in can sign in to read
            ballast.remove()
            told.await_confirmed()
            told.await_shown(reader, "/", banner, there=False)
    assert told.reasons == {"no-room"} and set(told.answers) <= {0, 200, 201, 507}, told.answers
    reckoned(home, told)


def document() -> bytes:
    """A PDF of some megabytes that was never handed in before."""
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Contents = pdf.make_stream(b"%" + os.urandom(1_500_000).hex().encode() + b"\n")
        pdf.save(written)
    return written.getvalue()


def attachments(folder: Path) -> None:
    """The database is on another disk; that of the documents is full: lines go on, a document is refused whole."""
    with throw_away_home() as other, EmbeddedPostgres(other):
        credentials = read_credentials(other)
        assert credentials is not None
        with evening(folder, least_free=0, elsewhere=credentials) as told:
            _documents(folder, told)
        reckon(credentials.owner_url, told.confirmed)
    assert set(told.answers) <= {0, 200, 201}, told.answers


def _documents(folder: Path, told: Evening) -> None:
    ballast = Ballast(folder)
    reader = told.session()
    with ballast.holding(0):
        told.await_confirmed()
        status, body = reader.hand_in("/watch/log/", "bien-ban.pdf", document())
        assert (status, json.loads(body).get("code")) == (507, "no-room"), (status, body)
        assert not list((folder / "attachments").rglob(".arriving-*"))
        told.await_confirmed()
    status, body = reader.hand_in("/watch/log/", "bien-ban.pdf", document())
    assert status in (200, 201), (status, body)


def full(folder: Path) -> None:
    """Nothing left at all while PostgreSQL writes, several times: whatever breaks, nothing is falsely confirmed."""
    ballast, home = Ballast(folder), folder
    with evening(home, least_free=0) as told:
        for left in (0, 4, 0):
            with ballast.holding(left):
                told.await_refused()
            told.await_confirmed()
    assert set(told.answers) <= {0, 200, 201, 503, 507}, told.answers
    reckoned(home, told)


def use_up_the_log(home: Path) -> None:
    """Fill segment after segment of PostgreSQL's log, until it breaks for want of room."""
    credentials = read_credentials(home)
    assert credentials is not None
    with contextlib.suppress(psycopg.OperationalError):
        with psycopg.connect(credentials.superuser_url(), autocommit=True) as own:
            for _turn in range(200):
                own.execute("SELECT pg_logical_emit_message(false, 'promise', repeat('x', 8000)), pg_switch_wal()")
        raise AssertionError("PostgreSQL did not notice that its disk is full")


def kill_server(home: Path) -> None:
    """Kill PostgreSQL if it runs: it has to start on the full disk."""
    with contextlib.suppress(OSError, ValueError):
        pid = int((home / "database" / f"postgresql-{MAJOR}" / "postmaster.pid").read_text().split("\n")[0])
        os.kill(pid, signal.SIGKILL)


def broken(folder: Path) -> None:
    """PostgreSQL breaks and cannot start: what is recorded can be read once the reserve is given up; then all is well
    as soon as there is room."""
    ballast, home = Ballast(folder), folder
    with evening(home, least_free=64) as told:
        reserve = home / "database" / "reserve"
        assert reserve.exists()
        reader = told.session()
        with ballast.holding(0):
            told.await_refused()
            use_up_the_log(home)
            for _turn in range(20):
                kill_server(home)
                if told.is_gone(reserve):
                    break
            assert not reserve.exists()
        ballast.leave(32)
        told.await_page(reader, "nothing can be recorded until there is room")
        told.await_refused()
        ballast.remove()
        told.await_confirmed()
    assert set(told.answers) <= {0, 200, 201, 503, 507}, told.answers
    reckoned(home, told)


def reckoned(home: Path, told: Evening) -> None:
    """What was confirmed is there once, and the journal verifies."""
    command = [sys.executable, "-m", "thammuu", "journal", "verify", "--json"]
    for more in ([], ["--tables"]):
        done = subprocess.run([*command, *more], env=environment(home), capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
    with EmbeddedPostgres(home):
        credentials = read_credentials(home)
        assert credentials is not None
        reckon(credentials.owner_url, told.confirmed)
        with psycopg.connect(credentials.owner_url) as own:
            row = own.execute("SELECT count(*) FROM journal_entry WHERE submission IS NOT NULL").fetchone()
            assert row is not None
            # One in flight for each officer may have been recorded without the answer reaching him.
            assert len(told.confirmed) <= row[0] <= len(told.confirmed) + OFFICERS
    print(f"{len(told.confirmed)} confirmed; answers {dict(sorted(told.answers.items()))}; {sorted(told.reasons)}")


STORIES = {"nearly_full": nearly_full, "full": full, "attachments": attachments, "broken": broken}

if __name__ == "__main__":
    STORIES[sys.argv[2]](Path(sys.argv[1]))
