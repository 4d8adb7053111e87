"""`thammuu tls`, and starts that are refused, as an operator meets them."""

import json
import ssl
import subprocess
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.config.test_running import environment, thammuu
from thammuu.config.installation import FILE, write_settings
from thammuu.config.transport import keeping
from thammuu.config.transport.authority import make_root, make_server, pem_of
from thammuu.config.transport.editing import write_transport
from thammuu.config.transport.plan import FOLDER, SERVER, Transport, read_transport
from thammuu.config.transport.standing import standing
from thammuu.kernel import clock


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_settings(tmp_path / "home", 0)
    return tmp_path / "home"


def test_init_makes_turns_on_and_shows(home: Path) -> None:
    remark = "# the sheet hangs in room 3\n"
    (home / FILE).write_text(remark + (home / FILE).read_text())
    made = thammuu(home, "tls", "init", "--host", "thammuu.test", "--within", "10.0.0.0/8", "--json")
    assert made.returncode == 0, made.stderr
    said = tomllib.loads((home / FILE).read_text())
    assert (said["tls"], said["hosts"][0]) == ("local", "thammuu.test")
    assert (home / FILE).read_text().startswith(remark)
    shown = json.loads(thammuu(home, "tls", "show", "--json").stdout)
    assert (shown["fingerprint"], shown["faults"], shown["days"]) == (json.loads(made.stdout)["fingerprint"], [], 89)
    written = thammuu(home, "tls", "authority").stdout
    assert written == (home / FOLDER / keeping.ROOT).read_text()
    assert ssl.create_default_context(cadata=written).cert_store_stats()["x509_ca"] == 1
    again = thammuu(home, "tls", "init")
    assert (again.returncode, "renew" in again.stderr) == (3, True)
    before = (home / FOLDER / SERVER).read_bytes()
    assert thammuu(home, "tls", "renew").returncode == 0
    assert (home / FOLDER / SERVER).read_bytes() != before
    assert shown["fingerprint"] in thammuu(home, "tls", "show").stdout


def test_a_file_that_cannot_be_edited_safely_is_left_alone(home: Path) -> None:
    text = 'hosts = [\n  "a.test",\n]\n'
    (home / FILE).write_text(text)
    assert not write_transport(home, ["b.test"])
    assert (home / FILE).read_text() == text
    (home / FILE).write_text("port = 1\n\n[later]\nx = 1\n")
    assert write_transport(home, ["b.test"])
    assert tomllib.loads((home / FILE).read_text()) == {
        "port": 1,
        "hosts": ["b.test"],
        "tls": "local",
        "later": {"x": 1},
    }


def own_files(folder: Path, hosts: list[str], made: datetime) -> Path:
    root, key = make_root(hosts, made)
    server, server_key = make_server(hosts, root, key, made)
    (folder / "own.pem").write_text(pem_of(server_key, server))
    (folder / "own.key").write_text(pem_of(server_key))
    return folder / "own.pem"


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("missing", "cannot be read"),
        ("expired", "expired on"),
        ("other host", "does not name 127.0.0.1"),
        ("other key", "does not belong"),
        ("unnamed", "no tls_certificate"),
        ("nonsense", "'off', 'local' or 'files'"),
        ("no authority", "thammuu tls init"),
    ],
)
def test_a_start_that_browsers_would_not_trust_is_refused(home: Path, fault: str, says: str) -> None:
    now = datetime.now(UTC)
    hosts = ["localhost"] if fault == "other host" else ["localhost", "127.0.0.1"]
    file = own_files(home, hosts, now - timedelta(days=200) if fault == "expired" else now)
    if fault == "other key":
        (home / "own.key").write_text(pem_of(make_root(hosts, now)[1]))
    named = {"missing": str(home / "none.pem"), "unnamed": ""}.get(fault, str(file))
    tls = {"nonsense": "yes", "no authority": "local"}.get(fault, "files")
    environ = {
        **environment(home),
        "THAMMUU_TLS": tls,
        "THAMMUU_TLS_CERTIFICATE": named,
        "THAMMUU_TLS_KEY": str(home / "own.key"),
    }
    command = [sys.executable, "-m", "thammuu", "run"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (3, False), done.stderr
    assert says in " ".join(done.stderr.split())
    assert not (home / "database").exists()


@pytest.mark.parametrize(
    ("environ", "https", "proxies"),
    [
        ({}, False, []),
        ({"THAMMUU_HTTPS": "1"}, True, ["127.0.0.1/32", "::1/128"]),
        ({"THAMMUU_TLS": "local"}, True, []),
        ({"THAMMUU_HTTPS": "1", "THAMMUU_PROXIES": "10.0.0.5, 10.1.0.0/16"}, True, ["10.0.0.5/32", "10.1.0.0/16"]),
        ({"THAMMUU_HTTPS": "1", "THAMMUU_PROXIES": ""}, True, []),
    ],
)
def test_who_is_believed_by_the_settings(home: Path, environ: dict[str, str], https: bool, proxies: list[str]) -> None:
    said = read_transport(home, environ)
    assert (said.https, [str(one) for one in said.proxies]) == (https, proxies)


def test_standing_names_what_is_to_be_mended(home: Path) -> None:
    now = clock.now()
    away = standing(home, Transport(), ["thammuu.test", "localhost"], now)
    assert "unencrypted to thammuu.test," in away.faults[0]
    assert standing(home, Transport(https=True), ["thammuu.test"], now).faults == ()
    assert standing(home, Transport(), ["localhost"], now).faults == ()
    file = own_files(home, ["localhost"], now)
    own = Transport("files", https=True, certificate=file, key=home / "own.key")
    (home / "own.key").chmod(0o600)
    assert standing(home, own, ["localhost"], now).faults == ()
    assert "10 days" in standing(home, own, ["localhost"], now + timedelta(days=79, hours=1)).faults[0]
    (home / "own.key").chmod(0o640)
    assert "chmod 600" in standing(home, own, ["localhost"], now).faults[0]
    keeping.make_authority(home, ["localhost"], (), now)
    server = home / FOLDER / SERVER
    local = Transport("local", https=True, certificate=server, key=server)
    stands = standing(home, local, ["localhost"], now)
    assert (stands.days, stands.faults) == (89, ())
    assert "install it" in standing(home, local, ["localhost"], now + timedelta(days=3600)).faults[-1]
