"""The embedded PostgreSQL: made, restarted, killed, orphaned, and refused for the right reason."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from thammuu.config.supervisor.account import server_account
from thammuu.config.supervisor.credentials import read_credentials
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.ownership import AlreadyOwned
from thammuu.config.supervisor.places import MAJOR, find_places
from thammuu.config.supervisor.refusals import CannotStart
from thammuu.config.supervisor.throw_away import throw_away_home

OWN_UNTIL_KILLED = """
import pathlib, sys
from thammuu.config.supervisor.embedded import EmbeddedPostgres
server = EmbeddedPostgres(pathlib.Path(sys.argv[1]))
server.start()
print(server.pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with throw_away_home() as made:
        yield made


@pytest.fixture
def fresh_home() -> Iterator[Path]:
    with throw_away_home() as made:
        yield made


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(home) as running:
        yield running


def value(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query).fetchone()
        assert row is not None
        return row[0]


def test_its_log_keeps_nothing_of_a_statement(server: EmbeddedPostgres) -> None:
    credentials = read_credentials(server.home)
    assert credentials is not None
    for statement in ("SELECT 'bi-mat'::uuid", "SELECT bi_mat", "DO $$ BEGIN RAISE WARNING 'bi-mat'; END $$"):
        with psycopg.connect(credentials.application_url) as connection, contextlib.suppress(psycopg.Error):
            connection.execute(statement)
    said = find_places(server.home, server_account()).log.read_text()
    assert "ready to accept connections" in said and "bi-mat" not in said and "bi_mat" not in said


def test_it_starts_with_two_roles_and_sound_settings(server: EmbeddedPostgres) -> None:
    credentials = read_credentials(server.home)
    assert credentials is not None
    assert value(credentials.owner_url, "SELECT current_user") == "thammuu_owner"
    assert value(credentials.application_url, "SELECT current_user") == "thammuu_app"
    assert str(value(credentials.application_url, "SHOW server_version")).startswith(f"{MAJOR}.")
    assert value(credentials.application_url, "SHOW fsync") == "on"
    assert value(credentials.application_url, "SHOW listen_addresses") == ""
    assert value(credentials.application_url, "SELECT lower('ĐÀ NẴNG')") == "đà nẵng"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        value(credentials.application_url, "CREATE TABLE intruder (x int)")


def test_its_folders_and_secrets_are_closed_to_others(server: EmbeddedPostgres) -> None:
    places = find_places(server.home, server_account())
    assert places.socket.stat().st_mode & 0o077 == 0
    assert places.data.stat().st_mode & 0o077 == 0
    assert (server.home / "database.json").stat().st_mode & 0o077 == 0


def test_the_application_reads_and_writes_what_the_owner_makes(server: EmbeddedPostgres) -> None:
    credentials = read_credentials(server.home)
    assert credentials is not None
    with psycopg.connect(credentials.owner_url, autocommit=True) as owner:
        owner.execute("DROP TABLE IF EXISTS made; CREATE TABLE made (id bigserial, name text)")
    with psycopg.connect(credentials.application_url, autocommit=True) as application:
        application.execute("INSERT INTO made (name) VALUES ('a')")
        assert application.execute("SELECT count(*) FROM made").fetchone() == (1,)


def test_a_wrong_password_is_refused(server: EmbeddedPostgres) -> None:
    credentials = read_credentials(server.home)
    assert credentials is not None
    url = credentials.application_url.replace(credentials.application, "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url)


def test_a_second_owner_is_told_who_runs(server: EmbeddedPostgres) -> None:
    with pytest.raises(AlreadyOwned, match=f"process {os.getpid()}"):
        EmbeddedPostgres(server.home).start()


def test_it_starts_at_once_after_the_server_was_killed(home: Path) -> None:
    first = EmbeddedPostgres(home)
    credentials = first.start()
    with psycopg.connect(credentials.owner_url, autocommit=True) as busy:
        busy.execute("CREATE TABLE IF NOT EXISTS kept (x int); INSERT INTO kept VALUES (1)")
        assert first.pid is not None
        os.kill(first.pid, signal.SIGKILL)
        first.stop()
        with EmbeddedPostgres(home):
            assert value(credentials.owner_url, "SELECT count(*) > 0 FROM kept") is True


def is_gone(pid: int) -> bool:
    """Say whether a process has ended; where nobody collects orphans, an ended one keeps its number as a zombie."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_killed_owner_leaves_no_server_in_the_way(home: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWN_UNTIL_KILLED, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as owner:
        assert owner.stdout is not None
        orphan = int(owner.stdout.readline())
        owner.kill()
        owner.wait()
        with EmbeddedPostgres(home) as server:
            assert server.pid is not None
            assert server.pid != orphan
            assert is_gone(orphan)


def test_an_orphan_that_outlived_its_owner_is_stopped(home: Path) -> None:
    account = server_account()
    places = find_places(home, account)
    command = [str(places.bin / "postgres"), "-D", str(places.data), "-c", "listen_addresses="]
    command += ["-c", f"unix_socket_directories={places.socket}"]
    with subprocess.Popen(command, cwd="/", stderr=subprocess.PIPE, text=True, **account.run_as) as orphan:
        assert orphan.stderr is not None
        while "ready to accept connections" not in orphan.stderr.readline():
            pass
        with EmbeddedPostgres(home) as server:
            assert orphan.wait() == 0
            assert server.pid is not None


def test_a_pid_file_with_a_reused_number_is_dropped(home: Path) -> None:
    places = find_places(home, server_account())
    with subprocess.Popen(["sleep", "600"], **server_account().run_as, cwd="/") as stranger:
        lines = [str(stranger.pid), str(places.data), "1700000000", "5432", str(places.socket), "", "0 0", ""]
        (places.data / "postmaster.pid").write_text("\n".join(lines))
        with EmbeddedPostgres(home):
            assert stranger.poll() is None
        stranger.kill()


def test_another_major_version_is_refused_with_the_remedy(fresh_home: Path) -> None:
    old = find_places(fresh_home, server_account()).data.with_name("postgresql-17")
    old.mkdir()
    with pytest.raises(CannotStart, match=r"PostgreSQL 17 .* export it"):
        EmbeddedPostgres(fresh_home).start()


def test_a_folder_that_cannot_be_written_names_the_remedy(fresh_home: Path) -> None:
    (fresh_home / "file").write_text("")
    with pytest.raises(CannotStart, match="THAMMUU_HOME"):
        EmbeddedPostgres(fresh_home / "file" / "home").start()


def test_a_making_that_was_killed_half_way_is_made_again(fresh_home: Path) -> None:
    making = find_places(fresh_home, server_account()).data.with_name("making")
    making.mkdir()
    (making / "PG_VERSION").write_text(str(MAJOR))
    with EmbeddedPostgres(fresh_home) as server:
        assert server.pid is not None


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another account's server to place")
def test_a_home_closed_to_the_server_account_keeps_its_modes(fresh_home: Path) -> None:
    fresh_home.chmod(0o700)
    with EmbeddedPostgres(fresh_home / "deep") as server:
        places = find_places(server.home, server_account())
        assert not places.data.is_relative_to(fresh_home)
    assert fresh_home.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(places.data.parent)
