"""The journal's commands as an operator and an auditor use them: real processes and a real database."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.config.test_running import thammuu
from thammuu.config.supervisor.credentials import read_credentials
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.throw_away import throw_away_home
from thammuu.journal.sealer import seal_pending


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """An installation with a running database and a sealed journal."""
    with throw_away_home() as folder:
        made = thammuu(folder, "init", "--json")
        assert made.returncode == 0, made.stderr
        with EmbeddedPostgres(folder):
            with superuser(folder) as own:
                assert seal_pending(own) > 3
            yield folder


def superuser(home: Path) -> psycopg.Connection[tuple[object, ...]]:
    credentials = read_credentials(home)
    assert credentials is not None
    return psycopg.connect(credentials.superuser_url(), autocommit=True)


def told(home: Path, *arguments: str, code: int = 0) -> dict[str, object]:
    done = thammuu(home, "journal", *arguments, "--json")
    assert done.returncode == code, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_key_is_the_owners_alone(home: Path) -> None:
    assert [(home / name).stat().st_mode & 0o777 for name in ("journal.key", "push.key")] == [0o600, 0o600]
    assert told(home, "key")["verifier"] == (home / "journal.vkey").read_text().strip()


def test_the_check_tells_of_a_key_that_is_open_to_others(home: Path) -> None:
    def finding() -> dict[str, object]:
        findings = json.loads(thammuu(home, "check", "--json").stdout)["findings"]
        return next(one for one in findings if one["name"] == "journal key")

    assert finding()["ok"] is True
    (home / "journal.key").chmod(0o644)
    assert finding()["ok"] is False
    (home / "journal.key").chmod(0o600)


def test_from_checkpoint_to_a_proof_that_python_alone_checks(home: Path, tmp_path: Path) -> None:
    kept, proof, program = tmp_path / "kept", tmp_path / "proof", tmp_path / "check.py"
    assert thammuu(home, "journal", "checkpoint", "--out", str(kept)).returncode == 0
    assert kept.read_text() == (home / "checkpoints" / "latest.checkpoint").read_text()
    assert told(home, "prove", "2", "--checkpoint", str(kept), "--out", str(proof))["entries"] == 1
    assert thammuu(home, "journal", "checker", "--out", str(program)).returncode == 0
    verifier = (home / "journal.vkey").read_text().strip()
    command = [sys.executable, "-I", str(program), str(proof), verifier, str(kept)]
    assert "PROVEN" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_period_is_exported_and_nothing_is_refused(home: Path, tmp_path: Path) -> None:
    everything = told(home, "export", "--since", "2020-01-01", "--out", str(tmp_path / "all"))
    head = json.loads((tmp_path / "all").read_text().split("\n")[1])
    assert head["entries"] == everything["entries"] and head["about"] == {"since": "2020-01-01T00:00:00+00:00"}
    assert thammuu(home, "journal", "export", "--until", "2020-01-01").returncode == 1
    assert thammuu(home, "journal", "prove", "99999").returncode == 1
    assert thammuu(home, "journal", "export").returncode == 2


def test_verifying_finds_what_was_changed_and_says_where(home: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert thammuu(home, "journal", "checkpoint", "--out", str(kept)).returncode == 0
    sound = told(home, "verify", "--checkpoint", str(kept))
    assert (sound["sound"], sound["faults"]) == (True, [])
    assert told(home, "verify", "--tables")["sound"] is True
    with superuser(home) as own:
        own.execute("UPDATE org_post SET title = title || '!'")
        faults = told(home, "verify", "--tables", code=1)["faults"]
        assert [(fault["subject"], fault["field"]) for fault in faults] == [("post", "title")]  # type: ignore[attr-defined]
        own.execute("UPDATE org_post SET title = rtrim(title, '!')")
        changed = "WHERE id = (SELECT entry FROM journal_sealed WHERE position = 2)"
        own.execute(f"UPDATE journal_entry SET classification = 7 {changed}")
        faults = told(home, "verify", "--checkpoint", str(kept), code=1)["faults"]
        assert {fault["code"] for fault in faults} == {"history-rewritten"}  # type: ignore[attr-defined]
        assert thammuu(home, "journal", "checkpoint").returncode == 1
        shown = thammuu(home, "journal", "verify")
        assert (shown.returncode, "history was rewritten" in shown.stderr) == (1, True)
        own.execute(f"UPDATE journal_entry SET classification = 0 {changed}")
    assert told(home, "verify")["sound"] is True


def test_a_witness_keeps_checkpoints_and_hears_of_a_fork(home: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    assert thammuu(home, "journal", "checkpoint", "--out", str(kept)).returncode == 0
    assert told(home, "witness", "add", str(kept))["proven"] is False
    assert told(home, "witness", "add", str(kept))["proven"] is True
    [row] = told(home, "witness", "list")["files"]  # type: ignore[misc]
    assert str(home / "witnessed") in row["file"]  # type: ignore[index]
    forged = tmp_path / "forged"
    forged.write_text(kept.read_text().replace("epoch 1", "epoch 2"))
    assert thammuu(home, "journal", "witness", "add", str(forged)).returncode == 1
    assert thammuu(home, "journal", "witness", "add", str(kept), "--verifier", "x+y+z").returncode == 3
