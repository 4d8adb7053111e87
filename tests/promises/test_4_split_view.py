"""Promise 4: whoever shows two histories to two readers is found out by a witness: another Thammuu, over HTTP.

Two real installations: one keeps a journal, the other runs and cosigns for it. Then the first one's administrator, who
has every right and the key, rewrites the past.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest

from tests.config.test_running import environment
from tests.promises.backed_up import House
from thammuu.config.supervisor.credentials import read_credentials
from thammuu.config.supervisor.embedded import EmbeddedPostgres
from thammuu.config.supervisor.throw_away import throw_away_home
from thammuu.journal.proofs.keeping import notary_of
from thammuu.journal.proofs.leaves import leaf_texts
from thammuu.journal.proofs.merkle import leaf_hash
from thammuu.journal.proofs.tree import Tree, store_tiles


@dataclass
class Pair:
    """The journal's house, and the port of its witness."""

    house: House
    port: int


@contextmanager
def running(home: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "thammuu", "run", "--port", "0"]
    with subprocess.Popen(command, env=environment(home), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        opened = next(found for line in process.stdout if (found := re.search(r"localhost:(\d+)", line)))
        try:
            yield int(opened[1])
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def stranger() -> Iterator[House]:
    """An installation that is nobody's witness."""
    with throw_away_home() as around:
        house = House(around)
        house.home.mkdir(mode=0o711)
        assert house.thammuu("init").returncode == 0
        yield house


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    """The last test rewrites the past of the first house: what follows needs another pair."""
    with throw_away_home() as around, throw_away_home() as other:
        house, witness = House(around), House(other)
        for one in (house, witness):
            one.home.mkdir(mode=0o711)
            assert one.thammuu("init").returncode == 0
        key = house.told("journal", "key")["verifier"]
        with (witness.home / "thammuu.toml").open("a") as file:
            file.write(f'witness_for = ["{key}"]\n')
        cosigner = witness.told("journal", "witness", "key")["witness"]
        with running(witness.home) as port, EmbeddedPostgres(house.home, durable=False):
            with (house.home / "thammuu.toml").open("a") as file:
                url = f"http://localhost:{port}/witness"
                file.write(f'witness_quorum = 1\n[[witnesses]]\nname = "Huế"\nurl = "{url}"\nkey = "{cosigner}"\n')
            yield Pair(house, port)


def rewrite(home: Path) -> None:
    """Change an early entry, hash everything anew, sign it anew with the journal's own key, in one sweep."""
    credentials = read_credentials(home)
    assert credentials is not None
    with psycopg.connect(credentials.superuser_url(), autocommit=True) as own:
        own.execute(
            "UPDATE journal_entry SET classification = 3"
            " WHERE id = (SELECT entry FROM journal_sealed WHERE position = 5)"
        )
        own.execute("DELETE FROM journal_tile")
        own.execute("DELETE FROM journal_checkpoint")
        tree = Tree()
        store_tiles(own, list(tree.add(leaf_hash(text.encode()) for text in leaf_texts(own, 0, 100_000))))
        for file in (home / "checkpoints").iterdir():
            file.unlink()
        notary_of(home).sign(own, tree.size, tree.root())


def test_who_is_nobodys_witness_has_no_such_address(stranger: House) -> None:
    with running(stranger.home) as port:
        for method in ("POST", "GET"):
            connection = HTTPConnection("localhost", port, timeout=30)
            connection.request(method, "/witness/add-checkpoint", b"old 0\n\nx\n1\n" if method == "POST" else None)
            assert connection.getresponse().status in (403, 404)


def test_a_witness_that_is_silent_or_another_is_shown(pair: Pair, stranger: House) -> None:
    house = pair.house
    assert house.thammuu("journal", "witness", "list").returncode == 1, "nobody has cosigned yet"
    house.work(5)
    settings = house.home / "thammuu.toml"
    said = settings.read_text()
    settings.write_text(said.replace(f":{pair.port}/", ":1/"))
    asked = house.thammuu("journal", "witness", "ask", "--json")
    assert asked.returncode == 1 and "does not answer" in json.loads(asked.stdout)[0]["fault"]
    listed = json.loads(house.thammuu("journal", "witness", "list", "--json").stdout)
    assert not listed["reached"] and listed["witnesses"][0]["age"] is None
    findings = {one["name"]: one for one in json.loads(house.thammuu("check", "--json").stdout)["findings"]}
    assert not findings["witnesses"]["ok"] and "split view" not in findings
    another = stranger.told("journal", "witness", "key")["witness"]
    settings.write_text(re.sub(r'(\[\[witnesses\]\][^\[]*key = )".*"', rf'\1"{another}"', said))
    asked = house.thammuu("journal", "witness", "ask", "--json")
    assert asked.returncode == 1 and "another key" in json.loads(asked.stdout)[0]["fault"]
    settings.write_text(said)
    assert house.thammuu("journal", "witness", "ask").returncode == 0


def test_a_second_history_is_not_cosigned_and_everybody_is_told(pair: Pair) -> None:
    house = pair.house
    house.work(10)
    [first] = house.told("journal", "witness", "ask")
    assert first["fault"] == "" and first["size"] > 5
    house.work(5)
    [second] = house.told("journal", "witness", "ask")
    assert (second["size"] > first["size"], second["fault"]) == (True, "")
    listed = house.told("journal", "witness", "list")
    assert (listed["fresh"], listed["reached"]) == (1, True) and listed["witnesses"][0]["age"] < 600
    assert house.told("journal", "verify")["outside"] >= 2
    rewrite(house.home)
    # Within the house nothing tells, but for what the witness has signed.
    heard = json.loads(house.thammuu("journal", "verify", "--json").stdout)
    assert {fault["code"] for fault in heard["faults"]} == {"history-rewritten"}
    for _again in range(2):
        house.work(3)
        asked = house.thammuu("journal", "witness", "ask", "--json")
        [stands] = json.loads(asked.stdout)
        assert asked.returncode == 1 and stands["fault"].startswith("contradicts")
        assert stands["size"] == second["size"]
    findings = {one["name"]: one for one in json.loads(house.thammuu("check", "--json").stdout)["findings"]}
    assert not findings["split view"]["ok"] and findings["witnesses"]["ok"]
    assert house.thammuu("journal", "witness", "list").returncode == 1
